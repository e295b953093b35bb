"""What holds of every life of a plan, however it went."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.plans.carry import carried, touched
from gameplan.plans.form_files import forms
from gameplan.plans.forms import NONE, ROWS, Field, Form
from gameplan.plans.items import items_between, items_of, parts_of, same
from gameplan.plans.life import Answer, Ended, Event, Hold, Proposed, history, in_force
from gameplan.plans.plan import Plan, PlanChild, plan_json
from gameplan.plans.plan_file import read_plan
from tests.plans.lives import FALL, plan, rule

IDS = ("a", "b", "c")
START = FALL
STATES = st.sampled_from([None, "MA", "CA", "OH", "KS", "MT", "NJ", "TN", "TX"])
CONSENT = st.sampled_from(["MA", "CA", "NH"])
WORDS = st.sampled_from(["one", "two", "three"])


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """What stands in a small plan: goals with steps, services, a placement, and words that nobody decides on."""
    goals = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    services = draw(st.lists(st.sampled_from(IDS), unique=True))
    steps = draw(
        st.lists(st.tuples(st.sampled_from(["x", "y", "z"]), st.sampled_from(goals)), unique_by=lambda s: s[0])
    )
    content: dict[str, Any] = {
        "goals": [{"id": one, "goal": draw(WORDS)} for one in goals],
        "benchmarks": [{"id": one, "goal": goal, "step": draw(WORDS)} for one, goal in steps],
        "related-services": [{"id": one, "minutes": draw(st.sampled_from([20, 30]))} for one in services],
        "strengths": draw(WORDS),
        "non-participation": draw(WORDS),
    }
    if not services:
        content["related-services-none"] = True
    return {name: value for name, value in content.items() if value}


class Life(list[Event]):
    """Events that are told in short: a whole form is too long to read where a test fails."""

    def __repr__(self) -> str:
        return "\n".join(
            f"v{one.version} {one.on} {one.starts} {one.notice} {one.plan.content}"
            if isinstance(one, Proposed)
            else repr(one)
            for one in self
        )


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Up to four versions with notices and answers to some of their things, a dispute, and perhaps an end."""
    events = Life()
    day, old = START, None
    for number in range(1, draw(st.integers(1, 4)) + 1):
        new = plan(draw(contents()))
        notice = draw(st.sampled_from([None, day, day + timedelta(3)]))
        how = "first" if number == 1 else "annual"
        events.append(Proposed(number, new, day, day + timedelta(draw(st.integers(0, 20))), how, notice))
        for _ in range(draw(st.integers(0, 2))):
            asked = [one.key for one in items_between(old, new)]
            some = draw(st.dictionaries(st.sampled_from(asked), st.sampled_from(["agreed", "refused"]), max_size=3))
            known = {key: what for key, what in some.items() if key in asked}
            whole = draw(st.sampled_from(["agreed", "refused", ""]))
            if known or whole:
                later = day + timedelta(draw(st.integers(0, 40)))
                events.append(Answer(number, later, draw(st.sampled_from(["Rosa", "Juan"])), whole, known))
        old, day = new, day + timedelta(draw(st.integers(1, 60)))
    if draw(st.booleans()):
        filed = START + timedelta(draw(st.integers(0, 150)))
        until = draw(st.sampled_from([None, filed + timedelta(30)]))
        events.append(Hold(filed, until, draw(st.sampled_from(["", "as-proposed", "as-before"])) if until else ""))
    return events


DAYS = st.integers(0, 400).map(lambda days: START + timedelta(days))


def begun(content: dict[str, Any]) -> list[Event]:
    return [
        Proposed(1, plan(content), START, START, "first", START),
        Answer(1, START, "Rosa", "agreed"),
    ]


def later(content: dict[str, Any]) -> Proposed:
    day = START + timedelta(100)
    return Proposed(2, plan(content), day, day + timedelta(10), "annual", day)


@given(lives(), CONSENT, DAYS)
@settings(max_examples=60, deadline=None)
def test_what_was_proposed_never_overwrites_what_was_agreed(events: list[Event], state: str, on: date) -> None:
    """Where a State asks for consent, each thing in force was agreed to, or ordered at the end of a dispute."""
    found = in_force(events, on, rule(state))
    if found is None:
        return
    ordered = any(isinstance(one, Hold) and one.outcome == "as-proposed" for one in events)
    for key, item in found.items.items():
        answers = [one for one in events if isinstance(one, Answer) and one.version == item.version and one.on <= on]
        assert ordered or any(one.to(key) == "agreed" for one in answers), key


@given(contents(), contents(), STATES)
@settings(max_examples=60, deadline=None)
def test_refusing_all_leaves_what_was_in_force(old: dict[str, Any], new: dict[str, Any], state: str | None) -> None:
    no = Answer(2, START + timedelta(101), "Rosa", "refused")
    events = [*begun(old), later(new), no]
    found = in_force(events, START + timedelta(102), rule(state))
    before = in_force(events, START + timedelta(99), rule(state))
    assert found is not None
    assert before is not None
    assert found.plan == before.plan
    if rule(state).mode in ("consent", "objections"):
        much_later = in_force(events, START + timedelta(400), rule(state))
        assert much_later is not None
        keys = set(much_later.items)
        assert keys == set(before.items)
        parts = parts_of(much_later.plan), parts_of(before.plan)
        assert all(same(parts[0][key], parts[1][key]) for key in keys)


