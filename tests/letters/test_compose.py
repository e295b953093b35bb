"""Composing: nothing is left blank, what is typed stays words, and the hash is of the words."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.letters import MissingFields, WrongFields, compose, fields_of
from gameplan.letters.phrases import LANGUAGES, day_in_words
from gameplan.letters.wording import filled
from tests.letters.golden import EXAMPLES, Example

KIND = "evaluation-request"
FULL = next(one.values for one in EXAMPLES if (one.kind, one.name, one.lang) == (KIND, "rule-read-in-summary", "en"))
REQUIRED = tuple(field.id for field in fields_of(KIND) if field.required)
OPTIONAL = tuple(sorted(set(FULL) - set(REQUIRED)))


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_missing_value_stops_the_letter_with_its_label(missing: str) -> None:
    with pytest.raises(MissingFields) as stopped:
        compose(KIND, "en", FULL | {missing: "   "})
    assert stopped.value.ids == (missing,)
    assert stopped.value.fields[0].label in str(stopped.value)


def test_everything_missing_is_told_at_once_in_the_language_of_the_letter() -> None:
    with pytest.raises(MissingFields) as stopped:
        compose(KIND, "es", {})
    assert stopped.value.ids == (
        "child", "concerns", "school", "district", "parent", "relation", "address", "phone", "email", "date",
    )  # fmt: skip
    assert "Su nombre" in str(stopped.value)


def test_one_way_to_reach_the_family_is_enough() -> None:
    values = {name: value for name, value in FULL.items() if name not in ("address", "phone")}
    assert compose(KIND, "en", values).sender == ("Linh Nguyễn", "linh@example.org")


@settings(max_examples=60, deadline=None)
@given(kept=st.sets(st.sampled_from(OPTIONAL)), lang=st.sampled_from(LANGUAGES))
def test_whatever_is_left_out_no_blank_is_left_behind(kept: set[str], lang: str) -> None:
    values = {name: FULL[name] for name in (*REQUIRED, *kept, "phone")}
    if "answer_length" not in kept or "answer_cite" not in kept:
        values = {name: value for name, value in values.items() if not name.startswith("answer_")}
    elif "answer_step" not in kept or "state" not in kept:
        values |= {"answer_step": FULL["answer_step"], "state": FULL["state"]}
    text = compose(KIND, lang, values).plain()
    assert not re.search(r"[{}]|  |\n\n\n| [.,;:]|\(\)|: *\n(?!\n)|None", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_family_types_stays_words(lang: str) -> None:
    typed = "## Loud heading\n- {parent} ?areas: x\n#strong[no] $x$ <b>&amp;</b>"
    letter = compose(KIND, lang, FULL | {"concerns": typed, "child": "## {school}"})
    headings = [block.text for block in letter.blocks if block.kind == "heading"]
    items = next(block.texts for block in letter.blocks if block.kind == "items")
    assert len(headings) == 2
    assert "Loud heading" not in headings
    assert items == ("## Loud heading", "{parent} ?areas: x", "#strong[no] $x$ <b>&amp;</b>")
    assert letter.about[0][1] == "## {school}"


def test_hidden_marks_and_needless_space_go() -> None:
    letter = compose(KIND, "en", FULL | {"child": " Ana\u202e\x07 \t Lopez\r\n", "concerns": "a\r\n\r\n b \rc"})
    assert letter.about[0] == ("Child", "Ana Lopez")
    assert next(block.texts for block in letter.blocks if block.kind == "items") == ("a", "b", "c")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "September 3", "is not a day"),
        ("born", "2016-02-30", "is not a day"),
        ("relation", "uncle", "is not one of the answers"),
        ("child", "x" * 301, "301 characters"),
        ("favorite_color", "blue", "no such field"),
    ],
)
def test_a_wrong_value_is_refused_by_name(field: str, value: str, said: str) -> None:
    with pytest.raises(WrongFields, match=f"{field}: .*{said}"):
        compose(KIND, "en", FULL | {field: value})


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_hash_is_of_the_plain_text(example: Example) -> None:
    letter = example.letter()
    assert letter.sha256 == hashlib.sha256(letter.plain().encode()).hexdigest()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_it_promises_no_day_that_nobody_gave(example: Example) -> None:
    day = r"(?:[A-Z][a-z]+ \d{1,2}, \d{4})|(?:\d{1,2} de [a-z]+ de \d{4})"
    given_days = {
        day_in_words(date.fromisoformat(value), example.lang)
        for value in example.values.values()
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    }
    typed = {found for value in example.values.values() for found in re.findall(day, value)}
    memo = {day_in_words(date(2011, 1, 21), example.lang)}
    assert set(re.findall(day, example.letter().plain())) <= given_days | typed | memo


def test_the_guard_against_waiting_stands_only_where_supports_are_running() -> None:
    without = {name: value for name, value in FULL.items() if name != "supports"}
    assert "MTSS" in compose(KIND, "en", FULL).plain()
    assert "MTSS" not in compose(KIND, "en", without).plain()


def test_a_firm_rule_is_said_plainly_and_a_rule_from_a_summary_is_not() -> None:
    firm = compose(KIND, "en", FULL | {"answer_sure": "yes"}).plain()
    assert "Under Rule 6A-6.0331(3)(c), F.A.C., Florida gives the school 30 calendar days" in firm
    assert "As I understand" not in firm
    assert "As I understand Rule 6A-6.0331(3)(c), F.A.C.," in compose(KIND, "en", FULL).plain()


def test_a_correction_names_the_letter_it_replaces() -> None:
    letter = compose(KIND, "en", FULL | {"replaces": "2025-08-20"}).plain()
    assert "In place of: my letter of August 20, 2025" in letter


@pytest.mark.parametrize(
    ("words", "said"),
    [("Told: {a}. Next", "Told: Yes. Next"), ("Told: {b}. Next", "Told: no. Next"), ("{a}", "Yes.")],
)
def test_a_full_stop_is_not_doubled(words: str, said: str) -> None:
    assert filled(words, {"a": "Yes.", "b": "no"}) == said
