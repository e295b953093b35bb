"""A complaint starts with each thing that is late, with its day, its rule and its paper; nothing that is only rough."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gameplan.core.assess import assess
from gameplan.core.facts import Attachment, Case, Child, Fact
from gameplan.law import law_for
from gameplan.letters import suggest
from gameplan.tongues import tongue

DAY = date(2025, 12, 1)
ASKED = Fact(
    "f1", "evaluation-requested", date(2025, 10, 6),
    {"received": date(2025, 10, 6), "type": "initial", "by": "parent", "written": True}, attachments=("a1",),
)  # fmt: skip


def allegations(state: str, lang: str, *facts: Fact, on: date = DAY) -> str:
    paper = Attachment("a1", "letter.pdf", "application/pdf", "0" * 64, 10)
    case = Case(Child("Ana", date(2016, 5, 2), state), facts=facts, attachments=(paper,))
    law = law_for(state, on=on)
    return suggest("state-complaint", case, law, lang=lang, on=on, tongue=tongue(lang)).get("allegations", "")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_late_answer_stands_with_its_fact_its_paper_and_its_rule(lang: str) -> None:
    told = allegations("VA", lang, ASKED)
    assert "letter.pdf" in told
    assert ("October 6, 2025" if lang == "en" else "6 de octubre de 2025") in told
    assert "8VAC20-81" in told or "8 VAC 20-81" in told


def test_a_case_without_anything_late_alleges_nothing() -> None:
    assert allegations("TX", "en") == ""


def test_nothing_of_a_fact_that_was_taken_back_is_alleged() -> None:
    back = Fact("f2", ASKED.kind, ASKED.on, {}, corrects="f1", withdrawn=True)
    assert allegations("VA", "en", ASKED, back) == ""


def test_the_school_is_not_late_on_the_last_day_and_is_on_the_day_after() -> None:
    duties = assess(Case(Child("Ana", date(2016, 5, 2), "OH"), facts=(ASKED,)), law_for("OH", on=DAY), on=DAY).duties
    due = next(duty.due for duty in duties if duty.base == "answer-evaluation-request")
    assert due == date(2025, 11, 5)
    told = [allegations("OH", "en", ASKED, on=due + timedelta(days=days)) for days in (-1, 0, 1)]
    assert ["November 5, 2025" in one for one in told] == [False, False, True]
