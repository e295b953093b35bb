"""Days known only roughly, answers nobody knows, and federal law alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json
from gameplan.core.faults import CaseFileError
from gameplan.core.standing import Duty
from gameplan.law import law_for, vocabulary

ON = date(2025, 5, 15)


def told(*facts: dict[str, Any], state: str | None = None) -> dict[str, Any]:
    rows = [{"id": f"f{number}", **fact} for number, fact in enumerate(facts)]
    return {"gameplan": 1, "child": {"state": state} if state else {}, "facts": rows}


def duty(raw: dict[str, Any], clock: str, on: date = ON) -> Duty:
    case = read_case(raw, vocabulary())
    return next(one for one in assess(case, law_for(case.child.state), on=on).duties if one.clock == clock)


def consent(on: str, **data: object) -> dict[str, Any]:
    return {"kind": "consent-given", "on": on, "data": {"for": "initial-evaluation", **data}}


def test_a_month_gives_the_range_of_its_days() -> None:
    found = duty(told(consent("2025-02")), "initial-evaluation")
    assert (found.due, found.due_earliest, found.due_latest) == (None, date(2025, 4, 2), date(2025, 4, 29))
    assert found.status == "late"
    assert any("exact day" in ask.text for ask in found.would_settle)


def test_between_the_two_ends_nobody_can_tell_if_it_is_late() -> None:
    assert duty(told(consent("2025-02")), "initial-evaluation", date(2025, 4, 15)).status == "cannot-tell"


def test_a_rough_day_that_makes_no_difference_changes_nothing() -> None:
    asked = {"kind": "consent-requested", "on": "2025-01-03/2025-01-20", "data": {"for": "initial-evaluation"}}
    assert duty(told(asked, consent("2025-02-03")), "initial-evaluation").due == date(2025, 4, 4)


def test_every_true_day_lies_in_the_range_near_the_years_end() -> None:
    year = {"school_year": "2024-25", "first_day": "2024-08-14", "last_day": "2025-05-22"}
    after = {"school_year": "2025-26", "first_day": "2025-08-13", "last_day": "2026-05-21"}
    rough = {**told(consent("2025-03"), state="TX"), "calendars": [year, after]}
    found = duty(rough, "initial-evaluation")
    for day in range(1, 32):
        exact = duty({**rough, "facts": told(consent(f"2025-03-{day:02d}"))["facts"]}, "initial-evaluation").due
        assert found.due_earliest
        assert exact
        assert found.due_latest
        assert found.due_earliest <= exact <= found.due_latest


@pytest.mark.parametrize("on", ["2025-02", "2025", "2025-02-03/2025-02-20", "2025-02-03"])
def test_a_rough_day_goes_out_and_comes_back_as_it_was(on: str) -> None:
    case = read_case(told(consent(on)), vocabulary())
    assert read_case(case_json(case), vocabulary()) == case


@pytest.mark.parametrize("on", ["2025-13", "2025-02-20/2025-02-03", "sometime", "2025-02-03/", "25", "2025-2"])
def test_a_day_that_is_none_is_refused_with_its_place(on: str) -> None:
    with pytest.raises(CaseFileError) as refused:
        read_case(told(consent(on)), vocabulary())
    assert all(fault.where and fault.mend for fault in refused.value.faults)


def test_what_nobody_knows_is_asked_for_where_it_matters() -> None:
    asked = {
        "kind": "evaluation-requested", "on": "2025-04-01",
        "data": {"type": "initial", "by": "parent", "written": "not-known"},
    }  # fmt: skip
    found = duty(told(asked, state="TX"), "request-response")
    assert found.status == "cannot-tell"
    assert found.would_settle


def test_us_means_federal_law_alone() -> None:
    assert read_case(told(consent("2025-02-03"), state="US"), vocabulary()).child.state is None
