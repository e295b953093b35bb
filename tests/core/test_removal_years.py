"""The days of removal of a school year laid out: the same numbers as the clocks, removal by removal."""

from __future__ import annotations

from datetime import date
from typing import Any

from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Case, Child, Fact, Rough
from gameplan.core.removal_years import YearOut, years_out
from gameplan.law import law_for

LAW = law_for("TX")
YEAR = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21))
ON = date(2025, 11, 20)


def removal(name: str, day: date, days: float, **more: Any) -> Fact:
    data = {"decided": day, "from": day, "school_days": days, "kind": "suspension", **more}
    return Fact(id=name, kind="removal-ordered", on=day, said_by="school", data=data)


def years(*facts: Fact) -> dict[str, tuple[YearOut, ...]]:
    case = Case(Child("Ana", date(2016, 5, 2), "TX"), calendars=(YEAR,), facts=facts)
    return years_out(case, LAW, on=ON, limit=10)


def one(*facts: Fact) -> YearOut:
    ((found,),) = years(*facts).values()
    return found


def test_removals_add_up_and_keep_their_days() -> None:
    found = one(removal("f1", date(2025, 9, 15), 3), removal("f2", date(2025, 10, 6), 8))
    assert [(each.fact.id, each.least, each.most) for each in found.removals] == [("f1", 3, 3), ("f2", 8, 8)]
    assert (found.passed.least, found.passed.most, found.passed.alone) == (11, 11, False)
    assert found.passed.earliest == found.passed.latest == date(2025, 10, 15)
    assert [day.when.earliest.day for day in found.days][:3] == [15, 16, 17]


def test_one_removal_alone_passes_the_number() -> None:
    assert one(removal("f1", date(2025, 9, 15), 11)).passed.alone


def test_part_of_a_day_and_a_suspension_inside_the_school_make_a_range() -> None:
    day = date(2025, 9, 15)
    home = removal("f1", day, 1, kind="sent-home", served_days=(day,), part_days=(day,))
    inside = removal("f2", date(2025, 10, 6), 2, kind="in-school-suspension")
    found = one(home, inside)
    assert (found.passed.least, found.passed.most) == (0, 3)
    assert [(each.least, each.most) for each in found.removals] == [(0, 1), (0, 2)]
    assert found.removals[0].days[0].asks


def test_a_day_known_only_roughly_may_lie_in_another_year() -> None:
    rough = Rough(date(2026, 5, 20), date(2026, 9, 20))
    fact = removal("f1", date(2026, 5, 20), 2, **{"from": rough, "decided": rough})
    case = Case(Child("Ana", date(2016, 5, 2), "TX"), calendars=(YEAR,), facts=(fact,))
    (found,) = years_out(case, LAW, on=date(2026, 12, 1), limit=10).values()
    assert (found[0].name, found[0].passed.least) == ("2025-26", 0.0)
    assert {each.name for each in found} == {"2025-26", "2026-27"}


def test_school_years_stand_apart_and_a_removal_to_come_is_not_there() -> None:
    before = removal("f1", date(2025, 3, 3), 5)
    planned = removal("f3", date(2025, 12, 1), 5)
    found = years(before, removal("f2", date(2025, 9, 15), 1), planned)[""]
    assert [(each.name, each.passed.most) for each in found] == [("2024-25", 5), ("2025-26", 1)]


def test_two_accounts_stand_side_by_side() -> None:
    school = removal("f1", date(2025, 9, 15), 2)
    family = Fact(
        id="f2", kind="removal-ordered", on=date(2025, 9, 15), said_by="parent", account_of="f1",
        data={**school.data, "school_days": 4},
    )  # fmt: skip
    found = years(school, family)
    assert {side: each[0].passed.most for side, each in found.items()} == {"parent": 4, "school": 2}


def test_whether_the_conduct_was_much_the_same_is_what_people_say() -> None:
    def compared(name: str, similar: bool) -> Fact:
        day = date(2025, 11, 3)
        return Fact(
            id=name, kind="conduct-compared", on=day, said_by="parent", data={"date": day, "similar": similar}
        )  # fmt: skip

    first = removal("f1", date(2025, 9, 15), 2)
    assert one(first).similar is None
    assert one(first, compared("f2", True)).similar is True
    assert one(first, compared("f2", True), compared("f3", False)).similar is None
