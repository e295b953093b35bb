"""The drawing of a series: axes, band, lines, changes of teaching, marks and the key to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.axes import Scale, day_labels, day_ticks, value_ticks
from gameplan.measures.drawing import (
    BLUE,
    EDGE,
    GREEN,
    INK,
    PLUM,
    RED,
    RULE,
    SOFT,
    VOICE,
    line,
    mark,
    polygon,
    polyline,
    short,
    width_of,
    words,
)  # fmt: skip
from gameplan.measures.lines import Line, Spread, Trend, aim_line, spread_of, trend_of
from gameplan.measures.numbers import number_said
from gameplan.measures.series import Series, day_values, was_prompted
from gameplan.measures.ways import Way

AIM_DASHES, PHASE_DASHES = "7 5", "2 4"
MOST_PHASE_ROWS: Final = 3
MOST_ON_A_THREAD: Final = 80
"""More points than this are a cloud: no thread runs from one to the next."""
SIZES: Final = ((40, 5.0), (120, 4.0), (10**9, 3.0))
"""Up to how many points which half width a mark has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows: the series, the day, the aim line, the trend and how far points lie off it.

    `line` is the aim line on each day with points (none before the baseline); `worse` are the places of the points on
    the wrong side of it.
    """

    series: Series
    on: date
    aim: Line | None
    trend: Trend | None
    spread: Spread | None
    line: Mapping[date, Fraction]
    worse: frozenset[int]


def looked_at(series: Series, on: date) -> Shown:
    """What a picture of a series shows on a day. The series has nothing later than that."""
    days = day_values(series.points, series.counts_from(on), on)
    aim, found = aim_line(series), trend_of(days)
    line = {day: aim.at(day) for day in {point.on for point in series.points} if day >= aim.start} if aim else {}
    worse = frozenset(
        place
        for place, point in enumerate(series.points)
        if point.on in line and series.better(line[point.on], point.value)
    )
    off = spread_of(series, days, found) if found else None
    return Shown(series, on, aim, found, off, line, worse)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the two scales, how large letters are, and the names of the ticks."""

    days: Scale
    values: Scale
    letter: float
    wide: int
    ticks: tuple[float, ...]
    dates: tuple[date, ...]

    def x(self, day: date) -> float:
        return self.days.at(day.toordinal())

    def y(self, value: float) -> float:
        return self.values.at(min(max(value, self.values.low), self.values.high))


def plotted(shown: Shown, tongue: Tongue, wide: int, high: int, *, is_narrow: bool) -> Iterator[str]:
    """The parts of the picture, from the back to the front."""
    letter = 14.0 if is_narrow else 15.0
    keys = _key_rows(_keys(shown, tongue), wide, letter)
    frame, rows = _framed(shown, wide, high - len(keys) * letter * 1.6, letter)
    yield f'<g font-family="{VOICE}">'
    yield from _axes(shown, frame, tongue)
    yield from _band(shown, frame)
    yield from _changes(shown, frame, rows)
    yield from _ends(shown, frame, tongue)
    if len(shown.series.points) > MOST_ON_A_THREAD:
        # A cloud of marks would hide the lines.
        yield from _marks(shown, frame, is_narrow)
        yield from _lines(shown, frame)
    else:
        yield from _lines(shown, frame)
        yield from _thread(shown, frame)
        yield from _marks(shown, frame, is_narrow)
    if not shown.series.points:
        x, y = (frame.days.start + frame.days.end) / 2, (frame.values.start + frame.values.end) / 2
        yield words(x, y, tongue.say(Say("There are no points yet.")), letter, SOFT, "middle")
    yield from _key(keys, frame, high)
    yield "</g>"


def _framed(shown: Shown, wide: int, high: float, letter: float) -> tuple[_Frame, list[_Label]]:
    first, last = _first_and_last(shown)
    ticks = value_ticks(*_lowest_and_highest(shown))
    left = max(width_of(_tick_said(tick), letter) for tick in ticks) + letter
    days = Scale(first.toordinal(), last.toordinal(), left, wide - letter)
    dates = day_ticks(first, last, 4 if wide < 500 else 6)
    rows = _labels(shown, days, letter, wide)
    count = max((label.row + 1 for label in rows), default=0)
    top = letter * (2.1 + 1.25 * count)
    values = Scale(ticks[0], ticks[-1], high - letter * 3, top)
    return _Frame(days, values, letter, wide, tuple(ticks), tuple(dates)), rows


def _first_and_last(shown: Shown) -> tuple[date, date]:
    series = shown.series
    days = [point.on for point in series.points[:1] + series.points[-1:]] + [phase.on for phase in series.phases]
    days += [day for day in (series.baseline_on, series.target_on) if day]
    first, last = min(days, default=shown.on), max(days, default=shown.on)
    return (first, last) if last > first else (first - timedelta(days=3), last + timedelta(days=3))


