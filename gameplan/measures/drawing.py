"""Pieces of SVG as text. All words are escaped here, and nowhere else is text put into a picture.

A page may forbid styles inside it, so colours are attributes: the colour of the house by its name, and behind it the
one for a picture that stands alone. Every shape that carries meaning differs in form too, never in colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

INK, SOFT, SHEET = "var(--ink, #16302b)", "var(--ink-soft, #47594f)", "var(--sheet, #fffefa)"
RULE, EDGE = "var(--rule, #c9d2c9)", "var(--edge, #78857d)"
BLUE, BLUE_SOFT = "var(--blue, #1f5585)", "var(--blue-soft, #dfebf5)"
RED, GREEN, PLUM = "var(--red, #a52f22)", "var(--green, #1f6b45)", "var(--plum, #6b3f74)"
VOICE: Final = "var(--voice, Segoe UI, Helvetica Neue, Arial, sans-serif)"
LETTER: Final = 0.54
"""How wide a letter is on average, in parts of its height."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """Any text as it may stand in XML: escaped, and without the characters that XML does not know."""
    return escape(_NOT_XML.sub("\ufffd", text))


def id_of(text: str) -> str:
    """A name for an element, made from any text; two texts never have the same."""
    return "m-" + "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}_" for sign in text)


def short(text: str, most: int) -> str:
    """The text in one line of not more than so many letters, with three dots where some were left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in the units of its size."""
    return len(text) * size * LETTER


def picture(name: str, title: str, desc: str, parts: Iterable[str], attributes: str) -> str:
    """One whole SVG element. `name` makes its ids; `title` and `desc` say in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" {attributes}>'
        f'<title id="{name}-title">{safe(title)}</title><desc id="{name}-desc">{safe(desc)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, wide: float = 1, dashes: str = "") -> str:
    """A straight line; `dashes` as in SVG, for example "6 4"."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{wide:g}"'
        f' stroke-linecap="round"{dashed}/>'
    )


def polyline(places: Iterable[tuple[float, float]], colour: str, wide: float) -> str:
    """A line through these places, thin and open."""
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="{wide:g}" stroke-opacity="0.6"/>'


def polygon(places: Iterable[tuple[float, float]], colour: str, opacity: float = 1) -> str:
    """A filled area with these corners."""
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polygon points="{corners}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def words(
    x: float | str, y: float, text: str, size: float, colour: str = INK, anchor: str = "start", more: str = ""
) -> str:
    """Text with a rim of the paper's colour, to stay readable where it crosses a line. `x` may be a percent."""
    place = x if isinstance(x, str) else f"{x:.1f}"
    return (
        f'<text x="{place}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" stroke="{SHEET}" stroke-width="4"'
        f' stroke-linejoin="round" paint-order="stroke" font-size="{size:g}"{more}>{safe(text)}</text>'
    )


def mark(shape: str, x: float, y: float, r: float, *, hollow: bool = False, colour: str = BLUE) -> str:
    """The mark of a point: "circle", "down" or "up" (triangles), "diamond" or "square"; hollow or filled."""
    paint = f'fill="{SHEET if hollow else colour}" stroke="{colour if hollow else SHEET}"'
    wide = max(1.0, r * 0.42) if hollow else max(0.75, r * 0.25)
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {paint} stroke-width="{wide:.2g}"/>'
    return f'<path d="{_outline(shape, x, y, r * 1.2)}" {paint} stroke-width="{wide:.2g}"/>'


def _outline(shape: str, x: float, y: float, r: float) -> str:
    corners = {
        "down": ((-r, -0.8 * r), (r, -0.8 * r), (0, r)),
        "up": ((-r, 0.8 * r), (r, 0.8 * r), (0, -r)),
        "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
        "square": ((-r * 0.8, -r * 0.8), (r * 0.8, -r * 0.8), (r * 0.8, r * 0.8), (-r * 0.8, r * 0.8)),
    }[shape]
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + "Z"
