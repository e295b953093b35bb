"""Rules of practice over a series of points: whether it is time to review, and why.

They are rules of practice, not law. The four-point rule and the comparison of the trend with the aim line are those
that the National Center on Intensive Intervention teaches (intensiveintervention.org), and before it the National
Center on Response to Intervention (Progress Monitoring, training manual of module 2, 2012). Ours, and said to be so:
a goal counts as met after three days in a row at the target; after four weeks without a point nothing is called on
track; a passed day of the target asks for a review. A trend that is steeper than the aim line alone does not raise a
goal: with few points every second child that is just on track would have one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.lines import FEWEST_TO_FORETELL, Line, Trend, aim_lacks, aim_line, trend_of
from gameplan.measures.numbers import number_said
from gameplan.measures.series import DayValue, Phase, Series, day_values

IN_A_ROW: Final = 4
MET_IN_A_ROW: Final = 3
TREND_DAYS: Final = FEWEST_TO_FORETELL
TREND_TIME: Final = timedelta(weeks=3)
STALE_WEEKS: Final = 4
SOURCE: Final = "https://intensiveintervention.org"

OF_PRACTICE: Final = Say(
    "This is a rule of practice, not law. It follows the National Center on Intensive Intervention. The team decides."
)
OF_THE_HOUSE: Final = Say("This is a rule of practice, not law. The team decides.")
STATUSES: Final[dict[str, Say]] = {
    "on-track": Say("On track"),
    "off-track": Say("Off track"),
    "ahead": Say("Ahead of the aim"),
    "too-few": Say("Too few points to tell"),
    "met": Say("Goal met"),
    "no-aim": Say("No aim line yet"),
}
SUGGESTIONS: Final[dict[str, Say]] = {
    "review": Say("Meet and review what is taught and how."),
    "raise-goal": Say("Think about a higher goal."),
    "keep-going": Say("Keep going, and keep measuring."),
    "more-data": Say("Write down more points."),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules say of a series on a day.

    `status` is a name of `STATUSES`, `suggests` one of `SUGGESTIONS`, `rule` the id of the rule that spoke; `because`
    says why in sentences, with the points used; `points` are the ids of all points on the days that the rule used.
    Where less is better, "below" in the id of a rule still means worse than the line, and "above" better.
    """

    status: str
    suggests: str
    rule: str
    because: tuple[Say, ...]
    on: date
    points: tuple[str, ...] = ()

    def says(self, tongue: Tongue) -> str:
        """The whole look as one paragraph."""
        sentences = (SUGGESTIONS[self.suggests], *self.because)
        return " ".join((f"{tongue.say(STATUSES[self.status])}.", *map(tongue.say, sentences)))


