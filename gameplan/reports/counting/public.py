"""Numbers for the public: small ones are taken out, and no other number gives them away (34 CFR 300.32, 300.622).

Only one-way tables are shown, of one place as a whole: what crosses two answers, or lies side by side for many small
places, can be subtracted from each other until somebody is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gameplan.reports.counting.file_forms import MISSING, FileForm
from gameplan.reports.counting.tally import STATE, Row, Tally

SMALLEST: Final = 10
"""The least number that is shown, unless a district says another."""


@dataclass(frozen=True, slots=True)
class PublicCell:
    """One number of a public table; None where it is not shown."""

    code: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class PublicTable:
    """The numbers of one category (its id, "" for the total)."""

    category: str
    cells: tuple[PublicCell, ...]


def public_tables(tally: Tally, smallest: int = SMALLEST) -> list[PublicTable]:
    """The tables of a place that may be published: the total, and each answer by itself. `tally` is of level SEA.

    Raises ValueError for a smallest number below 2: it would protect nobody.
    """
    if smallest < 2:
        raise ValueError(f"The smallest number that is shown has to be at least 2, and is {smallest}.")
    form, rows = tally.form, list(tally.rows())
    total = sum(row.amount for row in rows if not row.codes) if form.total else None
    return list(_tables(form, rows, total, smallest))


def _tables(form: FileForm, rows: list[Row], total: int | None, smallest: int) -> Iterator[PublicTable]:
    if total is not None:
        yield PublicTable("", (PublicCell("", None if 0 < total < smallest else total),))
    for one in form.sets:
        if len(one.by) != 1:
            continue
        (name,) = one.by
        amounts = {row.codes[name]: row.amount for row in rows if row.set.id == one.id and row.unit == STATE}
        yield PublicTable(name, tuple(suppressed(amounts, smallest)))


def suppressed(amounts: dict[str, int], smallest: int) -> Iterator[PublicCell]:
    """The numbers of one table with the small ones taken out, and as many more as it needs to keep them.

    Nought is shown. Hidden are at least two numbers, which come to `smallest` or more together: what the total leaves
    for them says of none of them what it is.
    """
    hidden = {code for code, amount in amounts.items() if 0 < amount < smallest}
    more = sorted((amount, code) for code, amount in amounts.items() if amount and code not in hidden)
    while hidden and more and (len(hidden) < 2 or sum(amounts[code] for code in hidden) < smallest):
        hidden.add(more.pop(0)[1])
    for code, amount in amounts.items():
        if amount or code != MISSING:
            yield PublicCell(code, None if code in hidden else amount)
