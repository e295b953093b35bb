"""What an entry of the law is: the words a rule is written in, as frozen dataclasses.

The law files are loaded into these by `gameplan.law`; the engine reads nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact's data: its type (date, text, boolean, list, number, ref) and the values it may take."""

    name: str
    type: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of fact. `main_date` is the date field that clocks use unless they name another.

    `shown_by` names kinds that show that this one happened, on that day at the latest: permission given shows that it
    was asked for.
    """

    id: str
    name: str
    main_date: str
    fields: tuple[Field, ...] = ()
    recorded_by: tuple[str, ...] = ()
    core: bool = False
    note: str = ""
    cite: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True)
class Vocabulary:
    """All kinds of fact by id, and the States by postal code."""

    kinds: Mapping[str, EventKind]
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """Which facts count: their kind, what their data must say, and which of their dates is meant.

    `unlike` is what their data may not say; left open, it does no harm. `same` ties a field of the fact to a field of
    the fact that started the clock ("date" means its main date). `since`: not before the start; `later`: only on a
    day after it. `undone_by`: it does not count once a fact of that kind took it back. `belongs`: the field that names
    the fact that started the clock; left open while several of its kind are open, nobody can tell.
    """

    event: str
    where: Mapping[str, object] = field(default_factory=dict)
    on: str | None = None
    same: Mapping[str, str] = field(default_factory=dict)
    unlike: Mapping[str, object] = field(default_factory=dict)
    since: bool = False
    later: bool = False
    undone_by: str = ""
    belongs: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """A clock that starts where another one ends: on the day it is due, or the day it is done."""

    clock: str
    edge: str = "done"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Days that a calendar-day count does not count.

    `what`: break, summer, holiday, absence, waiting-for-consent. For a break `at_least` (or `over`) is its
    length in days on which school would otherwise be held; `weekends` says whether the weekends at its edges go too.
    For absences `over` is the number that still counts. `consent` names the consent that is waited for.
    """

    what: str
    at_least: int = 0
    over: int = 0
    weekends: bool = True
    consent: str = ""
    cite: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """Days that lengthen a count: the child's absences, once there are `at_least` of them."""

    what: str
    at_least: int = 1
    cite: tuple[str, ...] = ()
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class NearYearEnd:
    """Another due date when the clock starts shortly before the school year ends.

    Applies when `unit` days left (after `since`, default the start) are at least `at_least` and under `under`.
    The due day is a `fixed` day of that year ("06-30"), or `length` `count` days after (or before) an `anchor`
    (year-end, next-year-start). `unless_absent` days of absence before the year's end switch the rule off.
    """

    under: int
    unit: str
    anchor: str
    at_least: int = 0
    fixed: str = ""
    length: int = 0
    count: str = "calendar-day"
    direction: str = "after"
    since: Match | None = None
    unless_absent: int = 0
    includes_summer: bool = False
    cite: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class SummerDue:
    """A due day that falls into summer moves to the next school year: to its `length`-th `count` day.

    `unless` names facts that switch it off (for example extended school year services shown to be needed).
    """

    length: int = 1
    count: str = "school-day"
    unless: tuple[Match, ...] = ()
    cite: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """What changes or ends a clock: `effect` with the fact that brings it; a person decides if `when` is empty.

    Effects: does-not-apply, not-needed, waived, extends, suspends, changes, may-be-excused, as-soon-as-possible,
    shorter-notice, restarts (the count begins anew on that day), ends-early (the time is over on that day),
    changes-nothing (said, because people think otherwise), may-stop (courts disagree: a range). `cap` limits an
    extension, in `cap_unit` days past the ordinary due day; `until` is the fact that ends an open extension or pause.
    """

    effect: str
    text: str
    when: Match | None = None
    until: Match | None = None
    cap: int = 0
    cap_unit: str = "calendar-day"
    length: int = 0
    unit: str = ""
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One flat condition: a fact is there or not, the child's age on a day of the year, or what the State says.

    Exactly one of `fact`, `no_fact`, `age_under`, `age_from`, `alike`, `differ`, `state_says` is given. `at` ("09-01")
    is the day of the year on which the age counts, default the day the clock starts. `alike` and `differ` name two
    fields of the fact that started the clock; `state_says` asks the State file's facts. `text` says it in plain words.
    `already`: the fact must have been there when the clock started; `latest`: the last of its kind by then decides.
    """

    text: str
    fact: Match | None = None
    no_fact: Match | None = None
    age_under: int = 0
    age_from: int = 0
    at: str = ""
    alike: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    state_says: Mapping[str, object] = field(default_factory=dict)
    already: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A competing reading of the same rule, held beside it because the sources disagree."""

    text: str
    length: int
    unit: str
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """The days on which a version of a rule counts; `first` None means as long as these files look back."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """True if the version is in force on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule with time in it, top to bottom: what, who owes whom, from when, how long, done when, except when.

    `ends_after`: a status that lasts also ends once that other clock's time has run out unused. `capped_by`: date
    fields of the starting fact that the due day may not pass. `last_day`: "day-before" where a year ends the day
    before its anniversary, "disputed" where both ways of counting are in use, "weekend" where
    some set the working day before a last day on a weekend or holiday. `can_follow`: what was owed before an
    event can still come after it, too late. `only_if_begun`: a gate whose trigger is not in the file is not owed.
    `ask_state`: what must be known of the State before the federal number may be shown. `part_of`: no duty of its own,
    but an outer limit (`within`) of that clock. `counted_by`: the field that says what times are counted for.
    """

    id: str
    pack: str
    name: str
    plain: str
    area: str
    law: str
    kind: str
    owes: tuple[str, ...]
    owed_to: tuple[str, ...]
    cite: tuple[str, ...]
    source: str
    confidence: str
    trigger: tuple[Match, ...] = ()
    after: After | None = None
    also_from: tuple[Match, ...] = ()
    one_round: int = 0
    first_day: str = "day-after"
    direction: str = "after"
    length: int | None = None
    unit: str = ""
    standard: str = ""
    repeats: str = ""
    blocks: tuple[Match, ...] = ()
    done_when: tuple[Match, ...] = ()
    done_mode: str = "any"
    falls_away_when: tuple[Match, ...] = ()
    applies_if: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    leaves_out: tuple[LeftOut, ...] = ()
    adds: tuple[Added, ...] = ()
    near_year_end: tuple[NearYearEnd, ...] = ()
    summer: SummerDue | None = None
    exceptions: tuple[Exemption, ...] = ()
    within: tuple[str, ...] = ()
    ends_after: After | None = None
    capped_by: tuple[str, ...] = ()
    last_day: str = ""
    ask_state: str = ""
    can_follow: bool = False
    only_if_begun: bool = False
    part_of: str = ""
    counted_by: str = ""
    readings: tuple[Reading, ...] = ()
    in_force: InForce = field(default_factory=InForce)
    base: str = ""
    relation: str = ""
    doubts: tuple[str, ...] = ()
    not_yet: str = ""
    note: str = ""
    count_note: str = ""
    state_may: str = ""
    examples: Sequence[Mapping[str, object]] = ()


ALWAYS = ("disagreement", "records")
"""Stages whose options are there at every step of the road."""
ANY = "any"
"""Stands in `also_at` for every stage."""


@dataclass(frozen=True, slots=True)
class Option:
    """What a side may, must or must not do at a stage, and which window closes it.

    It is there `at` its stage and `also_at` further ones ("any" means every stage), if all of `if_` and one of
    `if_any` hold, and one of the clocks in `when_late` was or is late. A condition of words alone cannot be told.
    With `looks_back` its window is asked from today: what is not written down may be raised back to some day.
    """

    id: str
    at: str
    who: str
    power: str
    do: str
    law: str
    cite: tuple[str, ...]
    confidence: str
    leads_to: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    letter: str = ""
    note: str = ""
    pack: str = "us"
    also_at: tuple[str, ...] = ()
    if_: tuple[Condition, ...] = ()
    if_any: tuple[Condition, ...] = ()
    when_late: tuple[str, ...] = ()
    looks_back: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the road, and the facts that bring a case there.

    A fact of `entered_beside` goes on beside everything else: it brings a case there only where it stands nowhere yet,
    or at one of `back_from`.
    """

    id: str
    order: int
    name: str
    entered_by: tuple[Match, ...] = ()
    entered_beside: tuple[Match, ...] = ()
    back_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holidays:
    """Federal holidays and one State's own, as dates with names, from `first_year` to `last_year`."""

    named: Mapping[date, str] = field(default_factory=dict)
    first_year: int = 9999
    last_year: int = 0

    def name_of(self, day: date) -> str | None:
        """The holiday's name, or None."""
        return self.named.get(day)

    def knows(self, day: date) -> bool:
        """True if the list covers the year of the day."""
        return self.first_year <= day.year <= self.last_year


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


