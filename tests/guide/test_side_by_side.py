"""IEP and 504 side by side: every row of the page's table has its rules and facts, and the law knows them all."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan import guide
from gameplan.core.facts import Fact
from gameplan.guide.side_by_side import IEP, PAGE, SECTION_504, WAYS, _table
from gameplan.law import law_for, vocabulary
from gameplan.tongues import LANGUAGES, tongue

ON = date(2026, 11, 27)


def fact(number: int, kind: str, on: date, **data: object) -> Fact:
    return Fact(f"f{number}", kind, on, data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_matter_has_its_words_from_the_page(lang: str) -> None:
    found = guide.matters(law_for(None), tongue(lang), on=ON)
    text = {run.text for block in guide.page(PAGE, lang).blocks for line in block.every_line for run in line}
    assert len({one.id for one in found}) == len(found)
    assert {one.name for one in found} <= text
    assert all(half.words for one in found for half in one.halves.values())
    assert tuple(guide.names_of_ways(lang)) == WAYS


@pytest.mark.parametrize("state", [None, "TX", "NY"])
def test_its_numbers_are_those_of_the_state(state: str | None) -> None:
    found = guide.matters(law_for(state), tongue("en"), on=ON)
    assert all("{" not in number.text for one in found for half in one.halves.values() for number in half.numbers)


def test_its_facts_are_facts_of_the_law() -> None:
    kinds = vocabulary().kinds
    rows = [half for matter in _table()["matter"] for half in matter.values() if isinstance(half, dict)]
    told = [
        one
        for half in (*rows, *_table()["has"].values())
        for key in ("facts", "begun", "ended")
        for one in half.get(key, ())
    ]
    for one in told:
        for name, said in one.get("where", {}).items():
            field = kinds[one["event"]].field(name)
            assert field is not None
            wanted = said if isinstance(said, list) else [said]
            assert field.type == "boolean" or set(wanted) <= set(field.values)


def test_the_latest_fact_of_each_match_stands_oldest_first() -> None:
    who = next(one for one in guide.matters(law_for(None), tongue("en"), on=ON) if one.id == "who")
    told = [
        fact(1, "eligibility-determined", date(2026, 9, 1), eligible=False),
        fact(2, "eligibility-determined", date(2026, 10, 1), eligible=True),
        fact(3, "section-504-decided", date(2026, 8, 1), eligible=True),
    ]
    assert [one.id for one in guide.happened(told, who.halves[IEP].facts)] == ["f2"]
    assert [one.id for one in guide.happened(told, who.halves[SECTION_504].facts)] == ["f3"]


def test_a_plan_ends_only_by_what_came_after_it() -> None:
    told = [
        fact(1, "services-stopped", date(2025, 6, 1), reason="parent"),
        fact(2, "iep-adopted", date(2026, 9, 1)),
    ]
    assert guide.has_plan(told, IEP) == guide.Has(told[1], None)
    revoked = fact(3, "consent-revoked", date(2026, 10, 1), **{"for": "services"})
    assert guide.has_plan([*told, revoked], IEP).ended == revoked
    assert guide.has_plan(told, SECTION_504) == guide.Has(None, None)
