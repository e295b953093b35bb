"""School years made up at random: gaps between them, breaks, four days a week, days of school in a break."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

WEEK = ["mon", "tue", "wed", "thu", "fri"]


def school_years(rng: Random) -> list[dict[str, Any]]:
    """The school years of a case file, from none to five."""
    known = rng.choice((0.0, 0.3, 0.6, 1.0))
    late, odd = rng.random() < 0.2, rng.random() < 0.15
    return [_year(rng, year, late=late, odd=odd) for year in range(2022, 2028) if rng.random() < known]


def _year(rng: Random, year: int, *, late: bool, odd: bool) -> dict[str, Any]:
    first, last = date(year, 8, rng.randint(5, 28)), date(year + 1, 5, rng.randint(15, 31))
    if late:
        first, last = date(year, 9, rng.randint(1, 9)), date(year + 1, 6, rng.randint(10, 28))
    if odd:
        # School all year round, or only half of a year.
        first, last = date(year, 7, 1), rng.choice((date(year + 1, 6, 30), date(year, 12, rng.randint(10, 20))))
    found: dict[str, Any] = {
        "school_year": rng.choice((f"{year}-{year - 1999}",) * 6 + (f"{year}-{year + 1}", "the year", "")),
        "first_day": str(first), "last_day": str(last), "closed": _closed(rng, year, first, last),
    }  # fmt: skip
    if rng.random() < 0.15:
        found["weekdays"] = rng.choice((WEEK[:4], WEEK[1:], [*WEEK, "sat"]))
    if rng.random() < 0.2:
        found["open"] = [str(_between(rng, first, last)) for _ in range(rng.randint(1, 4))]
    return found


def _closed(rng: Random, year: int, first: date, last: date) -> list[object]:
    found: list[object] = [
        [f"{year}-11-24", f"{year}-11-28"],
        [f"{year}-12-{rng.randint(19, 23)}", f"{year + 1}-01-0{rng.randint(2, 6)}"],
    ]
    for _ in range(rng.randint(0, 4)):
        begin = _between(rng, first, last)
        found.append([str(begin), str(begin + timedelta(days=rng.choice((0, 0, 2, 4, 6, 8, 13, 20))))])
    return found if rng.random() < 0.9 else []


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))
