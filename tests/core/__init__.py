"""The engine: days, case files, accounts, standings."""
