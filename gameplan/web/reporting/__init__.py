"""Reports in words and tables for their pages."""
