"""Writing a plan: begin one, save what was typed, add and take out rows, settle what two people wrote at once.

Saving never overwrites unseen. Who saves says from which revision they wrote; if somebody else was there in the
meantime, both changes are put together paragraph by paragraph, and where that cannot be, both texts are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_hex
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.core.words import Say
from gameplan.people.refusals import Refused, unkeepable
from gameplan.planning.doors import own_plan
from gameplan.planning.models import Beside, Cell, Earlier, Written
from gameplan.plans.cells import MOST_ROWS, Merged, NoSuchPlace, WrongValue, merged, place_of, typed
from gameplan.plans.form_files import forms
from gameplan.plans.forms import ROWS
from gameplan.plans.plan import Plan, cells

SAVED, MERGED, BESIDE, WRONG = "saved", "merged", "beside", "wrong"
PAUSE: Final = timedelta(minutes=5)
"""After so long, what stood in a field is kept as an earlier text before it is changed."""
TRIES: Final = 5
_noted: set[tuple[int, str, int]] = set()
MOST_NOTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """One field as a page sent it: its path, the words, the revision they were written from (0: it was empty).

    `was` are the words that the page had shown, if it knows.
    """

    path: str
    raw: Sequence[str]
    base: int = 0
    was: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: saved, merged (`value` is both together), beside (`value` is what stands) or wrong."""

    path: str
    state: str
    revision: int = 0
    value: Any = None
    say: Say | None = None


@transaction.atomic
def begin(
    case: Case,
    *,
    by: Person,
    form_id: str,
    lang: str = "en",
    follows: str = "",
    start: Plan | None = None,
    form_key: UUID | None = None,
) -> Written:
    """A new plan on a form; `start` is what stands in it from the first moment on, such as last year's plan.

    The same `form_key` sent twice makes one plan. Raises Http404 for a form that is not here.
    """
    if form_id not in forms():
        raise Http404("There is no such form.")
    locked = held(case, by=by)
    before = form_key and Written.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    plan = Written.objects.create(
        case=locked, plan_id=_free_id(locked), form_id=form_id, lang=lang, follows=follows, begun_by=by.role,
        form_key=form_key, side=by.side,
    )  # fmt: skip
    plan.case = locked
    if start is not None:
        Cell.objects.bulk_create(
            Cell(plan=plan, path=path, value=value, saved_by=by.id) for path, value in cells(start)
        )
    note_access(case.pk, by, "begin-plan")
    return plan


def save(plan: Written, *, by: Person, desk: str, changes: Iterable[Change]) -> list[Outcome]:
    """Saves what a page sent, field by field; a field that cannot be kept does not stop the others.

    `desk` names the page that writes, so that a text kept beside a field is that page's own until it is settled.
    The outcomes come in the order of the changes; the fields are written in the order of their paths, so that two
    pages with the same fields never wait for each other.
    """
    found = list(changes)
    own_plan(plan, by)
    with transaction.atomic():
        _note(plan, by)
        there = {one.path: one for one in Cell.objects.filter(plan=plan, path__in=[one.path for one in found])}
        in_turn = sorted(enumerate(found), key=lambda one: one[1].path)
        outcomes = {at: _save(plan, by, desk, change, there.get(change.path)) for at, change in in_turn}
    return [outcomes[at] for at in range(len(found))]


def _save(plan: Written, by: Person, desk: str, change: Change, cell: Cell | None) -> Outcome:
    try:
        value, was = _typed(plan, change)
    except NoSuchPlace:
        return Outcome(change.path, WRONG, say=Say("The form has no such field. Load the page again."))
    except WrongValue as wrong:
        return Outcome(change.path, WRONG, say=wrong.say)
    if cell is None and value is None:
        return Outcome(change.path, SAVED)
    for _try in range(TRIES):
        if cell is None:
            new = {"value": value, "saved_by": by.id}
            cell, is_new = Cell.objects.get_or_create(plan=plan, path=change.path, defaults=new)
            if is_new:
                return Outcome(change.path, SAVED, 1, value)
        both = merged(was, cell.value, value) if cell.revision != change.base else Merged(value, clean=True)
        if not both.clean:
            return _keep_beside(plan, by, desk, change.path, value, cell)
        outcome = _put(cell, by, both.value)
        if outcome:
            return outcome if both.value == value else replace(outcome, state=MERGED)
        cell = Cell.objects.get(pk=cell.pk)
    return Outcome(change.path, WRONG, say=Say("Too many people write in this field. Wait a moment, then save again."))


def _typed(plan: Written, change: Change) -> tuple[Any, Any]:
    """The value that was sent, and the one that it was before. Raises NoSuchPlace and WrongValue."""
    asks = place_of(plan.form, change.path).asks
    if asks.type == ROWS:
        raise NoSuchPlace(change.path)
    value = typed(asks, change.raw)
    if any(unkeepable(value, change.path)):
        raise WrongValue(Say("There is a broken letter in the text. Delete it and type it again."))
    return value, typed(asks, change.was) if change.was is not None else None


def _put(cell: Cell, by: Person, value: Any) -> Outcome | None:
    """Writes the value if nobody came between; None if somebody did."""
    if cell.value == value:
        return Outcome(cell.path, SAVED, cell.revision, value)
    now = timezone.now()
    changed = Cell.objects.filter(pk=cell.pk, revision=cell.revision).update(
        value=value, revision=cell.revision + 1, saved_by=by.id, saved_at=now
    )
    if not changed:
        return None
    if cell.value is not None and (cell.saved_by != by.id or now - cell.saved_at > PAUSE):
        Earlier.objects.create(
            plan_id=cell.plan_id, path=cell.path, value=cell.value, revision=cell.revision, saved_by=cell.saved_by,
            saved_at=cell.saved_at,
        )  # fmt: skip
    return Outcome(cell.path, SAVED, cell.revision + 1, value)


