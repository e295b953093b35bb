"""Putting the house together: settings, addresses, the front door, checks, and the server."""
