"""What sending a letter of a family adds to the timeline is a whole fact, as the vocabulary wants it."""

from __future__ import annotations

import pytest

from gameplan.core.casefile import check_fact
from gameplan.law import vocabulary
from gameplan.letters import data_of, is_recorded, kind_of, recorded
from tests.letters.golden import EXAMPLES, Example

DAY = "2025-11-14"
RECORDING = [one for one in EXAMPLES if kind_of(one.kind).records and "parent" in kind_of(one.kind).signed_by]


@pytest.mark.parametrize("example", RECORDING, ids=str)
def test_the_fact_is_whole(example: Example) -> None:
    record = recorded(kind_of(example.kind).records, example.values)
    if record is None:
        return
    kind = vocabulary().kinds[record.kind]
    said = {record.arrives: DAY, record.sends: DAY, **dict.fromkeys(record.latest, "f9")}
    told = {name: value for name, value in said.items() if kind.field(name)}
    data = data_of(record, kind, example.values) | told
    _fact, faults = check_fact({"id": "f1", "kind": record.kind, "on": DAY, "data": data}, vocabulary())
    assert [str(fault) for fault in faults] == []


def test_only_a_request_for_an_evaluation_is_taken_back_on_the_timeline() -> None:
    record = kind_of("request-withdrawal").records
    assert record
    assert is_recorded(record, {"what": "evaluation"})
    assert not is_recorded(record, {"what": "mediation"})


def test_a_part_of_a_later_iep_is_an_answer_and_of_the_first_one_permission() -> None:
    records = kind_of("consent-partial").records
    first, later = recorded(records, {"first": "yes"}), recorded(records, {"first": ""})
    assert first
    assert later
    assert (first.kind, later.kind, dict(later.facts)) == ("consent-given", "iep-answered", {"answer": "partly"})
