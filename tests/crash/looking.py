"""Looks at a database after each kill, in a program of its own: `python -m tests.crash.looking CASE_ID MIX`.

For each line on its input it looks once, and says as JSON what it has seen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict
from uuid import UUID

import django

from tests.crash.mixes import HOME, mix_of

if TYPE_CHECKING:
    from tests.crash.kinds import Mix


class Seen(TypedDict):
    """What is there (each as "KIND NAME"), what is half there, what went out twice, the notes of facts, what the
    database says of itself.
    """

    there: list[str]
    half: list[str]
    twice: list[str]
    notes: list[str]
    integrity: str


class Looker:
    """The program that looks. A context manager."""

    def __init__(self, env: dict[str, str], case_id: str, mix: str = HOME) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.looking", case_id, mix],
            env=os.environ | env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def look(self) -> Seen:
        """What is in the database now."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "The program that looks has ended."
        seen: Seen = json.loads(line)
        return seen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def main(case_id: str, mix: str) -> None:
    django.setup()
    from django.db import connection

    if connection.vendor == "postgresql":
        # What a killed writer had sent may still be committed while somebody looks; one look sees one moment.
        connection.settings_dict["OPTIONS"]["isolation_level"] = 3  # repeatable read
    for _line in sys.stdin:
        sys.stdout.write(json.dumps(seen_in(UUID(case_id), mix_of(mix))) + "\n")
        sys.stdout.flush()


def seen_in(case_id: UUID, mix: Mix[Any]) -> Seen:
    from django.db import transaction

    from gameplan.cases.models import Entry
    from tests.crash.chain import faults_of_trail

    with transaction.atomic():
        desk = mix.sit_down(case_id)
        there = [(f"{kind} {name}", whole) for kind, found in mix.there(desk).items() for name, whole in found]
        half = [name for name, whole in there if not whole]
        positions = list(Entry.objects.filter(case=desk.case).values_list("position", flat=True))
        if positions != list(range(1, len(positions) + 1)):
            half.append("a gap in the timeline")
        half += faults_of_trail(desk.case)
        notes = [fact.note for fact in desk.told.facts if len(fact.note) == 32]
    names = [name for name, _whole in there]
    return Seen(there=names, half=half, twice=[*mix.twice()], notes=notes, integrity=integrity())


def integrity() -> str:
    """What SQLite finds when it checks its file; "ok" where there is nothing to check."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        found = str(cursor.execute("PRAGMA integrity_check").fetchone()[0])
        faults = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return str(faults) if faults else found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
