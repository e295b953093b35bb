"""A child's name as somebody looks for it: without large letters and accents."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """The name in small letters, without accents, with single spaces.

    >>> folded(" Íñigo  LÓPEZ")
    'inigo lopez'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
