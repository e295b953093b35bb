"""From cases to the counts: what of a case a count reads, and what it never sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Side
from gameplan.planning import life, writing
from gameplan.planning.doors import plan_of, set_shown
from gameplan.planning.models import Written
from gameplan.plans.form_files import form
from gameplan.plans.plan import Plan
from gameplan.reports.codes_told import (
    at_kindergarten,
    disability_code,
    environment_code,
    environment_of,
    inside_code,
    sex_code,
)
from gameplan.reports.counting.counted import Counted, Exit, Removal
from gameplan.reports.reading import Asked, age_on, counted_children
from tests.districts.conftest import TODAY, Join, as_person
from tests.reports.conftest import COUNT_DAY, Enroll, Tell, family

ASKED = Asked.around(COUNT_DAY, TODAY)
Served = Callable[..., None]


def counted(place: Organisation, asked: Asked = ASKED) -> list[Counted]:
    return list(counted_children([place.pk], asked))


def test_a_child_is_counted_from_timeline_and_roster(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, enroll: Enroll, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2018, 5, 2))
    served(ben)
    pupil = enroll(ben)
    tell(ben, "placement-decided", date(2026, 3, 3), date=date(2026, 3, 3), environment="regular class 80% or more")
    assert counted(numbered) == [
        Counted(
            str(ben.pk), "4800001", "480000100101", pupil.state_id, 8, True, "AUT", False, ("white",), "M", False,
            "RC80", plan=True, consent=True,
        )
    ]  # fmt: skip


def test_what_a_family_keeps_for_itself_is_not_counted(
    numbered: Organisation, join: Join, oak: Organisation, mother: User
) -> None:
    ben = join("Ben", oak, born=date(2018, 5, 2))
    ben.reader = family(mother)
    verbs.record_fact(
        ben, by=ben.reader, kind="eligibility-determined", on=date(2026, 2, 16), said_by="parent",
        data={"date": date(2026, 2, 16), "eligible": True, "categories": ("autism",)},
        private=True,
    )  # fmt: skip
    (child,) = counted(numbered)
    assert child.disability == ""


def test_without_a_roster_nothing_is_made_up(numbered: Organisation, join: Join, oak: Organisation) -> None:
    ben = join("Ben", oak)
    (child,) = counted(numbered)
    assert child == Counted(str(ben.pk), "4800001", "480000100101")


def test_a_child_of_another_place_is_not_read(
    numbered: Organisation, join: Join, oak: Organisation, elm: Organisation
) -> None:
    join("Ben", oak)
    cleo = join("Cleo", elm)
    join("Dan", None)
    assert [one.id for one in counted(elm)] == [str(cleo.pk)]


def test_services_that_ended_are_an_exit_and_no_plan(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2010, 5, 2))
    served(ben)
    left = date(2026, 9, 7)
    tell(ben, "services-stopped", left, date=left, reason="revoked")
    (child,) = counted(numbered)
    assert (child.plan, child.exit) == (False, Exit(left, "TRAN"))
    (before,) = counted(numbered, Asked.around(date(2026, 6, 1), TODAY))
    assert (before.plan, before.exit) == (True, None)


def test_permission_that_was_taken_back_is_none(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2018, 5, 2))
    served(ben)
    back = date(2026, 9, 7)
    tell(ben, "consent-revoked", back, date=back, written=True, **{"for": "services"})
    (child,) = counted(numbered)
    assert (child.plan, child.consent) == (True, False)


def test_an_iep_from_elsewhere_came_with_its_permission(
    numbered: Organisation, join: Join, oak: Organisation, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2018, 5, 2))
    came = date(2026, 8, 10)
    tell(ben, "enrolled", came, date=came, agency="Oak", setting="public", state="TX", had_iep=True)
    (child,) = counted(numbered)
    assert (child.plan, child.consent) == (False, True)


def _removal(tell: Tell, case: Case, first: date, days: float, kind: str, conduct: str, **more: Any) -> None:
    tell(case, "removal-ordered", first, decided=first, school_days=days, kind=kind, conduct=conduct,
         change_of_placement=False, **{"from": first}, **more)  # fmt: skip


def test_removals_are_counted_by_their_days_of_the_year(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2014, 5, 2))
    served(ben)
    conduct = tell(ben, "conduct-happened", date(2026, 9, 1), date=date(2026, 9, 1), what="knife", special="weapon")
    days = (date(2026, 9, 8), date(2026, 9, 9))
    _removal(tell, ben, date(2026, 9, 2), 1, "iaes", conduct.fact_id, served_days=(date(2026, 9, 2),))
    _removal(tell, ben, days[0], 2, "in-school-suspension", conduct.fact_id, served_days=days, kept_learning=True)
    _removal(tell, ben, date(2026, 5, 4), 1, "suspension", conduct.fact_id, served_days=(date(2026, 5, 4),))
    tell(ben, "interim-setting-ordered", date(2026, 10, 5), date=date(2026, 10, 1), **{"from": date(2026, 10, 5)})
    (child,) = counted(numbered)
    assert child.removals == (
        Removal(date(2026, 9, 2), "interim-by-school", 1, 1, "W"),
        Removal(days[0], "in-school", 2, 2, "W"),
        Removal(date(2026, 10, 5), "interim-by-hearing", 1, 45),
    )


def test_teaching_while_expelled_is_what_was_written_of_those_days(
    numbered: Organisation, join: Join, oak: Organisation, served: Served, tell: Tell
) -> None:
    ben = join("Ben", oak, born=date(2014, 5, 2))
    served(ben)
    conduct = tell(ben, "conduct-happened", date(2026, 9, 1), date=date(2026, 9, 1), what="fight")
    days = (date(2026, 9, 8), date(2026, 9, 9))
    _removal(tell, ben, days[0], 2, "expulsion", conduct.fact_id, served_days=days)
    for day in days:
        tell(ben, "services-in-removal", day, date=day, given=True)
    (child,) = counted(numbered)
    assert child.removals == (Removal(days[0], "expulsion", 2, 2, services=True),)


@pytest.fixture
def planned(join: Join, oak: Organisation, director: User) -> Case:
    """Ben's IEP is kept here: speech, and 1500 of 1800 minutes with everybody else."""
    ben = join("Ben", oak, born=date(2018, 5, 2))
    by = as_person(director).acting_as("district-director")
    ben.reader = by
    plan = writing.begin(ben, by=by, form_id="iep")
    for path, words in {
        "strengths": "Curious", "start": "2026-08-17", "review-by": "2027-08-10",
        "disability": "speech-or-language-impairment", "week-minutes": "1800", "apart-minutes": "300",
    }.items():  # fmt: skip
        writing.save(plan, by=by, desk="d", changes=[writing.Change(path, (words,), 0)])
    writing.add_row(plan, by=by, field_id="goals", values={"area": "Reading", "goal": "Ben reads."})
    writing.add_row(plan, by=by, field_id="placements-considered", values={"option": "regular-class", "chosen": True})
    return ben


