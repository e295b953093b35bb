"""A file arrives in a room: it waits in pieces, is read and previewed with all faults, taken in whole, and undone."""
