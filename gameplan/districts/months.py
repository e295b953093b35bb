"""A caseload by day and by week: what is due in a month, and which meetings are planned. Nothing is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef

from gameplan.cases.models import Case, Entry
from gameplan.cases.reach import Reach
from gameplan.cases.seeing import shared
from gameplan.districts.asked import Asked
from gameplan.districts.caseload import dues
from gameplan.watch.models import Due

MOST_NAMED = 150
"""With more duties than that in a month, days show numbers only."""

MOST_MEETINGS = 400
WEEK = timedelta(days=7)


@dataclass
class Day:
    """One day of a month: how many duties are due on it, how many of them are late, and some of them by name."""

    on: date
    count: int = 0
    late: int = 0
    dues: list[Due] = field(default_factory=list)


def month_of(reach: Reach, asked: Asked, first: date) -> list[list[Day]]:
    """The weeks (Monday to Sunday) of the month that begins on `first`, with what is due on each day.

    Days outside of the month are there without anything. Two queries.
    """
    days = _days(first)
    inside = [day for day in days if day.month == first.month]
    found = dues(reach, asked).filter(next_on__range=(inside[0], inside[-1]))
    by_day = {day: Day(day) for day in days}
    for on, status, count in found.order_by().values_list("next_on", "status").annotate(number=Count("pk")):
        by_day[on].count += count
        by_day[on].late += count if status == "late" else 0
    named = list(found.select_related("case").order_by("next_on", "id")[: MOST_NAMED + 1])
    if len(named) <= MOST_NAMED:
        for due in named:
            by_day[due.next_on].dues.append(due)
    listed = list(by_day.values())
    return [listed[start : start + 7] for start in range(0, len(listed), 7)]


def _days(first: date) -> list[date]:
    """Every day of the weeks in which the month lies."""
    start = first - timedelta(days=first.weekday())
    last = next_month(first) - timedelta(days=1)
    end = last + timedelta(days=6 - last.weekday())
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass
class Week:
    """A week from its Monday: the meetings that are planned in it."""

    monday: date
    meetings: list[Entry] = field(default_factory=list)

    @property
    def friday(self) -> date:
        """The last school day of the week."""
        return self.monday + timedelta(days=4)


@dataclass(frozen=True)
class Load:
    """Some weeks with their planned meetings; `more` if there are more than a page shows."""

    weeks: list[Week]
    more: bool

    @property
    def most(self) -> int:
        """The number of meetings in the fullest week."""
        return max((len(week.meetings) for week in self.weeks), default=0)


def meetings_planned(reach: Reach, on: date, weeks: int = 8) -> Load:
    """The meetings that are planned in the weeks from this one on, as the school sees them. One query.

    A meeting is planned by a fact of the timeline: of a correction only the last word counts.
    """
    monday = on - timedelta(days=on.weekday())
    cases = Case.objects.filter(reach.rows(case="pk", district="school__parent"))
    corrected = Entry.objects.filter(case=OuterRef("case"), corrects=OuterRef("fact_id"))
    planned = Entry.objects.filter(
        kind="meeting-held",
        planned=True,
        withdrawn=False,
        account_of="",
        case__in=cases,
        on__gte=monday,
        on__lt=monday + weeks * WEEK,
    )
    wanted = shared(planned).filter(~Exists(corrected)).select_related("case__school").order_by("on", "case_id")
    found = list(wanted[: MOST_MEETINGS + 1])
    return Load(_by_week(found[:MOST_MEETINGS], monday, weeks), len(found) > MOST_MEETINGS)


def _by_week(meetings: Iterable[Entry], monday: date, weeks: int) -> list[Week]:
    found = [Week(monday + number * WEEK) for number in range(weeks)]
    for meeting in meetings:
        found[(meeting.on - monday).days // 7].meetings.append(meeting)
    return found
