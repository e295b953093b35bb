"""What a State decides beside its time limits, in sentences."""

from __future__ import annotations

import pytest

from gameplan import guide
from gameplan.law import law_for
from gameplan.law.library import states
from gameplan.tongues import LANGUAGES


def told(state: str | None, lang: str = "en") -> list[str]:
    return [fact.text for fact in guide.facts_of(law_for(state), lang)]


def test_texas_says_ages_hearings_and_permission() -> None:
    found = told("TX")
    assert "The rights of special education pass to the student at 18." in found
    assert "There is one hearing. Who does not agree with the decision goes to court." in found
    assert any(text.startswith("Your written yes is needed for the first services.") for text in found)


def test_new_york_has_two_levels_of_hearings_and_its_age_wants_a_check() -> None:
    assert any(text.startswith("There are two levels") for text in told("NY"))
    ends = next(fact for fact in guide.facts_of(law_for("NY")) if "22" in fact.text)
    assert not ends.sure


@pytest.mark.parametrize("state", sorted(states()))
def test_every_state_says_something_alike_in_each_language(state: str) -> None:
    counts = {len(told(state, lang)) for lang in LANGUAGES}
    assert len(counts) == 1
    assert counts != {0}
    assert not any("{" in text or "None" in text for lang in LANGUAGES for text in told(state, lang))


def test_federal_law_alone_says_nothing_here() -> None:
    assert told(None) == []
