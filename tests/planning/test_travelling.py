"""Out, wiped, and in again: the identical plans, with everything that was ever written or proposed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from gameplan.cases.doors import cases_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME, Person
from gameplan.cases.verbs import delete_case
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.planning import writing
from gameplan.planning.doors import beside_of, earlier_of, plans_of, remarks_of, standing_of
from gameplan.planning.models import Step, Version, Written
from gameplan.planning.remarks import remark
from gameplan.planning.travelling import told_plans
from gameplan.plans.plan import plan_json
from gameplan.plans.sheets.hashing import json_hash as hash_of

Type = Callable[..., writing.Outcome]
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"


@pytest.fixture
def full(plan: Written, types: Type, mother: Person, father: Person) -> Written:
    """A plan with everything: texts beside and before, a row taken out, a comment, a version, a step."""
    types("strengths", "Curious.\n\n- ñandú *y más*\n- שלום")
    types("strengths", "Kind.", by=father)
    types("needs", "one")
    types("needs", "two", base=1, by=father)
    types("interpreter", "no")
    gone = writing.add_row(plan, by=mother, field_id="goals", values={"area": "Math"})
    writing.add_row(plan, by=mother, field_id="goals", values={"area": "Reading", "by": "2026-05-01"})
    writing.remove_row(plan, by=mother, field_id="goals", row=gone)
    remark(plan, by=mother, path="goals", text="Too few?")
    content = plan_json(standing_of(plan).plan)
    Version.objects.create(
        plan=plan, number=1, how="first", on=date(2025, 9, 1), content=content, sha256=hash_of(content), pdf=PDF,
        made_at="2025-09-01T10:00:00Z",
    )  # fmt: skip
    Step.objects.create(plan=plan, kind="shared", on=date(2025, 9, 1), version=1, data={"how": "by-hand"}, fact_ids=[])
    return plan


def test_the_imported_plans_are_the_identical_plans(case: Case, full: Written, mother: Person) -> None:
    content, told = export_for(HOME, case.pk), told_plans(case)
    before = standing_of(full)
    delete_case(case, by=mother)
    assert not Written.objects.exists()

    again = import_for(HOME, content)
    plan = plans_of(again).get()
    plan.case = again
    assert told_plans(again) == told
    assert standing_of(plan).plan.content == before.plan.content
    assert standing_of(plan).values == {path: value for path, value in before.values.items() if value is not None}
    assert [one.value for one in beside_of(plan)] == ["Kind."]
    assert [one.value for one in earlier_of(plan, "needs")] == ["one"]
    assert [one.text for one in remarks_of(plan)] == ["Too few?"]
    assert export_for(HOME, again.pk) == content


def test_what_was_taken_out_can_still_be_brought_back(case: Case, full: Written, mother: Person) -> None:
    again = import_for(HOME, export_for(HOME, case.pk))
    plan = plans_of(again).get()
    values = standing_of(plan).values
    gone = next(path.split("/")[1] for path, value in values.items() if value == "Math")
    writing.restore_row(plan, by=mother, field_id="goals", row=gone)
    assert [row["area"] for row in standing_of(plan).plan.rows("goals")] == ["Reading", "Math"]


def changed(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The zip with something changed in its case file."""
    files = {}
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    raw = json.loads(files["case.json"])
    change(raw["plans"][0])
    files["case.json"] = json.dumps(raw).encode()
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, each in files.items():
            archive.writestr(name, each)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan: plan["versions"][0]["plan"]["content"].update(strengths="None"), "changed after it was proposed"),
        (lambda plan: plan["plan"]["content"].update(strenghts="x"), "strengths"),
        (lambda plan: plan["versions"][0].update(pdf="papers/none.pdf"), "This PDF is missing"),
        (lambda plan: plan["versions"][0].update(pdf="../x.pdf"), "names no file that may be in the zip"),
        (lambda plan: plan["versions"][0].update(on="soon"), "not written as it should be"),
        (lambda plan: plan["steps"][0].update(on="soon"), "not written as it should be"),
        (lambda plan: plan["beside"][0].pop("at"), "not written as it should be"),
        (lambda plan: plan.update(begun={}), "not written as it should be"),
        (lambda plan: plan.update(id="a/b"), "cannot stand in an address"),
        (lambda plan: plan.update(id=3), "expected words"),
        (lambda plan: plan.update(nonsense=1), "not part of the format"),
        (lambda plan: plan.update(plan=[]), "expected an object"),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_in_order_is_refused_and_nothing_is_written(
    case: Case, full: Written, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    content = changed(export_for(HOME, case.pk), change)
    with pytest.raises(ExchangeError, match=said):
        import_for(HOME, content)
    assert [one.pk for one in cases_of(HOME)] == [case.pk]
    assert Written.objects.count() == 1
