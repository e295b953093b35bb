"""What the plan in force promises: minutes by service and week, counted the same way for the family and the school.

A week is promised in full as soon as there is school in it: the law does not say that a holiday shortens what a plan
promises in each week, and a plan that says so many minutes a week says it of every week. A week without school promises
nothing. Where the plan, the service or the school year begins or ends inside a week, the week counts in part, by its
school days. What is promised in each month, quarter or year is spread over its school days in the same way, so that a
whole one comes to exactly what the plan says. A part of a minute counts as a whole one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm
from typing import Final

from gameplan.core.calendars import MONDAY_TO_FRIDAY, ONE_DAY, SchoolCalendar, days_between
from gameplan.core.days import calendar_missing
from gameplan.core.faults import Fault
from gameplan.core.words import Say
from gameplan.measures.weeks import DAY, QUARTER, YEAR, SummerDays, Term, monday, school_days_of
from gameplan.plans.effect import EffectRule
from gameplan.plans.life import InForce, history
from gameplan.plans.life_events import Ended, Event
from gameplan.plans.minutes import COLUMNS, is_timed, minutes_a_week
from gameplan.plans.names import row_names
from gameplan.plans.plan import Plan, Row

SUMMER_FIELDS: Final = ("esy-services",)
IN_WORDS = Say("The plan says this in words and not in minutes, so it cannot be counted.")
NO_SUMMER_DAYS = Say("The plan does not say from when to when this is given outside the school year.")
NOT_BY_THE_YEAR = Say("Outside the school year only what is promised in each day, week or month can be counted.")
IN_DOUBT = Say(
    "From {day} on, nobody can tell for sure which services are in force. The count holds what is certain.", {}
)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service as a plan promises it: `minutes` in each `per` (day, week, month, quarter, year), all times together.

    `service` stays the same from version to version: `related-services/r1`. `start`, `end`: the days that the service
    itself has, if any. `not_counted`: why it cannot be counted in minutes. `summer`: for an extended school year.
    `once`: the minutes of one session, where the plan says them.
    """

    service: str
    name: Say | str
    minutes: Fraction | None
    per: str
    start: date | None = None
    end: date | None = None
    summer: bool = False
    not_counted: Say | None = None
    once: Fraction | None = None


