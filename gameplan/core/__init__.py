"""The engine: facts and a day go in, findings come out. Standard library only, pure."""
