"""A meeting from its first moment to the copy at the end: facts follow, papers are frozen, times are chosen by link."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.http import Http404

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Case
from gameplan.cases.people import Person
from gameplan.core.facts import Fact, standing_facts
from gameplan.people.refusals import Refused
from gameplan.planning import choosing, meetings, writing
from gameplan.planning.doors import earlier_of, pdf_of, plan_of, proposed, standing_of
from gameplan.planning.events import day_of, events_of
from gameplan.planning.models import Cell, Step, Written
from gameplan.planning.travelling import keep_plans, plan_files, told_plans
from gameplan.plans.meeting_form import meeting_of

TODAY, DAY = date(2025, 10, 1), date(2025, 10, 22)


def put(plan: Written, by: Person, **values: str | list[str]) -> None:
    """Write into single fields, as a page does."""
    there = standing_of(plan).revisions
    words = {name.replace("_", "-"): [said] if isinstance(said, str) else said for name, said in values.items()}
    changes = [writing.Change(name, said, there.get(name, 0)) for name, said in words.items()]
    assert {one.state for one in writing.save(plan, by=by, desk="d", changes=changes)} == {"saved"}


def came(plan: Written, **answers: str) -> None:
    """Write down who was there, by name."""
    for row in standing_of(plan).plan.rows("invited"):
        if row.get("name") in answers:
            path = f"invited/{row['id']}/came"
            Cell.objects.update_or_create(
                plan=plan, path=path, defaults={"value": answers[row["name"]], "saved_by": "x"}
            )


def standing(case: Case, kind: str) -> list[Fact]:
    return [one for one in standing_facts(facts_of(case).facts) if one.kind == kind]


@pytest.fixture
def about(plan: Written, mother: Person) -> Written:
    """Ana's IEP, which the meeting is about."""
    put(plan, mother, occasion="annual", interpreter="yes", home_language="Spanish")
    for name, role in (("Rosa", "parents"), ("Kim", "special-teacher"), ("Lee", "Grandmother")):
        writing.add_row(plan, by=mother, field_id="team-members", values={"name": name, "role": role})
    writing.add_row(plan, by=mother, field_id="goals", values={"area": "Reading", "goal": "Ana reads aloud."})
    return plan


@pytest.fixture
def meeting(case: Case, about: Written, mother: Person) -> Written:
    """A meeting about it, with nothing chosen yet."""
    return meetings.begin_meeting(case, by=mother, on=TODAY, about=about)


@pytest.fixture
def ready(meeting: Written, mother: Person) -> Written:
    """The same with a day, a time and a place."""
    put(meeting, mother, day=DAY.isoformat(), time="2:30 pm", place="Room 4")
    return meeting


def test_a_meeting_about_a_plan_begins_with_what_the_plan_tells(meeting: Written, about: Written) -> None:
    assert meeting.follows == about.plan_id
    said = meeting_of(standing_of(meeting).plan)
    assert said.kinds == ("annual-review",)
    assert [(one.name, one.roles) for one in said.invited] == [
        ("Rosa", ("parents",)), ("Kim", ("special-teacher",)), ("Lee", ("others",)),
    ]  # fmt: skip
    assert said.interpreter is not None
    assert said.interpreter.language == "Spanish"
    topics = [str(one.text.values["topic"]) for one in said.agenda]
    assert topics[0] == "Who is here, and what each of us does"
    assert any("Reading" in one for one in topics)


def test_a_meeting_about_nothing_waits_for_the_names_that_the_law_wants(case: Case, mother: Person) -> None:
    key = uuid4()
    one, two = (meetings.begin_meeting(case, by=mother, on=TODAY, form_key=key) for _ in range(2))
    assert one == two
    plan = standing_of(one).plan
    assert len(plan.rows("invited")) == 5
    assert meeting_of(plan).invited == ()
    put(one, mother, purposes=["manifestation"])
    meetings.suggest_agenda(one, by=mother)
    first = standing_of(one).plan.rows("agenda")
    assert any("caused" in str(row) or "disability" in str(row["topic"]) for row in first)
    meetings.suggest_agenda(one, by=mother)
    assert standing_of(one).plan.rows("agenda") == first


