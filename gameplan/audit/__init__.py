"""The same law over millions of cases at once: every clock worked out over columns, from the same entries."""
