"""The law as data: federal and State entries with their citations and worked examples, and their loader."""

from gameplan.law.library import law_for, states, vocabulary

__all__ = ["law_for", "states", "vocabulary"]
