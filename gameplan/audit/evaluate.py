"""The audit's evaluator: facts of many children in, one row a duty out, by the law compiled into numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.calendar_tables import calendars_of
from gameplan.audit.calendars import Calendars, open_calendar
from gameplan.audit.cases import case_of
from gameplan.audit.chosen import FactsOfClocks, begun_by_facts, check_clocks, fields_of, law_of
from gameplan.audit.compiled import entry
from gameplan.audit.explained import explained
from gameplan.audit.facts_file import Reads
from gameplan.audit.holidays import HolidayTable, holiday_table, open_holidays
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS
from gameplan.audit.merging import put_accounts
from gameplan.audit.packing import codes_of, unpacked
from gameplan.audit.reading import read_part
from gameplan.audit.rows import DUTY
from gameplan.audit.shapes import DUTIES, WORLD
from gameplan.audit.standing import Part, put_case
from gameplan.audit.tables import Filler, number_of
from gameplan.law import law_for, states, vocabulary

ROWS_AT_ONCE = 1 << 18
Tables = tuple[pa.Table, pa.Table, pa.Table]


class Books(NamedTuple):
    """What the counts of one State's children look at: all school calendars, and the State's holidays."""

    calendars: Calendars
    holidays: HolidayTable


@entry
def judge(
    t: Any, w: Any, b: Books, p: Part, chosen: Any, at: int, on: int, out: Any, stuck: Any
) -> tuple[int, int, int]:
    """Works out the children of one State from place `at` of `chosen` until `out` is nearly full.

    Gives the next place, how many rows were written, and how many cases were too large and stand in `stuck`.
    """
    number, many = 0, 0
    case = w[0]
    case.calendar = -1
    open_holidays(case, b.holidays)
    while at < len(chosen) and number + DUTIES < len(out):
        open_calendar(case, b.calendars, p.calendar[chosen[at]])
        put_case(t[0], case, p, chosen[at], on)
        if case.full == 0:
            put_accounts(t[0], case, p)
        if case.full:
            stuck[many] = chosen[at]
            many += 1
        else:
            for index in range(case.duties_n):
                out[number + index] = case.duties[index]
            number += case.duties_n
        at += 1
    return at, number, many


class Evaluator:
    """Works out every duty of every child as of one day. May be used by several threads at once.

    With `only`, ids of clocks, it gives their duties and no others, and reads only what it needs for them.
    Raises ValueError with every id that no State's law has.
    """

    def __init__(self, on: date, only: Sequence[str] | None = None) -> None:
        self.on = on
        self.laws = [law_for(state) for state in (None, *states())]
        self.only = None if only is None else check_clocks(only, (one.id for law in self.laws for one in law.clocks))
        if self.only is not None:
            self.laws = [law_of(law, self.only) for law in self.laws]
        self.filler = Filler(self.laws, vocabulary())
        self.clocks = self.filler.names
        self._codes = codes_of(self.filler.fields, self.filler.refs)
        self._asked = np.array([self.only is None or one.id in self.only for one in self.clocks], np.bool_)
        self._numbers = {law.state: number for number, law in enumerate(self.laws)}
        self._holidays = [holiday_table(law.holidays) for law in self.laws]
        self._tables = self.filler.whole
        self._reading = Lock()
        self._begun_by_facts = np.array([begun_by_facts(law) for law in self.laws], np.bool_)
        self.reads = Reads(fields_of(self.laws, None))
        if self.only is not None:
            choice = FactsOfClocks(self.laws, self.filler, self._reading)
            self.reads = Reads(fields_of(self.laws, self.filler.forms.named), choice)
        self._spare: list[Any] = []
        self._known: tuple[pa.Table, tuple[Calendars, Mapping[int, int]]] | None = None

    def ready(self) -> None:
        """Compiles what is not compiled yet, by working out a child of whom nothing is known."""
        child = pa.Table.from_pylist([{"case": 0}], CHILDREN)
        for _ in self.duties(child, FACTS.empty_table(), CALENDARS.empty_table()):
            pass

    def duties(self, children: pa.Table, facts: pa.Table, calendars: pa.Table) -> Iterator[Any]:
        """The duties of these children, in arrays of `rows.DUTY`, State by State.

        `children`, `facts` and `calendars` are as `layout` says; the facts sorted by case, and perhaps packed.
        """
        tables = children, facts, calendars
        books, rows = self._books(calendars)
        with self._reading:
            part = read_part(
                children, facts, rows, self._numbers, self.filler.forms, self._codes
            )  # fmt: skip
        world = self._spare.pop() if self._spare else np.zeros(1, WORLD)
        world["walks"]["where"] = -1
        for number in np.unique(part.law):
            chosen = np.flatnonzero(part.law == number)
            if self._begun_by_facts[number]:
                chosen = chosen[part.end[chosen] > part.first[chosen]]
            for some in self._of_law(Books(books, self._holidays[number]), part, chosen, world, tables):
                yield some if self._asked.all() else some[self._asked[some["clock"]]]
        self._spare.append(world)

    def _books(self, calendars: pa.Table) -> tuple[Calendars, Mapping[int, int]]:
        """The calendars as tables: made once for all parts of a folder."""
        with self._reading:
            if self._known is None or self._known[0] is not calendars:
                self._known = calendars, calendars_of(calendars)
            return self._known[1]

    def _of_law(self, books: Books, part: Part, chosen: Any, world: Any, tables: Tables) -> Iterator[Any]:
        at = 0
        stuck = np.zeros(len(chosen), np.int64)
        while at < len(chosen):
            out = np.empty(ROWS_AT_ONCE, DUTY)
            at, number, many = judge(
                self._tables, world, books, part, chosen, at, number_of(self.on), out, stuck
            )  # fmt: skip
            yield out[:number]
            for child in stuck[:many].tolist():
                yield self._explained(tables, child)

    def _explained(self, tables: Tables, child: int) -> Any:
        """A case too large for the room there is: the explaining engine has as much as it takes."""
        children, facts, calendars = tables
        number = int(children["case"][child].as_py())
        own = unpacked(facts.filter(pc.field("case") == number), self._codes)
        case = case_of(children, own, calendars, number)
        return explained(number, case, self.laws[self._numbers[case.child.state]], self.on, self.clocks)


@lru_cache(maxsize=4)
def evaluator(on: date, only: tuple[str, ...] | None = None) -> Evaluator:
    """The evaluator for that day, of these clocks or all; the law is compiled into numbers once a process."""
    return Evaluator(on, only)
