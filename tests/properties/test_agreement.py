"""The explaining engine and the compiled audit give the same answer, in every field.

Eight thousand cases are asked at each change, twenty thousand in a drill.

The same standings must be sound in themselves. The audit works as of one day, so a few dozen cases share a day.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from gameplan.audit.compiled import kept_in
from gameplan.audit.evaluate import Evaluator
from gameplan.core.assess import assess
from gameplan.core.entries import Match
from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.matching import fits
from gameplan.core.standing import REASONS, STATUSES, Duty, standing_json
from gameplan.law import law_for, states
from tests.drill import times
from tests.properties.agreeing import Answer, Asked, answers_of_the_audit, differences
from tests.properties.made_up import EACH_DAY, asked_on, made

GROUPS, DAYS_IN_EACH = times(16, 40), 4
MOST_CASES = 20_000


@pytest.fixture(scope="session")
def audit() -> Evaluator:
    """The compiled audit. Of several processes the first compiles, and the others load what it has kept."""
    with alone(kept_in().with_suffix(".lock")):
        found = Evaluator(asked_on(0))
        differences(found, asked_on(0), [])
        return found


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Waits until no other process is at it; without such locks on this system all go on at once."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@pytest.mark.parametrize("group", range(GROUPS))
def test_both_give_every_case_the_same_answer_with_reasons(group: int, audit: Evaluator) -> None:
    for part in range(DAYS_IN_EACH):
        first = (group * DAYS_IN_EACH + part) * EACH_DAY
        on, asked = asked_on(first), []
        for seed in range(first, first + EACH_DAY):
            case = made(seed)
            found = assess(case, law_for(case.child.state), on=on)
            standing_json(found)
            assert [duty.clock for duty in found.duties if not sound(duty, on)] == [], (seed, on)
            asked.append(Asked(seed, case, found.duties))
        assert differences(audit, on, asked) == []


def test_all_that_the_law_can_say_comes_up_in_these_cases(audit: Evaluator) -> None:
    missing = sayable()
    for first in range(0, MOST_CASES, EACH_DAY):
        cases = {seed: made(seed) for seed in range(first, first + EACH_DAY)}
        found = answers_of_the_audit(audit, asked_on(first), cases.items())
        for seed, answers in found.items():
            for answer in answers:
                missing -= said(cases[seed], answer, asked_on(first))
        if not missing:
            break
    assert missing == set()


def sayable() -> set[tuple[str, str]]:
    """Every status and reason, every kind of clock, and every effect of an exception that a fact brings."""
    clocks = [one for state in (None, *states()) for one in law_for(state).clocks if not one.not_yet]
    return {
        *(("status", one) for one in STATUSES), *(("reason", one) for one in REASONS),
        *(("kind", clock.kind) for clock in clocks),
        *(("effect", rule.effect) for clock in clocks for rule in clock.exceptions if rule.when),
    }  # fmt: skip


def said(case: Case, answer: Answer, on: date) -> set[tuple[str, str]]:
    """Which of these came up in one answer; an effect, where a fact since the start and before today brings it."""
    found = {("status", answer.status), ("reason", answer.reason)}
    since = answer.started or date.max
    for clock in law_for(case.child.state).by_id[answer.clock]:
        if clock.pack == answer.pack and not clock.not_yet:
            found.add(("kind", clock.kind))
            for rule in clock.exceptions:
                if rule.when and any(brings(fact, rule.when, since, on) for fact in standing_facts(case.facts)):
                    found.add(("effect", rule.effect))
    return found


def brings(fact: Fact, match: Match, since: date, on: date) -> bool:
    """True if this fact surely fits and came in that time."""
    return fits(fact, match) is True and not fact.planned and since < fact.on <= on


def sound(duty: Duty, on: date) -> bool:
    """A duty that holds together: known status, reasons, a citation, a range around its day, days that add up."""
    first, last = duty.due_earliest, duty.due_latest
    return bool(
        duty.status in STATUSES
        and duty.cite
        and duty.because
        and (duty.due is None or first == last == duty.due)
        and (first is None) == (last is None)
        and (first is None or last is None or first <= last)
        and (duty.days_late is None or duty.days_late > 0)
        and (duty.status != "cannot-tell" or duty.would_settle)
        and (duty.started is None or duty.status != "not-started")
        and (duty.done is None or duty.done <= on)
    )
