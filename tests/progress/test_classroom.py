"""In class: what the plan in force asks for, and one tap for what became of it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gameplan.cases.models import Case
from gameplan.cases.verifying import verdicts
from gameplan.people.refusals import Refused
from gameplan.planning import writing
from gameplan.planning.doors import plan_of, version_of
from gameplan.planning.life import answer, propose
from gameplan.plans.form_files import form
from gameplan.plans.life_events import AGREED, FIRST
from gameplan.plans.plan import Plan, PlanChild
from gameplan.progress.classroom import accommodations_on, note_given, take_back, tallies
from gameplan.progress.models_daily import Given
from tests.progress.conftest import Opened, person_named
from tests.sides import browser_of

KEY = "iep:accommodations/a1"
TODAY = date(2025, 11, 14)


def test_the_plan_in_force_says_what_to_do(planned: Case, opened: Opened) -> None:
    (one,) = accommodations_on(opened("ada"), TODAY)
    assert (one.key, one.what, one.where) == (KEY, "Texts read aloud", "all classes")
    assert accommodations_on(opened("ada"), date(2025, 9, 1)) == []


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2025, 10, 31), []),
        (date(2025, 11, 3), ["Breaks"]),
        (date(2025, 11, 14), ["Breaks"]),
        (date(2025, 11, 15), []),
    ],
)
def test_an_accommodation_with_its_own_days_is_shown_on_these_only(
    planned: Case, opened: Opened, on: date, shown: list[str]
) -> None:
    kim, rosa = opened("kim"), opened("rosa")
    rows = [{"id": "b1", "what": "Breaks", "start": "2025-11-01", "end": "2025-11-14"}]
    start = Plan(form("section-504"), PlanChild("Ana", date(2016, 5, 2), "TX"), {"accommodations": rows})
    plan = writing.begin(kim, by=kim.reader, form_id="section-504", start=start)
    version = propose(plan, by=kim.reader, on=date(2025, 10, 6), how=FIRST, starts=date(2025, 10, 13))
    seen = version_of(plan_of(rosa, plan.plan_id), version.number)
    answer(seen, by=rosa.reader, on=date(2025, 10, 6), all_=AGREED, services=True)
    of_504 = [one.what for one in accommodations_on(opened("ada"), on) if one.key.startswith("section-504:")]
    assert of_504 == shown


def test_it_is_noted_once_and_counted_for_both_sides(planned: Case, opened: Opened) -> None:
    ada, key = opened("ada"), uuid4()
    for _try in range(2):
        note_given(ada, by=ada.reader, key=KEY, was="given", on=TODAY, form_key=key)
    note_given(ada, by=ada.reader, key=KEY, was="declined", on=date(2025, 11, 13), note="did not want to")
    note_given(ada, by=ada.reader, key=KEY, was="given", on=date(2025, 10, 1))
    for name in ("rosa", "kim"):
        tally = tallies(opened(name), TODAY)[KEY]
        assert dict(tally.counts) == {"given": 1, "declined": 1}
        assert (tally.all, tally.last and tally.last.on) == (2, TODAY)
    assert [one.findings for one in verdicts(planned.pk)] == [()]


def test_it_is_taken_back_by_its_own_side(planned: Case, opened: Opened) -> None:
    ada, rosa = opened("ada"), opened("rosa")
    made = note_given(ada, by=ada.reader, key=KEY, was="given", on=TODAY)
    with pytest.raises(PermissionDenied):
        take_back(rosa, made.number, by=rosa.reader)
    take_back(ada, made.number, by=ada.reader)
    assert tallies(ada, TODAY) == {}
    assert Given.objects.count() == 2


def test_every_fault_is_told_at_once(planned: Case, opened: Opened) -> None:
    ada = opened("ada")
    with pytest.raises(Refused) as refused:
        note_given(ada, by=ada.reader, key="iep:accommodations/a9", was="perhaps", on=TODAY, note="x" * 501)
    assert {one.where for one in refused.value.faults} == {"key", "was", "note"}
    assert not Given.objects.exists()


def test_one_tap_on_the_page(planned: Case) -> None:
    browser = browser_of(person_named("ada"))
    page, address = reverse("web:classroom", args=[planned.pk]), reverse("web:note-accommodation", args=[planned.pk])
    assert "Texts read aloud" in browser.get(page).content.decode()
    assert browser.post(address, {"key": KEY, "was": "not-given", "form_key": str(uuid4())}).status_code == 302
    shown = browser.get(page).content.decode()
    assert "Noted for today." in shown
    assert "Not given 1" in shown
    undo = reverse("web:undo-accommodation", args=[planned.pk, Given.objects.get().number])
    assert browser.post(undo).status_code == 302
    assert "Not given 1" not in browser.get(page).content.decode()
    browser.post(address, {"key": "iep:accommodations/a9", "was": "given"})
    assert "No plan in force on that day has this accommodation." in browser.get(page).content.decode()