def test_a_plan_that_is_kept_here_says_disability_and_place(
    numbered: Organisation, planned: Case, director: User, mother: User
) -> None:
    by = planned.reader
    plan = plan_of(planned, Written.objects.get(case=planned).plan_id)
    on = date(2026, 8, 10)
    version = life.propose(plan, by=by, on=on, how="first", starts=date(2026, 8, 17), notice=on, matter="The IEP")
    (child,) = counted(numbered)
    assert (child.plan, child.consent) == (True, False), "it waits for nothing but the permission for services"
    set_shown(plan, by=by, shown=True)
    planned.reader = family(mother)
    version.plan.case = planned
    life.answer(version, by=planned.reader, on=date(2026, 8, 12), all_="agreed", services=True)
    assert plan.side == Side.SCHOOL
    (child,) = counted(numbered)
    assert (child.plan, child.consent, child.disability, child.environment) == (True, True, "SLI", "RC80")
    (before,) = counted(numbered, Asked.around(date(2026, 8, 16), TODAY))
    assert not before.plan


def test_many_children_cost_no_more_queries_than_few(
    numbered: Organisation, join: Join, oak: Organisation, enroll: Enroll, served: Served
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            counted(numbered)
        return len(seen)

    for name in ("Ben", "Cleo"):
        enroll(join(name, oak, born=date(2018, 5, 2)))
    few = queries()
    for number in range(8):
        case = join(f"Child {number}", oak, born=date(2018, 5, 2))
        enroll(case)
        served(case)
    assert queries() == few


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["autism"], "AUT"), (["deafness"], "HI"), (["emotional-disability"], "EMN"), ([], ""), (["tired"], ""),
        (["deafness", "visual-impairment"], "DB"), (["autism", "specific-learning-disability"], "MD"),
        (["autism", "developmental-delay"], "DD"), (["hearing-impairment", "deafness"], "HI"),
    ],
)  # fmt: skip
def test_one_category_a_child(words: list[str], code: str) -> None:
    assert disability_code(words) == code


