"""Somebody who writes in cases while others do. See `hand` for the program.

It says `ready`, waits for a line, and then makes so many writes in cases chosen by lot. What was confirmed it says as
`kept CASE_ID KIND NAME`, what was refused as `refused`, and what must not happen as `error WORDS`.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from gameplan.cases import verbs
from gameplan.cases.people import HOME
from gameplan.people.refusals import Refused
from gameplan.planning import life, writing
from gameplan.planning.doors import version_of, versions_of
from gameplan.planning.remarks import remark, settle_remark
from tests.crash.mixed import ROWS, Desk, sit_down, write_fact

FIELDS = ("needs", "review-needs", "student-words", "present-academic", "english-needs")
ON = date(2025, 9, 3)
LATER = ON + timedelta(days=60)
SAME_FORMS = 6
"""Every hand sends the same few forms, in the same order: each of them makes one thing only."""


def work(number: int, seed: int, writes: int, cases: Sequence[str]) -> None:
    """Write so many times, once somebody says go."""
    chance = random.Random(seed * 1000 + number)
    hands = {case_id: Hand(number, sit_down(UUID(case_id)), chance) for case_id in cases}
    say("ready")
    sys.stdin.readline()
    for _turn in range(writes):
        case_id = chance.choice(cases)
        say(hands[case_id].write())


def say(words: str) -> None:
    os.write(1, f"{' '.join(words.split())}\n".encode())


@dataclass
class Hand:
    """One writer at one case."""

    number: int
    desk: Desk
    chance: random.Random
    forms: int = 0

    def write(self) -> str:
        """One write of any kind; what became of it."""
        writing._noted.clear()  # so that each save writes into the trail, too, and not once an hour
        kind = self.chance.choices([*KINDS], [share for share, _write in KINDS.values()])[0]
        try:
            return f"kept {self.desk.case.pk} {kind} {KINDS[kind][1](self)}"
        except Refused:
            return "refused"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks for
            return f"error {kind}: {type(error).__name__}: {error}"

    def fact(self) -> str:
        """A fact with its paper."""
        return write_fact(self.desk)

    def form(self) -> str:
        """A form that every hand sends: a comment, and a fact."""
        self.forms += 1
        key = uuid5(self.desk.case.pk, f"form {self.forms % SAME_FORMS}")
        remark(self.desk.plan, by=HOME, path="section:goals", text=f"Form {key}", form_key=key)
        said = {"by": "parent", "about": "reading", "written": False}
        kept = verbs.record_fact(self.desk.case, by=HOME, kind="concern-raised", on=ON, data=said, form_key=key)
        return kept.fact_id

    def fields(self) -> str:
        """Several fields at once, in any order; others write in them, too."""
        paths = self.chance.sample(FIELDS, 3)
        changes = [writing.Change(path, [os.urandom(8).hex()]) for path in paths]
        found = writing.save(self.desk.plan, by=HOME, desk=f"desk{self.number}", changes=changes)
        assert [one.path for one in found] == paths
        assert writing.WRONG not in [one.state for one in found], found
        return ",".join(paths)

    def row(self) -> str:
        """A row at the end of a list."""
        return writing.add_row(self.desk.plan, by=HOME, field_id=ROWS, values={"area": "Reading"})

    def remark(self) -> str:
        """A comment, and that it is taken care of."""
        made = remark(self.desk.plan, by=HOME, path="section:goals", text=f"From {self.number}")
        return str(settle_remark(self.desk.plan, by=HOME, number=made.pk).pk)

    def draft(self) -> str:
        """The draft is given to the family, which tells a fact."""
        return str(life.share_draft(self.desk.plan, by=HOME, on=ON).pk)

    def version(self) -> str:
        """The plan is proposed, with its paper and the facts of that."""
        how = life.ways_to_propose(self.desk.plan, LATER)[0]
        return str(life.propose(self.desk.plan, by=HOME, on=LATER, how=how, starts=LATER).number)

    def slip(self) -> str:
        """A slip of the pen is put right in the newest version, and with it in the field where others write."""
        newest = versions_of(self.desk.plan).last() or version_of(self.desk.plan, int(self.version()))
        newest.plan = self.desk.plan
        path, now = self.chance.choice(FIELDS), os.urandom(4).hex()
        return str(life.correct(newest, by=HOME, on=LATER, path=path, now=now, why="A slip").pk)


KINDS: dict[str, tuple[int, Callable[[Hand], str]]] = {
    "fact": (6, Hand.fact), "form": (3, Hand.form), "fields": (6, Hand.fields), "row": (3, Hand.row),
    "remark": (2, Hand.remark), "draft": (2, Hand.draft), "version": (1, Hand.version), "slip": (2, Hand.slip),
}  # fmt: skip
