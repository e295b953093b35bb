"""Each notice holds every item that the law wants in it; what is taken out stops it, with the item and its citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from gameplan.law import law_for
from gameplan.law.content_check import MISSING
from gameplan.law.contents import DESCRIBED, content_list
from gameplan.letters import composing, kind_of, school_notices
from gameplan.letters.phrases import LANGUAGES
from gameplan.letters.wording import Wording, wording_of
from gameplan.notices import checking
from tests.letters.golden import EXAMPLES, Example
from tests.reading import LEAST_EASE, MOST_GRADE, ease, grade

HOLDING = [known.id for known in school_notices() if known.contains]
WHOLE = [one for one in EXAMPLES if one.kind in HOLDING]
LAW = law_for(None)
DAY = date(2025, 11, 14)


def faults(kind: str, values: dict[str, str], lang: str = "en") -> list[tuple[str, str, str]]:
    return [(one.where, one.what, one.mend) for one in checking.faults_in(kind, values, LAW, DAY, lang)]


def stops(found: list[tuple[str, str, str]], kind: str, item: str) -> bool:
    """True if a fault names the item and its citation."""
    contains = kind_of(kind).contains
    assert contains
    asked = content_list(contains.list_id).item(item)
    return any(asked.text in what and mend == f"({', '.join(asked.cite)})" for _where, what, mend in found)


def needed(example: Example) -> Iterator[str]:
    """The items that the law wants in this example."""
    checked = checking.check(example.kind, example.values)
    assert checked
    yield from (one.item for one in checked.findings if one.item != checking.NATIVE)


def test_only_the_cover_of_the_list_has_no_list_of_its_own() -> None:
    assert {known.id for known in school_notices()} - set(HOLDING) == {"safeguards-notice-cover"}


@pytest.mark.parametrize("kind", HOLDING)
def test_every_item_of_the_list_has_a_place(kind: str) -> None:
    known = kind_of(kind)
    assert known.contains
    items = {one.id: one.need for one in content_list(known.contains.list_id).items}
    held = {*known.contains.items, *known.contains.words}
    assert held <= set(items)
    assert {name for name, need in items.items() if need not in DESCRIBED} - {checking.NATIVE} <= held
    assert not set(known.contains.items) & set(known.contains.words)
    assert {name for fields in known.contains.items.values() for name in fields} <= {one.id for one in known.fields}


@pytest.mark.parametrize("kind", HOLDING)
def test_a_circumstance_is_one_of_the_list_and_its_answer_is_there(kind: str) -> None:
    known = kind_of(kind)
    assert known.contains
    needs = {one.need for one in content_list(known.contains.list_id).items} - {"always", *DESCRIBED}
    assert set(known.contains.circumstances) == needs
    for where in known.contains.circumstances.values():
        name, _dot, answer = where.partition(".")
        field = known.field(name)
        assert field
        assert not answer or answer in {one.id for one in field.options}


@pytest.mark.parametrize("example", WHOLE, ids=str)
def test_a_whole_notice_can_be_finished(example: Example) -> None:
    assert faults(example.kind, example.values, example.lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", HOLDING)
def test_the_words_print_the_citations_in_each_language(kind: str, lang: str) -> None:
    known = kind_of(kind)
    assert known.contains
    cites = {cite for cites in known.contains.words.values() for cite in cites}
    printed = {cite for one in EXAMPLES if (one.kind, one.lang) == (kind, lang) for cite in one.letter().cites}
    assert cites <= printed


@pytest.mark.parametrize("kind", HOLDING)
def test_some_example_needs_each_item(kind: str) -> None:
    known = kind_of(kind)
    assert known.contains
    items = {one.id for one in content_list(known.contains.list_id).items if one.need not in DESCRIBED}
    assert {name for one in WHOLE if one.kind == kind for name in needed(one)} == items - {checking.NATIVE}


@pytest.mark.parametrize("example", [one for one in WHOLE if one.lang == "en"], ids=str)
def test_a_field_that_is_taken_out_stops_it_and_says_what_is_missing(example: Example) -> None:
    contains = kind_of(example.kind).contains
    assert contains
    for item in set(needed(example)) & set(contains.items):
        # What was decided is asked for by the form itself; without it nothing can be told of the rest.
        less = {name: value for name, value in example.values.items() if name not in contains.items[item]}
        assert stops(faults(example.kind, less), example.kind, item), item


@pytest.mark.parametrize("example", [one for one in WHOLE if one.lang == "en"], ids=str)
def test_words_that_are_taken_out_stop_it_and_it_says_what_is_missing(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    contains = kind_of(example.kind).contains
    assert contains
    for item in set(needed(example)) & set(contains.words):
        cite = contains.words[item][0]
        monkeypatch.setattr(composing, "wording_of", lambda kind, lang, cite=cite: without(kind, lang, cite))
        assert stops(faults(example.kind, example.values), example.kind, item), item


def without(kind: str, lang: str, cite: str) -> Wording:
    """The words of a notice without the lines that print the citation."""
    bare, whole = cite.removeprefix("34 CFR "), wording_of(kind, lang)
    body = tuple(
        tuple(replace(line, words="") if bare in line.words else line for line in paragraph)
        for paragraph in whole.sections["body"]
    )
    return Wording({**whole.sections, "body": body})


def test_what_the_law_does_not_allow_together_stops_it() -> None:
    yes = next(one for one in WHOLE if one.kind == "eligibility-notice" and one.name == "yes" and one.lang == "en")
    assert faults(yes.kind, yes.values | {"factor": "english"})[0][2] == "(34 CFR 300.306(b)(1))"
    both = next(one for one in WHOLE if one.kind == "manifestation-notice" and one.name == "no" and one.lang == "en")
    assert [mend for *_rest, mend in faults(both.kind, both.values | {"caused": "yes"})] == ["(34 CFR 300.530(e)(2))"]


def test_an_answer_that_is_not_chosen_is_not_told() -> None:
    checked = checking.check("excusal", {"member": "Ms. Dale"})
    assert checked
    answers = {one.item: one.answer for one in checked.findings}
    assert (answers["who"], answers["consent"]) == ("there", "cannot-tell")
    assert MISSING not in answers.values()


@pytest.mark.parametrize(("tiers", "asked"), [("two", True), ("one", False), ("", None)])
def test_a_second_step_is_asked_for_where_the_state_has_one(tiers: str, asked: bool | None) -> None:
    values = next(one for one in WHOLE if one.kind == "safeguards-notice").values | {"tiers": tiers}
    checked = checking.check("safeguards-notice", values)
    assert checked
    found = next((one.answer for one in checked.findings if one.item == "state-review"), None)
    assert (found is not None) == (asked is not False)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.kind == "safeguards-notice"], ids=str)
def test_the_list_of_rights_is_easy_to_read(example: Example) -> None:
    texts = [text for block in example.letter().blocks for text in block.texts]
    if example.lang == "en":
        assert grade(texts) <= MOST_GRADE
    else:
        assert ease(texts) >= LEAST_EASE
