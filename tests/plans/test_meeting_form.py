"""A meeting as written on its form: in the law's words, its circumstances, its invitation, the copy at the end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gameplan.core.words import ENGLISH
from gameplan.plans.form_files import form
from gameplan.plans.meeting import meeting_faults
from gameplan.plans.meeting_form import (
    has_notice_rule,
    is_of_team,
    meeting_circumstances,
    meeting_of,
    names_in,
    notice_of,
    team_of,
)
from gameplan.plans.meeting_start import meeting_about
from gameplan.plans.plan import Plan, PlanChild, Row
from gameplan.plans.sheets import sheet_of, sheets_for
from gameplan.plans.sheets.sheet import SignHere

TODAY, DAY = date(2025, 10, 1), date(2025, 10, 22)
PEOPLE: tuple[Row, ...] = (
    {"id": "a", "name": "Rosa López", "role": "parents", "came": "there"},
    {"id": "b", "name": "Kim Reed", "role": "special-teacher", "also": "results-interpreter", "came": "left-early"},
    {"id": "c", "name": "Lee", "role": "Grandmother", "came": "remote"},
    {"id": "d", "name": "Sam Cole", "role": "agency-representative", "came": "there"},
    {"id": "e", "role": "regular-teacher"},
)
LEAVE: Row = {
    "id": "x", "name": "Lou", "role": "regular-teacher", "discussed": True, "agreed-on": "2025-10-15",
    "school-agreed": True, "input-on": "2025-10-17",
}  # fmt: skip
ASKED: dict[str, Any] = {
    "purposes": ["annual-review"], "day": "2025-10-22", "time": "2:30 pm", "place": "Room 4", "invited": PEOPLE,
    "regular-classes": True, "child-should-come": False, "early-intervention": False, "private-placement": False,
}  # fmt: skip


def written(born: date = date(2016, 5, 2), **changes: Any) -> Plan:
    content = {**ASKED, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return Plan(form("meeting"), PlanChild("Ana López", born, "MO"), content)


def team(**changes: Any) -> dict[str, str]:
    return {one.item: one.answer for one in team_of(written(**changes), TODAY).findings}


def paper(as_: str, **changes: Any) -> str:
    return "\n".join(sheet_of(written(**changes), as_, ENGLISH, on=TODAY).texts())


def test_what_is_written_is_read_in_the_words_of_the_law() -> None:
    found = meeting_of(
        written(
            times=[{"id": "t", "day": "2025-10-22", "works-for": "Rosa, Kim, Rosa"}, {"id": "u", "time": "noon"}],
            interpreter=True, excusals=[LEAVE, {"id": "y", "name": "Nobody"}], tries="Called twice.",
            agenda=[{"id": "g", "topic": "What {he} needs", "minutes": 5}],
            dissents=[{"id": "w", "who": "Rosa", "view": "Too little."}],
        )
    )  # fmt: skip
    assert meeting_faults(found) == []
    assert (found.on, found.at, found.means) == (DAY, "2:30 pm", "in-person")
    assert [(one.roles, one.took_part) for one in found.invited] == [
        (("parents",), "there"), (("special-teacher", "results-interpreter"), "part"), (("others",), "remote"),
        (("agency-representative",), "there"),
    ]  # fmt: skip
    assert [one.can_come for one in found.times] == [("Rosa", "Kim")]
    assert ENGLISH.say(found.agenda[0].text) == "What {he} needs"
    assert found.dissent == ("Rosa: Too little.",)
    assert found.parents_tried is True
    (leave,) = found.leaves
    assert (leave.excusal.parent_in_writing, leave.excusal.input_before) == (True, True)


@pytest.mark.parametrize(("day", "before"), [("2025-10-22", None), ("2025-10-23", False), ("2025-10-21", True)])
def test_written_input_of_the_day_itself_may_have_come_too_late(day: str, before: bool | None) -> None:
    (leave,) = meeting_of(written(excusals=[{**LEAVE, "input-on": day}])).leaves
    assert leave.excusal.input_before is before


def test_names_stand_once() -> None:
    assert names_in(" Kim,, Rosa ,Kim") == ("Kim", "Rosa")
    assert names_in(None) == ()


def test_who_left_early_with_a_task_of_the_law_is_open_unless_it_was_with_leave() -> None:
    found = team()
    assert (found["parents"], found["special-teacher"], found["regular-teacher"]) == ("there", "cannot-tell", "missing")
    assert team(excusals=[LEAVE])["regular-teacher"] == "there"
    assert team(excusals=[{**LEAVE, "role": "special-teacher"}])["special-teacher"] == "there"
    assert team(invited=[{**PEOPLE[0], "came": "left-early"}])["parents"] == "there"


def test_a_young_child_who_is_invited_makes_no_meeting_on_life_after_school() -> None:
    found = meeting_circumstances(written(student_invited=True), TODAY)
    assert (found["age-16"], found["transition-discussed"], found["transition-agency-consent"]) == (False, False, False)
    assert (found["was-in-part-c"], found["part-c-asked"]) == (False, False)


def test_the_plan_of_a_yearly_meeting_is_in_use_when_the_student_turns_16() -> None:
    born = date(2010, 9, 1)
    assert meeting_circumstances(written(born), TODAY)["age-16"] is True
    assert meeting_circumstances(written(date(2010, 10, 23), purposes=["annual-review"]), TODAY)["age-16"] is not True
    assert meeting_circumstances(written(born, purposes=["manifestation"]), TODAY)["age-16"] is False
    lacking = {one.item for one in notice_of(written(born), TODAY).findings if one.answer != "there"}
    assert lacking == {"transition-purpose", "student-invited", "agencies-invited"}
    asked = written(born, plans_after_school=True, student_invited=True, agencies="none")
    assert notice_of(asked, TODAY).answer == "there"


@pytest.mark.parametrize(
    ("purposes", "of_team", "notice"),
    [
        ([], True, True),
        (["annual-review"], True, True),
        (["manifestation"], False, True),
        (["section-504"], False, False),
        (["section-504", "iep-other"], True, True),
    ],
)
def test_other_meetings_have_other_people_and_other_invitations(
    purposes: list[str], of_team: bool, notice: bool
) -> None:
    found = meeting_of(written(purposes=purposes))
    assert (is_of_team(found), has_notice_rule(found)) == (of_team, notice)


def test_the_invitation_says_all_that_the_law_asks_for() -> None:
    assert notice_of(written(), TODAY).answer == "there"
    text = paper("invitation", contact="Ms. Hill, 555-0100")
    for words in (
        "Review the IEP, as each year", "October 22, 2025", "2:30 pm", "Room 4", "Rosa López", "Grandmother",
        "Special education teacher; Explains test results", "So may the school.", "Ask for another time",
        "phone or video", "If you want an interpreter", "Ms. Hill, 555-0100", "34 CFR 300.321, 300.322",
    ):  # fmt: skip
        assert words in text
    assert "early intervention" not in text
    assert "high school" not in text
    assert any(isinstance(part, SignHere) for part in sheet_of(written(), "invitation", ENGLISH, on=TODAY).parts)


def test_the_invitation_says_what_holds_in_this_case_only() -> None:
    first = {"purposes": ["initial-iep"], "early_intervention": None}
    assert "If Ana was in early intervention until now, you may ask" in paper("invitation", **first)
    assert "Ana was in early intervention: you may ask" in paper("invitation", **{**first, "early_intervention": True})
    later = paper("invitation", plans_after_school=True, student_invited=True, agencies="Job office")
    assert "plan for life after high school" in later
    assert "The student is invited." in later
    assert "Other agencies that are invited: Job office" in later
    spoken = {"interpreter": True, "interpreter_language": "Spanish"}
    assert "An interpreter is asked for. It costs you nothing. (Spanish)" in paper("invitation", **spoken)
    assert "An interpreter will be there." in paper("invitation", **spoken, interpreter_arranged="2025-10-10")


def test_what_the_invitation_lacks_is_named() -> None:
    empty = Plan(form("meeting"))
    assert "\n".join(sheet_of(empty, "invitation", ENGLISH, on=TODAY).texts()).count("Not filled in") == 5
    assert sheets_for(form("meeting")) == ("invitation", "minutes")


def test_a_meeting_by_video_needs_no_place() -> None:
    assert notice_of(written(place=None, means="video"), TODAY).answer == "there"
    assert "Not filled in" not in paper("invitation", place=None, means="video")


def test_the_copy_holds_what_was_said_decided_and_seen_differently() -> None:
    decided = {
        "id": "d",
        "what": "More speech",
        "why": "It helps",
        "agreed": "not-all",
        "who": "Kim",
        "by": "2025-11-03",
    }
    text = paper(
        "minutes", notes="All {spoke}.", decisions=[decided], excusals=[LEAVE], family_topics="Friends",
        dissents=[{"id": "w", "who": "Rosa", "view": "Two times is too little."}],
        agenda=[{"id": "g", "topic": "Reading", "who": "Kim", "minutes": 5}],
    )  # fmt: skip
    for words in (
        "Was there for a part", "All {spoke}.", "More speech", "It helps", "Not all agreed", "November 3, 2025", "Lou",
        "Two times is too little.", "Reading (Kim, 5 minutes)", "Friends",
    ):  # fmt: skip
        assert words in text


def test_the_copy_of_a_meeting_without_decisions_says_so() -> None:
    text = paper("minutes")
    assert "No decision is written down." in text
    assert "No other view is written down." in text


def test_a_meeting_about_a_504_plan_or_an_evaluation_says_why() -> None:
    group = [{"id": "g", "name": "Kim", "role": "Nurse"}]
    plan = Plan(form("section-504"), content={"group": group})
    found = meeting_about(plan, TODAY, ENGLISH)
    assert (found.value("purposes"), found.rows("invited")) == (
        ["section-504"], ({"id": "p1", "name": "Kim", "role": "Nurse"},),
    )  # fmt: skip
    assert meeting_about(Plan(form("evaluation")), TODAY, ENGLISH).value("purposes") == ["eligibility"]


def test_words_of_ones_own_say_the_purpose_too() -> None:
    found = {one.item: one.answer for one in notice_of(written(purposes=[], purpose_words="Reading"), TODAY).findings}
    assert found["purpose"] == "there"


@pytest.mark.parametrize(("option", "regular"), [("regular-class", True), ("special-class", None)])
def test_the_plan_tells_if_the_child_is_in_regular_classes(option: str, regular: bool | None) -> None:
    chosen = [{"id": "a", "option": option, "chosen": True}]
    found = meeting_about(Plan(form("iep"), content={"placements-considered": chosen}), TODAY, ENGLISH)
    assert found.value("regular-classes") is regular


def test_a_meeting_about_an_older_students_plan_looks_at_life_after_school() -> None:
    plan = Plan(form("iep"), PlanChild("Ana", date(2009, 5, 2), "OH"), {"occasion": "annual", "start": "2025-10-22"})
    found = meeting_about(plan, TODAY, ENGLISH)
    assert found.value("plans-after-school") is True
    assert any("Life after high school" in str(row["topic"]) for row in found.rows("agenda"))
