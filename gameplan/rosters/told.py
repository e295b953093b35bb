"""A roster as a file tells it, whatever the format: schools, pupils and staff, laid on a desk and sorted by their ids.

So the order of the rows in a file never matters, and no more than some hundred of them are in memory at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from gameplan.arriving.csv_rows import FORMULA_STARTS
from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import MOST_SHOWN, Faults
from gameplan.core.faults import Fault
from gameplan.people.refusals import unkeepable

AT_ONCE = 1_000
LONGEST = {
    "sourced_id": 255, "state_id": 60, "given": 200, "middle": 200, "family": 200, "preferred": 200, "grade": 20,
    "sex": 20, "email": 254, "role": 40,
}  # fmt: skip
NAMES = frozenset({"given", "middle", "family", "preferred"})


@dataclass(frozen=True, slots=True)
class ToldSchool:
    """A school of the file: its id in the source, its name, and its number in the national list, if that is told."""

    sourced_id: str
    name: str
    nces_id: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ToldPupil:
    """A child of the file. `values`: what is told of the child, by column of `Pupil`, as JSON can say it.

    A column that is missing is not told, and stays as it was. "school" is the school's id in the source. `gone`: the
    file says that the child is not in the roster any more. `is_whole` is False for a row that only adds to a child who
    is known already (a delta that changes a birth date). `place`: where in the file it stands.
    """

    sourced_id: str
    values: Mapping[str, Any]
    place: str
    gone: bool = False
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ToldStaff:
    """Somebody of the staff, as `ToldPupil`, by columns of `StaffMember`."""

    sourced_id: str
    values: Mapping[str, Any]
    place: str
    gone: bool = False


@dataclass
class Told:
    """What a file tells. `form`: how it is written; `kind`: "bulk" or "delta"; `source`: the system it comes from."""

    desk: Desk
    form: str
    kind: str
    source: str
    schools: list[ToldSchool] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table in ("told pupils", "told staff"):
            self.desk.lay(table, ("id", "place", "gone", "is_whole", "state_id", "told"), ())

    def put_pupils(self, pupils: Iterable[ToldPupil], faults: Faults) -> int:
        """Lay pupils on the desk; how many there were. What cannot be kept is noted."""
        rows = (
            (one.sourced_id, one.place, one.gone, one.is_whole, one.values.get("state_id", ""), json.dumps(one.values))
            for one in pupils
            if _is_keepable(one, faults)
        )
        return self.desk.put("told pupils", 6, rows)

    def put_staff(self, staff: Iterable[ToldStaff], faults: Faults) -> int:
        """Lay staff on the desk; how many there were. What cannot be kept is noted."""
        rows = (
            (one.sourced_id, one.place, one.gone, True, "", json.dumps(one.values))
            for one in staff
            if _is_keepable(one, faults)
        )
        return self.desk.put("told staff", 6, rows)

    def sort(self, faults: Faults) -> None:
        """Let everything be found by its id, once it lies there. An id that stands there twice is noted."""
        self.desk.sort("told pupils", "id")
        self.desk.sort("told pupils", "state_id")
        self.desk.sort("told staff", "id")
        for column, name in (("id", _("id")), ("state_id", _("State id"))):
            self._note_twice(column, name, faults)

    def pupils(self) -> Iterator[list[ToldPupil]]:
        """All pupils by their ids, some at a time."""
        rows = self.desk.ask('SELECT id, place, gone, is_whole, told FROM "told pupils" ORDER BY id')
        while block := list(islice(rows, AT_ONCE)):
            yield [
                ToldPupil(key, json.loads(told), place, bool(gone), bool(whole))
                for key, place, gone, whole, told in block
            ]

    def staff(self) -> Iterator[list[ToldStaff]]:
        """All staff by their ids, some at a time."""
        rows = self.desk.ask('SELECT id, place, gone, told FROM "told staff" ORDER BY id')
        while block := list(islice(rows, AT_ONCE)):
            yield [ToldStaff(key, json.loads(told), place, bool(gone)) for key, place, gone, told in block]

    def pupils_there(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids that are pupils of the file."""
        found = self.desk.ask_in('SELECT id FROM "told pupils" WHERE id IN ({keys})', list(ids))
        return frozenset(key for (key,) in found)

    def staff_there(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids that are staff of the file."""
        found = self.desk.ask_in('SELECT id FROM "told staff" WHERE id IN ({keys})', list(ids))
        return frozenset(key for (key,) in found)

    def _note_twice(self, column: str, name: str, faults: Faults) -> None:
        question = (
            f"SELECT min(place), max(place), count(*) FROM \"told pupils\" WHERE {column} <> '' AND NOT gone "  # noqa: S608
            f"GROUP BY {column} HAVING count(*) > 1 ORDER BY min(rowid)"
        )
        for number, (first, last, _count) in enumerate(self.desk.ask(question)):
            if number >= MOST_SHOWN:
                faults.count += 1
                continue
            what = _("The same %(id)s stands at two pupils; the other one is %(place)s.") % {"id": name, "place": last}
            faults.add(first, what, _("Correct it in the system that the file comes from."))


def _is_keepable(one: ToldPupil | ToldStaff, faults: Faults) -> bool:
    """False, with a fault noted, for what no column can hold, and for a name that a spreadsheet takes for a formula."""
    before = faults.count
    for _broken in unkeepable(one.values, one.place):
        mend = _("Type it again in the system that the file comes from.")
        faults.note(Fault(one.place, _("There is a broken letter in this row."), mend))
        return False
    for column, most in LONGEST.items():
        value = one.sourced_id if column == "sourced_id" else one.values.get(column) or ""
        if len(value) > most:
            what = _("This is too long: %(column)s.") % {"column": column}
            faults.note(Fault(one.place, what, _("Use up to %(most)s letters.") % {"most": most}))
        if column in NAMES and value.startswith(FORMULA_STARTS):
            what = _("A name begins with a sign that makes a spreadsheet reckon.")
            faults.note(Fault(one.place, what, _("Correct the name in the system that the file comes from.")))
    return faults.count == before
