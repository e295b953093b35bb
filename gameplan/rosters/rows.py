"""A pupil or a staff member as a row that JSON can say: what a take keeps as "before" and "after"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from gameplan.cases.names import folded
from gameplan.people.models import Organisation
from gameplan.rosters.models import Pupil, StaffMember

Row = Mapping[str, Any]
DAYS = ("born", "enrolled_since", "enrolled_until")
PUPIL: Row = {
    "school": None, "source": "", "sourced_id": "", "state_id": "", "given": "", "middle": "", "family": "",
    "preferred": "", "born": None, "grade": "", "sex": "", "american_indian": None, "asian": None, "black": None,
    "pacific_islander": None, "white": None, "two_or_more": None, "hispanic": None, "race_words": "",
    "english_learner": "unknown", "enrolled_since": None, "enrolled_until": None, "guardians": [], "active": True,
}  # fmt: skip
"""The row of a pupil of whom nothing is told."""
STAFF: Row = {
    "school": None, "source": "", "sourced_id": "", "given": "", "family": "", "email": "", "role": "", "active": True,
}  # fmt: skip
"""The row of a staff member of whom nothing is told."""


def row_of(one: Pupil | StaffMember) -> dict[str, Any]:
    """The row of somebody as they are kept now."""
    columns = PUPIL if isinstance(one, Pupil) else STAFF
    row = {column: getattr(one, column) for column in columns if column != "school"}
    row["school"] = str(one.school_id) if one.school_id else None
    for column in DAYS:
        if row.get(column) is not None:
            row[column] = row[column].isoformat()
    return row


def pupil_of(key: UUID, place: Organisation, row: Row) -> Pupil:
    """A pupil with that id as a row says."""
    about = {column: row[column] for column in PUPIL if column not in (*DAYS, "school")}
    days = {column: date.fromisoformat(row[column]) if row[column] else None for column in DAYS}
    sought = folded(f"{row['given']} {row['family']}")
    school = UUID(row["school"]) if row["school"] else None
    return Pupil(
        id=key, place=place, school_id=school, sought=sought, changed_at=timezone.now(), **about, **days
    )  # fmt: skip


def staff_member_of(key: UUID, place: Organisation, row: Row) -> StaffMember:
    """A staff member with that id as a row says."""
    about = {column: row[column] for column in STAFF if column != "school"}
    return StaffMember(id=key, place=place, school_id=UUID(row["school"]) if row["school"] else None, **about)


def merged(before: Row, told: Row, *, source: str, sourced_id: str) -> dict[str, Any]:
    """The row after a file has told something: what it does not tell stays as it was."""
    was_gone = not before["active"]
    after = {**before, **told, "source": source, "sourced_id": sourced_id, "active": True}
    if was_gone and "enrolled_until" in before and "enrolled_until" not in told:
        after["enrolled_until"] = None
    if "guardians" in told:
        known = {one.get("id"): one for one in before["guardians"]}
        several = [one if "name" in one else known.get(one["id"]) for one in told["guardians"]]
        after["guardians"] = [one for one in several if one]
    return after


def left(before: Row, on: date) -> dict[str, Any]:
    """The row of somebody who is gone from the roster, as seen on that day."""
    after = {**before, "active": False}
    if "enrolled_until" in before and not before["enrolled_until"]:
        after["enrolled_until"] = on.isoformat()
    return after
