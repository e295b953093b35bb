"""Days out of school as pictures: a school year with each day out on it, and how near they come to the law’s number.

Each picture also stands as a table and in words. A day that nobody can name is in the words and not in the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.axes import MONTHS
from gameplan.measures.behaviour import Bars
from gameplan.measures.drawing import EDGE, INK, RED, RULE, SHEET, SOFT, VOICE, id_of, line, picture, words

WIDE: Final = 384
LEFT, CELL, ROW, TOP = 38, 11, 22, 6
KEY_ROW: Final = 24
COUNTS, MAYBE, NOT = Say("counts as a day out"), Say("may count, or only in part"), Say("does not count")
FEWEST_SHOWN: Final = 14
"""The line of days is at least so many days long."""
SCALE_HIGH: Final = 84


@dataclass(frozen=True, slots=True)
class Out:
    """A day out that somebody can name, and how much of a day it counts at least and at most."""

    on: date
    least: float
    most: float

    @property
    def kind(self) -> Say:
        """How it counts, in words."""
        if self.least == self.most:
            return COUNTS if self.least == 1 else NOT if self.most == 0 else MAYBE
        return MAYBE


def year_picture(
    name: str,
    span: tuple[date, date],
    days: Sequence[Out],
    is_school_day: Callable[[date], bool | None],
    tongue: Tongue,
) -> Bars:
    """The months from the first to the last day of `span`, with each day out; `name` makes the ids of the picture."""
    months = list(_months(*span))
    by_day = {one.on: one for one in days}
    high = TOP + len(months) * ROW + 8 + 3 * KEY_ROW
    title = tongue.say(Say("Days out over the school year"))
    told = [(tongue.date(one.on), tongue.say(one.kind)) for one in sorted(days, key=lambda one: one.on)]
    text = " ".join(tongue.say(Say("{name}: {times}.", {"name": day, "times": kind})) for day, kind in told)
    text = text or tongue.say(Say("Nothing is written down yet."))
    parts = (
        f'<g font-family="{VOICE}">', *_grid(months, span, by_day, is_school_day, tongue),
        *_key(TOP + len(months) * ROW + 8, tongue), "</g>",
    )  # fmt: skip
    svg = picture(id_of(name), title, text, parts, f'class="measure year-out" viewBox="0 0 {WIDE} {high}"')
    headers = (tongue.say(Say("Day")), tongue.say(Say("How it counts")))
    return Bars(svg, (headers, *told), text)


def scale_picture(name: str, least: float, most: float, limit: int, tongue: Tongue) -> Bars:
    """How many days at least and at most, beside the number of the law, as a line of days."""
    title = tongue.say(Say("Days out so far, beside {limit} days", {"limit": limit}))
    text = tongue.say(said_of(least, most))
    longest = max(FEWEST_SHOWN, int(most) + 2)
    step = (WIDE - 8) / longest
    parts = [f'<g font-family="{VOICE}">']
    for number in range(longest):
        parts.append(_box(4 + number * step, step, _share(least, number), _share(most, number)))
    at = 4 + limit * step
    parts += [line(at, 4, at, 58, INK, 3), words(at, 76, str(limit), 15, INK, "middle"), "</g>"]
    svg = picture(id_of(name), title, text, parts, f'class="measure scale-out" viewBox="0 0 {WIDE} {SCALE_HIGH}"')
    rows = ((tongue.say(Say("At least")), f"{least:g}"), (tongue.say(Say("At most")), f"{most:g}"))
    return Bars(svg, ((tongue.say(Say("Days out")), tongue.say(Say("Number"))), *rows), text)


def said_of(least: float, most: float) -> Say:
    """How many days, or between how many."""
    if least == most:
        return Say("Days out: {number}", {"number": f"{most:g}"})
    return Say("Days out: between {least} and {most}", {"least": f"{least:g}", "most": f"{most:g}"})


def _share(total: float, number: int) -> float:
    """How much of the box of that number is filled, if so many days are filled in from the left."""
    return min(1.0, max(0.0, total - number))


def _box(x: float, step: float, sure: float, at_most: float) -> str:
    wide, high, top = step - 3, 34.0, 16.0
    found = [f'<rect x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{high}" rx="2" fill="{SHEET}" stroke="{EDGE}"/>']
    if sure:
        place = f'x="{x:.1f}" y="{top}" width="{wide * sure:.1f}" height="{high}"'
        found.append(f'<rect {place} rx="2" fill="{RED}" stroke="{RED}"/>')
    if at_most > sure:
        start, end = x + wide * sure, x + wide * at_most
        found += [line(start + 1, top + y, end - 1, top + y - 6, RED, 2) for y in range(10, 34, 8)]
    return "".join(found)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _grid(
    months: Sequence[date], span: tuple[date, date], by_day: dict[date, Out],
    is_school_day: Callable[[date], bool | None], tongue: Tongue,
) -> Iterator[str]:  # fmt: skip
    names = tongue.say(MONTHS).split()
    for place, month in enumerate(months):
        top = TOP + place * ROW
        yield words(0, top + 14, names[month.month - 1], 13, SOFT)
        day = month
        while day.month == month.month:
            x = LEFT + (day.day - 1) * CELL
            if day in by_day:
                yield _day_out(x, top, by_day[day])
            elif span[0] <= day <= span[1] and is_school_day(day) is not False and day.weekday() < 5:
                yield f'<rect x="{x}" y="{top + 4}" width="{CELL - 3}" height="10" rx="1.5" fill="{RULE}"/>'
            day += timedelta(days=1)


def _day_out(x: float, top: float, one: Out) -> str:
    wide, high = CELL - 1, 18
    frame = f'<rect x="{x - 1}" y="{top}" width="{wide}" height="{high}" rx="2" stroke="{RED}" stroke-width="1.5"'
    if one.kind == COUNTS:
        return f'{frame} fill="{RED}"/>'
    stroke = line(x, top + high - 2, x + wide - 2, top + 2, RED, 2) if one.kind == MAYBE else ""
    return f'{frame} fill="{SHEET}"/>{stroke}'


def _key(top: float, tongue: Tongue) -> Iterator[str]:
    """What the marks mean, one a line."""
    day = date(2000, 1, 1)
    for place, one in enumerate((Out(day, 1, 1), Out(day, 0, 1), Out(day, 0, 0))):
        y = top + place * KEY_ROW
        yield _day_out(LEFT, y, one)
        yield words(LEFT + 20, y + 14, tongue.say(one.kind), 13.5, INK)
