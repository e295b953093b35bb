"""The writing desk of a sheet: a plan, a language and a day, and what each value reads like on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from gameplan.core.words import Say, Tongue
from gameplan.law.content_check import MISSING
from gameplan.plans.check import check_plan
from gameplan.plans.forms import ROWS, Field
from gameplan.plans.plan import Plan, Row, is_filled
from gameplan.plans.rich import PARAGRAPH, Block, Run, blocks
from gameplan.plans.sheets.sheet import Passage, passage

LINE_END = re.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")
HIDDEN_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
ROLES: Final = {
    "parents": Say("Parent"), "regular-teacher": Say("Regular teacher"),
    "special-teacher": Say("Special education teacher"), "agency-representative": Say("For the school district"),
    "results-interpreter": Say("Explains test results"), "others": Say("Knows the child or the field"),
    "child": Say("Student"), "child-invited-transition": Say("Student"),
    "transition-agency": Say("Agency for life after high school"), "part-c-coordinator": Say("Early intervention"),
    "private-school-rep": Say("Private school"),
}  # fmt: skip
TEAM_CODES = "iep-team"
NOT_FILLED_IN: Final = Say("Not filled in")


@dataclass(frozen=True)
class Desk:
    """A plan with the language and the day of a sheet."""

    plan: Plan
    tongue: Tongue
    on: date

    @cached_property
    def _lacking(self) -> frozenset[tuple[str, str, str]]:
        found = check_plan(self.plan, self.on).findings
        places = (place for one in found if one.answer == MISSING for place in one.places)
        return frozenset((one.field, one.row, one.column) for one in places)

    def lacks(self, field: Field, row: Row | None = None, column: Field | None = None) -> bool:
        """True if the law wants something in that field, or in that column of the row, and nothing stands there."""
        row_id = str(row["id"]) if row else ""
        return (field.id, row_id, column.id if column else "") in self._lacking

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of the form by id."""
        return {one.id: one for one in self.plan.form.fields()}

    @property
    def child(self) -> str:
        """The first name of the child, or words in its place."""
        return tidy(self.plan.child.name).partition(" ")[0] or self.tongue.say(Say("the child"))

    def say(self, sentence: Say | str) -> str:
        """The sentence in the language of the sheet."""
        return self.tongue.say(sentence)

    def missing(self) -> Passage:
        """What stands where the law wants something and there is nothing."""
        return Passage((Block(PARAGRAPH, (Run(self.say(NOT_FILLED_IN), italic=True),)),), missing=True)

    def said(self, field_id: str) -> Passage:
        """What stands in a single field of that id; empty if there is nothing, or no such field."""
        field = self.fields.get(field_id)
        return Passage() if field is None else self.value(field, self.plan.value(field_id))

    def rows(self, field_id: str) -> tuple[Row, ...]:
        """The rows of a field of that id; empty if there are none, or no such field."""
        field = self.fields.get(field_id)
        return self.plan.rows(field_id) if field is not None and field.type == ROWS else ()

    def cell(self, field_id: str, row: Row, column_id: str) -> Passage:
        """What stands in one column of a row; empty if there is nothing, or no such column."""
        column = self.fields[field_id].column(column_id) if field_id in self.fields else None
        return Passage() if column is None else self.value(column, row.get(column_id))

    def value(self, field: Field, raw: Any) -> Passage:
        """A value as it reads on paper; empty if nothing stands there."""
        if raw is None or (raw is not False and not is_filled(raw)):
            return Passage()
        own = self.plan.language
        match field.type:
            case "prose":
                return Passage(blocks(tidy(raw)), own)
            case "date":
                return passage(self.tongue.date(date.fromisoformat(raw)))
            case "yes-no":
                return passage(self.say(Say("Yes") if raw else Say("No")))
            case "number":
                return passage(figure(raw))
            case "choices":
                return _joined([self._option(field, each) for each in raw])
            case "choice":
                return self._option(field, raw)
            case "ref":
                return passage(self.row_name(self.fields[field.of], raw))
        return passage(one_line(raw), lang=own)

    def row_name(self, field: Field, row_id: str) -> str:
        """How another row calls this row: "Goal 2: Reading"."""
        rows = self.plan.rows(field.id)
        at = next((at for at, row in enumerate(rows, start=1) if row["id"] == row_id), 0)
        return self.title_of(field, rows[at - 1], at) if at else one_line(row_id)

    def title_of(self, field: Field, row: Row, number: int) -> str:
        """The title of a row that stands as a block: what a row is called, its number, and its first line of words."""
        called = f"{capital(self.say(field.row or field.label))} {number}"
        first = field.columns[0]
        named = self.value(first, row.get(first.id)).text if first.type in ("line", "choice") else ""
        return f"{called}: {named}" if named else called

    def _option(self, field: Field, raw: str) -> Passage:
        if field.codes == TEAM_CODES and raw in ROLES:
            return passage(self.say(ROLES[raw]))
        choice = field.choice(raw)
        if choice is None:
            return passage(one_line(raw), lang=self.plan.language)
        return passage(self.say(choice.label))


def _joined(options: Iterable[Passage]) -> Passage:
    return passage("; ".join(one.text for one in options))


def tidy(text: str) -> str:
    """The text in one Unicode form, without control characters and marks that nobody sees."""
    plain = unicodedata.normalize("NFC", LINE_END.sub("\n", text)).replace("\t", " ")
    return "".join(c for c in plain if c == "\n" or not (unicodedata.category(c) in ("Cc", "Cs") or c in HIDDEN_MARKS))


def one_line(text: str) -> str:
    """The text in one line, tidied."""
    return " ".join(tidy(text).split())


def figure(number: float) -> str:
    """A number as people write it: 30, not 30.0."""
    return str(int(number)) if float(number).is_integer() else str(number)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]
