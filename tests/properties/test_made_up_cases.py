"""What must hold of every case, on made-up ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json
from gameplan.core.facts import Case, Fact
from gameplan.core.standing import OPEN, Standing, standing_json
from gameplan.law import law_for, vocabulary
from tests.properties.made_up import case_file, day_of

FEW = 60


def made(seed: int) -> tuple[Case, date]:
    rng = Random(seed)
    return read_case(case_file(rng), vocabulary()), day_of(rng)


def standing(case: Case, on: date) -> Standing:
    return assess(case, law_for(case.child.state), on=on)


@pytest.mark.parametrize("group", range(4))
def test_any_order_of_the_facts_gives_the_same_standing(group: int) -> None:
    for seed in range(group * 150, (group + 1) * 150):
        case, on = made(seed)
        mixed = replace(case, facts=shuffled(case, Random(seed)))
        assert standing_json(standing(mixed, on)) == standing_json(standing(case, on)), seed


def shuffled(case: Case, rng: Random) -> tuple[Fact, ...]:
    """The facts in another order in which a correction or an account still comes after what it speaks of."""
    first = [fact for fact in case.facts if not fact.corrects and not fact.account_of]
    rng.shuffle(first)
    return (*first, *(fact for fact in case.facts if fact.corrects or fact.account_of))


def test_both_accounts_lie_within_the_answer() -> None:
    seen = 0
    for seed in range(1500):
        case, on = made(seed)
        for duty in standing(case, on).duties:
            days = [account.due for account in duty.accounts if account.due]
            if days and duty.due_earliest and duty.due_latest:
                seen += 1
                assert duty.due_earliest <= min(days), seed
                assert max(days) <= duty.due_latest, seed
    assert seen > FEW


@pytest.mark.parametrize("excuse", ["child-not-produced", "request-withdrawn"])
def test_an_excuse_never_adds_a_duty(excuse: str) -> None:
    for seed in range(500):
        case, on = made(seed)
        more = case.with_facts(Fact("x1", excuse, on - timedelta(days=3), {"record": "missed", "written": True}))
        before, after = ({duty.key for duty in standing(one, on).duties if duty.status in OPEN} for one in (case, more))
        assert after <= before | closed(case, on), seed


def closed(case: Case, on: date) -> set[tuple[str, str, str]]:
    """What is there before, but not open: an excuse may make it doubtful, never new."""
    return {duty.key for duty in standing(case, on).duties}


@pytest.mark.parametrize("days", [1, 5, 30])
def test_permission_that_comes_later_never_makes_the_evaluation_due_earlier(days: int) -> None:
    for state in (None, "GA", "NH", "MD", "WI", "CO", "DE", "WA", "OR", "ME", "NE", "MN"):
        for month in range(1, 13):
            on = date(2025, month, 10)
            dues = [evaluation(state, on + timedelta(days=later)) for later in (0, days)]
            if all(dues):
                assert dues[0] <= dues[1], (state, on)  # type: ignore[operator]


def evaluation(state: str | None, received: date) -> date | None:
    raw = {
        "gameplan": 1, "child": {"state": state},
        "facts": [{"id": "f1", "kind": "consent-given", "on": received.isoformat(),
                   "data": {"for": "initial-evaluation", "received": received.isoformat()}}],
    }  # fmt: skip
    found = standing(read_case(raw, vocabulary()), received)
    return next((duty.due_earliest for duty in found.duties if duty.clock == "initial-evaluation"), None)


def test_every_case_goes_out_and_comes_back_as_it_was() -> None:
    for seed in range(500):
        case, _ = made(seed)
        assert read_case(case_json(case), vocabulary()) == case, seed
