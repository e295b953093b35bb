"""A plain CSV file of one row a pupil, and the mapping that says what its columns mean."""
