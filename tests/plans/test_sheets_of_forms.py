"""Every form that the house has becomes every paper that it can, with nothing lost, and so does an empty plan."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.words import ENGLISH
from gameplan.papers.sheet_docx import sheet_docx
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.plans.form_files import forms
from gameplan.plans.plan import Plan, plan_json
from gameplan.plans.plan_file import read_plan
from gameplan.plans.sheets import sheet_of, sheets_for
from tests.plans.filled import filled
from tests.plans.rich_plan import written

DAY = date(2025, 9, 20)
PAPERS = [(form_id, as_) for form_id, form in forms().items() if not form.state for as_ in sheets_for(form)]
WHOLE = [(form_id, as_) for form_id, as_ in PAPERS if as_ in ("iep", "504", "evaluation")]
STATES = [form_id for form_id, form in forms().items() if form.state]


@pytest.mark.parametrize(("form_id", "as_"), WHOLE)
def test_the_whole_paper_holds_every_word(form_id: str, as_: str) -> None:
    plan = read_plan(plan_json(filled(forms()[form_id])))
    paper = "\n".join(sheet_of(plan, as_, ENGLISH, on=DAY).texts())
    assert [one for one in written(plan) if one not in paper] == []


def test_the_papers_of_the_states_hold_every_word_too() -> None:
    for form_id in STATES:
        plan = filled(forms()[form_id])
        paper = "\n".join(sheet_of(plan, sheets_for(plan.form)[0], ENGLISH, on=DAY).texts())
        assert [one for one in written(plan) if one not in paper] == [], form_id


@pytest.mark.parametrize(("form_id", "as_"), PAPERS)
def test_every_paper_can_be_printed_full_and_empty(form_id: str, as_: str) -> None:
    for plan in (filled(forms()[form_id]), Plan(forms()[form_id])):
        sheet = sheet_of(plan, as_, ENGLISH, on=DAY)
        assert sheet_pdf(sheet).startswith(b"%PDF-")
        assert sheet_docx(sheet).startswith(b"PK")
