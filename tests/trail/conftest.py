"""Ana's case with one of everything that the trail names, and hands that write into the tables past the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, models, transaction

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import HOME, Person
from gameplan.cases.verifying import Verdict, verdicts
from gameplan.core.facts import Child
from gameplan.papers import verbs as letters
from gameplan.planning import keeping, life, writing
from gameplan.sealing.fields import Sealed
from tests.papers.request import DAY, TYPED

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
Check = Callable[[], Verdict]


@pytest.fixture
def mother() -> Person:
    """May do everything with Ana's case."""
    return HOME


@pytest.fixture
def case(db: None, mother: Person, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Three facts (one corrected, one with a paper from the start, one with a paper put to it later), a letter that was
    mailed and arrived, a plan that was proposed and agreed to."""
    monkeypatch.setattr(letters, "letter_pdf", lambda *_told, **_how: PDF)
    monkeypatch.setattr(keeping, "sheet_pdf", lambda *_told, **_how: PDF)
    return whole_case(mother)


def whole_case(by: Person) -> Case:
    child = Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3", school="Oak", district="Sample")
    case = verbs.start_case(by, child=child)
    paper = verbs.attach(case, by=by, name="scan.pdf", content=PDF)
    asked = {"received": DAY, "type": "initial", "by": "parent", "written": True, "areas": ("reading", "speech")}
    first = verbs.record_fact(
        case, by=by, kind="evaluation-requested", on=DAY, data=asked, note="By hand.", form_key=uuid4(),
        written_in={"document": "Letter", "page": "1"}, entry_attachments=[paper.attachment_id],
    )  # fmt: skip
    verbs.correct_fact(case, by=by, fact_id=first.fact_id, on=DAY + timedelta(days=1))
    held = verbs.record_fact(case, by=by, kind="meeting-held", on=date(2025, 12, 1), planned=True)
    verbs.attach(case, by=by, name="photo.pdf", content=PDF + b"\n", fact_id=held.fact_id)
    letter = letters.finish(case, by=by, kind="evaluation-request", lang="en", values=TYPED, on=DAY)
    sending = letters.mark_sent(letter, by=by, how="mail", on=DAY, to="The office")
    letters.mark_received(sending, by=by, received=DAY + timedelta(days=3))
    plan = writing.begin(case, by=by, form_id="iep")
    for path, words in {"strengths": "Curious", "start": "2025-09-15", "review-by": "2026-08-31"}.items():
        writing.save(plan, by=by, desk="d", changes=[writing.Change(path, [words], 0, None)])
    on = date(2025, 9, 1)
    version = life.propose(plan, by=by, on=on, how="first", starts=date(2025, 9, 15), notice=on, matter="The IEP")
    life.answer(version, by=by, on=date(2025, 9, 5), all_="agreed", services=True)
    return case


@pytest.fixture
def check(case: Case) -> Check:
    """What is found in Ana's case now."""
    return lambda: found_in(case.pk)


def found_in(case_id: UUID) -> Verdict:
    (verdict,) = verdicts(case_id)
    return verdict


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_plain(field: Any) -> Any:
    """The column as the database knows it: one that holds locked things also takes them in plain."""
    return field.plain() if isinstance(field, Sealed) else field


def set_column(row: models.Model, field: Any, value: object) -> None:
    """Write into one column of one row, past the program; where it holds locked things, in plain."""
    raw = in_plain(field).get_db_prep_save(value, connection)
    table, column = row._meta.db_table, field.column
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [raw, row.pk])
        assert cursor.rowcount == 1


def remove(row: models.Model) -> None:
    """Take one row out, and those that lead to it, past the program."""
    with connection.cursor() as cursor:
        for relation in row._meta.related_objects:
            inner = relation.related_model
            for one in inner._base_manager.filter(**{relation.field.name: row.pk}):
                remove(one)
        key = row._meta.pk.get_db_prep_save(row.pk, connection)
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [key])


def add_copy(row: models.Model, **other: object) -> None:
    """Put a copy of a row into its table, past the program; `other` has the columns in which it is different."""
    told = {one.column: in_plain(one).get_db_prep_save(other.get(one.attname, getattr(row, one.attname)), connection)
            for one in row._meta.concrete_fields if not one.primary_key}  # fmt: skip
    columns, places = ", ".join(f'"{name}"' for name in told), ", ".join(["%s"] * len(told))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({places})', list(told.values()))


def another(field: models.Field[Any, Any], value: Any) -> object:
    """Another value of the same sort: as close as can be to the one that stood there."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1000
    if isinstance(field, models.DateTimeField):
        return (value or datetime(2025, 1, 1, tzinfo=UTC)) + timedelta(microseconds=1)
    if isinstance(field, models.DateField):
        return (value or date(2025, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.JSONField):
        return [*value, "x"] if isinstance(value, list) else {**(value or {}), "x": 1}
    if isinstance(field, models.BinaryField):
        return bytes(value) + b"x"
    return f"x{value[1:]}" if field.max_length == len(value) else f"{value}x"
