"""Cases made up at random, as case files: any kind of fact, any State, accounts, corrections, rough and missing days.

Everything comes from a seed, so that a case that shows a fault can be made again: `case_file(random.Random(seed))`.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from gameplan.core.casefile import read_case
from gameplan.core.entries import EventKind, Field
from gameplan.core.facts import Case
from gameplan.law import states, vocabulary

FIRST, DAYS = date(2022, 8, 1), 1800
SYSTEM = ("age-reached", "school-year-started", "proceedings-ended", "rights-transferred")
KINDS = [kind for kind in vocabulary().kinds.values() if kind.id not in SYSTEM]
# Facts that start most duties come up more often than their share.
OFTEN = [
    vocabulary().kinds[name]
    for name in (
        "evaluation-requested", "consent-given", "evaluation-completed", "eligibility-determined", "meeting-held",
        "iep-adopted", "pwn-sent", "due-process-filed", "removal-ordered", "state-complaint-filed", "agreement-made",
        "hearing-decided", "child-absent", "enrolled", "document-given",
    )
]  # fmt: skip


# So many cases, by their seeds, are looked at as of the same day.
EACH_DAY = 125
ROUGH = 0.02


def made(seed: int, *, rough: float = ROUGH) -> Case:
    """The case of that seed; see `case_file`."""
    return read_case(case_file(Random(seed), rough=rough), vocabulary())


def asked_on(seed: int) -> date:
    """The day that the case of that seed is asked about; one for each `EACH_DAY` seeds in a row."""
    return day_of(Random(f"the day of {seed // EACH_DAY}"))


def case_file(rng: Random, *, most: int = 14, rough: float = ROUGH) -> dict[str, Any]:
    """A case file that reads without a fault, of up to `most` facts; a share of `rough` of them has a rough day."""
    facts: list[dict[str, Any]] = []
    for number in range(rng.randint(0, most)):
        facts.append(_fact(rng, f"f{number}", facts, rough))
    child: dict[str, Any] = {"state": rng.choice([None, *states()])}
    if rng.random() < 0.7:
        child["born"] = _day(rng, date(2000, 1, 1), 8500)
    return {"gameplan": 1, "child": child, "calendars": _years(rng), "facts": facts}


def day_of(rng: Random) -> date:
    """A day to ask for, in or around the time of the facts."""
    return FIRST + timedelta(days=rng.randint(0, DAYS + 300))


def _day(rng: Random, first: date = FIRST, days: int = DAYS) -> str:
    return (first + timedelta(days=rng.randint(0, days))).isoformat()


def _rough(rng: Random) -> str:
    day = _day(rng)
    if rng.random() < 0.5:
        return day[:7]
    return f"{day}/{date.fromisoformat(day) + timedelta(days=rng.randint(1, 40))}"


def _fact(rng: Random, fact_id: str, before: list[dict[str, Any]], rough: float) -> dict[str, Any]:
    kind = rng.choice(OFTEN if rng.random() < 0.6 else KINDS)
    on = _rough(rng) if rng.random() < rough else _day(rng)
    fact: dict[str, Any] = {
        "id": fact_id, "kind": kind.id, "on": on, "said_by": rng.choice(("parent", "school", "sea")),
        "data": _data(rng, kind),
    }  # fmt: skip
    if rng.random() < 0.1:
        fact["planned"] = True
    plain = [one for one in before if not one.get("account_of") and not one.get("corrects")]
    taken = {one.get("corrects") for one in before}
    free = [one for one in plain if one["id"] not in taken]
    if free and rng.random() < 0.06:
        fact |= {"corrects": rng.choice(free)["id"], "withdrawn": rng.random() < 0.3}
    elif free and rng.random() < 0.06:
        other = rng.choice(free)
        fact |= {"account_of": other["id"], "kind": other["kind"], "said_by": "school"}
        fact["data"] = _data(rng, vocabulary().kinds[other["kind"]])
    return fact


def _data(rng: Random, kind: EventKind) -> dict[str, Any]:
    return {field.name: _value(rng, field) for field in kind.fields if rng.random() < 0.65}


def _value(rng: Random, field: Field) -> object:
    if rng.random() < 0.03:
        return "not-known"
    if field.type == "date":
        return _day(rng)
    if field.type == "dates":
        return sorted({_day(rng, date(2025, 9, 1), 120) for _ in range(rng.randint(0, 12))})
    if field.type == "boolean":
        return rng.random() < 0.5
    if field.type == "number":
        return rng.choice((0, 0.5, 1, 3, 5, 10, 11, 45, 60))
    if field.type == "list":
        return rng.sample(field.values, k=min(len(field.values), 2)) if field.values else ["student", "services"]
    return rng.choice(field.values) if field.values else "words"


def _years(rng: Random) -> list[dict[str, Any]]:
    found = []
    for year in range(2022, 2027):
        if rng.random() < 0.5:
            continue
        first, last = date(year, 8, rng.randint(5, 28)), date(year + 1, 5, rng.randint(15, 31))
        closed: list[object] = [
            [f"{year}-11-24", f"{year}-11-28"],
            [f"{year}-12-{rng.randint(19, 23)}", f"{year + 1}-01-0{rng.randint(2, 6)}"],
        ]
        found.append(
            {"school_year": f"{year}-{year - 1999}", "first_day": str(first), "last_day": str(last), "closed": closed}
        )
    return found
