"""What the engine finds: statuses, reasons, accounts, corrections, and what must never happen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameplan.core.assess import assess
from gameplan.core.facts import Case, Fact
from gameplan.core.standing import STATUSES, Duty, Standing, standing_json
from gameplan.core.words import ENGLISH
from gameplan.law import law_for
from tests.core.cast import NEXT_YEAR, YEAR, case, consent, request

DAY = date(2025, 10, 1)


def standing(*facts: Fact, on: date = DAY, **about: object) -> Standing:
    told = case(*facts, **about)  # type: ignore[arg-type]
    return assess(told, law_for(told.child.state), on=on)


def duty(found: Standing, clock: str) -> Duty:
    return next(one for one in found.duties if one.clock == clock)


def test_the_state_rule_takes_the_federal_ones_place() -> None:
    found = standing(request(), consent())
    assert duty(found, "initial-evaluation").pack == "TX"
    assert [one.pack for one in found.duties if one.clock == "initial-evaluation"] == ["TX"]
    assert not [one for one in found.duties if one.clock == "answer-evaluation-request"]


def test_a_spoken_request_falls_back_on_federal_law() -> None:
    found = standing(request(written=False))
    assert duty(found, "answer-evaluation-request").due is None
    assert not [one for one in found.duties if one.clock == "request-response"]


def test_two_requests_give_two_duties() -> None:
    found = standing(request("f1", date(2025, 9, 3)), request("f9", date(2025, 9, 10)))
    assert [one.started for one in found.duties if one.clock == "request-response"] == [
        date(2025, 9, 3),
        date(2025, 9, 10),
    ]


def test_without_a_state_only_federal_law_is_shown_and_said_so() -> None:
    found = standing(request(), consent(), state=None)
    assert {one.pack for one in found.duties} == {"us"}
    assert any("No State" in warning.text for warning in found.warnings)


def test_without_the_calendar_it_cannot_be_told_and_the_missing_fact_is_named() -> None:
    found = duty(standing(consent(), years=()), "initial-evaluation")
    assert found.status == "cannot-tell"
    assert found.due is None
    assert found.due_earliest
    assert found.due_latest
    assert any("calendar" in ask.text for ask in found.would_settle)


def test_done_before_the_earliest_day_is_done_whatever_the_calendar() -> None:
    done = Fact("f3", "evaluation-completed", date(2025, 10, 20), {"type": "initial"})
    assert duty(standing(consent(), done, years=(), on=date(2025, 11, 1)), "initial-evaluation").status == "met"


def test_consent_counts_from_receipt() -> None:
    signed = consent(on=date(2025, 9, 12), received=date(2025, 9, 15), signed=date(2025, 9, 12))
    assert duty(standing(signed), "initial-evaluation").started == date(2025, 9, 15)


def test_consent_without_a_day_of_receipt_says_so() -> None:
    given_only = Fact("f2", "consent-given", date(2025, 9, 15), {"for": "initial-evaluation"})
    found = duty(standing(given_only), "initial-evaluation")
    assert any("when the school received it" in reason.text for reason in found.because)


def test_a_corrected_fact_no_longer_counts() -> None:
    wrong = consent("f2", date(2025, 9, 1))
    right = Fact("f3", "consent-given", date(2025, 9, 15), consent().data, corrects="f2")
    found = standing(wrong, right)
    assert [one.started for one in found.duties if one.clock == "initial-evaluation"] == [date(2025, 9, 15)]


def test_a_fact_taken_back_no_longer_counts() -> None:
    back = Fact("f3", "consent-given", date(2025, 9, 20), {}, corrects="f2", withdrawn=True)
    assert not [one for one in standing(consent(), back).duties if one.clock == "initial-evaluation"]


def test_two_accounts_that_matter_show_both_and_no_firm_date() -> None:
    school = Fact(
        "f3",
        "consent-given",
        date(2025, 9, 22),
        {"for": "initial-evaluation", "received": date(2025, 9, 22)},
        "school",
        account_of="f2",
    )
    found = duty(standing(consent(), school, on=date(2025, 11, 25)), "initial-evaluation")
    assert found.due is None
    assert {view.said_by: view.status for view in found.accounts} == {"parent": "late", "school": "due-soon"}
    assert found.status == "cannot-tell"
    assert found.due_earliest < found.due_latest  # type: ignore[operator]


def test_two_accounts_that_do_not_matter_say_so() -> None:
    school = Fact(
        "f3",
        "consent-given",
        date(2025, 9, 14),
        {"for": "initial-evaluation", "received": date(2025, 9, 14)},
        "school",
        account_of="f2",
    )
    # Sunday the 14th and Saturday the 13th: the 45th school day is the same.
    family = consent("f2", date(2025, 9, 13))
    found = duty(standing(family, school), "initial-evaluation")
    assert found.due is not None
    assert any("the answer is the same" in reason.text for reason in found.because)


def test_permission_given_shows_that_the_request_was_answered_by_then() -> None:
    answered = duty(standing(request(), consent()), "request-response")
    assert answered.status == "met"


def test_permission_given_after_the_time_leaves_open_when_it_was_asked_for() -> None:
    found = duty(standing(request(), consent(on=date(2025, 10, 20)), on=date(2025, 11, 1)), "request-response")
    assert found.status == "cannot-tell"
    assert found.would_settle


def test_law_of_another_time_gives_no_firm_date_and_names_the_year() -> None:
    old = standing(consent(on=date(2004, 9, 15)), state=None, on=date(2005, 1, 1))
    found = duty(old, "initial-evaluation")
    assert (found.status, found.due) == ("cannot-tell", None)
    assert any(warning.values.get("year") == 2004 for warning in old.warnings)


def test_a_planned_meeting_can_be_counted_back_from() -> None:
    meeting = Fact("f5", "meeting-held", date(2025, 10, 20), {"kind": "initial-iep"}, planned=True)
    assert duty(standing(meeting), "meeting-notice").status == "running"


def test_a_plan_whose_day_has_passed_is_asked_about() -> None:
    meeting = Fact("f5", "meeting-held", date(2025, 9, 20), {"kind": "initial-iep"}, planned=True)
    assert any("Did it happen" in warning.text for warning in standing(meeting).warnings)


def test_the_stage_is_that_of_the_latest_fact() -> None:
    assert standing().stage == "supports"
    assert standing(request()).stage == "request"
    assert standing(request(), consent()).stage == "evaluation"


def test_every_finding_says_why() -> None:
    for found in standing(request(), consent()).duties:
        assert found.because
        assert found.cite
        assert found.source
        assert all(ENGLISH.say(reason) for reason in found.because)


def test_the_counted_days_end_on_the_due_day() -> None:
    found = duty(standing(consent()), "initial-evaluation")
    assert found.days[-1].on == found.due
    assert found.days[-1].number == 45


def test_the_json_answer_has_the_fixed_names() -> None:
    found = standing_json(standing(request(), consent()))
    assert {"on", "stage", "duties", "options", "warnings"} <= set(found)
    names = {
        "clock", "title", "owed_by", "owed_to", "started", "due", "due_earliest", "due_latest", "status", "done",
        "days_left", "days_late", "cite", "confidence", "because", "would_settle",
    }  # fmt: skip
    assert all(names <= set(one) for one in found["duties"])  # type: ignore[attr-defined]
    assert all(one["status"] in STATUSES for one in found["duties"])  # type: ignore[attr-defined]
    wanted = {"id", "who", "power", "do", "closes", "letter", "cite"}
    assert all(wanted <= set(one) for one in found["options"])  # type: ignore[attr-defined]


FACTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("evaluation-requested", {"type": "initial", "by": "parent", "written": True}),
    ("consent-given", {"for": "initial-evaluation"}),
    ("consent-requested", {"for": "initial-evaluation"}), ("evaluation-completed", {"type": "initial"}),
    ("pwn-sent", {}),
    ("eligibility-determined", {"eligible": True}), ("meeting-held", {"kind": "initial-iep"}), ("iep-adopted", {}),
    ("services-started", {}), ("child-absent", {}), ("agreement-made", {"about": "evaluation-time", "written": True}),
    ("consent-revoked", {"for": "services", "written": True}), ("document-given", {"what": "evaluation-report"}),
)  # fmt: skip
MOMENTS = st.dates(date(2024, 9, 1), date(2027, 3, 1))


@st.composite
def stories(draw: st.DrawFn) -> Case:
    chosen = draw(st.lists(st.tuples(st.sampled_from(FACTS), MOMENTS), max_size=10))
    facts = [Fact(f"f{n}", kind, on, dict(data)) for n, ((kind, data), on) in enumerate(chosen)]
    years = draw(st.sampled_from([(), (YEAR,), (YEAR, NEXT_YEAR)]))
    return case(*facts, state=draw(st.sampled_from(["TX", None, "CA"])), years=years)


@given(stories(), MOMENTS)
def test_any_story_on_any_day_has_an_answer_and_the_same_one_twice(story: Case, on: date) -> None:
    law = law_for(story.child.state)
    first = assess(story, law, on=on)
    assert standing_json(first) == standing_json(assess(story, law, on=on))
    for found in first.duties:
        assert found.status in STATUSES
        assert (found.due is None) or found.due_earliest == found.due_latest == found.due
        if found.status == "late" and found.due:
            assert found.days_late == (on - found.due).days > 0


@given(st.dates(date(2025, 8, 20), date(2026, 4, 1)), st.integers(0, 30), st.sampled_from(["TX", None, "CA"]))
def test_later_consent_never_makes_the_deadline_earlier(day: date, later: int, state: str | None) -> None:
    years = (YEAR, NEXT_YEAR)
    one = duty(standing(consent(on=day), on=day, state=state, years=years), "initial-evaluation")
    two_day = day + timedelta(days=later)
    two = duty(standing(consent(on=two_day), on=two_day, state=state, years=years), "initial-evaluation")
    if state == "TX" and date(day.year, 6, 30) in (one.due, two.due):
        return
    assert two.due_earliest >= one.due_earliest  # type: ignore[operator]


@given(stories(), MOMENTS)
def test_an_excuse_never_adds_a_duty(story: Case, on: date) -> None:
    law = law_for(story.child.state)
    excuse = Fact("x1", "child-not-produced", on - timedelta(days=3), {"record": "missed"})
    before = {found.key for found in assess(story, law, on=on).duties}
    after = {found.key for found in assess(story.with_facts(excuse), law, on=on).duties}
    assert after <= before


@pytest.mark.parametrize("on", [date(2025, 9, 2), date(2025, 9, 3), date(2026, 9, 3)])
def test_any_day_can_be_replayed(on: date) -> None:
    found = standing(request(), on=on)
    assert bool([one for one in found.duties if one.clock == "request-response"]) is (on >= date(2025, 9, 3))
