"""OneRoster as CSV, versions 1.1 and 1.2: read and written."""
