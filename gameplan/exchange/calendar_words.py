"""What the words of a school's calendar mean: no school, a short day, the first day, or something to ask.

Words mean "no school" only where they say so, or name a break or a day on which every school is closed.
What schools handle in different ways is asked, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gameplan.core.words import Say
from gameplan.exchange.calendar_phrases import (
    ABOUT_CALENDAR,
    BREAK,
    DAYS_OFF_HEADING,
    EDGE,
    EVENT,
    EVERYONE,
    FIRST,
    FIRST_ALONE,
    LAST,
    LAST_ALONE,
    NO_SCHOOL,
    NOT_FIRST,
    NOT_LAST,
    OTHER_HOLIDAY,
    RELIGIOUS,
    RESUMES,
    SHORTER,
    SOME_ONLY,
    STAFF,
    STAFF_EDGE,
    STAFF_ONLY,
    STRETCH,
    STUDENTS,
    SUMMER,
    SURE_HOLIDAY,
    TITLE,
    UNCERTAIN,
    WEATHER,
    WHOLE_YEAR,
)


class ReadAs(StrEnum):
    """What a line of a calendar was taken for."""

    CLOSED = "closed"
    FIRST_DAY = "first-day"
    LAST_DAY = "last-day"
    SCHOOL_YEAR = "school-year"
    SCHOOL_DAY = "school-day"
    UNSURE = "unsure"
    IGNORED = "ignored"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words mean, and why in one sentence. `plain`: they say so outright."""

    read_as: ReadAs
    why: Say
    plain: bool = True


