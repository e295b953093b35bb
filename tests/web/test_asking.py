"""Every kind of fact can be entered with the fields that rules read, and nothing is asked for that no rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gameplan.core.entries import EventKind, Law, Match
from gameplan.law import law_for, states, vocabulary
from gameplan.law.reading import BY_THE_ENGINE, fields_read
from gameplan.letters.suggestions import FIELDS_READ
from gameplan.web.answers import ANSWERS
from gameplan.web.asking import FIELDS, FOR_ONE_KIND
from gameplan.web.forms.fact import HIDDEN, FactForm, asked_fields
from gameplan.web.likely import DERIVED

KINDS = [kind for kind in vocabulary().kinds.values() if kind.id not in DERIVED]
PLACES = [None, *states()]


def asked(kind: EventKind, law: Law) -> set[str]:
    """The fields that the form of this kind asks for, its main date among them."""
    form = FactForm(kind=kind, law=law)
    return {name.removeprefix("data_") for name in form.fields if name.startswith("data_")} | {kind.main_date}


def read_by_entries(law: Law) -> Iterator[tuple[str, str]]:
    """Kind and field of every match in the entries, found without the function under test."""
    for clock in law.clocks:
        excuses = [match for rule in clock.exceptions for match in (rule.when, rule.until) if match]
        conditions = [m for c in clock.applies_if + clock.unless for m in (c.fact, c.no_fact) if m]
        for match in (
            *clock.trigger,
            *clock.also_from,
            *clock.done_when,
            *clock.falls_away_when,
            *excuses,
            *conditions,
        ):
            yield from ((match.event, name) for name in _named(match))


def _named(match: Match) -> set[str]:
    return {*match.where, *match.unlike, *match.same, *((match.on,) if match.on else ())}


@pytest.mark.parametrize("place", PLACES)
def test_whatever_a_rule_reads_can_be_entered(place: str | None) -> None:
    law = law_for(place)
    kinds = {kind.id: kind for kind in KINDS}
    forms = {kind.id: asked(kind, law) | HIDDEN for kind in KINDS}
    lacking = {(kind, name) for kind, name in read_by_entries(law) if kind in kinds and name not in forms[kind]}
    assert lacking == set()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_asked_for_that_no_rule_reads(place: str | None) -> None:
    law = law_for(place)
    reads = fields_read(law)
    by_letters = {kind: set(names) for kind, names in FIELDS_READ.items()}
    needless = {
        (kind.id, name)
        for kind in KINDS
        for name in asked(kind, law) - reads[kind.id] - by_letters.get(kind.id, set()) - {kind.main_date}
    }
    assert needless == set()


def test_a_field_is_asked_for_only_where_a_rule_of_that_state_reads_it() -> None:
    federal = law_for(None)
    bare = replace(federal, clocks=(), options=(), stages=())
    assert asked_fields("iep-adopted", bare) == {"date"}
    assert "has_transition" in asked_fields("iep-adopted", federal)


def test_every_field_that_is_asked_for_has_a_question_and_each_answer_a_name() -> None:
    laws = [law_for(place) for place in PLACES]
    for kind in KINDS:
        for field in kind.fields:
            if field.name in HIDDEN or not any(field.name in asked_fields(kind.id, law) for law in laws):
                continue
            assert (kind.id, field.name) in FOR_ONE_KIND or field.name in FIELDS, (kind.id, field.name)
            for value in field.values:
                assert value in ANSWERS, (kind.id, field.name, value)


def test_what_the_engine_reads_by_itself_is_in_the_vocabulary() -> None:
    kinds = vocabulary().kinds
    for kind, names in BY_THE_ENGINE.items():
        assert all(kinds[kind].field(name) for name in names), kind
