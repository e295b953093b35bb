"""Two plans side by side: what is new, gone, more, less, elsewhere or worded otherwise, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gameplan.core.words import Say, Tongue, plainly
from gameplan.plans.changes import (
    ADDED,
    ANSWER,
    REMOVED,
    Change,
    Pair,
    Subject,
    alike,
    cell_change,
    coming_or_going,
    key_of,
    time_change,
)
from gameplan.plans.forms import ROWS, Field, Form, Section
from gameplan.plans.minutes import COLUMNS, HOW_COUNTED, Total, as_number, is_timed, total_of
from gameplan.plans.names import row_names
from gameplan.plans.plan import Plan, Row

NOTHING: Final[Row] = {}


class NotComparable(ValueError):
    """Raised for two plans of different kinds, such as an IEP and an evaluation: they do not have the same fields."""

    def __init__(self, before: Form, after: Form) -> None:
        super().__init__(
            f"“{before.name}” and “{after.name}” are of different kinds ({before.kind}, {after.kind}). "
            "Compare two plans of one kind."
        )


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """What changed in one section of the form."""

    id: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TotalChange:
    """What one list of services comes to in minutes a week, before and now."""

    before: Total
    after: Total


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans compared: the sections in which something changed, and the totals of each list of services."""

    before: Plan
    after: Plan
    sections: tuple[SectionChanges, ...]
    totals: tuple[TotalChange, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all sections."""
        return tuple(change for one in self.sections for change in one.changes)

    @property
    def nothing(self) -> bool:
        """True if both plans say the same."""
        return not self.sections


def compare(before: Plan, after: Plan) -> Comparison:
    """What is different in `after`. Rows are the same row if they have one id, or else one name.

    The forms may differ, such as the federal one and a State's: fields are compared by their id. Raises NotComparable
    if the plans are of different kinds.
    """
    if before.form.kind != after.form.kind:
        raise NotComparable(before.form, after.form)
    sections = _sections(before.form, after.form)
    look = _Look(before, after, _rows_together(sections, before, after))
    found = (
        SectionChanges(one.id, one.title, tuple(change for field in one.fields for change in look.at(one.id, field)))
        for one in sections
    )
    lists = [field for one in sections for field in one.fields if is_timed(field)]
    totals = (TotalChange(total_of(one, _rows(before, one)), total_of(one, _rows(after, one))) for one in lists)
    used = tuple(one for one in totals if any(side.kinds or side.not_told for side in (one.before, one.after)))
    return Comparison(before, after, tuple(one for one in found if one.changes), used)


def _sections(before: Form, after: Form) -> tuple[Section, ...]:
    """The sections of the form as it is now, with the fields that only the form before had at their ends."""
    known = {one.id for one in after.fields()}
    gone = {one.id: tuple(field for field in one.fields if field.id not in known) for one in before.sections}
    old = {one.id: one for one in before.fields()}
    sections = [
        replace(one, fields=(*(_with_columns(each, old.get(each.id)) for each in one.fields), *gone.pop(one.id, ())))
        for one in after.sections
    ]
    left = (replace(one, fields=gone[one.id]) for one in before.sections if gone.get(one.id))
    return (*sections, *left)


def _with_columns(field: Field, old: Field | None) -> Field:
    more = tuple(one for one in old.columns if not field.column(one.id)) if old and field.columns else ()
    return replace(field, columns=(*field.columns, *more)) if more else field


def _rows(plan: Plan, field: Field) -> Sequence[Row]:
    """The rows of a field; none where the plan's own form has no rows there."""
    value = plan.content.get(field.id)
    is_rows = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return value if field.type == ROWS and is_rows and value else ()


@dataclass(frozen=True, slots=True)
class _Together:
    """The rows of one field: those that are the same one, by position of the new one; their names."""

    pairs: tuple[tuple[Row | None, Row | None], ...]
    names: Mapping[str, Say | str]
    names_before: Mapping[str, Say | str]
    now: Mapping[str, str]


def _rows_together(sections: Sequence[Section], before: Plan, after: Plan) -> dict[str, _Together]:
    lists = (field for one in sections for field in one.fields if field.type == ROWS)
    return {field.id: _together(field, _rows(before, field), _rows(after, field)) for field in lists}


def _together(field: Field, before: Sequence[Row], after: Sequence[Row]) -> _Together:
    old = {str(row["id"]): row for row in before}
    partner = {str(row["id"]): old[str(row["id"])] for row in after if str(row["id"]) in old}
    left = [row for row in before if str(row["id"]) not in partner]
    for row in after:
        name = key_of(field, row)
        same = next((one for one in left if name and key_of(field, one) == name), None)
        if str(row["id"]) not in partner and same is not None:
            partner[str(row["id"])] = same
            left.remove(same)
    pairs: list[tuple[Row | None, Row | None]] = [(partner.get(str(row["id"])), row) for row in after]
    now = {str(one["id"]): new for new, one in partner.items()}
    return _Together((*pairs, *((row, None) for row in left)), row_names(field, after), row_names(field, before), now)


@dataclass(frozen=True, slots=True)
class _Look:
    before: Plan
    after: Plan
    rows: Mapping[str, _Together]

    def at(self, section: str, field: Field) -> Iterator[Change]:
        if field.type == ROWS:
            yield from self._list(section, field)
            return
        values = Pair(self.before.content.get(field.id), self.after.content.get(field.id))
        if any(isinstance(one, list) for one in (values.before, values.after)) and field.type != "choices":
            yield from self._other_type(section, field, values)
            return
        change = cell_change(Subject(section, field.id), field, values, {})
        if change:
            yield change

    def _list(self, section: str, field: Field) -> Iterator[Change]:
        old, new = self.before.content.get(field.id), self.after.content.get(field.id)
        if any(one and not isinstance(one, list) for one in (old, new)):
            yield from self._other_type(section, field, Pair(old, new))
            return
        together = self.rows[field.id]
        for before, after in together.pairs:
            if after is None and before is not None:
                row_id = str(before["id"])
                about = Subject(section, field.id, row_id, together.names_before[row_id])
                yield coming_or_going(about, before, REMOVED)
            elif after is not None:
                about = Subject(section, field.id, str(after["id"]), together.names[str(after["id"])])
                yield from (
                    self._row(about, field, before, after) if before else [coming_or_going(about, after, ADDED)]
                )

    def _other_type(self, section: str, field: Field, values: Pair) -> Iterator[Change]:
        """Where the two forms do not have the same type of field: that it is different is all that can be said."""
        if not alike(values.before, values.after):
            says = Say("“{label}” is written in another way now.", {"label": plainly(field.label)})
            yield Change(ANSWER, section, field.id, says, before=values.before, after=values.after)

    def _row(self, about: Subject, field: Field, before: Row, after: Row) -> Iterator[Change]:
        timed = is_timed(field)
        change = time_change(about, field, before, after) if timed else None
        if change:
            yield change
        for column in field.columns:
            if timed and column.id in COLUMNS:
                continue
            found = cell_change(about, column, *self._cell(column, before.get(column.id), after.get(column.id)))
            if found:
                yield found

    def _cell(self, column: Field, before: object, after: object) -> tuple[Pair, Mapping[str, Say | str]]:
        """The two values; a row that is pointed at counts as the same one under its new id."""
        if column.type != "ref" or column.of not in self.rows:
            return Pair(before, after), {}
        together = self.rows[column.of]
        return Pair(together.now.get(str(before), before), after), {**together.names_before, **together.names}


def comparison_json(found: Comparison, tongue: Tongue) -> dict[str, Any]:
    """The comparison as a JSON value, its sentences in the language of `tongue`."""
    return {
        "before": _plan_json(found.before), "after": _plan_json(found.after), "nothing": found.nothing,
        "sections": [
            {"id": one.id, "title": tongue.text(one.title),
             "changes": [_change_json(each, tongue) for each in one.changes]}
            for one in found.sections
        ],
        "totals": [_total_json(one, tongue) for one in found.totals], "how_counted": tongue.say(HOW_COUNTED),
    }  # fmt: skip


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {"form": plan.form.id, "start": plan.value("start"), "review_by": plan.value("review-by")}


def _change_json(one: Change, tongue: Tongue) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": one.kind, "field": one.field, "row": one.row, "columns": list(one.columns),
        "says": tongue.say(one.says), "before": one.before, "after": one.after,
    }  # fmt: skip
    minutes = {"before": one.minutes_before, "after": one.minutes_after}
    if any(value is not None for value in minutes.values()):
        told["minutes_a_week"] = {side: None if value is None else as_number(value) for side, value in minutes.items()}
    if one.segments:
        told["segments"] = [{"kind": each.kind, "text": each.text} for each in one.segments]
    return told


def _total_json(one: TotalChange, tongue: Tongue) -> dict[str, Any]:
    return {
        "field": one.after.field, "label": tongue.text(one.after.label),
        "before": as_number(one.before.minutes), "after": as_number(one.after.minutes),
        "not_told": {"before": list(one.before.not_told), "after": list(one.after.not_told)},
    }  # fmt: skip
