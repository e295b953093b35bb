"""Every letter and notice is whole in States that differ much: no blank, no placeholder, no other State's rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gameplan.core.facts import Case, Child
from gameplan.law import law_for, states
from gameplan.letters import compose, fields_of, given, suggest
from gameplan.letters.offering import family_letters, school_notices
from gameplan.letters.phrases import LANGUAGES, SPANISH_STATES
from tests.letters.golden import EXAMPLES

DAY = date(2025, 11, 14)
STATES = ("TX", "CA", "NY", "IL", "FL", "MA", "AK")
LEFT_OPEN = re.compile(r"[{}\[\]]|__|\bNone\b|\bTODO\b|  |\n\n\n| [.,;:](?!\w)|\(\)|: *\n(?!\n|-)|\bundefined\b")
CHILD = Child("Ana Lopez", date(2016, 5, 2), None, "3", "Oak School", "Oak District")


def typed(kind: str, lang: str) -> dict[str, str]:
    """Every field that one may fill in, as its own example says."""
    return {one.id: one.example for one in fields_of(kind, lang) if not one.given and one.type != "date"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", [known.id for known in (*family_letters(), *school_notices())])
def test_a_letter_is_whole_in_each_state(kind: str, state: str, lang: str) -> None:
    law = law_for(state, on=DAY)
    case = Case(replace(CHILD, state=state))
    dates = {one.id: "2025-10-20" for one in fields_of(kind) if one.type == "date" and not one.given}
    known = {name: value for name, value in suggest(kind, case, law, lang=lang, on=DAY).items() if value}
    full = compose(kind, lang, dates | typed(kind, lang) | known | given(kind, law, lang=lang, on=DAY))
    needed = {one.id for one in fields_of(kind) if one.required} | {"phone"}
    bare = {name: value for name, value in (dates | typed(kind, lang)).items() if name in needed}
    for letter in (full, compose(kind, lang, bare | known | given(kind, law, lang=lang, on=DAY))):
        assert not LEFT_OPEN.search(letter.plain()), letter.plain()
        assert not others_named(letter.plain(), state, lang)
        assert all(rule.partition(":")[0] in ("us", state) for rule in letter.rules)


def others_named(text: str, state: str, lang: str) -> set[str]:
    """The names of other States in the text, but for Washington, which is also a city and a first name."""
    names = {
        SPANISH_STATES.get(code, name) if lang == "es" else name for code, name in states().items() if code != state
    }
    return {name for name in names - {"Washington"} if re.search(rf"\b{re.escape(name)}\b", text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_of_another_state_would_be_found(lang: str) -> None:
    texas = next(one for one in EXAMPLES if str(one) == f"evaluation-request-texas-{lang}").letter().plain()
    assert others_named(texas, "CA", lang) == {"Texas"}
    assert LEFT_OPEN.search("I ask {school} for ____")
