"""Between rows and the engine's facts: how a fact, a school year and a paper lie in the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from gameplan.cases.models import Case, Year
from gameplan.core import facts
from gameplan.core.calendars import SchoolYear
from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.casewrite import fact_json
from gameplan.core.faults import Reader
from gameplan.law import vocabulary
from gameplan.people import school_years

FACT_COLUMNS = (
    "pk", "fact_id", "kind", "on", "data", "said_by", "planned", "corrects", "account_of", "withdrawn",
    "note", "written_in", "entered_at", "entered_by",
)  # fmt: skip
# What says nothing of who the people are: a fact without notes, papers and who entered it, a child without a name.
BARE_FACT_COLUMNS = (
    "fact_id", "kind", "on", "data", "said_by", "planned", "corrects", "account_of", "withdrawn",
)  # fmt: skip
CHILD_COLUMNS = ("pk", "child_born", "child_state", "child_school", "child_district")
PAPER_COLUMNS = ("attachment_id", "name", "media_type", "sha256", "size", "proves__entry_id")


def child_of(case: Case) -> facts.Child:
    """The child of a case, as far as the family has said."""
    return facts.Child(
        name=case.child_name, born=case.child_born, state=case.child_state or None,
        grade=case.child_grade, school=case.child_school, district=case.child_district,
    )  # fmt: skip


def child_columns(child: facts.Child) -> dict[str, Any]:
    """The child as columns of a case."""
    return {
        "child_name": child.name, "child_born": child.born, "child_state": child.state or "",
        "child_grade": child.grade, "child_school": child.school, "child_district": child.district,
    }  # fmt: skip


def fact_of(row: tuple[Any, ...], proofs: tuple[str, ...]) -> facts.Fact:
    """The fact in a row of FACT_COLUMNS, with the ids of its papers."""
    (
        _, fact_id, kind, on, data, said_by, planned, corrects, account_of, withdrawn,
        note, written_in, entered_at, entered_by,
    ) = row  # fmt: skip
    return facts.Fact(
        fact_id, kind, on, facts_data(kind, data), said_by, planned, corrects or None, account_of or None,
        withdrawn, note, written_in, entered_at, entered_by, proofs,
    )  # fmt: skip


def bare_fact_of(row: tuple[Any, ...]) -> facts.Fact:
    """The fact in a row of BARE_FACT_COLUMNS: what happened, and nothing besides."""
    fact_id, kind, on, data, said_by, planned, corrects, account_of, withdrawn = row
    return facts.Fact(
        fact_id, kind, on, facts_data(kind, data), said_by, planned, corrects or None, account_of or None, withdrawn
    )


def nameless_child(row: Sequence[Any]) -> facts.Child:
    """The child in a row of CHILD_COLUMNS without its first."""
    born, state, school, district = row
    return facts.Child(born=born, state=state or None, school=school, district=district)


def fact_columns(fact: facts.Fact, *, position: int) -> dict[str, Any]:
    """A checked fact as columns of an entry. Its papers go into rows of their own."""
    raw = fact_json(fact)
    return {
        "fact_id": fact.id, "position": position, "kind": fact.kind, "on": fact.on, "said_by": fact.said_by,
        "data": raw["data"], "planned": fact.planned, "corrects": fact.corrects or "",
        "account_of": fact.account_of or "", "withdrawn": fact.withdrawn, "note": fact.note,
        "written_in": dict(fact.written_in), "entered_at": fact.entered_at, "entered_by": fact.entered_by,
    }  # fmt: skip


def facts_data(kind: str, stored: Mapping[str, object]) -> dict[str, object]:
    """A fact's data as the engine wants it: days as days, lists as tuples."""
    readers = _readers(kind)
    return {name: readers[name](value) if name in readers else value for name, value in stored.items()}


@cache
def _readers(kind: str) -> dict[str, Callable[[Any], object]]:
    known = vocabulary().kinds.get(kind)
    by_type: dict[str, Callable[[Any], object]] = {"date": _day_or_rough, "dates": _days, "list": _listed}
    return {one.name: by_type[one.type] for one in known.fields if one.type in by_type} if known else {}


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _day_or_rough(value: str) -> object:
    if value == NOT_KNOWN:
        return value
    return _day(value) if len(value) == 10 else Reader(vocabulary()).day_or_rough(value, "stored")


def _days(values: list[str] | str) -> object:
    return values if isinstance(values, str) else tuple(map(date.fromisoformat, values))


def _listed(values: list[str] | str) -> object:
    return values if isinstance(values, str) else tuple(values)


def school_year_of(year: Year) -> SchoolYear:
    """The school year in a row."""
    return school_years.year_in(year)


def school_year_columns(year: SchoolYear) -> dict[str, Any]:
    """The school year as columns of a row."""
    return school_years.columns_of(year)


def paper(paper_id: str, name: str, media_type: str, sha256: str, size: int) -> facts.Attachment:
    """A paper with the path that it gets beside a case file."""
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "paper"
    path = f"attachments/{re.sub(r'[^A-Za-z0-9_-]+', '-', paper_id)}-{safe}"
    return facts.Attachment(paper_id, name, media_type, sha256, size, path)
