"""A school's own calendar, read from its calendar file or a pasted list, laid out for a person to confirm."""

from __future__ import annotations

from gameplan.exchange.calendar_checks import year_doubts
from gameplan.exchange.calendar_ics import read_ics
from gameplan.exchange.calendar_proposal import CalendarLine, Proposal, tidy
from gameplan.exchange.calendar_text import read_text
from gameplan.exchange.calendar_words import ReadAs

__all__ = ["CalendarLine", "Proposal", "ReadAs", "read_ics", "read_text", "tidy", "year_doubts"]