def _lowest_and_highest(shown: Shown) -> tuple[float, float]:
    series = shown.series
    if series.way in (Way.PERCENT, Way.TRIALS):
        return 0.0, 100.0
    told = [value for value in (series.baseline, series.target) if value is not None]
    values = [float(value) for value in (*(point.value for point in series.points), *told)] or [0.0, 1.0]
    if series.way is Way.RUBRIC:
        return 0.0, max(values[0], *values, float(series.top or 1))
    lowest, highest = min(values), max(values)
    return (0.0 if 0 < lowest <= 0.6 * highest else lowest), highest


def _tick_said(tick: float) -> str:
    return f"{tick + 0.0:.6g}".replace("-", "−")


def _axes(shown: Shown, frame: _Frame, tongue: Tongue) -> Iterator[str]:
    left, right, letter = frame.days.start, frame.days.end, frame.letter
    for tick in frame.ticks:
        y = frame.y(tick)
        yield line(left, y, right, y, EDGE if tick == frame.ticks[0] else RULE)
        yield words(left - letter * 0.5, y + letter * 0.35, _tick_said(tick), letter, SOFT, "end")
    bottom = frame.values.start
    for day, (name, year) in zip(frame.dates, day_labels(frame.dates, tongue), strict=True):
        x = frame.x(day)
        anchor = _anchor(x, width_of(name, letter) / 2, frame)
        yield line(x, bottom, x, bottom + letter * 0.35, EDGE)
        yield words(x, bottom + letter * 1.4, name, letter, SOFT, anchor)
        if year:
            yield words(x, bottom + letter * 2.5, year, letter, SOFT, anchor)
    yield words(letter * 0.25, letter * 1.15, short(shown.series.unit_said(tongue), 40), letter, SOFT)


def _anchor(x: float, half: float, frame: _Frame) -> str:
    if x + half > frame.wide - 2:
        return "end"
    return "start" if x - half < 2 else "middle"


def _band(shown: Shown, frame: _Frame) -> Iterator[str]:
    found, off = shown.trend, shown.spread
    if not found or not off or not off.amount:
        return
    ends = [(found.start, 1), (found.end, 1), (found.end, -1), (found.start, -1)]
    places = [(frame.x(day), frame.y(float(found.at(day) + sign * off.amount))) for day, sign in ends]
    yield polygon(places, BLUE, 0.14)


