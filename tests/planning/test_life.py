"""From the draft to the plan in force: proposed never overwrites agreed, facts follow, every version stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import Person
from gameplan.cases.verbs import save_calendar
from gameplan.core.calendars import SchoolYear
from gameplan.people.refusals import Refused
from gameplan.planning import life, writing
from gameplan.planning.doors import pdf_of, proposed, standing_of, versions_of
from gameplan.planning.events import day_of, in_force_days
from gameplan.planning.models import Step, Version, Written
from gameplan.plans.sheets.hashing import json_hash as hash_of

Type = Callable[..., writing.Outcome]
MEETING, START = date(2025, 9, 1), date(2025, 9, 15)


@pytest.fixture
def rows(plan: Written, mother: Person, types: Type) -> dict[str, str]:
    """A small plan that could be proposed: one goal, speech twice a week. The ids of its rows."""
    types("strengths", "Curious")
    types("start", START.isoformat())
    types("review-by", "2026-08-31")
    goal = writing.add_row(plan, by=mother, field_id="goals", values={"area": "Reading", "goal": "Ana reads."})
    speech = {"service": "speech-language", "minutes": 30, "times": 2, "per": "week", "start": START.isoformat()}
    return {"goal": goal, "speech": writing.add_row(plan, by=mother, field_id="related-services", values=speech)}


@pytest.fixture
def first(plan: Written, mother: Person, rows: dict[str, str]) -> Version:
    """The first version, proposed at the meeting."""
    return propose(plan, mother, "first")


def propose(plan: Written, by: Person, how: str, on: date = MEETING, **more: Any) -> Version:
    asked: dict[str, Any] = {"starts": START, "notice": on, "matter": "The IEP"}
    return life.propose(plan, by=by, on=on, how=how, **(asked | more))


def content(case: Case, on: date) -> Any:
    now = day_of(case, on).in_force
    return now.plan.content if now else None


def kinds(case: Case) -> list[str]:
    return [one.kind for one in facts_of(case).facts]


def test_a_version_is_frozen_with_its_words_hash_and_paper(plan: Written, first: Version, types: Type) -> None:
    types("strengths", "Something else", base=1)
    kept = versions_of(plan).get()
    assert proposed(kept).content["strengths"] == "Curious"
    assert kept.sha256 == hash_of(kept.content)
    assert pdf_of(kept).startswith(b"%PDF-")


def test_nothing_is_in_force_before_permission_for_first_services(case: Case, first: Version, mother: Person) -> None:
    assert content(case, START + timedelta(days=30)) is None
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    assert content(case, date(2025, 9, 4)) is None
    assert content(case, START)["strengths"] == "Curious"


def test_a_later_version_never_overwrites_before_its_day(
    case: Case, plan: Written, first: Version, rows: dict[str, str], mother: Person, types: Type
) -> None:
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    types(f"related-services/{rows['speech']}/minutes", "20", base=1)
    propose(plan, mother, "amended-with-meeting", date(2025, 11, 3), starts=date(2025, 12, 1))
    assert content(case, date(2025, 11, 30))["related-services"][0]["minutes"] == 30
    later = day_of(case, date(2025, 12, 20)).in_force
    assert later
    assert later.plan.content["related-services"][0]["minutes"] == 20
    assert {one.rest for one in in_force_days(case, date(2026, 1, 1))} <= {1, 2}


def test_where_the_state_asks_each_thing_stays_until_it_is_agreed_to(
    plan: Written, first: Version, rows: dict[str, str], mother: Person, types: Type
) -> None:
    case = plan.case
    case.child_state = "MA"
    case.save()
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    types(f"related-services/{rows['speech']}/minutes", "20", base=1)
    new = writing.add_row(plan, by=mother, field_id="goals", values={"area": "Math", "goal": "Ana counts."})
    second = propose(plan, mother, "amended-with-meeting", date(2025, 11, 3), starts=date(2025, 11, 10))
    said = {f"goals/{new}": "agreed", f"related-services/{rows['speech']}": "refused"}
    life.answer(second, by=mother, on=date(2025, 11, 12), items=said)
    now = content(case, date(2025, 12, 20))
    assert [row["area"] for row in now["goals"]] == ["Reading", "Math"]
    assert now["related-services"][0]["minutes"] == 30


def test_facts_follow_and_nobody_types_a_date_twice(case: Case, first: Version, mother: Person) -> None:
    assert {"iep-offered", "consent-requested", "pwn-sent", "iep-adopted"} <= set(kinds(case))
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    given = next(one for one in facts_of(case).facts if one.kind == "consent-given")
    assert given.data["for"] == "initial-services"
    adopted = next(one for one in facts_of(case).facts if one.kind == "iep-adopted")
    assert (adopted.on, adopted.data["effective"], adopted.data["review_by"]) == (MEETING, START, date(2026, 8, 31))


def test_a_fact_that_stands_already_is_not_told_again(plan: Written, rows: dict[str, str], mother: Person) -> None:
    verbs.record_fact(plan.case, by=mother, kind="iep-adopted", on=MEETING, data={"first": True})
    propose(plan, mother, "first")
    assert kinds(plan.case).count("iep-adopted") == 1


def test_a_hearing_holds_what_was_in_force(
    case: Case, plan: Written, first: Version, rows: dict[str, str], mother: Person, types: Type
) -> None:
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    verbs.record_fact(case, by=mother, kind="due-process-filed", on=date(2025, 11, 5), data={"by": "parent"})
    types(f"related-services/{rows['speech']}/minutes", "20", base=1)
    propose(plan, mother, "amended-with-meeting", date(2025, 11, 3), starts=date(2025, 12, 1))
    assert content(case, date(2026, 1, 10))["related-services"][0]["minutes"] == 30


def test_a_slip_of_the_pen_is_put_right_with_its_trail(
    case: Case, plan: Written, first: Version, mother: Person
) -> None:
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    life.correct(first, by=mother, on=date(2025, 10, 1), path="strengths", now="Curious and kind", why="Left out")
    assert content(case, date(2025, 9, 30))["strengths"] == "Curious"
    now = day_of(case, date(2025, 10, 2)).in_force
    assert now
    assert now.plan.content["strengths"] == "Curious and kind"
    assert [(one.was, one.why) for one in now.corrections] == [("Curious", "Left out")]
    assert standing_of(plan).plan.content["strengths"] == "Curious and kind"
    assert proposed(versions_of(plan).get()).content["strengths"] == "Curious"


@pytest.mark.parametrize("why", ["", "It was wrong"])
def test_what_was_agreed_to_is_no_slip_of_the_pen(
    first: Version, rows: dict[str, str], mother: Person, why: str
) -> None:
    path = f"related-services/{rows['speech']}/minutes"
    with pytest.raises(Refused):
        life.correct(first, by=mother, on=date(2025, 10, 1), path=path, now="20", why=why)
    assert not Step.objects.exists()


def test_a_plan_ends(case: Case, plan: Written, first: Version, mother: Person) -> None:
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    life.reviewed(plan, by=mother, on=date(2026, 5, 1), review_by=date(2027, 4, 30))
    life.end(plan, by=mother, on=date(2026, 6, 1), reason="revoked", revoked_on=date(2026, 5, 20))
    assert content(case, date(2026, 5, 31))
    assert content(case, date(2026, 6, 2)) is None
    assert {"consent-revoked", "services-stopped"} <= set(kinds(case))
    assert life.ways_to_propose(plan, date(2026, 7, 1)) == ("first",)


def test_a_draft_that_was_shared_is_a_fact(plan: Written, mother: Person) -> None:
    life.share_draft(plan, by=mother, on=date(2025, 8, 25), meeting_on=MEETING)
    given = facts_of(plan.case).facts[-1]
    assert (given.kind, given.data["what"], given.data["for_date"]) == ("document-given", "draft-iep", MEETING)


@pytest.mark.parametrize(
    "act",
    [
        lambda plan, by, key: life.share_draft(plan, by=by, on=MEETING, form_key=key),
        lambda plan, by, key: life.propose(plan, by=by, on=MEETING, how="first", starts=START, form_key=key),
        lambda plan, by, key: life.reviewed(plan, by=by, on=MEETING, review_by=None, form_key=key),
        lambda plan, by, key: life.end(plan, by=by, on=MEETING, reason="moved", form_key=key),
    ],
)
def test_the_same_form_sent_twice_acts_once(
    plan: Written, rows: dict[str, str], mother: Person, act: Callable[..., object]
) -> None:
    key = uuid4()
    act(plan, mother, key)
    before = Entry.objects.count(), Step.objects.count(), Version.objects.count()
    act(plan, mother, key)
    assert (Entry.objects.count(), Step.objects.count(), Version.objects.count()) == before


@pytest.mark.parametrize(
    "asked",
    [
        {"how": "annual"},
        {"how": "poem"},
        {"how": "amended-with-meeting"},
    ],
)
def test_a_version_that_does_not_fit_is_refused_and_nothing_is_written(
    plan: Written, rows: dict[str, str], mother: Person, asked: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        propose(plan, mother, asked["how"])
    assert not Version.objects.exists()
    assert not Entry.objects.exists()


def test_an_empty_plan_is_not_proposed(plan: Written, mother: Person) -> None:
    with pytest.raises(Refused, match="empty"):
        propose(plan, mother, "first")


def test_an_answer_to_what_is_not_there_is_refused(first: Version, mother: Person) -> None:
    with pytest.raises(Refused):
        life.answer(first, by=mother, on=MEETING, items={"goals/x": "agreed"})


def test_a_504_plan_is_in_force_from_its_first_day_without_permission(case: Case, mother: Person) -> None:
    plan = writing.begin(case, by=mother, form_id="section-504")
    writing.add_row(plan, by=mother, field_id="accommodations", values={"what": "Checks blood sugar"})
    life.propose(plan, by=mother, on=MEETING, how="first", starts=START)
    assert day_of(case, START, "section-504").in_force
    assert day_of(case, START).in_force is None
    assert life.ways_to_propose(plan, START) == ("annual", "amended-with-meeting", "amended-without-meeting")


def test_a_finished_504_plan_says_what_was_decided(case: Case, mother: Person) -> None:
    plan = writing.begin(case, by=mother, form_id="section-504")
    writing.save(plan, by=mother, desk="d", changes=[writing.Change("decision", ["plan"])])
    life.propose(plan, by=mother, on=MEETING, how="first", starts=START)
    told = facts_of(case).facts[-1]
    assert (told.kind, told.data["eligible"]) == ("section-504-decided", True)


def test_a_finished_evaluation_says_that_it_is_done_and_what_was_decided(case: Case, mother: Person) -> None:
    plan = writing.begin(case, by=mother, form_id="evaluation")
    words = {"occasion": "first", "decision": "no", "decided-on": "2025-08-28", "taught-reading": "no",
             "sld-suspected": "yes"}  # fmt: skip
    writing.save(plan, by=mother, desk="d", changes=[writing.Change(path, [word]) for path, word in words.items()])
    writing.add_row(plan, by=mother, field_id="findings", values={"area": "Reading", "results": "Slow"})
    life.propose(plan, by=mother, on=date(2025, 8, 25), how="first", starts=date(2025, 8, 25), copy_given=MEETING)
    told = {one.kind: one for one in facts_of(case).facts if one.kind != "document-given"}
    assert told["evaluation-completed"].data["areas"] == ("Reading",)
    assert told["eligibility-determined"].data["excluded_because"] == "reading-instruction"
    assert kinds(case).count("document-given") == 2


def test_an_amendment_on_the_day_of_the_first_permission_is_not_covered_by_it(
    plan: Written, first: Version, rows: dict[str, str], mother: Person, types: Type
) -> None:
    asked = {f"goals/{rows['goal']}": "agreed", f"related-services/{rows['speech']}": "refused"}
    life.answer(first, by=mother, on=START, items=asked, services=True)
    types(f"goals/{rows['goal']}/area", "Reading aloud", base=1)
    propose(plan, mother, "amended-with-meeting", START, starts=START)
    now = content(plan.case, START)
    assert [row["area"] for row in now["goals"]] == ["Reading"]
    assert not now.get("related-services")


@pytest.mark.parametrize(("on", "area"), [(21, "Reading"), (22, "Reading aloud"), (23, "Reading aloud")])
def test_in_texas_a_change_counts_five_school_days_after_its_notice(
    plan: Written, first: Version, rows: dict[str, str], mother: Person, types: Type, on: int, area: str
) -> None:
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21))
    save_calendar(plan.case, by=mother, year=year)
    life.answer(first, by=mother, on=date(2025, 9, 5), all_="agreed", services=True)
    types(f"goals/{rows['goal']}/area", "Reading aloud", base=1)
    propose(plan, mother, "amended-with-meeting", date(2025, 10, 15), starts=date(2025, 10, 15))
    assert [row["area"] for row in content(plan.case, date(2025, 10, on))["goals"]] == [area]
