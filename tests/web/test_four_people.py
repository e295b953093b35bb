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
from tests.web.test_consent_pages import FORM
from tests.web.test_notice_walk import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]
DAY = "2025-10-15"
NOTE = "Our lawyer read it first"
IN_FORCE = "section:has(> #things)"
SAVED = "Saved."


def request(four: Four, page: Page) -> None:
    more = {"data_type": "initial", "data_by": "parent", "said_by": "parent", "note": NOTE}
    happened(four, page, "evaluation-requested", "2025-08-20", **more)


def notice(four: Four, page: Page) -> None:
    """The school writes its notice from the case, and hands it over."""
    page.goto(four.at("notices/"))
    page.get_by_role("link", name="We plan this: First evaluation").click()
    for label, words in (WORDS | {"Name of the school": "Oak School"}).items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("I read it again: short sentences, everyday words").check()
    page.get_by_role("button", name="Finish the notice").click()
    page.get_by_label("By hand", exact=True).check()
    page.get_by_label("By hand: who gave it?").fill("Ms. Hill")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Handed over")).to_be_visible()


def receipt(four: Four, page: Page) -> None:
    page.goto(four.at("read/notice:n1/"))
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_text("The reader confirmed that they have it")).to_be_visible()


def question(four: Four, page: Page) -> None:
    """The school asks for permission, test by test."""
    page.goto(four.at("consents/new/initial-evaluation/"))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for name, value in (FORM | {"on": DAY, "received": DAY}).items():
        field = page.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)
    page.locator('button[name="go"][value="ask"]').click()
    page.wait_for_url("**/consent/c1/")


def consent(four: Four, page: Page) -> None:
    """Yes to one test, no to the other, signed on the screen."""
    page.goto(four.at("consent/c1/answer/"))
    page.get_by_role("button", name="I have read this. Go on").click()
    page.get_by_label("Yes to some, one by one").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("group", name="Reading test").get_by_label("Yes, I give my permission", exact=True).check()
    page.get_by_role("group", name="Speech test").get_by_label("No, I do not give my permission").check()
    for _screen in ("items", "words"):
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("I could open the sample").check()
    page.get_by_label("Yes, I want to sign on a screen").check()
    page.get_by_role("button", name="Agree and go on").click()
    page.get_by_label("Your name, as you write it when you sign").fill("Maria Lopez")
    page.get_by_label("I sign this").check()
    page.get_by_role("button", name="Sign and send to the school").click()
    expect(page.get_by_text("Answered in part")).to_be_visible()


def evaluation(four: Four, page: Page) -> None:
    happened(four, page, "evaluation-completed", DAY, data_type="initial", said_by="school")


def meeting(four: Four, page: Page) -> None:
    happened(four, page, "meeting-held", DAY, data_kind="initial-iep", said_by="school")


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
    send(page, four.at("plan/p1/"), on=DAY, meeting_on=DAY)


def propose(four: Four, page: Page) -> None:
    send(page, four.at("plan/p1/propose/"), how="first", on=DAY, starts=DAY, note="The first plan")


def partly(four: Four, page: Page) -> None:
    """Yes to reading and to services, no to math."""
    said = {"item0": "agreed", "item1": "refused", "services": "agreed", "on": DAY, "means": "paper"}
    send(page, four.at("plan/p1/version/1/answer/"), **said)


def change(four: Four, page: Page) -> None:
    """The team changes a goal at a meeting, and proposes that."""
    page.goto(four.at("plan/p1/write/goals/"))
    page.locator('[name^="v:goals/"][name$="/area"]').first.fill("Reading aloud")
    expect(page.locator("#state")).to_have_text(SAVED)
    send(page, four.at("plan/p1/propose/"), how="amended-with-meeting", on=DAY, starts=DAY, note="One goal is clearer")


def amendment(four: Four, page: Page) -> None:
    said = {"item0": "agreed", "on": DAY, "means": "paper"}
    send(page, four.at("plan/p1/version/2/answer/"), **said)


def disagreement(four: Four, page: Page) -> None:
    happened(four, page, "state-complaint-filed", DAY, said_by="parent")


STORY = (
    Step("request", PARENT, request, (Sees("", "/fact/f1/", FOUR), Sees("fact/f1/", NOTE, FAMILY))),
    Step("notice", MANAGER, notice, (Sees("notices/", "Prior written notice", FOUR), Sees("", "/fact/f2/", FOUR))),
    Step("receipt", PARENT, receipt, (Sees("read/notice:n1/", "The reader confirmed", (PARENT, *SCHOOL)),)),
    Step("question", MANAGER, question, (
        Sees("consents/", "The first evaluation", FOUR), Sees("consent/c1/answer/", f"{STATUS}200", (PARENT,)),
    )),
    Step("consent", PARENT, consent, (Sees("consent/c1/", "Answered in part", FOUR),)),
    Step("evaluation", PSYCHOLOGIST, evaluation, (Sees("", "Evaluation", FOUR),)),
    Step("meeting", MANAGER, meeting, (Sees("add/meeting-held/", f"{STATUS}200", (PARENT, ADVOCATE, *SCHOOL)),)),
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
    Step("change", MANAGER, change, (Sees("plans/in-force/iep/", "Reading aloud", (), IN_FORCE),)),
    Step("amendment", PARENT, amendment, (Sees("plans/in-force/iep/", "Reading aloud", FOUR, IN_FORCE),)),
    Step("disagreement", PARENT, disagreement, (Sees("ways/", f"{STATUS}200", FOUR),)),
)  # fmt: skip


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a server where people sign in."""
    monkeypatch.setenv("GAMEPLAN_SHARED", "1")
    monkeypatch.setenv("GAMEPLAN_TODAY", DAY)
    return tmp_path / "gameplan"


@pytest.fixture
def four(browser: Browser, house: Path) -> Iterator[Four]:
    """The four, each in their own window."""
    made = ask(house, "make")
    with Served(house, shared=True) as served:
        people = {role: come_in(browser, served.address, role, made["secrets"].get(role, "")) for role in FOUR}
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
    assert {"answered-plan", "answer-consent", "sign", "confirm-notice", "read"} <= set(told["did"][PARENT])
    assert {"ask-consent", "begin-plan", "propose-plan", "send-notice", "shared-plan"} <= set(told["did"][MANAGER])
