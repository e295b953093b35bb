"""The dates of a case as a calendar file: whole days, stable ids, discreet words, both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.standing import OPEN, STATUSES, Duty, OptionView, Standing
from gameplan.core.words import ENGLISH, Say, Tongue
from gameplan.exchange.deadlines_ics import NOT_DATES, deadlines_ics
from gameplan.law import law_for, vocabulary
from gameplan.tongues import tongue

ON = date(2025, 10, 1)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


def duty(**changes: Any) -> Duty:
    told: dict[str, Any] = {
        "clock": "initial-evaluation", "pack": "TX", "kind": "deadline",
        "title": Say("Finish the evaluation"),
        "plain": Say("The school tests your child."), "owed_by": ("school",), "owed_to": ("parent",),
        "status": "running", "started": date(2025, 9, 15), "started_by": "f2", "due": date(2025, 11, 17),
        "cite": ("TEC 29.004(a)", "34 CFR 300.301"), "source": "https://www.example.org/law, a;b",
        "because": (Say("It started on {day}.", {"day": date(2025, 9, 15)}),),
    }  # fmt: skip
    return Duty(**(told | changes))


def option(**changes: Any) -> OptionView:
    told: dict[str, Any] = {
        "id": "file-complaint",
        "who": "parent",
        "power": "may",
        "do": Say("File a complaint"),
    }
    return OptionView(**(told | {"closes": date(2026, 9, 3)} | changes))


def standing(*duties: Duty, options: tuple[OptionView, ...] = ()) -> Standing:
    return Standing(ON, "evaluation", Say("Evaluation"), duties, options)


def written(told: Standing, *, words: Tongue = ENGLISH, **changes: Any) -> bytes:
    arguments: dict[str, Any] = {"case_id": "case-1", "on": ON, "sequence": 3, "child_label": "A."}
    return deadlines_ics(told, tongue=words, **(arguments | changes))


def events(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    found = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    assert not any(event.errors for event in found)
    return found


def only(told: Standing, **changes: Any) -> Any:
    (event,) = events(written(told, **changes))
    return event


def test_a_deadline_is_a_whole_day_that_keeps_no_time_busy() -> None:
    content = written(standing(duty()))
    assert b"DTSTART;VALUE=DATE:20251117\r\n" in content
    assert b"DTEND" not in content
    assert b"DURATION:PT12H" in content
    (event,) = events(content)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Finish the evaluation (A.)"
    assert event["SEQUENCE"] == 3
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2025, 10, 1, tzinfo=UTC)


def test_the_head_tells_its_name_and_how_often_to_look_again() -> None:
    calendar: Any = Calendar.from_ical(written(standing()))
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "School dates for A."
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in written(standing())


def test_it_says_why_and_names_the_rule() -> None:
    words = str(only(standing(duty()))["DESCRIPTION"])
    assert "It started on September 15, 2025." in words
    assert "Rule: TEC 29.004(a); 34 CFR 300.301" in words


def test_the_same_arguments_give_the_same_bytes_in_folded_lines() -> None:
    long = duty(plain=Say("Ñandú " * 60))
    content = written(standing(long, duty(clock="b"), options=(option(),)))
    assert content == written(standing(long, duty(clock="b"), options=(option(),)))
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_the_id_stays_when_the_due_day_moves_and_differs_between_cases() -> None:
    first = only(standing(duty()))
    moved = only(standing(duty(due=date(2025, 12, 1), title=Say("Other words"), status="late")), sequence=4)
    assert first["UID"] == moved["UID"]
    assert first["UID"] != only(standing(duty()), case_id="case-2")["UID"]
    assert first["UID"] != only(standing(duty(started=date(2025, 9, 16))))["UID"]
    assert "case-1" not in str(first["UID"])


def test_two_duties_of_one_clock_and_day_have_two_ids() -> None:
    found = events(written(standing(duty(), duty(pack="us", due=date(2025, 11, 14)))))
    assert len({str(event["UID"]) for event in found}) == 2


def test_a_day_that_depends_is_marked_as_the_earliest() -> None:
    unsure = duty(due=None, due_earliest=date(2025, 11, 17), status="cannot-tell", would_settle=(Say("the calendar"),))
    event = only(standing(unsure))
    assert event["DTSTART"].dt == date(2025, 11, 17)
    assert str(event["SUMMARY"]).startswith("At the earliest: ")
    assert "To know the day, add this: the calendar" in str(event["DESCRIPTION"])


def test_without_any_day_there_is_no_event() -> None:
    assert events(written(standing(duty(due=None), duty(due=None, due_earliest=ON, status="met")))) == []


@pytest.mark.parametrize("kind", sorted(NOT_DATES))
def test_what_is_no_date_to_meet_is_left_out(kind: str) -> None:
    assert events(written(standing(duty(kind=kind)))) == []


def test_what_is_done_says_so_and_rings_no_more() -> None:
    event = only(standing(duty(status="met")))
    assert str(event["SUMMARY"]).startswith("Done: ")
    assert event.walk("VALARM") == []


def test_a_duty_that_fell_away_is_cancelled() -> None:
    assert only(standing(duty(status="excused")))["STATUS"] == "CANCELLED"


def test_reminders_come_in_the_morning_a_week_and_a_day_before() -> None:
    triggers = [str(alarm["TRIGGER"].to_ical().decode()) for alarm in only(standing(duty())).walk("VALARM")]
    assert triggers == ["-P6DT15H", "-PT15H"]
    assert only(standing(duty()), reminders=False).walk("VALARM") == []


def test_an_option_has_its_last_day() -> None:
    event = only(standing(options=(option(),)))
    assert event["DTSTART"].dt == date(2026, 9, 3)
    assert event["SUMMARY"] == "Last day: File a complaint (A.)"


def test_a_window_names_what_can_be_done_until_then_once() -> None:
    window = duty(kind="window", due=date(2026, 9, 3), title=Say("File within a year"))
    event = only(standing(window, options=(option(), option(power="must-not"), option(closes=None))))
    assert "Until then you can: File a complaint" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("label", ["", "   "])
def test_the_child_is_our_child_unless_the_person_chose_a_name(label: str) -> None:
    assert only(standing(duty()), child_label=label)["SUMMARY"] == "Finish the evaluation (our child)"


def test_a_title_that_tells_a_disability_is_not_shown() -> None:
    told = Say("Ask for more time when a learning disability is suspected")
    assert only(standing(duty(title=told)))["SUMMARY"] == "A date in the school process (A.)"
    assert "learning" not in str(only(standing(options=(option(do=told),)))["SUMMARY"])


def test_letters_that_a_calendar_cannot_hold_are_left_out() -> None:
    event = only(standing(duty(title=Say("a\x00b\r\nBEGIN:VEVENT"))), child_label="A\r\nX:1")
    assert event["SUMMARY"] == "ab BEGIN:VEVENT (A X:1)"


def test_it_speaks_spanish() -> None:
    content = written(standing(duty(status="met")), words=tongue("es"), child_label="")
    (event,) = events(content)
    assert event["SUMMARY"].startswith("Hecho: ")
    assert "15 de septiembre de 2025" in event["DESCRIPTION"]
    assert "nuestro hijo o hija" in event["SUMMARY"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_gives_a_sound_calendar_without_the_child_s_name(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    case = read_case(raw, vocabulary())
    found = assess(case, law_for(case.child.state, on=date(2026, 1, 15)), on=date(2026, 1, 15))
    content = written(found, on=date(2026, 1, 15), child_label="")
    days = {event["DTSTART"].dt for event in events(content)}
    dated = [one for one in found.duties if one.due and one.is_open and one.kind not in NOT_DATES]
    assert {one.due for one in dated} <= days
    summaries = "\n".join(str(event["SUMMARY"]) for event in events(content))
    assert not case.child.name or case.child.name not in summaries


DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.sampled_from(STATUSES), st.text(max_size=80), st.text(max_size=12)), max_size=6))
def test_what_is_written_reads_back_with_the_same_days(rows: list[tuple[date, str, str, str]]) -> None:
    duties = tuple(
        replace(duty(), due=day, status=status, plain=Say(words.replace("{", "").replace("}", "")), clock=clock)
        for day, status, words, clock in rows
    )
    found = events(written(standing(*duties)))
    assert sorted(event["DTSTART"].dt for event in found) == sorted(one.due for one in duties if one.due)
    assert len({str(event["UID"]) for event in found}) == len(duties)
    ringing = sum(1 for event in found if event.walk("VALARM"))
    assert ringing == sum(1 for one in duties if one.status in OPEN)
