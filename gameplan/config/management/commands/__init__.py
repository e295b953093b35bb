"""Django's commands that do something else here."""