@dataclass(frozen=True)
class Law:
    """The law for one State (or federal law alone): everything `assess` needs besides the case and the day.

    `hidden` are the federal clocks that the State's own replace; `settled` the ids for which the State is known to
    have no number of its own; `facts` what the State file says beside its clocks.
    """

    state: str | None
    state_name: str
    clocks: tuple[Clock, ...]
    options: tuple[Option, ...]
    stages: tuple[Stage, ...]
    vocabulary: Vocabulary
    holidays: Holidays = field(default_factory=Holidays)
    hidden: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def ages(self) -> tuple[float, ...]:
        """The ages in years that some clock starts at."""
        named = {
            str(age)
            for clock in self.clocks
            for match in clock.trigger
            if match.event == "age-reached"
            for age in _several(match.where.get("age", ()))
        }
        return tuple(sorted(float(age) for age in named if age.replace(".", "", 1).isdigit()))

    @cached_property
    def by_trigger(self) -> dict[str, tuple[Clock, ...]]:
        """The clocks that each kind of fact can start."""
        found: dict[str, list[Clock]] = {}
        for clock in self.clocks:
            for kind in {match.event for match in clock.trigger + clock.also_from + clock.blocks}:
                found.setdefault(kind, []).append(clock)
        return {kind: tuple(clocks) for kind, clocks in found.items()}

    @cached_property
    def at_stage(self) -> dict[str, tuple[Option, ...]]:
        """The options of each stage, in the order of the law files; conditions are not asked here."""

        def is_at(option: Option, stage: str) -> bool:
            return option.at == stage or option.at in ALWAYS or stage in option.also_at or ANY in option.also_at

        return {stage.id: tuple(one for one in self.options if is_at(one, stage.id)) for stage in self.stages}

    @cached_property
    def windows(self) -> dict[str, tuple[Clock, ...]]:
        """The windows that run, by the federal id that they are or stand on; a State's own come first."""
        found: dict[str, list[Clock]] = {}
        for clock in sorted(self.clocks, key=lambda one: one.pack == "us"):
            if clock.kind == "window" and clock.length and not clock.not_yet:
                for name in {clock.id, clock.base} - {""}:
                    found.setdefault(name, []).append(clock)
        return {name: tuple(clocks) for name, clocks in found.items()}

    @cached_property
    def by_id(self) -> dict[str, tuple[Clock, ...]]:
        """The versions of each clock by id; a State's own come first."""
        found: dict[str, list[Clock]] = {}
        for clock in sorted(self.clocks, key=lambda one: one.pack == "us"):
            found.setdefault(clock.id, []).append(clock)
        return {name: tuple(clocks) for name, clocks in found.items()}

    def clock(self, clock_id: str, pack: str | None = None) -> Clock | None:
        """The clock of that id: the State's own if there is one, else the federal one."""
        return next((c for c in self.by_id.get(clock_id, ()) if pack is None or c.pack == pack), None)
