"""What a team made of a behavior and its plan, as a page shows them: each version in words, with who wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gameplan.cases.models import Case
from gameplan.people.roles import Action
from gameplan.progress.behavior_paper import hypothesis, purpose_said
from gameplan.progress.doors import measures_of, titles_of
from gameplan.progress.models import Measure
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.web.progress.goals import goals_in_force
from gameplan.web.progress.showing import note_lines
from gameplan.web.templatetags.look import page_tongue


@dataclass(frozen=True)
class SummaryShown:
    """One version of what the team makes of it, and who wrote it."""

    row: BehaviorSummary
    who: str

    @property
    def says(self) -> str:
        """The whole of it as one sentence: when, what the child does, and what for."""
        return hypothesis(self.row, page_tongue())

    @property
    def purpose(self) -> str:
        """What it may be for."""
        return purpose_said(self.row, page_tongue())


@dataclass(frozen=True)
class PlanShown:
    """One version of the plan, who wrote it, the goals that it serves and the measures that show whether it works."""

    row: BehaviorPlan
    who: str
    goals: Sequence[str]
    measures: Sequence[tuple[str, str]]


def may_write(case: Case, measure: Measure) -> bool:
    """True if the reader of a case writes the assessment and the plan of a behavior: on the side that notes it."""
    return Action.PLAN in case.can and measure.side == case.reader.side


def summaries_shown(case: Case, rows: Sequence[BehaviorSummary]) -> list[SummaryShown]:
    """Every version, the newest first."""
    who = {line.row.number: line.who for line in note_lines(case, rows, lambda row: row.does)}
    return [SummaryShown(row, who[row.number]) for row in reversed(rows)]


def plans_shown(case: Case, rows: Sequence[BehaviorPlan], on: date) -> list[PlanShown]:
    """Every version, the newest first. A goal that is not in the plan now, or a measure not seen, is left out."""
    who = {line.row.number: line.who for line in note_lines(case, rows, lambda row: row.teach)}
    goals, measures = goal_names(case, on), measure_names(case)
    return [
        PlanShown(
            row, who[row.number], [goals[name] for name in row.goals if name in goals],
            [(name, measures[name]) for name in row.measure_ids if name in measures],
        )
        for row in reversed(rows)
    ]  # fmt: skip


def goal_names(case: Case, on: date) -> Mapping[str, str]:
    """The goals of the plan in force on a day, by their rows."""
    return {one.row_id: one.name for one in goals_in_force(case, on)}


def measure_names(case: Case) -> Mapping[str, str]:
    """What is measured and the reader sees, by its id."""
    found = list(measures_of(case))
    titles = titles_of(found)
    return {one.measure_id: titles[one.pk] for one in found}
