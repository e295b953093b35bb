"""Tests of what is measured while a plan runs."""
