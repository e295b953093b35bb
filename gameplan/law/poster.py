"""The poster of a State: the whole road on one page, each step with who owes what, the State's number and its source.

Every number comes from an entry of the law. Where an entry rests on weak ground, or none is known, the poster says
whom to ask instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gameplan.core import sentences as s
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Condition, Law, Match, Option
from gameplan.core.words import Say
from gameplan.law.coverage import has_doubt
from gameplan.law.library import law_for
from gameplan.law.poster_road import AFTER, BEFORE, BY_DAY, FOLLOWS, NEARER, ROAD, SIDE_ROADS, UPON, Hung, Place

FEDERAL = "us"
VAGUE = ("reasonable-time", "as-soon-as-possible", "timely", "promptly", "without-unnecessary-delay")
WHO = {
    ("school",): Say("The school"),
    ("sea",): Say("The State"),
    ("sea", "school"): Say("The State and the school"),
    ("parent",): Say("You"),
}
MUST_NOT = Say("The school must not")
ASK_LOW = Say("We could not confirm the number. Ask the school or the State.")
ASK_OTHER = Say("Ask the State. Where it has no time of its own, federal law gives {time}.")
ASK_DAY = {
    True: Say("No number of days. Ask the school for a day."),
    False: Say("No number of days. Ask the State for a day."),
}
ASK_NUMBER = {
    True: Say("We know of no number in this State. Ask the school for a day."),
    False: Say("We know of no number in this State. Ask the State for a day."),
}
ASK_YOUR_STATE = Say("Your State may give another time. Ask.")
CHECK = Say("* Check this with the school or the State before you count on it.")
EXCEPTIONS = Say("Many rules have exceptions. The pages on the law in gameplan say all of them.")
OTHER_TIMES = Say("A State may give other times. Use the poster of your State.")
SPECIAL = Say("In special cases another time counts.")


@dataclass(frozen=True, slots=True)
class Owed:
    """One rule at a step: who owes what, the number, from which event it counts, and the citation.

    `who` is None for a time that is open to you, `time` where no number may be shown, `since` where the words say it.
    `ask` says whom to ask. `doubtful`: check it first. `federal`: the rule is the federal one on the poster of a State.
    """

    rule: str
    pack: str
    who: Say | None
    what: Say
    time: Say | None
    since: Say | None
    ask: Say | None
    cite: str
    doubtful: bool = False
    federal: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the road (numbered from 1) or a side road (number 0); `note` is said where special cases differ."""

    id: str
    number: int
    name: Say
    plain: Say
    owed: tuple[Owed, ...]
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Poster:
    """The whole road for a State (None: federal law alone) by the law of the day `on`."""

    state: str | None
    state_name: str
    on: date
    steps: tuple[Step, ...]
    sides: tuple[Step, ...]

    @property
    def title(self) -> Say:
        """What the poster is called."""
        if self.state is None:
            return Say("The road to special education: federal law")
        return Say("The road to special education: {state}", {"state": self.state_name})

    @property
    def picture(self) -> Say:
        """The drawing of the road in words, for who cannot see it."""
        values = {"number": len(self.steps), "first": self.steps[0].name, "last": self.steps[-1].name}
        return Say("A winding road with {number} stops, from “{first}” to “{last}”.", values)

    @property
    def notes(self) -> tuple[Say, ...]:
        """What stands at the foot: the mark for doubt, exceptions, the day, and that it is no legal advice."""
        has_doubts = any(owed.doubtful for step in self.steps + self.sides for owed in step.owed)
        found = [CHECK] if has_doubts else []
        found += [EXCEPTIONS] if self.state else [OTHER_TIMES, EXCEPTIONS]
        return (*found, Say("The rules as of {day}. General information, not legal advice.", {"day": self.on}))


@lru_cache(maxsize=128)
def poster(state: str | None, *, on: date) -> Poster:
    """The poster of a State, or of federal law alone for None. Raises KeyError for an unknown State."""
    law = law_for(state)
    steps = tuple(_step(place, number, law, on) for number, place in enumerate(ROAD, 1))
    sides = tuple(_step(place, 0, law, on) for place in SIDE_ROADS)
    return Poster(state, law.state_name, on, steps, sides)


def _step(place: Place, number: int, law: Law, on: date) -> Step:
    owed = [one for hung in place.rules for one in _owed(hung, law, on)]
    owed += [_forbidden(option, law) for option in law.options if option.id in place.options]
    is_special = any(_is_aside(clock, hung, law) for hung in place.rules for clock in _own(hung, law, on))
    return Step(place.id, number, place.name, place.plain, tuple(owed), SPECIAL if is_special else None)


def _own(hung: Hung, law: Law, on: date) -> list[Clock]:
    """The State's own entries on a rule that are in force."""
    found = (clock for clock in law.clocks if clock.pack != FEDERAL and hung.rule in (clock.id, clock.base))
    return [clock for clock in found if clock.in_force.covers(on) and not clock.part_of]


