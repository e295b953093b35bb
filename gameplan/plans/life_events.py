"""What happens to a plan, as dated events, and what is wrong with a list of them.

Events are only ever added. Not answering is no event: silence is what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gameplan.core.faults import Fault, nearest, shown
from gameplan.plans.forms import ROWS
from gameplan.plans.items import items_of
from gameplan.plans.plan import Plan, cells

AGREED, REFUSED = "agreed", "refused"
FIRST, ANNUAL = "first", "annual"
WITH_MEETING, WITHOUT_MEETING = "amended-with-meeting", "amended-without-meeting"
HOW: Final = (FIRST, ANNUAL, WITH_MEETING, WITHOUT_MEETING)
AS_PROPOSED, AS_BEFORE = "as-proposed", "as-before"
OUTCOMES: Final = ("", AS_PROPOSED, AS_BEFORE)
MEANS: Final = ("paper", "on-screen")


@dataclass(frozen=True, slots=True)
class Shared:
    """A draft was shared with the family. A draft decides nothing."""

    on: date
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """The team met. `kind` is that of the fact `meeting-held`."""

    on: date
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A version of the plan that the school proposes. Versions are numbered 1, 2, 3, ...

    `on`: the day it was in the family's hands. `starts`: the first day it is meant for. `notice`: the day of the
    written notice of it (34 CFR 300.503), None if none is known. `changes`: for an amendment the keys that it changes
    (`goals/g1`, `placement`, or the id of a field that nobody decides on; see `carry.touched`); what else stands in
    its paper is not looked at. `big`: by key, whether a change is a big one where State law asks for permission for
    those.
    """

    version: int
    plan: Plan = field(repr=False)
    on: date
    starts: date
    how: str
    notice: date | None = None
    review_by: date | None = None
    changes: tuple[str, ...] = ()
    big: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a parent (or adult student) answered to a version, as it reached the school on the day `on`.

    `all` is agreed or refused for all things but those that `items` names with an answer of their own; empty: for those
    only. `services`: permission for the first services, where it was asked for by itself. `at_once`: it agrees in
    writing to a start before a State's waiting time is over. `means`: paper or on-screen.
    """

    version: int
    on: date
    by: str
    all: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    services: bool | None = None
    at_once: bool = False
    means: str = "paper"

    def to(self, key: str) -> str:
        """What it says to one thing: agreed, refused, or nothing."""
        return self.items.get(key, self.all)

    @property
    def says_yes(self) -> bool:
        """True if it agrees to at least one thing."""
        return self.all == AGREED or AGREED in self.items.values()


@dataclass(frozen=True, slots=True)
class ServicesConsent:
    """Permission for the first services that was given on another paper, or before this plan was kept here."""

    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hearing was asked for: the child stays put from `on` until the dispute ended, None while it runs.

    `outcome` says what the dispute came to for the versions it held: as-proposed, as-before, or empty: not told.
    """

    on: date
    until: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The plan was reviewed and stays as it is; `review_by` is the new last day for the next review."""

    on: date
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A slip of the pen was put right in one cell of a version (`goals/g1/goal`); nothing agreed changes."""

    version: int
    on: date
    path: str
    was: object
    now: object
    why: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """No plan any more from this day. `reason` is that of the fact `services-stopped`."""

    on: date
    reason: str


Event = Shared | Met | Proposed | Answer | ServicesConsent | Hold | Reviewed | Corrected | Ended


class LifeError(Exception):
    """Raised when the events of a plan do not fit together; `faults` lists everything: where, what, and the mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events by day; those of one day in the order they came. Raises LifeError with every fault."""
    faults = life_faults(events)
    if faults:
        raise LifeError(faults)
    return tuple(sorted(events, key=lambda one: one.on))


def life_faults(events: Sequence[Event]) -> list[Fault]:
    """What is wrong with the events: versions, answers, corrections and days that do not fit together."""
    ordered = sorted(events, key=lambda one: one.on)
    proposed = {one.version: one for one in ordered if isinstance(one, Proposed)}
    found = [Fault(where, what, mend) for where, what, mend in _of_versions(ordered)]
    for one in ordered:
        if isinstance(one, Answer | Corrected) and not _is_there(one, proposed):
            mend = "Name a version that was proposed before that day."
            found.append(Fault(_place(one), f"there is no version {one.version} yet.", mend))
        elif isinstance(one, Answer):
            found += [Fault(_place(one), what, mend) for what, mend in _of_answer(one, proposed)]
        elif isinstance(one, Hold) and not _hold_fits(one):
            mend = f"Give an end on or after the first day, and one of: {', '.join(OUTCOMES[1:])}, or nothing."
            found.append(Fault(_place(one), "the end of the hold does not fit.", mend))
    return [*found, *_of_corrections(ordered, proposed)]


