"""One file of the State from the children of a place: its rows, its text, and the record of access before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from uuid import UUID

from gameplan.cases.people import Person
from gameplan.cases.trail import note_many
from gameplan.people.models import Organisation
from gameplan.reports.counting.claims import COUNTS
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.file_forms import FileForm
from gameplan.reports.counting.file_text import Sending
from gameplan.reports.counting.state_numbers import STATE_NUMBERS
from gameplan.reports.counting.tally import Row, Tally
from gameplan.reports.reading import Asked, units_of

NOTED_AT_ONCE = 500


def rows_of_file(
    form: FileForm, level: str, children: Iterable[Counted], below: Mapping[UUID, Organisation]
) -> list[Row]:
    """The rows of a file. `below`: the places that have their say even if nobody is counted there."""
    return list(Tally(form, level).add_all(children).rows(units_of(below, level)))


def sending_of(place: Organisation, level: str, asked: Asked, *, ending: str, version: str, checked: bool) -> Sending:
    """What the file of a place says of itself."""
    state = place.state or "XX"
    return Sending(
        state, STATE_NUMBERS.get(state, ""), level, asked.year.name, ending, version, is_checked=checked,
    )  # fmt: skip


def note_taken(form: FileForm, children: Iterable[Counted], person: Person) -> None:
    """Write into the record of access of each child in the file that this person took the numbers out."""
    keys = (UUID(child.id) for child in children if _is_in(form, child))
    while some := list(islice(keys, NOTED_AT_ONCE)):
        note_many(some, person, "export-for-audit")


def noted(children: Iterator[Counted], person: Person) -> Iterator[Counted]:
    """The children, each block once its record of access says that this person counts them."""
    while some := list(islice(children, NOTED_AT_ONCE)):
        note_many([UUID(child.id) for child in some], person, "export-for-audit")
        yield from some


def _is_in(form: FileForm, child: Counted) -> bool:
    return next(COUNTS[form.counts](child), None) is not None
