"""How often a behavior was written down, week by week: a picture for a desk and one for a phone, a table, and words.

A week without a note may be a week without the behavior, or one in which nobody wrote: the words say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.axes import Scale, day_labels, value_ticks
from gameplan.measures.chart import Chart
from gameplan.measures.drawing import BLUE, EDGE, PLUM, RULE, SOFT, VOICE, id_of, line, picture, words
from gameplan.measures.weeks import monday

WIDE: Final = (760, 260)
NARROW: Final = (360, 240)
MOST_WEEKS: Final = 60
"""More weeks than this are no picture any more: the last ones are shown."""
LABELS_WIDE, LABELS_NARROW = 8, 4
TITLE: Final = Say("How often, week by week")
UNKNOWN: Final = Say("A week without a note is not always a week without the behavior: maybe nobody wrote.")
WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Phase:
    """From this day on something was done in another way; `name` says what."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Each Monday from the first note to the last day looked at, and how often it was written down in that week."""

    counts: tuple[tuple[date, int], ...]
    phases: tuple[Phase, ...]

    @property
    def most(self) -> int:
        return max((times for _day, times in self.counts), default=0)


def weekly(name: str, days: Iterable[date], until: date, tongue: Tongue, phases: Sequence[Phase] = ()) -> Chart:
    """The days of incidents counted by week, up to the week of `until`; `name` makes the ids of the pictures.

    `phases` are marked by a line each. The table has every week that the picture shows.
    """
    weeks = _weeks(days, until, phases)
    title, text = tongue.say(TITLE), " ".join(tongue.say(one) for one in _sentences(weeks))
    headers = (tongue.say(Say("Week from")), tongue.say(Say("How often")))
    rows = tuple((tongue.date(day), str(times)) for day, times in weeks.counts)
    svg, narrow = (
        picture(
            f"{id_of(name)}-{kind}", title, text, _drawn(weeks, size, labels, tongue),
            f'class="measure measure-{kind}" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" height="{size[1]}"',
        )
        for kind, size, labels in (("wide", WIDE, LABELS_WIDE), ("narrow", NARROW, LABELS_NARROW))
    )  # fmt: skip
    return Chart(svg=svg, narrow=narrow, table=(headers, *rows), words=text)


def _weeks(days: Iterable[date], until: date, phases: Sequence[Phase]) -> _Weeks:
    counts = Counter(monday(day) for day in days if day <= until)
    if not counts:
        return _Weeks((), ())
    last = monday(until)
    first = max(min(counts), last - (MOST_WEEKS - 1) * WEEK)
    number = (last - first).days // 7 + 1
    shown = tuple((first + at * WEEK, counts[first + at * WEEK]) for at in range(number))
    return _Weeks(shown, tuple(one for one in phases if first <= one.on <= until))


def _sentences(weeks: _Weeks) -> Iterator[Say]:
    if not weeks.counts:
        yield Say("Nothing is written down yet.")
        return
    total = sum(times for _day, times in weeks.counts)
    most_on = max(weeks.counts, key=lambda one: one[1])[0]
    values: dict[str, object] = {
        "total": total, "weeks": len(weeks.counts), "most": weeks.most, "day": most_on,
        "last": weeks.counts[-1][1],
    }  # fmt: skip
    yield Say("Times written down in {weeks} weeks: {total}.", values)
    yield Say("The most in one week was {most}, in the week from {day}. In the last week: {last}.", values)
    for phase in weeks.phases:
        yield Say("Line on {day}: {what}.", {"day": phase.on, "what": phase.name})
    if any(times == 0 for _day, times in weeks.counts):
        yield UNKNOWN


def _drawn(weeks: _Weeks, size: tuple[int, int], most_labels: int, tongue: Tongue) -> Iterator[str]:
    wide, high = size
    left, bottom, top = 34.0, high - 40.0, 20.0
    ticks = [tick for tick in value_ticks(0, max(1, weeks.most), 5) if tick == int(tick)]
    up = Scale(0, max(ticks), bottom, top)
    step = (wide - left - 4) / max(1, len(weeks.counts))
    yield f'<g font-family="{VOICE}">'
    for tick in ticks:
        yield line(left, up.at(tick), wide - 4, up.at(tick), EDGE if tick == 0 else RULE)
        yield words(left - 8, up.at(tick) + 5, f"{tick:g}", 14, SOFT, "end")
    for at, (_day, times) in enumerate(weeks.counts):
        if times:
            yield _column(left + at * step, step, up.at(times), bottom)
    for phase in weeks.phases:
        x = left + ((phase.on - weeks.counts[0][0]).days / 7) * step
        yield line(x, top - 6, x, bottom, PLUM, 2, "2 4")
    yield from _dates(weeks, (left, step, bottom), most_labels, tongue)
    yield "</g>"


def _column(x: float, step: float, y: float, bottom: float) -> str:
    gap = min(3.0, step * 0.2)
    return (
        f'<rect x="{x + gap / 2:.1f}" y="{y:.1f}" width="{max(1.5, step - gap):.1f}" height="{bottom - y:.1f}"'
        f' rx="{min(3.0, step * 0.2):.1f}" fill="{BLUE}"/>'
    )


def _dates(weeks: _Weeks, place: tuple[float, float, float], most: int, tongue: Tongue) -> Iterator[str]:
    """A few Mondays below the line, evenly apart, and the year where it is another one."""
    left, step, bottom = place
    every = -(-len(weeks.counts) // most) or 1
    shown = range(0, len(weeks.counts), every)
    days = [weeks.counts[at][0] for at in shown]
    for at, (label, year) in zip(shown, day_labels(days, tongue), strict=True):
        x = left + (at + 0.5) * step
        anchor = "start" if at == 0 else "middle"
        x = left if at == 0 else min(x, left + step * len(weeks.counts) - 24)
        yield words(x, bottom + 18, label, 13, SOFT, anchor)
        if year:
            yield words(x, bottom + 34, year, 12, SOFT, anchor)
