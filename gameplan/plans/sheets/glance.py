"""The plan at a glance: one page for the teachers who work with the child every day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gameplan.core.words import Say
from gameplan.plans.plan import Row
from gameplan.plans.sheets.amounts import amount_cell, period_cell
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.paper import facts_of
from gameplan.plans.sheets.rows import SHORT
from gameplan.plans.sheets.sheet import Beside, Fact, Facts, Note, Part, Passage, Words, passage
from gameplan.plans.sheets.short import (
    ACCOMMODATIONS,
    AIDS,
    TAUGHT,
    accommodation_lines,
    aim_lines,
    bold_first,
    listed,
    manager,
    titled,
    words,
)  # fmt: skip

FACTORS = ("communication", "english-needs", "braille", "deaf-communication")
IN_BREAKS = ("esy-services",)
HEALTH = ("health-about", "health-care", "emergency")
HEALTH_LISTS = ("medicine", "emergency-calls")


def glance(desk: Desk) -> tuple[Part, ...]:
    """What a teacher must know on the first day: strengths, what helps, services, behavior, goals, whom to ask."""
    confidential = Say("Confidential. Only for people who work with {child}.", {"child": desk.child})
    return (
        Note(passage(desk.say(confidential))),
        *_first_facts(desk),
        *_beside(tuple(_to_do(desk)), tuple(_to_know(desk))),
    )


def _beside(*columns: tuple[Any, ...]) -> Iterator[Part]:
    filled = tuple(one for one in columns if one)
    if filled:
        yield Beside(filled)


def _to_do(desk: Desk) -> Iterator[Part]:
    yield from titled(
        desk, Say("Accommodations: what to do in class"), listed(accommodation_lines(desk, *ACCOMMODATIONS))
    )
    yield from titled(desk, Say("What also helps"), listed(accommodation_lines(desk, *AIDS)), *facts_of(desk, *FACTORS))
    yield from titled(
        desk, Say("Health and emergencies"), *facts_of(desk, *HEALTH), listed(accommodation_lines(desk, *HEALTH_LISTS))
    )


def _to_know(desk: Desk) -> Iterator[Part]:
    yield from titled(desk, Say("Strengths"), words(desk.said("strengths")))
    yield from titled(desk, Say("In the student's own words"), words(desk.said("student-words")))
    yield from titled(desk, Say("Behavior: what helps"), words(desk.said("behavior-supports")))
    yield from titled(desk, Say("Services: when and where"), *_services(desk))
    yield from titled(desk, Say("Goals for the year"), listed(aim_lines(desk)))
    yield from titled(desk, Say("Tests"), *facts_of(desk, "assessment-part", "test-accommodations"))


def _first_facts(desk: Desk) -> Iterator[Part]:
    found = [
        (Say("Ask first"), manager(desk)),
        (Say("Plan from"), desk.said("start").text),
        (Say("Reviewed by"), desk.said("review-by").text),
        (Say("Disability"), desk.said("disability").text or _few_words(desk, "impairment")),
    ]
    facts = tuple(Fact(desk.say(label), passage(value)) for label, value in found if value)
    if facts:
        yield Facts(facts)


def _few_words(desk: Desk, field_id: str) -> str:
    """What stands in the field, if it is short enough for a corner of the page."""
    found = desk.said(field_id)
    return found.text if len(found.blocks) == 1 and len(found.text) <= SHORT else ""


def _services(desk: Desk) -> Iterator[Part]:
    """Each service of the school year in a line, and the time of all of them where it is one."""
    rows = [(name, row) for name in TAUGHT if name not in IN_BREAKS for row in desk.rows(name)]
    periods = {period_cell(desk, row).text for _, row in rows}
    lines = tuple(_service(desk, name, row, with_period=len(periods) > 1) for name, row in rows)
    found = listed(lines)
    if found:
        yield found
    if len(periods) == 1 and (period := periods.pop()):
        yield Words(passage(desk.say(Say("All of them: {period}.", {"period": period}))), quiet=True)


def _service(desk: Desk, field_id: str, row: Row, *, with_period: bool) -> Passage:
    name = desk.cell(field_id, row, "service") or desk.cell(field_id, row, "what")
    cells = [amount_cell(desk, row), *(desk.cell(field_id, row, one) for one in ("place", "group", "who"))]
    cells += [period_cell(desk, row)] if with_period else []
    rest = "; ".join(" ".join(one.text.split()) for one in cells if one)
    return bold_first(name.text, rest, desk.plan.language)
