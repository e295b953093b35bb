"""A made-up family to look at: a case that is under way today, whatever today is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from gameplan.cases import verbs
from gameplan.cases.doors import cases_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.core.calendars import Closure, SchoolYear, school_year_name
from gameplan.core.facts import Child

SATURDAY = 5
AREAS = ("reading", "speech and language")
SAMPLES = uuid5(NAMESPACE_URL, "gameplan/samples")


def sample_id(person: Person, family: str) -> UUID:
    """The id of the case of a made-up family of this person: always the same, so that it is made once."""
    return uuid5(SAMPLES, f"{person.id}/{family}")


@transaction.atomic
def make_sample(person: Person, on: date | None = None) -> Case:
    """The sample family's case for this person, made near today (`on`) if they do not have one yet.

    Ana is in third grade in Texas. Her mother asked in writing, the school said yes, consent is signed, and
    the evaluation is running; the school and the mother tell the day of the consent differently.
    """
    pk = sample_id(person, "ana")
    samples = cases_of(person).filter(is_sample=True)
    kept = samples.filter(pk=pk).first() or samples.filter(child_name="Ana").first()
    if kept:
        kept.reader = person
        return kept
    now = on or today()
    child = Child(
        name="Ana", born=date(now.year - 9, 5, 2), state="TX", grade="3",
        school="Pecan Street Elementary", district="Sample School District",
    )  # fmt: skip
    case = verbs.start_case(person, child=child, is_sample=True, form_key=pk)
    for year in school_years(now):
        verbs.save_calendar(case, by=person, year=year, source="sample")
    _tell_story(case, person, now)
    return case


def _tell_story(case: Case, person: Person, now: date) -> None:
    supports, asked, answered, signed, received = (_school_day(now, days) for days in (150, 52, 33, 30, 28))
    verbs.record_fact(
        case, by=person, kind="supports-started", on=supports, said_by="school", data={"date": supports},
        note="Small reading group, three times a week.",
    )  # fmt: skip
    verbs.record_fact(
        case, by=person, kind="evaluation-requested", on=asked,
        data={"received": asked, "type": "initial", "by": "parent", "written": True, "areas": AREAS},
        note="Handed in at the front desk. They stamped a copy.",
    )  # fmt: skip
    verbs.record_fact(
        case, by=person, kind="pwn-sent", on=answered, said_by="school",
        data={"given": answered, "decision": "propose", "subject": ("evaluation",), "matter": "Evaluation"},
    )  # fmt: skip
    verbs.record_fact(
        case, by=person, kind="consent-requested", on=answered, said_by="school",
        data={"date": answered, "for": "initial-evaluation"},
    )  # fmt: skip
    consent = verbs.record_fact(
        case, by=person, kind="consent-given", on=signed,
        data={"signed": signed, "received": signed, "for": "initial-evaluation"},
        note="Signed and left with the teacher the same day.",
    )  # fmt: skip
    verbs.add_account(
        case, by=person, fact_id=consent.fact_id, said_by="school", on=received,
        data={"signed": signed, "received": received, "for": "initial-evaluation"},
        note="The office stamped it two days later.",
    )  # fmt: skip


def _school_day(now: date, days_ago: int) -> date:
    """That many days ago, or the Friday before if it was a weekend."""
    day = now - timedelta(days=days_ago)
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def school_years(now: date, back: int = 1) -> Iterator[SchoolYear]:
    """The school years of a made-up school: `back` years before the one of that day, its own, and the next."""
    start = now.year if now.month >= 7 else now.year - 1
    for year in range(start - back, start + 2):
        yield _school_year(year)


def _school_year(start: int) -> SchoolYear:
    thanksgiving = _weekday(start, 11, 4, 3)
    spring_break = _weekday(start + 1, 3, 3, 0) - timedelta(days=7)
    first_day = _weekday(start, 8, 2, 2)
    closed = (
        _closure(_weekday(start, 9, 1, 0), 1, "Labor Day"),
        _closure(_weekday(start, 10, 2, 0), 1, "Fall holiday"),
        _closure(thanksgiving - timedelta(days=3), 5, "Thanksgiving break"),
        _closure(_weekday(start, 12, 4, 0), 12, "Winter break"),
        _closure(_weekday(start + 1, 1, 3, 0), 1, "Martin Luther King Jr. Day"),
        _closure(spring_break, 5, "Spring break"),
    )
    return SchoolYear(school_year_name(first_day), first_day, _weekday(start + 1, 5, 3, 3), closed)


def _weekday(year: int, month: int, number: int, weekday: int) -> date:
    """The first, second, ... of that day of the week in a month (Monday is 0)."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _closure(first: date, days: int, name: str) -> Closure:
    return Closure(first, first + timedelta(days=days - 1), name)
