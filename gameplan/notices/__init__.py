"""Notices of the school, how papers reach the family, what proves it, and in which language."""
