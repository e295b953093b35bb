"""Disputes as plain objects: they are few, and what happened to each is told by several facts and duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from gameplan.audit.indicators.duties import Duties
from gameplan.audit.indicators.parts import NEVER, Array, Part
from gameplan.core.standing import STATUSES

STATE_DECISION: Final = "state-complaint-decision"
HEARING: Final = ("hearing-decision", "hearing-decision-school-filed")
MEETING: Final = ("resolution-meeting", "expedited-resolution-meeting")
FAST_HEARING, FAST_DECISION = "expedited-hearing", "expedited-decision"
CLOCKS: Final = (STATE_DECISION, *HEARING, *MEETING, FAST_HEARING, FAST_DECISION)

FACTS: Final = {
    "state-complaint-filed": ("filed", "received"), "state-complaint-paused": (), "state-complaint-extended": (),
    "state-complaint-decided": (), "due-process-filed": ("filed",), "due-process-closed": (), "hearing-held": (),
    "hearing-extended": (), "hearing-decided": (), "settlement-signed": (), "settlement-voided": (),
    "interim-setting-ordered": (), "mediation-asked": (), "mediation-started": (), "mediation-ended": (),
}  # fmt: skip
_STARTING: Final = ("state-complaint-filed", "due-process-filed", "mediation-asked", "mediation-started")


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of a dispute; `day` is the day it was filed or happened, as days since January 1, 1970."""

    id: int
    kind: str
    day: int
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One row of the audit; days that are not known are None."""

    status: str
    started: int | None
    done: int | None
    done_by: int | None
    days_late: int | None


@dataclass
class Dispute:
    """All that a case has of disputes: its facts in order, and its duties by clock and starting fact."""

    place: int
    events: list[Event] = field(default_factory=list)
    duties: dict[tuple[str, int], DutyRow] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Event]:
        """The events of these kinds, in order."""
        return [one for one in self.events if one.kind in kinds]

    def kind_of(self, event_id: int | None) -> str:
        """The kind of the event with that id, "" if there is none."""
        return next((one.kind for one in self.events if one.id == event_id), "")

    def duty(self, clocks: Sequence[str], started_by: int) -> DutyRow | None:
        """The duty of the first of these clocks that this fact started."""
        return next((self.duties[clock, started_by] for clock in clocks if (clock, started_by) in self.duties), None)


class Disputes:
    """Collects the cases with a dispute part by part, and gives their duties to them."""

    def __init__(self) -> None:
        self.found: dict[int, Dispute] = {}

    def add(self, part: Part) -> None:
        """Take in one part."""
        children = np.unique(np.concatenate([part.of(kind).child for kind in _STARTING]))
        for child in children.tolist():
            self.found[int(part.case[child])] = Dispute(int(part.place[child]))
        for kind in FACTS:
            facts = part.of(kind)
            for row in np.flatnonzero(np.isin(facts.child, children)).tolist():
                filed = int(facts.dates["filed"][row]) if "filed" in facts.dates else NEVER
                day = int(facts.day[row]) if filed == NEVER else filed
                event = Event(int(facts.id[row]), kind, day, facts.sayings[int(facts.said[row])])
                self.found[int(part.case[facts.child[row]])].events.append(event)
        for child in children.tolist():
            self.found[int(part.case[child])].events.sort(key=lambda one: (one.day, one.id))

    def cases(self) -> Array:
        """The cases whose duties are asked for, sorted."""
        return np.array(sorted(self.found), np.int64)

    def give(self, duties: Duties) -> None:
        """Put each duty to its case. Of two for one starting fact (federal and State) the later finding stands."""
        for row in range(len(duties)):
            key = duties.clocks[duties.clock[row]], int(duties.started_by[row])
            days = (duties.started[row], duties.done[row], duties.done_by[row], duties.days_late[row])
            self.found[int(duties.case[row])].duties[key] = DutyRow(STATUSES[duties.status[row]], *map(_known, days))


def _known(day: int) -> int | None:
    return None if day == NEVER else int(day)


def in_period(events: Iterable[Event], first: int, last: int) -> list[Event]:
    """Those whose day lies between the two, both included."""
    return [one for one in events if first <= one.day <= last]