def look(series: Series, on: date) -> Look:
    """What the rules of practice say on a day. Points after `on`, and before the baseline or the last
    change of teaching, do not count.

    Days count, not points: several points of a day are their median. A point on the line is not below it. What
    suggests a review is said even if no point is recent; nothing else is.
    """
    aim = aim_line(series)
    if aim is None:
        return Look("no-aim", "more-data", "no-aim", aim_lacks(series), on)
    seen = _Seen(series, aim, day_values(series.points, series.counts_from(on), on), on)
    found = next(told for rule in _RULES if (told := rule(seen)))
    phase = series.phase_on(on)
    return replace(found, because=(*found.because, _fresh_start(phase))) if phase else found


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the rules look at: the days since the last change of teaching, and the aim line."""

    series: Series
    aim: Line
    days: Sequence[DayValue]
    on: date

    @property
    def target(self) -> Fraction:
        return self.aim.at(self.aim.end)

    @property
    def is_stale(self) -> bool:
        return bool(self.days) and self.on - self.days[-1].on > timedelta(weeks=STALE_WEEKS)

    def against(self, day: DayValue) -> int:
        """1 if the day is better than the aim line, -1 if it is worse, 0 if it is on the line."""
        line = self.aim.at(day.on)
        return self.series.better(day.value, line) - self.series.better(line, day.value)

    def said(self, days: Sequence[DayValue]) -> Say:
        """These days with their values, and the aim line on each."""
        parts = tuple(
            Say("{day}: {value} (line: {line})",
                {"day": day.on, "value": number_said(day.value), "line": number_said(self.aim.at(day.on))})
            for day in days[-TREND_DAYS:]
        )  # fmt: skip
        if len(days) > TREND_DAYS:
            return Say("The latest points: {points}.", {"points": parts})
        return Say("Points: {points}.", {"points": parts})

    def look(self, status: str, suggests: str, rule: str, why: Sequence[Say], used: Sequence[DayValue]) -> Look:
        """What one rule says: its reasons, the points it used, and whose rule it is."""
        shown = (self.said(used),) if used else ()
        since = (_no_data_since(self.days[-1].on),) if self.is_stale else ()
        source = OF_PRACTICE if rule in _TAUGHT else OF_THE_HOUSE
        on = {day.on for day in used}
        ids = tuple(point.id for point in self.series.points if point.on in on)
        return Look(status, suggests, rule, (*why, *shown, *since, source), self.on, ids)


def _four_worse(seen: _Seen) -> Look | None:
    if not _all_on_one_side(seen, -1):
        return None
    why = (
        Say("The four latest days with points are all below the aim line.")
        if seen.series.rises
        else Say("The four latest days with points are all above the aim line, and less is better here.")
    )
    return seen.look("off-track", "review", "four-below", [why], seen.days[-IN_A_ROW:])


def _day_passed(seen: _Seen) -> Look | None:
    if not seen.days or seen.on <= seen.aim.end or not seen.series.better(seen.target, seen.days[-1].value):
        return None
    why = Say(
        "The day of the target, {day}, has passed, and the latest point does not reach it.", {"day": seen.aim.end}
    )
    return seen.look("off-track", "review", "day-passed", [why], seen.days[-1:])


def _trend_worse(seen: _Seen) -> Look | None:
    days = seen.days
    if len(days) < TREND_DAYS or days[-1].on - days[0].on < TREND_TIME:
        return None
    found = trend_of(days)
    if found is None or not _misses(seen, found):
        return None
    values: dict[str, object] = {
        "trend": number_said(found.weekly, 2), "aim": number_said(seen.aim.weekly, 2), "day": seen.aim.end,
        "value": number_said(found.at(seen.aim.end)), "target": number_said(seen.target),
        "days": len(days), "first": days[0].on, "last": days[-1].on,
    }  # fmt: skip
    why = (
        Say("There are points on {days} days, from {first} to {last}.", values),
        Say("Their trend changes by {trend} a week. The aim line changes by {aim}.", values),
        Say("If it goes on like this, it comes to {value} on {day}. The target is {target}.", values),
    )
    return seen.look("off-track", "review", "trend-below", why, days)


def _misses(seen: _Seen, found: Trend) -> bool:
    better = seen.series.better
    return better(seen.aim.slope, found.slope) and better(seen.target, found.at(seen.aim.end))


def _stale(seen: _Seen) -> Look | None:
    return seen.look("too-few", "more-data", "stale", [], seen.days[-1:]) if seen.is_stale else None


def _met(seen: _Seen) -> Look | None:
    last = seen.days[-MET_IN_A_ROW:]
    if seen.is_stale or len(last) < MET_IN_A_ROW or any(seen.series.better(seen.target, day.value) for day in last):
        return None
    why = Say("The three latest days with points are all at the target or better.")
    return seen.look("met", "raise-goal", "three-at-target", [why], last)


def _four_better(seen: _Seen) -> Look | None:
    if not _all_on_one_side(seen, 1):
        return None
    why = (
        Say("The four latest days with points are all above the aim line.")
        if seen.series.rises
        else Say("The four latest days with points are all below the aim line, and less is better here.")
    )
    return seen.look("ahead", "raise-goal", "four-above", [why], seen.days[-IN_A_ROW:])


def _too_few(seen: _Seen) -> Look | None:
    if len(seen.days) >= IN_A_ROW:
        return None
    values: dict[str, object] = {"days": len(seen.days), "needed": IN_A_ROW}
    why = Say("Days with points so far: {days}. The rules need {needed}.", values)
    return seen.look("too-few", "more-data", "too-few", [why], seen.days)


def _near_line(seen: _Seen) -> Look:
    why = Say("The four latest days with points are neither all above nor all below the aim line.")
    return seen.look("on-track", "keep-going", "near-line", [why], seen.days[-IN_A_ROW:])


_RULES: Final[tuple[Callable[[_Seen], Look | None], ...]] = (
    _four_worse, _day_passed, _met, _trend_worse, _stale, _four_better, _too_few, _near_line,
)  # fmt: skip
"""In this order the first that speaks decides. What suggests a review comes before the question how old
the data is."""
_TAUGHT: Final = frozenset({"four-below", "four-above", "trend-below", "near-line"})
"""The rules that the National Center on Intensive Intervention teaches; the others are ours."""


def _all_on_one_side(seen: _Seen, side: int) -> bool:
    last = seen.days[-IN_A_ROW:]
    return len(last) == IN_A_ROW and all(seen.against(day) == side for day in last)


def _no_data_since(day: date) -> Say:
    return Say("There is no data since {day}, for more than {weeks} weeks.", {"day": day, "weeks": STALE_WEEKS})


def _fresh_start(phase: Phase) -> Say:
    values: dict[str, object] = {"day": phase.on, "change": phase.label}
    return Say("Teaching changed on {day} ({change}). Only points from that day on count.", values)
