"""Days out of school: the same page for family and school, worked out from the facts of the case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases.models import Case
from gameplan.cases.verbs import add_account, record_fact
from tests.progress.conftest import Opened
from tests.shared import run_shared
from tests.sides import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned_case(planned: Case, settings: Settings, tmp_path: Path) -> Case:
    """Ana's case with a school calendar."""
    run_shared(settings, tmp_path)
    return planned


def remove(case: Case, first: date, days: float, **more: Any) -> str:
    """The school writes down a removal; gives the id of the fact."""
    data = {"decided": first, "from": first, "school_days": days, "kind": "suspension", "change_of_placement": False}
    made = record_fact(
        case, by=case.reader, kind="removal-ordered", on=first, said_by="school", data={**data, **more}
    )  # fmt: skip
    return made.fact_id


def page(browser: Client, case: Case) -> str:
    answer = browser.get(reverse("web:days-out", args=(case.pk,)))
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_removal_it_says_so(planned_case: Case, opened: Opened) -> None:
    found = page(browser_of(opened("rosa").reader), planned_case)
    assert "No day out is written down" in found
    assert "34 CFR 300.536" in found


def test_a_child_that_was_sent_home_early_is_one_link_away(planned_case: Case, opened: Opened) -> None:
    rosa = browser_of(opened("rosa").reader)
    link = reverse("web:add-fact", args=(planned_case.pk, "removal-ordered"))
    assert f'href="{link}?kind=sent-home"' in page(rosa, planned_case)
    assert rosa.get(f"{link}?kind=sent-home&school_days=1").context["form"].initial["data_kind"] == "sent-home"
    assert "data_kind" not in rosa.get(f"{link}?kind=beaming").context["form"].initial


def test_days_add_up_and_the_eleventh_brings_services_for_both_sides(planned_case: Case, opened: Opened) -> None:
    kim = opened("kim")
    remove(kim, date(2025, 9, 15), 5)
    remove(kim, date(2025, 10, 6), 6)
    rosa, school = page(browser_of(opened("rosa").reader), kim), page(browser_of(kim.reader), kim)
    for found in (rosa, school):
        assert "Days out: 11" in found
        assert "Give services from the 11th day out of school" in found
        assert "Nobody has written down yet that they compared it." in found
        assert "School days of each removal: 5, 6" in found
        assert "The longest removal: 6 school days" in found
    assert "What you can do now" in rosa
    assert "in a faster hearing" in rosa


def test_what_is_open_makes_a_range_and_says_what_would_settle_it(planned_case: Case, opened: Opened) -> None:
    kim = opened("kim")
    remove(kim, date(2025, 9, 15), 8)
    remove(kim, date(2025, 10, 6), 3, kind="in-school-suspension")
    found = page(browser_of(opened("rosa").reader), kim)
    assert "Days out: between 8 and 11" in found
    assert "suspension inside the school" in found
    assert "Still open:" in found
    assert found.count('<span class="tag">Cannot tell yet</span>') == 3


def test_who_compared_it_is_named(planned_case: Case, opened: Opened) -> None:
    kim = opened("kim")
    remove(kim, date(2025, 9, 15), 2)
    on = date(2025, 11, 3)
    data = {"date": on, "similar": False}
    record_fact(kim, by=kim.reader, kind="conduct-compared", on=on, said_by="school", data=data)
    assert "The school, November 3, 2025: not the same" in page(browser_of(opened("rosa").reader), kim)
    assert "We, the school, November 3, 2025: not the same" in page(browser_of(kim.reader), kim)


def test_two_accounts_stand_side_by_side(planned_case: Case, opened: Opened) -> None:
    kim, rosa = opened("kim"), opened("rosa")
    first = date(2025, 9, 15)
    told = remove(kim, first, 2)
    data = {"decided": first, "from": first, "school_days": 4, "kind": "suspension"}
    add_account(rosa, by=rosa.reader, fact_id=told, said_by="parent", on=first, data=data)
    found = page(browser_of(rosa.reader), kim)
    assert "as the family tells it" in found
    assert "Days out: 4" in found
    assert "Days out: 2" in found


def test_what_the_family_keeps_to_itself_counts_only_for_the_family(planned_case: Case, opened: Opened) -> None:
    kim, rosa = opened("kim"), opened("rosa")
    remove(kim, date(2025, 9, 15), 2)
    first = date(2025, 10, 6)
    data = {"decided": first, "from": first, "school_days": 1, "kind": "sent-home"}
    record_fact(rosa, by=rosa.reader, kind="removal-ordered", on=first, said_by="parent", data=data, private=True)
    assert "Days out: 3" in page(browser_of(rosa.reader), kim)
    school = page(browser_of(kim.reader), kim)
    assert "Days out: 2" in school
    assert "sent home: " not in school
