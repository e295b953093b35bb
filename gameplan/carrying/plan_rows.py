"""A row of plans.csv: the head of a plan becomes the facts that the law reads. What falls due is compared, not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from gameplan.carrying.cells import Cells
from gameplan.carrying.doubts import REEVALUATION, REVIEW
from gameplan.carrying.told import ToldFact
from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.days import add_months
from gameplan.reports.codes_told import environment_code

IEP, PLAN_504 = "iep", "504"
PLAN_WORDS: Final = {"iep": IEP, "504": PLAN_504, "section 504": PLAN_504, "section-504": PLAN_504}
LONGEST_KEY = 120


def facts_of_plan(cells: Cells, *, on: date, written_in: Mapping[str, str]) -> list[ToldFact] | None:
    """The facts of a plan; None, with faults noted, if its row cannot be read. `on`: today."""
    key = cells.text("case_key", needed=True, most=LONGEST_KEY)
    plan, made = cells.choice("plan", PLAN_WORDS), cells.day("made_on", needed=True)
    if not cells.said.get("plan"):
        cells.fault("plan", _("This cell is empty."), _("Fill it in. It is needed."))
    starts, ends = cells.day("starts") or made, cells.day("ends")
    review, again = cells.day("review_due"), cells.day("reevaluation_due")
    if made and made > on:
        cells.fault("made_on", _("This day has not come yet."), _("Bring in a plan once it is made."))
    if starts and ends and ends < starts:
        cells.fault("ends", _("The plan ends before it starts."), _("Check both days."))
    told = _environment(cells)
    iep = _iep_data(cells, starts, review if made and review and _fits(made, review) else None, ends)
    if not plan or made is None:
        return None
    note = cells.text("note", most=4_000)
    doubts = [f"{REEVALUATION}:{again.isoformat()}"] if again else []
    doubts += [REVIEW] if plan == IEP and review and not _fits(made, review) else []
    facts = [_fact(key, "section-504-decided", made, {"eligible": True}, written_in, note, cells.place(), doubts)]
    if plan == IEP:
        facts = [_fact(key, "iep-adopted", made, iep, written_in, note, cells.place(), doubts)]
    if told:
        facts.append(_fact(key, "placement-decided", made, {"environment": told}, written_in, "", cells.place()))
    return facts


def _fact(
    key: str, kind: str, on: date, data: Mapping[str, Any], written_in: Mapping[str, str], note: str, place: str,
    doubts: list[str] | None = None,
) -> ToldFact:  # fmt: skip
    raw = {"kind": kind, "on": on.isoformat(), "said_by": "school", "data": data, "written_in": written_in}
    return ToldFact(key, on.isoformat(), "", {**raw, **({"note": note} if note else {})}, {}, place, doubts or [])


def _iep_data(cells: Cells, starts: date | None, review: date | None, ends: date | None) -> dict[str, Any]:
    first = starts.isoformat() if starts else NOT_KNOWN
    data: dict[str, Any] = {
        "effective": first, "services_start": first,
        "progress_schedule": cells.text("progress_schedule") or NOT_KNOWN,
        **{name: _flag(cells, name) for name in ("has_transition", "has_majority_statement")},
    }  # fmt: skip
    is_first = cells.flag("first")
    told = {"first": is_first, "review_by": review and review.isoformat(), "ends": ends and ends.isoformat()}
    return data | {name: value for name, value in told.items() if value is not None}


def _flag(cells: Cells, column: str) -> bool | str:
    found = cells.flag(column)
    return NOT_KNOWN if found is None else found


def _environment(cells: Cells) -> str:
    """The words for the place of teaching, if the child count knows them."""
    found = cells.text("environment", most=300)
    if found and not any(environment_code(found, young=young) for young in (False, True)):
        what = _("The child count has no such environment.")
        cells.fault("environment", what, _("Use a code of README.txt, like RC80."))
    return found


def _fits(made: date, review: date) -> bool:
    """True if the yearly review is where the law lets it be: after the plan, and within a year."""
    return made < review <= add_months(made, 12)
