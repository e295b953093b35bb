"""Signing in where people have accounts: what django-allauth is told, its addresses, and the pages around it."""
