"""The published JSON Schema and the reader agree on what a case file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json, case_schema
from gameplan.core.faults import CaseFileError
from gameplan.exchange.case_zip import schema_text
from gameplan.law import vocabulary
from tests.exchange.told import TOLD

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
ASKED = {"id": "f1", "kind": "evaluation-requested", "on": "2025-09-03"}
SCHEMA = case_schema(vocabulary())


def faults(raw: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(raw)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(schema_text()) == SCHEMA


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 12


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_the_schema_as_written_and_as_written_again(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert faults(raw) == []
    assert faults(case_json(read_case(raw, vocabulary()))) == []


def test_a_case_with_everything_in_it_fits_the_schema() -> None:
    assert faults(case_json(TOLD)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"gameplan": 2},
        {"child": None},
        {"facts": None},
        {"extra": 1},
        {"child": {"state": "Texas"}},
        {"facts": [ASKED | {"kind": "magic"}]},
        {"facts": [ASKED | {"on": "tomorrow"}]},
        {"facts": [ASKED | {"data": {"colour": "red"}}]},
        {"calendars": [{"first_day": "2025-08-13"}]},
        {"letters": [{"id": "l1"}]},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(wrong: dict[str, Any]) -> None:
    raw = case_json(TOLD) | wrong
    assert faults(raw) != []
    with pytest.raises(CaseFileError):
        read_case(raw, vocabulary())
