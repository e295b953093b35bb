"""Advice on a goal names the column and gives an example; a good goal gets none, in English and in Spanish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gameplan.core.words import ENGLISH
from gameplan.plans.form_files import form
from gameplan.plans.goals import advice_on
from tests.plans.sample import GOAL

GOALS = form("iep").field("goals")
SPANISH = {
    "id": "g1", "baseline": "lee 42 palabras por minuto", "goal": "Ana leerá en voz alta un texto de tercer grado.",
    "target": "80 palabras por minuto en 3 pruebas seguidas", "by": "2026-05-22", "measure": "lectura de un minuto",
    "who": "la maestra de lectura, cada semana",
}  # fmt: skip


def kinds(row: dict[str, Any], **more: Any) -> list[str]:
    return [one.kind for one in advice_on(row, GOALS, start=date(2025, 9, 22), review_by=date(2026, 9, 14), **more)]


@pytest.mark.parametrize("row", [GOAL, SPANISH])
def test_a_good_goal_needs_no_advice(row: dict[str, Any]) -> None:
    assert kinds(row) == []


def test_an_empty_goal_is_asked_for_everything() -> None:
    assert kinds({"id": "g1"}) == [
        "no-baseline", "no-goal", "no-target", "no-day", "no-measure", "nobody-measures",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("baseline", "poor", "vague-baseline"),
        ("baseline", "Struggles with reading aloud in class", "vague-baseline"),
        ("baseline", "Le cuesta leer en voz alta en clase", "vague-baseline"),
        ("target", "better than before", "target-not-measured"),
        ("target", "mejor que antes", "target-not-measured"),
        ("target", "at grade 3", "target-not-measured"),
        ("target", "at 3rd-grade level", "target-not-measured"),
        ("target", "reads 42 words a minute", "target-is-baseline"),
        ("target", "42 words a minute", "target-is-baseline"),
        ("by", "2025-09-21", "day-outside-plan"),
        ("by", "2026-09-15", "day-outside-plan"),
        ("measure", " ", "no-measure"),
        ("who", "", "nobody-measures"),
        ("who", "the reading teacher", "not-how-often"),
        ("who", "la maestra", "not-how-often"),
    ],
)
def test_what_is_not_clear_is_pointed_out(column: str, value: str, kind: str) -> None:
    (found,) = advice_on({**GOAL, column: value}, GOALS, start=date(2025, 9, 22), review_by=date(2026, 9, 14))
    assert (found.column, found.kind) == (column, kind)
    assert ENGLISH.say(found.says)
    assert ENGLISH.say(found.example)


@pytest.mark.parametrize(
    ("goal", "target", "vague"),
    [
        ("Ana will improve her reading.", "a lot better", True),
        ("Ana mejorará su lectura.", "mucho mejor", True),
        ("Ana will understand fractions.", "", True),
        ("Ana comprenderá las fracciones.", "", True),
        ("Ana will improve her reading.", "80 words a minute", False),
        ("Ana will improve from 42 to 80 words a minute.", "", False),
        ("Ana will tie her shoes.", "better", False),
        ("Ana will tie her shoes.", "without help", False),
    ],
)
def test_a_vague_verb_matters_only_where_nothing_is_measured(goal: str, target: str, vague: bool) -> None:
    assert ("vague-verb" in kinds({**GOAL, "goal": goal, "target": target})) is vague


@pytest.mark.parametrize("target", ["every time", "always", "without prompts", "cada vez", "sin ayuda", "three times"])
def test_a_clear_mark_does_for_a_number(target: str) -> None:
    assert kinds({**GOAL, "target": target}) == []


@pytest.mark.parametrize(
    "baseline", ["Cannot tie her shoes without help.", "Never asks for help", "2nd grade level text"]
)
def test_a_plain_fact_will_do_for_a_baseline(baseline: str) -> None:
    assert kinds({**GOAL, "baseline": baseline}) == []


def test_the_first_and_last_day_of_the_plan_are_inside() -> None:
    assert kinds({**GOAL, "by": "2025-09-22"}) == kinds({**GOAL, "by": "2026-09-14"}) == []


def test_without_days_of_the_plan_any_day_will_do() -> None:
    assert advice_on({**GOAL, "by": "2040-01-01"}, GOALS) == ()


def test_a_column_that_the_form_does_not_have_is_not_asked_for() -> None:
    short = replace(GOALS, columns=tuple(one for one in GOALS.columns if one.id in ("goal", "target")))
    assert {one.column for one in advice_on({"id": "g1"}, short)} == {"goal", "target"}


def test_advice_never_changes_the_goal() -> None:
    row = {"id": "g1", "goal": "Ana will improve."}
    advice_on(row, GOALS)
    assert row == {"id": "g1", "goal": "Ana will improve."}
