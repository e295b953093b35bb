"""What the reader takes the schema takes, and what it refuses the schema refuses."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gameplan.plans.form_files import form, forms
from gameplan.plans.forms import Field
from gameplan.plans.plan import plan_json
from gameplan.plans.plan_file import PlanFileError, read_plan
from gameplan.plans.schema import plan_schema
from gameplan.plans.texts import all_texts, form_texts
from tests.plans.sample import WHOLE, plan, whole
from tests.plans.test_plan_file import ANA


@cache
def validator(form_id: str = "iep") -> Draft202012Validator:
    return Draft202012Validator(plan_schema(form(form_id)), format_checker=Draft202012Validator.FORMAT_CHECKER)


def fits(raw: object) -> bool:
    return bool(validator().is_valid(raw))


def reads(raw: object) -> bool:
    try:
        read_plan(raw)
    except PlanFileError:
        return False
    return True


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_each_schema_is_one_and_has_the_labels(form_id: str) -> None:
    schema = plan_schema(form(form_id))
    Draft202012Validator.check_schema(schema)
    content = schema["properties"]["content"]["properties"]
    assert {name: one["title"] for name, one in content.items()} == {
        one.id: one.label for one in form(form_id).fields()
    }
    json.dumps(schema)


@pytest.mark.parametrize("raw", [WHOLE, ANA, plan_json(plan()), {"gameplan_plan": 1, "form": "iep"}])
def test_a_good_plan_fits(raw: dict[str, Any]) -> None:
    assert reads(raw)
    assert fits(raw)


VALUES: list[Any] = [
    None, "", 3, -1, True, 1.5, "2025-02-30", "2025-13-01", "soon", "autism", "2025-09-22", "yes", [], ["x"],
    ["autism"], [{}], {}, [{"id": ""}], [{"id": "a/b"}], [{"id": "a", "strange": 1}], [{"id": "a"}],
]  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from([one.id for one in form("iep").fields()]), st.sampled_from(VALUES))
def test_schema_and_reader_agree_on_every_field(name: str, value: Any) -> None:
    raw = whole(**{name: value})
    raw["content"][name] = value
    if name == "goals":
        raw["content"].pop("benchmarks", None)
    assert fits(raw) is reads(raw), name


COLUMNS = [(one.id, column) for one in form("iep").fields() for column in one.columns if column.type != "ref"]


@settings(deadline=None)
@given(st.sampled_from(COLUMNS), st.sampled_from(VALUES))
def test_schema_and_reader_agree_on_every_column(where: tuple[str, Field], value: Any) -> None:
    raw = whole()
    raw["content"][where[0]] = [{"id": "a", where[1].id: value}]
    assert fits(raw) is reads(raw), where


@pytest.mark.parametrize(
    "more",
    [{"gameplan_plan": 2}, {"form": "other"}, {"language": "fr"}, {"strange": 1}, {"child": []}, {"content": None},
     {"child": {"born": "soon"}}, {"child": {"age": "8"}}, {"child": {"name": 3}}],
)  # fmt: skip
def test_what_is_wrong_around_the_content_does_not_fit(more: dict[str, Any]) -> None:
    assert not fits({**whole(), **more})
    assert not reads({**whole(), **more})


def test_all_texts_of_a_form_are_in_the_catalogue() -> None:
    found = all_texts()
    assert {"The IEP team", "Goals for the year", "goal", "The child needs no modifications", "By when"} <= found
    assert "Told on" in found
    assert set(form_texts(form("iep"))) - {""} <= found
    assert "" not in found
