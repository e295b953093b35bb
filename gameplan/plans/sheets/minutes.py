"""The copy at the end of a meeting: who was there, what was decided, who saw it differently, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.meeting_parts import people, topics, why_when_where
from gameplan.plans.sheets.paper import facts_of
from gameplan.plans.sheets.rows import parts_of_rows
from gameplan.plans.sheets.sheet import Note, Part, TablePart, Words, passage
from gameplan.plans.sheets.short import titled, words

DECIDED: Final = ("what", "why", "agreed")
STEP: Final = ("what", "who", "by")
WHAT, WHO, BY = 6, 3, 3
INTERPRETER: Final = ("interpreter", "interpreter-language")


def minutes(desk: Desk) -> tuple[Part, ...]:
    """Everything that the meeting came to. What somebody saw differently stands beside what was decided."""
    named = [row for row in desk.rows("invited") if row.get("name")]
    kept = Say("Somebody who finds that a thing is missing or wrong can say so in writing and have it kept with this.")
    return (
        *why_when_where(desk, wanted=False),
        *titled(
            desk, Say("Who took part"), people(desk, Say("Who was invited, and who was there"), named, came=True),
            *facts_of(desk, *INTERPRETER), *_rows(desk, "excusals"), *facts_of(desk, "tries"),
        ),
        *titled(desk, Say("What was talked about"), topics(desk), *facts_of(desk, "family-topics")),
        *titled(desk, Say("Notes"), words(desk.said("notes"))),
        *titled(desk, Say("What was decided"), *(_rows(desk, "decisions", DECIDED) or (_nothing(desk),))),
        *titled(desk, Say("Who does what, and by when"), _steps(desk)),
        *titled(desk, Say("Who saw it differently"), *(_rows(desk, "dissents") or (_nobody(desk),))),
        Note(passage(desk.say(kept))),
    )  # fmt: skip


def _rows(desk: Desk, name: str, columns: tuple[str, ...] = ()) -> tuple[Part, ...]:
    field = desk.fields[name]
    if columns:
        field = replace(field, columns=tuple(one for one in field.columns if one.id in columns))
    return tuple(parts_of_rows(desk, field))


def _steps(desk: Desk) -> TablePart | None:
    rows = tuple(row for row in desk.rows("decisions") if row.get("who") or row.get("by"))
    if not rows:
        return None
    header = tuple(_headers(desk))
    cells = tuple(tuple(desk.cell("decisions", row, name) for name in STEP) for row in rows)
    return TablePart(desk.say(Say("Next steps")), header, cells, (WHAT, WHO, BY))


def _headers(desk: Desk) -> Iterator[str]:
    field = desk.fields["decisions"]
    yield from (desk.say(one.label) for name in STEP if (one := field.column(name)))


def _nothing(desk: Desk) -> Words:
    return Words(passage(desk.say(Say("No decision is written down."))))


def _nobody(desk: Desk) -> Words:
    return Words(passage(desk.say(Say("No other view is written down."))))
