"""Rosters in the shapes of the Ed-Fi Data Standard, as JSON."""
