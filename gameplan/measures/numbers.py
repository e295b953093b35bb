"""Exact numbers: read from what people write, said with few digits, and the middle one of many."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

MOST_LETTERS = 20
"""A number with more letters than this is a slip, and working with it exactly would cost time."""


def number(raw: object) -> Fraction | None:
    """The number that was written, exactly: a whole number, a fraction, or decimal text such as "3.5"; None if none is.

    A float is read as it is printed, so 0.1 is one tenth.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Fraction):
        return Fraction(raw)
    if not isinstance(raw, str | float | Decimal):
        return None
    text = str(raw).strip()
    if not text or len(text) > MOST_LETTERS or not set(text) <= set("+-.0123456789"):
        return None
    try:
        return Fraction(Decimal(text))
    except InvalidOperation:
        return None


def rounded(value: Fraction, places: int = 1) -> Fraction:
    """The number with so many places after the point, halves away from zero, so that -x is said like x."""
    scale = 10**places
    size = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, scale)


def number_said(value: Fraction, places: int = 1) -> str:
    """The number with digits, for example 72 or 3.5; never more than so many places after the point."""
    text = f"{float(rounded(value, places)):.{places}f}"
    return (text.rstrip("0").rstrip(".") if places else text).replace("-", "−")


def middle(values: Iterable[Fraction]) -> Fraction:
    """The median: the middle value, or halfway between the two middle ones. Raises ValueError if there is none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("There is no middle of nothing.")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
