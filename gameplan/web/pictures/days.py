"""Days in few words, for places where the full date is too long."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from gameplan.core.words import Tongue


def short_day(day: date, tongue: Tongue) -> str:
    """The day with the month cut short, for example "Sep 3, 2025"."""
    written = tongue.text(_("{month} {day}, {year}"))
    return written.format(month=short_month(day, tongue), day=day.day, year=day.year)


def short_month(day: date, tongue: Tongue) -> str:
    """The month in three or four letters, for example "Sep"."""
    with override(tongue.lang):
        return str(MONTHS_3[day.month]).strip(".").capitalize() if tongue.lang == "en" else str(MONTHS_3[day.month])


def month_and_year(day: date, tongue: Tongue) -> str:
    """The month and year as a heading, for example "September 2025"."""
    with override(tongue.lang):
        month = str(MONTHS[day.month])
    return tongue.text(_("{month} {year}")).format(month=month[:1].upper() + month[1:], year=day.year)
