"""Four people in four browsers on one case: parent, IEP manager, school psychologist, advocate.

From the request to the disagreement, as far as there are pages for it; after each step everybody sees what they may,
and nothing else. In the end the record of access tells who did what.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Served
from tests.web.four import (
    ADVOCATE,
    FAMILY,
    FOUR,
    MANAGER,
    PARENT,
    PSYCHOLOGIST,
    SCHOOL,
    STATUS,
    Four,
    Sees,
    Step,
    come_in,
    happened,
    look,
    send,
)
from tests.web.four_house import ask

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]
NOTE = "Our lawyer read it first"
IN_FORCE = "section:has(> #things)"
SAVED = "Saved."


def request(four: Four, page: Page) -> None:
    more = {"data_type": "initial", "data_by": "parent", "said_by": "parent", "note": NOTE}
    happened(four, page, "evaluation-requested", "2025-08-20", **more)


def notice(four: Four, page: Page) -> None:
    happened(four, page, "pwn-sent", "2025-08-27", data_decision="propose", said_by="school")


def consent(four: Four, page: Page) -> None:
    happened(four, page, "consent-given", "2025-09-02", data_for="initial-evaluation", said_by="parent")


def evaluation(four: Four, page: Page) -> None:
    happened(four, page, "evaluation-completed", "2025-09-26", data_type="initial", said_by="school")


def meeting(four: Four, page: Page) -> None:
    happened(four, page, "meeting-held", "2025-10-06", data_kind="initial-iep", said_by="school")


def plan(four: Four, page: Page) -> None:
    """A draft with two goals, by hand, field by field."""
    page.goto(four.at("plans/"))
    page.locator('form:has(input[value="iep"]) button').first.click()
    page.wait_for_url("**/plan/p1/")
    page.goto(four.at("plan/p1/write/goals/"))
    areas = page.locator('[name^="v:goals/"][name$="/area"]')
    for number, area in enumerate(("Reading", "Math")):
        page.locator('button[value="add:goals"]').click()
        expect(areas).to_have_count(number + 1)
        areas.nth(number).fill(area)
        expect(page.locator("#state")).to_have_text(SAVED)


def share(four: Four, page: Page) -> None:
    send(page, four.at("plan/p1/"), on="2025-10-08", meeting_on="2025-10-13")


def propose(four: Four, page: Page) -> None:
    send(page, four.at("plan/p1/propose/"), how="first", on="2025-10-13", starts="2025-10-14", note="The first plan")


def partly(four: Four, page: Page) -> None:
    """Yes to reading and to services, no to math."""
    said = {"item0": "agreed", "item1": "refused", "services": "agreed", "on": "2025-10-14", "means": "paper"}
    send(page, four.at("plan/p1/version/1/answer/"), **said)


def disagreement(four: Four, page: Page) -> None:
    happened(four, page, "state-complaint-filed", "2025-10-15", said_by="parent")


STORY = (
    Step("request", PARENT, request, (Sees("", "/fact/f1/", FOUR), Sees("fact/f1/", NOTE, FAMILY))),
    Step("notice", MANAGER, notice, (Sees("", "/fact/f2/", FOUR),)),
    Step("consent", PARENT, consent, (Sees("", "/fact/f3/", FOUR),)),
    Step("evaluation", PSYCHOLOGIST, evaluation, (Sees("", "/fact/f4/", FOUR),)),
    Step("meeting", MANAGER, meeting, (Sees("", "/fact/f5/", FOUR),)),
    Step("plan", MANAGER, plan, (Sees("plans/", "/plan/p1/", SCHOOL), Sees("plan/p1/", f"{STATUS}404", FAMILY))),
    Step("share", MANAGER, share, (Sees("plans/", "/plan/p1/", FOUR), Sees("plan/p1/write/goals/", "Math", SCHOOL))),
    Step("propose", MANAGER, propose, (
        Sees("plan/p1/version/1/", f"{STATUS}200", FOUR),
        Sees("plan/p1/version/1/answer/", f"{STATUS}200", (PARENT,)),
        Sees("plan/p1/propose/", f"{STATUS}200", (MANAGER,)),
        Sees("plans/in-force/iep/", "Reading", (), IN_FORCE),
    )),
    Step("partial consent", PARENT, partly, (
        Sees("plans/in-force/iep/", "Reading", FOUR, IN_FORCE),
        Sees("plans/in-force/iep/", "Math", (), IN_FORCE),
    )),
    Step("disagreement", PARENT, disagreement, (Sees("ways/", f"{STATUS}200", FOUR),)),
)  # fmt: skip


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a server where people sign in."""
    monkeypatch.setenv("GAMEPLAN_SHARED", "1")
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")
    return tmp_path / "gameplan"


@pytest.fixture
def four(browser: Browser, house: Path) -> Iterator[Four]:
    """The four, each in their own window."""
    made = ask(house, "make")
    with Served(house) as served:
        people = {role: come_in(browser, served.address, role, made["cookies"][role]) for role in FOUR}
        yield Four(made["case"], served.address, people)
        for one in people.values():
            one.page.context.close()


def test_each_of_four_people_sees_only_what_they_may(four: Four, house: Path) -> None:
    for step in STORY:
        step.does(four, four.people[step.who].page)
        wrong = [said for sees in step.then for said in look(four, step.name, sees)]
        assert wrong == []
    assert {one.role: one.watch.complaints for one in four.people.values() if one.watch.complaints} == {}
    told = ask(house, "tell", four.case)
    assert told["faults"] == []
    assert told["did"][ADVOCATE] == ["read"]
    assert told["did"][PSYCHOLOGIST] == ["read", "record-fact"]
    assert {"answered-plan", "read", "record-fact"} <= set(told["did"][PARENT])
    assert {"begin-plan", "propose-plan", "record-fact", "shared-plan"} <= set(told["did"][MANAGER])
