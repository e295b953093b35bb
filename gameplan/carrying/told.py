"""What the templates tell, laid on a desk: so facts and plans may stand in any order, and little is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.utils.translation import gettext as _

from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import MOST_SHOWN, Faults
from gameplan.core.faults import Fault

AT_ONCE = 200
CHILDREN, HAPPENED = "children", "happened"


@dataclass(frozen=True, slots=True)
class ToldChild:
    """A row of cases.csv, checked. `child` is as the case file has it; `school` is what the file calls the school."""

    case_key: str
    local_id: str
    state_id: str
    given: str
    family: str
    school: str
    language: str
    manager: str
    child: Mapping[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact as the case file has it, without its id. `refs`: fields that name another row by its `fact_key`.

    `doubts`: what is odd in the row it came from and hinders nothing.
    """

    case_key: str
    on: str
    fact_key: str
    raw: Mapping[str, Any]
    refs: Mapping[str, str]
    place: str
    doubts: Sequence[str] = ()


class Told:
    """Children and facts on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.lay(CHILDREN, ("case_key", "local_id", "state_id", "place", "told"), ())
        desk.lay(HAPPENED, ("case_key", "happened_on", "fact_key", "place", "told"), ())

    def put_children(self, children: Iterable[ToldChild]) -> int:
        """Lay children down; how many."""
        rows = ((one.case_key, one.local_id, one.state_id, one.place, json.dumps(_plain(one))) for one in children)
        return self._desk.put(CHILDREN, 5, rows)

    def put_facts(self, facts: Iterable[ToldFact]) -> int:
        """Lay facts down; how many."""
        rows = ((one.case_key, one.on, one.fact_key, one.place, json.dumps(_plain(one))) for one in facts)
        return self._desk.put(HAPPENED, 5, rows)

    def sort(self, faults: Faults) -> None:
        """Let all be found by the case. What stands twice, and facts of no case, are noted.

        Where no child could be read at all, that is what is wrong, and no fact is told as nobody's.
        """
        for column in ("case_key", "local_id", "state_id"):
            self._desk.sort(CHILDREN, column)
            self._note_twice(CHILDREN, column, column, faults)
        self._desk.sort(HAPPENED, "case_key")
        self._note_twice(HAPPENED, "case_key, fact_key", "fact_key", faults)
        lost = self._desk.ask(
            f"SELECT place FROM {HAPPENED} WHERE case_key NOT IN (SELECT case_key FROM {CHILDREN}) "  # noqa: S608 - names are our own
            f"AND EXISTS (SELECT 1 FROM {CHILDREN}) ORDER BY rowid"
        )
        for number, (place,) in enumerate(lost):
            if number < MOST_SHOWN:
                what = _("No row of cases.csv has this case_key.")
                faults.note(Fault(place, what, _("Add the case to cases.csv, or correct the key.")))
            else:
                faults.count += 1

    def cases(self) -> Iterator[list[tuple[ToldChild, list[ToldFact]]]]:
        """Every child with its facts, the earliest first, some children at a time and in the order of the file."""
        rows = self._desk.ask(f"SELECT told FROM {CHILDREN} ORDER BY rowid")  # noqa: S608 - names are our own
        while block := [ToldChild(**json.loads(told)) for (told,) in islice(rows, AT_ONCE)]:
            facts = self._facts([one.case_key for one in block])
            yield [(one, facts.get(one.case_key, [])) for one in block]

    def _facts(self, keys: Sequence[str]) -> dict[str, list[ToldFact]]:
        question = f"SELECT told FROM {HAPPENED} WHERE case_key IN ({{keys}}) ORDER BY case_key, happened_on, rowid"  # noqa: S608
        found = (ToldFact(**json.loads(told)) for (told,) in self._desk.ask_in(question, keys))
        return {key: list(some) for key, some in groupby(found, key=lambda one: one.case_key)}

    def _note_twice(self, table: str, columns: str, last: str, faults: Faults) -> None:
        question = (
            f"SELECT min(rowid), max(rowid), count(*) FROM {table} WHERE {last} <> '' "  # noqa: S608 - names are our own
            f"GROUP BY {columns} HAVING count(*) > 1 ORDER BY min(rowid)"
        )
        for number, (first, second, _count) in enumerate(list(self._desk.ask(question))):
            if number >= MOST_SHOWN:
                faults.count += 1
                continue
            where, other = (self._place(table, one) for one in (first, second))
            what = _("The same %(column)s stands twice; the other one is %(place)s.") % {"column": last, "place": other}
            faults.note(Fault(where, what, _("Give each its own, or take one out.")))

    def _place(self, table: str, row: int) -> str:
        (found,) = self._desk.ask(f"SELECT place FROM {table} WHERE rowid = ?", [row])  # noqa: S608 - names are our own
        return str(found[0])


def _plain(one: ToldChild | ToldFact) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}
