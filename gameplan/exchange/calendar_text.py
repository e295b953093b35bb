"""Reading a list of school days and days off that a person pasted, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from gameplan.core.words import Say
from gameplan.exchange.calendar_checks import propose
from gameplan.exchange.calendar_dates import (
    Complaint,
    Dates,
    WrittenDay,
    WrittenSpan,
    find_dates,
    month_heading,
    resolve,
)
from gameplan.exchange.calendar_phrases import RESUMES
from gameplan.exchange.calendar_proposal import CalendarLine, Proposal, YearWindow, window_of
from gameplan.exchange.calendar_tokens import Kind, Token, cut
from gameplan.exchange.calendar_words import (
    ASK_UNKNOWN,
    WHY_EVENT,
    WHY_FIRST,
    WHY_LAST,
    WHY_RESUMES,
    Meaning,
    ReadAs,
    folded,
    heading_of,
    is_about_the_calendar,
    is_event,
    is_title,
    meaning_of,
)

MOST_LINES, LONGEST_LINE = 1000, 400
_BULLET = re.compile(r"^\s*(?:[•·◦▪■●*>|]+|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_NO_DATE = Say("There is no date in it.")


@dataclass(frozen=True, slots=True)
class _Segment:
    """The dates of a line that belong together, and the words that go with them."""

    dates: Dates
    words: str
    back_to_school: bool = False


@dataclass(slots=True)
class _Above:
    """What the lines above say about the next one: a month, a heading, or the name of what comes."""

    month: int | None = None
    heading: Meaning | None = None
    name: str = ""


def read_text(text: str, school_year: str) -> Proposal:
    """The school year that a pasted list tells, each line laid out for the person to confirm.

    Never fails on bad text: a line that cannot be read is among `problems`, with the way to mend it.
    Raises ValueError if `school_year` is not written as "2025-26".
    """
    window = window_of(school_year)
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    order_unclear = any(_day_comes_first(cut(row[:LONGEST_LINE])) for row in rows[:MOST_LINES])
    above = _Above()
    lines: list[CalendarLine] = []
    for number, row in enumerate(rows[:MOST_LINES], start=1):
        if row.strip():
            lines += _read_row(number, row.strip(), window, above, order_unclear)
    notes = []
    if len(rows) > MOST_LINES:
        notes.append(Say("Only the first {count} lines were read. Paste the rest by itself.", {"count": MOST_LINES}))
    if not any(line.first for line in lines):
        notes.append(Say("We found no dates. Write one date a line, for example: November 24-28 Thanksgiving Break."))
    return propose(window, lines, notes)


def _day_comes_first(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.SLASHED and token.numbers[0] > 12 >= token.numbers[1] for token in tokens)


def _read_row(number: int, row: str, window: YearWindow, above: _Above, order_unclear: bool) -> list[CalendarLine]:
    if len(row) > LONGEST_LINE:
        short = row[:60] + "..."
        what, mend = Say("The line is too long to read."), Say("Write one date a line.")
        return [CalendarLine(number, short, ReadAs.PROBLEM, what, mend=mend)]
    tokens, row = _without_bullet(row)
    month = month_heading(tokens)
    if month is not None:
        above.month, above.name = month, ""
        return []
    runs = find_dates(tokens, window, above.month)
    if not runs:
        return _undated(number, row, tokens, above)
    if is_about_the_calendar(row):
        return [CalendarLine(number, row, ReadAs.IGNORED, Say("It is about the calendar itself."))]
    segments = _segments(row, runs)
    if any(_words(segment.words) for segment in segments):
        above.name = ""
    return [line for segment in segments for line in _read_segment(number, row, segment, window, above, order_unclear)]


def _without_bullet(row: str) -> tuple[tuple[Token, ...], str]:
    """The line without its bullet or number, if a whole date is left after it."""
    bare = _BULLET.sub("", row, count=1)
    tokens = cut(bare)
    kinds = {token.kind for token in tokens}
    numbered = row[:1].isdigit() or row[:1] == "("
    if bare != row and (not numbered or kinds & {Kind.FULL, Kind.SLASHED} or _has_month_and_day(tokens)):
        return tokens, bare
    return cut(row), row


def _has_month_and_day(tokens: Sequence[Token]) -> bool:
    pairs = list(pairwise(tokens))
    return any({one.kind, two.kind} == {Kind.MONTH, Kind.NUMBER} for one, two in pairs)


def _undated(number: int, row: str, tokens: Sequence[Token], above: _Above) -> list[CalendarLine]:
    """A line without a date: a heading for what follows, the name of bare dates below, or nothing we can use."""
    if any(token.kind in (Kind.MONTH, Kind.SLASHED, Kind.FULL) for token in tokens) and any(
        token.kind is Kind.NUMBER for token in tokens
    ):
        what, mend = Say("The date could not be read."), Say("Write it as November 24, 2025.")
        return [CalendarLine(number, row, ReadAs.PROBLEM, what, mend=mend)]
    above.heading = heading_of(row)
    above.name = "" if above.heading or is_title(row) else row.strip(" :–—-\t")
    return [CalendarLine(number, row, ReadAs.IGNORED, _NO_DATE)]


def _segments(row: str, runs: Sequence[Dates]) -> list[_Segment]:
    """The dates of a line with their words: those after the date if it comes first, else before."""
    cuts = [row[: runs[0].start]]
    cuts += [row[one.end : two.start] for one, two in pairwise(runs)]
    cuts.append(row[runs[-1].end :])
    if len(runs) == 1:
        return [_Segment(runs[0], _joined(cuts[0], cuts[1]))]
    return _words_first(runs, cuts) if _words(cuts[0]) else _dates_first(runs, cuts[1:])


def _words_first(runs: Sequence[Dates], cuts: list[str]) -> list[_Segment]:
    """Words before each date; brackets after a date are about it, and a date without words shares the first ones."""
    found: list[_Segment] = []
    before = cuts[0]
    for run, after in zip(runs, cuts[1:], strict=True):
        bracket = re.match(r"\s*\([^()]*\)", after)
        is_end = run is runs[-1]
        about = after if is_end else bracket[0] if bracket and not _is_back(bracket[0]) else ""
        words = _joined(before if _words(before) else cuts[0], about)
        found.append(_Segment(run, words, bool(found) and _is_back(before)))
        before = after[len(about) :]
    return found


def _dates_first(runs: Sequence[Dates], words: list[str]) -> list[_Segment]:
    found: list[_Segment] = []
    back = False
    for place, (run, each) in enumerate(zip(runs, words, strict=True)):
        bare_next = place + 1 < len(runs) and not _words(words[place + 1])
        leads_on = bare_next and _is_back(each)
        before = _before_return(each) if leads_on else each
        found.append(_Segment(run, _joined(before), back))
        back = leads_on
    return found


def _is_back(words: str) -> bool:
    return bool(RESUMES.search(folded(words)))


def _before_return(words: str) -> str:
    parts = re.split(r"[(;,.–—]", words)
    return next((part for part in parts if _words(part) and not _is_back(part)), "")


def _words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2,}", text))


def _joined(*parts: str) -> str:
    """The words of a line as a name, without the marks that stood around the date."""
    tidy = (re.sub(r"\(\s*\)|\[\s*\]", " ", part) for part in parts)
    bare = (" ".join(part.split()).strip(" .,:;–—-|/*•") for part in tidy)
    name = " ".join(part for part in bare if part)
    return name.strip("()[] ") if name.count("(") != name.count(")") else name


def _read_segment(
    number: int, row: str, segment: _Segment, window: YearWindow, above: _Above, order_unclear: bool
) -> list[CalendarLine]:
    complaint = segment.dates.complaint
    if complaint:
        return [CalendarLine(number, row, ReadAs.PROBLEM, complaint.what, mend=complaint.mend)]
    found = []
    for span in segment.dates.spans:
        days = _days(span, segment.words, window, order_unclear)
        if isinstance(days, Complaint):
            found.append(CalendarLine(number, row, ReadAs.PROBLEM, days.what, mend=days.mend))
        else:
            found += _understood(number, row, segment, days, above)
    return found


def _days(span: WrittenSpan, words: str, window: YearWindow, order_unclear: bool) -> tuple[date, date] | Complaint:
    written = _in_july(span, words, window)
    first = resolve(written, window, order_unclear=order_unclear)
    last = first if span.last is None else resolve(span.last, window, order_unclear=order_unclear)
    if isinstance(first, Complaint):
        return first
    if isinstance(last, Complaint):
        return last
    if last < first:
        return Complaint(
            Say("It ends on {last}, before it begins on {first}.", {"first": first, "last": last}),
            Say("Put the first day first, and check both dates."),
        )
    return first, last


def _in_july(span: WrittenSpan, words: str, window: YearWindow) -> WrittenDay:
    """The first day as written; a school year that begins in July gets the first of its two years."""
    written = span.first
    meaning = meaning_of(words, days=1 if span.last is None else 200)
    begins = meaning is not None and meaning.read_as in (ReadAs.FIRST_DAY, ReadAs.SCHOOL_YEAR)
    if begins and written.month == 7 and written.year is None:
        return replace(written, year=window.start)
    return written


def _understood(number: int, row: str, segment: _Segment, days: tuple[date, date], above: _Above) -> list[CalendarLine]:
    first, last = days
    length = (last - first).days + 1
    name = segment.words or above.name
    meaning = _meaning(segment, name, length, above)
    if meaning.read_as is ReadAs.SCHOOL_YEAR:
        return [
            CalendarLine(number, row, ReadAs.FIRST_DAY, WHY_FIRST, first, first, name),
            CalendarLine(number, row, ReadAs.LAST_DAY, WHY_LAST, last, last, name),
        ]
    return [CalendarLine(number, row, meaning.read_as, meaning.why, first, last, name)]


def _meaning(segment: _Segment, name: str, length: int, above: _Above) -> Meaning:
    """What the dates are: by their words, else the heading above, else days off as in a bare list."""
    if segment.back_to_school:
        return Meaning(ReadAs.SCHOOL_DAY, WHY_RESUMES)
    heading = above.heading
    own = meaning_of(name, days=length) if _words(name) else None
    if own:
        settles = heading is not None and heading.read_as is ReadAs.CLOSED
        asks = own.read_as is ReadAs.UNSURE and not own.plain
        return heading if heading and settles and asks else own
    if heading:
        return heading
    if not _words(name):
        return Meaning(ReadAs.CLOSED, Say("It is a date in your list of days off."))
    return Meaning(ReadAs.IGNORED, WHY_EVENT) if is_event(name) else Meaning(ReadAs.UNSURE, ASK_UNKNOWN)
