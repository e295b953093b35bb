"""Options: tied to stage and facts, closed by windows, asked back from today; the ways to disagree side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gameplan.core.assess import assess
from gameplan.core.entries import Clock, Law, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import worlds
from gameplan.core.options import Windows, first_day_back
from gameplan.core.paths import CLOSED, NOT_YET, OPEN, PathView, paths_of
from gameplan.core.standing import Duty, OptionView, standing_json
from gameplan.core.words import ENGLISH, Say
from gameplan.law import law_for
from gameplan.law.library import federal, state_pack, states
from gameplan.law.paths import dispute_paths
from tests.core.cast import case, consent, request

ON = date(2025, 11, 1)
TX = law_for("TX")
WRONG = Fact("f9", "violation-happened", date(2025, 10, 1), {"what": "no answer"})
HEARING = Fact("f9", "hearing-decided", date(2025, 10, 1), {"for": "school"})
DONE = Fact("f8", "evaluation-completed", date(2025, 10, 20), {"type": "initial"})
ASKED_IEE = Fact("f7", "iee-requested", date(2025, 10, 25), {"expense": "public"})


def running(law: Law, *clock_ids: str) -> Law:
    """The law as it will be once these clocks have their examples and run."""
    clocks = tuple(replace(c, not_yet="") if c.id in clock_ids else c for c in law.clocks)
    return replace(law, clocks=clocks)


def options(*facts: Fact, on: date = ON, law: Law = TX) -> dict[str, OptionView]:
    return {one.id: one for one in assess(case(*facts), law, on=on).options}


def ways(*facts: Fact, on: date = ON, law: Law = TX) -> dict[str, PathView]:
    told = case(*facts)
    return {view.path.id: view for view in paths_of(told, law, dispute_paths(), assess(told, law, on=on))}


def said(option: OptionView) -> str:
    return " ".join(ENGLISH.say(note) for note in option.notes)


def test_all_one_hundred_and_eleven_federal_options_are_there() -> None:
    assert len({option.id for option in federal().options}) >= 111


def test_an_option_closes_with_the_open_window_on_the_day_that_is_safe() -> None:
    found = options(request(), WRONG)["file-state-complaint"]
    assert (found.closes, found.closed) == (date(2026, 9, 30), False)
    assert "between September 30, 2026 and October 1, 2026" in said(found)


def test_an_option_whose_window_has_passed_is_shown_as_closed_with_its_day() -> None:
    found = options(request(), WRONG, on=date(2026, 10, 2))["file-state-complaint"]
    assert (found.closes, found.closed) == (date(2026, 10, 1), True)
    assert "the last day was October 1, 2026" in said(found)


def test_what_happens_later_keeps_the_option_open() -> None:
    later = replace(WRONG, id="f10", on=date(2026, 9, 1))
    found = options(request(), WRONG, later, on=date(2026, 10, 2))["file-state-complaint"]
    assert (found.closes, found.closed) == (date(2027, 8, 31), False)
    assert "the last day was October 1, 2026" in said(found)


def test_how_far_back_is_told_without_any_event() -> None:
    found = options(request())["file-state-complaint"]
    assert (found.closes, found.looks_back_to) == (None, date(2024, 11, 1))
    assert "what happened on November 1, 2024 or later" in said(found)
    assert "let it arrive a day sooner" in said(found)


def test_a_filing_alone_tells_how_far_back_it_reaches() -> None:
    filed = Fact("c", "state-complaint-filed", date(2025, 10, 5), {"received": date(2025, 10, 6)})
    found = options(request(), filed)["file-state-complaint"]
    assert found.looks_back_to == date(2024, 10, 6)
    assert "It arrived on October 6, 2025" in said(found)


def test_a_window_from_what_was_known_says_so() -> None:
    found = options(request())["file-due-process"]
    assert found.looks_back_to == date(2023, 11, 1)
    assert "should have learned" in said(found)


def test_where_the_limit_of_the_state_is_not_known_no_day_is_firm() -> None:
    found = options(request(), law=law_for("ME"))["file-due-process"]
    assert found.looks_back_to is None
    assert "by the federal number" in said(found)


def test_a_window_of_which_the_last_day_is_a_range_closes_with_its_first_day() -> None:
    told = case(request())
    world = next(iter(worlds(told, TX, ON).values()))
    duty = Duty(
        "settlement-void", "us", "window", Say("x"), Say("x"), ("party",), ("party",), "cannot-tell",
        started=ON, due_earliest=date(2025, 11, 4), due_latest=date(2025, 11, 6),
    )  # fmt: skip
    until = Windows(world, TX, [duty]).until(("settlement-void",))
    assert (until.closes, until.closed) == (date(2025, 11, 4), False)
    assert "between November 4, 2025 and November 6, 2025" in ENGLISH.say(until.notes[0])


@pytest.mark.parametrize(
    ("on", "length", "unit", "first"),
    [
        (date(2025, 11, 1), 1, "year", date(2024, 11, 1)),
        (date(2028, 2, 29), 1, "year", date(2027, 3, 1)),
        (date(2025, 2, 28), 1, "year", date(2024, 2, 28)),
        (date(2025, 11, 1), 180, "calendar-day", date(2025, 5, 5)),
    ],
)
def test_the_first_day_back_is_the_earliest_whose_window_is_still_open(
    on: date, length: int, unit: str, first: date
) -> None:
    clock = Clock(
        "w", "us", "w", "w", "x", "idea-b", "window", ("anyone",), ("sea",), ("x",), "", "high",
        trigger=(Match("violation-happened"),), length=length, unit=unit,
    )  # fmt: skip
    assert first_day_back(clock, on) == first


@pytest.mark.parametrize(
    ("option", "without", "with_it"),
    [
        ("void-settlement", (request(),), (Fact("s", "settlement-signed", ON, {"from": "resolution"}),)),
        ("enforce-decision", (request(),), (HEARING,)),
        ("ask-iee", (request(), consent()), (request(), consent(), DONE)),
        ("no-bare-denial", (request(), DONE), (request(), DONE, ASKED_IEE)),
        (
            "iee-stalled",
            (DONE, ASKED_IEE, Fact("a", "iee-agreed", date(2025, 10, 28))),
            (DONE, ASKED_IEE),
        ),
        ("no-delay-by-mtss", (request(), consent()), (request(),)),
    ],
)
def test_an_option_is_there_only_with_the_fact_it_rests_on(
    option: str, without: tuple[Fact, ...], with_it: tuple[Fact, ...]
) -> None:
    assert option not in options(*without)
    assert option in options(*with_it)


def test_an_option_about_lateness_is_there_only_when_it_is_late() -> None:
    assert "late-evaluation-complaint" not in options(request(), consent())
    found = options(request(), consent(), WRONG, on=date(2026, 12, 1))["late-evaluation-complaint"]
    assert not found.closed
    assert found.looks_back_to == date(2025, 12, 1)


def test_what_cannot_be_told_is_said() -> None:
    unsaid = Fact("s", "settlement-signed", ON)
    assert "This depends on: An agreement was signed at the resolution meeting" in said(
        options(unsaid)["void-settlement"]
    )
    unread = next(code for code in states() if state_pack(code).facts.get("hearing_tiers") == "unverified")
    found = options(HEARING, law=law_for(unread))["state-review"]
    assert "This depends on: Your State has a second level" in said(found)


def test_a_review_by_the_state_is_there_only_where_a_state_has_two_levels() -> None:
    assert "state-review" not in options(HEARING)
    assert not options(HEARING, law=law_for("NY"))["state-review"].notes


def test_what_must_not_be_done_is_among_the_options() -> None:
    found = options(request())
    assert {"no-silent-refusal", "no-delay-by-mtss", "not-prerequisite"} <= {
        one.id for one in found.values() if one.power == "must-not"
    }


def test_the_json_of_an_option_keeps_its_names_and_says_what_is_closed() -> None:
    told = standing_json(assess(case(request(), WRONG), TX, on=date(2026, 10, 2)))
    found = next(one for one in told["options"] if one["id"] == "file-state-complaint")  # type: ignore[attr-defined]
    assert {"id", "who", "power", "do", "closes", "letter", "cite", "at", "closed", "note"} <= set(found)
    assert (found["closes"], found["closed"]) == ("2026-10-01", True)


def test_the_ways_to_disagree_are_side_by_side_with_every_column() -> None:
    found = ways(request())
    assert len(found) == 16
    for view in found.values():
        path = view.path
        assert all((path.what, path.cost, path.decides, path.takes, path.stops, path.until, path.leads_to))
        assert path.cite
        assert path.source.startswith("https://")


def test_a_way_that_needs_something_first_is_not_open_and_says_what() -> None:
    found = ways(request())
    assert found["court"].state == NOT_YET
    assert found["court"].path.first
    assert ways(HEARING)["court"].state == OPEN
    assert ways(request(), DONE)["independent-evaluation"].state == OPEN


def test_a_way_whose_time_ran_out_is_closed_with_its_day() -> None:
    law = running(TX, "civil-action-window")
    view = ways(HEARING, law=law, on=date(2026, 3, 1))["court"]
    assert (view.state, view.until.closes) == (CLOSED, date(2025, 12, 30))


def test_how_long_it_takes_comes_from_the_rules_of_the_state() -> None:
    assert "60 calendar days" in " ".join(ENGLISH.say(one) for one in ways(request())["state-complaint"].times)
    assert "15 school days" in " ".join(ENGLISH.say(one) for one in ways(request())["ask-again"].times)


def test_a_way_that_was_taken_says_since_when() -> None:
    filed = Fact("c", "state-complaint-filed", date(2025, 10, 5), {"filed": date(2025, 10, 5)})
    assert ways(request(), filed)["state-complaint"].begun == date(2025, 10, 5)
    ordinary = Fact("d", "due-process-filed", date(2025, 10, 6), {"expedited": False})
    assert ways(request(), ordinary)["expedited-due-process"].begun is None
