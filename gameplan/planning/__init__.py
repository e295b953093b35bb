"""Plans as they are written, shared, agreed to and kept: the Django app around the pure room `plans`."""
