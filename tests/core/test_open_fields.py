"""What is asked of a fact is asked in words, never by the name of a field."""

from __future__ import annotations

import pytest

from gameplan.core.sentences import OPEN_FIELDS
from gameplan.law import law_for, states


@pytest.mark.parametrize("place", [None, *states()])
def test_every_field_that_a_rule_asks_for_has_words(place: str | None) -> None:
    asked = set()
    for clock in law_for(place).clocks:
        excuses = tuple(rule.when for rule in clock.exceptions if rule.when)
        conditions = tuple(m for c in clock.applies_if + clock.unless for m in (c.fact, c.no_fact) if m)
        for match in clock.trigger + clock.also_from + clock.done_when + clock.falls_away_when + excuses + conditions:
            asked |= set(match.where)
    assert asked - {"age"} <= set(OPEN_FIELDS)
