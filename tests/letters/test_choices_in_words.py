"""A line of a letter may depend on one answer of a choice, and so may the fact that sending it records."""

from __future__ import annotations

import pytest

from gameplan.letters import is_recorded
from gameplan.letters.folders import Record
from gameplan.letters.wording import read_wording


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"status": "has an IEP", "status.iep": "yes"}, ["It has one.", "No plan."]),
        ({"status": "has a plan", "status.section-504": "yes"}, []),
        ({}, ["No plan."]),
    ],
)
def test_a_line_stays_with_the_answer_that_it_names(values: dict[str, str], kept: list[str]) -> None:
    wording = read_wording("[body]\n?status.iep: It has one.\n\n!status.section-504: No plan.", "text.txt")
    assert [text for lines in wording.kept("body", values) for _role, text in lines] == kept
    assert wording.places() == {"status"}
    assert wording.answers() == {"status.iep", "status.section-504"}


@pytest.mark.parametrize(
    ("only_with", "values", "is_it"),
    [
        ("", {}, True),
        ("asks", {"asks": "a"}, True),
        ("asks", {}, False),
        ("what.evaluation", {"what": "evaluation"}, True),
        ("what.evaluation", {"what": "mediation"}, False),
    ],
)
def test_a_fact_may_be_recorded_only_with_an_answer(only_with: str, values: dict[str, str], is_it: bool) -> None:
    assert is_recorded(Record("request-withdrawn", "date", {}, only_with=only_with), values) is is_it
