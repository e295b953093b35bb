"""Finding the days that a line of a calendar names, in the many ways in which people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gameplan.core.words import Say
from gameplan.exchange.calendar_proposal import YearWindow
from gameplan.exchange.calendar_tokens import Kind, Token

_UNITS = frozenset((
    "hour", "hours", "hr", "hrs", "h", "minute", "minutes", "min", "am", "pm", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "grade", "grades", "grader", "graders", "quarter", "quarters",
    "semester", "semesters", "trimester", "term", "period", "periods", "nine", "hora", "horas", "grado",
    "grados", "dia", "día", "días", "dias", "semana", "semanas", "trimestre", "semestre",
))  # fmt: skip
_PART_OF_A_NAME = frozenset(("good", "black", "ash", "holy", "maundy", "easter", "super", "cyber", "fat", "palm"))
_JOINTS = (Kind.COMMA, Kind.AND)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it was written. `slashed` marks 3/4, which some read as March 4 and some as April 3."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    slashed: bool = False


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """One day or a stretch of days as written."""

    first: WrittenDay
    last: WrittenDay | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a date, and how to mend it."""

    what: Say
    mend: Say


@dataclass(frozen=True, slots=True)
class Dates:
    """A run of dates in a line, joined by commas and "and", from character `start` to `end`."""

    spans: tuple[WrittenSpan, ...]
    start: int
    end: int
    complaint: Complaint | None = None


def find_dates(tokens: Sequence[Token], window: YearWindow, heading: int | None = None) -> tuple[Dates, ...]:
    """The runs of dates in a line. `heading` is the month that a heading above the line set."""
    found: list[Dates] = []
    at = 0
    while at < len(tokens):
        run = _run_at(tokens, at, window, heading if at == 0 else None)
        if run is None:
            at += 1
            continue
        dates, at = run
        found.append(dates)
    return tuple(found)


def month_heading(tokens: Sequence[Token]) -> int | None:
    """The month if the line is nothing but a month, with or without its year ("November 2025")."""
    kinds = [token.kind for token in tokens if token.kind not in (Kind.MARK, Kind.COMMA, Kind.OF)]
    if kinds not in ([Kind.MONTH], [Kind.MONTH, Kind.YEAR], [Kind.YEAR, Kind.MONTH]):
        return None
    return next(token.numbers[0] for token in tokens if token.kind is Kind.MONTH)


def _run_at(tokens: Sequence[Token], at: int, window: YearWindow, month: int | None) -> tuple[Dates, int] | None:
    listed = _days_before_month(tokens, at)
    opening = listed or _span_at(tokens, at, month)
    if opening is None:
        return None
    spans, after = opening
    complaint = _stray_number(tokens, at, after) or _stray_years(tokens, after)
    while complaint is None:
        step = _next_span(tokens, after, spans, window)
        if isinstance(step, Complaint):
            complaint = step
        elif step is None:
            break
        else:
            spans, after = step
    end = tokens[after - 1].end
    return Dates(tuple(spans), tokens[at].start, end, complaint), after


def _next_span(
    tokens: Sequence[Token], at: int, spans: list[WrittenSpan], window: YearWindow
) -> tuple[list[WrittenSpan], int] | Complaint | None:
    """The next date after a comma or an "and", if one follows."""
    joint = at
    while _kind(tokens, joint) in _JOINTS:
        joint += 1
    if joint == at:
        return None
    before = spans[-1].last or spans[-1].first
    if _kind(tokens, joint) is not Kind.NUMBER or _days_before_month(tokens, joint):
        more = _days_before_month(tokens, joint) or _span_at(tokens, joint, None)
        return (spans + more[0], more[1]) if more else None
    number = tokens[joint].numbers[0]
    if _counts_something(tokens, joint) or number > 31 or number == 0:
        return None
    if _kind(tokens, at) is Kind.COMMA and joint == at + 1 and len(spans) == 1 and before.year is None:
        maybe = _day_or_year(tokens, joint, before, spans, window)
        if maybe:
            return maybe
    if number <= before.day:
        return Complaint(
            Say("It is not clear what the number {number} belongs to.", {"number": number}),
            Say("Write each day with its month, for example: October 10 and October 13."),
        )
    more = _span_at(tokens, joint, before.month)
    return (spans + more[0], more[1]) if more else None


def _day_or_year(
    tokens: Sequence[Token], at: int, before: WrittenDay, spans: list[WrittenSpan], window: YearWindow
) -> tuple[list[WrittenSpan], int] | Complaint | None:
    """What "Jan 19, 26" means: a second day or the year. A longer list of days settles it."""
    number = tokens[at].numbers[0]
    if number != window.year_of(before.month) % 100:
        return None
    if number <= before.day:
        return [_with_year(spans[0], 2000 + number)], at + 1
    if _kind(tokens, at + 1) in (*_JOINTS, Kind.TO) and _kind(tokens, at + 2) is Kind.NUMBER:
        return None
    return Complaint(
        Say("{number} could be a day or the year.", {"number": number}),
        Say("Write the year with four digits, or write each day with its month."),
    )


