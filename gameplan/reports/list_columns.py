"""The columns that a list of children may have: what each is called, what it says of a child, its name in CEDS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from gameplan.cases.models import Case
from gameplan.core.words import Say, Tongue
from gameplan.plans.minutes import minutes_a_week
from gameplan.plans.plan import Plan
from gameplan.reports.code_words import code_said
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.file_forms import MISSING
from gameplan.reports.timeline_told import Told
from gameplan.rosters.models import Pupil

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one child, as the school sees it, on a day."""

    case: Case
    pupil: Pupil | None
    told: Told
    counted: Counted
    on: date
    managers: tuple[str, ...]
    next_on: date | None
    next_duty: Say | None
    late: int

    @property
    def plan(self) -> Plan | None:
        """The IEP in force, where it is kept here."""
        return self.told.plan(self.on)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. `group`: what it is about. `ceds`: its id and name in CEDS, where it has one."""

    id: str
    group: Say
    title: Say
    says: Callable[[Known, Tongue], Cell]
    ceds: str = ""


CHILD, PUPIL, PLAN, NEXT, SERVICES = (
    Say("The child"), Say("The pupil, by the roster"), Say("The plan"), Say("What comes next"), Say("Services"),
)  # fmt: skip
YES, NO = Say("Yes"), Say("No")


def _code(category: str, code: str, tongue: Tongue) -> str:
    return tongue.say(code_said(category, code or MISSING)) if code else ""


def _answer(told: bool | None, tongue: Tongue) -> str:
    return "" if told is None else tongue.say(YES if told else NO)


def _review(known: Known) -> date | None:
    """The last day for the next yearly review: of the plan that is kept here, else of the last IEP on the timeline."""
    if known.plan:
        return known.plan.day("review-by")
    adopted = known.told.of("iep-adopted", on=known.on)
    said = adopted[-1].data.get("review_by") if adopted else None
    return said if isinstance(said, date) else None


def _minutes(known: Known, field: str) -> float | None:
    """Minutes a week of the services in a field of the plan; None where not all of them say."""
    rows = known.plan.rows(field) if known.plan else ()
    each = [minutes_a_week(row) for row in rows]
    told = [one for one in each if one is not None]
    return float(sum(told, Fraction())) if rows and len(told) == len(each) else None


def _services(known: Known) -> str:
    rows = [*known.plan.rows("special-education"), *known.plan.rows("related-services")] if known.plan else []
    return "; ".join(str(row.get("service", "")) for row in rows if row.get("service"))


COLUMNS: Final[Mapping[str, ListColumn]] = {
    one.id: one
    for one in (
        ListColumn("name", CHILD, Say("Name"), lambda k, _t: k.case.child_name),
        ListColumn("born", CHILD, Say("Birthday"), lambda k, _t: k.case.child_born, "P000033 Birthdate"),
        ListColumn("age", CHILD, Say("Age"), lambda k, _t: k.counted.age),
        ListColumn("school", CHILD, Say("School"), lambda k, _t: k.case.school.name if k.case.school else ""),
        ListColumn("manager", CHILD, Say("IEP manager"), lambda k, _t: "; ".join(k.managers)),
        ListColumn("state-id", PUPIL, Say("Number of the State"), lambda k, _t: k.counted.student),
        ListColumn("grade", PUPIL, Say("Grade"), lambda k, _t: k.pupil.grade if k.pupil else ""),
        ListColumn("sex", PUPIL, Say("Sex"), lambda k, t: _code("sex", k.counted.sex, t), "P000255 Sex"),
        ListColumn("race", PUPIL, Say("Race and ethnicity"), lambda k, t: _code("race", k.counted.race, t)),
        ListColumn("el", PUPIL, Say("English learner"), lambda k, t: _answer(k.counted.english_learner, t)),
        ListColumn("plan", PLAN, Say("IEP in force"), lambda k, t: _answer(k.counted.plan, t)),
        ListColumn("consent", PLAN, Say("Services agreed to"), lambda k, t: _answer(k.counted.consent, t)),
        ListColumn("disability", PLAN, Say("Disability"), lambda k, t: _code("disability", k.counted.disability, t),
                   "P000218 Primary Disability Type"),
        ListColumn("environment", PLAN, Say("Where the child is taught"), lambda k, t: _environment(k, t),
                   "P000535 IDEA Educational Environment for School Age"),
        ListColumn("review", PLAN, Say("Next yearly review by"), lambda k, _t: _review(k)),
        ListColumn("reevaluation", PLAN, Say("Next reevaluation by"),
                   lambda k, _t: k.plan.day("reevaluation-by") if k.plan else None),
        ListColumn("next-day", NEXT, Say("Next day that counts"), lambda k, _t: k.next_on),
        ListColumn("next-duty", NEXT, Say("What is due then"), lambda k, t: t.say(k.next_duty) if k.next_duty else ""),
        ListColumn("late", NEXT, Say("How many things are late"), lambda k, _t: k.late),
        ListColumn("services", SERVICES, Say("Services in the plan"), lambda k, _t: _services(k)),
        ListColumn("special-minutes", SERVICES, Say("Special education, minutes a week"),
                   lambda k, _t: _minutes(k, "special-education")),
        ListColumn("related-minutes", SERVICES, Say("Related services, minutes a week"),
                   lambda k, _t: _minutes(k, "related-services")),
    )
}  # fmt: skip
"""Every column by its id, in the order in which they are offered."""
FIRST_CHOICE: Final = ("name", "school", "grade", "disability", "next-day", "next-duty")


def _environment(known: Known, tongue: Tongue) -> str:
    code = known.counted.environment
    if not code:
        return ""
    said = code_said("environment", code)
    return tongue.say(said)


def head_of(column: ListColumn, tongue: Tongue, *, ceds: bool) -> str:
    """The head of a column: its title in the language of the reader, or its name in CEDS where it has one."""
    return column.ceds if ceds and column.ceds else tongue.say(column.title)
