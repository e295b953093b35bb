"""A report on the goals of a plan (34 CFR 300.320(a)(3)): what was found of each in a period, and what can be said.

Everything comes from the results; nothing is guessed. Where a question cannot be answered, the report says so and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.ledger import Ledger
from gameplan.measures.lines import FEWEST_TO_FORETELL, trend_of
from gameplan.measures.log import NOT_RECORDED
from gameplan.measures.numbers import middle
from gameplan.measures.rules import OF_PRACTICE, OF_THE_HOUSE, STALE_WEEKS, Look, look
from gameplan.measures.series import DayValue, Phase, Point, Series, day_values
from gameplan.measures.ways import Way, unit
from gameplan.measures.weeks import monday

DECISIONS: Final[Mapping[str, Say]] = {
    "keep": Say("Go on as it is"),
    "change-teaching": Say("Change how it is taught"),
    "raise-goal": Say("Aim higher"),
    "review": Say("Look at the plan again"),
    "meeting": Say("Meet as a team"),
}
YES, NO, MET, OVER, CANNOT_TELL = "yes", "no", "met", "over", "cannot-tell"
OUTLOOKS: Final[Mapping[str, Say]] = {
    YES: Say("Yes, at this pace"),
    NO: Say("Not at this pace"),
    MET: Say("It is met now"),
    OVER: Say("Its last day has come"),
    CANNOT_TELL: Say("Cannot be told yet"),
}
A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the team decided about a measure on a day (`does`: a name of `DECISIONS`), and why, in its own words."""

    on: date
    does: str
    why: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is measured of a goal, with what was decided about it."""

    series: Series
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the plan's words. `words`: what the writer says of it, by language; `tracked`: what is measured."""

    id: str
    area: str
    text: str
    how: str = ""
    baseline: str = ""
    target: str = ""
    by: date | None = None
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    tracked: tuple[Tracked, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a service: promised = given + missed + unknown (nobody wrote down what happened) + upcoming."""

    service: Say | str
    promised: Fraction
    given: Fraction
    missed: Fraction
    unknown: Fraction
    upcoming: Fraction


@dataclass(frozen=True, slots=True)
class Weeks:
    """The minutes of the whole weeks from `first`, a Monday, to `last`, a Sunday."""

    first: date
    last: date
    rows: tuple[Minutes, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report tells: of the days from `since` to `on`. `ends`: the last day of the plan.

    `schedule`: when the plan promises reports. `way`: how they are given. `lang`: the language of the plan's own words.
    `replaces`: the number of an earlier report that this one puts right.
    """

    child: str
    about: tuple[Say | str, ...]
    since: date
    on: date
    writer: str
    role: Say | str
    goals: tuple[Goal, ...]
    schedule: Say | str = ""
    way: str = ""
    ends: date | None = None
    lang: str = ""
    weeks: Weeks | None = None
    number: int = 1
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the results of a period come to: its points, its days, how the measure stands, and whether it will be met.

    `outlook` is a name of `OUTLOOKS`, `because` the sentence that says why. `days` has one value for each day.
    """

    points: tuple[Point, ...]
    days: tuple[DayValue, ...]
    look: Look
    outlook: str
    because: Say

    @property
    def reasons(self) -> tuple[Say, ...]:
        """Why it stands as it does, without the list of points, which a table has, and whose rule it is."""
        told = (one for one in self.look.because if one not in (OF_PRACTICE, OF_THE_HOUSE))
        return tuple(one for one in told if "points" not in one.values)

    @property
    def middle(self) -> Fraction | None:
        """The middle value of the days; None without any."""
        return middle(one.value for one in self.days) if self.days else None


def finding(series: Series, since: date, on: date, ends: date | None, tongue: Tongue) -> Finding:
    """What can be said of a measure for the days from `since` to `on`.

    `ends`: the day by which the goal shall be met. `tongue` is the language in which values stand inside of sentences.
    """
    points = tuple(one for one in series.points if since <= one.on <= on)
    found = look(series, on)
    outlook, because = _outlook(series, on, ends, found, tongue)
    return Finding(points, tuple(day_values(series.points, since, on)), found, outlook, because)


def _outlook(series: Series, on: date, ends: date | None, found: Look, tongue: Tongue) -> tuple[str, Say]:
    """Whether it will be met in time at this pace: a name of `OUTLOOKS`, and why."""
    if found.status == "met":
        return MET, Say("The last three days with results are at the target or better.")
    if series.target is None:
        return CANNOT_TELL, Say("No target with a number is written down.")
    if ends is None:
        return CANNOT_TELL, Say("No day is written down by which it should be met.")
    days = day_values(series.points, series.counts_from(on), on)
    if on >= ends:
        return OVER, _last_said(series, days, ends, tongue)
    if len(days) < FEWEST_TO_FORETELL:
        return CANNOT_TELL, _too_few(len(days))
    if on - days[-1].on > timedelta(weeks=STALE_WEEKS):
        return CANNOT_TELL, Say("The last result is of {day}. That is too long ago to tell.", {"day": days[-1].on})
    trend = trend_of(days)
    if trend is None:
        return CANNOT_TELL, _too_few(len(days))
    value = _within(series, trend.at(ends))
    values: dict[str, object] = {
        "value": series.said(value, tongue), "target": series.said(series.target, tongue), "day": ends,
        "days": len(days),
    }  # fmt: skip
    says = Say(
        "From results on {days} days: if it goes on like this, it is {value} on {day}. Target: {target}.", values
    )
    return NO if series.better(series.target, value) else YES, says


def _too_few(count: int) -> Say:
    values: dict[str, object] = {"count": count, "needed": FEWEST_TO_FORETELL}
    if count == 0:
        return Say("There are no results to tell it from. At least {needed} days with results are needed.", values)
    if count == 1:
        return Say("With results on one day it cannot be told. At least {needed} days are needed.", values)
    return Say("With results on {count} days it cannot be told. At least {needed} days are needed.", values)


def _last_said(series: Series, days: list[DayValue], ends: date, tongue: Tongue) -> Say:
    if not days:
        return Say("Its last day was {day}. There is no result.", {"day": ends})
    values: dict[str, object] = {"day": ends, "value": series.said(days[-1].value, tongue)}
    return Say("Its last day was {day}. The last result is {value}.", values)


def _within(series: Series, value: Fraction) -> Fraction:
    """A value that can be: nothing is below zero, and no more than all is right."""
    most = {Way.TRIALS: 100, Way.PERCENT: 100, Way.RUBRIC: series.top}.get(series.way)
    low = max(value, Fraction(0))
    return low if most is None else min(low, Fraction(most))


def weeks_of(book: Ledger, since: date, on: date) -> Weeks | None:
    """The minutes of the whole weeks that lie in a period; None if there are none or nothing was promised or given."""
    first = monday(since) if since == monday(since) else monday(since) + A_WEEK
    last = monday(on + timedelta(days=1)) - timedelta(days=1)
    rows = []
    for one in book.services:
        sums = book.total(one.id, first, last)
        unknown = sums.missed_by.get(NOT_RECORDED, Fraction(0))
        if one.not_counted is None and (sums.promised or sums.given):
            rows.append(
                Minutes(one.name, sums.promised, sums.given, sums.missed - unknown, unknown, sums.upcoming)
            )  # fmt: skip
    return Weeks(first, last, tuple(rows)) if rows and first < last else None


# --- as data ---


def report_data(report: Report) -> dict[str, Any]:
    """The numbers of a report as JSON: what was measured, from where to where, each result of the period."""
    return {
        "goals": [
            {
                "id": goal.id, "area": goal.area, "goal": goal.text, "how": goal.how, "baseline": goal.baseline,
                "target": goal.target, "by": _day(goal.by), "words": dict(goal.words),
                "measures": [_tracked(one, report) for one in goal.tracked],
            }
            for goal in report.goals
        ],
        "minutes": [
            {name: str(getattr(one, name)) for name in ("promised", "given", "missed", "unknown", "upcoming")}
            for one in (report.weeks.rows if report.weeks else ())
        ],
    }  # fmt: skip


def _tracked(one: Tracked, report: Report) -> dict[str, Any]:
    series = one.series
    return {
        "id": series.id, "title": series.title, "way": series.way.value, "rises": series.rises, "top": series.top,
        "baseline": _number(series.baseline), "baseline_on": _day(series.baseline_on),
        "target": _number(series.target), "target_on": _day(series.target_on),
        "status": look(series, report.on).status,
        "points": [_point(point) for point in series.points if point.on <= report.on],
        "changes": [{"on": _day(phase.on), "what": phase.label} for phase in series.phases if phase.on <= report.on],
        "decisions": [{"on": _day(each.on), "does": each.does, "why": each.why} for each in one.decisions],
    }  # fmt: skip


def _point(point: Point) -> dict[str, Any]:
    return {"id": point.id, "on": _day(point.on), "value": str(point.value), "data": dict(point.data)}


def series_in(data: Mapping[str, Any]) -> Iterable[tuple[str, Series, str]]:
    """The goal, the measure and its status in a report, from what `report_data` told.

    Raises ValueError, KeyError or TypeError for what is no such data.
    """
    for goal in data["goals"]:
        for one in goal["measures"]:
            yield str(goal["id"]), _series(one), str(one["status"])


def _series(one: Mapping[str, Any]) -> Series:
    way = Way(one["way"])
    return Series(
        id=str(one["id"]), title=str(one["title"]), way=way, unit=unit(way), rises=bool(one["rises"]), top=one["top"],
        baseline=_fraction(one["baseline"]), baseline_on=_date(one["baseline_on"]),
        target=_fraction(one["target"]), target_on=_date(one["target_on"]),
        points=tuple(
            Point(str(each["id"]), date.fromisoformat(each["on"]), Fraction(each["value"]), dict(each["data"]))
            for each in one["points"]
        ),
        phases=tuple(Phase(date.fromisoformat(each["on"]), str(each["what"])) for each in one["changes"]),
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(raw: str | None) -> Fraction | None:
    return None if raw is None else Fraction(raw)
