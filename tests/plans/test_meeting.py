"""A meeting against the law: the team, the notice, how early papers go out, and a draft of the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gameplan.core.calendars import SchoolYear, calendar_of
from gameplan.core.entries import Law
from gameplan.core.words import ENGLISH
from gameplan.law import law_for, states
from gameplan.law.team import Excusal
from gameplan.plans.agenda import draft_agenda
from gameplan.plans.meeting import (
    Invited,
    Leave,
    Meeting,
    PossibleTime,
    draft_days,
    meeting_faults,
    notice_check,
    notice_days,
    purposes,
    roster_check,
)
from tests.plans.lives import FALL, FIRST, plan

ROSTER = (
    Invited("Rosa López", ("parents",), invited_on=FALL),
    Invited("Ana López", ("child",)),
    Invited("Kim Reed", ("special-teacher",), required=True),
    Invited("Lee Park", ("regular-teacher",), required=True),
    Invited("Sam Cole", ("agency-representative", "results-interpreter"), required=True),
)
TIMES = (PossibleTime(date(2025, 10, 22), "14:30", can_come=("Rosa López",)),)
MEETING = Meeting(
    ("annual-review",), date(2025, 10, 22), "14:30", "Room 4", times=TIMES, invited=ROSTER,
)  # fmt: skip
KNOWN = {"regular-education": True, "child-appropriate": True, "transition-discussed": False} | dict.fromkeys(
    ("transition-agency-consent", "part-c-asked", "placed-by-agency"), False
)


def law(state: str | None) -> Law:
    return law_for(state, on=FALL)


def came(*absent: str) -> Meeting:
    people = tuple(replace(one, took_part="absent" if one.name in absent else "there") for one in ROSTER)
    return replace(MEETING, invited=people)


def test_a_whole_team_is_whole_before_and_after() -> None:
    assert roster_check(MEETING, KNOWN).answer == "there"
    assert roster_check(came(), KNOWN).answer == "there"


def test_one_who_did_not_come_is_missing_unless_excused() -> None:
    meeting = came("Lee Park")
    assert [one.item for one in roster_check(meeting, KNOWN).findings if one.answer == "missing"] == ["regular-teacher"]
    leave = Leave(Excusal("regular-teacher", True, True, True, True), FALL, "Reads at grade level.", FALL)
    assert roster_check(replace(meeting, leaves=(leave,)), KNOWN).answer == "there"
    without = replace(leave, excusal=replace(leave.excusal, input_before=None))
    assert roster_check(replace(meeting, leaves=(without,)), KNOWN).answer == "cannot-tell"


def test_who_may_have_come_is_not_said_to_be_missing() -> None:
    meeting = came()
    open_one = replace(meeting, invited=(replace(ROSTER[2], took_part=""), *(meeting.invited[i] for i in (0, 1, 3, 4))))
    found = {one.item: one.answer for one in roster_check(open_one, KNOWN).findings}
    assert found["special-teacher"] == "cannot-tell"


def test_a_student_who_was_invited_counts_for_transition() -> None:
    about = KNOWN | {"transition-discussed": True, "child-appropriate": False}
    found = {one.item: one.answer for one in roster_check(came("Ana López"), about).findings}
    assert found["child-invited-transition"] == "there"


def test_the_notice_says_what_the_meeting_shows_and_the_rest_is_asked() -> None:
    found = {one.item: one.answer for one in notice_check(MEETING, {"age-16": False, "was-in-part-c": False}).findings}
    assert found == dict.fromkeys(("purpose", "time", "location", "attendees"), "there") | {
        "may-bring-others": "cannot-tell"
    }
    whole = replace(MEETING, notice_says=frozenset({"may-bring-others"}))
    assert notice_check(whole, {"age-16": False, "was-in-part-c": False}).answer == "there"
    assert notice_check(replace(whole, on=None), {"age-16": False, "was-in-part-c": False}).answer == "missing"


@pytest.mark.parametrize(
    ("state", "length", "unit", "by", "confidence"),
    [
        ("KS", 10, "calendar-day", date(2025, 10, 12), "high"),
        ("DC", 5, "business-day", date(2025, 10, 15), "high"),
        ("KY", 7, "calendar-day", date(2025, 10, 15), "low"),
    ],
)
def test_the_notice_goes_out_as_early_as_the_state_says(
    state: str, length: int, unit: str, by: date, confidence: str
) -> None:
    lead = notice_days(MEETING, law(state))
    assert (lead.length, lead.unit, lead.by, lead.confidence) == (length, unit, by, confidence)
    assert lead.check is (confidence != "high")
    assert lead.cite
    assert ENGLISH.say(lead.words) == f"At least {length} {unit.replace('-', ' ')}s before the meeting."


def test_without_a_number_the_notice_is_early_enough() -> None:
    for where in (None, "OH"):
        lead = notice_days(MEETING, law(where))
        assert (lead.length, lead.cite) == (None, ("34 CFR 300.322(a)(1)",))


def test_a_number_for_other_meetings_does_not_count() -> None:
    assert notice_days(replace(MEETING, kinds=("placement",)), law("FL")).length == 10
    assert notice_days(MEETING, law("FL")).length is None
    assert notice_days(replace(MEETING, kinds=("annual-review", "placement")), law("FL")).length == 10


def test_school_days_need_the_calendar_and_the_earlier_day_is_safe() -> None:
    open_ended = notice_days(MEETING, law("DE"))
    assert open_ended.missing
    known = calendar_of((SchoolYear("2025-26", date(2025, 8, 25), date(2026, 6, 5)),))
    assert notice_days(MEETING, law("DE"), known).by == date(2025, 10, 8)


def test_how_early_drafts_and_reports_are_given() -> None:
    (tennessee,) = draft_days(law("TN"), ("annual-review",), date(2025, 10, 22))
    assert (tennessee.papers, tennessee.length, tennessee.unit) == (("draft-iep",), 48, "hour")
    assert tennessee.by == date(2025, 10, 20)
    assert [ENGLISH.say(one) for one in tennessee.only_if] == ["The school wrote a draft IEP"]
    assert {one.papers for one in draft_days(law("IL"))} == {("evaluation-report", "draft-iep")}
    assert draft_days(law(None)) == ()
    assert draft_days(law("PA"), ("annual-review",)) == ()


def test_every_state_has_an_answer() -> None:
    for state in states():
        assert notice_days(MEETING, law(state)).cite
        assert all(one.papers and one.cite for one in draft_days(law(state)))


def test_the_agenda_begins_with_people_and_ends_with_who_does_what() -> None:
    for kind in purposes():
        points = [one.id for one in draft_agenda((kind,))]
        assert points[0] == "welcome"
        assert points[-1] == "next"
        assert len(points) == len(set(points))
    annual = [one.id for one in draft_agenda(("annual-review",), plan(FIRST))]
    assert (
        annual.index("family") < annual.index("progress/goals/g1") < annual.index("goals") < annual.index("placement")
    )
    assert "transition" not in annual
    assert "transition" in [one.id for one in draft_agenda(("iep-other",), transition=True)]
    older = plan(FIRST | {"student-wishes": "To work with dogs."})
    assert "transition" in [one.id for one in draft_agenda(("annual-review",), older)]
    both = [one.id for one in draft_agenda(("eligibility", "initial-iep"), plan(FIRST))]
    assert both.index("eligible") < both.index("goals")
    assert not any(one.startswith("progress") for one in both)


def test_every_fault_of_a_meeting_is_told_at_once() -> None:
    wrong = Meeting(("anual-review",), means="letter", invited=(Invited("Kim", ("teacher",), took_part="maybe"),))
    said = "\n".join(map(str, meeting_faults(wrong)))
    for part in ("anual-review", "letter", "teacher", "maybe", "without a day"):
        assert part in said
    assert meeting_faults(MEETING) == []
    assert "why" in str(meeting_faults(Meeting(()))[0])
