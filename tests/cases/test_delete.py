"""Deleting for good: nothing of the case is left, not in the tables and not in the file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models

from gameplan.cases import drafts, verbs
from gameplan.cases.models import Access, Case, Draft, Entry
from gameplan.cases.people import Person
from gameplan.core.facts import Child

STORY = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from django.db import connection
from gameplan.cases import drafts, verbs
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
call_command("migrate", verbosity=0)
case = verbs.start_case(HOME, child=Child(name="Quetzalcoatl-name"))
paper = verbs.attach(case, by=HOME, name="Quetzalcoatl-file.txt", content=b"Quetzalcoatl-paper " * 9000)
verbs.record_fact(case, by=HOME, kind="concern-raised", on=date(2025, 9, 3), note="Quetzalcoatl-note",
                  data={"about": "Quetzalcoatl-data"}, entry_attachments=[paper.attachment_id])
for letters in range(1, 40):
    drafts.keep(HOME, "add-fact", {"note": "Quetzalcoatl-draft"[:letters]}, case)
with connection.cursor() as cursor:
    cursor.execute("SELECT content FROM cases_attachment")
    locked = bytes(cursor.fetchone()[0])
marks = [b"Quetzalcoatl", *(locked[at : at + 16] for at in range(0, len(locked) - 16, 4096))]
def told():
    files = [path.read_bytes() for path in django.conf.settings.GAMEPLAN_DATA.iterdir()]
    return sum(file.count(mark) for file in files for mark in marks)
print(told())
verbs.delete_case(case, by=HOME)
print(told())
"""


def rows_left() -> dict[str, int]:
    labels = ("cases", "papers")
    models_of_the_case: list[type[models.Model]] = [
        one for label in labels for one in apps.get_app_config(label).get_models()
    ]
    return {one.__name__: one._base_manager.count() for one in models_of_the_case if one._base_manager.count()}


def test_no_row_of_the_case_is_left(case: Case, mother: Person, ask: Callable[..., Entry], letter: str) -> None:
    ask(entry_attachments=[letter])
    drafts.keep(mother, "add-fact", {"note": "x"}, case)
    verbs.delete_case(case, by=mother)
    assert rows_left() == {}


def test_other_cases_and_open_drafts_stay(case: Case, mother: Person, ask: Callable[..., Entry]) -> None:
    ask()
    drafts.keep(mother, "child", {"name": "Ben"})
    other = verbs.start_case(mother, child=Child(name="Ben"))
    verbs.delete_case(other, by=mother)
    assert Case.objects.get() == case
    assert Entry.objects.count() == 1
    assert Access.objects.filter(case_id=case.pk).exists()
    assert Draft.objects.count() == 1


def test_a_helper_cannot_delete(case: Case, helper: Person) -> None:
    with pytest.raises(PermissionDenied):
        verbs.delete_case(case, by=helper)
    assert Case.objects.exists()


def test_no_byte_of_the_case_is_left_in_the_file(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"GAMEPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    told = subprocess.run([sys.executable, "-c", STORY], env=env, check=True, capture_output=True, text=True)
    before, after = map(int, told.stdout.split())
    assert before > 40
    assert after == 0
