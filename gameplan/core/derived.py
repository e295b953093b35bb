"""What nobody has to type: school years that began, ages reached, and what the file leaves unsaid but implies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import add_months
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact
from gameplan.core.guesses import year_end_range

# How far ahead of a birthday its duties are shown: those of the year before it, and a little more.
AHEAD = timedelta(days=400)
MOST_IN_A_ROW = 10
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
    if isinstance(ends, Mapping):
        day = services_end(born, ends, calendar)
        if day:
            yield _age("fape-end", day)


def _age(age: str, on: date, **more: object) -> Fact:
    return Fact(f"age:{age}", "age-reached", on, {"age": age, **more}, "system")


def services_end(born: date, ends: Mapping[str, object], calendar: SchoolCalendar) -> date | None:
    """The last day of the State's duty to a child by age, or None where it cannot be told.

    `ends` says `age` in years and `when`: birthday, school-year, or fixed with `fixed` ("08-15", a day of the year in
    which that age is reached). The end of a semester or term is in no calendar that we hold.
    """
    age = ends.get("age")
    if not isinstance(age, int):
        return None
    birthday = add_months(born, 12 * age)
    if ends.get("when") == "birthday":
        return birthday
    if ends.get("when") == "fixed" and isinstance(ends.get("fixed"), str):
        month, day = (int(part) for part in str(ends["fixed"]).split("-"))
        return date(birthday.year, month, day)
    if ends.get("when") == "school-year":
        year = calendar.year_of(birthday) or calendar.year_before(birthday)
        return year.last_day if year else year_end_range(birthday)[1]
    return None


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
