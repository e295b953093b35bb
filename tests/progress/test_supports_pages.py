"""The pages of extra help: both sides read them, each tells the right to an evaluation, a school sees its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases.models import Attachment, Case
from gameplan.cases.verbs import record_fact
from gameplan.cases.verifying import verdicts
from gameplan.planning import writing
from gameplan.progress.measuring import Aim, What, begin_measure, note_point
from gameplan.progress.models import Measure
from gameplan.progress.models_supports import Group, Support, SupportNote
from gameplan.progress.supporting import Dose, Help, Noting, begin_support, note
from tests.progress.conftest import Opened, person_named
from tests.sides import Sides, alone, browser_of, join

Page = Callable[[str, str], str]
SINCE = date(2025, 9, 8)
RIGHT = "ask for an evaluation at any time"


@pytest.fixture
def help_(opened: Opened) -> Support:
    found = opened("tess")
    dose = Dose(30, 3, "week", "Ms. Lee")
    return begin_support(found, by=found.reader, help_=Help(2, "reading", "Reading group", SINCE, dose))


@pytest.fixture
def measured(help_: Support, opened: Opened) -> Measure:
    found = opened("tess")
    aim = Aim("Words read aloud", True, Decimal(42), SINCE, Decimal(80), date(2026, 5, 1))
    made = begin_measure(found, by=found.reader, what=What("support", "rate", support_id="s1"), aim=aim)
    for day, count in ((10, 43), (17, 42), (24, 44), (31, 43)):
        note_point(made, by=found.reader, on=date(2025, 10, day), data={"correct": count, "seconds": 60})
    return made


@pytest.fixture
def page(case: Case) -> Page:
    """What somebody reads at an address of the case."""

    def read(name: str, at: str) -> str:
        answer = browser_of(person_named(name)).get(f"/case/{case.pk}/supports/{at}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def post(case: Case, name: str, at: str, **told: object) -> int:
    return browser_of(person_named(name)).post(f"/case/{case.pk}/supports/{at}", told).status_code


def asked(opened: Opened) -> None:
    rosa, day = opened("rosa"), date(2025, 11, 3)
    data = {"received": day, "type": "initial", "by": "parent", "written": True}
    record_fact(rosa, by=rosa.reader, kind="evaluation-requested", on=day, data=data)


@pytest.mark.parametrize("at", ["", "begin/", "s1/", "paper/"])
def test_the_right_to_an_evaluation_stands_on_every_page(measured: Measure, page: Page, at: str) -> None:
    for name in ("tess", "rosa"):
        words = page(name, at)
        assert RIGHT in words
        assert "34 CFR 300.301(b)" in words
        assert ("write/evaluation-request/" in words) == (name == "rosa")


def test_a_request_that_waits_stands_in_red_with_its_day(measured: Measure, page: Page, opened: Opened) -> None:
    assert "notice tone-red" not in page("rosa", "")
    asked(opened)
    for name in ("tess", "rosa"):
        for at in ("", "s1/", "begin/"):
            words = page(name, at)
            assert "notice tone-red" in words
            assert "An evaluation was asked for on November 3, 2025." in words
            assert "The school must answer between November 24, 2025 and" in words


def test_help_is_begun_measured_noted_changed_and_ended(case: Case, page: Page) -> None:
    told = {"tier": 3, "area": "math", "title": "Number talk", "since": "2025-10-01", "minutes": 20, "times": 1}
    assert post(case, "tess", "begin/", **told) == 422
    assert post(case, "tess", "begin/", **told, per="week") == 302
    aim = {"title": "Facts right", "way": "rate", "rises": "more", "baseline": "12", "baseline_on": "2025-10-01"}
    assert post(case, "tess", "s1/measure/", **aim, target="30", target_on="2026-05-01") == 302
    assert post(case, "tess", "s1/note/", kind="fidelity", on="2025-11-07", share=75) == 302
    assert post(case, "tess", "s1/note/", kind="review", on="2025-11-10", adequate="cannot-tell") == 302
    assert post(case, "tess", "s1/note/", kind="told", on="2025-11-10", way="mail", told_of=["evaluation"]) == 302
    assert post(case, "tess", "s1/note/", kind="told", on="2025-11-10", way="mail") == 422
    assert post(case, "tess", "s1/change/", minutes=30, times=2, per="week", why="Too little.") == 302
    words = page("rosa", "s1/")
    for said in (
        "Tier 3: the most help", "30 minutes, 2 times a week", "75 percent", "The team cannot tell yet.",
        "Before: 20 minutes, once a week", "Facts right", "Ways to help the child learn faster",
    ):  # fmt: skip
        assert said in words
    assert post(case, "tess", "s1/end/", on="2025-11-13", why="worked") == 302
    assert "Help that has ended" in page("rosa", "")
    (verdict,) = verdicts(case.pk)
    assert verdict.findings == ()
    assert not [one for one in verdict.unknown if "support" in one]


def test_a_family_notes_words_and_nothing_else(measured: Measure, case: Case, page: Page) -> None:
    assert "Change or end it" not in page("rosa", "s1/")
    assert post(case, "rosa", "s1/note/", kind="note", on="2025-11-10", text="She likes it.") == 302
    assert post(case, "rosa", "s1/note/", kind="fidelity", on="2025-11-10", share=10) == 403
    assert post(case, "rosa", "s1/end/", on="2025-11-10", why="other") == 403
    number = SupportNote.objects.get().number
    assert post(case, "tess", f"s1/note/{number}/withdraw/") == 403
    assert post(case, "rosa", f"s1/note/{number}/withdraw/") == 302
    assert "She likes it." not in page("tess", "s1/")


def test_nobody_is_asked_for_permission(page: Page) -> None:
    words = page("rosa", "")
    assert "federal law asks for no permission before it begins" in words
    assert "needs the parents’ permission in writing" in words


def test_the_paper_for_an_evaluation_has_all_of_it(
    measured: Measure, help_: Support, case: Case, page: Page, opened: Opened
) -> None:
    tess = opened("tess")
    note(help_, by=tess.reader, noting=Noting("told", date(2025, 10, 6), way="mail", told_of=("evaluation",)))
    writing.begin(opened("kim"), by=opened("kim").reader, form_id="evaluation")
    words = page("kim", "paper/")
    for said in (
        "30 minutes, 3 times a week", "October 31, 2025", "Special education teacher", "Nobody has noted it.",
        "October 6, 2025", "does not wait for a tier", "An evaluation is being written",
    ):  # fmt: skip
        assert said in words
    assert post(case, "tess", "paper/") == 302
    paper = Attachment.objects.get()
    assert (paper.name, bytes(paper.content)[:5]) == ("extra-help-2025-11-14.pdf", b"%PDF-")
    assert "extra-help-2025-11-14.pdf" in page("rosa", "paper/")
    assert browser_of(person_named("rosa")).get(f"/case/{case.pk}/supports/extra-help.pdf").content[:5] == b"%PDF-"


# --- the school's view ---


def at_oak(sides: Sides, name: str) -> Client:
    return browser_of(person_named(name))


def test_a_school_sees_who_is_in_which_tier(measured: Measure, sides: Sides) -> None:
    where = reverse("web:place-supports", args=[sides.oak.pk])
    words = at_oak(sides, "tess").get(where).content.decode()
    for said in ("Ana", "Reading group", "14 days ago", "October 31, 2025", "Off track", "none here"):
        assert said in words
    assert "Ana" not in at_oak(sides, "tess").get(f"{where}?tier=3").content.decode()


def test_only_children_whose_cases_one_may_open(measured: Measure, sides: Sides) -> None:
    sides.staff("omar", "special-teacher", sides.oak)
    sides.staff("dora", "district-director", sides.district)
    sides.staff("elena", "special-teacher", sides.elm)
    where = reverse("web:place-supports", args=[sides.oak.pk])
    assert "Ana" not in at_oak(sides, "omar").get(where).content.decode()
    assert "Ana" in at_oak(sides, "dora").get(where).content.decode()
    district = reverse("web:place-supports", args=[sides.district.pk])
    assert "Ana" in at_oak(sides, "dora").get(district).content.decode()
    for name in ("elena", "rosa"):
        assert at_oak(sides, name).get(where).status_code == 404


def test_groups_are_begun_renamed_and_ended(case: Case, sides: Sides) -> None:
    where = reverse("web:place-supports", args=[sides.oak.pk])
    tess, told = at_oak(sides, "tess"), {"name": "Tuesday readers", "tier": 2, "area": "reading"}
    assert tess.post(f"{where}group/", told).status_code == 302
    assert tess.post(f"{where}group/", told).status_code == 422
    group = Group.objects.get()
    assert tess.post(f"{where}group/{group.pk}/", {"name": "Monday readers", "who": "Ms. Lee"}).status_code == 302
    assert "Monday readers" in tess.get(where).content.decode()
    assert "Monday readers" in tess.get(f"/case/{case.pk}/supports/begin/").content.decode()
    assert at_oak(sides, "ada").post(f"{where}group/{group.pk}/end/").status_code == 403
    assert at_oak(sides, "ada").post(f"{where}group/", told).status_code == 403
    assert tess.post(f"{where}group/{group.pk}/end/").status_code == 302
    assert "Monday readers" not in tess.get(where).content.decode()


def test_the_list_asks_as_often_for_many_children(
    measured: Measure, sides: Sides, django_assert_max_num_queries: Any, opened: Opened
) -> None:
    for number in range(4):
        mother, kim = sides.family(f"mother{number}"), person_named("kim")
        other = join(alone(mother, f"Child {number}"), sides.oak, kim, [], mother)
        begin_support(other, by=other.reader, help_=Help(1, "math", "Math", SINCE))
    where = reverse("web:place-supports", args=[sides.oak.pk])
    browser = at_oak(sides, "kim")
    browser.get(where)
    with django_assert_max_num_queries(25):
        browser.get(where)
