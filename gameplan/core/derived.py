"""What nobody has to type: school years that began, ages reached, and what the file leaves unsaid but implies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import add_months
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact, Rough
from gameplan.core.guesses import year_end_range

# How far ahead of a birthday its duties are shown: those of the year before it, and a little more.
AHEAD = timedelta(days=400)
MOST_IN_A_ROW = 10
# Between June and July one school year ends and the next begins.
FIRST_MONTH = 7
OPEN = (None, "", "not-known")


def derived_facts(case: Case, law: Law, on: date) -> tuple[Fact, ...]:
    """The first days of the known school years, and the ages the child reaches that some rule reads."""
    found = [
        Fact(
            f"year:{year.first_day}",
            "school-year-started",
            year.first_day,
            {"school_year": year.school_year},
            "system",
        )
        for year in case.calendars
    ]
    born = case.child.born
    if born:
        found += [fact for fact in _ages(born, law, case.calendar()) if fact.on <= on + AHEAD]
    return tuple(found)


def _ages(born: date, law: Law, calendar: SchoolCalendar) -> Iterator[Fact]:
    for age in law.ages:
        yield _age(f"{age:g}", add_months(born, round(12 * age)))
    majority, passes = law.facts.get("age_of_majority"), law.facts.get("rights_transfer")
    if isinstance(majority, int) and passes is not False:
        said = True if passes is True else "not-known"
        yield _age("majority", add_months(born, 12 * majority), transfers=said)
    ends = law.facts.get("fape_ends")
    if isinstance(ends, Mapping) and law.facts.get("fape_confidence") != "low":
        day = services_end(born, ends, calendar)
        if isinstance(day, Rough):
            yield _age("fape-end", day.first, date=day)
        elif day:
            yield _age("fape-end", day)


def _age(age: str, on: date, **more: object) -> Fact:
    return Fact(f"age:{age}", "age-reached", on, {"age": age, **more}, "system")


def services_end(born: date, ends: Mapping[str, object], calendar: SchoolCalendar) -> date | Rough | None:
    """The last day of the State's duty to a child by age, roughly where no school calendar says it, or None.

    `ends` says `age` in years and `when`: birthday; school-year (the end of the one in which that age is reached, or,
    with `at` = "09-01", of the one before if it is reached before that day); fixed ("08-15", a day of that year);
    fixed-after (the first such day after the birthday). The end of a semester or term is in no calendar that we hold.
    """
    age, when = ends.get("age"), ends.get("when")
    if not isinstance(age, int):
        return None
    birthday = add_months(born, 12 * age)
    if when == "birthday":
        return birthday
    if when in ("fixed", "fixed-after") and isinstance(ends.get("fixed"), str):
        day = _in_year(str(ends["fixed"]), birthday.year)
        return day.replace(year=day.year + 1) if when == "fixed-after" and day < birthday else day
    return _year_end(birthday, str(ends.get("at") or ""), calendar) if when == "school-year" else None


def _in_year(mark: str, year: int) -> date:
    month, day = (int(part) for part in mark.split("-"))
    return date(year, month, day)


def _year_end(birthday: date, at: str, calendar: SchoolCalendar) -> date | Rough | None:
    """The end of the school year of that birthday; with `at`, of the year before for who reaches the age before it."""
    day = birthday
    if at and birthday.month >= FIRST_MONTH:
        mark = _in_year(at, birthday.year)
        if birthday == mark:
            return None
        day = birthday if birthday > mark else date(birthday.year, FIRST_MONTH, 1) - timedelta(days=1)
    year = calendar.year_of(day) or calendar.year_before(day)
    return year.last_day if year else Rough(*year_end_range(day))


def filled(facts: tuple[Fact, ...], calendar: SchoolCalendar) -> tuple[Fact, ...]:
    """The facts with what the law itself settles where the file leaves it open.

    A complaint is expedited only where the child was removed (34 CFR 300.532). More than ten school days in a row
    change the placement, and as long as a school year's removals together stay within ten days, none does
    (34 CFR 300.536).
    """
    removals = [fact for fact in facts if fact.kind == "removal-ordered"]
    if not removals and not any(fact.kind == "due-process-filed" for fact in facts):
        return facts
    return tuple(_filled(fact, removals, calendar) for fact in facts)


def _filled(fact: Fact, removals: list[Fact], calendar: SchoolCalendar) -> Fact:
    if fact.kind == "due-process-filed" and fact.data.get("expedited") in OPEN and not removals:
        return replace(fact, data={**fact.data, "expedited": False})
    if fact.kind == "removal-ordered" and fact.data.get("change_of_placement") in OPEN:
        changes = _changes_placement(fact, removals, calendar)
        if changes is not None:
            return replace(fact, data={**fact.data, "change_of_placement": changes})
    return fact


def _changes_placement(fact: Fact, removals: list[Fact], calendar: SchoolCalendar) -> bool | None:
    length = fact.data.get("school_days")
    if not isinstance(length, int | float):
        return None
    if length > MOST_IN_A_ROW:
        return True
    year = calendar.year_of(fact.on)
    first = year.first_day if year else fact.on - timedelta(days=365)
    sizes = [one.data.get("school_days") for one in removals if first <= one.on <= fact.on]
    known = [size for size in sizes if isinstance(size, int | float)]
    return False if len(known) == len(sizes) and sum(known) <= MOST_IN_A_ROW else None