def corrected(version: Proposed, corrections: Sequence[Corrected]) -> Plan:
    """The paper of a version with these corrections of it, in their order."""
    plan = version.plan
    for one in corrections:
        if one.version == version.version:
            plan = _with_cell(plan, one.path, one.now)
    return plan


def _place(one: Event) -> str:
    name = f" to version {one.version}" if isinstance(one, Answer | Corrected) else ""
    return f"{type(one).__name__.lower()}{name} on {one.on}"


def _is_there(one: Answer | Corrected, proposed: Mapping[int, Proposed]) -> bool:
    return one.version in proposed and proposed[one.version].on <= one.on


def _hold_fits(one: Hold) -> bool:
    ends_well = one.until is None or one.on <= one.until
    return ends_well and one.outcome in OUTCOMES and (one.until is not None or not one.outcome)


def _of_versions(ordered: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    number, fresh = 0, True
    for one in ordered:
        fresh = fresh or isinstance(one, Ended)
        if not isinstance(one, Proposed):
            continue
        where, number = f"version {one.version}", number + 1
        if one.version != number:
            yield where, f"it comes as number {number}.", "Number the versions 1, 2, 3 in the order of their days."
        if one.how not in HOW:
            yield f"{where}, how", f"found {shown(one.how)}.", nearest(one.how, HOW)
        if (one.how == FIRST) != fresh:
            mend = "Write “first” for the first version, also after an end, and for no other."
            yield f"{where}, how", "first is the one that nothing came before.", mend
        if (one.how in (WITH_MEETING, WITHOUT_MEETING)) != bool(one.changes):
            mend = "Give an amendment the keys of what it changes, and no other version."
            yield f"{where}, changes", "an amendment says what it changes.", mend
        fresh = False


def _of_answer(one: Answer, proposed: Mapping[int, Proposed]) -> Iterator[tuple[str, str]]:
    known = {item.key for number, each in proposed.items() if number <= one.version for item in items_of(each.plan)}
    for key, said in one.items.items():
        if key not in known:
            yield f"there is no “{key}” to agree to.", nearest(key, sorted(known))
        if said not in (AGREED, REFUSED):
            yield f"{shown(said)} is no answer to “{key}”.", "Write agreed or refused."
    if one.all not in ("", AGREED, REFUSED):
        yield f"{shown(one.all)} is no answer.", "Write agreed, refused, or nothing."
    if not one.all and not one.items and one.services is None:
        yield "it says nothing.", "Silence is no answer: leave it out."
    if one.means not in MEANS:
        yield f"{shown(one.means)} is no way to answer.", nearest(one.means, MEANS)


def _of_corrections(ordered: Sequence[Event], proposed: Mapping[int, Proposed]) -> Iterator[Fault]:
    plans = {number: one.plan for number, one in proposed.items()}
    for one in ordered:
        if not isinstance(one, Corrected) or not _is_there(one, proposed):
            continue
        plan, where = plans[one.version], f"{_place(one)}, {one.path}"
        found = dict(cells(plan))
        if one.path not in found:
            yield Fault(where, "nothing stands there.", nearest(one.path, sorted(found)))
        elif found[one.path] != one.was:
            yield Fault(where, f"{shown(one.was)} does not stand there.", f"It says {shown(found[one.path])}.")
        elif not _is_slip(plan, one):
            mend = "Numbers, days and choices that were agreed to change by an amendment only."
            yield Fault(where, "this is more than a slip of the pen.", mend)
        else:
            plans[one.version] = _with_cell(plan, one.path, one.now)


def _is_slip(plan: Plan, one: Corrected) -> bool:
    """Words can be put right anywhere; numbers, days, choices and rows only where nobody decides on them."""
    field_id, _, rest = one.path.partition("/")
    of = plan.form.field(field_id)
    if of.type == ROWS and not rest:
        return False
    kind = of.column(rest.rpartition("/")[2]) if rest else of
    decided = of.decide or plan.form.section_of(field_id).decide
    words = kind is not None and kind.type in ("line", "prose")
    return type(one.now) is type(one.was) and (words or (not decided and not (kind and kind.type == "ref")))


def _with_cell(plan: Plan, path: str, value: object) -> Plan:
    field_id, _, rest = path.partition("/")
    row_id, _, column = rest.partition("/")
    content = dict(plan.content)
    if not rest:
        content[field_id] = value
    else:
        content[field_id] = [{**row, column: value} if row["id"] == row_id else row for row in plan.rows(field_id)]
    return Plan(plan.form, plan.child, content, plan.language)
