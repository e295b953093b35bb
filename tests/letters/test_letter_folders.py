"""Each letter's folder is whole: its fields, words, citations and examples agree, in both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gameplan.law import law_for, states, vocabulary
from gameplan.law.paths import dispute_paths
from gameplan.letters import BrokenLetter, UnknownLetter, compose, fields_of, kind_of, kinds, topics
from gameplan.letters.folders import folder_of
from gameplan.letters.phrases import LANGUAGES
from gameplan.letters.suggestions import SOURCES
from gameplan.letters.wording import SECTIONS, read_wording, wording_of
from tests.letters.golden import EXAMPLES, Example

CITED = re.compile(r"\b\d{2,3}\.\d+(?:\([a-z0-9]+\))*|OSEP Memo \d\d-\d\d")


def cited(kind: str, lang: str) -> set[str]:
    sections = wording_of(kind, lang).sections.values()
    words = "\n".join(line.words for part in sections for paragraph in part for line in paragraph)
    return set(CITED.findall(words))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_makes_its_letter_word_for_word(example: Example) -> None:
    assert example.letter().plain() == example.golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", kinds())
def test_a_letter_has_several_examples(kind: str) -> None:
    assert len([one for one in EXAMPLES if one.kind == kind]) >= 2 * len(LANGUAGES)


@pytest.mark.parametrize("kind", kinds())
def test_some_example_gives_each_field(kind: str) -> None:
    given = {name for one in EXAMPLES if one.kind == kind for name, value in one.values.items() if value}
    assert given == {field.id for field in fields_of(kind)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", kinds())
def test_the_words_use_exactly_the_fields(kind: str, lang: str) -> None:
    recorded = {"date"} | {field.id for field in fields_of(kind) if field.type == "rule"}
    assert wording_of(kind, lang).places() == {field.id for field in fields_of(kind)} - recorded


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", kinds())
def test_a_condition_names_an_answer_that_the_choice_has(kind: str, lang: str) -> None:
    there = {f"{one.id}.{option.id}" for one in fields_of(kind) if one.type == "choice" for option in one.options}
    record = kind_of(kind).records
    only_with = {record.only_with} if record and "." in record.only_with else set()
    assert wording_of(kind, lang).answers() | only_with <= there


@pytest.mark.parametrize("kind", kinds())
def test_every_language_says_the_same_under_the_same_conditions(kind: str) -> None:
    def conditions(lang: str) -> list[object]:
        sections = wording_of(kind, lang).sections
        return [
            (section, number, line.role, line.needs, line.needs_not)
            for section in SECTIONS
            for number, paragraph in enumerate(sections.get(section, ()))
            for line in paragraph
        ]

    found = [list(dict.fromkeys(conditions(lang))) for lang in LANGUAGES]
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", kinds())
def test_each_citation_in_the_words_is_listed_with_its_source(kind: str, lang: str) -> None:
    listed = {cite.text.removeprefix("34 CFR ") for cite in kind_of(kind).cites}
    assert cited(kind, lang) == listed
    assert all(cite.source.startswith("https://") for cite in kind_of(kind).cites)


@pytest.mark.parametrize("kind", kinds())
def test_it_rests_on_rules_that_are_in_the_law(kind: str) -> None:
    law = law_for(None)
    assert all(law.clock(rule) for rule in kind_of(kind).rests_on)


@pytest.mark.parametrize("kind", kinds())
def test_the_fact_that_sending_records_is_in_the_vocabulary(kind: str) -> None:
    record = kind_of(kind).records
    if record is not None:
        told = vocabulary().kinds[record.kind]
        assert all(told.field(name) for name in (*record.facts, record.arrives))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", kinds())
def test_a_page_can_ask_for_each_field_in_words(kind: str, lang: str) -> None:
    for field in fields_of(kind, lang):
        assert field.label
        assert field.source in ("", *SOURCES)
        assert field.given or (field.group and field.help and field.example)
        assert all(option.label for option in field.options)
        assert bool(field.options) == (field.type in ("choice", "choices"))


@pytest.mark.parametrize("kind", [one for one in kinds() if "parent" in kind_of(one).signed_by])
def test_a_letter_of_a_family_says_when_it_fits(kind: str) -> None:
    law, known = law_for(None), kind_of(kind)
    clocks = {clock.id for state in (None, *states()) for clock in law_for(state).clocks}
    assert known.topic in topics()
    for use in (kind_of(kind, lang).use for lang in LANGUAGES):
        assert use
        assert all((use.when, use.when_not, use.then))
    assert set(known.fits.options) <= {option.id for option in law.options}
    assert set(known.fits.late) <= clocks
    assert set(known.fits.ways) <= {path.id for path in dispute_paths()}
    assert known.answer is None or known.answer.rule in {clock.id for clock in law.clocks}


def test_a_letter_that_the_law_names_says_so_itself() -> None:
    law = law_for(None)
    named = [(option.letter, option.id) for option in law.options if option.letter]
    ways = [(path.letter, path.id) for path in dispute_paths() if path.letter]
    assert all(option in kind_of(kind).fits.options for kind, option in named)
    assert all(way in kind_of(kind).fits.ways for kind, way in ways)


def test_labels_are_in_the_language_asked_for() -> None:
    english, spanish = (fields_of("evaluation-request", lang)[0].label for lang in LANGUAGES)
    assert (english, spanish) == ("Your child's full name", "Nombre completo de su hijo o hija")


def test_an_unknown_letter_or_language_says_what_there_is() -> None:
    with pytest.raises(UnknownLetter, match="evaluation-request"):
        fields_of("love-letter")
    with pytest.raises(UnknownLetter, match="en and es"):
        fields_of("evaluation-request", "xx")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("words before any section", r"text\.txt:1: words before the first section"),
        ("[title]\nA\n\n[titel]\nB", r"text\.txt:4: \[titel\] is unknown"),
        ("[title]\nA\n[title]\nB", r"text\.txt:3: \[title\] is unknown or stands twice"),
        ("[body]\n?Areas: words", r"text\.txt:2: a condition reads"),
        ("[body]\n?areas !outside words", r"text\.txt:2: the colon"),
    ],
)
def test_a_broken_text_file_is_refused_with_the_line(text: str, place: str) -> None:
    with pytest.raises(BrokenLetter, match=place):
        read_wording(text, "text.txt")


@pytest.fixture
def second_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second letter, made as the README says: a copy of the first one's folder under another name."""
    folder = tmp_path / "second_letter"
    shutil.copytree(folder_of("evaluation-request"), folder)
    toml = folder / "letter.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "evaluation-request"', 'id = "second-letter"'), "utf-8")
    monkeypatch.setattr("gameplan.letters.folders.ROOM", tmp_path)
    forget()
    yield folder
    forget()


