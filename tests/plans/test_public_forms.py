"""Public IEP forms, field by field: each has a place in the form of its State, and no field is lost on the way."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from gameplan.law.contents import content_list
from gameplan.plans.form_files import form, form_for, forms, read_forms
from gameplan.plans.forms import NONE, ROWS, Field, Form
from gameplan.plans.plan import PlanChild, plan_json
from gameplan.plans.plan_file import read_plan

HOME = Path(__file__).parent / "public_forms"
PROOFS = {path.stem: tomllib.loads(path.read_text()) for path in sorted(HOME.glob("*.toml"))}
LEAST = {"us-model": 30, "pa-school-age": 130, "ny-state": 95, "il-isbe-34-54": 120, "ma-2023": 110}
"""Fields in each public form: nobody may thin a proof out unseen."""
CHILD = {"name": "Ana López", "born": "2010-05-02", "state": "PA", "grade": "9", "school": "Oak", "district": "Elm"}
ANSWERS = {"date": "2025-09-03", "yes-no": False, "number": 30}


def the_form(proof: Mapping[str, Any]) -> Form:
    """The form of the house that a proof is about."""
    return form(proof["form"])


def taker(made: Form, place: str) -> Field | None:
    """The field or column that takes a place such as `goals.target`; None for a place of the child."""
    name, _, column = place.partition(".")
    if name == "child":
        assert column in PlanChild.__slots__
        return None
    field = made.field(name)
    assert (field.type == ROWS) == bool(column), place
    found = field.column(column) if column else field
    assert found is not None, f"{made.id} has no place {place}"
    return found


def answer(one: Field, words: str) -> Any:
    """Something that may stand in a field or column: these words, where it takes words."""
    if one.type in ("line", "prose"):
        return words
    if one.type == "choice":
        return one.choices[-1].id
    if one.type == "choices":
        return [each.id for each in one.choices]
    return f"{one.of}-0" if one.type == "ref" else ANSWERS[one.type]


def filled(made: Form, asked: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A plan as a JSON value in which each of these fields stands in its place; a place used again gets a new row."""
    content: dict[str, Any] = {}
    used: Counter[str] = Counter()
    for words, place in asked:
        name, _, column = place.partition(".")
        one = taker(made, place)
        if one is None:
            continue
        if not column:
            content[name] = answer(one, words)
            continue
        for of, least in ((name, used[place] + 1), (one.of, 1)):
            if of:
                rows = content.setdefault(of, [])
                rows += [{"id": f"{of}-{at}"} for at in range(len(rows), least)]
        content[name][used[place]][column] = answer(one, words)
        used[place] += 1
    return {"gameplan_plan": 1, "form": made.id, "child": CHILD, "content": content}


def fields_of(proof: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each field of a public form and its place, in the order of the paper."""
    return [(one["field"], one["place"]) for one in proof["fields"]]


@pytest.mark.parametrize("name", PROOFS)
def test_every_field_of_a_public_form_has_a_place(name: str) -> None:
    proof = PROOFS[name]
    assert len(proof["fields"]) >= LEAST[name]
    assert proof["source"].startswith("http")
    assert proof["opened"]
    assert proof["confidence"] in ("high", "medium", "low")
    for words, place in fields_of(proof):
        assert words
        taker(the_form(proof), place)


@pytest.mark.parametrize("name", PROOFS)
def test_a_plan_filled_through_a_public_form_is_read_and_written_without_loss(name: str) -> None:
    proof = PROOFS[name]
    raw = filled(the_form(proof), fields_of(proof))
    written = plan_json(read_plan(raw))
    for words, place in fields_of(proof):
        one = taker(the_form(proof), place)
        if one is not None and one.type in ("line", "prose"):
            assert json.dumps(words) in json.dumps(written), f"{words} was lost on its way through {place}"
    assert written["content"] == raw["content"]
    assert written["child"] == CHILD
    assert plan_json(read_plan(json.loads(json.dumps(written)))) == written


@pytest.mark.parametrize("name", [one for one in PROOFS if PROOFS[one]["form"] != "iep"])
def test_what_a_state_adds_is_asked_for_by_its_form(name: str) -> None:
    """A State's file holds only what the public form asks for: each field and column of its own is in the proof."""
    made = the_form(PROOFS[name])
    own = f"{made.state.lower()}-"
    added = {one.id for one in made.fields() if one.id.startswith(own) and not one.id.endswith(NONE)}
    columns = {each.id for one in made.fields() for each in one.columns if each.id.startswith(own)}
    asked = {word for one in PROOFS[name]["fields"] for word in one["place"].split(".")}
    assert added | columns <= asked


@pytest.mark.parametrize("name", PROOFS)
def test_two_fields_share_a_place_only_where_it_has_rows_or_options(name: str) -> None:
    times = Counter(place for _, place in fields_of(PROOFS[name]))
    for place, count in times.items():
        one = taker(the_form(PROOFS[name]), place)
        if count > 1 and one is not None:
            assert "." in place or one.type == "choice", place


def test_every_state_form_is_proved_and_says_its_source_and_how_sure() -> None:
    proved = {proof["form"] for proof in PROOFS.values()}
    for one in forms().values():
        if one.state:
            assert one.id in proved
            assert one.source.startswith("https://")
            assert one.note
            assert form_for(one.kind, one.state) is one
            assert {f"form.{item.id}" for item in one.items} <= {shows.item for shows in one.shows}


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("section-504", ("section-504-evaluation", "section-504-safeguards")),
        ("evaluation", ("evaluation", "eligibility", "sld", "evaluation-areas")),
    ],
)
def test_the_other_federal_forms_show_every_item_of_their_lists(name: str, lists: tuple[str, ...]) -> None:
    shown = {one.item for one in form(name).shows}
    for each in lists:
        assert {f"{each}.{item.id}" for item in content_list(each).items} <= shown


@pytest.mark.parametrize("name", ["section-504", "evaluation"])
def test_a_plan_of_every_kind_is_read_and_written_whole(name: str) -> None:
    made = form(name)
    places = [f"{one.id}.{each.id}" for one in made.fields() for each in one.columns]
    places += [one.id for one in made.fields() if not one.columns]
    raw = filled(made, ((place, place) for place in places))
    assert plan_json(read_plan(raw))["content"].keys() == {one.id for one in made.fields()}


def test_suspected_areas_open_the_questions_on_them() -> None:
    told = {one.id: one for one in form("evaluation").told}
    for one in form("evaluation").section("areas").fields:
        if one.when:
            assert told[one.when].field == "suspected"
            assert form("evaluation").field("suspected").choice(told[one.when].is_[0])


def test_the_example_of_the_docs_is_a_form_that_can_be_read(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "plan-forms.md").read_text(encoding="utf-8")
    (tmp_path / "maple.toml").write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    made = read_forms(tmp_path, forms())["iep-maple"]
    assert made.section_of("maple-ride").id == "placement"
    assert made.field("esy-services").column("maple-room")
    assert made.field("iep-manager").label == "Case manager"
