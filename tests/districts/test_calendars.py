"""School years of organisations: which one holds at a school, and in a case of that school."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.whole import every_case
from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.districts.doors import Act, organisation_for
from gameplan.districts.years import add_days, held_years, remove_year, save_year
from gameplan.people.models import Organisation, User
from gameplan.people.models import SchoolYear as Row
from gameplan.people.refusals import Refused
from gameplan.people.school_years import calendar_of, resolved, years_at, years_at_each
from tests.districts.conftest import Join, as_person

LABOR_DAY = Closure(date(2026, 9, 7), date(2026, 9, 7), "Labor Day")
SNOW = Closure(date(2027, 1, 20), date(2027, 1, 20), "Snow day")
YEAR = SchoolYear("2026-27", date(2026, 8, 12), date(2027, 5, 20), (LABOR_DAY,))
LATER = SchoolYear("2026-27", date(2026, 9, 1), date(2027, 6, 10))


def row(name: str = "2026-27", *, adds: bool = False, **said: object) -> Row:
    whole = {} if adds else {"first_day": date(2026, 8, 12), "last_day": date(2027, 5, 20), "weekdays": [0, 1, 2, 3, 4]}
    return Row(school_year=name, adds=adds, **{**whole, **said})


def closed(day: str) -> list[dict[str, str]]:
    return [{"from": day, "to": day, "name": "Off"}]


def is_school(year: SchoolYear | None, day: date) -> bool | None:
    assert year is not None
    return SchoolCalendar((year,)).is_school_day(day)


def test_a_school_adds_a_snow_day_to_the_year_of_its_district() -> None:
    year = resolved([row(closed=closed("2026-09-07")), row(adds=True, closed=closed("2027-01-20"))])
    assert year is not None
    assert (year.first_day, year.last_day) == (date(2026, 8, 12), date(2027, 5, 20))
    assert is_school(year, date(2026, 9, 7)) is False
    assert is_school(year, date(2027, 1, 20)) is False
    assert is_school(year, date(2027, 1, 21)) is True


def test_the_district_wins_nowhere() -> None:
    district = row(closed=closed("2027-01-20"), open=["2027-01-23"])
    school = row(adds=True, closed=closed("2027-01-23"), open=["2027-01-20"], last_day=date(2027, 5, 27))
    year = resolved([district, school])
    assert is_school(year, date(2027, 1, 20)) is True
    assert is_school(year, date(2027, 1, 23)) is False
    assert is_school(year, date(2027, 5, 26)) is True


def test_a_whole_year_of_the_school_stands_in_the_place_of_the_one_above() -> None:
    year = resolved([row(closed=closed("2026-09-07")), row(first_day=date(2026, 8, 20))])
    assert year is not None
    assert year.first_day == date(2026, 8, 20)
    assert is_school(year, date(2026, 9, 7)) is True


def test_three_places_come_on_top_of_each_other() -> None:
    year = resolved([row(), row(adds=True, closed=closed("2026-10-12")), row(adds=True, closed=closed("2026-10-13"))])
    assert is_school(year, date(2026, 10, 12)) is is_school(year, date(2026, 10, 13)) is False


def test_what_only_adds_to_nothing_is_not_known() -> None:
    assert resolved([row(adds=True, closed=closed("2027-01-20"))]) is None
    assert resolved([]) is None


def test_a_whole_year_has_both_ends(oak: Organisation) -> None:
    with pytest.raises(IntegrityError):
        Row.objects.create(organisation=oak, school_year="2026-27", first_day=date(2026, 8, 12))


def test_a_school_without_a_year_has_that_of_its_district(
    director: User, district: Organisation, oak: Organisation, elm: Organisation
) -> None:
    save_year(organisation_for(as_person(director), district.pk), YEAR)
    save_year(organisation_for(as_person(director), elm.pk), LATER)
    assert calendar_of(oak, "2026-27") == YEAR
    assert calendar_of(elm, "2026-27") == LATER
    assert calendar_of(oak, "2027-28") is None
    assert years_at_each([oak.pk, elm.pk]) == {oak.pk: (YEAR,), elm.pk: (LATER,)}


def test_a_school_right_below_its_state_has_the_year_of_the_state(texas: Organisation) -> None:
    charter = Organisation.objects.create(kind="school", name="Charter", parent=texas, state="TX")
    Row.objects.create(organisation=texas, school_year="2026-27", first_day=YEAR.first_day, last_day=YEAR.last_day)
    (year,) = years_at(charter.pk)
    assert year.first_day == YEAR.first_day


def test_a_case_counts_with_the_year_of_its_school(
    director: User, district: Organisation, oak: Organisation, ana: Case
) -> None:
    save_year(organisation_for(as_person(director), district.pk), YEAR)
    add_days(organisation_for(as_person(director), oak.pk), "2026-27", (SNOW,))
    (year,) = facts_of(ana).calendars
    assert set(year.closed) == {LABOR_DAY, SNOW}
    assert [told.calendars for _key, told in every_case("count")] == [(year,)]


def test_a_year_of_its_own_stays_right_for_a_case(director: User, district: Organisation, ana: Case) -> None:
    verbs.save_calendar(ana, by=ana.reader, year=LATER)
    place = organisation_for(as_person(director), district.pk)
    save_year(place, YEAR)
    save_year(place, SchoolYear("2025-26", date(2025, 8, 12), date(2026, 5, 20)))
    assert [year.school_year for year in facts_of(ana).calendars] == ["2026-27", "2025-26"]
    assert facts_of(ana).calendars[0] == LATER


def test_the_bridge_asks_one_question_more_where_a_school_holds_the_case(
    director: User, district: Organisation, ana: Case, join: Join, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for start in range(2020, 2027):
        year = SchoolYear(f"{start}-{start - 1999}", date(start, 8, 12), date(start + 1, 5, 20))
        save_year(organisation_for(as_person(director), district.pk), year)
    with django_assert_num_queries(4):
        assert len(facts_of(ana).calendars) == 7
    alone = join("Ben", None)
    with django_assert_num_queries(3):
        assert facts_of(alone).calendars == ()


def test_a_changed_calendar_gives_each_case_of_the_schools_a_new_revision(
    director: User, district: Organisation, oak: Organisation, elm: Organisation, ana: Case, join: Join
) -> None:
    ben = join("Ben", elm)
    before = [Case.objects.get(pk=one.pk).revision for one in (ana, ben)]
    save_year(organisation_for(as_person(director), district.pk), YEAR)
    add_days(organisation_for(as_person(director), oak.pk), "2026-27", (SNOW,))
    remove_year(organisation_for(as_person(director), oak.pk), "2026-27")
    after = [Case.objects.get(pk=one.pk).revision for one in (ana, ben)]
    assert [new - old for old, new in zip(before, after, strict=True)] == [3, 1]


def test_the_page_says_where_a_year_comes_from(
    director: User, district: Organisation, oak: Organisation, elm: Organisation
) -> None:
    save_year(organisation_for(as_person(director), district.pk), YEAR)
    add_days(organisation_for(as_person(director), oak.pk), "2026-27", (SNOW,))
    (at_oak,), (at_elm,) = held_years(oak), held_years(elm)
    assert (at_oak.source, at_oak.own and at_oak.own.adds) == (district, True)
    assert (at_elm.source, at_elm.own, at_elm.year) == (district, None, YEAR)


def test_nothing_is_added_to_a_year_that_nobody_wrote(director: User, oak: Organisation) -> None:
    with pytest.raises(Refused, match="no school year above"):
        add_days(organisation_for(as_person(director), oak.pk), "2026-27", (SNOW,))


def test_days_that_do_not_fit_are_refused(director: User, district: Organisation) -> None:
    place = organisation_for(as_person(director), district.pk)
    with pytest.raises(Refused, match="not after the first day"):
        save_year(place, SchoolYear("2026-27", date(2027, 5, 20), date(2026, 8, 12)))


def test_a_year_that_is_not_there_is_not_removed(director: User, district: Organisation) -> None:
    with pytest.raises(Http404):
        remove_year(organisation_for(as_person(director), district.pk, to=Act.RUN), "2026-27")


def test_who_only_works_there_writes_no_calendar(manager: User, oak: Organisation) -> None:
    place = organisation_for(as_person(manager), oak.pk)
    with pytest.raises(PermissionDenied):
        save_year(place, YEAR)
    with pytest.raises(PermissionDenied):
        add_days(place, "2026-27", (SNOW,))
    with pytest.raises(PermissionDenied):
        remove_year(place, "2026-27")
