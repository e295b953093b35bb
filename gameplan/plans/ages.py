"""What a child's age and State settle about a plan: preschool or school, life after school, coming of age.

The day that counts is in the plan itself: a plan must hold what comes up while it is in use.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.core.days import add_months
from gameplan.core.entries import Clock, Law
from gameplan.core.words import Say
from gameplan.law.library import law_for, states
from gameplan.plans.plan import Plan

FEDERAL_TRANSITION: Final = 16.0
EARLIEST_TRANSITION: Final = 14.0
"""No State in the law files asks for it before this age (a test looks)."""
LOWEST_MAJORITY: Final = 18
"""In no State of the law files do the rights pass on before this age (a test looks)."""
CERTAINLY_PRESCHOOL, CERTAINLY_SCHOOL = 5, 6
PRESCHOOL, SCHOOL = "preschool", "school"
_PRESCHOOL = re.compile(r"\bpre|\bpk\b|\b[34] ?-?k\b|\bearly childhood\b|\bp-k\b")
_UNSURE = re.compile(r"transition|\btk\b|ungraded|sin grado")
_SCHOOL = re.compile(r"\bk\b|\bkg\b|\bkinder|\bgrade\b|\bgrado\b|\d|\bhigh school\b|\bmiddle school\b|\belementary\b")


@dataclass(frozen=True, slots=True)
class Ground:
    """Whether a circumstance holds for a plan (None: cannot be told), why, and what would settle it.

    `ask` are the fields to fill in, by id, or `child.born` and the like. `cite` and `confidence` are those of a State's
    rule that decided, beside what the content list cites.
    """

    holds: bool | None = None
    why: tuple[Say, ...] = ()
    ask: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which a plan is in use; not `sure` if the plan says none of its days."""

    first: date
    last: date
    sure: bool


def term_of(plan: Plan, on: date) -> Term:
    """When the plan is in use: from its start (else its meeting) to its review, at most a year where that is not said.

    A plan without days is taken to be in use for a year around `on`, which is not sure.
    """
    first = plan.day("start") or plan.day("meeting-date")
    last = plan.day("review-by")
    if first:
        # Looked at again at least once a year: 34 CFR 300.324(b)(1)(i).
        return Term(first, last if last and last >= first else _months_on(first, 12), sure=True)
    if last:
        return Term(_months_on(last, -12), last, sure=True)
    return Term(on, _months_on(on, 12), sure=False)


def _reached(day: date, term: Term) -> bool | None:
    """Whether a day has come by the end of the plan's time; None if the plan says no days and it is near."""
    if term.sure:
        return day <= term.last
    return True if day <= term.first else None if day <= _months_on(term.last, 12) else False


def _months_on(day: date, months: int) -> date:
    """Some months on or back; the day itself at the ends of the calendar, as a wrong year is no reason to stop."""
    return add_months(day, months) if date.min.year < day.year + months // 12 < date.max.year else day


def _birthday(born: date, age: float) -> date:
    return _months_on(born, round(12 * age))


def grade_level(grade: str) -> str:
    """Whether a grade as somebody wrote it is of preschool or of school; empty if it does not say.

    >>> grade_level("Pre-K"), grade_level("3rd grade"), grade_level("")
    ('preschool', 'school', '')
    """
    plain = unicodedata.normalize("NFKD", grade.casefold()).encode("ascii", "ignore").decode()
    if _UNSURE.search(plain):
        return ""
    return PRESCHOOL if _PRESCHOOL.search(plain) else SCHOOL if _SCHOOL.search(plain) else ""


def level_grounds(plan: Plan, term: Term) -> dict[str, Ground]:
    """Whether the child is of preschool age or of school age when the plan starts.

    Preschool is before kindergarten: the grade decides, else the age. At five without a grade nobody can tell.
    """
    level, why, ask = _level(plan, term)
    if not level:
        return dict.fromkeys((PRESCHOOL, "school-age"), Ground(ask=ask))
    return {PRESCHOOL: Ground(level == PRESCHOOL, why), "school-age": Ground(level == SCHOOL, why)}


