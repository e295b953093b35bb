"""A caseload as a table for a spreadsheet. It is a copy that leaves: each child's record of access says so first."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from uuid import UUID

from django.core.exceptions import PermissionDenied

from gameplan.cases.reach import Reach, roles_in
from gameplan.cases.trail import note_many
from gameplan.districts.asked import Asked
from gameplan.districts.caseload import Line, every_line
from gameplan.people.roles import ROLES, Action
from gameplan.watch.models import Due

A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Columns:
    """How a table speaks: its heads, and a duty in words (its title, who owes it, how it stands)."""

    heads: Sequence[str]
    words: Callable[[Due], tuple[str, str, str]]


def caseload_csv(reach: Reach, asked: Asked, columns: Columns, *, on: date) -> Iterator[str]:
    """The caseload as CSV, some hundred lines at a time; one row a duty, and one for a child without any.

    `reach` is what the person may take out (Action.SHARE). Before lines come out, the record of access of each of
    their children says that this person shared it. Raises PermissionDenied at once for somebody with no post that may.
    """
    if not any(Action.SHARE in ROLES[held.role].may for held in reach.person.posts):
        raise PermissionDenied("This person may take out no caseload.")
    return _written(reach, asked, columns, on)


def _written(reach: Reach, asked: Asked, columns: Columns, on: date) -> Iterator[str]:
    yield "\ufeff" + _text([columns.heads])
    for lines in every_line(reach, asked, on=on):
        _note(reach, [line.case.pk for line in lines])
        yield _text(row for line in lines for row in _rows(line, columns))


def _rows(line: Line, columns: Columns) -> Iterator[Sequence[str]]:
    child = (line.case.child_name, line.school, "; ".join(line.managers))
    for due in line.duties:
        title, owed_by, status = columns.words(due)
        days = (due.due, due.due_earliest, due.due_latest)
        yield (*child, title, due.clock, owed_by, *(day.isoformat() if day else "" for day in days), status)
    if not line.duties:
        yield (*child, *("" for _head in columns.heads[len(child) :]))


def _note(reach: Reach, keys: Sequence[UUID]) -> None:
    """Write into each record of access that this person took a copy out, in the role that opens the case to them."""
    by_post = next(
        (held.role for held in reach.person.posts if Action.SHARE in ROLES[held.role].may and ROLES[held.role].by_post),
        reach.person.role,
    )
    mine = roles_in(reach.person, keys)
    by_role: dict[str, list[UUID]] = {}
    for key in keys:
        by_role.setdefault(mine.get(key, by_post), []).append(key)
    for role, some in sorted(by_role.items()):
        note_many(some, reach.person.acting_as(role), Action.SHARE)


def _text(rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(A_FORMULA) else cell