def _with_year(span: WrittenSpan, year: int) -> WrittenSpan:
    if span.last:
        return replace(span, last=replace(span.last, year=year))
    return replace(span, first=replace(span.first, year=year))


def _span_at(tokens: Sequence[Token], at: int, month: int | None) -> tuple[list[WrittenSpan], int] | None:
    """A day, or a stretch of days, that starts exactly here."""
    weekdays, start = _weekdays_at(tokens, at)
    opening = _day_at(tokens, start, month, weekdays[0])
    if opening is None:
        return None
    first, after = opening
    if _kind(tokens, after) is Kind.TO or _is_interval(tokens, after):
        closing_weekdays, to = _weekdays_at(tokens, after + 1)
        closing = None if _counts_something(tokens, to) else _day_at(tokens, to, first.month, closing_weekdays[0])
        if closing:
            last, after = closing
            last = last if last.weekday is not None else replace(last, weekday=weekdays[1])
            return [WrittenSpan(first, last)], after
    if weekdays[1] is not None:
        first = replace(first, weekday=None)
    return [WrittenSpan(first)], after


def _is_interval(tokens: Sequence[Token], at: int) -> bool:
    """True at the stroke of "2025-11-24/2025-11-28"."""
    ends = (_kind(tokens, at - 1), _kind(tokens, at + 1))
    return _kind(tokens, at) is Kind.MARK and tokens[at].text == "/" and ends == (Kind.FULL, Kind.FULL)


def _weekdays_at(tokens: Sequence[Token], at: int) -> tuple[tuple[int | None, int | None], int]:
    """The weekday, or the two weekdays of "Mon-Fri", written before a date, and where the date starts."""
    step = _skip(tokens, at, Kind.OF)
    if _kind(tokens, step) is not Kind.WEEKDAY or _is_part_of_a_name(tokens, step):
        return (None, None), at
    first, second = tokens[step].numbers[0], None
    step = _skip(tokens, step + 1, Kind.MARK)
    joint = _skip(tokens, step, Kind.TO, Kind.AND, Kind.MARK)
    if joint > step and _kind(tokens, joint) is Kind.WEEKDAY:
        second, step = tokens[joint].numbers[0], _skip(tokens, joint + 1, Kind.MARK)
    elif _kind(tokens, step - 1) is Kind.MARK and tokens[step - 1].text == "/" and _kind(tokens, step) is Kind.WEEKDAY:
        second, step = tokens[step].numbers[0], step + 1
    return (first, second), _skip(tokens, step, Kind.COMMA, Kind.BRACKET, Kind.OF)


def _is_part_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text.casefold() in _PART_OF_A_NAME


def _day_at(tokens: Sequence[Token], at: int, month: int | None, weekday: int | None) -> tuple[WrittenDay, int] | None:
    at = _skip(tokens, at, Kind.OF)
    kind = _kind(tokens, at)
    if kind is Kind.FULL:
        year, month_number, day = tokens[at].numbers
        return _close(tokens, at + 1, WrittenDay(month_number, day, year, weekday))
    if kind is Kind.SLASHED:
        numbers = tokens[at].numbers
        slashed_year = None if len(numbers) < 3 else numbers[2] + (2000 if numbers[2] < 100 else 0)
        return _close(tokens, at + 1, WrittenDay(numbers[0], numbers[1], slashed_year, weekday, slashed=True))
    if kind is Kind.MONTH:
        number = _skip(tokens, at + 1, Kind.MARK, Kind.OF)
        if _kind(tokens, number) is Kind.NUMBER:
            return _close(
                tokens,
                number + 1,
                WrittenDay(tokens[at].numbers[0], tokens[number].numbers[0], None, weekday),
            )
        return None
    if kind is Kind.NUMBER:
        named = _skip(tokens, at + 1, Kind.OF, Kind.MARK)
        if _kind(tokens, named) is Kind.MONTH:
            return _close(tokens, named + 1, WrittenDay(tokens[named].numbers[0], tokens[at].numbers[0], None, weekday))
        if month is not None and not _counts_something(tokens, at):
            return _close(tokens, at + 1, WrittenDay(month, tokens[at].numbers[0], None, weekday))
    return None


def _close(tokens: Sequence[Token], at: int, day: WrittenDay) -> tuple[WrittenDay, int]:
    """The day with the year and the weekday that may follow it."""
    step = _skip(tokens, at, Kind.COMMA, Kind.OF, Kind.MARK)
    if day.year is None and _kind(tokens, step) in (Kind.YEAR, Kind.SHORT_YEAR):
        day, at = replace(day, year=tokens[step].numbers[0]), step + 1
    step = _skip(tokens, at, Kind.COMMA, Kind.BRACKET)
    if _kind(tokens, step) is Kind.WEEKDAY and not _begins_something_else(tokens, step):
        if day.weekday is None:
            day = replace(day, weekday=tokens[step].numbers[0])
        at = step + 1
        if _kind(tokens, at) is Kind.BRACKET:
            at += 1
    return day, at


