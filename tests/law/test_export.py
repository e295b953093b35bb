"""The law as open data: whole, valid against its own schema, the same text each time, and made without hand lists."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.core.entries import Clock, Option
from gameplan.law.contents import content_lists
from gameplan.law.export import Export, export_law, export_text, jsonable
from gameplan.law.export_schema import DRAFT, _type, export_schema
from gameplan.law.library import federal, state_pack, states, vocabulary


@pytest.fixture(scope="module")
def law() -> dict[str, Any]:
    return json.loads(export_text(export_law()))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = export_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def faults(validator: Any, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def test_the_document_fits_its_schema(law: dict[str, Any], validator: Any) -> None:
    assert validator.schema["$schema"] == DRAFT
    assert faults(validator, law) == []


def test_the_schema_refuses_what_is_wrong(law: dict[str, Any], validator: Any) -> None:
    wrong = json.loads(json.dumps(export_law(["TX"])))
    first = wrong["federal"]["clocks"][0]["clock"]
    first["unit"], first["lenght"] = "fortnight", 3
    wrong["meta"].pop("licence")
    wrong["states"][0]["clocks"][0]["clock"]["in_force"]["first"] = "soon"
    said = "\n".join(faults(validator, wrong))
    assert "fortnight" in said
    assert "lenght" in said
    assert "licence" in said
    assert "soon" in said


def test_the_whole_law_is_in_it(law: dict[str, Any]) -> None:
    pack = federal()
    assert len(law["federal"]["clocks"]) == len(pack.clocks)
    assert len(law["federal"]["options"]) == len(pack.options)
    assert [kind["id"] for kind in law["events"]] == sorted(vocabulary().kinds)
    assert [stage["id"] for stage in law["stages"]] == [stage.id for stage in pack.stages]
    assert len(law["contents"]) == len(content_lists()) == 44
    assert [one["state"] for one in law["states"]] == sorted(states())
    for one in law["states"]:
        own = state_pack(one["state"])
        assert len(one["clocks"]) == len(own.clocks)
        assert len(one["options"]) == len(own.options)
        assert len(one["unverified"]) == len(own.unverified)
        assert len(one["none"]) == len(own.none)


@pytest.mark.parametrize("kind", [Clock, Option])
def test_each_field_of_an_entry_is_in_it(kind: type, law: dict[str, Any]) -> None:
    entry = law["federal"]["clocks"][0]["clock"] if kind is Clock else law["federal"]["options"][0]
    assert set(entry) == {one.name.rstrip("_") for one in fields(kind)}


def test_each_rule_is_cited_and_has_its_examples_with_what_they_expect(law: dict[str, Any]) -> None:
    rules = [rule["clock"] for rule in law["federal"]["clocks"]]
    assert all(rule["cite"] and rule["confidence"] for rule in rules)
    example = next(rule for rule in rules if rule["id"] == "initial-evaluation")["examples"][0]
    assert set(example) >= {"name", "facts", "on", "expect"}
    date.fromisoformat(example["on"])


def test_what_a_lawyer_reads_beside_a_rule_is_that_rules_own(law: dict[str, Any]) -> None:
    texas = next(one for one in law["states"] if one["state"] == "TX")
    rule = next(rule for rule in texas["clocks"] if rule["clock"]["id"] == "initial-evaluation")
    assert "read" in rule["provenance"]
    federal_rule = next(r for r in law["federal"]["clocks"] if r["clock"]["id"] == "consent-before-services")
    assert federal_rule["provenance"]["statute"] == "20 USC 1414(a)(1)(D)(i)(II)"


def test_each_state_has_its_own_holidays_and_its_own_consent_rules(law: dict[str, Any]) -> None:
    by_code = {one["state"]: one for one in law["states"]}
    assert "Alaska Day" in by_code["AK"]["holidays"].values()
    assert "Labor Day" in law["holidays"].values()
    assert "Labor Day" not in by_code["AK"]["holidays"].values()
    assert [row["for"] for row in by_code["MA"]["consent"]] == ["iep-content", "continued-services"]


def test_it_says_its_licence_and_what_it_was_made_from(law: dict[str, Any]) -> None:
    meta = law["meta"]
    assert meta["licence"] == "CC0-1.0"
    assert "not legal advice" in meta["notice"]
    assert len(meta["generated_from"]["sha256"]) == 64
    assert meta["generated_from"]["files"] > len(states())


def test_the_same_files_give_the_same_text() -> None:
    assert export_text(export_law()) == export_text(export_law())
    assert export_text(export_schema()) == export_text(export_schema())


def test_one_state_can_be_taken_alone(validator: Any) -> None:
    document = export_law(["MA"])
    assert faults(validator, json.loads(json.dumps(document))) == []
    assert [one["state"] for one in document["states"]] == ["MA"]  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        export_law(["ZZ"])


@dataclass(frozen=True)
class Later:
    """An entry with a field that nobody has thought of yet."""

    if_: tuple[date, ...]
    known: frozenset[str]
    limit: int | None = None


def test_a_new_field_is_exported_and_described_without_a_change() -> None:
    value = jsonable(Later((date(2025, 9, 1),), frozenset({"b", "a"})))
    assert value == {"if": ["2025-09-01"], "known": ["a", "b"], "limit": None}
    definitions: dict[str, object] = {}
    _type(Later, definitions)
    jsonschema.validate(value, definitions["Later"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"if": [], "known": [], "limit": "x"}, definitions["Later"])


def test_a_type_that_cannot_be_described_is_said_to_be_so() -> None:
    with pytest.raises(TypeError, match="export_schema"):
        _type(bytes, {})


def test_every_part_of_the_document_is_described(validator: Any) -> None:
    assert set(validator.schema["properties"]) == {one.name for one in fields(Export)}
    assert all(part["description"] for part in validator.schema["$defs"].values())


def test_the_command_writes_the_document_and_its_schema(tmp_path: Path) -> None:
    law_file, schema_file = tmp_path / "law.json", tmp_path / "schema.json"
    assert CliRunner().invoke(app, ["law", "export", "--state", "tx", "-o", str(law_file)]).exit_code == 0
    assert CliRunner().invoke(app, ["law", "export", "--schema", "-o", str(schema_file)]).exit_code == 0
    jsonschema.validate(json.loads(law_file.read_text()), json.loads(schema_file.read_text()))


def test_the_command_writes_to_the_screen_if_no_file_is_named() -> None:
    result = CliRunner().invoke(app, ["law", "export", "--state", "TX"])
    assert json.loads(result.output)["states"][0]["name"] == "Texas"


def test_a_place_that_cannot_be_written_leaves_with_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["law", "export", "--state", "TX", "-o", str(tmp_path / "no" / "law.json")])
    assert result.exit_code == 2
    assert "cannot be written" in result.output
    assert CliRunner().invoke(app, ["law", "export", "--state", "ZZ"]).exit_code == 2
