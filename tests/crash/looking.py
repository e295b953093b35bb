"""Looks at a database after the killing, in a program of its own: `python -m tests.crash.looking CASE_ID`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from typing import TypedDict

import django


class Seen(TypedDict):
    """The ids and notes of all facts, what is half there, and what the database says of itself."""

    facts: list[str]
    notes: list[str]
    half: list[str]
    integrity: str


def look(env: dict[str, str], case_id: str) -> Seen:
    """What is in the database of that environment."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.crash.looking", case_id],
        env=os.environ | env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seen: Seen = json.loads(told.stdout)
    return seen


def main(case_id: str) -> None:
    django.setup()
    from django.db import connection

    from gameplan.cases.doors import case_for, facts_of, paper_of
    from gameplan.cases.models import Access, Entry
    from gameplan.cases.people import HOME

    case = case_for(HOME, case_id)
    told = facts_of(case)
    half = [paper.id for paper in told.attachments if not whole(bytes(paper_of(case, paper.id).content), paper.sha256)]
    for fact in told.facts:
        words = fact.data.get("areas")
        if len(fact.note) == 64 and isinstance(words, tuple) and not whole(words[0].encode(), fact.note):
            half.append(fact.id)
        if len(fact.note) == 64 and len(fact.attachments) != 1:
            half.append(fact.id)
    positions = list(Entry.objects.filter(case=case).values_list("position", flat=True))
    if positions != list(range(1, len(positions) + 1)):
        half.append("a gap in the timeline")
    added = ("record-fact", "add-account")
    if Access.objects.filter(case_id=case.pk, action__in=added).count() != len(positions):
        half.append("the record of access")
    integrity = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            integrity = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            faults = cursor.execute("PRAGMA foreign_key_check").fetchall()
            integrity = str(faults) if faults else integrity
    notes = [fact.note for fact in told.facts if len(fact.note) == 32]
    seen = Seen(facts=[fact.id for fact in told.facts], notes=notes, half=half, integrity=integrity)
    sys.stdout.write(json.dumps(seen))


def whole(content: bytes, told_hash: str) -> bool:
    return sha256(content).hexdigest() == told_hash


if __name__ == "__main__":
    main(sys.argv[1])