def test_an_invitation_that_lacks_something_goes_out_only_knowingly(
    case: Case, meeting: Written, mother: Person
) -> None:
    with pytest.raises(Refused) as nothing:
        meetings.invite(meeting, by=mother, on=TODAY, how="by-hand", anyway=True)
    assert [one.where for one in nothing.value.faults] == ["day"]
    put(meeting, mother, day=DAY.isoformat())
    with pytest.raises(Refused) as refused:
        meetings.invite(meeting, by=mother, on=TODAY, how="pigeon")
    assert [one.where for one in refused.value.faults] == ["how", "time", "location"]
    assert "34 CFR 300.322(b)(1)(i)" in refused.value.faults[1].mend
    with pytest.raises(Refused, match="after the meeting"):
        meetings.invite(meeting, by=mother, on=DAY + timedelta(1), how="mail", anyway=True)
    assert not Step.objects.exists()
    made = meetings.invite(meeting, by=mother, on=TODAY, how="mail", anyway=True)
    assert made.data == {"way": "mail", "lacking": ["time", "location"]}
    assert [one.data["for_date"] for one in standing(case, "meeting-notice-sent")] == [DAY]


def test_a_meeting_for_a_504_plan_is_invited_to_as_its_people_like(
    case: Case, meeting: Written, mother: Person
) -> None:
    put(meeting, mother, purposes=["section-504"], day=DAY.isoformat())
    made = meetings.invite(meeting, by=mother, on=TODAY, how="phone")
    assert made.data["lacking"] == []
    assert [one.data["kind"] for one in standing(case, "meeting-notice-sent")] == ["section-504"]


def test_without_a_purpose_nothing_is_told(meeting: Written, mother: Person) -> None:
    put(meeting, mother, purposes=[], day=DAY.isoformat(), purpose_words="Reading")
    with pytest.raises(Refused, match="why the meeting is held"):
        meetings.invite(meeting, by=mother, on=TODAY, how="mail", anyway=True)


def test_an_invitation_is_frozen_and_told_once(case: Case, ready: Written, mother: Person) -> None:
    key = uuid4()
    one, two = (meetings.invite(ready, by=mother, on=TODAY, how="email", form_key=key) for _ in range(2))
    assert one == two
    put(ready, mother, place="Room 9")
    (kept,) = meetings.invitations_of(ready)
    assert proposed(kept).content["place"] == "Room 4"
    assert pdf_of(kept).startswith(b"%PDF-")
    (fact,) = standing(case, "meeting-notice-sent")
    assert (fact.on, fact.data["kind"]) == (TODAY, "annual-review")
    assert set(fact.data["invited"]) == {"parent", "special-teacher", "others"}  # type: ignore[call-overload]
    assert Step.objects.get().fact_ids == [fact.id]


def test_a_meeting_is_held_once_it_says_who_was_there(case: Case, ready: Written, mother: Person) -> None:
    with pytest.raises(Refused, match="who was there"):
        meetings.hold(ready, by=mother, on=DAY)
    came(ready, Rosa="there", Kim="remote", Lee="absent")
    with pytest.raises(Refused, match="still to come"):
        meetings.hold(ready, by=mother, on=TODAY)
    dissent = {"who": "Rosa", "view": "Two times a week is too little."}
    writing.add_row(ready, by=mother, field_id="dissents", values=dissent)
    key = uuid4()
    one, two = (meetings.hold(ready, by=mother, on=DAY, form_key=key) for _ in range(2))
    assert one == two
    (fact,) = standing(case, "meeting-held")
    assert (fact.on, fact.data["parent_took_part"]) == (DAY, True)
    assert list(fact.data["present"]) == ["parent", "special-teacher"]  # type: ignore[call-overload]
    (copy,) = meetings.copies_of(ready)
    assert proposed(copy).rows("dissents")[0]["view"] == dissent["view"]


