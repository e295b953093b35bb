"""How much of a calendar a case has room for."""

from __future__ import annotations

CALENDAR_DAYS, SCHOOL_DAYS, SCHOOL_YEARS, HOLIDAYS = 16384, 10240, 64, 32768
