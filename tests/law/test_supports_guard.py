"""The guard: extra help in class changes nothing about an evaluation that was asked for, in any State."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.assess import assess
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Duty, Standing
from gameplan.law import law_for, states

FIRST, LAST, NOW = date(2025, 8, 20), date(2025, 12, 19), date(2026, 1, 20)
YEAR = SchoolYear(
    "2025-26", date(2025, 8, 13), date(2026, 5, 21), closed=(Closure(date(2025, 11, 24), date(2025, 11, 28)),)
)
HELP = ("supports-started", "intervention-reviewed")
OWN_CLOCKS = {"sld-request-consent"}
"""What a review may start by itself: it binds the school further, and takes nothing away."""

days = st.dates(FIRST, LAST)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Fact, ...]:
    """A request, and some of what can follow it, each at most once and in this order."""
    on = draw(days)
    facts = [
        _fact("q1", "evaluation-requested", on, received=on, type="initial", by="parent", written=draw(st.booleans()))
    ]
    for kind, data in (
        ("consent-requested", {"for": "initial-evaluation"}),
        ("consent-given", {"for": "initial-evaluation"}),
        ("evaluation-completed", {"type": "initial"}),
    ):
        on += timedelta(days=draw(st.integers(0, 30)))
        if on > NOW or draw(st.booleans()):
            break
        main = "received" if kind == "consent-given" else "date"
        facts.append(_fact(f"q{len(facts) + 1}", kind, on, **{main: on, **data}))
    return tuple(facts)


@st.composite
def helps(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Extra help of any tier that begins, and reviews of any outcome, on any days."""
    found = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(HELP), min_size=1, max_size=4))):
        on, tier = draw(days), draw(st.sampled_from(("1", "2", "3")))
        data: dict[str, Any] = {"date": on, "tier": tier}
        if kind == "intervention-reviewed":
            data |= {"area": "reading", "adequate_progress": draw(st.booleans())}
        found.append(_fact(f"h{number}", kind, on, **data))
    return tuple(found)


def _fact(name: str, kind: str, on: date, **data: Any) -> Fact:
    return Fact(name, kind, on, data, said_by="school" if kind in HELP else "parent")


def _standing(state: str | None, facts: tuple[Fact, ...], on: date) -> Standing:
    child = Child(name="Ana", born=date(2016, 5, 2), state=state)
    return assess(Case(child=child, facts=facts, calendars=(YEAR,)), law_for(state), on=on)


def _of_the_request(standing: Standing) -> Iterator[Duty]:
    """Everything that is owed, but what extra help itself began."""
    return (one for one in standing.duties if not (one.clock in OWN_CLOCKS and one.started_by.startswith("h")))


@pytest.mark.parametrize("state", [None, "CA", "FL", "IL", "NY", "PA", "TX", "WA"])
@settings(max_examples=15, deadline=None)
@given(asked=requests(), help_=helps(), on=st.dates(LAST, NOW), is_first=st.booleans())
def test_no_clock_of_a_request_changes(
    state: str | None, asked: tuple[Fact, ...], help_: tuple[Fact, ...], on: date, is_first: bool
) -> None:
    alone = _standing(state, asked, on)
    beside = _standing(state, (*help_, *asked) if is_first else (*asked, *help_), on)
    assert sorted(_of_the_request(beside), key=lambda one: one.key) == sorted(alone.duties, key=lambda one: one.key)
    assert beside.stage == alone.stage
    closed = {one.id for one in beside.options if one.closed} - {one.id for one in alone.options if one.closed}
    assert not closed


@pytest.mark.parametrize("state", sorted(states()))
def test_every_state_lets_the_answer_run_while_help_goes_on(state: str) -> None:
    help_ = _fact("h1", "supports-started", date(2025, 9, 8), date=date(2025, 9, 8), tier="2")
    on = date(2025, 10, 1)
    asked = _fact("q1", "evaluation-requested", on, received=on, type="initial", by="parent", written=True)
    alone, beside = (_standing(state, facts, on + timedelta(days=5)) for facts in ((asked,), (help_, asked)))
    assert beside.duties == alone.duties
    assert any("evaluation-request" in (one.base or one.clock) for one in beside.duties)


def test_the_family_may_always_ask_and_the_school_must_not_wait() -> None:
    on = date(2025, 9, 8)
    during = _standing(None, (_fact("h1", "supports-started", on, date=on, tier="3"),), date(2025, 10, 1))
    options = {one.id: one for one in during.options}
    assert (options["ask-evaluation-any-time"].who, options["ask-evaluation-any-time"].power) == ("parent", "may")
    asked = _fact("q1", "evaluation-requested", on, received=on, type="initial", by="parent", written=True)
    for standing in (during, _standing(None, (asked,), date(2025, 10, 1))):
        never = next(one for one in standing.options if one.id == "no-delay-by-mtss")
        assert (never.who, never.power) == ("school", "must-not")
        assert "34 CFR 300.301" in never.cite


def test_help_takes_a_case_back_from_nowhere_but_from_an_end() -> None:
    started = _fact("h1", "supports-started", date(2025, 11, 3), date=date(2025, 11, 3), tier="2")
    day = date(2025, 10, 1)
    force = _fact("q1", "iep-adopted", day, date=day)
    refused = _fact("q1", "eligibility-determined", day, date=day, eligible=False)
    found = {_standing(None, (before, started), date(2025, 11, 10)).stage for before in (force,)}
    assert found == {"in-force"}
    assert _standing(None, (refused, started), date(2025, 11, 10)).stage == "supports"
    assert _standing(None, (started,), date(2025, 11, 10)).stage == "supports"
