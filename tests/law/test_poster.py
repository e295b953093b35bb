"""The poster of a State: the whole road, every number from an entry of the law, and whom to ask where none is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from gameplan.core.words import ENGLISH, Say
from gameplan.law.library import law_for, states
from gameplan.law.poster import ASK_LOW, ASK_NUMBER, ASK_OTHER, ASK_YOUR_STATE, SPECIAL, Owed, Poster, Step, poster
from gameplan.law.poster_road import AFTER, BEFORE, BY_DAY, FOLLOWS, NEARER, ROAD, SIDE_ROADS, UPON

ON = date(2026, 11, 27)
PLACES = (None, *states())


def made(state: str | None, on: date = ON) -> Poster:
    return poster(state, on=on)


def parts(state: str | None) -> tuple[Step, ...]:
    return made(state).steps + made(state).sides


def lines(state: str | None) -> Iterator[Owed]:
    return (one for step in parts(state) for one in step.owed)


def at(state: str | None, step: str, on: date = ON) -> tuple[Owed, ...]:
    return next(one.owed for one in made(state, on).steps + made(state, on).sides if one.id == step)


def said(one: Owed) -> str:
    return " ".join(ENGLISH.say(part) for part in (one.time, one.since) if part)


def test_the_road_of_texas_has_its_own_numbers_each_with_its_event_and_its_source() -> None:
    (answer,) = at("TX", "answer")
    (evaluation,) = at("TX", "evaluation")
    assert said(answer) == "15 school days after the written request"
    assert said(evaluation) == "45 school days after the school has your signed permission"
    assert evaluation.cite.startswith("TEC 29.004(a)")
    assert evaluation.who
    assert ENGLISH.say(evaluation.who) == "The school"
    assert not evaluation.federal


def test_where_the_state_has_no_number_the_federal_one_stands_and_says_so() -> None:
    review = at("TX", "review")[-1]
    assert review.federal
    assert said(review) == "at least once a year after the IEP is finished"
    assert not any(one.federal for one in lines(None))


@pytest.mark.parametrize("state", PLACES)
def test_every_step_has_a_sentence_somebody_who_owes_and_a_source(state: str | None) -> None:
    assert [step.number for step in made(state).steps] == list(range(1, len(ROAD) + 1))
    for step in parts(state):
        assert step.owed, step.id
        assert step.plain.text.endswith(".")
    for one in lines(state):
        assert one.cite, one.rule
        assert one.time or one.ask or one.what.text, one.rule


@pytest.mark.parametrize("state", PLACES)
def test_every_number_is_that_of_an_entry_in_force_and_names_its_event(state: str | None) -> None:
    law = law_for(state)
    for one in lines(state):
        if one.time is None or "length" not in one.time.values:
            continue
        entries = [clock for clock in law.clocks if (clock.id, clock.pack) == (one.rule, one.pack)]
        lengths = {clock.length for clock in entries if clock.in_force.covers(ON)}
        assert one.time.values["length"] in lengths, one.rule
        assert one.since, f"{state} {one.rule}: from which event?"


@pytest.mark.parametrize("state", PLACES)
def test_an_entry_on_weak_ground_gives_no_number_but_whom_to_ask(state: str | None) -> None:
    law = law_for(state)
    weak = {(clock.id, clock.pack) for clock in law.clocks if clock.confidence == "low" and clock.in_force.covers(ON)}
    for one in lines(state):
        if (one.rule, one.pack) in weak:
            assert one.time is None
            assert one.ask == ASK_LOW


@pytest.mark.parametrize("state", PLACES)
def test_a_doubt_is_marked_and_the_mark_explained(state: str | None) -> None:
    is_marked = any(one.doubtful for one in lines(state))
    assert any(note.text.startswith("*") for note in made(state).notes) == is_marked


def test_no_number_is_typed_by_hand() -> None:
    words = [part for place in ROAD + SIDE_ROADS for part in (place.name, place.plain)]
    words += [*AFTER.values(), *BEFORE.values(), *BY_DAY.values(), *FOLLOWS.values(), *UPON.values()]
    words += [say for _, _, say in NEARER]
    texts = [say.text.replace("504 plan", "") for say in words]
    found = r"\d|\b(two|three|five|ten|fifteen|thirty|sixty)\b"
    assert [text for text in texts if re.search(found, text)] == []


def test_where_nothing_is_known_of_a_state_it_says_so() -> None:
    (answer,) = at("SD", "answer")
    assert answer.ask == ASK_NUMBER[True]
    assert said(answer) == "within a reasonable time after the request"


def test_where_the_state_may_have_another_time_the_federal_one_is_no_firm_number() -> None:
    open_ = [
        state for state in states()
        if "due-process-window" not in law_for(state).settled
        and not any("due-process-window" in (c.id, c.base) for c in law_for(state).clocks if c.pack != "us")
    ]  # fmt: skip
    for state in open_:
        window = next(one for one in at(state, "no") if one.rule == "due-process-window")
        assert window.time is None
        assert window.ask
        assert window.ask.text == ASK_OTHER.text
    federal = next(one for one in at(None, "no") if one.rule == "due-process-window")
    assert federal.ask == ASK_YOUR_STATE


def test_a_state_that_only_adds_stands_beside_the_federal_number() -> None:
    own, federal = at("NJ", "iep-meeting")[-2:]
    assert said(own) == "90 calendar days after the school has your signed permission"
    assert said(federal) == "30 calendar days after the decision that your child qualifies"
    assert not own.federal
    assert federal.federal
    assert [one.rule for one in at("AK", "again")] == ["reevaluation"]


def test_a_rule_on_spoken_requests_leaves_the_federal_one_for_written_ones() -> None:
    spoken, federal = at("PA", "answer")
    assert said(spoken) == "10 calendar days after a spoken request"
    assert federal.federal


def test_what_counts_for_few_children_is_only_hinted_at() -> None:
    again = next(step for step in made("PA").steps if step.id == "again")
    assert again.note == SPECIAL
    assert all("2 years" not in said(one) for one in again.owed)
    assert all(one.rule != "meeting-notice-manifestation" for one in at("TN", "iep-meeting"))


def test_the_law_of_another_day_gives_the_numbers_of_that_day() -> None:
    before, after = at("NH", "evaluation", date(2016, 9, 1)), at("NH", "evaluation")
    assert (said(before[0])[:2], said(after[0])[:2]) == ("45", "60")


def test_extra_help_in_class_is_no_reason_to_wait() -> None:
    (line,) = at("TX", "tiers")
    assert line.who == Say("The school must not")
    assert line.cite.startswith("34 CFR 300.301")


def test_a_state_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError):
        poster("ZZ", on=ON)
