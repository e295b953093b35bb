"""How long a later plan waits after the written notice, where a State counts back from the change (TX, LA)."""

from __future__ import annotations

from datetime import date

from gameplan.core.calendars import SchoolCalendar, SchoolYear
from gameplan.law import law_for
from gameplan.plans.effect import TOLD, Wait, effect_rule

CALENDAR = SchoolCalendar((SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)),))


def wait_of(state: str, calendar: SchoolCalendar) -> Wait:
    rule = effect_rule(law_for(state, on=date(2025, 10, 15)), calendar)
    return next(one for one in rule.waits if one.starts == TOLD and one.clock.pack == state)


def test_in_texas_a_change_waits_five_school_days_after_the_notice() -> None:
    wait = wait_of("TX", CALENDAR)
    assert wait.over(date(2025, 10, 15)).earliest == date(2025, 10, 22)
    assert wait.ended_by_yes


def test_without_a_calendar_nobody_can_tell_the_day() -> None:
    over = wait_of("TX", SchoolCalendar(())).over(date(2025, 10, 15))
    assert over.earliest < over.latest
    assert over.missing


def test_in_louisiana_it_is_ten_days() -> None:
    assert wait_of("LA", CALENDAR).over(date(2025, 10, 15)).earliest == date(2025, 10, 25)
