"""Minutes counted by hand: what a teacher and a parent would write on paper, and what the ledger says."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.core.words import ENGLISH
from gameplan.measures.ledger import Cell, Ledger, ledger
from gameplan.measures.log import FAMILY, LogEntry, LogError, log_faults
from gameplan.measures.promised import Spell, spells
from gameplan.measures.said import REASON_WORDS, cell_said, differs_said, said
from gameplan.measures.short import short
from gameplan.plans.life import Ended, Hold
from gameplan.plans.life_events import Answer, Event, Proposed
from tests.measures.made_logs import CALENDAR, READING, SPEECH, YEAR, gave, missed, row, spell
from tests.plans.lives import FALL, FIRST, SECOND, first, plan, rule, second, yes

MONDAY = date(2025, 9, 8)
SINCE = date(2025, 9, 2)
SPEECH_TWICE = spell(SINCE, row(60))


def day(week: int, weekday: int) -> date:
    """A day of a school week: `week` 0 is that of September 8, `weekday` 0 is Monday."""
    return MONDAY + timedelta(7 * week + weekday)


def made(*entries: LogEntry, on: date, plans: tuple[Spell, ...] = (SPEECH_TWICE,), **more: Any) -> Ledger:
    return ledger(plans, more.pop("calendar", CALENDAR), entries, on, **more)


def week(found: Ledger, monday: date, service: str = SPEECH) -> Cell:
    return next(one for one in found.weeks(service) if one.week == monday)


def numbers(found: Ledger, monday: date, service: str = SPEECH) -> tuple[int, int, int, int]:
    sums = week(found, monday, service).sums
    return tuple(int(one) for one in (sums.promised, sums.delivered, sums.missed, sums.upcoming))  # type: ignore[return-value]


def words(texts: Any) -> str:
    return " ".join(ENGLISH.say(one) for one in texts)


# --- a week, day by day ----------------------------------------------------------------------------------------------


def test_a_week_from_monday_to_the_weekend() -> None:
    log = gave("e1", day(0, 1), 30), missed("e2", day(0, 3), 30, "provider-absent")
    assert numbers(made(*log, on=day(0, 0)), MONDAY) == (60, 0, 0, 60)
    assert numbers(made(*log, on=day(0, 1)), MONDAY) == (60, 30, 0, 30)
    assert numbers(made(*log, on=day(0, 3)), MONDAY) == (60, 30, 30, 0)
    assert numbers(made(*log, on=day(1, 0)), MONDAY) == (60, 30, 30, 0)
    assert week(made(*log, on=day(1, 0)), MONDAY).sums.missed_by == {"provider-absent": 30}


def test_what_nobody_wrote_down_is_missed_once_the_last_school_day_of_the_week_is_over() -> None:
    assert numbers(made(gave("e1", day(0, 1), 30), on=day(0, 4)), MONDAY) == (60, 30, 0, 30)
    over = made(gave("e1", day(0, 1), 30), on=day(0, 5))
    assert numbers(over, MONDAY) == (60, 30, 30, 0)
    assert week(over, MONDAY).sums.missed_by == {"not-recorded": 30}
    assert "30 of which nobody wrote down whether they were given" in words(cell_said(week(over, MONDAY)))


def test_a_session_written_down_late_takes_the_place_of_what_nobody_wrote() -> None:
    found = made(gave("e1", day(0, 1), 30), gave("e2", day(0, 3), 30), on=day(2, 0))
    assert numbers(found, MONDAY) == (60, 60, 0, 0)


def test_more_than_promised_hides_no_other_week() -> None:
    found = made(gave("e1", day(0, 1), 90), on=day(2, 0))
    assert numbers(found, MONDAY) == (60, 60, 0, 0)
    assert week(found, MONDAY).sums.extra == 30
    assert numbers(found, day(1, 0)) == (60, 0, 60, 0)


# --- the school calendar ---------------------------------------------------------------------------------------------


def test_a_week_with_a_holiday_promises_all_and_a_week_off_nothing() -> None:
    found = made(on=SINCE)
    assert numbers(found, date(2025, 10, 13))[0] == 60
    assert numbers(found, date(2025, 11, 24))[0] == 60
    assert date(2025, 12, 22) not in [one.week for one in found.cells]
    assert date(2025, 12, 29) not in [one.week for one in found.cells]


def test_each_school_day_counts_school_days_only() -> None:
    found = made(on=SINCE, plans=(spell(SINCE, row(20, "day")),))
    assert numbers(found, MONDAY)[0] == 100
    assert numbers(found, date(2025, 11, 24))[0] == 40


def test_the_first_week_of_school_counts_by_its_days() -> None:
    # Tuesday to Friday: four of five days.
    assert numbers(made(on=SINCE), date(2025, 9, 1))[0] == 48


def test_an_hour_a_month_may_be_given_at_once() -> None:
    hour = (spell(SINCE, row(60, "month")),)
    found = made(gave("e1", date(2025, 10, 21), 60), on=date(2025, 11, 3), plans=hour)
    october = next(one.sums for one in found.periods if one.term.first == date(2025, 10, 1))
    assert [int(one) for one in (october.promised, october.delivered, october.missed)] == [60, 60, 0]
    assert found.total().extra == 0
    before = made(on=date(2025, 10, 20), plans=hour)
    assert numbers(before, date(2025, 10, 6))[2:] == (0, numbers(before, date(2025, 10, 6))[0])


def test_a_month_comes_to_whole_minutes_that_make_up_the_whole() -> None:
    found = made(on=SINCE, plans=(spell(SINCE, row(60, "month")),))
    october = date(2025, 10, 1), date(2025, 10, 31)
    promised = [numbers(found, one)[0] for one in (date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 20))]
    # 22 school days bear 60 minutes; the week of the 13th has four of them.
    assert promised == [14, 11, 13]
    assert next(one.sums.promised for one in found.periods if (one.term.first, one.term.last) == october) == 60


def test_a_year_and_its_quarters_come_to_what_the_plan_says() -> None:
    found = made(on=SINCE, plans=(spell(SINCE, row(300, "quarter"), row(1000, "year", READING)),))
    assert found.total(SPEECH).promised == 4 * 300
    assert [one.sums.promised for one in found.periods if one.service == SPEECH] == [300] * 4
    year = found.this_school_year(READING)
    assert year is not None
    assert year.promised == 1000


def test_weeks_without_a_calendar_cannot_be_told() -> None:
    found = made(gave("e1", day(0, 1), 30), on=day(1, 0), calendar=SchoolCalendar(()), until=day(1, 6))
    assert week(found, MONDAY).sums.promised == 0
    assert week(found, MONDAY).sums.apart == 30
    assert "The school calendar for 2025-26" in words(cell_said(week(found, MONDAY)))
    assert "The school calendar for 2025-26" in words(said(found))
    assert short(found) == ()


def test_the_summer_after_the_last_known_year_cannot_be_told_but_its_last_week_can() -> None:
    found = made(on=date(2026, 7, 20))
    assert week(found, date(2026, 6, 8)).cannot_tell is None
    assert week(found, date(2026, 7, 6)).cannot_tell is not None


def test_the_summer_between_two_known_years_promises_nothing() -> None:
    after = SchoolYear("2026-27", date(2026, 9, 1), date(2027, 6, 11))
    found = made(on=date(2026, 7, 20), calendar=SchoolCalendar((YEAR, after)), until=date(2026, 9, 30))
    assert not [one for one in found.cells if date(2026, 6, 15) <= one.week <= date(2026, 8, 24)]


# --- amendments and changes of schools -------------------------------------------------------------------------------


def test_a_change_on_wednesday_splits_the_week_by_its_days() -> None:
    change = day(1, 2)
    found = made(on=SINCE, plans=(spell(SINCE, row(60), until=change - timedelta(1)), spell(change, row(90))))
    # Two days of 60 a week, three days of 90 a week.
    assert numbers(found, day(1, 0))[0] == 24 + 54
    assert numbers(found, day(2, 0))[0] == 90


def test_what_is_given_after_the_last_day_of_a_promise_does_not_keep_it() -> None:
    ended = (spell(SINCE, row(60), until=day(0, 2)),)
    found = made(gave("e1", day(0, 3), 60), on=day(0, 4), plans=ended)
    assert numbers(found, MONDAY) == (36, 0, 36, 0)
    assert week(found, MONDAY).sums.extra == 60


def test_between_two_schools_nothing_is_promised_and_the_ledger_says_so() -> None:
    gap = (spell(SINCE, row(60), until=day(0, 6)), spell(day(3, 0), row(60)))
    found = made(on=day(4, 0), plans=gap)
    assert [one.week for one in found.cells][:4] == [date(2025, 9, 1), MONDAY, day(3, 0), day(4, 0)]
    assert found.gaps == ((day(1, 0), day(2, 6)),)
    assert "From September 15, 2025 to September 28, 2025 no plan was in force here." in words(said(found))


def test_another_school_has_a_calendar_of_its_own() -> None:
    off = SchoolCalendar((SchoolYear("2025-26", SINCE, date(2026, 6, 12), (Closure(day(1, 0), day(1, 4)),)),))
    plans = (spell(SINCE, row(60), until=day(0, 6)), Spell(day(1, 0), None, (row(60),), "2", off))
    assert day(1, 0) not in [one.week for one in made(on=SINCE, plans=plans).cells]


def test_two_plans_on_one_day_and_a_bad_log_are_refused_all_at_once() -> None:
    log = [
        gave("e1", day(0, 1), 0), gave("e1", day(0, 1), 30), missed("e2", day(0, 1), 30, "rain"),
        gave("e3", day(0, 1), 30, corrects="e3"), gave("e4", day(0, 1), 30, makes_up="e1"),
        gave("e5", day(0, 1), 30, corrects="e1", side=FAMILY),
    ]  # fmt: skip
    with pytest.raises(LogError) as refused:
        made(*log, on=day(1, 0), plans=(SPEECH_TWICE, spell(day(0, 0), row(30))))
    assert len(refused.value.faults) == 7
    assert "corrects what the other side wrote" in str(refused.value)


def test_an_entry_may_name_one_that_a_side_keeps_to_itself_but_a_whole_log_may_not() -> None:
    log = gave("f2", day(0, 1), 20, corrects="f1", side=FAMILY), gave("f3", day(0, 2), 30, makes_up="f0", side=FAMILY)
    found = made(*log, on=day(1, 0), counts=FAMILY)
    assert numbers(found, MONDAY) == (60, 20, 40, 0)
    assert week(found, MONDAY).sums.extra == 30
    assert [one.where for one in log_faults(log)] == ["entry f2 of 2025-09-09", "entry f3 of 2025-09-10"]


def test_the_services_in_force_come_from_the_life_of_the_plan() -> None:
    begun: list[Event] = [first(), yes(1, FALL)]
    found = spells([*begun, second(), yes(2, date(2026, 9, 10))], date(2026, 12, 1), rule("MA"))
    assert [(one.since, one.until) for one in found] == [
        (date(2025, 9, 22), date(2026, 9, 13)), (date(2026, 9, 14), None),
    ]  # fmt: skip
    assert {one.service: one.minutes for one in found[0].rows} == {READING: 150, SPEECH: 60}
    assert {one.service: one.minutes for one in found[1].rows} == {READING: 90}


def test_what_the_parent_refused_stays_as_it_was_promised() -> None:
    answer = Answer(2, date(2026, 9, 10), "Rosa", items={"special-education/s1": "refused"}, all="agreed")
    found = spells([first(), yes(1, FALL), second(), answer], date(2026, 12, 1), rule("MA"))
    assert {one.service: one.minutes for one in found[-1].rows} == {READING: 150}


def test_while_a_dispute_runs_the_old_minutes_are_promised() -> None:
    events: list[Event] = [first(), yes(1, FALL), second(), Hold(date(2026, 9, 8))]
    found = spells(events, date(2026, 12, 1), rule("TX"))
    assert {one.service: one.minutes for one in found[-1].rows} == {READING: 150, SPEECH: 60}
    assert found[-1].until is None


def test_a_child_who_moves_has_a_gap_between_two_plans() -> None:
    moved = Ended(date(2026, 3, 2), "transferred-out")
    again = Proposed(2, plan(SECOND), date(2026, 3, 20), date(2026, 3, 23), "first", date(2026, 3, 20))
    found = spells([first(), yes(1, FALL), moved, again, yes(2, date(2026, 3, 20))], date(2026, 5, 1), rule("MA"))
    assert [(one.since, one.until) for one in found] == [
        (date(2025, 9, 22), date(2026, 3, 1)), (date(2026, 3, 23), None),
    ]  # fmt: skip


def test_a_service_ends_on_its_day_but_not_with_the_year_of_a_plan_that_goes_on() -> None:
    own_end = [
        {**FIRST["related-services"][0], "end": "2025-12-19"},
        {"id": "r2", "service": "nurse", "amount": "daily"},
    ]
    with_plan = [{**FIRST["special-education"][0], "end": "2026-09-14"}]
    found = spells([first(FIRST | {"related-services": own_end, "special-education": with_plan}), yes(1, FALL)],
                   date(2026, 12, 1), rule("MA"))  # fmt: skip
    rows = {one.service: one for one in found[0].rows}
    assert rows[SPEECH].end == date(2025, 12, 19)
    assert rows[READING].end is None
    told = made(on=date(2026, 2, 2), plans=found)
    assert "The plan says this in words" in words(said(told))
    assert told.total(SPEECH, date(2025, 12, 22)).promised == 0


def test_summer_services_count_from_monday_to_friday_between_their_days() -> None:
    summer = {"id": "x1", "service": "Reading", "minutes": 30, "times": 2, "per": "week", "start": "2026-07-06",
              "end": "2026-07-31"}  # fmt: skip
    open_ended = {"id": "x2", "service": "Math", "minutes": 30, "times": 2, "per": "week"}
    events: list[Event] = [first(FIRST | {"esy": "yes", "esy-services": [summer, open_ended]}), yes(1, FALL)]
    found = made(on=date(2026, 7, 1), plans=spells(events, date(2026, 7, 1), rule("MA")), until=date(2026, 8, 31))
    assert found.total("esy-services/x1").promised == 4 * 60
    assert found.total("esy-services/x2").promised == 0
    assert "does not say from when to when" in words(said(found))


# --- making up -------------------------------------------------------------------------------------------------------


def test_a_session_that_makes_up_lessens_what_is_owed_and_keeps_no_promise_of_its_own_week() -> None:
    log = missed("e1", day(0, 1), 30, "provider-absent"), gave("e2", day(1, 4), 30, makes_up="e1")
    found = made(*log, on=day(2, 0))
    assert week(found, MONDAY).sums.owed_by == {"provider-absent": 0, "not-recorded": 30}
    assert week(found, MONDAY).sums.made_up == 30
    assert numbers(found, day(1, 0)) == (60, 0, 60, 0)
    assert week(found, day(1, 0)).sums.given_to_make_up == 30
    assert [(one.entry.id, int(one.missed), int(one.made_up), int(one.left)) for one in found.owed] == [
        ("e1", 30, 30, 0)
    ]


def test_a_missed_session_may_be_made_up_for_in_parts() -> None:
    log = [missed("e1", day(0, 1), 60, "other")]
    log += [gave(f"e{at}", day(1, at - 2), 25, makes_up="e1") for at in (2, 3, 4)]
    found = made(*log, on=day(2, 0))
    assert week(found, MONDAY).sums.owed == 0
    assert week(found, day(1, 0)).sums.given_to_make_up == 60
    assert week(found, day(1, 0)).sums.extra == 15


def test_making_up_for_more_than_was_missed_is_extra() -> None:
    found = made(
        missed("e1", day(0, 1), 30, "other"), gave("e2", day(1, 4), 45, makes_up="e1"), on=day(2, 0)
    )  # fmt: skip
    assert week(found, day(1, 0)).sums.extra == 15
    assert found.owed[0].left == 0


def test_a_session_that_was_not_missed_after_all_is_not_made_up_for() -> None:
    found = made(
        missed("e1", day(0, 1), 30, "other"), gave("e2", day(1, 4), 30, makes_up="e1"),
        gave("e3", day(0, 1), 30, corrects="e1"), on=day(2, 0),
    )  # fmt: skip
    assert numbers(found, MONDAY)[1] == 30
    assert week(found, day(1, 0)).sums.extra == 30
    assert found.owed == ()


def test_a_withdrawn_entry_counts_for_nothing() -> None:
    found = made(gave("e1", day(0, 1), 30), gave("e2", day(0, 1), 30, corrects="e1", withdrawn=True), on=day(1, 0))
    assert numbers(found, MONDAY) == (60, 0, 60, 0)


# --- two accounts, and falling short ---------------------------------------------------------------------------------


def test_what_the_family_saw_stands_beside_the_schools_number() -> None:
    log = gave("e1", day(0, 1), 30), missed("f1", day(0, 1), 30, "provider-absent", side=FAMILY)
    found = made(*log, gave("f2", day(0, 2), 15, side=FAMILY), on=day(1, 0))
    assert numbers(found, MONDAY) == (60, 30, 30, 0)
    assert [(one.entry.id, one.other.id if one.other else None) for one in found.differs] == [
        ("f1", "e1"),
        ("f2", None),
    ]
    assert ENGLISH.say(differs_said(found.differs[0])) == (
        "September 9, 2025: the family wrote “30 minutes missed: the provider was absent”, "
        "the school “30 minutes given”. The numbers follow the school."
    )


def test_in_a_case_of_the_family_alone_its_entries_count() -> None:
    found = made(gave("f1", day(0, 1), 30, side=FAMILY), on=day(1, 0), counts=FAMILY)
    assert numbers(found, MONDAY) == (60, 30, 30, 0)
    assert found.differs == ()


def short_of(*given: int, reason: str = "provider-absent") -> tuple[str, ...]:
    """The rules that say that speech falls short after weeks with so many of 60 minutes given, the rest missed."""
    log = [gave(f"g{at}", day(at, 1), one) for at, one in enumerate(given) if one]
    log += [missed(f"m{at}", day(at, 3), 60 - one, reason) for at, one in enumerate(given) if one < 60]
    found = short(made(*log, on=day(len(given), 0), plans=(spell(MONDAY, row(60)),)))
    return tuple(one.rule for one in found)


def test_one_short_week_is_none_and_two_in_a_row_are() -> None:
    assert short_of(60, 30) == ()
    assert short_of(30, 30) == ("weeks-below",)
    assert short_of(30, 30, 60) == ()


def test_less_than_80_percent_over_four_weeks_falls_short() -> None:
    # 192 of 240 minutes are 80 percent.
    assert short_of(6, 66 - 6, 60, 60) == ("under-80-percent",)
    assert short_of(12, 60, 60, 60) == ()


def test_absences_of_the_child_are_no_shortfall_of_the_school() -> None:
    assert short_of(0, 0, 0, 0, reason="child-absent") == ()


def test_nothing_written_is_a_finding_of_its_own() -> None:
    found = short(made(on=day(2, 0), plans=(spell(MONDAY, row(60)),)))
    assert [one.rule for one in found] == ["nothing-written"]
    assert [one.kind for one in found[0].asks] == ["records"]
    assert "nobody wrote down what happened" in words(found[0].because)


def test_a_shortfall_says_why_and_what_can_be_asked_for() -> None:
    log = [missed(f"m{at}", day(at, 3), 60, "provider-absent") for at in range(3)]
    (found,) = short(made(*log, on=day(3, 0), plans=(spell(MONDAY, row(60)),)))
    told = words(found.because)
    assert "Speech: in 3 school weeks in a row, from the week of September 8, 2025 on, less was given" in told
    assert "Of 180 minutes, 0 were given or made up; 180 are open." in told
    assert "a rule of practice here, not the law" in told
    assert [one.kind for one in found.asks] == ["letter", "meeting"]


def test_what_was_made_up_is_no_shortfall() -> None:
    log = [missed(f"m{at}", day(at, 3), 60, "provider-absent") for at in range(2)]
    log += [gave(f"g{at}", day(2, at), 60, makes_up=f"m{at}") for at in range(2)]
    assert short(made(*log, gave("g9", day(2, 4), 60), on=day(3, 0), plans=(spell(MONDAY, row(60)),))) == ()


def test_the_whole_ledger_is_said_in_sentences() -> None:
    log = gave("e1", day(0, 1), 30), missed("e2", day(0, 3), 30, "child-absent")
    told = words(said(made(*log, on=day(1, 0), plans=(spell(MONDAY, row(60), until=day(0, 6)),))))
    assert "Service: Speech. Promised 60 minutes: 30 given, 30 missed, 0 still to come." in told
    assert "30 minutes missed: the child was absent." in told
    assert "Federal law does not say which missed minutes must be made up." in told
    assert set(REASON_WORDS) > {"child-absent"}


def test_half_minutes_stay_halves() -> None:
    found = made(on=SINCE, plans=(spell(SINCE, row(Fraction(15, 2))),))
    assert week(found, MONDAY).sums.promised == Fraction(15, 2)


def test_a_school_year_that_ends_on_a_wednesday_leaves_nothing_open_in_that_week() -> None:
    ends = SchoolCalendar((SchoolYear("2025-26", SINCE, date(2026, 6, 10)),))
    found = made(on=date(2026, 7, 20), calendar=ends)
    last = week(found, date(2026, 6, 8))
    assert last.cannot_tell is None
    assert last.sums.promised == 36


def test_a_session_of_a_month_fills_its_own_week_first_and_then_the_oldest() -> None:
    found = made(gave("e1", date(2025, 10, 21), 30), on=date(2025, 10, 22), plans=(spell(SINCE, row(60, "month")),))
    # October's 60 minutes: 8 before the 6th, then 14, 11, 13 and 14.
    given = [int(one.sums.delivered) for one in found.cells if date(2025, 9, 29) <= one.week <= date(2025, 10, 27)]
    assert given == [8, 9, 0, 13, 0]


def test_a_month_that_is_not_over_is_no_shortfall_yet() -> None:
    hour = (spell(SINCE, row(60, "month")),)
    log = [missed(f"m{at}", day(at, 1), 5, "provider-absent") for at in range(2)]
    assert short(made(*log, on=day(2, 0), plans=hour)) == ()
    assert [one.rule for one in short(made(*log, on=date(2025, 10, 6), plans=hour))] == ["weeks-below"]
