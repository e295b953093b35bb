"""What was written down of each session: given, or missed and why. Entries are added, corrected and withdrawn by
further entries, and never changed.

Two sides may write. Where the school holds the case too, its entries make the numbers for both; what the family wrote
is an account of its own, and stands beside them where it differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from gameplan.core.faults import Fault, nearest, shown

DELIVERED, MISSED = "delivered", "missed"
CHILD_ABSENT, PROVIDER_ABSENT, SCHOOL_EVENT = "child-absent", "provider-absent", "school-event"
NOT_SCHEDULED, OTHER, NOT_RECORDED = "not-scheduled", "other", "not-recorded"
REASONS: Final = (CHILD_ABSENT, PROVIDER_ABSENT, SCHOOL_EVENT, NOT_SCHEDULED, OTHER)
"""Why a session was missed, as somebody writes it down. `NOT_RECORDED` is what nobody wrote down: never an entry."""
SCHOOL, FAMILY = "school", "family"
LONGEST: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One session, as one person wrote it down: `minutes` given or missed of a service (`related-services/r1`) on a
    day.

    `reason` is for a missed one. `makes_up` names the missed entry that a given session makes up for. `corrects` names
    the entry in whose place this one stands; `withdrawn` says that it stands for nothing any more.
    """

    id: str
    service: str
    on: date
    minutes: int
    what: str
    reason: str = ""
    makes_up: str | None = None
    group: bool = False
    by: str = ""
    role: str = ""
    at: datetime | None = None
    corrects: str | None = None
    withdrawn: bool = False
    side: str = SCHOOL


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it stands after all corrections; `root` is the id of the first entry of its chain."""

    root: str
    entry: LogEntry

    @property
    def order(self) -> tuple[date, bool, str, int, str]:
        """By day; of one day what was given first. Two entries that are equal in it say the same."""
        one = self.entry
        return (one.on, one.what != DELIVERED, one.reason, one.minutes, self.root)


@dataclass(frozen=True, slots=True)
class Differs:
    """What one side wrote down and the other has not, or not so. `other` is None where the other side wrote nothing."""

    entry: LogEntry
    other: LogEntry | None


class LogError(Exception):
    """Raised when the entries or the plans do not fit together; `faults` lists everything."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def roots(entries: Iterable[LogEntry]) -> dict[str, str]:
    """The id of the first entry of its chain, by the id of each entry."""
    found: dict[str, str] = {}
    for one in entries:
        found[one.id] = found.get(one.corrects, one.corrects) if one.corrects else one.id
    return found


def standing(entries: Sequence[LogEntry], side: str = SCHOOL) -> tuple[Standing, ...]:
    """The entries of one side that stand, by day. `entries` come in the order in which they were written.

    Of two corrections of one entry the one written later stands.
    """
    first, last = roots(entries), dict[str, LogEntry]()
    for one in entries:
        if one.side == side:
            last[first[one.id]] = one
    found = [Standing(root, one) for root, one in last.items() if not one.withdrawn]
    return tuple(sorted(found, key=lambda one: one.order))


def log_faults(entries: Sequence[LogEntry], *, whole: bool = True) -> list[Fault]:
    """What is wrong with a log: all of it, with the place and the mend.

    Where the log is not `whole`, because a side keeps some notes to itself, an entry may name one that is not there: a
    correction of it stands by itself, and what makes up for it is extra.
    """
    seen: dict[str, LogEntry] = {}
    missed = {name for name, chain in _chains(entries).items() if any(one.what == MISSED for one in chain)}
    found: list[Fault] = []
    first, known = roots(entries), {one.id: one for one in entries}
    for one in entries:
        told = list(_of_entry(one, seen))
        if one.corrects and (whole or one.corrects in known):
            told += _of_correction(one, seen.get(one.corrects))
        found += [Fault(f"entry {one.id} of {one.on}", what, mend) for what, mend in told]
        seen[one.id] = one
    for one in entries:
        named = one.makes_up and (whole or one.makes_up in known)
        if named and not _can_be_made_up(one, known, first, missed):
            mend = "Name a missed entry of the same service, or nothing."
            found.append(Fault(f"entry {one.id} of {one.on}", f"{shown(one.makes_up)} cannot be made up for.", mend))
    return found


def _chains(entries: Iterable[LogEntry]) -> Mapping[str, list[LogEntry]]:
    entries = list(entries)
    first, found = roots(entries), defaultdict[str, list[LogEntry]](list)
    for one in entries:
        found[first[one.id]].append(one)
    return found


def _can_be_made_up(
    one: LogEntry, known: Mapping[str, LogEntry], first: Mapping[str, str], missed: Iterable[str]
) -> bool:
    other = known.get(one.makes_up or "")
    fits = other is not None and other.service == one.service and other.side == one.side
    return fits and one.what == DELIVERED and first[other.id if other else ""] in missed


def _of_entry(one: LogEntry, seen: Mapping[str, LogEntry]) -> Iterator[tuple[str, str]]:
    if one.id in seen:
        yield "there is another entry of that name.", "Give each entry a name of its own."
    if one.what not in (DELIVERED, MISSED):
        yield f"{shown(one.what)} is nothing that happens to a session.", nearest(one.what, (DELIVERED, MISSED))
    if one.what == MISSED and one.reason not in REASONS:
        yield f"{shown(one.reason)} is no reason.", nearest(one.reason, REASONS)
    if one.what == DELIVERED and one.reason:
        yield "a session that was given has no reason.", "Leave the reason out."
    if isinstance(one.minutes, bool) or not 0 < one.minutes <= LONGEST:
        yield f"{shown(one.minutes)} are no minutes.", f"Give a whole number from 1 to {LONGEST}."
    if one.side not in (SCHOOL, FAMILY):
        yield f"{shown(one.side)} is no side.", nearest(one.side, (SCHOOL, FAMILY))


def _of_correction(one: LogEntry, other: LogEntry | None) -> Iterator[tuple[str, str]]:
    if other is None:
        yield f"there is no entry {shown(one.corrects)} before it to correct.", "Name one that was written before."
    elif other.side != one.side:
        yield "it corrects what the other side wrote.", "Write an entry of your own: both will be seen."


def differing(entries: Sequence[LogEntry], counts: str, until: date) -> tuple[Differs, ...]:
    """Where what the other side wrote down up to a day differs from the entries that count.

    Sessions of one service on one day are laid side by side: first those that say the same, then the rest in order. A
    session that only the counting side wrote down is no difference: the other side need not keep a log.
    """
    other = FAMILY if counts == SCHOOL else SCHOOL
    left: dict[tuple[str, date], list[LogEntry]] = defaultdict(list)
    for one in standing(entries, counts):
        left[one.entry.service, one.entry.on].append(one.entry)
    mine = [one.entry for one in standing(entries, other) if one.entry.on <= until]
    unlike = [one for one in mine if not _take_alike(left[one.service, one.on], one)]
    return tuple(Differs(one, _next(left[one.service, one.on])) for one in unlike)


def _take_alike(left: list[LogEntry], entry: LogEntry) -> bool:
    """Takes one entry that says the same out of those that are left; False if there is none."""
    for at, one in enumerate(left):
        if (one.what, one.minutes, one.reason) == (entry.what, entry.minutes, entry.reason):
            del left[at]
            return True
    return False


def _next(left: list[LogEntry]) -> LogEntry | None:
    return left.pop(0) if left else None
