"""The worked examples of a rule, run: what each one tells, what comes out, and whether that is what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gameplan.core.assess import assess
from gameplan.core.entries import Clock, Field, Match
from gameplan.core.facts import Case, Fact
from gameplan.core.faults import CaseFileError
from gameplan.core.standing import Duty
from gameplan.core.words import Say
from gameplan.law.examples import example_case, run
from gameplan.law.library import law_for, vocabulary
from gameplan.web.lawbook.words import match_said


@dataclass(frozen=True)
class Told:
    """One fact of an example: its day, and what it says."""

    on: date
    fact: Fact

    @property
    def days(self) -> tuple[date, ...]:
        """The single days that the fact names, such as those of an absence."""
        listed = self.fact.data.get("days")
        return tuple(day for day in listed if isinstance(day, date)) if isinstance(listed, tuple | list) else ()

    @property
    def said(self) -> Say | str:
        """What happened, in the language of the page."""
        kind = vocabulary().kinds.get(self.fact.kind)
        named = {name: value for name, value in self.fact.data.items() if kind and _tells(kind.field(name))}
        return match_said(Match(self.fact.kind, named))


@dataclass(frozen=True)
class Worked:
    """One worked example: the facts it tells, the day it looks, the duty that came out (or none), if that is right."""

    name: str
    told: tuple[Told, ...]
    on: date
    calendar: bool
    duty: Duty | None
    holds: bool


_kept: dict[int, tuple[Clock, tuple[Worked, ...]]] = {}


def worked(clock: Clock) -> tuple[Worked, ...]:
    """Every worked example of an entry with its result; run once, and kept as long as the entry is."""
    kept = _kept.get(id(clock))
    if kept is None or kept[0] is not clock:
        state = None if clock.pack == "us" else clock.pack
        found = tuple(one for example in clock.examples if (one := _worked(clock, example, state)))
        _kept[id(clock)] = kept = (clock, found)
    return kept[1]


def _worked(clock: Clock, example: Mapping[str, object], state: str | None) -> Worked | None:
    on = example.get("on")
    place = str(example.get("state") or "") or state
    try:
        case = example_case(example, place)
    except CaseFileError:
        return None
    if not isinstance(on, date):
        return None
    duty = _duty(case, clock, place, on, example.get("expect"))
    holds = not run(clock, example, state)
    return Worked(str(example.get("name", "")), _told(case), on, bool(case.calendars), duty, holds)


def _told(case: Case) -> tuple[Told, ...]:
    """The facts by the day that clocks count from."""
    kinds = vocabulary().kinds
    days = ((fact.data.get(kinds[fact.kind].main_date) if fact.kind in kinds else None, fact) for fact in case.facts)
    return tuple(Told(day if isinstance(day, date) else fact.on, fact) for day, fact in days)


def _tells(field: Field | None) -> bool:
    return field is not None and (bool(field.values) or field.type == "boolean")


def _duty(case: Case, clock: Clock, state: str | None, on: date, expect: object) -> Duty | None:
    """The duty that the example is about: of several the one it names by its start, else the latest."""
    standing = assess(case, law_for(state), on=on)
    found = [duty for duty in standing.duties if duty.clock == clock.id and duty.pack == clock.pack]
    started = expect.get("started") if isinstance(expect, dict) else None
    named = [duty for duty in found if duty.started == started] if started else found
    return max(named, key=lambda one: one.started or date.min, default=None)
