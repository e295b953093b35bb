"""What nobody has to type: school years, birthdays, and what the law settles (core.derived over numbers)."""

from __future__ import annotations

from typing import Any

from gameplan.audit.calendars import year_before, year_of
from gameplan.audit.civil import add_months, day_number, month_of, year_end_range
from gameplan.audit.civil import year_of as calendar_year
from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NAMED_AGES, NO_DAY
from gameplan.audit.shapes import (
    DATE,
    DUE_PROCESS_FILED,
    ENDS_BIRTHDAY,
    ENDS_FIXED,
    ENDS_FIXED_AFTER,
    ENDS_NEVER,
    FACTS,
    REMOVAL_ORDERED,
)

AHEAD, YEAR, JULY, MOST_IN_A_ROW = 400, 365, 7, 10
MAJORITY, FAPE_END = NAMED_AGES["majority"], NAMED_AGES["fape-end"]


@compiled
def put_rough(w: Any, fact: int, field: int, first: int, last: int) -> None:
    """Notes a day that is known only roughly."""
    if w.rough_n >= FACTS:
        w.full = 1
        return
    row = w.rough[w.rough_n]
    row.fact, row.field, row.first, row.last = fact, field, first, last
    w.rough_n += 1


@compiled
def fill(t: Any, w: Any) -> None:
    """What the law itself settles where the file leaves it open (core.derived.filled)."""
    removals = 0
    for index in range(w.facts_n):
        removals += 1 if w.facts[index].kind == t.own_kinds[REMOVAL_ORDERED] else 0
    for index in range(w.facts_n):
        fact = w.facts[index]
        form = t.forms[fact.form]
        if fact.kind == t.own_kinds[DUE_PROCESS_FILED] and form.open_expedited >= 0 and removals == 0:
            fact.form = form.open_expedited
        elif fact.kind == t.own_kinds[REMOVAL_ORDERED] and form.change_yes >= 0:
            fact.form = _changed(t, w, index)


@compiled
def _changed(t: Any, w: Any, index: int) -> int:
    fact = w.facts[index]
    form = t.forms[fact.form]
    if form.has_school_days == 0:
        return fact.form
    if form.school_days > MOST_IN_A_ROW:
        return form.change_yes
    year = year_of(w, fact.on)
    first = w.years[year].first if year >= 0 else fact.on - YEAR
    total, known = 0.0, True
    for other in range(w.facts_n):
        one = w.facts[other]
        if one.kind == fact.kind and first <= one.on <= fact.on:
            known = known and t.forms[one.form].has_school_days != 0
            total += t.forms[one.form].school_days
    return form.change_no if known and total <= MOST_IN_A_ROW else fact.form


@compiled
def _put_derived(t: Any, w: Any, fact_id: int, on: int, form: int) -> int:
    at = w.facts_n
    if at >= FACTS:
        w.full = 1
        return at - 1
    fact = w.facts[at]
    fact.id, fact.on, fact.row, fact.form, fact.planned, fact.system = fact_id, on, -1, form, 0, 1
    fact.kind = t.forms[form].kind
    w.facts_n += 1
    return at


@compiled
def put_years(t: Any, w: Any) -> None:
    """The first days of the known school years, as facts."""
    for index in range(w.years_n):
        first = w.years[index].first
        _put_derived(t, w, -first, first, t.year_form)


@compiled
def put_ages(t: Any, w: Any) -> None:
    """The birthdays that some rule reads, as far as they are near enough to show."""
    law = t.laws[w.law]
    if w.born == NO_DAY:
        return
    for index in range(law.ages_at, law.ages_at + law.ages_n, 3):
        _put_age(t, w, t.ints[index + 1], add_months(w.born, t.ints[index]), t.ints[index + 2])
    if law.majority >= 0:
        _put_age(t, w, MAJORITY, add_months(w.born, law.majority), law.majority_form)
    if law.ends != ENDS_NEVER:
        _put_services_end(t, w)


@compiled
def _put_age(t: Any, w: Any, fact_id: int, day: int, form: int) -> int:
    return _put_derived(t, w, fact_id, day, form) if day <= w.on + AHEAD else -1


@compiled
def _put_services_end(t: Any, w: Any) -> None:
    """The last day of the State's duty to a child by age (core.derived.services_end)."""
    law = t.laws[w.law]
    birthday = add_months(w.born, law.ends_age)
    if law.ends == ENDS_BIRTHDAY:
        _put_age(t, w, FAPE_END, birthday, law.ends_form)
        return
    mark = NO_DAY
    if law.ends_month:
        mark = day_number(calendar_year(birthday), law.ends_month, law.ends_dom)
    if law.ends == ENDS_FIXED or law.ends == ENDS_FIXED_AFTER:
        if law.ends == ENDS_FIXED_AFTER and mark < birthday:
            mark = day_number(calendar_year(birthday) + 1, law.ends_month, law.ends_dom)
        _put_age(t, w, FAPE_END, mark, law.ends_form)
        return
    _put_year_end(t, w, birthday, mark)


@compiled
def _put_year_end(t: Any, w: Any, birthday: int, mark: int) -> None:
    """The end of the school year of that birthday; with a mark, of the year before for one who is of age before it."""
    day = birthday
    if mark != NO_DAY and month_of(birthday) >= JULY:
        if birthday == mark:
            return
        if birthday < mark:
            day = day_number(calendar_year(birthday), JULY, 1) - 1
    year = year_of(w, day)
    if year < 0:
        year = year_before(w, day)
    form = t.laws[w.law].ends_form
    if year >= 0:
        _put_age(t, w, FAPE_END, w.years[year].last, form)
        return
    first, last = year_end_range(day)
    at = _put_age(t, w, FAPE_END, first, form)
    if at >= 0:
        put_rough(w, at, t.own_fields[DATE], first, last)
