"""How days are typed, by language."""
