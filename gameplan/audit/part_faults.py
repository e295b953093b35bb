"""What is wrong with the values of one part: strays, doubles, and words the law does not know.

Everything is looked at column by column; a fault says how many rows have it, and names the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.compiled import compiled, entry
from gameplan.audit.faults import place_of
from gameplan.audit.layout import Folder
from gameplan.audit.packing import frozen
from gameplan.audit.reading import numbers, words
from gameplan.audit.rows import NO_DAY
from gameplan.core.casefile import SIDES
from gameplan.core.entries import Vocabulary
from gameplan.core.faults import FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE, Fault, nearest

UNSORTED, STRAY, DOUBLE = 0, 1, 2
WALKED: Final = {
    UNSORTED: ("the facts are not sorted by case", "Sort the facts of the part."),
    STRAY: ("the case is not among the children of the part", "Put its facts into the part of the child."),
    DOUBLE: ("another fact of the case has the same id", "Give each fact of a case its own id."),
}


class PartCheck:
    """Looks at the values of parts, one after the other or several at once; remembers which texts were sound."""

    def __init__(self, folder: Folder, vocabulary: Vocabulary, calendars: pa.Table) -> None:
        self.folder = folder
        self.vocabulary = vocabulary
        self._calendars = pc.unique(calendars["calendar"])
        self._sound: set[str] = set()

    def calendars(self, table: pa.Table) -> list[Fault]:
        """Faults of the table of calendars."""
        at = Values(place_of(self.folder.calendars, self.folder), table, "calendar")
        faults = [*at.empty("calendar", "school_year", "first_day", "last_day")]
        faults += at.rows(
            pc.greater(table["first_day"], table["last_day"]), "the year ends before it begins", "Swap the days."
        )
        return faults

    def part(self, part: int, children: pa.Table, facts: pa.Table) -> list[Fault]:
        """Faults of a part, whose columns are those of `layout`."""
        cases = numbers(children["case"], np.int64, -1)
        cases = cases if (cases[1:] > cases[:-1]).all() else np.sort(cases)
        return [*self._children(part, children, cases), *self._facts(part, cases, facts)]

    def _children(self, part: int, children: pa.Table, cases: Any) -> Iterator[Fault]:
        at = Values(place_of(self.folder.children(part), self.folder), children, "case")
        yield from at.empty("case")
        yield from at.unknown("state", tuple(self.vocabulary.states))
        yield from at.days("born")
        calendar = children["calendar"]
        missing = pc.and_(pc.is_valid(calendar), pc.invert(pc.is_in(calendar, self._calendars.cast(calendar.type))))
        yield from at.rows(missing, "the calendar is not in the table", "Add it to calendars.parquet.")
        doubles = cases[1:][cases[1:] == cases[:-1]]
        if len(doubles):
            first = pc.index(children["case"], doubles[0]).as_py()
            yield at.fault(len(doubles), first, "the case has another row", "Give each child one row.")

    def _facts(self, part: int, cases: Any, facts: pa.Table) -> Iterator[Fault]:
        at = Values(place_of(self.folder.facts(part), self.folder), facts, "case", "id")
        empty = list(at.empty("case", "id", "kind", "on"))
        yield from empty
        yield from at.unknown("kind", tuple(self.vocabulary.kinds))
        yield from at.unknown("said_by", SIDES)
        proven = proven_days(pq.read_metadata(self.folder.facts(part)))
        for field in facts.schema:
            if pa.types.is_date(field.type) and field.name not in proven:
                yield from at.days(field.name)
        yield from at.words(
            "data", self._bad_text, "the data is not a JSON object", "Write it as layout.data_text does."
        )
        if not empty:
            yield from _walk(at, cases, facts)
            yield from _links(at, facts)

    def _bad_text(self, text: str) -> bool:
        if text in self._sound:
            return False
        try:
            bad = bool(text) and not isinstance(json.loads(text), dict)
        except ValueError:
            bad = True
        if not bad:
            self._sound.add(text)
        return bad


class Values:
    """The values of one table: where it lies, and which columns name a row."""

    def __init__(self, where: str, table: pa.Table, *named_by: str) -> None:
        self.where = where
        self.table = table
        self.named_by = named_by

    def rows(self, marks: Any, what: str, mend: str) -> Iterator[Fault]:
        """A fault if any row is marked (an Arrow column or array of booleans)."""
        number = pc.sum(marks).as_py() or 0
        if number:
            yield self.fault(number, pc.index(marks, True).as_py(), what, mend)

    def fault(self, number: int, first: int, what: str, mend: str) -> Fault:
        """The fault of so many rows, of which `first` is the first."""
        name = ", ".join(f"{column} {self.table[column][first].as_py()}" for column in self.named_by)
        return Fault(self.where, f"{what} ({number} {'row' if number == 1 else 'rows'}, first: {name}).", mend)

    def empty(self, *columns: str) -> Iterator[Fault]:
        """A fault for each of these columns that has empty places."""
        for name in columns:
            if self.table[name].null_count:
                yield from self.rows(pc.is_null(self.table[name]), f'"{name}" is empty', "Fill it in.")

    def days(self, column: str) -> Iterator[Fault]:
        """A fault if the column has days that no case of this law can have."""
        days = self.table[column]
        most = pc.min_max(days)
        first, last = most["min"].as_py(), most["max"].as_py()
        if first is not None and (first < FIRST_DAY_OF_SENSE or last > LAST_DAY_OF_SENSE):
            marks = pc.or_(pc.less(days, FIRST_DAY_OF_SENSE), pc.greater(days, LAST_DAY_OF_SENSE))
            mend = f"Days lie between {FIRST_DAY_OF_SENSE} and {LAST_DAY_OF_SENSE}."
            yield from self.rows(marks, f'the day in "{column}" cannot be', mend)

    def unknown(self, column: str, known: Sequence[str]) -> Iterator[Fault]:
        """A fault for each word of the column that is not one of the known ones."""
        codes, spelt = words(self.table[column])
        for code, word in enumerate(spelt):
            if word not in known and (word is not None or column == "kind"):
                what = f'the {column} "{word}" is not known'
                yield from self.rows(pa.array(codes == code), what, nearest(str(word), known))

    def words(self, column: str, bad: Callable[[str], bool], what: str, mend: str) -> Iterator[Fault]:
        """A fault if some of the column's words are bad."""
        codes, spelt = words(self.table[column])
        wrong = [code for code, word in enumerate(spelt) if word is not None and bad(word)]
        if wrong:
            yield from self.rows(pa.array(np.isin(codes, wrong)), what, mend)


