"""The lists of the case file that only other rooms read: what the reader refuses, the schema refuses too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json, case_schema
from gameplan.core.faults import CaseFileError
from gameplan.core.record_shapes import SAYS, SHAPES, columns_of, part_of, told_row
from gameplan.law import vocabulary

AT = "2025-09-03T20:15:00+00:00"
CHOICE = {
    "id": "1", "person": "rosa", "to": "", "by_email": True, "address": "r@example.org", "on": "2025-09-03",
    "how": "here", "by": "rosa", "role": "parent", "at": AT,
}  # fmt: skip
HELP = {
    "id": "k", "what": "oral", "about": "", "for_what": "", "person": "rosa", "to": "", "lang": "es",
    "asked_on": "2025-09-03", "needed_by": None, "done_on": None, "by_whom": "", "understood": None,
}  # fmt: skip

NOTED = {
    "on": "2025-09-03", "note": "", "person": "tess", "role": "special-teacher", "side": "school", "corrects": None,
    "withdrawn": False, "at": AT,
}  # fmt: skip
SESSION = {
    "id": "1", **NOTED, "plan_kind": "iep", "field": "related-services", "row": "r1", "minutes": 30,
    "what": "delivered", "reason": "", "makes_up": None, "in_group": None,
}  # fmt: skip
TERMS = {
    "title": "Words", "rises": True, "baseline": "42.5", "baseline_on": "2025-09-03", "target": None,
    "target_on": None, "why": "", "person": "tess", "role": "special-teacher", "at": AT,
}  # fmt: skip
INCIDENT = {
    **NOTED, "number": 1, "time": "09:05:00", "place": "", "antecedent": "", "behavior": "", "consequence": "",
    "minutes": None, "intensity": 2,
}  # fmt: skip
MEASURE: dict[str, Any] = {
    "id": "m1",
    "about": "goal",
    "plan_kind": "iep",
    "row": "g1",
    "support": "",
    "way": "rate",
    "top": None,
    "prompt": "",
    "side": "school",
    "ended": None,
    "person": "tess",
    "role": "special-teacher",
    "at": AT,
    "terms": [],
    "points": [],
    "changes": [],
    "decisions": [],
    "incidents": [],
    "summaries": [],
    "behavior_plans": [],
}


def case(**lists: object) -> dict[str, Any]:
    return {"gameplan": 1, "child": {}, "facts": [], **lists}


def test_what_is_in_order_is_read_and_written_as_it_was() -> None:
    told = case(delivery_choices=[CHOICE], language_help=[HELP])
    read = read_case(told, vocabulary())
    assert {name: list(rows) for name, rows in read.records.items()} == {
        "delivery_choices": [CHOICE], "language_help": [HELP],
    }  # fmt: skip
    again = case_json(read)
    assert (again["delivery_choices"], again["language_help"]) == ([CHOICE], [HELP])
    assert read_case(case(), vocabulary()).records == {}


@pytest.mark.parametrize(
    "change",
    [
        {"by_email": None}, {"by_email": "yes"}, {"on": None}, {"on": "soon"}, {"person": 3}, {"to": None},
        {"role": "x" * 41}, {"id": "a/b"}, {"id": ""}, {"id": 1}, {"more": 1},
    ],
)  # fmt: skip
def test_reader_and_schema_refuse_the_same(change: dict[str, object]) -> None:
    told = case(delivery_choices=[CHOICE | change])
    assert list(Draft202012Validator(case_schema(vocabulary())).iter_errors(told))
    with pytest.raises(CaseFileError):
        read_case(told, vocabulary())


@pytest.mark.parametrize("change", [
    {"minutes": True}, {"minutes": -1}, {"minutes": 30.5}, {"minutes": "30"}, {"minutes": 10**7}, {"minutes": None},
    {"corrects": "1"}, {"corrects": 1.5}, {"withdrawn": 0}, {"in_group": "no"}, {"what": "x" * 21},
])  # fmt: skip
def test_reader_and_schema_refuse_the_same_of_a_session(change: dict[str, object]) -> None:
    refused_by_both(case(service_logs=[SESSION | change]))


@pytest.mark.parametrize("change", [
    {"baseline": 42}, {"baseline": "-1"}, {"baseline": "1e3"}, {"baseline": "1.2345"}, {"baseline": ""},
    {"rises": None}, {"title": None},
])  # fmt: skip
def test_reader_and_schema_refuse_the_same_of_an_aim(change: dict[str, object]) -> None:
    refused_by_both(case(measures=[MEASURE | {"terms": [TERMS | change]}]))


@pytest.mark.parametrize("change", [{"time": "9:05"}, {"time": "25:00"}, {"time": 9}, {"intensity": 40_000}])
def test_reader_and_schema_refuse_the_same_of_an_incident(change: dict[str, object]) -> None:
    refused_by_both(case(measures=[MEASURE | {"incidents": [INCIDENT | change]}]))


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_what_was_measured_is_an_object(data: object) -> None:
    refused_by_both(case(measures=[MEASURE | {"points": [NOTED | {"number": 1, "data": data}]}]))


def test_progress_in_order_is_read_as_it_was() -> None:
    rows = {"terms": [TERMS], "incidents": [INCIDENT], "points": [NOTED | {"number": 1, "data": {"b": [1.5], "a": 2}}]}
    told = case(measures=[MEASURE | rows], service_logs=[SESSION])
    assert not list(Draft202012Validator(case_schema(vocabulary())).iter_errors(told))
    again = case_json(read_case(told, vocabulary()))
    assert (again["measures"], again["service_logs"]) == (told["measures"], told["service_logs"])
    columns = columns_of(part_of("measures", "incidents"), INCIDENT)
    assert columns["at"] == time(9, 5)
    columns = columns_of(part_of("measures", "terms"), TERMS)
    assert (str(columns["baseline"]), columns["target"]) == ("42.500", None)
    assert told_row(part_of("measures", "terms"), SimpleNamespace(**columns)) == TERMS


def refused_by_both(told: dict[str, Any]) -> None:
    assert list(Draft202012Validator(case_schema(vocabulary())).iter_errors(told))
    with pytest.raises(CaseFileError):
        read_case(told, vocabulary())


@pytest.mark.parametrize("at", ["2025-09-03T20:15:00", "yesterday", 7])
def test_a_moment_has_its_time_zone(at: object) -> None:
    with pytest.raises(CaseFileError, match="not a moment"):
        read_case(case(delivery_choices=[CHOICE | {"at": at}]), vocabulary())


def test_every_fault_is_told() -> None:
    short = {name: value for name, value in CHOICE.items() if name != "how"}
    told = case(delivery_choices=[short | {"on": "soon"}, CHOICE, CHOICE], language_help={"id": "k"}, retention=["x"])
    with pytest.raises(CaseFileError) as refused:
        read_case(told, vocabulary())
    assert len(refused.value.faults) == 6  # a name, a day, two ids, a list, an object


def test_a_row_becomes_columns_and_a_row_again() -> None:
    columns = columns_of(SHAPES["delivery_choices"], CHOICE)
    assert (columns["on"], columns["at"]) == (date(2025, 9, 3), datetime(2025, 9, 3, 20, 15, tzinfo=UTC))
    assert {"id": "1", **told_row(SHAPES["delivery_choices"], SimpleNamespace(**columns))} == CHOICE
    assert set(SAYS) == set(SHAPES)
