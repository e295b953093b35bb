"""gameplan: where a child's special-education case stands, who owes what by when, and why."""
