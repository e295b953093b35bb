"""In class: the accommodations of the plans in force as a checklist, and noting in one tap what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import as_both_see, held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, unkeepable
from gameplan.people.roles import Side
from gameplan.planning.events import day_of
from gameplan.plans.plan import Plan
from gameplan.progress.doors import given_of, next_number, row_of
from gameplan.progress.measuring import who
from gameplan.progress.minutes import KINDS
from gameplan.progress.models_daily import Given
from gameplan.progress.noted import standing

GIVEN, DECLINED, NOT_GIVEN = "given", "declined", "not-given"
WAS: Final = (GIVEN, DECLINED, NOT_GIVEN)
FIELDS: Final = ("accommodations", "modifications")
LONGEST: Final = 500
LOOKED_BACK: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Accommodation:
    """One accommodation or modification of a plan in force, as the general teacher has to see it (34 CFR 300.323(d)).

    `key` is its plan, list and row ("iep:accommodations/a1"). `is_modification`: it changes what is learned.
    """

    key: str
    what: str
    where: str
    when: str
    who: str
    is_modification: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What was noted of an accommodation over the last four weeks, by what became of it, and the last note."""

    counts: Mapping[str, int]
    last: Given | None

    @property
    def all(self) -> int:
        """How often anything was noted."""
        return sum(self.counts.values())


def accommodations_on(case: Case, on: date) -> list[Accommodation]:
    """What is to be done in class on a day by the plans in force that both sides see, in the order of the plans."""
    both = as_both_see(case)
    days = ((kind, day_of(both, on, kind).in_force) for kind in KINDS)
    return [one for kind, now in days if now for one in _of_plan(kind, now.plan, on)]


def tallies(case: Case, on: date) -> dict[str, Tally]:
    """What was noted of each accommodation in the four weeks up to a day, by its key."""
    counts: dict[str, Counter[str]] = {}
    last: dict[str, Given] = {}
    for one in standing(list(given_of(case))):
        if on - LOOKED_BACK < one.on <= on:
            key = f"{one.plan_kind}:{one.field}/{one.row_id}"
            counts.setdefault(key, Counter())[one.was] += 1
            last[key] = one
    return {key: Tally(found, last[key]) for key, found in counts.items()}


@transaction.atomic
def note_given(
    case: Case, *, by: Person, key: str, was: str, on: date, place: str = "", note: str = "",
    form_key: UUID | None = None,
) -> Given:  # fmt: skip
    """Notes what became of an accommodation on a day. The same `form_key` sent twice makes one.

    Raises Refused with every fault.
    """
    locked = held(case, by=by)
    before = form_key and Given.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    faults = list(_faults(locked, key, was, on, place, note))
    if faults:
        raise Refused(faults)
    kind, _colon, place_in_plan = key.partition(":")
    field, _slash, row_id = place_in_plan.partition("/")
    made = Given.objects.create(
        case=locked, number=next_number(Given.objects.filter(case=locked)), on=on, note=note.strip(),
        place=place.strip(), plan_kind=kind, field=field, row_id=row_id, was=was, form_key=form_key,
        shown=by.side is not Side.FAMILY or locked.school_id is not None, **who(by),
    )  # fmt: skip
    note_access(locked.pk, by, "note-accommodation", about=f"given:{made.number}", digest=row_digest(made))
    return made


@transaction.atomic
def take_back(case: Case, number: int, *, by: Person) -> Given:
    """Takes a note back; it stays to be read. Raises Http404, and PermissionDenied for what the other side noted."""
    locked = held(case, by=by)
    old = row_of(list(given_of(locked)), number)
    if old.side != by.side:
        raise PermissionDenied("A note is taken back by the side that made it.")
    made = Given.objects.create(
        case=locked, number=next_number(Given.objects.filter(case=locked)), on=old.on, plan_kind=old.plan_kind,
        field=old.field, row_id=old.row_id, was=old.was, corrects=old.number, withdrawn=True, shown=old.shown,
        **who(by),
    )  # fmt: skip
    note_access(locked.pk, by, "note-accommodation", about=f"given:{made.number}", digest=row_digest(made))
    return made


def _of_plan(kind: str, plan: Plan, on: date) -> Iterator[Accommodation]:
    for field in FIELDS:
        for row in plan.rows(field):
            if not _holds_on(row, on):
                continue
            told = {name: str(row.get(name) or "") for name in ("what", "where", "when", "who")}
            if told["what"]:
                yield Accommodation(f"{kind}:{field}/{row['id']}", **told, is_modification=field == "modifications")


def _holds_on(row: Mapping[str, object], on: date) -> bool:
    """Whether a row is meant for that day: a plan may give an accommodation its own first and last day."""
    start, end = str(row.get("start") or ""), str(row.get("end") or "")
    return (not start or start <= on.isoformat()) and (not end or on.isoformat() <= end)


def _faults(case: Case, key: str, was: str, on: date, place: str, note: str) -> Iterator[Fault]:
    if was not in WAS:
        yield Fault("was", _("Say what became of it."), _("Choose one."))
    if on > today():
        yield Fault("on", _("This day has not come yet."), _("Write the day on which it was."))
    elif key not in {one.key for one in accommodations_on(case, on)}:
        yield Fault("key", _("No plan in force on that day has this accommodation."), _("Choose one from the list."))
    for name, text in (("place", place), ("note", note)):
        yield from unkeepable(text, name)
        if len(text) > LONGEST:
            yield Fault(name, _("This is too long."), _("Shorten it."))