def forget() -> None:
    kind_of.cache_clear()
    wording_of.cache_clear()


def test_a_second_letter_is_a_copy_of_a_folder(second_letter: Path) -> None:
    text = second_letter / "text.en.txt"
    text.write_text(text.read_text("utf-8") + "\n[closing]\nWith thanks,\n", "utf-8")
    assert kinds() == ("second-letter",)
    values = next(one.values for one in EXAMPLES if one.kind == "evaluation-request")
    assert compose("second-letter", "en", values).closing == "With thanks,"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('id = "second-letter"', 'id = "other"', 'Write id = "second-letter"'),
        ('type = "line"', 'type = "number"', "field \"child_language\": type is 'number'. Use one of line"),
    ],
)
def test_a_broken_folder_is_refused_with_the_mend(second_letter: Path, right: str, wrong: str, said: str) -> None:
    toml = second_letter / "letter.toml"
    toml.write_text(toml.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    with pytest.raises(BrokenLetter, match=said):
        kind_of("second-letter")


def test_a_letter_need_not_record_a_fact(second_letter: Path) -> None:
    toml = second_letter / "letter.toml"
    toml.write_text(toml.read_text("utf-8").replace("[records]", "[unused]"), "utf-8")
    assert kind_of("second-letter").records is None


@pytest.mark.parametrize("kind", [one for one in kinds() if kind_of(one).frame])
def test_a_letter_that_is_on_its_way_says_all_that_its_fact_needs(kind: str) -> None:
    known = kind_of(kind)
    record = known.records
    if record is None:
        return
    told = vocabulary().kinds[record.kind]
    said = {*record.facts, *record.taken, *record.latest, record.arrives, record.sends}
    # A notice of the school gets the day on which it was delivered from its delivery.
    said |= {told.main_date} if "school" in known.signed_by else set()
    assert {field.name for field in told.fields if field.required} <= said
    for name, letter_field in record.taken.items():
        field, asked = told.field(name), known.field(letter_field)
        assert field
        assert asked
        if field.values:
            assert {option.id for option in asked.options} <= set(field.values)
    assert record.only_with == "" or known.field(record.only_with.partition(".")[0])
    assert set(record.latest.values()) <= set(vocabulary().kinds)
