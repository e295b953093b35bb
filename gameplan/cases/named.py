"""What the trail names, and how to work out again the digest of what lies in the tables now.

A verb that writes something for good names it in the trail: `about="fact:f3"` with the digest of its row. Each room
says here, once, how its rows are found and how their digests are worked out; `verifying` holds the two together.
docs/records.md says how a room adds a kind of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import models

from gameplan.cases import seeing
from gameplan.cases.models import Attachment, Case, Entry, Proof
from gameplan.cases.rows import FACT_COLUMNS, fact_of
from gameplan.cases.trail import digest_of
from gameplan.core.casewrite import fact_json
from gameplan.core.words import Say

Names = Mapping[UUID, Collection[str]]
"""What the trail of each case names with a digest ("fact:f3", "pin:f3/a2")."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A row as it lies in a table now: its case, its name within its kind, and the digest of all its columns.

    `says` is what it says without the bookkeeping beside it: a digest, or something that `digest_of` takes. A trail
    that names only the digest of that holds, too.
    """

    case: UUID
    name: str
    digest: str
    says: object = None

    def said(self) -> str:
        """The digest of what it says."""
        return self.says if isinstance(self.says, str) else digest_of(self.says)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row that the trail names one by one (`id`:NAME) or as so many at once (`many`:FIRST-LAST).

    `title` names one in a finding. `rows` gives those of some cases, sorted by case and then in the order in which they
    were written. `seen` gives the names of those that the reader of a case sees; without it what the family wrote is
    not told to the school. `written_by` are the actions that wrote such rows before they were named in the trail.
    """

    id: str
    many: str
    title: Say
    rows: Callable[[Sequence[UUID], Names], Iterator[Lying]]
    seen: Callable[[Case], Iterable[str]] = lambda _case: ()
    written_by: frozenset[str] = frozenset()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """From now on `verifying` checks this kind, too. Call it when the app of the room is ready."""
    _kinds[kind.id] = kind


def kinds() -> tuple[Kind, ...]:
    """Every kind that some room has registered."""
    return tuple(_kinds.values())


def row_digest(row: models.Model, **more: object) -> str:
    """The digest of every column of a row but its key and those that lead to other tables; `more` goes in with them.

    What is as the column's default is left out: so a column that is added later changes no digest.
    """
    told = {
        field.attname: _plain(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.is_relation)
    }
    usual = {field.attname: _usual(field) for field in row._meta.concrete_fields}
    return digest_of({name: value for name, value in {**told, **more}.items() if value != usual.get(name)})


def many_digest(digests: Sequence[str]) -> str:
    """The digest of so many rows at once, from the digest of each, in the order in which they were written."""
    return digest_of(list(digests))


def fact_digest(entry: Entry, papers: Sequence[str]) -> str:
    """The digest of a fact as it was written, with the ids of the papers that it was written with."""
    return row_digest(entry, papers=list(papers))


def pin_digest(fact_id: str, attachment_id: str, sha256: str) -> str:
    """The digest of a paper that was put to a fact later."""
    return digest_of([fact_id, attachment_id, sha256])


def _plain(field: Any, value: Any) -> Any:
    if isinstance(value, bytes | memoryview | bytearray):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    found = field.to_python(value)
    if isinstance(found, Decimal):
        # As the table gives it back: what was written as 42 is read as 42.000.
        return f"{found:.{field.decimal_places}f}"
    return found if isinstance(found, str | int | float | list | dict | None) else str(found)


def _usual(field: Any) -> object:
    if callable(field.default) and field.default not in (list, dict):
        return None
    return field.get_default() if field.has_default() else None


def _facts(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Facts, each with the papers that it was written with: a paper that the trail names as put there later is not."""
    found = Entry.objects.filter(case__in=cases).order_by("case_id", "position")
    pins = _pins_of(cases)
    for entry in found.iterator(chunk_size=500):
        told = pins.get(entry.pk, ())
        papers = tuple(one for one in told if f"pin:{entry.fact_id}/{one}" not in names[entry.case_id])
        plain = fact_json(fact_of(tuple(getattr(entry, column) for column in FACT_COLUMNS), papers))
        yield Lying(entry.case_id, entry.fact_id, fact_digest(entry, papers), plain)


def _pins_of(cases: Sequence[UUID]) -> dict[int, tuple[str, ...]]:
    found = Proof.objects.filter(entry__case__in=cases).order_by("entry_id", "id")
    rows = found.values_list("entry_id", "attachment__attachment_id")
    return {entry: tuple(paper for _, paper in some) for entry, some in groupby(rows, key=lambda row: row[0])}


def _pins(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Papers that were put to a fact after it was written; the others belong to the fact."""
    found = Proof.objects.filter(entry__case__in=cases).order_by("entry__case_id", "id")
    columns = ("entry__case_id", "entry__fact_id", "attachment__attachment_id", "attachment__sha256")
    for case, fact_id, paper, sha256 in found.values_list(*columns).iterator(chunk_size=500):
        if f"pin:{fact_id}/{paper}" in names[case]:
            yield Lying(case, f"{fact_id}/{paper}", pin_digest(fact_id, paper, sha256))


def _papers(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Papers with their bytes, a few in memory at once."""
    for paper in Attachment.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=4):
        yield Lying(
            paper.case_id, paper.attachment_id, row_digest(paper), hashlib.sha256(paper.content).hexdigest()
        )  # fmt: skip


def _seen_facts(case: Case) -> Iterable[str]:
    return seeing.entries_of(case).values_list("fact_id", flat=True)


def _seen_papers(case: Case) -> Iterable[str]:
    return seeing.papers_of(case).values_list("attachment_id", flat=True)


def _seen_pins(case: Case) -> Iterable[str]:
    found = Proof.objects.filter(entry__in=seeing.entries_of(case).values("pk"))
    return (f"{fact}/{paper}" for fact, paper in found.values_list("entry__fact_id", "attachment__attachment_id"))


FACTS = Kind(
    "fact", "facts", Say("fact"), _facts, _seen_facts,
    frozenset({"record-fact", "correct-fact", "withdraw-fact", "add-account", "import-case"}),
)  # fmt: skip
PAPERS = Kind("paper", "papers", Say("paper"), _papers, _seen_papers, frozenset({"attach", "import-case"}))
PINS = Kind("pin", "pins", Say("paper of a fact"), _pins, _seen_pins)
