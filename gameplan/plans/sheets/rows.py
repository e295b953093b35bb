"""Fields of rows on paper: as a table, as one block for each row, or as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from gameplan.core.words import Say
from gameplan.plans.forms import Field
from gameplan.plans.plan import Row, is_filled
from gameplan.plans.sheets.amounts import COUNTED, amount_cell, period_cell, stacked
from gameplan.plans.sheets.desk import Desk
from gameplan.plans.sheets.sheet import Card, Fact, Facts, Part, Passage, TablePart, Words

PERIOD: Final = ("start", "end")
WHERE: Final = ("place", "group")
MOST_COLUMNS = 6
MOST_PROSE_COLUMNS = 2
MOST_COLUMNS_OF_LONG = 3
SHORT, LONG = 90, 300
LABELLED = ("label", "text")
SHARES: Final = {"prose": 8, "line": 4, "choice": 4, "choices": 4, "date": 3, "yes-no": 2, "number": 2, "ref": 4}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a printed table: its header, its share of the width, and what stands in it for a row."""

    header: str
    share: int
    cell: Callable[[Row], Passage]


def parts_of_rows(desk: Desk, field: Field) -> Iterator[Part]:
    """The parts of a field of rows, without the rows that stand with a row of another field."""
    rows = [row for row in desk.rows(field.id) if not _stands_elsewhere(desk, field, row)]
    if not rows:
        return
    if tuple(one.id for one in field.columns) == LABELLED:
        yield Facts(tuple(_labelled(desk, field, row) for row in rows), short=False)
    elif is_block(desk, field):
        numbers = {row["id"]: at for at, row in enumerate(desk.rows(field.id), start=1)}
        yield from (_card(desk, field, row, numbers[row["id"]]) for row in rows)
    else:
        yield table(desk, field, tuple(rows))


def is_block(desk: Desk, field: Field) -> bool:
    """True if each row is a block of its own: too much for a line of a table."""
    if sum(one.type == "prose" for one in field.columns) > MOST_PROSE_COLUMNS:
        return True
    rows = desk.rows(field.id)
    filled = [name for name in _merged(field) if any(is_filled(row.get(name)) for row in rows)]
    longest = max((len(text) for row in rows for text in row.values() if isinstance(text, str)), default=0)
    return len(filled) > (MOST_COLUMNS if longest <= LONG else MOST_COLUMNS_OF_LONG)


def table(desk: Desk, field: Field, rows: tuple[Row, ...], *, without: str = "") -> TablePart:
    """The rows as a table; columns that are empty throughout are left out, unless the law wants something there."""
    columns = [one for one in _columns(desk, field) if one[0] != without]
    drawn = [(column, [column.cell(row) for row in rows]) for _, column in columns]
    drawn = [(column, cells) for column, cells in drawn if any(cells)] or drawn[:1]
    lines = tuple(zip(*(cells for _, cells in drawn), strict=True))
    header = tuple(column.header for column, _ in drawn)
    return TablePart(desk.say(field.label), header, lines, tuple(column.share for column, _ in drawn), field.cite)


def _merged(field: Field) -> list[str]:
    """The columns of a field as a table shows them: those that make up one statement are one."""
    ids = [one.id for one in field.columns]
    found = list(ids)
    for group in (COUNTED, PERIOD, WHERE):
        if group[0] in ids and group[1] in ids:
            found = [name for name in found if name == group[0] or name not in group]
    return found


def _columns(desk: Desk, field: Field) -> list[tuple[str, Column]]:
    made = []
    own = {one.id: one for one in field.columns}
    merged = _merged(field)
    for name in merged:
        if name == COUNTED[0] and COUNTED[1] not in merged and COUNTED[1] in own:
            column = Column(desk.say(Say("How much, how often")), 4, _amount(desk, field))
        elif name == PERIOD[0] and PERIOD[1] not in merged and PERIOD[1] in own:
            column = Column(desk.say(Say("From when to when")), 4, _period(desk, field))
        elif name == WHERE[0] and WHERE[1] not in merged and WHERE[1] in own:
            column = Column(desk.say(Say("Where")), 4, _where(desk, field))
        else:
            column = Column(desk.say(own[name].label), SHARES[own[name].type], _plain(desk, field, own[name]))
        made.append((name, column))
    return made


def _plain(desk: Desk, field: Field, column: Field) -> Callable[[Row], Passage]:
    return lambda row: desk.value(column, row.get(column.id)) or _missing(desk, field, row, column.id)


def _amount(desk: Desk, field: Field) -> Callable[[Row], Passage]:
    return lambda row: stacked(amount_cell(desk, row), _missing(desk, field, row, *COUNTED))


def _period(desk: Desk, field: Field) -> Callable[[Row], Passage]:
    return lambda row: stacked(period_cell(desk, row), _missing(desk, field, row, *PERIOD))


def _where(desk: Desk, field: Field) -> Callable[[Row], Passage]:
    def cell(row: Row) -> Passage:
        place, group = (desk.cell(field.id, row, name) for name in WHERE)
        return stacked(place or _missing(desk, field, row, WHERE[0]), group)

    return cell


def _missing(desk: Desk, field: Field, row: Row, *column_ids: str) -> Passage:
    """The words for what is not filled in, if the law wants something in one of these columns and it is empty."""
    lacks = any(desk.lacks(field, row, column) for one in column_ids if (column := field.column(one)))
    return desk.missing() if lacks else Passage()


def _labelled(desk: Desk, field: Field, row: Row) -> Fact:
    label, text = (desk.cell(field.id, row, name) for name in LABELLED)
    return Fact(label.text, text)


def _card(desk: Desk, field: Field, row: Row, number: int) -> Card:
    parts: list[Words | Facts | TablePart] = []
    named = field.columns[0].id if field.columns[0].type in ("line", "choice") else ""
    for column in field.columns:
        value = desk.value(column, row.get(column.id)) or _missing(desk, field, row, column.id)
        if column.id != named and value:
            add_fact(parts, Fact(desk.say(column.label), value, column.cite), short=is_short(column, value))
    parts += _hanging(desk, field, row)
    return Card(desk.title_of(field, row, number), tuple(parts))


def is_short(field: Field, value: Passage) -> bool:
    """True if the value is a few words that can stand beside another fact."""
    return field.type != "prose" and len(value.text) <= SHORT


def add_fact(parts: list[Any], fact: Fact, *, short: bool) -> None:
    """Adds a fact to the parts, beside the last ones if those and this one are short."""
    last = parts[-1] if parts else None
    if short and isinstance(last, Facts) and last.short:
        parts[-1] = Facts((*last.facts, fact))
    else:
        parts.append(Facts((fact,), short=short))


def _hanging(desk: Desk, field: Field, row: Row) -> Iterator[TablePart]:
    """The rows of other fields that belong to this row, such as the steps of a goal."""
    for other, column in _hangers(desk, field):
        rows = tuple(one for one in desk.rows(other.id) if one.get(column.id) == row["id"])
        if rows:
            yield table(desk, other, rows, without=column.id)


def _hangers(desk: Desk, field: Field) -> Iterator[tuple[Field, Field]]:
    for other in desk.fields.values():
        column = other.columns[0] if other.columns else None
        if column is not None and column.type == "ref" and column.of == field.id:
            yield other, column


def _stands_elsewhere(desk: Desk, field: Field, row: Row) -> bool:
    """True if the row is printed with the row of another field to which it belongs."""
    column = field.columns[0]
    if column.type != "ref" or not is_block(desk, desk.fields[column.of]):
        return False
    return any(one["id"] == row.get(column.id) for one in desk.rows(column.of))
