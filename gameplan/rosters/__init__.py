"""Who goes to which school: pupils and staff from a school's own systems, previewed, taken in whole, and undone."""
