"""Which fields of a plan the law asks for in this child's case, as far as the plan itself tells.

A circumstance is true, false, or not known here. What is not known is not asked for, but what somebody wrote is
always printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gameplan.law.contents import content_list
from gameplan.plans.forms import Form, Shows
from gameplan.plans.plan import Plan, is_filled

AGE_OF_TRANSITION = 16
SCHOOL_AGE, PRESCHOOL_AGE = 6, 4
PRESCHOOL_GRADES = frozenset({"pk", "prek", "preschool", "p3", "p4", "ec", "ecse", "tk"})


def circumstances(plan: Plan, on: date) -> dict[str, bool]:
    """The circumstances of the content lists that the plan, the child's age or grade on that day settle."""
    return dict((*_of_age(plan, on), *_of_grade(plan, on), *_told(plan)))


def needed(form: Form, known: Mapping[str, bool]) -> set[str]:
    """What must stand in the plan where these circumstances hold: ids of fields, and of columns as `field/column`."""
    found: set[str] = set()
    for shows in form.shows:
        need = _need(form, shows.item)
        if need == "always" or known.get(need):
            found |= set(_asked(shows))
    return found


def instead(form: Form) -> dict[str, tuple[str, ...]]:
    """For each field of rows the columns that do in place of others which the law asks for, but for days."""
    found: dict[str, tuple[str, ...]] = {}
    for shows in form.shows:
        for name in shows.each:
            found[name] = (*found.get(name, ()), *shows.instead)
    return found


def _need(form: Form, item: str) -> str:
    list_id, _, item_id = item.partition(".")
    if list_id == "form":
        return next((one.need for one in form.items if one.id == item_id), "")
    return content_list(list_id).item(item_id).need


def _asked(shows: Shows) -> Iterator[str]:
    yield from shows.all
    yield from shows.any[:1]
    for name in shows.each:
        yield from (f"{name}/{column}" for column in shows.columns)
        if len(shows.each) == 1:
            yield name


def _told(plan: Plan) -> Iterator[tuple[str, bool]]:
    for told in plan.form.told:
        said = plan.content.get(told.field)
        if isinstance(said, bool):
            yield told.id, ("yes" if said else "no") in told.is_
        elif is_filled(said):
            yield told.id, said in told.is_


def _of_age(plan: Plan, on: date) -> Iterator[tuple[str, bool]]:
    start = plan.day("start") or on
    until = plan.day("review-by") or _years_after(start, 1)
    if plan.child.born:
        yield "age-16", _years_after(plan.child.born, AGE_OF_TRANSITION) <= until


def _of_grade(plan: Plan, on: date) -> Iterator[tuple[str, bool]]:
    grade = "".join(letter for letter in plan.child.grade.lower() if letter.isalnum())
    is_preschool: bool | None = None
    if grade:
        is_preschool = grade in PRESCHOOL_GRADES
    elif plan.child.born and _years_after(plan.child.born, SCHOOL_AGE) <= on:
        is_preschool = False
    elif plan.child.born and _years_after(plan.child.born, PRESCHOOL_AGE) > on:
        is_preschool = True
    if is_preschool is not None:
        yield from (("preschool", is_preschool), ("school-age", not is_preschool))


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
