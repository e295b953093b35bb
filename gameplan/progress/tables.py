"""Measurements and sessions as tables (CSV): out for a spreadsheet, and in again from one, all of it or nothing.

What is wrong is told for all rows at once, by row and column. A table that is taken in twice adds nothing: each row is
known by what it says, and the second of two equal rows by being the second.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import many_digest, row_digest
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import Side
from gameplan.progress.doors import measures_of, next_number, terms_of
from gameplan.progress.measuring import point_faults, who
from gameplan.progress.minutes import KINDS, Session, known_services, logs_of, plain_faults
from gameplan.progress.models import Measure, Point
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.noted import standing
from gameplan.progress.table_rows import Row, calm, day, key_of, number, plain, rows_in, written

DATA_COLUMNS: Final = (
    "count", "minutes", "correct", "total", "prompts", "seconds", "percent", "level", "errors",
)  # fmt: skip
POINT_COLUMNS: Final = ("measure", "on", *DATA_COLUMNS, "note")
SESSION_COLUMNS: Final = ("service", "on", "minutes", "what", "reason", "note")


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows of a table came in, and how many were there already."""

    new: int
    there: int


def points_table(case: Case) -> str:
    """Every measurement that stands and that the reader sees, as a table that `take_points` reads again."""
    measures = list(measures_of(case))
    names = {one.pk: one.measure_id for one in measures}
    found = Point.objects.filter(measure__in=measures).order_by("measure_id", "id")
    lines = [
        {**_columns_of(one.data), "measure": names[one.measure_id], "on": one.on.isoformat(), "note": calm(one.note)}
        for one in standing(list(found))
    ]
    return written(POINT_COLUMNS, lines)


def sessions_table(case: Case) -> str:
    """Every session that stands and that the reader sees, as a table that `take_sessions` reads again."""
    rows = (row for kind in KINDS for row in standing(logs_of(case, kind)))
    lines = [
        {
            "service": f"{one.plan_kind}:{one.field}/{one.row_id}", "on": one.on.isoformat(), "minutes": one.minutes,
            "what": one.what, "reason": one.reason, "note": calm(one.note),
        }
        for one in rows
    ]  # fmt: skip
    return written(SESSION_COLUMNS, lines)


@transaction.atomic
def take_points(case: Case, raw: bytes, *, by: Person) -> Taken:
    """Takes in measurements of measures that the case has (`measure`: its id or its name). All of them, or none.

    Raises Refused with every fault, each with its row and column (the first row of the table is row 1).
    """
    locked = held(case, by=by)
    measures = list(measures_of(locked))
    known = _measures_by_name(measures)

    def read(row: Mapping[str, str]) -> tuple[Row | None, list[Fault]]:
        return _point(row, known)

    rows = rows_in(raw, POINT_COLUMNS, ("measure", "on"), read)
    before = list(Point.objects.filter(measure__in=measures).select_related("measure").order_by("measure_id", "id"))
    told = (_point_key(one.measure.measure_id, one.on, one.data, one.note) for one in _standing_points(before))
    fresh = _fresh(rows, {one.form_key for one in before}, told)
    first = Point.objects.filter(measure__case=locked).count() + 1
    made = Point.objects.bulk_create(_numbered(fresh, by), batch_size=500)
    _note(locked, by, "points", first, made)
    return Taken(len(made), len(rows) - len(made))


@transaction.atomic
def take_sessions(case: Case, raw: bytes, *, by: Person) -> Taken:
    """Takes in sessions of services of the case's plans. All of them, or none. Raises Refused as `take_points`."""
    locked = held(case, by=by)
    known = known_services(locked)

    def read(row: Mapping[str, str]) -> tuple[Row | None, list[Fault]]:
        return _session(row, known)

    rows = rows_in(raw, SESSION_COLUMNS, ("service", "on", "minutes", "what"), read)
    mine = ServiceLog.objects.filter(case=locked)
    before = list(mine.order_by("id"))
    fresh = _fresh(rows, {one.form_key for one in before}, (_session_key(_told(one)) for one in standing(before)))
    start, first = next_number(mine), len(before) + 1
    shown = by.side is not Side.FAMILY or locked.school_id is not None
    made = ServiceLog.objects.bulk_create(
        (
            ServiceLog(case=locked, number=start + at, form_key=one.form_key, shown=shown, **one.columns, **who(by))
            for at, one in enumerate(fresh)
        ),
        batch_size=500,
    )
    _note(locked, by, "sessions", first, made)
    return Taken(len(made), len(rows) - len(made))


def _fresh(rows: Sequence[Row], kept: Collection[uuid.UUID | None], told: Iterable[uuid.UUID]) -> list[Row]:
    """The rows that are not there: neither taken in before, nor said already by something that stands."""
    there = Counter(told)
    return [one for one in rows if one.form_key not in kept and one.time > there[one.key]]


