"""Bar charts as plain SVG: letters keep their size at every width, since places are given in parts of the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

NARROW, WIDE = 14.0, 0.0
"""Where bars begin, in hundredths of the width: beside a short label, or under a long one."""
ROW_NARROW, ROW_WIDE = 30, 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from 0 to `lowest`, and paler on to `highest`; both in hundredths of the longest there can be."""

    label: str
    lowest: float
    highest: float
    value: str


def bar_chart(name: str, title: str, desc: str, bars: Sequence[Bar], *, long_labels: bool = False) -> str:
    """The chart as one SVG element; `name` is its id on the page, `title` and `desc` say in words what it shows."""
    row = ROW_WIDE if long_labels else ROW_NARROW
    drawn = "".join(_bar(bar, number * row, long_labels) for number, bar in enumerate(bars))
    return (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" width="100%" '
        f'height="{len(bars) * row}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(desc)}</desc>{drawn}</svg>'
    )


def _bar(bar: Bar, top: int, long_labels: bool) -> str:
    start, room = (WIDE, 100.0) if long_labels else (NARROW, 52.0)
    text, line = top + 16, top + (24 if long_labels else 5)
    return (
        f'<text class="label" x="0" y="{text}">{escape(bar.label)}</text>'
        + _piece("track", start, room, line)
        + _piece("sure", start, room * bar.lowest / 100, line)
        + _piece("perhaps", start + room * bar.lowest / 100, room * (bar.highest - bar.lowest) / 100, line)
        + f'<text class="value" x="100%" y="{text}" text-anchor="end">{escape(bar.value)}</text>'
    )


def _piece(kind: str, start: float, width: float, top: int) -> str:
    if width <= 0:
        return ""
    return f'<rect class="{kind}" x="{start:.2f}%" y="{top}" width="{width:.2f}%" height="14" rx="3"/>'
