"""Every case of this installation, for whoever runs it on the machine: facts without a name, a note or a paper.

No page comes here. What a family keeps for itself (notes, drafts, letters, papers, who entered what) is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from gameplan.cases import rows
from gameplan.cases.models import Case, Entry, Year
from gameplan.cases.people import Person
from gameplan.cases.trail import note_many
from gameplan.core import facts
from gameplan.people.school_years import own_or_inherited, years_at_each

INSTALLER = Person(id="installer", role="installer")
AT_ONCE = 500


def every_case(action: str, at_once: int = AT_ONCE) -> Iterator[tuple[UUID, facts.Case]]:
    """Every case but made-up samples, with its id; each says the child's birthday, State, school and district only.

    So many are in memory at once. What the installer does with a case (`action`) is in its record of access before
    the case comes out.
    """
    last: UUID | None = None
    while found := _next(last, action, at_once):
        yield from found
        last = found[-1][0]


@transaction.atomic
def _next(last: UUID | None, action: str, number: int) -> list[tuple[UUID, facts.Case]]:
    chosen = Case.objects.filter(is_sample=False, merged_into__isnull=True).order_by("pk")
    if last is not None:
        chosen = chosen.filter(pk__gt=last)
    children = {row[0]: row[1:] for row in chosen.values_list(*rows.CHILD_COLUMNS, "school_id")[:number]}
    keys = tuple(children)
    told, years = _facts(keys), _years(keys)
    at_school = years_at_each(school for *_child, school in children.values() if school)
    note_many(keys, INSTALLER, action)
    return [
        (
            key,
            facts.Case(
                rows.nameless_child(child),
                own_or_inherited(years.get(key, ()), at_school.get(school, ())),
                told.get(key, ()),
            ),
        )
        for key, (*child, school) in children.items()
    ]


def _facts(keys: Sequence[UUID]) -> dict[UUID, tuple[facts.Fact, ...]]:
    found = Entry.objects.filter(case__in=keys).order_by("case_id", "position")
    return {
        key: tuple(rows.bare_fact_of(row[1:]) for row in some)
        for key, some in groupby(found.values_list("case_id", *rows.BARE_FACT_COLUMNS), key=_case)
    }


def _years(keys: Sequence[UUID]) -> dict[UUID, tuple[Any, ...]]:
    found = Year.objects.filter(case__in=keys).order_by("case_id", "id")
    return {
        key: tuple(map(rows.school_year_of, some))
        for key, some in groupby(found, key=lambda year: year.case_id)
    }  # fmt: skip


def _case(row: tuple[Any, ...]) -> UUID:
    key: UUID = row[0]
    return key