@given(contents(), contents(), STATES)
@settings(max_examples=60, deadline=None)
def test_agreeing_to_all_gives_exactly_the_proposed_plan(
    old: dict[str, Any], new: dict[str, Any], state: str | None
) -> None:
    events = [*begun(old), later(new), Answer(2, START + timedelta(105), "Rosa", "agreed")]
    found = in_force(events, START + timedelta(400), rule(state))
    assert found is not None
    assert plan_json(found.plan) == plan_json(plan(new))
    assert found.perhaps is None
    assert found.open == ()


@given(lives(), STATES, DAYS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_only_the_days_count_and_never_what_comes_later(
    events: list[Event], state: str | None, on: date, random: Any
) -> None:
    past = [one for one in events if one.on <= on]
    now = in_force(events, on, rule(state))
    assert now == in_force(past, on, rule(state))
    if len({one.on for one in events}) == len(events):
        mixed = random.sample(events, len(events))
        assert now == in_force(mixed, on, rule(state))


@given(lives(), STATES, DAYS)
@settings(max_examples=60, deadline=None)
def test_a_plan_in_force_is_a_sound_plan(events: list[Event], state: str | None, on: date) -> None:
    found = in_force(events, on, rule(state))
    if found is None:
        return
    read_plan(plan_json(found.plan))
    assert all(item.since <= on for item in found.items.values())
    if found.perhaps:
        read_plan(plan_json(found.perhaps))
        assert any(one.answer == "cannot-tell" for one in found.open)
        assert found.doubts


@given(lives(), STATES, st.lists(DAYS, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_history_holds_every_plan_that_was_ever_in_force(
    events: list[Event], state: str | None, days: list[date]
) -> None:
    whole = history(events, START + timedelta(400), rule(state))
    for day in days:
        found = in_force(events, day, rule(state))
        then = [one for one in whole if one.on <= day]
        assert (found is None) == (not then)
        if found:
            assert (then[-1].plan, then[-1].perhaps) == (found.plan, found.perhaps)


@given(lives(), STATES, st.integers(0, 200))
@settings(max_examples=40, deadline=None)
def test_after_the_end_there_is_none(events: list[Event], state: str | None, days: int) -> None:
    end = max(one.on for one in events)
    ended: list[Event] = [*events, Ended(end, "moved")]
    assert in_force(ended, end + timedelta(days), rule(state)) is None


@st.composite
def filled(draw: st.DrawFn, which: Form) -> dict[str, Any]:
    """Something in some fields of any form."""
    content: dict[str, Any] = {}
    for one in which.fields():
        if one.id.endswith(NONE) or not draw(st.booleans()):
            continue
        if one.type != ROWS:
            content[one.id] = draw(_values(one))
            continue
        ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=2))
        content[one.id] = [{"id": row} | {each.id: draw(_values(each)) for each in one.columns[:3]} for row in ids]
    for one in which.fields():
        for column in one.columns:
            if column.type == "ref":
                named = [row["id"] for row in content.get(column.of) or ()]
                for row in content.get(one.id) or ():
                    row.pop(column.id, None)
                    if named:
                        row[column.id] = draw(st.sampled_from(named))
    return {name: value for name, value in content.items() if value not in ([], "")}


def _values(one: Field) -> st.SearchStrategy[Any]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "date": st.just("2025-09-22"),
        "yes-no": st.booleans(),
        "number": st.sampled_from([20, 30]),
        "choice": st.sampled_from([each.id for each in one.choices] or [""]),
        "choices": st.just([each.id for each in one.choices[:1]]),
        "ref": st.just(""),
    }
    return kinds.get(one.type, WORDS)


@pytest.mark.parametrize("form_id", [one.id for one in forms().values() if one.kind == "iep"])
@given(st.data())
@settings(max_examples=3, deadline=None)
def test_each_form_of_the_house_is_taken_apart_and_put_together(form_id: str, data: st.DataObject) -> None:
    which = forms()[form_id]
    old, new = (Plan(which, PlanChild(), data.draw(filled(which))) for _ in range(2))
    day = START + timedelta(100)
    events: list[Event] = [
        Proposed(1, old, START, START, "first", START),
        Answer(1, START, "Rosa", "agreed"),
        Proposed(2, new, day, day, "annual", day),
        Answer(2, day, "Rosa", "refused"),
    ]
    before = in_force(events, day, rule("CA"))
    after = in_force([*events[:-1], Answer(2, day, "Rosa", "agreed")], day, rule("CA"))
    if items_of(old):
        assert before is not None
        assert plan_json(before.plan) == plan_json(old)
    if items_of(new):
        assert after is not None
        assert plan_json(after.plan) == plan_json(new)
        read_plan(plan_json(after.plan))
    assert touched(old, old) == ()
    assert carried(carried(old)) == carried(old)
