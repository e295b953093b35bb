"""How much of a service, where, from when to when: as the cells of a table and as plain sentences."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from gameplan.core.words import Say
from gameplan.plans.plan import Row
from gameplan.plans.rich import Block
from gameplan.plans.sheets.desk import Desk, figure, one_line, small
from gameplan.plans.sheets.sheet import Passage, passage

COUNTED: Final = ("minutes", "times", "per", "amount")
"""The columns that together say how much of a service there is."""
EACH: Final = {
    "day": Say("each school day"), "week": Say("each week"), "month": Say("each month"),
    "quarter": Say("each quarter"), "year": Say("each year"),
}  # fmt: skip
EVERY: Final = {
    "day": Say("Every school day"), "week": Say("Every week"), "month": Say("Every month"),
    "quarter": Say("Every quarter"), "year": Say("Every year"),
}  # fmt: skip
PLACES: Final = {
    "regular-class": Say("in the regular class"), "special-class": Say("in the special education class"),
    "therapy-room": Say("in the therapy room"), "school": Say("at school"), "home": Say("at home"),
    "community": Say("in the community"), "online": Say("online"),
}  # fmt: skip
GROUPS: Final = {
    "alone": Say("alone"), "small-group": Say("in a small group"), "class": Say("with the whole class"),
}  # fmt: skip
SERVICES: Final = {
    "audiology": Say("hearing services"), "counseling": Say("counseling"), "interpreting": Say("interpreting"),
    "occupational-therapy": Say("occupational therapy"),
    "orientation-mobility": Say("lessons in getting around safely"),
    "parent-counseling": Say("counseling and training for parents"), "physical-therapy": Say("physical therapy"),
    "psychological": Say("help from a psychologist"), "recreation": Say("recreation"),
    "rehabilitation-counseling": Say("counseling for work and life"),
    "school-health-nurse": Say("help from the school nurse"), "social-work": Say("social work"),
    "speech-language": Say("speech and language therapy"), "transportation": Say("transportation"),
}  # fmt: skip
CHILD_GETS: Final = {
    "times": Say("{every} {child} gets {total} minutes of {service} ({times} times {minutes} minutes)"),
    "once": Say("{every} {child} gets {minutes} minutes of {service}"),
    "count": Say("{every} {child} gets {service}, this often: {times}"),
    "minutes": Say("{child} gets {minutes} minutes of {service} each time"),
    "some": Say("{child} gets {service}"),
}
YOU_GET: Final = {
    "times": Say("{every} you get {total} minutes of {service} ({times} times {minutes} minutes)"),
    "once": Say("{every} you get {minutes} minutes of {service}"),
    "count": Say("{every} you get {service}, this often: {times}"),
    "minutes": Say("You get {minutes} minutes of {service} each time"),
    "some": Say("You get {service}"),
}


def amount_cell(desk: Desk, row: Row) -> Passage:
    """How much and how often, counted and in the writer's words; empty if neither stands there."""
    in_words = one_line(row.get("amount") or "")
    return stacked(passage(_counted(desk, row)), passage(in_words, lang=desk.plan.language))


def period_cell(desk: Desk, row: Row) -> Passage:
    """From when to when; empty if no day stands there."""
    start, end = _day(row.get("start")), _day(row.get("end"))
    if start and end:
        return passage(desk.say(Say("{start} to {end}", {"start": start, "end": end})))
    return passage(_period(desk, row))


def stacked(*cells: Passage) -> Passage:
    """Several passages below each other as one."""
    filled = [one for one in cells if one]
    if len(filled) == 1:
        return filled[0]
    blocks: tuple[Block, ...] = tuple(block for one in filled for block in one.blocks)
    return Passage(blocks, next((one.lang for one in filled if one.lang), ""))


def sentence(desk: Desk, field_id: str, row: Row, *, you: bool = False) -> str:
    """A service as one plain sentence about the child, or to the student (`you`); empty if it has no name.

    >>> sentence(desk, "related-services", row)  # doctest: +SKIP
    'Every week Ana gets 60 minutes of speech and language therapy (2 times 30 minutes), in the therapy room, ...'
    """
    service = service_name(desk, field_id, row)
    if not service:
        return ""
    known = _numbers(row)
    every = EVERY.get(str(row.get("per")))
    which = _which(known, has_period=every is not None)
    values: dict[str, object] = {**known, "service": service, "child": desk.child, "every": every or ""}
    main = desk.say(Say((YOU_GET if you else CHILD_GETS)[which].text, values))
    rest = (
        _often(desk, row) if which == "minutes" else "", place_words(desk, field_id, row), _period(desk, row),
        one_line(row.get("amount") or "").rstrip("."),
    )  # fmt: skip
    return ", ".join((main, *(one for one in rest if one))) + "."


def service_name(desk: Desk, field_id: str, row: Row) -> str:
    """What is given, as it stands inside a sentence."""
    raw = row.get("service") or row.get("what")
    if raw in SERVICES:
        return desk.say(SERVICES[raw])
    field = desk.fields[field_id].column("service")
    said = desk.cell(field_id, row, "service" if row.get("service") else "what").text
    return small(said) if field and field.choice(raw) else said


def place_words(desk: Desk, field_id: str, row: Row) -> str:
    """Where and with whom, as it stands inside a sentence."""
    place = PLACES.get(str(row.get("place")))
    where = desk.say(place) if place else desk.cell(field_id, row, "place").text
    group = GROUPS.get(str(row.get("group")))
    return ", ".join(one for one in (where, desk.say(group) if group else "") if one)


def _often(desk: Desk, row: Row) -> str:
    """How often, where minutes are known but not all of the rest."""
    each = EACH.get(str(row.get("per")))
    times = Say("{times} times", {"times": figure(row["times"])}) if row.get("times") is not None else None
    return ", ".join(desk.say(one) for one in (times, each) if one)


def _period(desk: Desk, row: Row) -> str:
    start, end = _day(row.get("start")), _day(row.get("end"))
    if start and end:
        return desk.say(Say("from {start} to {end}", {"start": start, "end": end}))
    if start:
        return desk.say(Say("from {start}", {"start": start}))
    return desk.say(Say("until {end}", {"end": end})) if end else ""


def _day(raw: Any) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _numbers(row: Row) -> dict[str, str]:
    minutes, times = row.get("minutes"), row.get("times")
    found = {}
    if minutes is not None:
        found["minutes"] = figure(minutes)
    if times is not None:
        found["times"] = figure(times)
    if minutes is not None and times is not None:
        found["total"] = figure(minutes * times)
    return found


def _which(known: dict[str, str], *, has_period: bool) -> str:
    if has_period and "total" in known:
        return "once" if known["times"] == "1" else "times"
    if "minutes" in known:
        return "minutes"
    return "count" if has_period and "times" in known else "some"


def _counted(desk: Desk, row: Row) -> str:
    known = _numbers(row)
    if "total" in known:
        main = desk.say(Say("{times} × {minutes} minutes", known))
    elif "minutes" in known:
        main = desk.say(Say("{minutes} minutes", known))
    else:
        main = desk.say(Say("{times} times", known)) if "times" in known else ""
    each = EACH.get(str(row.get("per")))
    return ", ".join(one for one in (main, desk.say(each) if each else "") if one)
