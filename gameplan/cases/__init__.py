"""Cases: the timeline of each child, and the only doors in and out of it."""