def _keep_beside(plan: Written, by: Person, desk: str, path: str, value: Any, cell: Cell) -> Outcome:
    Beside.objects.update_or_create(
        plan=plan, path=path, desk=desk, defaults={"value": value, "said_by": by.id, "at": timezone.now()}
    )
    return Outcome(path, BESIDE, cell.revision, cell.value)


@transaction.atomic
def settle(plan: Written, *, by: Person, number: int, take: str) -> str:
    """Settles what two people wrote at once, and gives the path.

    `take` is `beside` (the text kept beside comes into the field), `both` (it is put below what stands there) or
    `field` (the field stays as it is). What is not taken stays among the earlier texts. Raises Http404.
    """
    own_plan(plan, by)
    _note(plan, by)
    kept = Beside.objects.filter(plan=plan, pk=number).first()
    if kept is None:
        raise Http404("There is no such text any more.")
    cell = Cell.objects.select_for_update().filter(plan=plan, path=kept.path).first()
    stands = cell.value if cell else None
    value = {"beside": kept.value, "both": _both(stands, kept.value)}.get(take, stands)
    for left in (stands, kept.value):
        if left is not None and left != value and cell:
            Earlier.objects.create(
                plan=plan, path=kept.path, value=left, revision=cell.revision, saved_by=kept.said_by, saved_at=kept.at
            )
    if value != stands:
        revision = cell.revision + 1 if cell else 1
        Cell.objects.update_or_create(
            plan=plan, path=kept.path,
            defaults={"value": value, "revision": revision, "saved_by": by.id, "saved_at": timezone.now()},
        )  # fmt: skip
    kept.delete()
    return kept.path


def _both(stands: Any, other: Any) -> Any:
    if isinstance(stands, str) and isinstance(other, str):
        return f"{stands}\n\n{other}"
    return other


@transaction.atomic
def add_row(plan: Written, *, by: Person, field_id: str, values: Mapping[str, Any] | None = None) -> str:
    """Adds a row at the end of a field of rows, and gives its id. Raises Http404, and Refused for too many rows."""
    field = _rows_field(plan, field_id)
    row = token_hex(4)
    _change_rows(plan, by, field_id, lambda rows: [*rows, row])
    Cell.objects.bulk_create(
        Cell(plan=plan, path=f"{field_id}/{row}/{name}", value=value, saved_by=by.id)
        for name, value in (values or {}).items()
        if field.column(name)
    )
    return row


def remove_row(plan: Written, *, by: Person, field_id: str, row: str) -> None:
    """Takes a row out. What stood in it stays, so that `restore_row` can bring it back. Raises Http404."""
    _rows_field(plan, field_id)
    _change_rows(plan, by, field_id, lambda rows: [one for one in rows if one != row])


def restore_row(plan: Written, *, by: Person, field_id: str, row: str) -> None:
    """Brings a row back that was taken out, at the end. Raises Http404 if there was no such row."""
    _rows_field(plan, field_id)
    if not Cell.objects.filter(plan=plan, path__startswith=f"{field_id}/{row}/").exists():
        raise Http404("There is no such row.")
    _change_rows(plan, by, field_id, lambda rows: [*(one for one in rows if one != row), row])


def move_row(plan: Written, *, by: Person, field_id: str, row: str, up: bool) -> None:
    """Moves a row one place up or down. Raises Http404."""
    _rows_field(plan, field_id)

    def moved(rows: list[str]) -> list[str]:
        if row not in rows:
            return rows
        at = rows.index(row)
        to = max(0, at - 1) if up else min(len(rows) - 1, at + 1)
        rows.insert(to, rows.pop(at))
        return rows

    _change_rows(plan, by, field_id, moved)


def _rows_field(plan: Written, field_id: str) -> Any:
    field = next((one for one in plan.form.fields() if one.id == field_id and one.type == ROWS), None)
    if field is None:
        raise Http404("There is no such list.")
    return field


@transaction.atomic
def _change_rows(plan: Written, by: Person, field_id: str, change: Callable[[list[str]], list[str]]) -> None:
    """The ids of the rows, changed while nobody else can."""
    own_plan(plan, by)
    _note(plan, by)
    Written.objects.select_for_update(no_key=True).get(pk=plan.pk)
    cell, _new = Cell.objects.get_or_create(plan=plan, path=field_id, defaults={"value": [], "saved_by": by.id})
    rows = change(list(cell.value or []))
    if len(rows) > MOST_ROWS:
        raise Refused([Fault(field_id, _("This list is as long as it can be."), _("Put two rows into one."))])
    Cell.objects.filter(pk=cell.pk).update(
        value=rows, revision=cell.revision + 1, saved_by=by.id, saved_at=timezone.now()
    )


def _note(plan: Written, by: Person) -> None:
    """Writes into the record of access that this person wrote in this plan: once an hour, not at each pause.

    It holds the case, and so comes before anything else that a verb changes (see `held`).
    """
    hour = int(timezone.now().timestamp() // 3600)
    mark = (plan.pk, by.id, hour)
    if mark in _noted:
        return
    note_access(plan.case_id, by, "write-plan")
    if len(_noted) >= MOST_NOTED:
        _noted.clear()
    transaction.on_commit(lambda: _noted.add(mark))


def _free_id(case: Case) -> str:
    number = Written.objects.filter(case=case).count() + 1
    while Written.objects.filter(case=case, plan_id=f"p{number}").exists():
        number += 1
    return f"p{number}"