def _begins_something_else(tokens: Sequence[Token], at: int) -> bool:
    """True if the weekday belongs to the next date or to a name such as "Viernes Santo"."""
    if at + 1 < len(tokens) and tokens[at + 1].text.casefold() == "santo":
        return True
    step = _skip(tokens, at + 1, Kind.COMMA, Kind.MARK, Kind.OF)
    return _kind(tokens, step) in (Kind.MONTH, Kind.NUMBER, Kind.SLASHED, Kind.FULL, Kind.TO, Kind.WEEKDAY)


def _days_before_month(tokens: Sequence[Token], at: int) -> tuple[list[WrittenSpan], int] | None:
    """Days that share a month named after them: "24 al 28 de noviembre", "27 y 28 de noviembre"."""
    numbers: list[tuple[int, int | None]] = []
    joints: list[Kind | None] = []
    step = at
    while True:
        weekdays, start = _weekdays_at(tokens, step)
        start = _skip(tokens, start, Kind.OF)
        if _kind(tokens, start) is not Kind.NUMBER:
            return None
        numbers.append((tokens[start].numbers[0], weekdays[0]))
        step = _skip(tokens, start + 1, Kind.OF, Kind.MARK)
        if _kind(tokens, step) is Kind.MONTH:
            break
        if _kind(tokens, start + 1) not in (Kind.TO, *_JOINTS):
            return None
        joints.append(_kind(tokens, start + 1))
        step = start + 2
    if len(numbers) == 1:
        return None
    last, after = _close(tokens, step + 1, WrittenDay(tokens[step].numbers[0], *numbers[-1][:1]))
    days = [WrittenDay(last.month, number, last.year, weekday) for number, weekday in numbers]
    return _joined(days, joints), after


def _joined(days: list[WrittenDay], joints: list[Kind | None]) -> list[WrittenSpan]:
    spans = [WrittenSpan(days[0])]
    for day, joint in zip(days[1:], joints, strict=True):
        if joint is Kind.TO and spans[-1].last is None:
            spans[-1] = replace(spans[-1], last=day)
        else:
            spans.append(WrittenSpan(day))
    return spans


def _stray_number(tokens: Sequence[Token], at: int, after: int) -> Complaint | None:
    """ "2 October 13" can mean two days; a date must say which."""
    if _kind(tokens, at) is not Kind.NUMBER or _kind(tokens, after) is not Kind.NUMBER:
        return None
    if _kind(tokens, after - 1) is not Kind.MONTH or _kind(tokens, after + 1) in (Kind.MONTH, Kind.OF):
        return None
    return Complaint(
        Say("It is not clear which number is the day of the month."),
        Say("Write one date as month, day and year, for example October 13, 2025."),
    )


def _stray_years(tokens: Sequence[Token], after: int) -> Complaint | None:
    """ "August 10, 2025 - 26" can be one day of a school year or seventeen days."""
    step = _skip(tokens, after, Kind.COMMA)
    if _kind(tokens, step) is not Kind.SCHOOL_YEAR:
        return None
    return Complaint(
        Say("It is not clear what the number {number} belongs to.", {"number": tokens[step].text}),
        Say("Write one date as month, day and year, for example October 13, 2025."),
    )


def _counts_something(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.kind in (Kind.TO, Kind.MARK) and after.text in "-." and at + 2 < len(tokens):
        after = tokens[at + 2]
    return after is not None and after.text.casefold() in _UNITS


def _kind(tokens: Sequence[Token], at: int) -> Kind | None:
    return tokens[at].kind if 0 <= at < len(tokens) else None


def _skip(tokens: Sequence[Token], at: int, *kinds: Kind) -> int:
    """The place after at most two tokens of these kinds."""
    for _ in range(2):
        if _kind(tokens, at) not in kinds:
            break
        if tokens[at].kind is Kind.MARK and tokens[at].text not in "./":
            break
        at += 1
    return at


def resolve(written: WrittenDay, window: YearWindow, *, order_unclear: bool) -> date | Complaint:
    """The day that is meant, the year worked out from the school year where it is not written."""
    month, day = written.month, written.day
    if written.slashed and month > 12 >= day:
        month, day = day, month
    elif written.slashed and order_unclear and month != day and day <= 12:
        return Complaint(
            Say("{one}/{two} could be two different days.", {"one": month, "two": day}),
            Say("Write the month as a word, for example March 4."),
        )
    year = written.year if written.year is not None else window.year_of(month) if 1 <= month <= 12 else window.start
    try:
        found = date(year, month, day)
    except ValueError:
        return Complaint(
            Say(
                "There is no day {day} in month {month} of {year}.",
                {"day": day, "month": month, "year": year},
            ),
            Say("Check the date."),
        )
    if found not in window:
        return Complaint(
            Say("{day} is not in the school year {school_year}.", {"day": found, "school_year": window.name}),
            Say("Check the year, or choose the other school year."),
        )
    if written.weekday is not None and written.weekday != found.weekday():
        return Complaint(
            Say("{day} is not on the weekday that is written beside it.", {"day": found}),
            Say("Check the date and the weekday. It may be the calendar of another year."),
        )
    return found