def test_without_parents_on_the_list_it_is_not_held(case: Case, ready: Written, mother: Person) -> None:
    came(ready, Kim="there")
    row = next(one for one in standing_of(ready).plan.rows("invited") if one["name"] == "Rosa")
    writing.remove_row(ready, by=mother, field_id="invited", row=row["id"])
    with pytest.raises(Refused, match="No parent"):
        meetings.hold(ready, by=mother, on=DAY)


def test_held_once_more_puts_right_what_was_told(case: Case, ready: Written, mother: Person) -> None:
    put(ready, mother, purposes=["annual-review", "placement"])
    came(ready, Rosa="there", Kim="absent")
    meetings.hold(ready, by=mother, on=DAY)
    assert len(standing(case, "meeting-held")) == 2
    came(ready, Kim="there")
    put(ready, mother, purposes=["annual-review"], day="2025-10-21")
    meetings.hold(ready, by=mother, on=DAY)
    (fact,) = standing(case, "meeting-held")
    assert fact.on == date(2025, 10, 21)
    assert list(fact.data["present"]) == ["parent", "special-teacher"]  # type: ignore[call-overload]
    assert len(meetings.copies_of(ready)) == 2


def test_leave_with_written_input_follows_as_facts(case: Case, ready: Written, mother: Person) -> None:
    leave: dict[str, Any] = {
        "name": "Lou", "role": "regular-teacher", "discussed": True, "agreed-on": "2025-10-15", "school-agreed": True,
        "input-on": "2025-10-17", "input": "Reads at grade level.",
    }  # fmt: skip
    writing.add_row(ready, by=mother, field_id="excusals", values=leave)
    came(ready, Rosa="there", Kim="there")
    meetings.hold(ready, by=mother, on=DAY)
    (given,) = standing(case, "consent-given")
    assert (given.data["for"], given.data["scope"]) == ("excuse-member", "regular-teacher")
    (came_in,), (held,) = standing(case, "member-input-given"), standing(case, "meeting-held")
    assert came_in.data["meeting"] == held.id


def test_meetings_do_not_disturb_the_life_of_the_plan(case: Case, ready: Written, mother: Person) -> None:
    meetings.invite(ready, by=mother, on=TODAY, how="mail")
    came(ready, Rosa="there", Kim="there")
    meetings.hold(ready, by=mother, on=DAY)
    assert events_of(case) == ()
    assert day_of(case, DAY).in_force is None


def test_meetings_travel_with_the_case(case: Case, ready: Written, mother: Person) -> None:
    meetings.invite(ready, by=mother, on=TODAY, how="mail")
    came(ready, Rosa="there", Kim="there")
    meetings.hold(ready, by=mother, on=DAY)
    told, files = told_plans(case), plan_files(case)
    Written.objects.all().delete()
    keep_plans(case, told, files, by=mother)
    assert told_plans(case) == told
    assert [one.how for one in meetings.copies_of(plan_of(case, ready.plan_id))] == ["minutes"]


# --- times -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def times(meeting: Written, mother: Person) -> tuple[str, str]:
    """Two times to choose from: the ids of their rows."""
    rows: tuple[dict[str, str], ...] = (
        {"day": DAY.isoformat(), "time": "2:30 pm", "place": "Room 4"},
        {"day": "2025-10-23"},
    )
    one, two = (writing.add_row(meeting, by=mother, field_id="times", values=row) for row in rows)
    return one, two


def who(plan: Written, row: str) -> Any:
    return standing_of(plan).values.get(f"times/{row}/works-for")