def _level(plan: Plan, term: Term) -> tuple[str, tuple[Say, ...], tuple[str, ...]]:
    level, born = grade_level(plan.child.grade), plan.child.born
    old = born is not None and _birthday(born, CERTAINLY_SCHOOL) <= term.first
    if level == SCHOOL or (old and born):
        why = (
            Say("The child is in kindergarten or a higher grade.")
            if level == SCHOOL
            else Say("The child is 6 or older.")
        )
        return SCHOOL, (why,), ()
    if level == PRESCHOOL:
        return PRESCHOOL, (Say("The child is in preschool."),), ()
    if born and term.first < _birthday(born, CERTAINLY_PRESCHOOL):
        return PRESCHOOL, (Say("The child is younger than 5."),), ()
    return "", (), ("child.grade",) if born else ("child.born", "child.grade")


def law_of(plan: Plan) -> Law:
    """The law of the plan's State; federal law alone where the plan names none that is known."""
    state = plan.child.state.upper() or plan.form.state.upper()
    return law_for(state if state in states() else None)


def transition_ground(plan: Plan, term: Term, law: Law, started: bool) -> Ground:
    """Whether the plan must plan for life after high school: 34 CFR 300.320(b), or sooner if the State or team says so.

    `started`: the plan already holds parts of it, so the team chose to.
    """
    born = plan.child.born
    if started:
        return Ground(True, (Say("The plan already has parts for life after high school."),))
    if born is None:
        return Ground(ask=("child.born",))
    sixteen = _birthday(born, FEDERAL_TRANSITION)
    federal = _reached(sixteen, term)
    if federal:
        return Ground(True, (Say("The child turns 16 on {day}.", {"day": sixteen}),))
    own = _state_transition(law, term)
    if own:
        return _own_transition(born, term, law, *own)
    if law.facts.get("transition_age") == FEDERAL_TRANSITION:
        return _asked(federal, plan, ())
    early = _reached(_birthday(born, EARLIEST_TRANSITION), term)
    doubt = Say("Some States start before 16. Ask what your State says.")
    return Ground(False) if early is False else _asked(None, plan, (doubt,))


def _asked(holds: bool | None, plan: Plan, why: tuple[Say, ...]) -> Ground:
    return Ground(holds, why if holds is None else (), () if plan.child.state or plan.form.state else ("child.state",))


def _state_transition(law: Law, term: Term) -> tuple[float, Clock] | None:
    """The age at which the State starts before 16, and its rule in force; None if the files have none."""
    rules = [
        one for one in law.clocks if one.id == "transition-age" and not one.not_yet and one.in_force.covers(term.last)
    ]
    for rule in rules:
        age = next((match.where.get("age") for match in rule.trigger if match.event == "age-reached"), None)
        age = age if age is not None else law.facts.get("transition_age")
        if isinstance(age, int | float | str) and float(age) < FEDERAL_TRANSITION:
            return float(age), rule
    return None


def _own_transition(born: date, term: Term, law: Law, age: float, rule: Clock) -> Ground:
    day = _birthday(born, age)
    reached = _reached(day, term)
    why = [Say("In {state} this starts at age {age}, which is {day} for this child.",
               {"state": law.state_name, "age": f"{age:g}", "day": day})]  # fmt: skip
    if reached is False:
        return Ground(False)
    goals = law.facts.get("transition_goals_age")
    if isinstance(goals, int | float) and goals > age:
        why.append(Say("Planning starts then; goals and services follow at {age}.", {"age": f"{goals:g}"}))
        reached = None
    if rule.confidence == "low":
        why.append(Say("This was not confirmed. Check the text of the rule."))
        reached = None
    return Ground(reached, tuple(why), (), rule.cite, rule.confidence)


def majority_ground(plan: Plan, term: Term, law: Law) -> Ground:
    """Whether the child comes within a year of the age at which the State passes the rights on: 34 CFR 300.320(c)."""
    born = plan.child.born
    if born is None:
        return Ground(ask=("child.born",))
    age, passes = law.facts.get("age_of_majority"), law.facts.get("rights_transfer")
    confidence = str(law.facts.get("majority_confidence") or "")
    known = isinstance(age, int)
    day = _birthday(born, (age if isinstance(age, int) else LOWEST_MAJORITY) - 1)
    near = _reached(day, term)
    if near is False:
        return Ground(False)
    if not known:
        return Ground(None, ask=() if law.state else ("child.state",))
    if confidence == "low" or passes not in (True, False):
        return Ground(None, (Say("It is not sure whether the rights pass to the student here. Ask the State."),))
    if passes is False:
        return Ground(False)
    why = Say("In {state} the rights pass at {age}; one year before is {day}.",
              {"state": law.state_name, "age": age, "day": day})  # fmt: skip
    return Ground(near, (why,), (), (), confidence)
