"""Pieces that the short papers share: accommodations in a line, goals in a line, services, whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.plan import Row
from gameplan.plans.rich import PARAGRAPH, Block, Run
from gameplan.plans.sheets.amounts import COUNTED, amount_cell, sentence
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.sheet import Heading, ListPart, Part, Passage, Words, passage

TAUGHT: Final = ("special-education", "related-services", "services", "esy-services")
AIDS: Final = ("supplementary-aids", "aids")
MANAGERS: Final = ("iep-manager", "plan-manager", "evaluation-manager", "coordinator")
NAMES: Final = ("what", "service")
ACCOMMODATIONS: Final = ("accommodations", "modifications")


def titled(desk: Desk, title: Say, *parts: Part | None, level: int = 2) -> tuple[Part, ...]:
    """The parts under a heading; nothing at all if there are none."""
    there = tuple(one for one in parts if one is not None)
    return (Heading(desk.say(title), level), *there) if there else ()


def words(value: Passage) -> Words | None:
    """The passage as running text, or None if it is empty."""
    return Words(value) if value else None


def listed(items: tuple[Passage, ...]) -> ListPart | None:
    """The filled passages as a list, or None if there are none."""
    filled = tuple(one for one in items if one)
    return ListPart(filled) if filled else None


def service_sentences(desk: Desk, *, you: bool = False, fields: tuple[str, ...] = TAUGHT) -> ListPart | None:
    """Each service as one plain sentence."""
    return listed(tuple(passage(sentence(desk, name, row, you=you)) for name in fields for row in desk.rows(name)))


def accommodation_lines(desk: Desk, *fields: str) -> tuple[Passage, ...]:
    """Each row as one line: what in bold, then where, when and who."""
    return tuple(_line(desk, name, row) for name in fields for row in desk.rows(name))


def goal_lines(desk: Desk) -> tuple[Passage, ...]:
    """Each goal in a line: its area in bold, what the child will do, how well, by when."""
    return tuple(_goal(desk, row) for row in desk.rows("goals"))


def aim_lines(desk: Desk) -> tuple[Passage, ...]:
    """Each goal in few words: its area in bold, how well, by when; what the child will do if nothing says how well."""
    return tuple(_goal(desk, row, short=True) for row in desk.rows("goals"))


def helpers(desk: Desk) -> tuple[str, ...]:
    """The kinds of staff who give services, each once."""
    names = (desk.cell(name, row, "who").text for name in TAUGHT for row in desk.rows(name))
    return tuple(dict.fromkeys(one for one in names if one))


def manager(desk: Desk) -> str:
    """The person to call and how to reach them; empty if nobody is named."""
    for name in MANAGERS:
        found = [one for one in (desk.said(name).text, desk.said(f"{name}-contact").text) if one]
        if found:
            return ", ".join(found)
    return ""


def _line(desk: Desk, field_id: str, row: Row) -> Passage:
    field = desk.fields[field_id]
    name = next((one for one in NAMES if row.get(one)), field.columns[0].id)
    skipped = (name, "need", *(COUNTED if field.column("minutes") else ()))
    rest = [amount_cell(desk, row).text.replace("\n", ", ")] if field.column("minutes") else []
    rest += [
        desk.value(one, row.get(one.id)).text
        for one in field.columns
        if one.id not in skipped and one.type != "date"
    ]  # fmt: skip
    line = "; ".join(" ".join(one.split()) for one in rest if one)
    return bold_first(desk.cell(field_id, row, name).text, line, desk.plan.language)


def _goal(desk: Desk, row: Row, *, short: bool = False) -> Passage:
    area, goal = desk.cell("goals", row, "area").text, " ".join(desk.cell("goals", row, "goal").text.split())
    target, by = desk.cell("goals", row, "target").text, desk.cell("goals", row, "by").text
    end = desk.say(Say("by {day}", {"day": by})) if by else ""
    if short and area and target:
        goal = ""
    aim = ", ".join(one for one in (target, end) if one)
    return bold_first(area, " ".join(_stopped(goal, aim)), desk.plan.language)


def _stopped(goal: str, aim: str) -> Iterator[str]:
    if goal:
        yield goal if goal[-1] in ".!?" or not aim else f"{goal}."
    if aim:
        yield aim if aim.endswith(".") else f"{aim}."


def bold_first(name: str, rest: str, lang: str) -> Passage:
    """A line that begins with a name in bold."""
    if not (name and rest):
        return passage(name or rest, bold=bool(name), lang=lang)
    return Passage((Block(PARAGRAPH, (Run(f"{name}: ", bold=True), Run(rest))),), lang)
