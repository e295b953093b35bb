"""Is the law whole and right? Every file read, every name resolved, every worked example run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gameplan.core.entries import ANY, Clock, Match, Option, Stage
from gameplan.core.faults import Fault
from gameplan.law.content_faults import content_faults
from gameplan.law.examples import run
from gameplan.law.files import LawFileError
from gameplan.law.library import federal, law_for, state_pack, states, vocabulary
from gameplan.law.paths import dispute_paths


def check(only: str | None = None) -> list[Fault]:
    """Every fault in the law files and their examples; of one State (or "us") if `only` names it."""
    try:
        pack = federal()
    except LawFileError as error:
        return list(error.faults)
    faults: list[Fault] = []
    if only in (None, "us"):
        faults += _clocks(pack.clocks, None)
        faults += [fault for option in pack.options for fault in _option(option)]
        faults += _stages(pack.stages)
        faults += _paths()
        faults += content_faults()
    for code in states() if only is None else [only] if only != "us" else []:
        try:
            own = state_pack(code)
        except LawFileError as error:
            faults += error.faults
            continue
        faults += _clocks(own.clocks, code)
        faults += [fault for option in own.options for fault in _option(option)]
    return faults


def _stages(stages: Iterable[Stage]) -> Iterator[Fault]:
    known = {stage.id for stage in stages}
    for stage in stages:
        where = f"stage {stage.id}"
        for name in stage.back_from:
            if name not in known:
                yield Fault(f"{where}.back_from", f'there is no stage "{name}".', "Name one of stages.toml.")
        yield from (fault for match in stage.entered_by + stage.entered_beside for fault in _match(where, match))


def _option(option: Option) -> Iterator[Fault]:
    where = f"option {option.id}"
    yield from _known_clocks(f"{where}.clocks", (*option.clocks, *option.when_late))
    stages = {stage.id for stage in federal().stages}
    for name in (option.at, *option.also_at):
        if name not in stages | {ANY}:
            yield Fault(f"{where}.at", f'there is no stage "{name}".', "Name one of stages.toml.")
    for name in option.leads_to:
        yield from _known_fact(f"{where}.leads_to", name)
    for condition in option.if_ + option.if_any:
        yield from (fault for match in (condition.fact, condition.no_fact) if match for fault in _match(where, match))


def _paths() -> Iterator[Fault]:
    try:
        paths = dispute_paths()
    except LawFileError as error:
        yield from error.faults
        return
    for path in paths:
        where = f"path {path.id}"
        yield from _known_clocks(f"{where}.windows", path.windows)
        yield from _known_clocks(f"{where}.takes_clocks", path.takes_clocks)
        if path.fact:
            yield from _known_fact(f"{where}.fact", path.fact)
        for condition in path.if_ + path.if_any:
            yield from (f for match in (condition.fact, condition.no_fact) if match for f in _match(where, match))


def _known_clocks(where: str, names: Iterable[str]) -> Iterator[Fault]:
    known = {clock.id for clock in federal().clocks}
    for name in names:
        if name not in known:
            yield Fault(where, f'there is no clock "{name}".', "Name an entry.")


def _known_fact(where: str, name: str) -> Iterator[Fault]:
    if name not in vocabulary().kinds:
        yield Fault(where, f'there is no kind of fact "{name}".', "Name one of events.toml.")


def _clocks(clocks: Iterable[Clock], state: str | None) -> Iterator[Fault]:
    law = law_for(state)
    seen: list[Clock] = []
    for clock in clocks:
        where = f"{state or 'federal'}: {clock.id}"
        for match in _matches(clock):
            yield from _match(where, match)
        for name in (*clock.within, *((clock.after.clock,) if clock.after else ())):
            if name.rpartition("/")[2] not in law.by_id:
                yield Fault(
                    f"{where}",
                    f'there is no clock "{name}".',
                    "Name an entry of this State or of federal law.",
                )
        for other in seen:
            if other.id == clock.id and _overlap(clock, other):
                yield Fault(where, "two versions are in force on the same day.", "End one before the other begins.")
        seen.append(clock)
        for example in clock.examples:
            yield from run(clock, example, state)


def _overlap(one: Clock, other: Clock) -> bool:
    if one.applies_if or other.applies_if or one.unless or other.unless:
        return False
    first = max((c.in_force.first for c in (one, other) if c.in_force.first), default=None)
    return first is None or (one.in_force.covers(first) and other.in_force.covers(first))


def _matches(clock: Clock) -> Iterator[Match]:
    yield from clock.trigger + clock.also_from + clock.blocks + clock.done_when + clock.falls_away_when
    for rule in clock.exceptions:
        yield from (match for match in (rule.when, rule.until) if match)
    for condition in clock.applies_if + clock.unless:
        yield from (match for match in (condition.fact, condition.no_fact) if match)
    for near in clock.near_year_end:
        yield from (match for match in (near.since,) if match)


def _match(where: str, match: Match) -> Iterator[Fault]:
    kind = vocabulary().kinds.get(match.event)
    if kind is None:
        yield Fault(where, f'there is no kind of fact "{match.event}".', "Name one of events.toml.")
        return
    for name in (*match.where, *match.same, *((match.on,) if match.on else ())):
        field = kind.field(name)
        if field is None:
            yield Fault(where, f'"{match.event}" has no field "{name}".', "Name one of its data fields.")
        elif field.values and name in match.where:
            wanted = match.where[name]
            for value in wanted if isinstance(wanted, tuple | list) else (wanted,):
                if value not in field.values:
                    yield Fault(where, f'"{match.event}.{name}" is never "{value}".', f"It is one of {field.values}.")
