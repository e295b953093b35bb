"""Which circumstances of the content lists hold for a plan: from its fields, the child's age, the State's law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from gameplan.core.words import Say
from gameplan.law.contents import NoSuchEntry, content_list, contents
from gameplan.plans.ages import Ground, law_of, level_grounds, majority_ground, term_of, transition_ground
from gameplan.plans.forms import Form, Told
from gameplan.plans.names import says_something
from gameplan.plans.plan import Plan

AGE_16: Final = "age-16"
REGULAR: Final = "regular-education"
IMPLIES: Final[Mapping[str, str]] = {
    "alternate-standards": "alternate-assessment",
    "transition-agency-consent": "transition-discussed",
}
"""What cannot hold without the other: a test with other standards is an alternate test."""
REGULAR_PLACEMENTS: Final = frozenset({"regular-class", "regular-with-supplementary"})


def circumstances_of(plan: Plan, on: date) -> dict[str, bool | None]:
    """For each circumstance of the content lists: True or False for this plan, or None where it cannot be told.

    `on` is today; it counts only where the plan says none of its own days.
    """
    return {name: ground.holds for name, ground in grounds_of(plan, on).items()}


def grounds_of(plan: Plan, on: date) -> dict[str, Ground]:
    """The same with reasons, with the fields that would settle what is open, and with the State's rule that decided."""
    term, law = term_of(plan, on), law_of(plan)
    found = dict.fromkeys(contents().circumstances, Ground())
    found |= level_grounds(plan, term)
    found[AGE_16] = transition_ground(plan, term, law, started=_started(plan))
    found["near-majority"] = majority_ground(plan, term, law)
    found[REGULAR] = _regular(plan)
    for told in plan.form.told:
        found[told.id] = _told(plan, told, found[told.id])
    for name, needed in IMPLIES.items():
        if found[needed].holds is False and found[name].holds is None:
            found[name] = Ground(False, found[needed].why)
        elif found[name].holds and found[needed].holds is None:
            found[needed] = Ground(True, found[name].why)
    return found


def _told(plan: Plan, told: Told, known: Ground) -> Ground:
    """What the field of the plan says; what was `known` otherwise where it says nothing."""
    value = plan.value(told.field)
    if value is None:
        return known if known.holds is not None else Ground(None, known.why, (told.field, *known.ask))
    said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return Ground(bool(set(said if isinstance(said, list) else [said]) & set(told.is_)))


def _started(plan: Plan) -> bool:
    """True if the team wrote goals or services for life after high school: then it chose to, whatever the age."""
    return any(says_something(plan.content.get(name)) for name in _fields_needed_at(plan.form, AGE_16))


def _fields_needed_at(form: Form, circumstance: str) -> Iterator[str]:
    for shows in form.shows:
        list_id, _, item_id = shows.item.partition(".")
        items = form.items if list_id == "form" else content_list(list_id).items
        item = next((one for one in items if one.id == item_id), None)
        if item is not None and item.need == circumstance:
            yield from (*shows.all, *shows.any, *shows.each)


def _regular(plan: Plan) -> Ground:
    """Whether the child is in regular classes for a part of the day, from the chosen placement and the hours."""
    chosen = {row.get("option") for row in plan.rows("placements-considered") if row.get("chosen") is True}
    week, apart = plan.value("week-minutes"), plan.value("apart-minutes")
    if chosen & REGULAR_PLACEMENTS:
        return Ground(True, (Say("The plan chooses regular classes."),))
    if isinstance(week, int | float) and isinstance(apart, int | float) and week > 0:
        if apart >= week:
            return Ground(False, (Say("The child is apart from other children the whole week."),))
        return Ground(True, (Say("The child is with other children for a part of the week."),))
    return Ground(ask=_known(plan.form, "placements-considered", "week-minutes", "apart-minutes"))


def _known(form: Form, *names: str) -> tuple[str, ...]:
    found = []
    for name in names:
        try:
            found.append(form.field(name).id)
        except NoSuchEntry:
            continue
    return tuple(found)