def _is_aside(clock: Clock, hung: Hung, law: Law) -> bool:
    """True if an entry is not for a child who comes this road for the first time, or too weak to add anything."""
    if not all(_holds(condition, law) for condition in clock.applies_if):
        return True
    if clock.relation == "adds" and clock.confidence == "low":
        return True
    return not any(_is_about(match, hung) for match in clock.trigger) and bool(hung.about)


def _holds(condition: Condition, law: Law) -> bool:
    """What surely holds on the first way along the road: nothing came before; what the State says is known."""
    if condition.state_says:
        return all(law.facts.get(name) == value for name, value in condition.state_says.items())
    return condition.no_fact is not None


def _is_about(match: Match, hung: Hung) -> bool:
    def says(name: str, wanted: str) -> bool:
        value = match.where.get(name, wanted)
        return wanted in value if isinstance(value, tuple | list) else value == wanted

    return all(says(name, wanted) for name, wanted in hung.about.items())


def _owed(hung: Hung, law: Law, on: date) -> Iterator[Owed]:
    """The State's numbers on a rule; beside them, or where there are none, the federal one."""
    own = [clock for clock in _own(hung, law, on) if not _is_aside(clock, hung, law)]
    federal = next(
        (one for one in law.by_id.get(hung.rule, ()) if one.pack == FEDERAL and one.in_force.covers(on)), None
    )
    yield from (_line(clock, law) for clock in own)
    if federal and (not own or _counts_too(federal, own)):
        yield _line(federal, law)


def _counts_too(federal: Clock, own: list[Clock]) -> bool:
    """True if the State only adds to the federal number and says another, or speaks of spoken requests alone."""
    if all(one.trigger and one.trigger[0].where.get("written") is False for one in own):
        return True
    return federal.length is not None and all(
        one.relation == "adds"
        and (one.length, one.unit, since_of(one)) != (federal.length, federal.unit, since_of(federal))
        for one in own
    )


def _line(clock: Clock, law: Law) -> Owed:
    ask = _ask(clock, law)
    is_hidden = ask is not None and ask.text in (ASK_LOW.text, ASK_OTHER.text)
    return Owed(
        rule=clock.id,
        pack=clock.pack,
        who=None if clock.kind == "window" or clock.area == "consent" else WHO.get(clock.owes),
        what=Say(clock.name),
        time=None if is_hidden else time_of(clock),
        since=None if is_hidden or not _counts(clock) else since_of(clock),
        ask=ask,
        cite="; ".join(clock.cite),
        doubtful=not is_hidden and has_doubt(clock),
        federal=law.state is not None and clock.pack == FEDERAL,
    )


def _ask(clock: Clock, law: Law) -> Say | None:
    """Whom to ask, where the number is not sure, may be another one, or is not known; None where there is no need."""
    if clock.confidence == "low" or clock.not_yet:
        return ASK_LOW
    is_silent = law.state is not None and clock.pack == FEDERAL and clock.id not in law.settled
    if clock.ask_state and is_silent:
        return Say(ASK_OTHER.text, {"time": time_of(clock)})
    if clock.length is None and clock.standard in VAGUE and clock.kind == "standard":
        return (ASK_NUMBER if is_silent else ASK_DAY)["school" in clock.owes]
    may_differ = clock.ask_state or clock.state_may == "replace"
    return ASK_YOUR_STATE if law.state is None and clock.length is not None and may_differ else None


def _counts(clock: Clock) -> bool:
    """True if an event begins the time of an entry: it has a number, or words such as "as soon as possible"."""
    return clock.length is not None or (clock.kind == "standard" and clock.standard in VAGUE)


def _forbidden(option: Option, law: Law) -> Owed:
    return Owed(
        option.id, option.pack, MUST_NOT, Say(option.do), None, None, None, "; ".join(option.cite),
        federal=law.state is not None and option.pack == FEDERAL,
    )  # fmt: skip


def time_of(clock: Clock) -> Say:
    """The number of an entry with its unit; the law's own words where it gives none."""
    if clock.length is None:
        return _in_words(clock)
    if clock.kind == "recurring":
        if (clock.length, clock.unit) == (1, "year"):
            return Say("at least once a year")
        return Say("at least every {length} {unit}", number_words(clock.length, clock.unit))
    return Say("{length} {unit}", number_words(clock.length, clock.unit))


def _in_words(clock: Clock) -> Say:
    if clock.kind == "gate":
        return Say("It must come first")
    event = clock.trigger[0].event if clock.trigger else ""
    if clock.standard in ("upon", "upon-completion") and event in UPON:
        return UPON[event]
    return Say(s.STANDARDS.get(clock.standard, clock.standard.replace("-", " ")))


def since_of(clock: Clock) -> Say | None:
    """From which event the time of an entry counts; None if the entry names none that is known here."""
    if not clock.trigger:
        return FOLLOWS.get((clock.after.clock, clock.after.edge)) if clock.after else None
    match = clock.trigger[0]
    if clock.direction == "before":
        return BEFORE.get(match.event)
    if match.on and (match.event, match.on) in BY_DAY:
        return BY_DAY[match.event, match.on]
    nearer = (
        said for event, where, said in NEARER
        if event == match.event and all(match.where.get(name) == value for name, value in where.items())
    )  # fmt: skip
    return next(nearer, AFTER.get(match.event))
