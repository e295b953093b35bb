"""Is the law whole and right? Every file read, every name resolved, every worked example run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gameplan.core.entries import Clock, Match
from gameplan.core.faults import Fault
from gameplan.law.content_faults import content_faults
from gameplan.law.examples import run
from gameplan.law.library import LawFileError, federal, law_for, state_pack, states, vocabulary


def check(only: str | None = None) -> list[Fault]:
    """Every fault in the law files and their examples; of one State (or "us") if `only` names it."""
    try:
        pack = federal()
    except LawFileError as error:
        return list(error.faults)
    faults: list[Fault] = []
    if only in (None, "us"):
        faults += _clocks(pack.clocks, None)
        faults += [fault for option in pack.options for fault in _option(option.id, option.clocks, option.leads_to)]
        faults += content_faults()
    for code in states() if only is None else [only] if only != "us" else []:
        try:
            own = state_pack(code)
        except LawFileError as error:
            faults += error.faults
            continue
        faults += _clocks(own.clocks, code)
    return faults


def _option(option: str, clocks: Iterable[str], events: Iterable[str]) -> Iterator[Fault]:
    known = {clock.id for clock in federal().clocks}
    for name in clocks:
        if name not in known:
            yield Fault(f"option {option}.clocks", f'there is no clock "{name}".', "Name an entry.")
    for name in events:
        if name not in vocabulary().kinds:
            yield Fault(f"option {option}.leads_to", f'there is no kind of fact "{name}".', "Name one of events.toml.")


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