@dataclass(frozen=True)
class Spell:
    """A stretch of days on which the same services were in force; `until` is its last day, None while it runs.

    `plan` names the version that it comes from. `calendar`: that of the school of those days, where it is another one
    than that of the case. `doubts`: why more or other services may have been in force.
    """

    since: date
    until: date | None
    rows: tuple[ServiceRow, ...]
    plan: str = ""
    calendar: SchoolCalendar | None = None
    doubts: tuple[Say, ...] = ()

    def holds(self, day: date) -> bool:
        """True if the day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Slot:
    """What is promised of one service in one week, out of one term. After `closes` the term can no longer be kept."""

    service: str
    week: date
    term: Term
    promised: Fraction
    closes: date


@dataclass
class Promises:
    """All slots up to a day, and the weeks of a service of which nobody can tell, with what would settle it."""

    slots: list[Slot] = field(default_factory=list)
    untold: dict[tuple[str, date], Say] = field(default_factory=dict)


_Parts = defaultdict[tuple[str, Term], defaultdict[date, Fraction]]
_Sink = tuple[Promises, _Parts, dict[tuple[str, Term], date]]


def spells(events: Sequence[Event], until: date, rule: EffectRule) -> tuple[Spell, ...]:
    """The services in force from day to day up to a day, from the life of a plan. Raises LifeError.

    What `plans.life` holds to be in force counts, and nothing else: parts refused, a change that waits, a dispute that
    keeps things as they were, and an end of services are its answers.
    Give the last day of the window as `until`, so that a change that was agreed to and starts later is in it.
    """
    return spells_of(history(events, until, rule), events)


def spells_of(days: Iterable[InForce], events: Iterable[Event]) -> tuple[Spell, ...]:
    """The same from a history that is already there (`plans.life.history`, `planning.events.in_force_days`).

    `events` tell when the plan ended. Stretches with the same services that follow each other become one.
    """
    ends = sorted(one.on for one in events if isinstance(one, Ended))
    ordered = sorted(days, key=lambda one: one.on)
    found: list[Spell] = []
    for now, later in zip(ordered, [*ordered[1:], None][: len(ordered)], strict=True):
        last = [one for one in ends if one > now.on][:1] + ([later.on] if later else [])
        spell = Spell(
            now.on, min(last) - ONE_DAY if last else None, service_rows(now), str(now.rest), None, _doubts(now)
        )
        if found and _goes_on(found[-1], spell):
            found[-1] = Spell(found[-1].since, spell.until, spell.rows, found[-1].plan, None, spell.doubts)
        else:
            found.append(spell)
    return tuple(found)


def _goes_on(one: Spell, other: Spell) -> bool:
    follows = one.until is not None and one.until + ONE_DAY == other.since
    return follows and (one.rows, one.doubts) == (other.rows, other.doubts)


def _doubts(now: InForce) -> tuple[Say, ...]:
    if now.perhaps is None or rows_of(now.perhaps) == rows_of(now.plan):
        return ()
    return (Say(IN_DOUBT.text, {"day": now.on}), *now.doubts)


def service_rows(now: InForce) -> tuple[ServiceRow, ...]:
    """The services of a plan in force. Where a service ends with the plan, it goes on as long as the plan stays so."""
    return rows_of(now.plan, now.review_by)


def rows_of(plan: Plan, review_by: date | None = None) -> tuple[ServiceRow, ...]:
    """The services of a plan, in its order: the rows of every list that says minutes, times and in what time."""
    return tuple(
        _service(one.id, row, names[str(row["id"])], review_by)
        for one in plan.form.fields()
        if is_timed(one)
        for names in (row_names(one, plan.rows(one.id)),)
        for row in plan.rows(one.id)
    )


def _service(field_id: str, row: Row, name: Say | str, review_by: date | None) -> ServiceRow:
    start, end = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("start", "end"))
    summer = field_id in SUMMER_FIELDS
    if not summer and end and review_by and end >= review_by - ONE_DAY:
        # Written as the end of the plan, which stays in force until there is a new one (34 CFR 300.323(a)).
        end = None
    minutes, per = _minutes(row), str(row.get("per") or "")
    why = _why_not(minutes, per, start, end) if summer or minutes is None else None
    once = Fraction(str(row[COLUMNS[0]])) if minutes is not None else None
    return ServiceRow(f"{field_id}/{row['id']}", name, minutes, per, start, end, summer, why, once)


def _minutes(row: Row) -> Fraction | None:
    """The minutes in each day, week, month, ...; None where the row does not say them."""
    if (minutes_a_week(row) or 0) <= 0:
        return None
    minutes, times, _ = (row[name] for name in COLUMNS)
    return Fraction(str(minutes)) * Fraction(str(times))


def _why_not(minutes: Fraction | None, per: str, start: date | None, end: date | None) -> Say | None:
    if minutes is None:
        return IN_WORDS
    if not start or not end:
        return NO_SUMMER_DAYS
    return NOT_BY_THE_YEAR if per in (QUARTER, YEAR) else None


def spell_faults(found: Sequence[Spell]) -> list[Fault]:
    """What is wrong with a list of spells: an end before its start, and two on the same day."""
    mend = "Give each day to one plan: end a spell on the day before the next one begins."
    ordered = sorted(found, key=lambda one: one.since)
    wrong = [one for one in ordered if one.until and one.until < one.since]
    wrong += [other for one, other in pairwise(ordered) if one.until is None or one.until >= other.since]
    return [Fault(f"the services in force from {one.since}", "they do not fit with the others.", mend) for one in wrong]


def promises(found: Sequence[Spell], calendar: SchoolCalendar, until: date) -> Promises:
    """The minutes promised by service, week and term, from the first spell to `until`.

    `until` should be the last day of a term, or the last term holds only a part. Weeks of which the calendar is not
    known promise nothing here and stand in `untold`.
    """
    made = Promises()
    parts: _Parts = defaultdict(lambda: defaultdict(Fraction))
    closes: dict[tuple[str, Term], date] = {}
    for spell in found:
        for row in spell.rows:
            if row.not_counted is None and row.minutes is not None:
                _add(row, row.minutes, _days_of(spell, row, until), spell.calendar or calendar, (made, parts, closes))
    made.slots = list(_slots(parts, closes, _steps(found)))
    return made


def _days_of(spell: Spell, row: ServiceRow, until: date) -> Iterator[date]:
    """The days on which the service is in force, up to a day."""
    return days_between(max(spell.since, row.start or date.min), min(spell.until or until, row.end or until, until))


def _add(row: ServiceRow, minutes: Fraction, stretch: Iterable[date], calendar: SchoolCalendar, to: _Sink) -> None:
    """Adds the shares of the days of a stretch to their weeks and terms."""
    made, parts, closes = to
    days = SummerDays() if row.summer else school_days_of(calendar)
    counts: Counter[tuple[Term, date]] = Counter()
    for day in stretch:
        holds = days.holds(day)
        if holds:
            term = days.term(row.per, day)
            counts[term, monday(day)] += 1
            closes[row.service, term] = max(day, closes.get((row.service, term), day))
        elif holds is None and day.weekday() in MONDAY_TO_FRIDAY:
            made.untold.setdefault((row.service, monday(day)), calendar_missing(day))
    weights = {term: 1 if row.per == DAY else days.weight(term) for term, _ in counts}
    for (term, week), number in counts.items():
        parts[row.service, term][week] += minutes * number / weights[term]


def _steps(found: Sequence[Spell]) -> Mapping[tuple[str, str], int]:
    """Into how many parts a minute is split, by service and unit: 1, or 2 where a plan says half a minute."""
    steps: dict[tuple[str, str], int] = defaultdict(lambda: 1)
    for row in (row for spell in found for row in spell.rows if row.minutes is not None):
        steps[row.service, row.per] = lcm(steps[row.service, row.per], (row.minutes or Fraction(0)).denominator)
    return steps


def _slots(
    parts: _Parts, closes: Mapping[tuple[str, Term], date], steps: Mapping[tuple[str, str], int]
) -> Iterator[Slot]:
    """Whole minutes by week that come to the promise of each term: what one week is rounded up, the next makes good."""
    for (service, term), weeks in sorted(parts.items()):
        step = steps[service, term.unit]
        exact, given = Fraction(0), Fraction(0)
        last = max(weeks)
        for week in sorted(weeks):
            exact += weeks[week]
            reached = Fraction(ceil(exact * step) if week == last else floor(exact * step + Fraction(1, 2)), step)
            yield Slot(service, week, term, reached - given, closes[service, term])
            given = reached


def gaps(found: Sequence[Spell]) -> tuple[tuple[date, date], ...]:
    """The stretches between two spells on which no plan was in force, both ends included."""
    ordered = sorted(found, key=lambda one: one.since)
    return tuple(
        (one.until + timedelta(days=1), other.since - timedelta(days=1))
        for one, other in pairwise(ordered)
        if one.until and one.until + timedelta(days=1) < other.since
    )