def proven_days(footer: pq.FileMetaData) -> set[str]:
    """The columns of a file whose days can all be, by what its footer says of them."""
    proven = set(footer.schema.to_arrow_schema().names)
    for number in range(footer.num_row_groups):
        group = footer.row_group(number)
        columns = (group.column(place) for place in range(group.num_columns))
        proven -= {one.path_in_schema for one in columns if not _can_all_be(one.statistics, group.num_rows)}
    return proven


def _can_all_be(statistics: Any, rows: int) -> bool:
    if statistics is not None and statistics.has_null_count and statistics.null_count == rows:
        return True
    if statistics is None or not statistics.has_min_max:
        return False
    first, last = statistics.min, statistics.max
    return isinstance(first, date) and first >= FIRST_DAY_OF_SENSE and last <= LAST_DAY_OF_SENSE


def _walk(at: Values, cases: Any, facts: pa.Table) -> Iterator[Fault]:
    found, first = np.zeros(3, np.int64), np.zeros(3, np.int64)
    case, ids = (frozen(numbers(facts[name], kind)) for name, kind in (("case", np.int64), ("id", np.int32)))
    walk(case, ids, frozen(cases), found, first)
    for which, (what, mend) in WALKED.items():
        if found[which]:
            yield at.fault(int(found[which]), int(first[which]), what, mend)


def _links(at: Values, facts: pa.Table) -> Iterator[Fault]:
    case, ids = (frozen(numbers(facts[name], kind)) for name, kind in (("case", np.int64), ("id", np.int32)))
    for name in ("corrects", "account_of"):
        if name in facts.column_names and facts[name].null_count < len(case):
            number, first = no_target(case, ids, frozen(numbers(facts[name], np.int32, NO_DAY)))
            if number:
                what = f'"{name}" names a fact that the case does not have'
                yield at.fault(number, first, what, "Name the id of another fact of the case.")
    if "withdrawn" in facts.column_names:
        empty = pc.is_null(facts["corrects"]) if "corrects" in facts.column_names else True
        taken_back = pc.and_(facts["withdrawn"].fill_null(False), empty)
        yield from at.rows(taken_back, "it is not said which fact is taken back", 'Name it in "corrects".')


@entry
def walk(case: Any, ids: Any, cases: Any, found: Any, first: Any) -> None:
    """Counts in `found` the facts out of order, without a child among `cases` (sorted), or with an id twice.

    `first` gets the first row of each.
    """
    place = start = top = 0
    known = False
    for row in range(len(case)):
        if row == 0 or case[row] != case[row - 1]:
            if row > 0 and case[row] < case[row - 1]:
                mark(found, first, UNSORTED, row)
            place = find_case(cases, place, case[row])
            known = place < len(cases) and cases[place] == case[row]
            start, top = row, ids[row]
        elif ids[row] > top:
            top = ids[row]
        elif stands_in(ids, start, row, ids[row]):
            mark(found, first, DOUBLE, row)
        if not known:
            mark(found, first, STRAY, row)


@compiled
def mark(found: Any, first: Any, which: int, row: int) -> None:
    """Counts one more row with this fault."""
    if found[which] == 0:
        first[which] = row
    found[which] += 1


@compiled
def find_case(cases: Any, place: int, case: int) -> int:
    """The place of a case among the sorted ones; looks at this place and the next before it searches."""
    for near in range(place, min(place + 2, len(cases))):
        if cases[near] == case:
            return near
    return int(np.searchsorted(cases, case))


@compiled
def stands_in(ids: Any, begin: int, end: int, wanted: int) -> bool:
    """True if the id stands in these rows."""
    for row in range(begin, end):
        if ids[row] == wanted:
            return True
    return False


@entry
def no_target(case: Any, ids: Any, target: Any) -> tuple[int, int]:
    """How many facts name another fact which their case does not have, and the row of the first."""
    number, first = 0, -1
    for row in range(len(case)):
        if target[row] != NO_DAY:
            start = row
            while start > 0 and case[start - 1] == case[row]:
                start -= 1
            end = row + 1
            while end < len(case) and case[end] == case[row]:
                end += 1
            if not (stands_in(ids, start, row, target[row]) or stands_in(ids, row + 1, end, target[row])):
                first = row if number == 0 else first
                number += 1
    return number, first