def test_a_time_is_chosen(meeting: Written, mother: Person, times: tuple[str, str]) -> None:
    meetings.choose_time(meeting, by=mother, row=times[0])
    said = meeting_of(standing_of(meeting).plan)
    assert (said.on, said.at, said.place) == (DAY, "2:30 pm", "Room 4")
    meetings.choose_time(meeting, by=mother, row=times[1])
    said = meeting_of(standing_of(meeting).plan)
    assert (said.on, said.place) == (date(2025, 10, 23), "Room 4")
    with pytest.raises(Http404):
        meetings.choose_time(meeting, by=mother, row="nowhere")
    empty = writing.add_row(meeting, by=mother, field_id="times")
    with pytest.raises(Refused, match="no day"):
        meetings.choose_time(meeting, by=mother, row=empty)


def test_visitors_say_which_times_suit_them(meeting: Written, times: tuple[str, str]) -> None:
    one, two = times
    found = choosing.meeting_by(choosing.token_of(meeting), TODAY)
    choosing.say_times(found, name="  Kim \n Reed, ", rows=[one, two, "nowhere"])
    choosing.say_times(found, name="Lee", rows=[one])
    assert (who(meeting, one), who(meeting, two)) == ("Kim Reed, Lee", "Kim Reed")
    choosing.say_times(found, name="kim reed", rows=[two])
    assert (who(meeting, one), who(meeting, two)) == ("Lee", "Kim Reed")
    assert Access.objects.filter(action=choosing.ACTION, person="visitor").count() == 3


def test_an_answer_without_a_name_or_a_time_is_refused(meeting: Written, times: tuple[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        choosing.say_times(meeting, name=" , ", rows=["nowhere"])
    assert [one.where for one in refused.value.faults] == ["name", "time"]
    with pytest.raises(Refused, match="too long"):
        choosing.say_times(meeting, name="x" * 61, rows=times)
    assert who(meeting, times[0]) is None


def test_what_a_visitor_writes_over_is_kept(meeting: Written, mother: Person, times: tuple[str, str]) -> None:
    put(meeting, mother, **{f"times/{times[0]}/works-for": "Rosa, Kim"})
    choosing.say_times(meeting, name="Kim", rows=[times[1]])
    assert who(meeting, times[0]) == "Rosa"
    assert [one.value for one in earlier_of(meeting, f"times/{times[0]}/works-for")] == ["Rosa, Kim"]


def test_too_many_answers_are_turned_away(
    meeting: Written, times: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_NAMES", 1)
    choosing.say_times(meeting, name="Kim", rows=times)
    with pytest.raises(choosing.TooManyAnswers):
        choosing.say_times(meeting, name="Lee", rows=times)
    monkeypatch.undo()
    monkeypatch.setattr(choosing, "MOST_AN_HOUR", 1)
    with pytest.raises(choosing.TooManyAnswers):
        choosing.say_times(meeting, name="Lee", rows=times)
    assert who(meeting, times[0]) == "Kim"


def test_a_wrong_an_old_and_a_finished_link_open_nothing(
    case: Case, about: Written, meeting: Written, mother: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = choosing.token_of(meeting)
    other_salt = signing.dumps({"case": str(case.pk), "plan": meeting.plan_id}, salt="another")
    no_meeting = signing.dumps({"case": str(case.pk), "plan": about.plan_id}, salt=choosing.SALT)
    for token in (good[:-1], other_salt, no_meeting, ""):
        with pytest.raises(Http404):
            choosing.meeting_by(token, TODAY)
    put(meeting, mother, day=DAY.isoformat())
    assert choosing.meeting_by(good, DAY) == meeting
    with pytest.raises(Http404):
        choosing.meeting_by(good, DAY + timedelta(1))
    came(meeting, Rosa="there")
    meetings.hold(meeting, by=mother, on=DAY)
    with pytest.raises(Http404):
        choosing.meeting_by(good, DAY)
    monkeypatch.setattr(choosing, "LASTS", timedelta(seconds=-1))
    with pytest.raises(Http404):
        choosing.meeting_by(good, TODAY)
