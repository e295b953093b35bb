"""How the tables of plans came to be as they are."""