def folded(words: str) -> str:
    """The words in small letters without accents, marks or doubled spaces, to be compared."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`´]", "", bare)).split())


WHY_CLOSED = Say("It says that there is no school.")
WHY_BREAK = Say("It names a school break.")
WHY_HOLIDAY = Say("It is a holiday on which schools are closed.")
WHY_FIRST = Say("It says that school begins.")
WHY_LAST = Say("It says that school ends.")
WHY_SHORT = Say("There is school that day. It is only shorter.")
WHY_RESUMES = Say("There is school again that day.")
WHY_STRETCH = Say("It is a part of the school year, not time off.")
WHY_EVENT = Say("It looks like an event at school, not a day off.")
WHY_NOTHING = Say("Nothing in it says that there is no school.")
WHY_SUMMER = Say("It is about the summer.")
WHY_STAFF_START = Say("It is about staff, not students.")
WHY_HEADING = Say("It stands under a heading about days off.")
ASK_STAFF = Say("Staff work that day. Students may be at home or at school.")
ASK_OTHER_HOLIDAY = Say("Some schools close for it and some do not.")
ASK_SOME_GRADES = Say("It seems to be for some grades or schools only.")
ASK_UNCERTAIN = Say("It may change, for example after snow days.")
ASK_BOTH = Say("It speaks of a short day and also of no school.")
ASK_EDGE = Say("It may be only the first or the last day of a longer break.")
ASK_UNKNOWN = Say("We cannot tell from the words if there is school.")

_HEADING_REASONS = (WHY_CLOSED, WHY_SHORT, ASK_STAFF, ASK_SOME_GRADES, ASK_UNCERTAIN, ASK_BOTH)


@lru_cache(maxsize=2048)
def meaning_of(words: str, *, days: int = 1) -> Meaning | None:
    """What the words of a line mean for `days` days, or None if they are not about school days."""
    text = folded(words)
    for rule in (_edges_of_year, _uncertain, _shorter_or_back, _no_school, _named, _staff, _stretch):
        found = rule(text, days)
        if found:
            return found
    return None


def heading_of(words: str) -> Meaning | None:
    """What a heading says about the dates below it, or None if it says nothing."""
    meaning = meaning_of(words)
    if meaning and meaning.why in _HEADING_REASONS:
        return meaning
    text = folded(words)
    is_list = DAYS_OFF_HEADING.search(text) and not EVENT.search(text) and not RELIGIOUS.search(text)
    return Meaning(ReadAs.CLOSED, WHY_HEADING) if is_list and not SUMMER.search(text) else None


def is_title(words: str) -> bool:
    """True for the title of a calendar, which is not the name of what stands below it."""
    return bool(TITLE.search(folded(words)))


def is_about_the_calendar(words: str) -> bool:
    """True if the words tell when the calendar itself was made."""
    return bool(ABOUT_CALENDAR.search(folded(words))) and not NO_SCHOOL.search(folded(words))


def is_event(words: str) -> bool:
    """True if the words name something that takes place at school, such as a concert."""
    return bool(EVENT.search(folded(words)))


def says_no_school(words: str) -> bool:
    """True if the words say outright that there is no school."""
    return bool(NO_SCHOOL.search(folded(words)))


def _edges_of_year(text: str, days: int) -> Meaning | None:
    if WHOLE_YEAR.search(text) and days > 120:
        return Meaning(ReadAs.SCHOOL_YEAR, WHY_FIRST)
    first = (FIRST.search(text) and not NOT_FIRST.search(text)) or FIRST_ALONE.match(text)
    last = (LAST.search(text) and not NOT_LAST.search(text)) or LAST_ALONE.match(text)
    if days > 1 or not (first or last or STAFF_EDGE.search(text)):
        return None
    if STAFF_ONLY.search(text) and not STUDENTS.search(text):
        return None if NO_SCHOOL.search(text) else Meaning(ReadAs.IGNORED, WHY_STAFF_START)
    if not (first or last):
        return None
    return Meaning(ReadAs.FIRST_DAY, WHY_FIRST) if first else Meaning(ReadAs.LAST_DAY, WHY_LAST)


def _uncertain(text: str, days: int) -> Meaning | None:
    hit = UNCERTAIN.search(text)
    if hit and not (WEATHER.fullmatch(hit.group()) and NO_SCHOOL.search(text)):
        return Meaning(ReadAs.UNSURE, ASK_UNCERTAIN)
    return None


def _shorter_or_back(text: str, days: int) -> Meaning | None:
    closed = NO_SCHOOL.search(text)
    if SHORTER.search(text):
        return Meaning(ReadAs.UNSURE, ASK_BOTH) if closed else Meaning(ReadAs.SCHOOL_DAY, WHY_SHORT)
    if RESUMES.search(text) and days == 1:
        return Meaning(ReadAs.UNSURE, ASK_BOTH) if closed else Meaning(ReadAs.SCHOOL_DAY, WHY_RESUMES)
    return None


def _no_school(text: str, days: int) -> Meaning | None:
    if not NO_SCHOOL.search(text):
        return None
    if for_some_only(text):
        return Meaning(ReadAs.UNSURE, ASK_SOME_GRADES)
    return Meaning(ReadAs.CLOSED, WHY_CLOSED)


def _named(text: str, days: int) -> Meaning | None:
    pause, sure, ask = BREAK.search(text), SURE_HOLIDAY.search(text), OTHER_HOLIDAY.search(text)
    summer = SUMMER.search(text)
    if not (pause or sure or ask or summer):
        return None
    if EVENT.search(text):
        return Meaning(ReadAs.IGNORED, WHY_EVENT)
    if summer:
        return Meaning(ReadAs.IGNORED, WHY_SUMMER)
    if days == 1 and EDGE.search(text) and (pause or ask):
        return Meaning(ReadAs.UNSURE, ASK_EDGE)
    if (pause or sure) and not RELIGIOUS.search(text):
        if for_some_only(text):
            return Meaning(ReadAs.UNSURE, ASK_SOME_GRADES)
        return Meaning(ReadAs.CLOSED, WHY_BREAK if pause else WHY_HOLIDAY, plain=False)
    return Meaning(ReadAs.UNSURE, ASK_OTHER_HOLIDAY, plain=False)


def _staff(text: str, days: int) -> Meaning | None:
    return Meaning(ReadAs.UNSURE, ASK_STAFF, plain=False) if STAFF.search(text) else None


def _stretch(text: str, days: int) -> Meaning | None:
    return Meaning(ReadAs.SCHOOL_DAY, WHY_STRETCH) if STRETCH.search(text) else None


def for_some_only(words: str) -> bool:
    """True if the words name some grades or schools and not all of them."""
    text = folded(words)
    return bool(SOME_ONLY.search(text)) and not EVERYONE.search(text)
