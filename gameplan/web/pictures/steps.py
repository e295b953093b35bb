"""The small drawing of how far a path of questions has come."""

from __future__ import annotations

from django.utils.safestring import SafeString

from gameplan.web.pictures.drawing import element, group

WIDTH, HEIGHT, RADIUS = 320.0, 24.0, 6.0
MOST = 16


def steps(step: int, total: int) -> SafeString:
    """A short road of `total` stops with stop number `step` lit. The words beside it say the same."""
    shown = max(2, min(total, MOST))
    at = max(1, round(step * shown / max(total, 1)))
    room = (WIDTH - 2 * RADIUS - 4) / (shown - 1)
    stops = [_stop(number, at, 2 + RADIUS + (number - 1) * room, room) for number in range(1, shown + 1)]
    return element(
        "svg",
        *stops,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        aria_hidden="true",
        focusable="false",
        preserveAspectRatio="xMinYMid meet",
    )


def _stop(number: int, at: int, x: float, room: float) -> SafeString:
    state = "is-behind" if number < at else "is-here" if number == at else "is-ahead"
    middle = HEIGHT / 2
    radius = RADIUS if number == at else RADIUS - 2
    parts = [element("circle", cx=x, cy=middle, r=radius)]
    if x + room < WIDTH:
        parts.insert(0, element("line", x1=x + RADIUS + 2, y1=middle, x2=x + room - RADIUS - 2, y2=middle))
    return group(parts, class_=state)