def _lines(shown: Shown, frame: _Frame) -> Iterator[str]:
    if aim := shown.aim:
        ends = (frame.x(aim.start), frame.y(float(aim.value)), frame.x(aim.end), frame.y(float(aim.at(aim.end))))
        yield line(*ends, GREEN, 2.25, AIM_DASHES)
    if found := shown.trend:
        first, last = float(found.at(found.start)), float(found.at(found.end))
        yield line(frame.x(found.start), frame.y(first), frame.x(found.end), frame.y(last), BLUE, 2.75)


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a change of teaching: where they begin, and in which row above the picture; no words, no room."""

    day: date
    text: str
    x: float
    row: int


def _labels(shown: Shown, days: Scale, letter: float, wide: int) -> list[_Label]:
    """Each change of teaching in the first row that has room for it; where none has, only its line is drawn."""
    labels: list[_Label] = []
    filled: list[float] = []
    for phase in shown.series.phases:
        text = short(phase.label, 18 if wide < 500 else 32)
        room = width_of(text, letter) + letter
        x = min(days.at(phase.on.toordinal()) - 2, wide - room)
        row = next((at for at, end in enumerate(filled) if end <= x), len(filled))
        if row == len(filled) < MOST_PHASE_ROWS:
            filled.append(0)
        if row < MOST_PHASE_ROWS:
            filled[row] = x + room
        labels.append(_Label(phase.on, text if row < MOST_PHASE_ROWS else "", x, min(row, MOST_PHASE_ROWS - 1)))
    return labels


def _changes(shown: Shown, frame: _Frame, labels: list[_Label]) -> Iterator[str]:
    for label in labels:
        x, y = frame.x(label.day), frame.letter * (2.3 + 1.25 * label.row)
        yield line(x, y + (4 if label.text else 0), x, frame.values.start, PLUM, 1.75, PHASE_DASHES)
    for label in labels:
        if label.text:
            yield words(label.x, frame.letter * (2.2 + 1.25 * label.row), label.text, frame.letter, PLUM)


def _thread(shown: Shown, frame: _Frame) -> Iterator[str]:
    """A thin line from point to point, broken where teaching changed."""
    series = shown.series
    starts = [phase.on for phase in series.phases]
    for _, group in groupby(series.points, key=lambda point: sum(start <= point.on for start in starts)):
        yield polyline([(frame.x(point.on), frame.y(float(point.value))) for point in group], EDGE, 1)


def _marks(shown: Shown, frame: _Frame, is_narrow: bool) -> Iterator[str]:
    """The marks of all points. Where many fall on one spot, one mark is drawn: nobody could tell them apart."""
    series = shown.series
    half = next(half for most, half in SIZES if len(series.points) <= most) * (0.9 if is_narrow else 1)
    shape = "down" if series.rises else "up"
    seen = set()
    later = []
    for place, point in enumerate(series.points):
        x, y = frame.x(point.on), frame.y(float(point.value))
        is_worse, hollow = place in shown.worse, was_prompted(series, point)
        spot = (round(x / half * 2), round(y / half * 2), is_worse, hollow)
        if spot in seen:
            continue
        seen.add(spot)
        if is_worse:
            later.append(mark(shape, x, y, half, hollow=hollow, colour=RED))
        else:
            yield mark("circle", x, y, half, hollow=hollow)
    yield from later


def _ends(shown: Shown, frame: _Frame, tongue: Tongue) -> Iterator[str]:
    """Baseline and target with their numbers, each on the side of the aim line that is free more often."""
    series = shown.series
    if series.baseline is not None and series.baseline_on:
        text = tongue.say(Say("Baseline {number}", {"number": number_said(series.baseline)}))
        end = _End(series.baseline_on, series.baseline, "square", text, is_above=not series.rises)
        yield from _end(end, shown, frame)
    if series.target is not None and series.target_on:
        text = tongue.say(Say("Target {number}", {"number": number_said(series.target)}))
        yield from _end(_End(series.target_on, series.target, "diamond", text, series.rises), shown, frame)


@dataclass(frozen=True, slots=True)
class _End:
    """The baseline or the target: its mark, its words, and whether these had better stand above it."""

    day: date
    value: Fraction
    shape: str
    text: str
    is_above: bool


def _end(end: _End, shown: Shown, frame: _Frame) -> Iterator[str]:
    x, y, letter = frame.x(end.day), frame.y(float(end.value)), frame.letter
    is_late = x > (frame.days.start + frame.days.end) / 2
    at = min(x + 6, frame.days.end) if is_late else max(x - 6, frame.days.start + 4)
    room = width_of(end.text, letter)
    left = at - room if is_late else at
    above, below = (y - letter * 0.9, y - letter * 2.2), (y + letter * 1.6, y + letter * 2.9)
    both = zip(above, below, strict=True) if end.is_above else zip(below, above, strict=True)
    free = [place for pair in both for place in pair if frame.values.end - letter < place < frame.values.start - 4]
    place = min(free or above, key=lambda middle: _marks_at(shown, frame, left, left + room, middle))
    yield mark(end.shape, x, y, 6.5, colour=GREEN)
    yield words(at, place, end.text, letter, INK, "end" if is_late else "start", ' font-weight="600"')


def _marks_at(shown: Shown, frame: _Frame, left: float, right: float, bottom: float) -> int:
    """How many marks a line of words would cross."""
    top = bottom - frame.letter
    found = (point for point in shown.series.points if left - 4 <= frame.x(point.on) <= right + 4)
    return sum(top - 4 <= frame.y(float(point.value)) <= bottom + 4 for point in found)


_Key = tuple[str, str]


def _keys(shown: Shown, tongue: Tongue) -> list[_Key]:
    """What the marks and lines of this picture mean: only those that are in it."""
    series = shown.series
    helped = any(was_prompted(series, point) for point in series.points)
    below = Say("Below the aim line") if series.rises else Say("Above the aim line")
    keys = (
        ("circle", Say("Point"), len(shown.worse) < len(series.points)),
        ("down" if series.rises else "up", below, bool(shown.worse)),
        ("hollow", Say("Point with help"), helped),
        ("aim", Say("Aim line"), shown.aim is not None),
        ("trend", Say("Trend"), shown.trend is not None),
        ("band", Say("Half of the days lie here"), bool(shown.spread and shown.spread.amount)),
        ("change", Say("Change of teaching"), bool(series.phases)),
    )
    return [(kind, tongue.say(name)) for kind, name, is_there in keys if is_there]


def _key_rows(keys: list[_Key], wide: int, letter: float) -> list[list[tuple[float, _Key]]]:
    rows: list[list[tuple[float, _Key]]] = []
    x = float(wide)
    for key in keys:
        room = letter * 3.2 + width_of(key[1], letter)
        if x + room > wide:
            rows.append([])
            x = letter * 0.3
        rows[-1].append((x, key))
        x += room
    return rows


def _key(rows: list[list[tuple[float, _Key]]], frame: _Frame, high: int) -> Iterator[str]:
    letter = frame.letter
    for number, row in enumerate(rows):
        y = high - letter * 1.6 * (len(rows) - number) + letter * 0.9
        for x, (kind, text) in row:
            yield _sample(kind, x, y - letter * 0.35, letter * 1.5)
            yield words(x + letter * 1.9, y, text, letter)


def _sample(kind: str, x: float, y: float, wide: float) -> str:
    middle = x + wide / 2
    match kind:
        case "aim":
            return line(x, y, x + wide, y, GREEN, 2.25, "6 4")
        case "trend":
            return line(x, y, x + wide, y, BLUE, 2.75)
        case "band":
            return polygon([(x, y - 6), (x + wide, y - 6), (x + wide, y + 6), (x, y + 6)], BLUE, 0.2)
        case "change":
            return line(middle, y - 8, middle, y + 8, PLUM, 1.75, PHASE_DASHES)
        case "hollow":
            return mark("circle", middle, y, 5, hollow=True)
        case _:
            return mark(kind, middle, y, 5, colour=BLUE if kind == "circle" else RED)
