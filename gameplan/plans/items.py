"""The things of a plan that a parent agrees to or not, one by one, and how a plan is put together from such things.

A thing is a row of a field that the form marks with `decide` (`goals/g1`), or what the single fields of such a section
say together (`placement`). Short steps go with their goal. Everything else (what the team found and wrote) is the rest:
nobody is asked about it, and it comes with the newest version of which something is in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gameplan.core.words import Say
from gameplan.plans.forms import NONE, ROWS, Field, Form
from gameplan.plans.names import row_name, row_names
from gameplan.plans.plan import Plan, Row, is_filled

REST: Final = ""
"""The key of what stands beside the things that a parent decides on."""
KEPT, CHANGED, NEW, GONE = "kept", "changed", "new", "gone"
Part = Mapping[str, Any]
"""What one thing says, by field; for a field of rows a tuple of rows."""


@dataclass(frozen=True, slots=True)
class DecideItem:
    """One thing that a parent agrees to or not: its key (`goals/g1`, `placement`), its words, and the field or section.

    `change` says how it stands beside an older plan: kept, changed, new or gone; empty where nothing was compared.
    """

    key: str
    label: Say
    where: str
    change: str = ""


def items_of(plan: Plan) -> tuple[DecideItem, ...]:
    """The things that a parent decides on, in the order of the form; a section in which nothing stands is none.

    >>> from gameplan.plans.form_files import form
    >>> [one.key for one in items_of(Plan(form("iep"), content={"goals": [{"id": "g1"}], "esy": "no"}))]
    ['goals/g1', 'esy']
    """
    parts = parts_of(plan)
    return tuple(one for one in _items(plan) if one.key in parts)


def items_between(old: Plan | None, new: Plan) -> tuple[DecideItem, ...]:
    """The things of both plans with how each changed, first those of the new plan; without an old one all are new."""
    before, after = parts_of(old) if old else {}, parts_of(new)
    found = [replace(one, change=change_of(before.get(one.key), after[one.key])) for one in items_of(new)]
    gone = [replace(one, change=GONE) for one in items_of(old) if one.key not in after] if old else []
    return (*found, *gone)


def change_of(old: Part | None, new: Part | None) -> str:
    """How one thing changed: kept, changed, new or gone."""
    if same(old, new):
        return KEPT
    return NEW if not old else GONE if not new else CHANGED


def parts_of(plan: Plan) -> dict[str, Part]:
    """The plan taken apart: what each thing says, and under `REST` everything else. Empty values are left out."""
    parts: dict[str, dict[str, Any]] = {REST: {}}
    layout = _Layout(plan.form)
    for one in plan.form.fields():
        value = plan.content.get(one.id)
        if (is_filled(value) or value is False) and one.id not in layout.nones:
            for key, piece in _split(plan, one, layout):
                parts.setdefault(key, {})[one.id] = piece
    return dict(parts)


def same(one: Part | None, other: Part | None) -> bool:
    """True if both say the same; a value left empty is as good as none."""
    return _tidy(one or {}) == _tidy(other or {})


@dataclass(frozen=True, slots=True)
class Held:
    """A part of the plan, the version that it comes from, and what whoever keeps it notes of it."""

    part: Part
    version: int


@dataclass
class Ground:
    """A plan while it is put together from parts of several versions. `plan` is the paper that the rest comes from."""

    plan: Plan | None = None
    parts: dict[str, Held] = field(default_factory=dict)
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nones: dict[str, bool] = field(default_factory=dict)

    def take(self, key: str, part: Part | None, version: int) -> None:
        """Put a part in the place of what stood there; no part means that it is gone."""
        if part:
            self.parts[key] = Held(part, version)
        else:
            self.parts.pop(key, None)

    def follow(self, paper: Plan) -> None:
        """Take over the order of the rows of a newer paper; rows that only the older one has stay behind the same row.

        Where the newer paper's rows are all that is left, what it says of an empty list counts too.
        """
        for one in paper.form.fields():
            if one.type == ROWS:
                self.orders[one.id] = _order(self.orders.get(one.id, ()), [str(r["id"]) for r in paper.rows(one.id)])
        rows = self._rows()
        for one in _decided_rows(paper.form):
            if [str(row["id"]) for row in rows.get(one.id, ())] == [str(row["id"]) for row in paper.rows(one.id)]:
                self.nones[one.id] = bool(paper.content.get(one.id + NONE))

    def whole(self) -> Plan | None:
        """The plan that the parts make; None if there is no paper yet."""
        if self.plan is None:
            return None
        content: dict[str, Any] = {name: value for held in self.parts.values() for name, value in held.part.items()
                                   if not isinstance(value, tuple)}  # fmt: skip
        rows = self._rows()
        content |= {name: list(found) for name, found in rows.items() if found}
        for one in _decided_rows(self.plan.form):
            if one.none and self.nones.get(one.id) and not rows.get(one.id):
                content[one.id + NONE] = True
        known = [one.id for one in self.plan.form.fields()]
        ordered = {name: content[name] for name in known if name in content}
        left = {name: value for name, value in content.items() if name not in ordered}
        return replace(self.plan, content=_without_loose_ends(self.plan.form, ordered) | left)

    def homeless(self) -> tuple[str, ...]:
        """The fields that still hold something and that the newest paper's form does not have."""
        known = {one.id for one in self.plan.form.fields()} if self.plan else set()
        return tuple(sorted({name for held in self.parts.values() for name in held.part if name not in known}))

    def _rows(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for held in sorted(self.parts.values(), key=lambda one: -one.version):
            for name, value in held.part.items():
                if isinstance(value, tuple):
                    rows = found.setdefault(name, [])
                    rows.extend(_renamed(row, rows, held.version) for row in value)
        for name, rows in found.items():
            place = {row_id: at for at, row_id in enumerate(self.orders.get(name, ()))}
            rows.sort(key=lambda row, place=place: place.get(str(row["id"]), len(place)))  # type: ignore[misc]
        return found


def _items(plan: Plan) -> Iterator[DecideItem]:
    for section in plan.form.sections:
        for one in section.fields:
            if one.decide and one.type == ROWS:
                names = row_names(one, plan.rows(one.id))
                for row in plan.rows(one.id):
                    yield DecideItem(f"{one.id}/{row['id']}", _row_label(one, row, names), one.id)
        if section.decide or any(one.decide and one.type != ROWS for one in section.fields):
            yield DecideItem(section.id, Say(section.title), section.id)


def _row_label(one: Field, row: Row, names: Mapping[str, Say | str]) -> Say:
    """What kind of row it is, and its name; a row without a name is called by its number."""
    name = names[str(row["id"])]
    if not row_name(one, row) and isinstance(name, Say):
        return name
    return Say("{name}: {words}", {"name": Say(one.row or one.label), "words": name})


class _Layout:
    """Where the fields of a form belong, worked out once for a plan."""

    def __init__(self, form: Form) -> None:
        self.decided = {one.id for one in _decided_rows(form)}
        self.nones = {name + NONE for name in self.decided}
        self.section = {
            one.id: section.id if section.decide or one.decide else REST
            for section in form.sections
            for one in section.fields
        }

    def leader(self, one: Field) -> Field | None:
        """The column by which the rows of a field go with the rows of a field that is decided on."""
        return next((column for column in one.columns if column.type == "ref" and column.of in self.decided), None)


def _split(plan: Plan, one: Field, layout: _Layout) -> Iterator[tuple[str, Any]]:
    """What stands in a field, each piece with the key of the thing that it belongs to."""
    if one.type != ROWS:
        yield layout.section[one.id], plan.content[one.id]
        return
    leader = layout.leader(one)
    if not one.decide and leader is None:
        yield layout.section[one.id], plan.rows(one.id)
        return
    known = {str(row["id"]) for row in plan.rows(leader.of)} if leader else set()
    pieces: dict[str, list[Row]] = {}
    for row in plan.rows(one.id):
        named = row.get(leader.id) if leader else None
        key = f"{leader.of}/{named}" if leader and named in known else layout.section[one.id]
        pieces.setdefault(f"{one.id}/{row['id']}" if one.decide else key, []).append(row)
    yield from ((key, tuple(rows)) for key, rows in pieces.items())


def _renamed(row: Row, others: Sequence[Row], version: int) -> Row:
    """The row with an id of its own: a step that a newer version moved to another goal may be there twice."""
    taken, name = {str(one["id"]) for one in others}, str(row["id"])
    while name in taken:
        name = f"{name}-v{version}"
    return row if name == row["id"] else {**row, "id": name}


def _decided_rows(form: Form) -> list[Field]:
    return [one for one in form.fields() if one.decide and one.type == ROWS]


def _tidy(part: Part) -> dict[str, Any]:
    def rows(value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        return [{name: each for name, each in row.items() if is_filled(each) or each is False} for row in value]

    return {name: rows(value) for name, value in part.items()}


def _order(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The new order, and each id that only the old one has behind the one it stood behind."""
    found = list(new)
    for at, name in enumerate(old):
        if name not in found:
            found.insert(found.index(old[at - 1]) + 1 if at else 0, name)
    return tuple(found)


def _without_loose_ends(form: Form, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without references to rows that did not come into force."""
    found = dict(content)
    for one in form.fields():
        for column in one.columns:
            if column.type == "ref" and one.id in found:
                known = {str(row["id"]) for row in found.get(column.of) or ()}
                found[one.id] = [_cut(row, column.id, known) for row in found[one.id]]
    return found


def _cut(row: Row, column: str, known: set[str]) -> Row:
    loose = row.get(column) and row[column] not in known
    return {name: value for name, value in row.items() if name != column} if loose else row
