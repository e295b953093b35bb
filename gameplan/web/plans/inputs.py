"""The fields of a section as a page shows them, and what such a page sent as changes.

Each field sends its words as `v:PATH`. Beside it `r:PATH` says from which revision they were written, and a short mark
of what stood there, so that a field that nobody touched is left alone. A page with the script also sends `w:PATH`,
what stood there in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from gameplan.planning.doors import Standing
from gameplan.planning.models import Beside, Remark
from gameplan.planning.writing import Change
from gameplan.plans.cells import NO, YES, NoSuchPlace, place_of
from gameplan.plans.forms import ROWS, Choice, Field, Form, Section
from gameplan.plans.plan import Plan, cells
from gameplan.web.templatetags.look import page_tongue

VALUE, REVISION, WAS = "v:", "r:", "w:"
MARK_SIZE: Final = 10
MANY: Final = 6
"""With more options than this a choice is a list to open."""


@dataclass(frozen=True)
class Input:
    """One field, or one column in a row, on a page. `words` is what stands in it, one item but for choices."""

    path: str
    asks: Field
    words: tuple[str, ...]
    revision: int
    options: tuple[Choice, ...] = ()
    beside: tuple[Beside, ...] = ()
    changed: str = ""

    @property
    def id(self) -> str:
        """The id of the element, and of its label."""
        return f"f-{self.path.replace('/', '-')}"

    @property
    def word(self) -> str:
        """What stands in it."""
        return self.words[0] if self.words else ""

    @property
    def base(self) -> str:
        """What the page sends back so that a change can be told from what stood there."""
        return f"{self.revision}:{mark_of(self.words)}"

    @property
    def as_list(self) -> bool:
        """True if the options are many: a list to open instead of cards."""
        return len(self.options) > MANY or bool(self.asks.of)

    @property
    def yes_no(self) -> tuple[tuple[str, bool], ...]:
        """The two answers, and which of them is given."""
        return tuple((word, word in self.words) for word in (YES, NO))


@dataclass(frozen=True)
class RowInputs:
    """One row of a list: its id, its place, the words by which people know it, and its columns."""

    id: str
    number: int
    name: str
    inputs: tuple[Input, ...]
    changed: str = ""
    advice: tuple[object, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_open(self) -> bool:
        """True if somebody should look at it: nothing stands in it yet, or two people wrote in one place."""
        return not self.name or any(one.beside for one in self.inputs)


@dataclass(frozen=True)
class Shown:
    """One field of a section on a page: a single input, or a list with its rows and those that were taken out."""

    asks: Field
    input: Input | None = None
    rows: tuple[RowInputs, ...] = ()
    gone: tuple[RowInputs, ...] = ()
    needed: bool | None = True
    remarks: tuple[Remark, ...] = ()

    @property
    def is_rows(self) -> bool:
        """True for a list."""
        return self.asks.type == ROWS


@dataclass(frozen=True)
class Around:
    """What a page knows beside the plan itself."""

    beside: Sequence[Beside] = ()
    remarks: Sequence[Remark] = ()
    circumstances: Mapping[str, bool | None] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)


def words_of(value: Any) -> tuple[str, ...]:
    """A value as the words that a form shows and sends."""
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return (YES if value else NO,)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def mark_of(words: Sequence[str]) -> str:
    """A short mark of some words; browsers may send other line ends than they got."""
    text = "\x1f".join(one.replace("\r\n", "\n") for one in words if one)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_SIZE]


def shown_fields(section: Section, standing: Standing, around: Around) -> tuple[Shown, ...]:
    """Every field of the section, as the page shows it."""
    return tuple(_shown(one, standing, around) for one in section.fields)


def _shown(one: Field, standing: Standing, around: Around) -> Shown:
    needed = around.circumstances.get(one.when) if one.when else True
    remarks = tuple(each for each in around.remarks if each.path == one.id)
    if one.type != ROWS:
        return Shown(one, _input(one, one.id, standing, around), needed=needed, remarks=remarks)
    ids = [str(row) for row in standing.values.get(one.id) or ()]
    rows = tuple(_row(one, row, number, standing, around) for number, row in enumerate(ids, start=1))
    lost = dict.fromkeys(path.split("/")[1] for path in standing.values if path.startswith(f"{one.id}/"))
    gone = (_row(one, row, 0, standing, around) for row in lost if row not in ids)
    return Shown(one, rows=rows, gone=tuple(row for row in gone if row.name), needed=needed, remarks=remarks)


def _row(one: Field, row: str, number: int, standing: Standing, around: Around) -> RowInputs:
    inputs = tuple(_input(column, f"{one.id}/{row}/{column.id}", standing, around) for column in one.columns)
    path = f"{one.id}/{row}"
    remarks = tuple(each for each in around.remarks if each.path == path)
    return RowInputs(row, number, _name(inputs), inputs, around.changed.get(path, ""), remarks=remarks)


def _name(inputs: Sequence[Input]) -> str:
    """The first words in a row, by which people know it."""
    first = next((one for one in inputs if one.word and one.asks.type in ("line", "prose", "choice")), None)
    if first is None:
        return ""
    choice = first.asks.choice(first.word)
    words = choice.label if choice else first.word
    return words if len(words) <= 60 else words[:57].rsplit(" ", 1)[0] + "…"


def _input(asks: Field, path: str, standing: Standing, around: Around) -> Input:
    return Input(
        path,
        asks,
        words_of(standing.values.get(path)),
        standing.revisions.get(path, 0),
        tuple(_options(asks, standing)),
        tuple(one for one in around.beside if one.path == path),
        around.changed.get(path, ""),
    )


def _options(asks: Field, standing: Standing) -> Iterator[Choice]:
    if not asks.of:
        yield from asks.choices
        return
    field = next(one for one in standing.plan.form.fields() if one.id == asks.of)
    for number, row in enumerate(standing.plan.rows(asks.of), start=1):
        words = [str(row[one.id]) for one in field.columns if row.get(one.id) and one.type in ("line", "prose")]
        yield Choice(str(row["id"]), f"{number}. {words[0][:60] if words else ''}".strip())


def changes_of(sent: QueryDict, form: Form) -> list[Change]:
    """The fields of a page that somebody changed. What says no revision, and paths of no field, are left out."""
    found = []
    for name in sent:
        if not name.startswith(REVISION):
            continue
        path = name.removeprefix(REVISION)
        try:
            place_of(form, path)
        except NoSuchPlace:
            continue
        base, _, mark = str(sent[name]).partition(":")
        raw = [one for one in sent.getlist(VALUE + path) if one]
        if mark_of(raw) == mark or not base.isdecimal():
            continue
        was = sent.getlist(WAS + path) if WAS + path in sent else None
        found.append(Change(path, raw, int(base), was))
    return found


def word_places(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every value of a plan that is words, by its path, with how a reader calls the place."""
    tongue = page_tongue()
    for path, value in cells(plan):
        place = place_of(plan.form, path)
        if not isinstance(value, str) or place.asks.type not in ("line", "prose"):
            continue
        label = tongue.text(place.field.label)
        if place.column:
            rows = [str(row["id"]) for row in plan.rows(place.field.id)]
            row = f"{tongue.text(place.field.row)} {rows.index(place.row) + 1}"
            label = f"{label}: {row}: {tongue.text(place.column.label)}"
        yield path, label
