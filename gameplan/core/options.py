"""What each side may, must and must not do now: tied to the stage, the facts, and the windows that close it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gameplan.core.calendars import ONE_DAY
from gameplan.core.days import add_months
from gameplan.core.entries import ALWAYS, ANY, Clock, Condition, Law, Option
from gameplan.core.matching import World
from gameplan.core.standing import Duty, OptionView
from gameplan.core.words import Say, plainly

MONTHS = {"year": 12, "month": 1}


@dataclass(frozen=True, slots=True)
class Until:
    """Until when something is open: `closes` is the last day, `closed` says that it has passed."""

    closes: date | None = None
    closed: bool = False
    looks_back_to: date | None = None
    notes: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """How far back a filing reaches: the first day, or None where it cannot be told, and what to know about it."""

    first: date | None
    notes: tuple[Say, ...]


NO_END = Until()


class Windows:
    """The windows of a case on a day: those that a fact has opened, and how far back the others reach from today."""

    def __init__(self, world: World, law: Law, duties: Iterable[Duty]) -> None:
        self.world = world
        self.law = law
        self.on = world.on
        self._opened: dict[str, list[Duty]] = {}
        self._back: dict[str, Back | None] = {}
        for duty in duties:
            if duty.kind == "window":
                for name in {duty.clock, duty.base} - {""}:
                    self._opened.setdefault(name, []).append(duty)

    def until(self, clocks: tuple[str, ...], *, looks_back: bool = False, opened: bool = True) -> Until:
        """Until when what these clocks close is open.

        `looks_back`: a window reaches back from the day of filing. Without `opened` only that is said, because the
        windows that facts have opened are about something else.
        """
        found = [duty for name in clocks for duty in self._opened.get(name, ())] if opened and self._opened else []
        back = next((reach for name in clocks if (reach := self._reaches_back(name))), None) if looks_back else None
        if not found and back is None:
            return NO_END
        still = [duty for duty in found if duty.is_open and duty.status != "late"]
        lapsed = [duty for duty in found if duty.status == "late"]
        # Where the last day is a range, its first day is the one that is safe to name; the range is said beside it.
        days = [day for duty in still if (day := duty.due or duty.due_earliest)]
        closed = bool(lapsed) and not still
        last = max((day for duty in lapsed if (day := duty.due or duty.due_latest)), default=None)
        return Until(
            closes=last if closed else min(days, default=None),
            closed=closed,
            looks_back_to=back.first if back else None,
            notes=(*_open_ends(still), *_lapses(lapsed), *(back.notes if back else ())),
        )

    def _reaches_back(self, name: str) -> Back | None:
        if name not in self._back:
            self._back[name] = self._looked_back(name)
        return self._back[name]

    def _looked_back(self, name: str) -> Back | None:
        """How far back a filing reaches, with what to know about it: one that is in, else one made today."""
        versions = self.law.windows.get(name, ())
        clock = next((one for one in versions if _governs(one, self.on)), None)
        if clock is None:
            return None
        filed = self._filed(clock)
        first = first_day_back(clock, filed or self.on)
        known = self._is_known(clock, versions)
        return Back(first if known else None, (_reach(clock, first, filed, self.on), *_about_reach(clock, known)))

    def _is_known(self, clock: Clock, versions: tuple[Clock, ...]) -> bool:
        """False where the State's own number would govern, and it is not known which that is for this child."""
        if clock.pack != "us" or self.law.state is None or clock.id in self.law.settled:
            return True
        return not clock.ask_state and versions[0].pack == "us"

    def _filed(self, clock: Clock) -> date | None:
        """The day on which the last filing of this kind arrived."""
        rows = self.world.matching(clock.done_when)
        days = [self.world.day(fact, match.on) for fact, match, _ in rows if self.world.happened(fact, match.on)]
        return max(days, default=None)


def _governs(clock: Clock, on: date) -> bool:
    """True if the rule is in force on the day for every child."""
    return clock.in_force.covers(on) and (clock.pack == "us" or not (clock.applies_if or clock.unless))


def rule_on(law: Law, name: str, on: date) -> Clock | None:
    """The rule of that federal id that is in force on the day: the State's own for every child, else the federal."""
    for clock in law.clocks:
        if (clock.id == name or (clock.base == name and not clock.not_yet)) and _governs(clock, on):
            return clock
    return None


