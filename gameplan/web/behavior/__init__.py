"""What the pages of behavior show: notes of it, what they have in common, what the team makes of it, days out."""
