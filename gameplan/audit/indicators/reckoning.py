"""From an audit folder and the audit's rows to the indicators: one walk over the parts, one over the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

import pyarrow as pa

from gameplan.audit.indicators import child_find, dispute_events, early_childhood, secondary_transition
from gameplan.audit.indicators.behind import Behind, behind_child_find, behind_early_childhood
from gameplan.audit.indicators.child_find import ChildFind, ChildFindRow, ReasonRow, child_find_tables
from gameplan.audit.indicators.dispute_events import Disputes
from gameplan.audit.indicators.disputes import (
    DueProcessRow,
    ExpeditedRow,
    MediationRow,
    StateComplaintRow,
    dispute_tables,
)
from gameplan.audit.indicators.duties import Gathering
from gameplan.audit.indicators.early_childhood import EarlyChildhood, EarlyChildhoodRow, early_childhood_table
from gameplan.audit.indicators.parts import Places, read_part
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.secondary_transition import SecondaryTransition, TransitionRow
from gameplan.audit.indicators.shares import as_table
from gameplan.audit.layout import Folder
from gameplan.law import law_for, states, vocabulary

By = Literal["state", "district"]
Rows = Callable[[Sequence[str]], Iterable[pa.Table]]
KINDS: Final[Mapping[str, type[Any]]] = {
    "b11_child_find": ChildFindRow,
    "b11_reasons": ReasonRow,
    "b12_early_childhood_transition": EarlyChildhoodRow,
    "b13_secondary_transition": TransitionRow,
    "state_complaints": StateComplaintRow,
    "due_process": DueProcessRow,
    "expedited_hearings": ExpeditedRow,
    "mediation": MediationRow,
}
"""The tables by name, and what a row of each is."""


class NothingToCount(Exception):
    """Raised where the folder holds no children; says which folder."""


@dataclass(frozen=True)
class Indicators:
    """All tables of a report: the rows of each, the last one counting all places together (`state` is "all").

    `behind`: for B-11, B-12 and B-13, by the name of the table, each child in it.
    """

    period: Period
    on: date
    by: By
    rows: Mapping[str, Sequence[Any]]
    behind: Mapping[str, Sequence[Behind]] = field(default_factory=dict)

    def table(self, name: str) -> pa.Table:
        """One table of `KINDS` as an Arrow table. Raises KeyError for any other name."""
        return as_table(KINDS[name], self.rows[name])

    def places(self, name: str) -> Sequence[Any]:
        """The rows of that table without the last one (for the reasons: without the last ones)."""
        return [row for row in self.rows[name] if row.state != "all"]

    def whole(self, name: str) -> Any:
        """The row that counts all places together."""
        return self.rows[name][-1]


def evaluation_clocks(on: date) -> tuple[str, ...]:
    """The clocks that set the time of B-11: the federal one, and each State's that replaces it or is kept with it."""
    found = {child_find.CLOCK}
    for state in states():
        for clock in law_for(state, on=on).clocks:
            if clock.base == child_find.CLOCK and clock.relation in ("replaces", "adds") and clock.kind == "deadline":
                found.add(clock.id)
    return tuple(sorted(found))


def indicators(folder: Folder, rows: Rows, on: date, period: Period, by: By = "state") -> Indicators:
    """The indicators of the period as the files stand on the day `on`, a row for each state or district.

    `rows` gives, for ids of clocks, the audit's tables of these clocks (`rows.ROWS`); the day of the audit must be
    `on` too. Parts are read one after the other; what is kept is a few numbers for each child that is counted.
    Raises NothingToCount for a folder without children, ValueError for another `by`.
    """
    places = Places(by)
    found, early, disputes = ChildFind(period), EarlyChildhood(period, on), Disputes()
    youth = SecondaryTransition(period, on)
    wanted = _wanted(child_find.FACTS, early_childhood.FACTS, secondary_transition.FACTS, dispute_events.FACTS)
    number = -1
    for number in folder.parts():
        part = read_part(folder, number, wanted, vocabulary(), places, on)
        for one in (found, early, disputes, youth):
            one.add(part)
    if number < 0:
        raise NothingToCount(f"{folder.path} holds no children (children/part-00000.parquet). Make the folder first.")
    groups = [
        Gathering(evaluation_clocks(on), found.cases()), Gathering((early_childhood.CLOCK,), early.cases()),
        Gathering(dispute_events.CLOCKS, disputes.cases()),
    ]  # fmt: skip
    _walk(rows, groups)
    disputes.give(groups[2].duties())
    told = dispute_tables(disputes, places.names, period)
    asked_for, toddlers = found.children(groups[0].duties()), early.children(groups[1].duties())
    children, reasons = child_find_tables(asked_for, places.names, period.name)
    return Indicators(period, on, by, {
        "b11_child_find": children,
        "b11_reasons": reasons,
        "b12_early_childhood_transition": early_childhood_table(toddlers, places.names, period.name),
        "b13_secondary_transition": youth.table(places.names),
        "state_complaints": told.state_complaints,
        "due_process": told.due_process,
        "expedited_hearings": told.expedited,
        "mediation": told.mediation,
    }, {
        "b11_child_find": behind_child_find(asked_for),
        "b12_early_childhood_transition": behind_early_childhood(toddlers),
        "b13_secondary_transition": youth.behind(),
    })  # fmt: skip


def _walk(rows: Rows, groups: Collection[Gathering]) -> None:
    wanted = sorted(frozenset[str]().union(*(group.clocks for group in groups)))
    for table in rows(wanted):
        for group in groups:
            group.take(table)


def _wanted(*needs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which kinds of fact are read, and which further days of each, for all indicators together."""
    return {kind: tuple(_all_days(kind, needs)) for one in needs for kind in one}


def _all_days(kind: str, needs: Iterable[Mapping[str, tuple[str, ...]]]) -> Iterator[str]:
    yield from sorted({name for one in needs for name in one.get(kind, ())})
