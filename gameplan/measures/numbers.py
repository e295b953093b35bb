"""Exact numbers: read from what people write, said with few digits, and the middle one of many."""

from __future__ import annotations

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


def number_said(value: Fraction, places: int = 1) -> str:
    """The number with digits, for example 72 or 3.5; never more than so many places after the point.

    Halves go away from zero, so that -x is said like x.
    """
    size, scale = abs(value), 10**places
    whole, rest = divmod((2 * size.numerator * scale + size.denominator) // (2 * size.denominator), scale)
    digits = f"{rest:0{places}d}".rstrip("0") if rest else ""
    sign = "−" if value < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def middle(values: Iterable[Fraction]) -> Fraction:
    """The median: the middle value, or halfway between the two middle ones. Raises ValueError if there is none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("There is no middle of nothing.")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
