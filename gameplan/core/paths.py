"""The ways to disagree, side by side: what each is, and whether and until when it is open in this case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gameplan.core.assess import first_variant
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Condition, Law
from gameplan.core.facts import Case
from gameplan.core.matching import World, worlds
from gameplan.core.options import Until, Windows, open_conditions, rule_on
from gameplan.core.standing import Standing
from gameplan.core.words import Say

OPEN, CLOSED, NOT_YET = "open", "closed", "not-yet"


@dataclass(frozen=True, slots=True)
class DisputePath:
    """One way to disagree, in plain words.

    `takes_clocks` are the rules whose numbers say how long it takes; `windows` are those that close it. It is not
    open before its conditions hold; `first` says in words what must come first. `fact` is what is written down
    when it is begun.
    """

    id: str
    group: str
    name: str
    what: str
    cost: str
    decides: str
    takes: str
    stops: str
    until: str
    leads_to: str
    cite: tuple[str, ...]
    source: str
    confidence: str
    stay_put: str = "no"
    fact: str = ""
    fact_where: tuple[str, ...] = ()
    letter: str = ""
    first: str = ""
    takes_clocks: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    looks_back: bool = False
    if_: tuple[Condition, ...] = ()
    if_any: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class PathView:
    """A way to disagree in one case on one day: `state` is open, closed or not-yet; `begun` if it has been taken."""

    path: DisputePath
    state: str
    until: Until
    times: tuple[Say, ...] = ()
    asks: tuple[Say, ...] = ()
    begun: date | None = None


def paths_of(case: Case, law: Law, paths: Iterable[DisputePath], standing: Standing) -> tuple[PathView, ...]:
    """Every way to disagree as it stands in this case, the open ones first, with its last day where there is one."""
    world = first_variant(next(iter(worlds(case, law, standing.on).values())))
    windows = Windows(world, law, standing.duties)
    found = [_view(world, law, path, windows) for path in paths]
    return tuple(sorted(found, key=lambda view: (OPEN, CLOSED, NOT_YET).index(view.state)))


def _view(world: World, law: Law, path: DisputePath, windows: Windows) -> PathView:
    until = windows.until(path.windows, looks_back=path.looks_back)
    asks = open_conditions(world, path.if_, path.if_any)
    state = NOT_YET if asks is None else CLOSED if until.closed else OPEN
    return PathView(path, state, until, tuple(_times(law, path, world.on)), asks or (), _begun(world, path))


def _begun(world: World, path: DisputePath) -> date | None:
    """The day on which this way was last taken."""
    name, _, wanted = next(iter(path.fact_where), "").partition("=")
    days = [
        world.day(fact)
        for fact in world.by_kind.get(path.fact, ())
        if world.happened(fact) and (not name or str(fact.data.get(name)).lower() == wanted)
    ]
    return max(days, default=None)


def _times(law: Law, path: DisputePath, on: date) -> Iterator[Say]:
    """The numbers of the rules that say how long it takes, the State's own where it has one."""
    for name in path.takes_clocks:
        clock = rule_on(law, name, on)
        if clock and clock.length:
            yield Say("{title}: {length} {unit}.", {"title": Say(clock.name), **number_words(clock.length, clock.unit)})
            yield from _how_sure(clock)


def _how_sure(clock: Clock) -> Iterator[Say]:
    if clock.confidence != "high":
        yield Say("Check this with {source}.", {"source": ", ".join(clock.cite)})
