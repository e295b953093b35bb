"""The picture of a series: as SVG for a wide page and for a phone, as a table, and in plain words.

All three say the same, so that nobody needs to see the picture. It shows what was known on the day `on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache

from gameplan.core.words import Say, Tongue
from gameplan.measures.drawing import id_of, picture
from gameplan.measures.lines import FEWEST_TO_FORETELL, Spread, Trend, aim_lacks, expected_of
from gameplan.measures.numbers import number_said
from gameplan.measures.plot import Shown, looked_at, plotted
from gameplan.measures.series import Phase, Point, Series, was_prompted
from gameplan.measures.ways import said

Row = tuple[str, ...]
NARROW_WIDTH, NARROW_HEIGHT = 360, 400


@dataclass(frozen=True, slots=True)
class Chart:
    """A series to be looked at, read or listened to.

    `svg` is for wide pages and `narrow` for phones (the same picture with fewer words in a row; a page shows one of
    them); both are safe to put into a page as they are. `table` has the headers as its first row. `words` is one
    paragraph. Table and words are plain text.
    """

    svg: str
    narrow: str
    table: tuple[Row, ...]
    words: str

    @property
    def headers(self) -> Row:
        """The first row of the table."""
        return self.table[0]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table without its headers: one row for each point and each change of teaching, by day."""
        return self.table[1:]


def chart(series: Series, on: date, tongue: Tongue, width: int = 720, height: int = 360) -> Chart:
    """The picture of what was known on a day, `width` by `height` units large (from 320 by 300 on).

    Points and changes of teaching after `on` are left out. Letters are at least 12 units high at that width; below
    about 600 pixels a page shows the narrow picture, whose letters stay that high on a phone.
    """
    known = replace(
        series,
        points=tuple(point for point in series.points if point.on <= on),
        phases=tuple(phase for phase in series.phases if phase.on <= on),
    )
    shown = looked_at(known, on)
    words = " ".join(tongue.say(sentence) for sentence in _sentences(shown, tongue))
    title = tongue.say(Say("Chart: {title}", {"title": series.title}))
    name = id_of(series.id)
    return Chart(
        svg=_drawn(shown, tongue, (name, title, words), (width, height), is_narrow=False),
        narrow=_drawn(shown, tongue, (f"{name}-narrow", title, words), (NARROW_WIDTH, NARROW_HEIGHT), is_narrow=True),
        table=(_headers(tongue), *_rows(shown, tongue)),
        words=words,
    )


def _drawn(shown: Shown, tongue: Tongue, told: tuple[str, str, str], size: tuple[int, int], *, is_narrow: bool) -> str:
    wide, high = size
    kind = "narrow" if is_narrow else "wide"
    attributes = f'class="measure measure-{kind}" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    return picture(*told, plotted(shown, tongue, wide, high, is_narrow=is_narrow), attributes)


def _headers(tongue: Tongue) -> Row:
    names = (
        Say("Day"), Say("Result"), Say("Aim line"), Say("Against the aim line"), Say("Written down"), Say("By"),
        Say("Note"),
    )  # fmt: skip
    return tuple(map(tongue.say, names))


def _rows(shown: Shown, tongue: Tongue) -> Iterator[Row]:
    day_said = cache(tongue.date)
    both: list[Point | Phase] = [*shown.series.phases, *shown.series.points]
    for one in sorted(both, key=lambda one: one.on):
        rest = _phase_row(one, tongue) if isinstance(one, Phase) else _point_row(shown, one, tongue)
        yield day_said(one.on), *rest


def _phase_row(phase: Phase, tongue: Tongue) -> Row:
    change = tongue.say(Say("Change of teaching: {change}", {"change": phase.label}))
    return ("", "", "", "", "", change)


def _point_row(shown: Shown, point: Point, tongue: Tongue) -> Row:
    series, line = shown.series, shown.line.get(point.on)
    by = f"{point.by} ({point.role})" if point.by and point.role else point.by or point.role
    return (
        series.said(point.value, tongue),
        "" if line is None else number_said(line),
        "" if line is None else tongue.say(side_of_line(point.value, line)),
        said(series.way, point.value, tongue, point.data) if point.data else "",
        by,
        point.note,
    )


def side_of_line(value: Fraction, line: Fraction) -> Say:
    """On which side of the aim line a value lies."""
    if value == line:
        return Say("on the line")
    return Say("above the line") if value > line else Say("below the line")


def _sentences(shown: Shown, tongue: Tongue) -> Iterator[Say]:
    yield from _about_points(shown, tongue)
    yield from _about_aim(shown, tongue)
    yield from _about_changes(shown)
    if shown.trend and shown.spread:
        yield from _about_trend(shown, shown.trend, shown.spread)


def _about_points(shown: Shown, tongue: Tongue) -> Iterator[Say]:
    points = shown.series.points
    if not points:
        yield Say("There are no points yet.")
        return
    last = points[-1]
    values: dict[str, object] = {
        "count": len(points), "first": points[0].on, "last": last.on,
        "value": shown.series.said(last.value, tongue),
    }  # fmt: skip
    if len(points) == 1:
        yield Say("There is one point so far, on {last}: {value}.", values)
    else:
        yield Say("The picture shows {count} points from {first} to {last}.", values)
        yield Say("The latest is {value}.", values)
    if helped := sum(was_prompted(shown.series, point) for point in points):
        yield Say("Hollow marks are points with help: {count}.", {"count": helped})


def _about_aim(shown: Shown, tongue: Tongue) -> Iterator[Say]:
    aim, series = shown.aim, shown.series
    if aim is None:
        yield from aim_lacks(series)
        return
    values: dict[str, object] = {
        "start": aim.start, "end": aim.end,
        "baseline": series.said(aim.value, tongue), "target": series.said(aim.at(aim.end), tongue),
    }  # fmt: skip
    yield Say("The aim line goes from {baseline} on {start} to {target} on {end}.", values)
    counted = sum(point.on in shown.line for point in series.points)
    if counted:
        count: dict[str, object] = {"worse": len(shown.worse), "count": counted}
        yield (
            Say("Points below it: {worse} of {count}.", count)
            if series.rises
            else Say("Less is better here. Points above it: {worse} of {count}.", count)
        )


def _about_changes(shown: Shown) -> Iterator[Say]:
    for phase in shown.series.phases:
        yield Say("Teaching changed on {day} ({change}).", {"day": phase.on, "change": phase.label})


def _about_trend(shown: Shown, found: Trend, off: Spread) -> Iterator[Say]:
    values: dict[str, object] = {
        "day": found.start, "weekly": number_said(abs(found.weekly), 2), "word": off.word,
        "amount": number_said(off.amount),
    }  # fmt: skip
    if found.slope == 0:
        yield Say("The trend since {day} is level ({word}).", values)
    elif found.slope > 0:
        yield Say("The trend since {day} goes up by {weekly} a week ({word}).", values)
    else:
        yield Say("The trend since {day} goes down by {weekly} a week ({word}).", values)
    yield Say("Half of the days lie within {amount} of it.", values)
    when = expected_of(shown.series, shown.on, found) if found.days >= FEWEST_TO_FORETELL else None
    if when and when > shown.on:
        yield Say("If it goes on like this, it meets the target on {day}.", {"day": when})
