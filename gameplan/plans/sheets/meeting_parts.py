"""Pieces that the papers of a meeting share: why, when and where, the people, the agenda."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.plan import Row
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.sheet import Fact, Facts, ListPart, Passage, TablePart, Words, passage
from gameplan.plans.sheets.short import listed

ROLES: Final = ("role", "also")
NAMES, FUNCTIONS, ANSWERS = 4, 4, 3
ALWAYS: Final = ("day", "time", "place")


def why_when_where(desk: Desk, *, wanted: bool) -> tuple[Words | Facts, ...]:
    """Why, when, where and how people meet. `wanted`: what is lacking of it is named as not filled in."""
    purposes, label = desk.said("purposes"), desk.fields["purposes"].label
    about = desk.said("purpose-words")
    if wanted and not purposes and not about:
        purposes = desk.missing()
    facts = tuple(_facts(desk, wanted))
    why = Facts((Fact(desk.say(label), purposes),), short=False) if purposes else None
    found = (why, Words(about) if about else None, Facts(facts) if facts else None)
    return tuple(one for one in found if one is not None)


def _facts(desk: Desk, wanted: bool) -> Iterator[Fact]:
    remote = desk.plan.value("means") in ("video", "phone")
    for name in (*ALWAYS, "means"):
        value = desk.said(name)
        if not value and wanted and name in ALWAYS and not (remote and name == "place"):
            value = desk.missing()
        if value:
            yield Fact(desk.say(desk.fields[name].label), value)


def people(desk: Desk, caption: Say, rows: Sequence[Row], *, came: bool = False) -> TablePart | None:
    """Names and roles as a table; with `came` also whether each was there. None if nobody is named."""
    if not rows:
        return None
    header = [desk.say(Say("Name")), desk.say(Say("Role"))]
    widths = [NAMES, FUNCTIONS]
    if came:
        answer = desk.fields["invited"].columns[-1].label
        header.append(desk.say(answer))
        widths.append(ANSWERS)
    cells = tuple(_person(desk, row, came) for row in rows)
    return TablePart(desk.say(caption), tuple(header), cells, tuple(widths))


def _person(desk: Desk, row: Row, came: bool) -> tuple[Passage, ...]:
    roles = [desk.cell("invited", row, name).text for name in ROLES]
    told = (desk.cell("invited", row, "name"), passage("; ".join(dict.fromkeys(filter(None, roles)))))
    return (*told, desk.cell("invited", row, "came")) if came else told


def topics(desk: Desk) -> ListPart | None:
    """The agenda as a list, each topic with who begins and how long; None without one."""
    return listed(tuple(_topic(desk, row) for row in desk.rows("agenda")))


def _topic(desk: Desk, row: Row) -> Passage:
    minutes = desk.cell("agenda", row, "minutes").text
    more = [desk.cell("agenda", row, "who").text]
    if minutes:
        more.append(desk.say(Say("{minutes} minutes", {"minutes": minutes})))
    topic, said = desk.cell("agenda", row, "topic").text, ", ".join(one for one in more if one)
    return passage(f"{topic} ({said})" if topic and said else topic or said, lang=desk.plan.language)
