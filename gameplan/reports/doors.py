"""The only way to reports and counts: for whoever may see every child of a place by their post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.reach import cases_at_work
from gameplan.districts.doors import Place, organisation_for
from gameplan.people.doors import organisations_below
from gameplan.people.models import Organisation
from gameplan.people.roles import ROLES, Action
from gameplan.reports.counting.counted import Counted
from gameplan.reports.kept_children import counted_in
from gameplan.reports.models import Count, CountedChild, ListKept
from gameplan.reports.reading import Asked


def report_place(person: Person, place_id: UUID, *, to: Action = Action.READ) -> Place:
    """The place, if this person may do that with every child in it: a director, or for reading a State monitor.

    Raises Http404 for who does not work there, PermissionDenied for who does and may not.
    """
    here = organisation_for(person, place_id)
    if not may_report(here, to):
        raise PermissionDenied("This person may not see every child of this place.")
    return here


def may_report(here: Place, to: Action = Action.READ) -> bool:
    """True if somebody may do that with every child of the place, by a post there or above."""
    return bool(role_here(here, to))


def role_here(here: Place, to: Action) -> str:
    """The role in which somebody may do that with every child of the place; "" if in none."""
    return next((role for role in sorted(here.roles) if ROLES[role].by_post and to in ROLES[role].may), "")


def counts_of(here: Place) -> QuerySet[Count]:
    """The counts of a place, the newest first."""
    return Count.objects.filter(place=here.organisation)


def count_of(here: Place, count_id: UUID) -> Count:
    """One count of the place. Raises Http404 if it has no such count."""
    found = counts_of(here).filter(pk=count_id).first()
    if found is None:
        raise Http404("There is no such count.")
    return found


def asked_of(count: Count) -> Asked:
    """What was counted: the day, its school year, and how far was looked."""
    return Asked.around(count.on, count.until)


def children_of(count: Count, cases: Iterable[UUID] | None = None) -> Iterator[Counted]:
    """The children of a count, one after the other; with `cases`, only those."""
    rows = CountedChild.objects.filter(count=count).order_by("id")
    if cases is not None:
        rows = rows.filter(case__in=list(cases))
    for case_id, data in rows.values_list("case_id", "data").iterator(chunk_size=1000):
        yield counted_in(str(case_id), data)


def places_below(here: Place) -> dict[UUID, Organisation]:
    """The place and all that lies in it, by id."""
    return organisations_below([here.organisation.pk])


def children_named(person: Person, cases: Iterable[UUID] | QuerySet[Any, Any]) -> QuerySet[Case]:
    """Those of these children (ids of cases) whom this person may see, by name, each with the school."""
    return cases_at_work(person).filter(pk__in=cases).select_related("school").order_by("child_sought", "pk")


def lists_of(here: Place) -> QuerySet[ListKept]:
    """The lists of a place that this person finds: their own, and those that others share."""
    mine = ListKept.objects.filter(place=here.organisation, made_by=here.person.id)
    return mine | ListKept.objects.filter(place=here.organisation, is_shared=True)


def list_of(here: Place, list_id: UUID) -> ListKept:
    """One list of the place. Raises Http404 if this person finds no such list."""
    found = lists_of(here).filter(pk=list_id).first()
    if found is None:
        raise Http404("There is no such list.")
    return found
