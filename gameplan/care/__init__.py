"""Finding care: providers from the public NPPES file, one's own entries, State offices and parent centers."""
