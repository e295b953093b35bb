"""Three children worked by hand: what the law says of them after they came in, on the page and in the child count.

Today is Friday, 27 November 2026. The district's year 2026-27 begins on 12 August; off are the weeks of 23 November, of
21 and of 28 December.

Ben: IEP of 20 January 2026. Yearly review by 20 January 2027 (some count the day before); evaluated on 15 January 2024,
so again by 15 January 2027 (34 CFR 300.303(b)(2)).
Cara: permission for the first evaluation on 19 October 2026, and 45 school days in Texas (Education Code 29.004): 9 of
them are left of October, 15 until 20 November, 15 from 30 November to 18 December make 39, and the sixth school day
of January is Monday, 11 January 2027.
Dev: the report of the first evaluation is of 2 November 2026; the meeting follows within 30 days, by 2 December 2026.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gameplan.carrying.taking import work_out
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.core.assess import assess
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.standing import Duty
from gameplan.districts.doors import Act, organisation_for
from gameplan.districts.years import save_year
from gameplan.law import law_for
from gameplan.people.models import Organisation, User
from gameplan.reports.reading import Asked, counted_children
from gameplan.watch.models import Due
from gameplan.watch.stale import stale
from tests.carrying.conftest import Given
from tests.carrying.made import Files
from tests.districts.conftest import TODAY, Window

OFF = (Closure(date(2026, 11, 23), date(2026, 11, 27)), Closure(date(2026, 12, 21), date(2027, 1, 1)))
YEAR = SchoolYear("2026-27", date(2026, 8, 12), date(2027, 5, 27), OFF)


def case_of(name: str, person: User) -> Case:
    """The case of a child, opened."""
    return case_for(person_of_user(person), Case.objects.get(child_name=name).pk)


def duties(case: Case) -> dict[str, Duty]:
    """What is still owed, by the clock."""
    told = facts_of(case)
    found = assess(told, law_for(told.child.state, on=TODAY), on=TODAY).duties
    return {one.clock: one for one in found if one.status in ("running", "due-soon")}


def test_the_days_are_those_of_the_law(
    bring: Given, director: User, manager: User, window: Window, district: Organisation, oak: Organisation
) -> None:
    save_year(organisation_for(person_of_user(director), district.pk, to=Act.RUN), YEAR)
    batch = bring(Files())
    assert len(stale(TODAY, 10)) == 3
    work_out(batch, on=TODAY)
    assert not stale(TODAY, 10)
    ben, cara, dev = (case_of(name, director) for name in ("Ben Brook", "Cara Diaz", "Dev Shah"))
    review = duties(ben)["iep-annual-review"]
    assert (review.due_earliest, review.due_latest) == (date(2027, 1, 19), date(2027, 1, 20))
    assert duties(ben)["reevaluation-3-years"].due == date(2027, 1, 15)
    assert duties(cara)["initial-evaluation"].due == date(2027, 1, 11)
    assert duties(dev)["iep-meeting"].due == date(2026, 12, 2)

    dora = window(director)
    page = dora.get(reverse("web:child", args=[ben.pk])).content.decode()
    assert "The IEP is in force" in page
    assert "by January 15, 2027" in page
    assert "by January 11, 2027" in dora.get(reverse("web:child", args=[cara.pk])).content.decode()
    assert "by December 2, 2026" in dora.get(reverse("web:child", args=[dev.pk])).content.decode()

    stored = Due.objects.get(case=cara.pk, side="school", clock="initial-evaluation")
    assert stored.due == date(2027, 1, 11)
    assert [one.person for one in cara.members.all()] == [str(manager.pk)]
    assert cara.language == "es"


def test_the_child_with_an_iep_is_counted(bring: Given, district: Organisation) -> None:
    bring(Files())
    counted = [one for one in counted_children([district.pk], Asked.around(TODAY, TODAY)) if one.plan]
    assert [(one.age, one.disability, one.environment, one.consent) for one in counted] == [(11, "SLD", "RC80", True)]
