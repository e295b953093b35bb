"""What is written down at a check, and the one number it comes to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.measures.numbers import middle, number, number_said
from gameplan.measures.ways import PROMPTS, Data, Way, WrongData, faults_in, faulty, fields_of, said, unit, value_of

VERBAL = PROMPTS.index("verbal")
ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats(), st.lists(st.integers()))
ANY_DATA = st.dictionaries(
    st.sampled_from(["count", "minutes", "correct", "total", "prompts", "seconds", "percent", "level", "errors", "x"]),
    st.one_of(ANYTHING, st.dictionaries(st.sampled_from([*PROMPTS, "shouting"]), ANYTHING)),
)


@pytest.mark.parametrize(
    ("way", "data", "value"),
    [
        (Way.COUNT, {"count": 7}, 7),
        (Way.COUNT, {"count": 7, "minutes": "20"}, 7),
        (Way.DURATION, {"seconds": 90}, Fraction(3, 2)),
        (Way.PERCENT, {"percent": "62.5"}, Fraction(125, 2)),
        (Way.PERCENT, {"percent": Decimal("0.1")}, Fraction(1, 10)),
        (Way.RUBRIC, {"level": 3}, 3),
        (Way.RATE, {"correct": 72, "errors": 3, "seconds": 60}, 72),
        (Way.RATE, {"correct": 50, "seconds": 90}, Fraction(100, 3)),
        (Way.TRIALS, {"correct": 4, "total": 5}, 80),
        (Way.TRIALS, {"correct": 4, "total": 5, "prompts": "independent"}, 80),
        (Way.TRIALS, {"correct": 4, "total": 5, "prompts": {"independent": 1, "verbal": 3}}, 20),
    ],
)
def test_the_number_of_a_check(way: Way, data: Data, value: Fraction) -> None:
    assert value_of(way, data) == value


@pytest.mark.parametrize(("allowed", "value"), [(None, 20), (0, 20), (VERBAL - 1, 40), (VERBAL, 60), (4, 80)])
def test_an_answer_counts_with_no_more_help_than_the_measure_allows(allowed: int | None, value: int) -> None:
    data = {"correct": 4, "total": 5, "prompts": {"independent": 1, "gestural": 1, "verbal": 1, "physical": 1}}
    assert value_of(Way.TRIALS, data, allowed) == value


@pytest.mark.parametrize(
    ("way", "data", "field", "word"),
    [
        (Way.COUNT, {}, "count", "is empty"),
        (Way.COUNT, {"count": "many"}, "count", "is not a number"),
        (Way.COUNT, {"count": True}, "count", "is not a number"),
        (Way.COUNT, {"count": "2.5"}, "count", "whole number"),
        (Way.COUNT, {"count": -1}, "count", "between"),
        (Way.PERCENT, {"percent": "100.1"}, "percent", "between"),
        (Way.RUBRIC, {"level": 5}, "level", "between"),
        (Way.RATE, {"correct": 5, "seconds": 0}, "seconds", "between"),
        (Way.TRIALS, {"correct": 6, "total": 5}, "correct", "cannot be"),
        (Way.TRIALS, {"correct": 0, "total": 0}, "total", "between"),
        (Way.TRIALS, {"correct": 1, "total": 5, "prompts": "shouting"}, "prompts", "not known"),
        (Way.TRIALS, {"correct": 1, "total": 5, "prompts": ["verbal"]}, "prompts", "not known"),
        (Way.TRIALS, {"correct": 1, "total": 5, "prompts": {"verbal": "x"}}, "prompts", "whole number"),
        (Way.TRIALS, {"correct": 3, "total": 5, "prompts": {"verbal": 2}}, "prompts", "add up to 2, but 3"),
        (Way.DURATION, {"seconds": 5, "hours": 2}, "hours", "not part of this measure"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(way: Way, data: Data, field: str, word: str) -> None:
    (fault,) = faulty(way, data, 4 if way is Way.RUBRIC else None)
    assert fault.field == field
    assert word in ENGLISH.say(fault.says)


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(faults_in(Way.RATE, {"correct": "x", "errors": -1, "colour": "red"})) == 4
    with pytest.raises(WrongData, match="seconds"):
        value_of(Way.RATE, {"correct": 3})


@pytest.mark.parametrize(
    ("way", "data", "words"),
    [
        (Way.TRIALS, {"correct": 4, "total": 5, "prompts": "verbal"}, "4 of 5, with a spoken prompt"),
        (Way.TRIALS, {"correct": 0, "total": 5}, "0 of 5"),
        (Way.TRIALS, {"correct": 3, "total": 5, "prompts": {"model": 1, "independent": 2}},
         "3 of 5: 2 without help, 1 after being shown"),
        (Way.RATE, {"correct": 72, "errors": 3, "seconds": 60}, "72 right a minute, 3 errors"),
        (Way.RATE, {"correct": 72, "errors": 1, "seconds": 60}, "72 right a minute, 1 error"),
        (Way.RATE, {"correct": 72, "seconds": 60}, "72 right a minute"),
        (Way.COUNT, {"count": 3, "minutes": 20}, "3 in 20 minutes"),
        (Way.COUNT, {"count": 1}, "1 time"),
        (Way.DURATION, {"seconds": 90}, "1.5 minutes"),
        (Way.PERCENT, {"percent": 80}, "80%"),
        (Way.RUBRIC, {"level": 2}, "level 2"),
    ],
)  # fmt: skip
def test_how_a_check_is_said(way: Way, data: Data, words: str) -> None:
    assert said(way, value_of(way, data, 4), ENGLISH, data) == words


@pytest.mark.parametrize("way", list(Way))
def test_each_way_has_fields_and_a_unit(way: Way) -> None:
    assert fields_of(way, 4)
    assert ENGLISH.say(unit(way))


@settings(max_examples=20)
@given(st.sampled_from(list(Way)), ANY_DATA, st.one_of(st.none(), st.integers(min_value=0, max_value=4)))
def test_whatever_is_written_has_either_a_number_or_faults(way: Way, data: Data, top: int | None) -> None:
    if faults_in(way, data, top):
        assert all("{" not in ENGLISH.say(fault.text) or fault.values for fault in faults_in(way, data, top))
        with pytest.raises(WrongData):
            value_of(way, data, top)
    else:
        assert value_of(way, data, top) >= 0
        assert said(way, value_of(way, data, top), ENGLISH, data)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.04", "0"),
        ("-0.04", "0"),
        ("0.05", "0.1"),
        ("-0.05", "−0.1"),
        ("9.96", "10"),
        ("72", "72"),
        ("-3.25", "−3.3"),
    ],
)
def test_how_a_number_is_said(value: str, text: str) -> None:
    assert number_said(Fraction(value)) == text


def test_places_after_the_point() -> None:
    assert number_said(Fraction(1, 3), 2) == "0.33"
    assert number_said(Fraction(21, 20), 2) == "1.05"
    assert number_said(Fraction(5, 2), 0) == "3"


@pytest.mark.parametrize("raw", ["", " ", "1e9", "nan", "inf", "1.2.3", "--1", "9" * 30, None, True, float("nan"), []])
def test_what_is_no_number(raw: object) -> None:
    assert number(raw) is None


def test_there_is_no_middle_of_nothing() -> None:
    with pytest.raises(ValueError, match="no middle"):
        middle([])
