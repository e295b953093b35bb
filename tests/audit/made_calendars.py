"""School calendars and rules about days left out, made up at random but the same in every run."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.core.entries import LeftOut, NearYearEnd, SummerDue

WEEKS = (frozenset(range(5)),) * 4 + (frozenset(range(4)), frozenset({1, 2, 3, 4}), frozenset({0, 2, 4}))
# The rules about days left out that the law files hold, as they stand there and in other company.
RULES = (
    (LeftOut("break", over=5), LeftOut("summer")),
    (
        LeftOut("holiday"), LeftOut("break", at_least=3, weekends=False), LeftOut("summer"), LeftOut("absence", over=8),
    ),
    (LeftOut("break", at_least=5), LeftOut("summer")),
    (LeftOut("summer"),),
    (LeftOut("holiday"),),
    (LeftOut("absence", over=8), LeftOut("summer")),
    (LeftOut("absence"),),
    (LeftOut("break", at_least=1, weekends=False), LeftOut("holiday")),
    (LeftOut("break", over=2, weekends=False),),
)  # fmt: skip
NEAR = (
    NearYearEnd(11, "calendar-day", "next-year-start", length=10),
    NearYearEnd(31, "calendar-day", "next-year-start", length=30),
    NearYearEnd(
        200, "school-day", "next-year-start", at_least=200, length=15, count="school-day", includes_summer=True
    ),
    NearYearEnd(60, "school-day", "next-year-start", length=1, direction="before"),
    NearYearEnd(10, "school-day", "next-year-start"),
    NearYearEnd(46, "school-day", "year-end", at_least=30, length=14),
    NearYearEnd(45, "school-day", "fixed", at_least=35, fixed="06-30", unless_absent=3),
    NearYearEnd(60, "business-day", "year-end", length=4, count="business-day", direction="before"),
    NearYearEnd(90, "instructional-day", "next-year-start", length=3, count="business-day", includes_summer=True),
)
SUMMER = (SummerDue(), SummerDue(length=10), SummerDue(length=5, count="calendar-day"), SummerDue(3, "business-day"))


def some_day(rng: Random) -> date:
    """A day of the years in which the made-up calendars lie, or near them."""
    return date(2018, 1, 1) + timedelta(days=rng.randrange(3600))


def school_year(rng: Random, start: int) -> SchoolYear:
    """One school year that begins in the late summer of `start`, now and then at an odd time."""
    first = date(start, 8, 1) + timedelta(days=rng.randrange(45))
    last = date(start + 1, 5, 5) + timedelta(days=rng.randrange(60))
    if rng.random() < 0.1:
        first, last = first + timedelta(days=rng.randrange(-90, 90)), last + timedelta(days=rng.randrange(-200, 30))
    last = min(max(last, first + timedelta(days=20)), first + timedelta(days=400))
    closed = []
    for _ in range(rng.randrange(14)):
        begin = first + timedelta(days=rng.randrange(-10, (last - first).days + 15))
        closed.append(Closure(begin, begin + timedelta(days=rng.choice((0, 0, 0, 1, 2, 4, 6, 8, 11, 15)))))
    opened = [first + timedelta(days=rng.randrange(-5, (last - first).days + 5)) for _ in range(rng.randrange(4))]
    name = rng.choice((f"{start}-{(start + 1) % 100:02d}",) * 3 + (f"{start}/{start + 1}", "", "2025-27"))
    return SchoolYear(name, first, last, tuple(closed), tuple(opened), rng.choice(WEEKS))


def school_years(rng: Random) -> tuple[SchoolYear, ...]:
    """Up to four school years in any order: some follow on, some leave a gap, some overlap."""
    starts = rng.sample(range(2019, 2026), rng.randrange(5))
    if rng.random() < 0.6:
        first = rng.randrange(2019, 2024)
        starts = list(range(first, first + len(starts)))
    if starts and rng.random() < 0.15:
        starts.append(starts[0])
    return tuple(school_year(rng, start) for start in starts)


def calendars(rng: Random, number: int) -> list[SchoolCalendar]:
    """So many calendars; the first knows nothing."""
    return [
        SchoolCalendar(),
        *(SchoolCalendar(school_years(rng) or (school_year(rng, 2021),)) for _ in range(number - 1)),
    ]


def pauses(rng: Random, start: date) -> tuple[tuple[date, date], ...]:
    """Mostly none; else one or two stretches around the start."""
    found = []
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        first = start + timedelta(days=rng.randrange(-40, 60))
        found.append((first, first + timedelta(days=rng.randrange(-1, 30))))
    return tuple(found)


def absent_days(rng: Random, start: date) -> frozenset[date]:
    """Up to 20 days around the start."""
    return frozenset(start + timedelta(days=rng.randrange(-40, 90)) for _ in range(rng.randrange(21)))
