"""The rows of a file as tables to read: each set of categories one table, each number with a way to its children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from gameplan.core.words import Say
from gameplan.reports.code_words import code_said
from gameplan.reports.counting.edit_checks import SetSum
from gameplan.reports.counting.file_forms import MISSING, FileForm
from gameplan.reports.counting.tally import Row, Unit

SET, UNIT, LEVEL = "set", "unit", "level"


@dataclass(frozen=True)
class Line:
    """One number: what it counts in words, with the codes, and the query that leads to its children."""

    words: Sequence[Say | str]
    codes: str
    amount: int
    query: str


@dataclass(frozen=True)
class SetTable:
    """One set: its name as the specification has it, the titles of its categories, its numbers, its sum."""

    name: str
    titles: Sequence[str]
    lines: Sequence[Line]
    sum: SetSum
    is_total: bool


def set_tables(form: FileForm, rows: Iterable[Row], sums: Iterable[SetSum], level: str) -> Iterator[SetTable]:
    """The tables of a file in its order; subtotals have few rows and come as they are."""
    by_set = {one.set: one for one in sums}
    for key, some in groupby(rows, key=lambda row: row.set):
        titles = [form.categories[name].title for name in key.by]
        lines = [_line(row, level) for row in some]
        yield SetTable(key.id if not key.is_total else "", titles, lines, by_set[key.id], key.is_total)


def _line(row: Row, level: str) -> Line:
    query = urlencode({LEVEL: level, UNIT: unit_text(row.unit), SET: row.set.id, **row.codes})
    return Line(row_said(row), " · ".join(row.codes.values()), row.amount, query)


def row_said(row: Row) -> list[Say | str]:
    """The codes of a row in words."""
    return [code_said(name, code) for name, code in row.codes.items()]


def unit_text(unit: Unit) -> str:
    """A unit as one word for an address: "4800001/480000100101"."""
    return "/".join(unit)


def unit_in(text: str) -> Unit:
    """The unit in such a word; the State's for an empty one."""
    lea, _slash, school = text.partition("/")
    return Unit(lea, school)


def row_in(form: FileForm, query: QueryDict) -> Row:
    """The row that an address asks for, without its number. Raises Http404 where the file has no such row."""
    found = next((one for one in form.sets if one.id == query.get(SET)), None)
    if found is None:
        raise Http404("The file has no such set.")
    codes = {name: query.get(name, "") for name in found.by}
    if any(code not in (*form.categories[name].codes, MISSING) for name, code in codes.items()):
        raise Http404("The file has no such row.")
    return Row(unit_in(query.get(UNIT, "")), found, codes, 0)
