"""On which days a repeating event takes place, for the repeat rules that school calendars use."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

MOST_REPEATS = 2000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"))
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A repeat rule. `weekdays` are pairs: which one of the month (0 for every) and the day of the week."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


def repeats(raw: Mapping[str, object], first: date, since: date, last: date) -> list[date] | None:
    """The days from `since` to `last` on which the rule falls, or None for a rule that is not known here.

    `first` is the day of the event itself, from which the rule counts.
    """
    try:
        rule = _rule(raw)
    except ValueError:
        return None
    if rule is None:
        return None
    end = min(last, rule.until) if rule.until else last
    begin = first if rule.count is not None else _brought_near(rule, first, since)
    days = takewhile(lambda day: day <= end, (day for day in _days(rule, begin, end) if day >= begin))
    return [day for day in islice(days, rule.count) if day >= since]


def _brought_near(rule: Rule, first: date, since: date) -> date:
    """The start of an old rule moved on by whole rounds, so that no time goes into years that nobody asked for."""
    round_of = {"DAILY": rule.interval, "WEEKLY": 7 * rule.interval}.get(rule.frequency)
    if round_of is None or first >= since:
        return first
    return first + timedelta(days=(since - first).days // round_of * round_of)


def _rule(raw: Mapping[str, object]) -> Rule | None:
    if set(raw) - _KNOWN:
        return None
    frequency = str(_one(raw.get("FREQ"), "")).upper()
    interval, count = int(str(_one(raw.get("INTERVAL"), 1))), _one(raw.get("COUNT"), None)
    weekdays = [_BYDAY.fullmatch(str(each).upper()) for each in _all(raw.get("BYDAY"))]
    pairs = tuple((int(each[1] or 0), WEEKDAYS.index(each[2])) for each in weekdays if each)
    months = _all(raw.get("BYMONTH"))
    is_known = frequency in _PERIODS and interval > 0 and len(pairs) == len(weekdays)
    numbered = any(number for number, _weekday in pairs)
    if not is_known or int(str(count or 0)) > MOST_REPEATS or (frequency in ("DAILY", "WEEKLY") and numbered):
        return None
    if frequency == "YEARLY" and not months and ("BYDAY" in raw or "BYMONTHDAY" in raw):
        return None
    until = _one(raw.get("UNTIL"), None)
    return Rule(
        frequency, interval, max(0, int(str(count))) if count is not None else None,
        (until.date() if isinstance(until, datetime) else until) if isinstance(until, date) else None,
        WEEKDAYS.index(str(_one(raw.get("WKST"), "MO")).upper()), pairs,
        tuple(int(str(each)) for each in _all(raw.get("BYMONTHDAY"))),
        tuple(int(str(each)) for each in months),
    )  # fmt: skip


def _all(value: object) -> Sequence[object]:
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _one(value: object, default: object) -> object:
    return next(iter(_all(value)), default)


def _days(rule: Rule, first: date, end: date) -> Iterator[date]:
    """The days of the rule in order, from the start of the first period on, and no further than `end`."""
    for period in _PERIODS[rule.frequency](rule, first, end):
        yield from sorted(day for day in period if not rule.months or day.month in rule.months)


def _daily(rule: Rule, first: date, end: date) -> Iterator[Iterable[date]]:
    for number in range(first.toordinal(), end.toordinal() + 1, rule.interval):
        day = date.fromordinal(number)
        if _fits_weekday(rule, day) and _fits_month_day(rule, day):
            yield (day,)


def _weekly(rule: Rule, first: date, end: date) -> Iterator[Iterable[date]]:
    wanted = {weekday for _number, weekday in rule.weekdays} or {first.weekday()}
    start = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
    for number in range(start.toordinal(), end.toordinal() + 1, 7 * rule.interval):
        week = (date.fromordinal(number + step) for step in range(7))
        yield [day for day in week if day.weekday() in wanted and _fits_month_day(rule, day)]


def _monthly(rule: Rule, first: date, end: date) -> Iterator[Iterable[date]]:
    for number in range(first.year * 12 + first.month - 1, end.year * 12 + end.month, rule.interval):
        yield _of_month(rule, number // 12, number % 12 + 1, first.day)


def _yearly(rule: Rule, first: date, end: date) -> Iterator[Iterable[date]]:
    months = sorted({month for month in rule.months or (first.month,) if 1 <= month <= 12})
    for year in range(first.year, end.year + 1, rule.interval):
        yield [day for month in months for day in _of_month(rule, year, month, first.day)]


_PERIODS = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _of_month(rule: Rule, year: int, month: int, default: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    if not rule.weekdays and not rule.month_days:
        return [day for day in days if day.day == default]
    return [day for day in days if _fits_weekday(rule, day) and _fits_month_day(rule, day)]


def _fits_weekday(rule: Rule, day: date) -> bool:
    if not rule.weekdays:
        return True
    length = calendar.monthrange(day.year, day.month)[1]
    places = (0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))
    return any((place, day.weekday()) in rule.weekdays for place in places)


def _fits_month_day(rule: Rule, day: date) -> bool:
    if not rule.month_days:
        return True
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - length - 1 in rule.month_days
