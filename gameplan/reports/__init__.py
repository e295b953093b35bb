"""What a district owes the State: counts, exits, discipline, indicators; and lists that people build themselves."""
