"""The day of a duty as a leaf torn off the calendar. The words beside it say the day too."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gameplan.core.words import Tongue
from gameplan.web.pictures.days import short_month
from gameplan.web.words import Wording

OPEN = '<div class="leaf tone-{} leaf--open" aria-hidden="true"><span class="leaf__day">{}</span></div>'
LEAF = """\
<div class="leaf tone-{}" aria-hidden="true"><span class="leaf__month">{}</span>\
<span class="leaf__day{}">{}</span><span class="leaf__year">{}</span></div>"""


def open_leaf(sign: str, wording: Wording) -> SafeString:
    """A leaf without a day: a sign stands on it."""
    return format_html(OPEN, wording.tone, sign)


def leaf(first: date, last: date, wording: Wording, tongue: Tongue) -> SafeString:
    """The leaf of a day, or from one day to another with both ends and the year of the last."""
    months = [short_month(day, tongue) for day in (first, last)]
    month = months[0] if months[0] == months[1] else f"{months[0]}–{months[1]}"
    days, span = (str(first.day), "") if first == last else (f"{first.day}–{last.day}", " leaf__day--span")
    return format_html(LEAF, wording.tone, month, span, days, last.year)
