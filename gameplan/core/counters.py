"""What is said of a number that adds up over a school year, and of a removal that ended as it was ordered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gameplan.core import sentences as s
from gameplan.core.done import Done
from gameplan.core.due import Due
from gameplan.core.entries import Clock
from gameplan.core.matching import World
from gameplan.core.removals import Passed, ordered_end
from gameplan.core.standing import Duty
from gameplan.core.starts import Start
from gameplan.core.words import Say

SERVICES = "services-in-removal"


def number_text(number: float) -> str:
    """A number of days as it is said: 3, or 3.5."""
    return f"{number:g}"


def counted_so_far(clock: Clock, year: Passed) -> Iterator[Say]:
    """The days of a school year in which the number was not passed."""
    yield Say(s.DAYS_OUT_SO_FAR, {"number": number_text(year.most), "length": clock.length})


def counted_sentences(clock: Clock, year: Passed) -> Iterator[Say]:
    """The days of a school year in which the number was, or may have been, passed."""
    values: dict[str, object] = {"length": clock.length}
    if year.earliest == year.latest:
        yield Say(s.DAYS_OUT, {**values, "number": number_text(year.least), "day": year.earliest})
    else:
        least, most = number_text(year.least), number_text(year.most)
        values |= {"least": least, "most": most, "earliest": year.earliest, "latest": year.latest or year.earliest}
        yield Say(s.DAYS_OUT_RANGE, values)
    if year.alone:
        yield Say(s.IN_A_ROW, {"length": clock.length})


def stopped_again(world: World, clock: Clock, duty: Duty) -> Duty:
    """The duty, late again where services were given on one day of removal and not on a later one."""
    if duty.done is None or all(match.event != SERVICES for match in clock.done_when):
        return duty
    days = {True: [duty.done], False: []}
    for fact in world.by_kind.get(SERVICES, ()):
        if world.happened(fact) and isinstance(given := fact.data.get("given"), bool):
            days[given].append(world.day(fact))
    last = max(days[False], default=duty.done)
    if last <= max(days[True]):
        return duty
    because = (*duty.because, Say(s.STOPPED_AGAIN, {"day": last}))
    return replace(duty, status="late", reason="", done=None, done_by="", days_late=None, because=because)


def ended_as_ordered(world: World, start: Start, due: Due) -> Done | None:
    """The end of a removal whose length is known and lay within the limit, once that day has passed."""
    end = ordered_end(world, start.fact) if start.fact else None
    if end is None or due.span is None or end.latest > due.span.earliest or end.latest >= world.on:
        return None
    return Done(end.latest, start.fact)
