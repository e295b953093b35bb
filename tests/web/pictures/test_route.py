"""The road of a case: its stops, where we are, what hangs there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gameplan.core.facts import Fact
from gameplan.web.gallery_samples import STORY, fact, moments
from gameplan.web.pictures.route import AHEAD, BLOCKED, DONE, HERE, PLACES, Route, route_of
from tests.web.pictures.moments import case, duty, standing


def states(route: Route) -> dict[str, str]:
    return {stop.id: stop.state for stop in route.stops}


@pytest.mark.parametrize(
    ("stage", "facts", "here"),
    [
        ("supports", 0, "request"),
        ("supports", 1, "supports"),
        ("request", 2, "answer"),
        ("request-refused", 2, "answer"),
        ("consent-evaluation", 3, "consent"),
        ("evaluation", 4, "evaluation"),
        ("eligibility", 5, "eligibility"),
        ("found-ineligible", 5, "eligibility"),
        ("iep-meeting", 6, "iep-meeting"),
        ("offer-of-services", 7, "offer"),
        ("in-force", 9, "in-force"),
        ("reevaluation", 9, "reevaluation"),
        ("discipline", 9, "in-force"),
        ("transfer", 2, "answer"),
    ],
)
def test_each_stage_has_its_place(stage: str, facts: int, here: str) -> None:
    on = date(2026, 4, 1)
    assert route_of(standing(stage, on=on), case(*STORY[:facts])).here.id == here


def test_what_is_behind_keeps_its_day() -> None:
    route = route_of(standing("evaluation", on=date(2025, 10, 1)), case(*STORY[:4]))
    days = {stop.id: stop.on for stop in route.stops if stop.state == DONE}
    assert days["request"] == date(2025, 9, 3)
    assert days["consent"] == date(2025, 9, 26)


def test_a_stop_that_was_passed_without_a_day_is_still_behind() -> None:
    route = route_of(standing("evaluation"), case(STORY[1]))
    assert states(route)["consent"] == DONE


def test_extra_help_is_only_on_the_road_if_there_was_some() -> None:
    assert "supports" not in states(route_of(standing("request"), case(STORY[1])))
    assert states(route_of(standing("request"), case(*STORY[:2])))["supports"] == DONE


def test_a_fact_of_tomorrow_or_a_plan_is_not_behind() -> None:
    later = fact("f2", "evaluation-requested", date(2025, 9, 20), type="initial")
    planned = replace(STORY[0], planned=True)
    route = route_of(standing("supports"), case(planned, later))
    assert route.here.id == "request"
    assert route.here.on is None


def test_a_corrected_fact_counts_by_its_correction() -> None:
    mended = replace(STORY[1], id="f2b", corrects="f2", on=date(2025, 9, 5))
    route = route_of(standing("request"), case(STORY[1], mended))
    assert route.stops[0].on == date(2025, 9, 5)


def test_a_refusal_blocks_the_road_and_shows_ways_on() -> None:
    route = route_of(standing("request-refused"), case(*STORY[:2]))
    assert states(route)["answer"] == BLOCKED
    assert states(route)["consent"] == AHEAD
    assert route.side is not None
    assert route.side.taken
    assert len(route.side.ways) >= 4


def test_an_answer_that_may_still_be_no_only_hints_at_it() -> None:
    route = route_of(standing("request"), case(*STORY[:2]))
    assert route.side is not None
    assert not route.side.taken
    assert route_of(standing("in-force"), case(*STORY)).side is None


def test_the_yearly_review_lies_ahead_until_it_was_held() -> None:
    held = fact("f10", "meeting-held", date(2027, 2, 20), kind="annual-review")
    before = route_of(standing("reevaluation", on=date(2027, 3, 1)), case(*STORY))
    after = route_of(standing("reevaluation", on=date(2027, 3, 1)), case(*STORY, held))
    assert states(before)["annual-review"] == AHEAD
    assert states(after)["annual-review"] == DONE


def test_the_next_day_is_the_soonest_that_still_comes() -> None:
    soon, later = duty(due=date(2025, 9, 24)), duty(due=date(2025, 10, 24))
    late = duty("late", due=date(2025, 9, 1))
    route = route_of(standing("request", later, soon, late), case(*STORY[:2]))
    assert route.next == soon
    assert route.late == late


def test_a_range_is_a_next_day_too_but_not_once_it_is_done_or_over() -> None:
    open_day = replace(duty("cannot-tell"), due_earliest=date(2025, 9, 24), due_latest=date(2025, 10, 30))
    assert route_of(standing("request", open_day), case()).next == open_day
    two_accounts = replace(open_day, status="running")
    assert route_of(standing("request", two_accounts), case()).next == two_accounts
    assert route_of(standing("request", replace(open_day, done=date(2025, 9, 9))), case()).next is None
    assert route_of(standing("request", open_day, on=date(2025, 11, 1)), case()).next is None


def test_exactly_one_stop_is_ours() -> None:
    for moment in moments():
        here = [stop for stop in route_of(moment.standing, moment.case).stops if stop.state in (HERE, BLOCKED)]
        assert len(here) == 1, moment.name


def test_the_road_speaks_the_words_of_the_law() -> None:
    from gameplan.law import law_for

    law = law_for(None, on=date(2025, 9, 1))
    assert {stage for place in PLACES for stage in place.stages} <= {stage.id for stage in law.stages}
    kinds = law.vocabulary.kinds
    for place in PLACES:
        assert any(place.reached(one) for one in every_fact(kinds)), place.id


def every_fact(kinds: object) -> list[Fact]:
    """A fact of each kind for each value that one of its fields may take."""
    assert isinstance(kinds, dict)
    return [
        Fact("f", kind.id, date(2025, 9, 1), {field.name: value})
        for kind in kinds.values()
        for field in kind.fields
        for value in field.values or ("",)
    ]