def _standing_points(points: Sequence[Point]) -> Iterator[Point]:
    for _measure, some in groupby(points, key=lambda one: one.measure_id):
        yield from standing(list(some))


def _point_key(measure_id: str, on: date, data: Mapping[str, Any], note: str) -> uuid.UUID:
    told = _columns_of(data)
    return key_of((measure_id, on.isoformat(), *(f"{name}={told[name]}" for name in sorted(told)), note))


def _session_key(session: Session) -> uuid.UUID:
    one = session
    return key_of((one.plan_kind, one.service, one.on, one.minutes, one.what, one.reason, one.note))


def _told(row: ServiceLog) -> Session:
    service = f"{row.field}/{row.row_id}"
    return Session(service, row.on, row.minutes, row.what, row.reason, note=row.note, plan_kind=row.plan_kind)


def _columns_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was written down at a check as columns: kinds of help with their numbers are one, verbal=2; model=1."""
    told = {name: value for name, value in data.items() if value not in (None, "")}
    helps = told.get("prompts")
    if isinstance(helps, Mapping):
        told["prompts"] = "; ".join(f"{name}={count}" for name, count in sorted(helps.items()))
    return told


def _value(name: str, text: str) -> Any:
    if name != "prompts" or "=" not in text:
        return number(text)
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {help_.strip(): number(count) for help_, _equals, count in pairs}


def _note(case: Case, by: Person, many: str, first: int, made: Sequence[Any]) -> None:
    if made:
        about = f"{many}:{first}-{first + len(made) - 1}"
        note_access(case.pk, by, "import-progress", about=about, digest=many_digest([row_digest(one) for one in made]))


def _numbered(rows: Sequence[Row], by: Person) -> Iterator[Point]:
    numbers: dict[int, int] = {}
    for one in rows:
        measure: Measure = one.of
        if measure.pk not in numbers:
            numbers[measure.pk] = next_number(Point.objects.filter(measure=measure))
        yield Point(measure=measure, number=numbers[measure.pk], form_key=one.form_key, **one.columns, **who(by))
        numbers[measure.pk] += 1


def _measures_by_name(measures: Sequence[Measure]) -> dict[str, Measure]:
    """The measures by their ids, and by their names where these are not the same for two."""
    terms = terms_of(measures)
    names = Counter(_name(terms[one.pk].title) for one in measures)
    named = {_name(terms[one.pk].title): one for one in measures if names[_name(terms[one.pk].title)] == 1}
    return {**named, **{one.measure_id: one for one in measures}}


def _name(words: str) -> str:
    return " ".join(words.casefold().split())


def _point(row: Mapping[str, str], known: Mapping[str, Measure]) -> tuple[Row | None, list[Fault]]:
    measure, on = known.get(row["measure"].strip()) or known.get(_name(row["measure"])), day(row["on"])
    faults = []
    if measure is None:
        faults.append(Fault("measure", _("No measure here has this name."), _("Write its name as the page says it.")))
    if on is None:
        faults.append(_noday())
    if measure is None or on is None:
        return None, faults
    data = {name: _value(name, row[name]) for name in DATA_COLUMNS if row[name].strip()}
    note = plain(row["note"])
    faults += point_faults(measure, on, data, note)
    key = _point_key(measure.measure_id, on, data, note)
    return Row(measure, {"on": on, "data": data, "note": note}, key), faults


def _session(row: Mapping[str, str], known: Mapping[str, str]) -> tuple[Row | None, list[Fault]]:
    service = known.get(row["service"].strip()) or known.get(_name(row["service"]))
    on, minutes = day(row["on"]), row["minutes"].strip()
    faults = []
    if service is None:
        faults.append(Fault("service", _("No plan in force names this service."), _("Write it as the page says it.")))
    if on is None:
        faults.append(_noday())
    if not minutes.isascii() or not minutes.isdigit():
        faults.append(Fault("minutes", _("This is no whole number."), _("Write the minutes, such as 30.")))
    if service is None or on is None or not minutes.isascii() or not minutes.isdigit():
        return None, faults
    kind, _colon, key = service.partition(":")
    told = Session(
        key, on, int(minutes[:9]), row["what"].strip(), row["reason"].strip(), note=plain(row["note"]), plan_kind=kind
    )
    faults += [*plain_faults(told), *unkeepable(told.note, "note")]
    field, _slash, row_id = key.partition("/")
    columns = {
        "plan_kind": kind, "field": field, "row_id": row_id, "on": on, "minutes": told.minutes, "what": told.what,
        "reason": told.reason, "note": told.note,
    }  # fmt: skip
    return Row(None, columns, _session_key(told)), faults


def _noday() -> Fault:
    return Fault("on", _("This is no day."), _("Write it like 2025-10-03 or 10/3/2025."))
