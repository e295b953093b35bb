"""What incidents have in common: counts, never verdicts."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.measures.behaviour import Count, Incident, Pair, bars, patterns
from tests.measures.made import day

CHANGE, WRITE, OUT = "Change of activity", "Asked to write", "Taken out of the room"
WORDS = st.sampled_from(["", "a", "A ", "b", "c"])
INCIDENTS = st.lists(
    st.builds(
        Incident,
        on=st.integers(0, 50).map(day),
        at=st.one_of(st.none(), st.times()),
        antecedent=WORDS,
        behaviour=WORDS,
        consequence=WORDS,
        setting=WORDS,
        minutes=st.one_of(st.none(), st.fractions(0, 60)),
        intensity=st.one_of(st.none(), st.integers(1, 5)),
    ),
    max_size=15,
)


def incident(number: int, before: str, after: str = OUT, hour: int = 9) -> Incident:
    return Incident(
        day(number), time(hour, 30), before, "hits the desk", after, "Classroom", Fraction(number % 4 + 1), 2
    )


TEN = [incident(n, CHANGE) for n in range(6)] + [
    incident(6, "change of  ACTIVITY", "Adult talks with him", 13),
    incident(7, WRITE),
    incident(8, WRITE, "Task put away"),
    incident(9, "Loud noise", "", 0),
]


def said(incidents: list[Incident]) -> str:
    return " ".join(map(ENGLISH.say, patterns(incidents).says))


def test_counts_by_hand() -> None:
    found = patterns(TEN)
    assert found.total == 10
    assert found.antecedents == (Count(CHANGE, 7), Count(WRITE, 2), Count("Loud noise", 1))
    assert [count.times for count in found.consequences] == [7, 1, 1]
    assert [(ENGLISH.say(count.name), count.times) for count in found.hours] == [
        ("12 a.m.", 1), ("9 a.m.", 8), ("1 p.m.", 1),
    ]  # fmt: skip
    assert ENGLISH.say(found.weekdays[0].name) == "Monday"
    assert found.pairs[0] == Pair(CHANGE, OUT, 6)


def test_sentences_by_hand() -> None:
    words = said(TEN)
    assert "7 of 10 times, this came before: Change of activity." in words
    assert "What came after most often: Taken out of the room (7 of 10 times)." in words
    assert "A count cannot tell." in words
    assert "Together 6 of 10 times" in words
    assert "Half of them lasted 2 minutes or less; the longest 4." in words


def test_four_incidents_show_no_pattern_and_five_do() -> None:
    assert said(TEN[:4]) == "Times written down: 4. From 5 on, patterns are shown."
    assert "5 of 5 times, this came before" in said(TEN[:5])


def test_what_was_seen_once_leads_nothing() -> None:
    words = said([incident(n, f"thing {n}", f"after {n}") for n in range(6)])
    assert "came before" not in words
    assert "What came after" not in words


def test_bars_have_all_rows_in_the_table_and_eight_in_the_picture() -> None:
    drawn = bars("x", "What came before", [Count(f"thing {n}", 20 - n) for n in range(12)], ENGLISH)
    assert len(drawn.table) == 13
    assert drawn.svg.count("thing") == 8 + 12
    assert "thing 11: 9." in drawn.words


def test_no_bars_say_so() -> None:
    drawn = bars("x", "What came before", [], ENGLISH)
    assert "Nothing is written down yet." in drawn.svg


@settings(max_examples=20)
@given(INCIDENTS)
def test_counts_never_exceed_what_was_written(incidents: list[Incident]) -> None:
    found = patterns(incidents)
    for counts in (found.antecedents, found.consequences, found.settings, found.hours, found.weekdays, found.pairs):
        assert sum(count.times for count in counts) <= found.total
    assert all("{" not in ENGLISH.say(sentence) for sentence in found.says)