def first_day_back(clock: Clock, on: date) -> date:
    """The earliest day from which the window is still open on `on`."""
    length = clock.length or 0
    if clock.unit not in MONTHS:
        return on - timedelta(days=length)
    months = length * MONTHS[clock.unit]
    day = add_months(on, -months)
    return day if add_months(day, months) >= on else day + ONE_DAY


def _reach(clock: Clock, first: date, filed: date | None, on: date) -> Say:
    known = any(match.on == "known" for match in clock.trigger)
    values = {"on": filed or on, "first": first}
    if filed and known:
        return Say(
            "It arrived on {on}. It can be about what you learned, or should have learned, on {first} or later.", values
        )
    if filed:
        return Say("It arrived on {on}. It can be about what happened on {first} or later.", values)
    if known:
        return Say(
            "If it arrives on {on}, it can be about what you learned, or should have learned, on {first} or later.",
            values,
        )
    return Say("If it arrives on {on}, it can be about what happened on {first} or later.", values)


def _about_reach(clock: Clock, known: bool) -> Iterator[Say]:
    if not known:
        yield Say(
            "That is by the federal number. Your State may set its own, and then that one counts. Ask your State."
        )
    elif clock.unit in MONTHS:
        yield Say("Some States count one day less. To be safe, let it arrive a day sooner.")
    if clock.confidence != "high":
        yield Say("Check this with {source}.", {"source": ", ".join(clock.cite)})


def _open_ends(still: Iterable[Duty]) -> Iterator[Say]:
    for duty in still:
        if duty.due is None and duty.due_earliest and duty.due_latest and duty.due_earliest != duty.due_latest:
            values = {"first": duty.due_earliest, "last": duty.due_latest}
            yield Say("The last day lies between {first} and {last}. Act by the earlier one.", values)


def _lapses(lapsed: Iterable[Duty]) -> Iterator[Say]:
    for duty in lapsed:
        last = duty.due or duty.due_latest
        if last and duty.started:
            yield Say("For what began on {started}, the last day was {due}.", {"started": duty.started, "due": last})


def options_of(world: World, law: Law, stage: str, duties: Iterable[Duty]) -> tuple[OptionView, ...]:
    """Every option of this moment, in the order of the law files."""
    duties = tuple(duties)
    windows = Windows(world, law, duties)
    late = {name for duty in duties if duty.days_late for name in (duty.clock, duty.base)}
    found = []
    for option in law.at_stage.get(stage, ()):
        if option.when_late and late.isdisjoint(option.when_late):
            continue
        asks = open_conditions(world, option.if_, option.if_any) if option.if_ or option.if_any else ()
        if asks is not None:
            # What is late goes on going wrong: no window that another fact opened closes it.
            until = windows.until(option.clocks, looks_back=option.looks_back, opened=not option.when_late)
            found.append(_view(option, until, asks))
    return tuple(found)


def open_conditions(world: World, if_: Iterable[Condition], if_any: Iterable[Condition]) -> tuple[Say, ...] | None:
    """What the case leaves open about these conditions; None where they do not hold."""
    asks: list[Condition] = []
    for condition in if_:
        answer = holds(world, condition)
        if answer is False:
            return None
        if answer is None:
            asks.append(condition)
    answers = [(condition, holds(world, condition)) for condition in if_any]
    if answers and not any(answer for _, answer in answers):
        unsure = [condition for condition, answer in answers if answer is None]
        if not unsure:
            return None
        asks += unsure
    return tuple(Say("This depends on: {text}", {"text": plainly(condition.text)}) for condition in asks)


def holds(world: World, condition: Condition) -> bool | None:
    """Does the condition hold on the day: yes, no, or not known. One of words alone is never known."""
    if condition.no_fact:
        # That a fact is not there is asked of the time up to today, today included.
        return world.holds(condition, world.on + ONE_DAY)
    if condition.fact or condition.age_under or condition.age_from or condition.state_says:
        return world.holds(condition, world.on)
    return None


def _view(option: Option, until: Until, asks: tuple[Say, ...]) -> OptionView:
    everywhere = option.at in ALWAYS or (ANY in option.also_at and not option.if_ + option.if_any)
    return OptionView(
        option.id, option.who, option.power, plainly(option.do), until.closes, option.letter, option.leads_to,
        option.cite, option.confidence, plainly(option.note) if option.note else None,
        always=everywhere and not option.when_late,
        at=option.at, closed=until.closed, looks_back_to=until.looks_back_to, notes=(*asks, *until.notes),
    )  # fmt: skip