def test_the_share_of_the_week_is_exact_at_its_borders() -> None:
    assert [inside_code(1800, apart) for apart in (0, 360, 360.5, 1080, 1081, 1800)] == [
        "RC80", "RC80", "RC79TO40", "RC79TO40", "RC39", "RC39",
    ]  # fmt: skip
    assert [inside_code(*pair) for pair in ((0, 0), (1800, 1801), (1800, -1), (True, 1), (1800, None))] == [""] * 5


@pytest.mark.parametrize(
    ("options", "young", "code"),
    [
        (["regular-class"], False, "RC80"), (["special-class"], False, "RC80"), (["special-school"], False, "SS"),
        (["home"], False, "HH"), (["home"], True, "H"), (["special-class"], True, "SC"), (["regular-class"], True, ""),
        ([], False, ""), (["special-school", "home"], False, ""), (["special-school", "regular-class"], False, ""),
    ],
)  # fmt: skip
def test_a_place_is_only_what_the_plan_says(options: list[str], young: bool, code: str) -> None:
    rows = [{"id": str(number), "option": one, "chosen": True} for number, one in enumerate(options)]
    rows.append({"id": "no", "option": "hospital-institution", "chosen": False})
    content = {"placements-considered": rows, "week-minutes": 1800, "apart-minutes": 300}
    assert environment_of(Plan(form("iep"), content=content), young=young) == code


def test_the_words_of_the_timeline_count_where_they_say_enough() -> None:
    assert environment_code("Regular class 80% or more", young=False) == "RC80"
    assert environment_code("rc39", young=False) == "RC39"
    assert environment_code("Separate class", young=True) == "SC"
    assert environment_code("Separate class", young=False) == ""
    assert environment_code("SC", young=False) == "SC", "a code of the wrong age is for the edit check to find"
    assert environment_code("next to the gym", young=True) == ""


def test_grades_ages_and_sexes() -> None:
    assert [at_kindergarten(one) for one in ("KG", "kg", "01", "1", "PK", "TK", "", "UG")] == [
        True, True, True, True, False, None, None, None,
    ]  # fmt: skip
    assert [age_on(born, COUNT_DAY) for born in (date(2016, 10, 1), date(2016, 10, 2), date(2027, 1, 1), None)] == [
        10, 9, None, None,
    ]  # fmt: skip
    assert [sex_code(one) for one in ("female", "M", "unspecified", "", "fish")] == ["F", "M", "", "", ""]


def test_the_school_year_around_a_day() -> None:
    assert (ASKED.year.name, ASKED.until) == ("2026-2027", TODAY)
    assert Asked.around(date(2026, 6, 30), TODAY).year.name == "2025-2026"
