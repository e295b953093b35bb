"""Choosing a time by link: whoever has the link says which times suit them, without an account and without the case.

The link is signed and names one meeting. It opens nothing but the times: no name of the child, and of nobody else.
It works while the meeting is not held and its day is open or still to come, and for `LASTS` after it was copied.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases.doors import hold, note_access, times_since
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.planning import writing
from gameplan.planning.doors import standing_of
from gameplan.planning.meetings import is_open_for_times
from gameplan.planning.models import Cell, Written
from gameplan.planning.writing import Change
from gameplan.plans.meeting_form import KIND, TIMES, WORKS_FOR, names_in
from gameplan.plans.sheets.desk import one_line

SALT: Final = "gameplan.choose-time"
LASTS: Final = timedelta(days=60)
VISITOR: Final = Person(id="visitor", role="visitor")
ACTION: Final = "choose-times"
LONGEST_NAME: Final = 60
MOST_NAMES: Final = 40
MOST_AN_HOUR: Final = 30
"""Answers to the meetings of one case: more than a team gives, and few enough that nobody fills a disk."""


class TooManyAnswers(Exception):
    """Raised when more answers came in an hour than a meeting ever gets. Nothing was written."""


@dataclass(frozen=True, slots=True)
class TimeToChoose:
    """A time as a visitor sees it: `row` is its id, `time` and `place` are words and may be empty."""

    row: str
    on: date
    time: str
    place: str


def token_of(plan: Written) -> str:
    """The secret of the link for this meeting."""
    return signing.dumps({"case": str(plan.case_id), "plan": plan.plan_id}, salt=SALT)


def meeting_by(token: str, on: date) -> Written:
    """The meeting of a link; `on` is today. Raises Http404 for a wrong or old link, and for one that is over."""
    try:
        named = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as wrong:
        raise Http404("There is no such link.") from wrong
    found = Written.objects.filter(case_id=named["case"], plan_id=named["plan"], form_id=KIND).first()
    if found is None or not is_open_for_times(found, on):
        raise Http404("There is nothing to choose any more.")
    return found


def times_of(plan: Written) -> tuple[TimeToChoose, ...]:
    """The times of a meeting that have a day, in their order."""
    return tuple(
        TimeToChoose(
            str(row["id"]), date.fromisoformat(row["day"]), str(row.get("time") or ""), str(row.get("place") or "")
        )
        for row in standing_of(plan).plan.rows(TIMES)
        if row.get("day")
    )


@transaction.atomic
def say_times(plan: Written, *, name: str, rows: Collection[str]) -> None:
    """Writes the name beside each of these times, and takes it out of the others: who answers again changes their mind.

    Raises Refused without a name or a time, and TooManyAnswers.
    """
    plain = one_line(name.replace(",", " "))
    hold(plan.case_id)
    times = times_of(plan)
    chosen = [one.row for one in times if one.row in rows]
    faults = list(_faults(plain, chosen))
    if faults:
        raise Refused(faults)
    hour = timezone.now() - timedelta(hours=1)
    if times_since(plan.case_id, ACTION, hour) >= MOST_AN_HOUR:
        raise TooManyAnswers
    _write(plan, plain, [one.row for one in times], chosen)
    note_access(plan.case_id, VISITOR, ACTION)


def _faults(name: str, chosen: Collection[str]) -> list[Fault]:
    found = []
    if not name:
        found.append(Fault("name", _("Your name is missing."), _("Write it, so that people know who can come.")))
    if len(name) > LONGEST_NAME:
        found.append(Fault("name", _("This name is too long."), _("A first and a last name are enough.")))
    if not chosen:
        what = _("No time is chosen.")
        found.append(Fault("time", what, _("If none works, tell the person who sent you the link.")))
    return found


def _write(plan: Written, name: str, rows: Collection[str], chosen: Collection[str]) -> None:
    paths = {row: f"{TIMES}/{row}/{WORKS_FOR}" for row in rows}
    cells = {one.path: one for one in Cell.objects.filter(plan=plan, path__in=paths.values())}
    changes = []
    for row, path in paths.items():
        cell = cells.get(path)
        before = names_in(cell.value if cell else "")
        is_there = name.casefold() in {one.casefold() for one in before}
        if (row in chosen) == is_there:
            continue
        names = [one for one in before if one.casefold() != name.casefold()] if is_there else [*before, name]
        if len(names) > MOST_NAMES:
            raise TooManyAnswers
        was = [", ".join(before)]
        changes.append(Change(path, [", ".join(names)], cell.revision if cell else 0, was))
    writing.save(plan, by=VISITOR, desk="visitor", changes=changes)
