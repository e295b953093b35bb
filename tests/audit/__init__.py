"""The audit: the law over columns, and runs over whole folders."""
