"""Facts that follow from papers: the vocabulary takes them, and the law's clocks hear them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gameplan.core.assess import assess
from gameplan.core.casefile import check_fact
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Duty
from gameplan.law import law_for, vocabulary
from gameplan.law.team import Excusal
from gameplan.plans.facts import (
    PaperFact,
    facts_of_504,
    facts_of_adoption,
    facts_of_amendment,
    facts_of_answer,
    facts_of_eligibility,
    facts_of_end,
    facts_of_evaluation_report,
    facts_of_meeting_held,
    facts_of_meeting_notice,
    facts_of_proposal,
    facts_of_shared_draft,
)
from gameplan.plans.life_events import Answer
from gameplan.plans.meeting import Invited, Leave, Meeting
from tests.plans.lives import FALL, FIRST, SECOND, first, plan, second, yes

MEETING = Meeting(
    ("initial-iep",), date(2025, 9, 12), "14:30", "Room 4",
    invited=(Invited("Rosa", ("parents",), took_part="there"), Invited("Ana", ("child",), took_part="remote"),
             Invited("Kim", ("special-teacher",), took_part="there"),
             Invited("Lee", ("regular-teacher",), took_part="excused")),
    leaves=(Leave(Excusal("regular-teacher", True, True, True, True), date(2025, 9, 8), "Fine.", date(2025, 9, 10)),),
)  # fmt: skip
FINISHED = plan(
    FIRST | {"progress-schedule": "report-cards", "informed": [{"id": "i1", "role": "teacher", "on": "2025-09-22"}],
             "special-education": [{"id": "s1", "service": "Reading", "start": "2025-09-23"}]}
)  # fmt: skip
AMENDMENT = replace(second(), how="amended-without-meeting", changes=("goals/g3",))
PAPERS: dict[str, list[PaperFact]] = {
    "notice": facts_of_meeting_notice(MEETING, date(2025, 8, 29)),
    "held": facts_of_meeting_held(MEETING, "f1"),
    "planned": facts_of_meeting_held(replace(MEETING, invited=(Invited("Rosa", ("parents",)),))),
    "not needed": facts_of_meeting_held(
        replace(MEETING, leaves=(Leave(Excusal("regular-teacher", False, True, True), date(2025, 9, 8)),))
    ),
    "draft": facts_of_shared_draft(date(2025, 9, 9), date(2025, 9, 12), ("draft-iep", "evaluation-report")),
    "offer": facts_of_proposal(first(), matter="First IEP"),
    "later offer": facts_of_proposal(second(), plan(FIRST), matter="Yearly IEP", start_agreed=True),
    "yes": facts_of_answer(yes(1, FALL), first(), signed=date(2025, 9, 14)),
    "partly": facts_of_answer(yes(1, FALL, items={"goals/g2": "refused"}), first()),
    "no": facts_of_answer(Answer(1, FALL, "Rosa", "refused"), first()),
    "services": facts_of_answer(Answer(1, FALL, "Rosa", services=True), first()),
    "later yes": facts_of_answer(yes(2, FALL, at_once=True), second(), plan(FIRST), state_asks=True),
    "later no": facts_of_answer(Answer(2, FALL, "Rosa", "refused"), second(), plan(FIRST), state_asks=True),
    "adopted": facts_of_adoption(
        FINISHED, date(2025, 9, 15), date(2025, 9, 22), first=True, review_by=date(2026, 9, 14), copy_given=FALL
    ),
    "amended": facts_of_amendment(AMENDMENT, date(2026, 9, 3), team_told=True, copy_given=date(2026, 9, 4)),
    "504": facts_of_504(FALL, True, "plan-1"),
    "evaluation": facts_of_evaluation_report(
        date(2025, 9, 1), "initial", ["reading"], given=date(2025, 9, 5), meeting_on=date(2025, 9, 5),
        report_ref="r1", suspected_sld=False,
    ),
    "eligible": facts_of_eligibility(
        date(2025, 9, 5), True, ["autism"], considered_sld=False, record_given=date(2025, 9, 6)
    ),
    "not eligible": facts_of_eligibility(date(2025, 9, 5), False, excluded_because="no-need"),
    "end": facts_of_end(date(2026, 6, 1), "revoked", revoked_on=date(2026, 5, 20)),
}  # fmt: skip


def facts(*names: str) -> tuple[Fact, ...]:
    """The facts of these papers, as the door of the case takes them."""
    found: list[Fact] = []
    for name in names:
        for kind, on, data in PAPERS[name]:
            raw = {"id": f"f{len(found) + 1}", "kind": kind, "on": on.isoformat(), "said_by": "school", "data": data}
            fact, faults = check_fact(raw, vocabulary())
            assert fact is not None, faults
            found.append(fact)
    return tuple(found)


def duties(*names: str, state: str | None = None, on: date = date(2025, 10, 1), more: tuple[Fact, ...] = ()) -> dict[
    str, Duty
]:  # fmt: skip
    case = Case(Child("Ana", date(2016, 5, 2), state), facts=(*facts(*names), *more))
    return {one.clock: one for one in assess(case, law_for(state, on=on), on=on).duties}


def data(name: str, kind: str) -> dict[str, Any]:
    return next(dict(data) for found, _, data in PAPERS[name] if found == kind)


@pytest.mark.parametrize("name", PAPERS)
def test_the_vocabulary_takes_every_fact_with_all_that_it_needs(name: str) -> None:
    assert PAPERS[name]
    for kind, on, said in PAPERS[name]:
        shape = vocabulary().kinds[kind]
        assert {one.name for one in shape.fields if one.required} <= set(said), kind
        assert said[shape.main_date] == on.isoformat()
    facts(name)


def test_a_meeting_without_a_day_has_no_facts() -> None:
    with pytest.raises(ValueError, match="no day yet"):
        facts_of_meeting_notice(replace(MEETING, on=None), FALL)


def test_the_roles_are_those_of_the_timeline() -> None:
    came = ["parent", "student", "special-teacher"]
    assert data("notice", "meeting-notice-sent")["invited"] == [*came, "regular-teacher"]
    assert data("held", "meeting-held")["present"] == came
    assert data("held", "meeting-held")["parent_took_part"] is True
    assert data("planned", "meeting-held")["parent_took_part"] == "not-known"


def test_an_answer_says_what_it_comes_to() -> None:
    assert data("yes", "iep-answered")["answer"] == "accepted"
    assert data("partly", "iep-answered")["answer"] == "partly"
    assert "goals/g1" in data("partly", "consent-given")["scope"]
    assert data("no", "consent-refused") == {"date": "2025-09-15", "for": "initial-services", "silent": False}
    assert [kind for kind, _, _ in PAPERS["services"]] == ["consent-given"]
    assert data("later yes", "agreement-made")["about"] == "earlier-start"
    assert data("later no", "consent-refused")["for"] == "state-added"
    assert [kind for kind, _, _ in facts_of_answer(yes(2, FALL), second(), plan(FIRST))] == ["iep-answered"]


def test_a_finished_plan_says_what_the_clocks_read() -> None:
    adopted = data("adopted", "iep-adopted")
    assert adopted["services_start"] == "2025-09-23"
    assert adopted["progress_schedule"] == "With each report card"
    assert (adopted["has_transition"], adopted["has_majority_statement"]) == (False, False)
    assert facts_of_adoption(plan(SECOND), FALL, FALL, first=False)[0][2]["progress_schedule"] == "not-known"


def test_the_first_plan_starts_and_meets_the_clocks_of_federal_law() -> None:
    found = duties("evaluation", "eligible", "notice", "held", "offer", "yes", "adopted")
    assert (found["iep-meeting"].status, found["iep-meeting"].done) == ("met", date(2025, 9, 12))
    assert (found["iep-copy"].status, found["iep-copy"].done) == ("met", FALL)
    assert (found["iep-tell-staff"].status, found["iep-tell-staff"].done) == ("met", date(2025, 9, 22))
    assert found["meeting-notice"].status == "met"
    assert found["excused-member-input"].status == "met"
    assert found["evaluation-report-copy"].status == "met"
    assert found["services-begin"].status == "running"
    assert found["iep-annual-review"].due == date(2026, 9, 14)
    assert found["progress-reports"].status == "running"


def test_the_offer_starts_the_parents_time_in_massachusetts_and_the_answer_ends_it() -> None:
    offered = duties("held", "offer", state="MA", on=date(2025, 9, 20))["iep-response"]
    assert (offered.status, offered.due) == ("running", date(2025, 10, 15))
    assert duties("held", "offer", "yes", state="MA")["iep-response"].status == "met"
    told = duties("held", "offer", "partly", state="MA", on=date(2025, 9, 16))
    assert told["rejection-notice-to-hearing-office"].due == date(2025, 9, 20)


def test_a_no_to_first_services_excuses_the_school() -> None:
    found = duties("eligible", "adopted", "no")
    assert found["services-begin"].status == "excused"


def test_a_draft_given_in_time_is_heard_in_tennessee() -> None:
    found = duties("draft", "held", state="TN", on=date(2025, 9, 20))
    assert (found["draft-iep-copy"].status, found["draft-iep-copy"].done) == ("met", date(2025, 9, 9))


def test_an_amendment_tells_the_team_and_leaves_the_yearly_review_where_it_was() -> None:
    found = duties("adopted", "amended", on=date(2026, 9, 5))
    assert found["iep-change-tell-team"].status == "met"
    assert found["iep-annual-review"].due == date(2026, 9, 14)
    unknown = facts_of_amendment(AMENDMENT, date(2026, 9, 3))
    assert "team_told" not in unknown[1][2]


def test_a_waiting_time_of_a_state_starts_with_the_notice_of_a_later_plan() -> None:
    started = Fact("s", "services-started", date(2025, 9, 22), {"date": date(2025, 9, 22)}, "school")
    found = duties("later offer", state="MN", on=date(2026, 9, 5), more=(started,))
    assert (found["notice-waiting-period"].status, found["notice-waiting-period"].due) == (
        "running", date(2026, 9, 15),
    )  # fmt: skip


def test_the_end_stops_what_the_plan_asked_for() -> None:
    found = duties("adopted", "end", on=date(2026, 6, 2))
    assert found["progress-reports"].status == "excused"


def test_the_decision_under_section_504_is_heard() -> None:
    asked = Fact("q", "section-504-requested", date(2025, 9, 1), {"date": date(2025, 9, 1)}, "parent")
    assert any(one.done == FALL for one in duties("504", more=(asked,)).values())
