"""School years: kept, replaced by name, removed, and refused when the days do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.people.refusals import Refused

YEAR = SchoolYear(
    "2025-26",
    date(2025, 8, 13),
    date(2026, 5, 21),
    closed=(
        Closure(date(2025, 11, 24), date(2025, 11, 28), "Thanksgiving"),
        Closure(date(2026, 1, 19), date(2026, 1, 19)),
    ),
    open=(date(2025, 10, 11),),
    weekdays=frozenset({0, 1, 2, 3}),
)


def test_a_school_year_comes_back_as_it_was_told(case: Case, mother: Person) -> None:
    verbs.save_calendar(case, by=mother, year=YEAR, source="typed")
    assert facts_of(case).calendars == (YEAR,)


def test_a_school_year_without_a_name_gets_the_usual_one(case: Case, mother: Person) -> None:
    assert verbs.save_calendar(case, by=mother, year=replace(YEAR, school_year=" ")).school_year == "2025-26"


def test_a_newer_school_year_takes_the_place_of_the_older(case: Case, mother: Person) -> None:
    verbs.save_calendar(case, by=mother, year=YEAR)
    later = replace(YEAR, last_day=date(2026, 5, 28))
    verbs.save_calendar(case, by=mother, year=later)
    assert facts_of(case).calendars == (later,)


def test_a_school_year_can_be_removed_once(case: Case, mother: Person) -> None:
    verbs.save_calendar(case, by=mother, year=YEAR)
    verbs.remove_calendar(case, by=mother, school_year="2025-26")
    assert facts_of(case).calendars == ()
    with pytest.raises(Http404):
        verbs.remove_calendar(case, by=mother, school_year="2025-26")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(YEAR, last_day=YEAR.first_day),
        replace(YEAR, last_day=date(2027, 5, 21)),
        replace(YEAR, closed=(Closure(date(2025, 12, 24), date(2025, 12, 23)),)),
        replace(YEAR, school_year="2025\x00"),
    ],
)
def test_days_that_do_not_fit_are_refused(case: Case, mother: Person, wrong: SchoolYear) -> None:
    with pytest.raises(Refused):
        verbs.save_calendar(case, by=mother, year=wrong)
    assert facts_of(case).calendars == ()
