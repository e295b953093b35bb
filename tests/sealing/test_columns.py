"""Locked columns: what lies in the database says nothing; what a row, a form and a list say is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings
from typer.testing import CliRunner

from gameplan.cases import drafts, verbs
from gameplan.cases.doors import paper_of
from gameplan.cases.models import Attachment, Case, Draft, Entry
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from gameplan.papers import verbs as letters
from gameplan.papers.models import Letter
from gameplan.sealing.fields import NoCaseNamed
from gameplan.sealing.keys import roots
from gameplan.sealing.roots import NoKey, add_root, keep_only, make_roots
from gameplan.sealing.rotating import columns, keys_in_use, lock_anew, try_to_open
from tests.papers.request import DAY as WRITTEN
from tests.papers.request import TYPED
from tests.trail.conftest import set_column

SECRET = "Ana cries at night since the bus"
DAY = date(2026, 11, 27)
run = CliRunner()


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """A file of keys of this test's own."""
    path = tmp_path / "seal.keys"
    make_roots(path, DAY)
    settings.GAMEPLAN_SEAL_KEYS = path
    return path


@pytest.fixture
def case(db: None, keys: Path) -> Case:
    """A case with a paper, a private note, a letter, a draft; and a draft from before there was any case."""
    case = verbs.start_case(HOME, child=Child(name="Ana", state="TX", grade="3"))
    verbs.attach(case, by=HOME, name="note", content=SECRET.encode(), media_type="text/plain")
    verbs.record_fact(case, by=HOME, kind="evaluation-requested", on=WRITTEN, data={"type": "initial"}, note=SECRET)
    typed = {**TYPED, "concerns": SECRET}
    letters.finish(case, by=HOME, kind="evaluation-request", lang="en", values=typed, on=WRITTEN)
    drafts.keep(HOME, "tell", {"worry": SECRET}, case)
    drafts.keep(HOME, "start", {"worry": SECRET})
    return case


def everything() -> Iterator[bytes]:
    """All values of all tables, as they lie there."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row)


def found() -> list[bytes]:
    return [one for one in everything() if SECRET.encode() in one]


def test_no_table_holds_a_word_of_it(case: Case) -> None:
    assert found() == []


def test_a_row_says_what_was_written(case: Case) -> None:
    paper = Attachment.objects.get()
    assert paper_of(case, paper.attachment_id).content == SECRET.encode()
    assert Entry.objects.get().note == SECRET
    assert SECRET in Letter.objects.get().text
    assert bytes(Letter.objects.get().pdf).startswith(b"%PDF")
    assert drafts.kept(HOME, "tell", case) == drafts.kept(HOME, "start") == {"worry": SECRET}


def test_what_belongs_to_nobody_yet_is_locked_and_nothing_stays_nothing(case: Case) -> None:
    drafts.keep(HOME, "empty", {}, case)
    verbs.record_fact(case, by=HOME, kind="pwn-sent", on=WRITTEN, data={})
    assert list(Entry.objects.order_by("position").values_list("note", flat=True)) == [SECRET, ""]
    assert drafts.kept(HOME, "empty", case) == {}


def test_without_a_row_nothing_is_written(case: Case) -> None:
    with pytest.raises(NoCaseNamed, match=r"cases\.Draft\.data"):
        Draft.objects.update(data={"worry": SECRET})


def test_every_key_is_in_its_place(case: Case) -> None:
    assert {str(one) for one in columns()} >= {"cases.Attachment.content", "cases.Entry.note", "papers.Letter.pdf"}
    assert set(keys_in_use()) == {roots().newest}
    try_to_open()


def test_a_new_key_locks_all_of_it_and_the_old_one_can_go(case: Case, keys: Path) -> None:
    before = roots().newest
    after = add_root(keys, DAY).newest
    looked_at: list[int] = []
    assert lock_anew(looked_at.append)["cases.Draft.data"] == 2
    assert sum(looked_at) >= 7
    assert set(keys_in_use()) == {after} != {before}
    keep_only(keys, frozenset({after}))
    test_a_row_says_what_was_written(case)
    assert lock_anew() == {}


def test_what_was_plain_before_is_read_and_then_locked(case: Case) -> None:
    for model, name, plain in ((Attachment, "content", SECRET.encode()), (Entry, "note", SECRET),
                               (Draft, "data", {"worry": SECRET})):  # fmt: skip
        for row in model._base_manager.all():
            set_column(row, model._meta.get_field(name), plain)
    assert len(found()) == 4
    assert keys_in_use()[b""] == 4
    test_a_row_says_what_was_written(case)
    assert lock_anew().total() == 4
    assert found() == []
    test_a_row_says_what_was_written(case)


def test_with_other_keys_it_says_which_key_is_missing(case: Case, keys: Path) -> None:
    old = roots().newest
    keys.unlink()
    make_roots(keys, DAY)
    with pytest.raises(NoKey, match=old.hex()):
        try_to_open()
    with pytest.raises(NoKey, match=old.hex()):
        drafts.kept(HOME, "start")


def columns_by_migration() -> set[tuple[str, str]]:
    from importlib import import_module

    told: Any = import_module("gameplan.sealing.migrations.0001_lock")
    return {(f"{app}.{model}.{name}", case.replace("__", ".")) for app, model, name, case in told.COLUMNS}


def test_the_first_locking_knows_every_column_of_its_time() -> None:
    assert columns_by_migration() <= {(str(one), one.field.of) for one in columns()}


def test_the_first_locking_locks_what_was_plain(case: Case) -> None:
    from importlib import import_module

    told: Any = import_module("gameplan.sealing.migrations.0001_lock")
    plain = {"content": SECRET.encode(), "note": SECRET, "data": {"worry": SECRET}}
    for name, value in plain.items():
        model = {"content": Attachment, "note": Entry, "data": Draft}[name]
        place = f"{model._meta.label}.{name}"
        locked = told.locked_form(value, case.pk, place)
        field: Any = model._meta.get_field(name)
        assert field.opened(field.locked_in(locked)) == value
        assert told.locked_form(locked, case.pk, place) is None
    assert told.locked_form("", case.pk, "cases.Entry.note") is None
