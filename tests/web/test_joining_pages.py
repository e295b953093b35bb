"""The pages of joining: a family asks and chooses, a school answers, a child moves, two cases go together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.joining import begin_for_school
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking, KeptCopy, Merging
from gameplan.cases.people import Person
from gameplan.core.facts import Child
from tests.shared import run_shared
from tests.sides import Sides, alone, browser_of, join, make_sides

DAY = date(2025, 9, 3)
REQUEST = {"received": DAY, "type": "initial", "by": "parent", "written": True}


@pytest.fixture
def sides(db: None, settings: Settings, tmp_path: Path) -> Sides:
    run_shared(settings, tmp_path)
    return make_sides()


@pytest.fixture
def rosa(sides: Sides) -> Person:
    return sides.family("rosa")


@pytest.fixture
def kim(sides: Sides) -> Person:
    return sides.staff("kim", "iep-manager", sides.oak)


@pytest.fixture
def case(rosa: Person) -> Case:
    case = alone(rosa)
    verbs.record_fact(case, by=rosa, kind="evaluation-requested", on=DAY, data=REQUEST, note="I was nervous.")
    verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": "reading", "by": "parent"})
    return case


def page(browser: Client, name: str, *args: object, **query: str) -> str:
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def send(browser: Client, name: str, /, *args: object, **fields: object) -> str:
    """Sends a form and gives the page that it leads to."""
    answer = browser.post(reverse(name, args=args), fields, follow=True)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_family_finds_a_school_chooses_and_asks(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    hers, his = browser_of(rosa), browser_of(kim)
    assert "You alone. No school sees anything of it." in page(hers, "web:child", case.pk)
    found = page(hers, "web:join", case.pk, q="oak hill")
    assert "Oak School" in found
    assert "Pine School" not in found
    choosing = page(hers, "web:join", case.pk, school=str(sides.oak.pk))
    assert re.search(r'value="fact:f1" id="[^"]+" checked', choosing)
    assert re.search(r'value="fact:f2" id="[^"]+">', choosing)
    assert "Your note beside it stays with you." in choosing
    assert "I was nervous." not in choosing
    asked = send(hers, "web:join", case.pk, school=str(sides.oak.pk), show=["fact:f1", "fact:f99"], go="ask")
    assert "It has not answered yet." in asked
    waiting = page(his, "web:joining")
    assert all(word in waiting for word in ("Ana", "Rosa", "Parent"))
    asking = Asking.objects.get()
    assert asking.chosen == ["fact:f1"]
    assert his.get(reverse("web:child", args=[case.pk])).status_code == 404
    answer = page(his, "web:joining-answer", asking.pk)
    assert "reading" not in answer
    joined = send(his, "web:joining-answer", asking.pk, go="accept", manager="")
    assert "You read this case for the school." in joined
    assert "The family and Oak School hold it together." in joined
    assert "What the school can do now" in joined


def test_a_no_is_read_by_the_family(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    hers, his = browser_of(rosa), browser_of(kim)
    send(hers, "web:join", case.pk, school=str(sides.oak.pk), show=[], go="ask")
    assert send(hers, "web:join", case.pk, school=str(sides.pine.pk), go="ask")
    send(his, "web:joining-answer", Asking.objects.get().pk, go="decline", words="Not our child.")
    assert "Oak School said no. Not our child." in page(hers, "web:child", case.pk)


def test_the_family_takes_the_question_back(case: Case, rosa: Person, sides: Sides) -> None:
    hers = browser_of(rosa)
    send(hers, "web:join", case.pk, school=str(sides.oak.pk), show=[], go="ask")
    assert "Take the question back" in page(hers, "web:join", case.pk)
    send(hers, "web:join", case.pk, go="take-back")
    assert "You alone." in page(hers, "web:child", case.pk)


def test_the_family_shows_more_and_stops(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    join(case, sides.oak, kim, ["fact:f1"], rosa)
    hers, his = browser_of(rosa), browser_of(kim)
    assert "What it has read it may have written down" in page(hers, "web:shared", case.pk)
    said = send(hers, "web:shared", case.pk, listed=["fact:f1", "fact:f2"], show=["fact:f2"])
    assert "The school sees 1 thing more. You do not show 1 thing any more." in said
    assert his.get(reverse("web:fact", args=[case.pk, "f1"])).status_code == 404
    assert his.get(reverse("web:fact", args=[case.pk, "f2"])).status_code == 200
    assert "Nothing has changed." in send(hers, "web:shared", case.pk, listed=["fact:f1"], show=[])


def test_a_fact_can_be_kept_to_ourselves(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    hers = browser_of(rosa)
    assert "Keep this to ourselves" not in page(hers, "web:add-fact", case.pk, "concern-raised")
    join(case, sides.oak, kim, [], rosa)
    assert "Keep this to ourselves" in page(hers, "web:add-fact", case.pk, "concern-raised")
    told = {"on": "2025-09-04", "said_by": "parent"}
    send(hers, "web:add-fact", case.pk, "concern-raised", private="on", **told)
    send(hers, "web:add-fact", case.pk, "concern-raised", **told)
    assert [one.id for one in facts_of(case_for(kim, case.pk)).facts] == ["f4"]


def test_a_fact_page_for_each_side(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    joined = join(case, sides.oak, kim, ["fact:f1"], rosa)
    verbs.record_fact(joined, by=joined.reader, kind="meeting-held", on=DAY, data={"date": DAY})
    hers, his = browser_of(rosa), browser_of(kim)
    mine, theirs = page(hers, "web:fact", case.pk, "f1"), page(his, "web:fact", case.pk, "f1")
    assert all(word in mine for word in ("Correct it", "We, the family"))
    assert "Correct it" not in theirs
    assert all(word in theirs for word in ("Tell it as it was for you", "The family"))
    assert "We, the school" in page(his, "web:fact", case.pk, "f3")
    asked = page(his, "web:add-fact", case.pk, "meeting-held")
    assert re.search(r'value="school"[^>]*checked', asked)
    assert "Keep this to ourselves" not in asked
    assert "As it was for you" in page(his, "web:correct", case.pk, "f1")
    send(his, "web:account", case.pk, "f1", on="2025-09-09", said_by="school")
    told = facts_of(case_for(rosa, case.pk)).facts[-1]
    assert (told.account_of, told.said_by, told.on) == ("f1", "school", date(2025, 9, 9))
    refused = his.post(reverse("web:correct", args=[case.pk, "f1"]), {"on": "2025-09-09", "said_by": "school"})
    assert refused.status_code == 422


def test_a_teacher_leads_nothing_here(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    join(case, sides.oak, kim, [], rosa)
    lee = browser_of(sides.staff("lee", "special-teacher", sides.oak))
    for name in ("web:joining", "web:joining-begin"):
        assert lee.get(reverse(name)).status_code == 404
    his = browser_of(kim)
    for name, status in (("web:shared", 403), ("web:join", 403), ("web:move", 200), ("web:merge", 200)):
        assert his.get(reverse(name, args=[case.pk])).status_code == status


def test_a_school_begins_a_case(kim: Person, sides: Sides) -> None:
    his = browser_of(kim)
    fields = {"school": str(sides.oak.pk), "name": "Ben", "born": "2017-01-02", "state": "TX", "grade": "2"}
    assert "Invite the family next" in send(his, "web:joining-begin", **fields)
    assert Case.objects.get().school == sides.oak
    answer = his.post(reverse("web:joining-begin"), {**fields, "school": str(sides.pine.pk)})
    assert answer.status_code == 422


def test_a_child_moves_to_another_district(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    join(case, sides.oak, kim, ["fact:f1"], rosa)
    lee = sides.staff("lee", "iep-manager", sides.elm)
    hers, his, new = browser_of(rosa), browser_of(kim), browser_of(lee)
    assert "another district" in page(hers, "web:move", case.pk, school=str(sides.elm.pk))
    assert "No permission is needed" in page(his, "web:move", case.pk, school=str(sides.elm.pk))
    wrong = hers.post(reverse("web:move", args=[case.pk]), {"school": str(sides.elm.pk), "go": "ask"})
    assert wrong.status_code == 422
    move = {"starts": "2025-10-01", "had_iep": "no", "same_school_year": "yes", "setting": "public"}
    send(hers, "web:move", case.pk, school=str(sides.elm.pk), show=["fact:f1"], go="ask", **move)
    assert "comes from Oak School" in page(new, "web:joining")
    asking = Asking.objects.get(state="asked")
    assert "The child moves from Oak School to Elm School" in page(new, "web:joining-answer", asking.pk)
    send(new, "web:joining-answer", asking.pk, go="accept")
    assert his.get(reverse("web:child", args=[case.pk])).status_code == 404
    kept = page(his, "web:joining")
    assert KeptCopy.objects.get().sha256 in kept
    path = reverse("web:kept-copy", args=[KeptCopy.objects.get().pk])
    assert his.get(path).content == hers.get(path).content
    assert new.get(path).status_code == 404
    assert KeptCopy.objects.get().sha256 in page(hers, "web:move", case.pk)


def test_a_child_leaves(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    join(case, sides.oak, kim, ["fact:f1"], rosa)
    hers = browser_of(rosa)
    assert "take it to the new school" in send(hers, "web:move", case.pk, go="away", on="2025-09-30", to_state="")
    assert "You alone." in page(hers, "web:child", case.pk)


def test_two_cases_go_together(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    child = Child(name="Ana", born=date(2016, 5, 2), state="TX")
    theirs = begin_for_school(kim, school=sides.oak, child=child)
    got = {**REQUEST, "received": date(2025, 9, 9)}
    verbs.record_fact(theirs, by=theirs.reader, kind="evaluation-requested", on=date(2025, 9, 9), data=got)
    hers, his = browser_of(rosa), browser_of(kim)
    send(hers, "web:join", case.pk, school=str(sides.oak.pk), show=["fact:f1"], go="ask")
    asking = Asking.objects.get()
    assert "Your school has a case of this child already" in page(his, "web:joining-answer", asking.pk)
    send(his, "web:joining-answer", asking.pk, go="into", into=str(theirs.pk))
    assert "There are two cases of this child." in page(hers, "web:child", case.pk)
    both = page(hers, "web:merge", case.pk)
    assert re.search(r'<option value="f1" selected>The school told it, too: September 9, 2025', both)
    assert "The family looks at it first" in page(his, "web:merge", theirs.pk)
    send(hers, "web:merge", case.pk, go="yes", into=str(theirs.pk), show=["fact:f1"], **{"pair-f1": "f1"})
    seen = page(his, "web:merge", theirs.pk)
    assert "The family: September 3, 2025" in seen
    assert "reading" not in seen
    stale = send(his, "web:merge", theirs.pk, go="yes", seen="something else")
    assert "has changed it since" in stale
    send(his, "web:merge", theirs.pk, go="yes", seen=Merging.objects.get().agreed_on)
    answer = hers.get(reverse("web:fact", args=[case.pk, "f2"]))
    assert answer.status_code == 302
    told = facts_of(case_for(rosa, theirs.pk)).facts
    assert answer["Location"] == reverse("web:fact", args=[theirs.pk, told[-1].id])
    assert hers.get(reverse("web:plans", args=[case.pk]))["Location"] == reverse("web:child", args=[theirs.pk])
    assert hers.post(reverse("web:shared", args=[case.pk])).status_code == 404
    assert browser_of(sides.family("eve")).get(reverse("web:child", args=[case.pk])).status_code == 404


def test_either_side_says_no_to_one_case(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    theirs = begin_for_school(kim, school=sides.oak, child=Child(name="Ana"))
    theirs.members.create(person=rosa.id, role="parent")
    hers, his = browser_of(rosa), browser_of(kim)
    assert "Oak School" in page(hers, "web:merge", case.pk)
    assert "it stays" in page(hers, "web:merge", theirs.pk)
    send(hers, "web:merge", case.pk, go="yes", into=str(theirs.pk))
    send(his, "web:merge", theirs.pk, go="no")
    assert Merging.objects.get().state == "withdrawn"


def test_at_the_kitchen_table_there_is_no_school(case: Case, settings: Settings, rosa: Person) -> None:
    settings.GAMEPLAN_SHARED = False
    answer = Client(raise_request_exception=False).get(reverse("web:joining"))
    assert answer.status_code == 403
