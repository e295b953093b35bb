"""Last year's plan carried forward into a new draft, and what changed from one plan to another.

What was true of last year only is emptied: its days, what was measured, who came, what was decided for one summer.
Everything else stays as a beginning, under the same ids, so that the team sees what it keeps and what it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gameplan.plans.forms import ROWS, Field
from gameplan.plans.items import CHANGED, GONE, KEPT, NEW, REST, change_of, parts_of
from gameplan.plans.plan import Plan, Row, cells, is_filled

KEPT_DAYS: Final = frozenset({"reevaluation-by", "graduation", "majority-told"})
"""Days that hold beyond the year. Every other field or column that is a day is emptied."""
EMPTIED: Final = frozenset({
    # What the family and the student say this year, in their own words.
    "student-words", "parent-concerns", "concerns-answered", "student-wishes", "student-invited",
    # What was found and measured last year.
    "review-progress", "review-evaluation", "review-information", "review-needs",
    # What is decided anew each year.
    "esy", "esy-why", "esy-services", "placements-considered",
    # Who was told of last year's plan.
    "informed",
})  # fmt: skip
EMPTIED_COLUMNS: Final = frozenset({
    ("team-members", "took-part"), ("goals", "baseline"), ("agencies", "invited"),
})  # fmt: skip
OCCASION: Final = ("occasion", "annual")


def carried(plan: Plan) -> Plan:
    """A new draft with the rows, ids and words of a plan, without what held for its year only.

    Emptied: every day but those of `KEPT_DAYS`, the fields of `EMPTIED`, the columns of `EMPTIED_COLUMNS`. The occasion
    becomes the yearly review. Fields that a State adds keep their words and lose their days.
    """
    content = {one.id: kept for one in plan.form.fields() if is_filled(kept := _kept(plan, one)) or kept is False}
    if any(one.id == OCCASION[0] for one in plan.form.fields()):
        content[OCCASION[0]] = OCCASION[1]
    return Plan(plan.form, plan.child, content, plan.language)


def marks(old: Plan, new: Plan) -> dict[str, str]:
    """What changed, by path: kept, changed, new or gone.

    The paths are those of `plan.cells`; each row has one too (`goals/g1`), and a field of rows tells of all its rows.
    """
    before, after = _values(old), _values(new)
    found = {path: _mark(before.get(path), after.get(path)) for path in dict.fromkeys((*before, *after))}
    for one in {one.id: one for one in (*old.form.fields(), *new.form.fields()) if one.type == ROWS}.values():
        rows = {str(row["id"]): f"{one.id}/{row['id']}" for plan in (old, new) for row in plan.rows(one.id)}
        there = [{str(row["id"]) for row in plan.rows(one.id)} for plan in (old, new)]
        for row_id, path in rows.items():
            cells_of = [mark for name, mark in found.items() if name.startswith(f"{path}/")]
            found[path] = _of_row(row_id in there[0], row_id in there[1], cells_of)
        if rows:
            found[one.id] = _of_row(bool(there[0]), bool(there[1]), [found[path] for path in rows.values()])
    return found


def touched(old: Plan, new: Plan) -> tuple[str, ...]:
    """What an amendment changes: the keys of things that a parent decides on, and the ids of other fields."""
    before, after = parts_of(old), parts_of(new)
    keys = [key for key in dict.fromkeys((*before, *after)) if key != REST]
    found = [key for key in keys if change_of(before.get(key), after.get(key)) != KEPT]
    rest = dict.fromkeys((*before[REST], *after[REST]))
    return (*found, *(name for name in rest if before[REST].get(name) != after[REST].get(name)))


def _kept(plan: Plan, one: Field) -> Any:
    """What stays in a field."""
    if one.id in EMPTIED or (one.type == "date" and one.id not in KEPT_DAYS):
        return None
    if one.type != ROWS:
        return plan.content.get(one.id)
    lost = {each.id for each in one.columns if each.type == "date"}
    lost |= {column for name, column in EMPTIED_COLUMNS if name == one.id}
    return [_without(row, lost) for row in plan.rows(one.id)]


def _without(row: Row, lost: Iterable[str]) -> Row:
    gone = set(lost)
    return {name: value for name, value in row.items() if name not in gone}


def _values(plan: Plan) -> Mapping[str, Any]:
    """The filled cells by path, without the lists of row ids."""
    rows = {one.id for one in plan.form.fields() if one.type == ROWS}
    return {path: value for path, value in cells(plan) if path not in rows and (is_filled(value) or value is False)}


def _mark(old: Any, new: Any) -> str:
    if old is None or new is None:
        return NEW if old is None else GONE
    return KEPT if old == new else CHANGED


def _of_row(was: bool, is_: bool, cells_of: Iterable[str]) -> str:
    if was != is_:
        return NEW if is_ else GONE
    return KEPT if all(mark == KEPT for mark in cells_of) else CHANGED
