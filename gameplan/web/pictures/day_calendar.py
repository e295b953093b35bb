"""The day calendar: each month of a count drawn small, counted days numbered, skipped days hatched.

The drawing is for the eye. A screen reader gets one sentence for it, and the list of `count_in_words`.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from gameplan.core.days import DayMark
from gameplan.core.words import Say, Tongue
from gameplan.web.pictures.days import month_and_year
from gameplan.web.pictures.drawing import element, group

CELL, HEAD = 44, 58
MOST_MONTHS, KEPT = 6, 1
MOST_RUNS = 4
NO_REASON = _("not counted")


@dataclass(frozen=True, slots=True)
class _Count:
    """All that the drawing needs to know of a count."""

    marks: Mapping[date, DayMark]
    started: date | None
    due: date | None
    keys: Mapping[str, str]
    tongue: Tongue


def day_calendar(days: Sequence[DayMark], due: date | None, started: date | None, tongue: Tongue) -> SafeString:
    """The months of a count as a figure: drawing, legend, the count in words. Empty if there is no day."""
    months = _months(days, due, started)
    if not months:
        return SafeString()
    count = _Count({day.on: day for day in days}, started, due, _keys(days), tongue)
    drawn = [_month(month, count) if month else _left_out(months, tongue) for month in _shown(months)]
    return element(
        "div",
        element("div", *drawn, class_="months", role="img", aria_label=_in_short(count, tongue)),
        _legend(count),
        element(
            "details",
            element("summary", tongue.text(_("The count in words"))),
            count_in_words(days, due, started, tongue),
            class_="opens",
        ),
        class_="day-calendar",
    )


def count_in_words(days: Sequence[DayMark], due: date | None, started: date | None, tongue: Tongue) -> SafeString:
    """The count as a list: start, first day, each stretch that does not count with its reason, last day."""
    said = [Say(_("It starts on {day}."), {"day": started})] if started else []
    counted = [day for day in days if day.number is not None]
    if counted:
        said.append(Say(_("Day {number} is {day}."), {"number": counted[0].number, "day": counted[0].on}))
    for why, runs in _runs(days).items():
        said += _runs_in_words(why, runs)
    if counted and len(counted) > 1 and counted[-1].on != due:
        said.append(Say(_("Day {number} is {day}."), {"number": counted[-1].number, "day": counted[-1].on}))
    if due:
        number = next((day.number for day in counted if day.on == due), None)
        text = _("It is due on {day}, day {number}.") if number else _("It is due on {day}.")
        said.append(Say(text, {"day": due, "number": number}))
    return element("ul", *(element("li", tongue.say(one)) for one in said), class_="count-words")


def _runs(days: Sequence[DayMark]) -> dict[str, list[tuple[date, date]]]:
    """Each reason with the stretches of days that it leaves out."""
    runs: dict[str, list[tuple[date, date]]] = {}
    for (counts, why), together in groupby(days, key=lambda day: (day.number is not None, day.why)):
        stretch = list(together)
        if not counts:
            runs.setdefault(why or NO_REASON, []).append((stretch[0].on, stretch[-1].on))
    return runs


def _runs_in_words(why: str, runs: Sequence[tuple[date, date]]) -> list[Say]:
    total = sum((last - first).days + 1 for first, last in runs)
    if len(runs) > MOST_RUNS:
        return [Say(_("Not counted, {total} days in all: {why}."), {"total": total, "why": Say(why)})]
    one, more = _("Not counted: {first} ({why})."), _("Not counted: {first} to {last} ({why}).")
    return [
        Say(one if first == last else more, {"first": first, "last": last, "why": Say(why)}) for first, last in runs
    ]


def _keys(days: Sequence[DayMark]) -> dict[str, str]:
    """A letter for each reason; the commonest (mostly weekends) has none, its hatching is enough."""
    reasons = Counter(day.why or NO_REASON for day in days if day.number is None)
    ordered = [why for why, _times in reasons.most_common()]
    return {why: "" if n == 0 else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(n - 1) % 26] for n, why in enumerate(ordered)}


def _months(days: Sequence[DayMark], due: date | None, started: date | None) -> list[date]:
    ends = [day for day in (started, due, *(day.on for day in days)) if day]
    if not ends:
        return []
    first, last = min(ends), max(ends)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1, 1) for n in range(months)]


def _shown(months: Sequence[date]) -> list[date | None]:
    """The months to draw; of a long count the first and the last, with a gap (None) between."""
    if len(months) <= MOST_MONTHS:
        return list(months)
    return [*months[:KEPT], None, *months[-KEPT:]]


def _left_out(months: Sequence[date], tongue: Tongue) -> SafeString:
    gap = len(months) - 2 * KEPT
    said = tongue.say(Say(_("{gap} months between are not drawn. Their days count in the same way."), {"gap": gap}))
    return element("p", said, class_="months__gap")


def _month(month: date, count: _Count) -> SafeString:
    """One month, Sunday first as on a school calendar; weeks without a day of the count are left out."""
    blanks = (month.weekday() + 1) % 7
    length = monthrange(month.year, month.month)[1]
    weeks = [range(max(0, first), min(length, first + 7)) for first in range(-blanks, length, 7)]
    said = [[month + timedelta(days=n) for n in week] for week in weeks]
    drawn = [week for week in said if any(_kind(day, count.marks.get(day), count) != "outside" for day in week)]
    cells = [
        _cell(day, (day.weekday() + 1) % 7 * CELL, HEAD + row * CELL, count)
        for row, week in enumerate(drawn)
        for day in week
    ]
    title = element("text", month_and_year(month, count.tongue), x=4, y=25, class_="month__name")
    return element(
        "svg",
        title,
        *_week_heads(count.tongue),
        *cells,
        class_="month",
        aria_hidden="true",
        viewBox=f"-2 0 {7 * CELL + 4} {HEAD + len(drawn) * CELL + 3}",
    )


def _week_heads(tongue: Tongue) -> list[SafeString]:
    with override(tongue.lang):
        names = [str(WEEKDAYS_ABBR[n])[:3] for n in (6, 0, 1, 2, 3, 4, 5)]
    return [
        element("text", name, x=n * CELL + CELL / 2, y=48, text_anchor="middle", class_="month__week")
        for n, name in enumerate(names)
    ]


def _cell(day: date, x: float, y: float, count: _Count) -> SafeString:
    """One day: its date small in the corner, and in the middle its number, its hatching, or nothing."""
    seen = count.marks.get(day)
    kind = _kind(day, seen, count)
    drawn: list[SafeString] = [
        element("rect", class_="cell__paper", x=x + 1, y=y + 1, width=CELL - 2, height=CELL - 2, rx=4)
    ]
    if kind == "skipped" or (seen and seen.number is None and kind == "due"):
        drawn.append(element("path", d=_hatch(x, y), class_="cell__hatch"))
    drawn.append(element("text", str(day.day), x=x + 5, y=y + 14, class_="cell__date"))
    middle = _middle(seen, kind, count)
    if middle:
        drawn.append(element("text", middle, x=x + CELL / 2 + 3, y=y + 35, text_anchor="middle", class_="cell__number"))
    if kind == "start":
        drawn.append(element("path", d=f"M{x + 17} {y + 22}l11 7-11 7z", class_="cell__start"))
    return group(drawn, class_=f"cell cell--{kind}")


def _kind(day: date, seen: DayMark | None, count: _Count) -> str:
    if day == count.due:
        return "due"
    if day == count.started:
        return "start"
    if seen is None:
        return "outside"
    return "counted" if seen.number is not None else "skipped"


def _middle(seen: DayMark | None, kind: str, count: _Count) -> str:
    if seen is None or kind == "start":
        return ""
    if seen.number is not None:
        return str(seen.number)
    return count.keys.get(seen.why or NO_REASON, "")


def _hatch(x: float, y: float) -> str:
    """Four slanting lines inside one cell."""
    low, high = 4, CELL - 4
    lines = []
    for shift in (14, 26, 38, 50, 62):
        x1, y1 = min(shift, high), max(low, shift - high)
        x2, y2 = max(low, shift - high), min(shift, high)
        lines.append(f"M{x + x1} {y + y1}L{x + x2} {y + y2}")
    return "".join(lines)


def _legend(count: _Count) -> SafeString:
    tongue = count.tongue
    rows = []
    if count.started:
        rows.append(_legend_row("start", "", Say(_("Start: {day}"), {"day": count.started}), tongue))
    if any(day.number is not None for day in count.marks.values()):
        rows.append(_legend_row("counted", "1", Say(_("A day that counts, with its number")), tongue))
    for why, letter in count.keys.items():
        rows.append(_legend_row("skipped", letter, Say(_("Not counted: {why}"), {"why": Say(why)}), tongue))
    if count.due:
        rows.append(_legend_row("due", "", Say(_("Due: {day}"), {"day": count.due}), tongue))
    return element("ul", *rows, class_="legend", role="list", aria_hidden="true")


def _legend_row(kind: str, inside: str, said: Say, tongue: Tongue) -> SafeString:
    shapes: list[SafeString] = [element("rect", class_="cell__paper", x=1, y=1, width=26, height=26, rx=4)]
    if kind == "skipped":
        shapes.append(element("path", d="M12 4L4 12M20 4L4 20M24 8L8 24M24 16L16 24", class_="cell__hatch"))
    if kind == "start":
        shapes.append(element("path", d="M10 7.5l10 6.5-10 6.5z", class_="cell__start"))
    if inside:
        shapes.append(element("text", inside, x=14, y=19.5, text_anchor="middle", class_="cell__number"))
    swatch = element("svg", group(shapes, class_=f"cell cell--{kind}"), class_="swatch", viewBox="0 0 28 28")
    return element("li", swatch, element("span", tongue.say(said)))


def _in_short(count: _Count, tongue: Tongue) -> str:
    numbers = [day.number for day in count.marks.values() if day.number is not None]
    skipped = len(count.marks) - len(numbers)
    values = {
        "started": count.started or "?",
        "due": count.due or "?",
        "counted": max(numbers, default=0),
        "skipped": skipped,
    }
    text = _("Calendar of the count. Start {started}, due {due}. Days counted: {counted}. Days not counted: {skipped}.")
    return tongue.say(Say(text, values))
