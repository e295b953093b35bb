"""What stands in a meeting from its first moment on: what the plan that it is about tells, and whom the law wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from gameplan.core.words import Tongue
from gameplan.law.team import TEAM
from gameplan.plans.agenda import draft_agenda
from gameplan.plans.circumstances import circumstances_of
from gameplan.plans.form_files import form_for
from gameplan.plans.forms import Field
from gameplan.plans.meeting import AgendaItem
from gameplan.plans.meeting_form import KIND
from gameplan.plans.plan import Plan, Row

OCCASIONS: Final = {
    "first": "initial-iep", "annual": "annual-review", "reevaluation": "iep-other", "change": "iep-other",
    "transfer": "iep-other",
}  # fmt: skip
"""The purpose of a meeting by why its plan is written."""
KINDS: Final = {"section-504": "section-504", "evaluation": "eligibility"}
"""The purpose of a meeting about a plan that is no IEP."""
NEEDED: Final = ("parents", "regular-teacher", "special-teacher", "agency-representative", "results-interpreter")
"""Where nobody is named yet, a row for each of these waits for a name."""
PEOPLE: Final = ("team-members", "group", "deciders")
"""The lists of people of an IEP, a 504 plan and an evaluation."""


def meeting_about(plan: Plan | None, on: date, tongue: Tongue, *, state: str = "") -> Plan:
    """The beginning of a meeting about a plan, or of one about nothing yet. `on` is today.

    Purpose from the plan's occasion, people from its team, interpreter and language, an agenda with its goals, and the
    questions that the plan answers. `state` picks the form where there is no plan.
    """
    form = form_for(KIND, plan.child.state if plan else state)
    content: dict[str, Any] = {"invited": [_person("", role, number) for number, role in enumerate(NEEDED, start=1)]}
    if plan is not None:
        content |= _told(plan, on, tongue)
    return Plan(form, content=content, language=tongue.lang)


def agenda_rows(items: Iterable[AgendaItem], tongue: Tongue) -> list[dict[str, Any]]:
    """The points of an agenda as rows of the form, in a language."""
    return [
        {"id": f"t{number}", "topic": tongue.say(one.text), **({"minutes": one.minutes} if one.minutes else {})}
        for number, one in enumerate(items, start=1)
    ]


def _told(plan: Plan, on: date, tongue: Tongue) -> dict[str, Any]:
    kinds, known = purposes_of(plan), circumstances_of(plan, on)
    after_school = bool(known["age-16"]) and plan.form.kind == "iep"
    found: dict[str, Any] = {
        "purposes": list(kinds),
        "agenda": agenda_rows(draft_agenda(kinds, plan, transition=after_school), tongue),
    }
    people = list(_people(plan, tongue))
    found |= {"invited": people} if people else {}
    if known["regular-education"] is not None:
        found["regular-classes"] = known["regular-education"]
    if after_school:
        found["plans-after-school"] = True
    if plan.value("interpreter") is not None:
        found["interpreter"] = plan.value("interpreter")
        if plan.value("interpreter") and plan.value("home-language"):
            found["interpreter-language"] = plan.value("home-language")
    return found


def _people(plan: Plan, tongue: Tongue) -> Iterator[dict[str, Any]]:
    for field in plan.form.fields():
        if field.id in PEOPLE:
            named = (row for row in plan.rows(field.id) if row.get("name"))
            for number, row in enumerate(named, start=1):
                yield _person(str(row["name"]), _role(field, row, tongue), number)


def _role(field: Field, row: Row, tongue: Tongue) -> str:
    """The role by its id where the form takes it from the IEP team, else in words."""
    said, column = str(row.get("role") or ""), field.column("role")
    choice = column.choice(said) if column and column.codes != TEAM else None
    return tongue.text(choice.label) if choice else said


def purposes_of(plan: Plan) -> tuple[str, ...]:
    """Why one meets about this plan, in the words of the fact `meeting-held`; empty if the plan does not say."""
    if plan.form.kind in KINDS:
        return (KINDS[plan.form.kind],)
    said = OCCASIONS.get(str(plan.value("occasion")))
    return (said,) if said else ()


def _person(name: str, role: str, number: int) -> dict[str, Any]:
    row = {"id": f"p{number}", "name": name, "role": role}
    return {key: value for key, value in row.items() if value}
