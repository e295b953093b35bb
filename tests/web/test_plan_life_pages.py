"""A plan's life on the pages: share, propose, answer thing by thing, put right, end, and what is in force on a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from gameplan.planning import life, writing
from gameplan.planning.models import Step, Version, Written
from tests.web.test_plan_pages import at
from tests.web.test_tell import home as home_client

home = home_client


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


@pytest.fixture
def plan(case: Case) -> Written:
    made = writing.begin(case, by=HOME, form_id="iep")
    words = [writing.Change("strengths", ["Curios"]), writing.Change("start", ["2025-10-01"])]
    writing.save(made, by=HOME, desk="d", changes=words)
    writing.add_row(made, by=HOME, field_id="goals", values={"area": "Reading"})
    return made


@pytest.fixture
def version(plan: Written) -> Version:
    return life.propose(plan, by=HOME, on=date(2025, 9, 20), how="first", starts=date(2025, 10, 1))


def said(**more: object) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **more}


def page(home: Client, address: str) -> str:
    answer = home.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def in_force(case: Case, on: str = "") -> str:
    return reverse("web:in-force", args=(case.pk, "iep")) + (f"?on={on}" if on else "")


def test_the_whole_life_of_a_plan(case: Case, plan: Written, home: Client) -> None:
    assert "No plan has been proposed yet." in page(home, in_force(case))
    sent = home.post(at("propose-plan", plan), said(how="first", on="2025-09-20", starts="2025-10-01", note="First"))
    assert sent["Location"] == at("version", plan, 1)
    assert "Proposed and not in force" in page(home, at("version", plan, 1))
    answers = {"item0": "agreed", "services": "agreed", "on": "2025-09-22", "means": "paper"}
    assert home.post(at("answer-version", plan, 1), said(**answers)).status_code == 302
    assert "Reading" in page(home, in_force(case))
    assert "In force today" in page(home, reverse("web:plans", args=(case.pk,)))
    assert "What counts on that day" not in page(home, in_force(case, "2025-09-21"))
    assert home.post(at("end-plan", plan), said(on="2025-10-10", reason="moved")).status_code == 302
    assert "The services ended on" in page(home, in_force(case))
    assert "Reading" in page(home, in_force(case, "2025-10-09"))


def test_what_a_no_means_stands_before_the_answer(plan: Written, version: Version, home: Client) -> None:
    shown = page(home, at("answer-version", plan, 1))
    assert shown.index("The services may not start.") < shown.index("I do not agree")


def test_one_answer_for_all_but_for_what_is_said_below(
    case: Case, plan: Written, version: Version, home: Client
) -> None:
    writing.add_row(plan, by=HOME, field_id="goals", values={"area": "Math"})
    answers = {"everything": "agreed", "services": "agreed", "item0": "refused", "on": "2025-09-22", "means": "paper"}
    assert home.post(at("answer-version", plan, 1), said(**answers)).status_code == 302
    shown = page(home, at("version", plan, 1))
    assert "Agreed to all, but for what stands below" in shown
    assert "not agreed" in shown


def test_an_answer_that_says_nothing_is_refused(plan: Written, version: Version, home: Client) -> None:
    sent = home.post(at("answer-version", plan, 1), said(on="2025-09-22", means="paper"))
    assert sent.status_code == 422
    assert not Step.objects.exists()


def test_a_change_is_shown_beside_what_is_in_force_and_beside_the_version_before(
    plan: Written, version: Version, home: Client
) -> None:
    life.answer(version, by=HOME, on=date(2025, 9, 22), all_="agreed", services=True)
    writing.add_row(plan, by=HOME, field_id="goals", values={"area": "Math"})
    assert "Math: new" in page(home, at("propose-plan", plan))
    asked = said(how="amended-with-meeting", on="2025-10-14", starts="2025-10-20")
    home.post(at("propose-plan", plan), asked)
    assert "Math: new" in page(home, at("version", plan, 2))


def test_a_draft_was_given(case: Case, plan: Written, home: Client) -> None:
    home.post(at("share-plan", plan), said(on="2025-10-10", meeting_on="2025-10-20"))
    assert facts_of(case).facts[-1].data["what"] == "draft-iep"
    refused = home.post(at("share-plan", plan), said(on="soon"), follow=True)
    assert "Fill in the day on which the family got the draft." in refused.content.decode()


def test_a_slip_of_the_pen_is_put_right(plan: Written, version: Version, home: Client) -> None:
    choose = page(home, at("correct-version", plan, 1))
    assert "What the child is good at" in choose
    assert "Curios" in page(home, at("correct-version", plan, 1) + "?path=strengths")
    right = said(path="strengths", now="Curious", why="A letter was missing")
    assert home.post(at("correct-version", plan, 1), right).status_code == 302
    assert "A letter was missing" in page(home, at("version", plan, 1))
    wrong = said(path="start", now="soon", why="x")
    assert home.post(at("correct-version", plan, 1), wrong).status_code == 422


def test_papers_of_a_version_and_of_a_day(case: Case, plan: Written, version: Version, home: Client) -> None:
    assert home.get(at("version-pdf", plan, 1)).content.startswith(b"%PDF-")
    life.answer(version, by=HOME, on=date(2025, 9, 22), all_="agreed", services=True)
    for as_, ending, start in (("iep", "pdf", b"%PDF-"), ("plain", "docx", b"PK")):
        address = reverse("web:print-in-force", args=(case.pk, "iep", as_, ending))
        assert home.get(address).content.startswith(start)


@pytest.mark.parametrize(
    ("name", "more"),
    [("version", ("9",)), ("version-pdf", ("9",)), ("answer-version", ("9",)), ("correct-version", ("9",))],
)
def test_a_version_that_is_not_there_is_not_found(plan: Written, home: Client, name: str, more: tuple[str]) -> None:
    assert home.get(at(name, plan, *more)).status_code == 404


@pytest.mark.parametrize("where", [("poem",), ("iep", "poem", "pdf"), ("iep", "iep", "exe"), ("iep", "iep", "pdf")])
def test_a_paper_of_a_day_that_is_not_there_is_not_found(case: Case, home: Client, where: tuple[str, ...]) -> None:
    name = "print-in-force" if len(where) == 3 else "in-force"
    assert home.get(reverse(f"web:{name}", args=(case.pk, *where))).status_code == 404


def test_nobody_is_asked_for_a_504_plan(case: Case, home: Client) -> None:
    plan = writing.begin(case, by=HOME, form_id="section-504")
    writing.add_row(plan, by=HOME, field_id="accommodations", values={"what": "Checks blood sugar"})
    life.propose(plan, by=HOME, on=date(2025, 9, 20), how="first", starts=date(2025, 10, 1))
    assert home.get(at("answer-version", plan, 1)).status_code == 404
    shown = page(home, reverse("web:in-force", args=(case.pk, "section-504")))
    assert "Checks blood sugar" in shown


def test_faults_are_told_where_they_are(plan: Written, home: Client) -> None:
    for name in ("propose-plan", "end-plan"):
        sent = home.post(at(name, plan), {"form": "empty"})
        assert sent.status_code == 422
        assert "Please mend this" in sent.content.decode()
    wrong = home.post(at("propose-plan", plan), said(how="annual", on="2025-09-20", starts="2025-10-01"))
    assert wrong.status_code == 422


def test_a_report_is_finished_with_one_day(case: Case, home: Client) -> None:
    plan = writing.begin(case, by=HOME, form_id="evaluation")
    writing.save(plan, by=HOME, desk="d", changes=[writing.Change("occasion", ["first"])])
    assert "Finish this report" in page(home, at("propose-plan", plan))
    assert home.post(at("propose-plan", plan), said(on="2025-10-10")).status_code == 302
    assert "evaluation-completed" in [one.kind for one in facts_of(case).facts]
