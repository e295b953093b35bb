"""The bell curve of test scores: how many children of one age score how high. A drawing; a table says the same."""

from __future__ import annotations

import math

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gameplan.web.pictures.drawing import element, moves, text_lines

MIDDLE, SPREAD = 100, 15
SCORES = (55, 70, 85, 100, 115, 130, 145)
WIDE, HIGH, FOOT = 360, 190, 150
_TOP = 20


def bell_curve() -> SafeString:
    """The curve with its scores and percentiles, and the middle part in which about two of three children score."""
    title = _("Bell curve of test scores")
    words = _(
        "The middle is 100. About 68 of 100 children score from 85 to 115, about 95 of 100 from 70 to 130. "
        "The table below says the same in words."
    )
    return element(
        "svg",
        element("title", title, id="bell-title"),
        element("desc", words, id="bell-words"),
        element("path", d=_area(85, 115), class_="bell__middle"),
        element("path", d=_line(), class_="bell__line"),
        element("line", x1=0, y1=FOOT, x2=WIDE, y2=FOOT, class_="bell__foot"),
        *(
            text_lines([str(score)], (_x(score), FOOT + 18), step=0, class_="bell__score", anchor="middle")
            for score in SCORES
        ),
        text_lines([_("68 of 100 children")], (_x(MIDDLE), FOOT - 40), step=0, class_="bell__words", anchor="middle"),
        text_lines([_("lower scores")], (4, HIGH - 4), step=0, class_="bell__words"),
        text_lines([_("higher scores")], (WIDE - 4, HIGH - 4), step=0, class_="bell__words", anchor="end"),
        class_="bell",
        role="img",
        aria_labelledby="bell-title",
        aria_describedby="bell-words",
        viewBox=f"0 0 {WIDE} {HIGH}",
    )


def _x(score: float) -> float:
    return (score - MIDDLE) / SPREAD * WIDE / 7 + WIDE / 2


def _y(score: float) -> float:
    return FOOT - (FOOT - _TOP) * math.exp(-(((score - MIDDLE) / SPREAD) ** 2) / 2)


def _line() -> str:
    points = [(_x(score), _y(score)) for score in range(48, 153, 2)]
    return moves(("M", *points[0]), *(("L", *point) for point in points[1:]))


def _area(first: int, last: int) -> str:
    points = [(_x(score), _y(score)) for score in range(first, last + 1)]
    return moves(("M", _x(first), FOOT), *(("L", *point) for point in points), ("L", _x(last), FOOT)) + " Z"
