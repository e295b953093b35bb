"""Writing SVG by hand: escaped elements, text in lines, points on a curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

Point = tuple[float, float]


def element(name: str, *inside: str, **attributes: object) -> SafeString:
    """One element with its attributes and content, all escaped (a SafeString as content stays as it is).

    `class_` becomes class, `aria_label` aria-label, `stroke_width` stroke-width; None leaves it out.
    """
    written = "".join(
        f' {_attribute(key)}="{_escaped(_number(value))}"' for key, value in attributes.items() if value is not None
    )
    return SafeString(f"<{name}{written}>{joined(inside)}</{name}>")


def group(parts: Iterable[str], **attributes: object) -> SafeString:
    """The parts inside one g element."""
    return element("g", *parts, **attributes)


def joined(parts: Iterable[str]) -> SafeString:
    """The parts one after the other, escaped unless they are safe."""
    return SafeString("".join(map(_escaped, parts)))


def text_lines(lines: Sequence[str], at: Point, *, step: float, class_: str, anchor: str | None = None) -> SafeString:
    """The lines as one text element, the first baseline at the given point, each next line `step` lower."""
    x, y = at
    spans = [element("tspan", line, x=x, y=y + n * step) for n, line in enumerate(lines)]
    return element("text", *spans, class_=class_, text_anchor=anchor)


def moves(*steps: tuple[str, *tuple[float, ...]]) -> str:
    """A path written as steps: `moves(("M", 0, 0), ("C", 1, 1, 2, 2, 3, 3))`."""
    return " ".join(letter + " ".join(_number(number) for number in numbers) for letter, *numbers in steps)


def _escaped(part: str) -> str:
    """The part as it may stand in a page. There are thousands of them, and Django's own way takes longer by far."""
    return part if isinstance(part, SafeString) else escape(part)


def _attribute(key: str) -> str:
    kept = {"viewBox": "viewBox", "class_": "class"}
    return kept.get(key) or key.rstrip("_").replace("_", "-")


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return str(value)
