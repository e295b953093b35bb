"""What can have happened: each start that some rule knows, and what the rules want to know about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from gameplan.core.entries import Clock, EventKind, Field, Match
from gameplan.law.library import federal, states, vocabulary
from gameplan.web.asking import answer
from gameplan.web.lawbook.shelf import AREAS, own_clocks
from gameplan.web.likely import DERIVED
from gameplan.web.templatetags.look import page_tongue

# What a family asks for most; they stand first in the list.
USUAL = (
    "evaluation-requested~initial", "consent-given~initial-evaluation", "evaluation-completed~initial",
    "eligibility-determined~yes", "consent-given~initial-services", "iep-adopted", "evaluation-requested~reevaluation",
    "iee-requested", "records-requested", "removal-ordered~suspension", "state-complaint-filed",
    "due-process-filed",
)  # fmt: skip
YES, NO = "yes", "no"
# Fields that name a State: they are asked for with the list of States.
STATE_FIELDS = ("previous_state", "to_state")


@dataclass(frozen=True)
class Start:
    """One thing that can have happened: a kind of fact, with the one answer that tells its clocks apart.

    `is_rest` is the choice for every other answer.
    """

    id: str
    kind: EventKind
    told_by: str = ""
    value: str = ""
    area: str = ""
    details: tuple[Field, ...] = ()
    is_rest: bool = False

    @property
    def data(self) -> dict[str, object]:
        """What the choice itself says about the fact."""
        shape = self.kind.field(self.told_by)
        if shape is None or not self.value:
            return {}
        if shape.type == "boolean":
            return {self.told_by: self.value == YES}
        return {self.told_by: (self.value,) if shape.type == "list" else self.value}


def label_of(start: Start) -> str:
    """What happened, in the language of the page; after a colon the answer that tells it apart."""
    name = page_tongue().text(start.kind.name)
    if start.is_rest:
        return f"{name}: {gettext('something else')}"
    if not start.value:
        return name
    words = {YES: gettext("Yes"), NO: gettext("No")}
    return f"{name}: {words.get(start.value) or answer(start.value)}"


@lru_cache(maxsize=1)
def starts() -> dict[str, Start]:
    """Every start by its id, in the order of the areas."""
    clocks = [*federal().clocks, *(clock for code in states() for clock in own_clocks(code))]
    found: dict[str, Start] = {}
    for kind_id, begun in _by_kind(clocks).items():
        kind = vocabulary().kinds.get(kind_id)
        if kind and kind_id not in DERIVED:
            found |= {start.id: start for start in _of_kind(kind, begun, clocks)}
    order = {area: number for number, area in enumerate(AREAS)}
    return dict(sorted(found.items(), key=lambda row: order.get(row[1].area, len(order))))


def _of_kind(kind: EventKind, begun: list[tuple[Clock, Match]], clocks: list[Clock]) -> Iterator[Start]:
    """One start for each answer that tells the clocks apart, and one for the rest if any clock takes all answers."""
    matches = [match for _clock, match in begun]
    name, values = _telling_apart(kind, matches)
    area = Counter(clock.area for clock, _match in begun).most_common(1)[0][0]
    details = _details(kind, clocks, name)
    for value in values:
        yield Start(f"{kind.id}~{value}", kind, name, value, area, details)
    takes_all = any(name not in match.where for match in matches)
    if not values:
        yield Start(kind.id, kind, area=area, details=details)
    elif takes_all and values != (YES, NO):
        yield Start(kind.id, kind, area=area, details=details, is_rest=True)


def usual_starts() -> tuple[Start, ...]:
    """The starts that are asked for most."""
    return tuple(starts()[name] for name in USUAL if name in starts())


def start_of(clock: Clock) -> tuple[Start, dict[str, object]] | None:
    """The start with which a rule begins, and what else the rule wants it to say; None if nobody can say it began."""
    for match in clock.trigger:
        for start in starts().values():
            wanted = match.where.get(start.told_by) if start.told_by else None
            if start.kind.id == match.event and (wanted is None or _is_one_of(start, wanted)):
                more = {name: value for name, value in match.where.items() if name != start.told_by}
                return start, more
    return None


def _by_kind(clocks: Iterable[Clock]) -> dict[str, list[tuple[Clock, Match]]]:
    found: dict[str, list[tuple[Clock, Match]]] = {}
    for clock in clocks:
        if not clock.not_yet:
            for match in clock.trigger + clock.also_from:
                found.setdefault(match.event, []).append((clock, match))
    return found


def _telling_apart(kind: EventKind, matches: list[Match]) -> tuple[str, tuple[str, ...]]:
    """The field by whose answer most clocks of a kind differ, and the answers that start one."""
    named: dict[str, list[object]] = {}
    for match in matches:
        for name, value in match.where.items():
            if kind.field(name) and name not in ("by", "to"):
                named.setdefault(name, []).extend(_several(value))
    best = max(named, key=lambda name: len(named[name]), default="")
    shape = kind.field(best)
    if shape is None:
        return "", ()
    if shape.type == "boolean":
        return (best, (YES, NO)) if len(named) == 1 and len(matches) > 1 else ("", ())
    values = tuple(value for value in shape.values if value in named[best])
    return (best, values) if len(values) > 1 else ("", ())


def _details(kind: EventKind, clocks: Iterable[Clock], known: str) -> tuple[Field, ...]:
    """The fields of a kind that some rule reads when it starts, besides the one that is chosen already."""
    read = set(_read(kind.id, clocks)) - {known}
    return tuple(one for one in kind.fields if one.name in read and _can_be_asked(one))


def _read(kind_id: str, clocks: Iterable[Clock]) -> Iterator[str]:
    for clock in clocks:
        starting = [match for match in clock.trigger + clock.also_from if match.event == kind_id]
        for match in starting:
            yield from match.where
            yield from match.unlike
        for condition in clock.applies_if + clock.unless:
            if condition.fact and condition.fact.event == kind_id:
                yield from condition.fact.where
            if starting:
                yield from (name for name in condition.alike + condition.differ)


def _can_be_asked(shape: Field) -> bool:
    return bool(shape.values) or shape.type == "boolean" or shape.name in STATE_FIELDS


def _is_one_of(start: Start, wanted: object) -> bool:
    return start.data.get(start.told_by) in _several(wanted) or start.value in _several(wanted)


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)
