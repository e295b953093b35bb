"""Tools for people who work on gameplan. Nothing here ships with the program."""
