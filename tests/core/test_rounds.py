"""What an outside look found wrong once: rounds that follow each other, late duties, open data, half-known days."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Fact, standing_facts
from tests.core.cast import NEXT_YEAR, YEAR, consent, request
from tests.core.test_assess import duty, standing


def fact(fact_id: str, what: str, on: date, **data: object) -> Fact:
    return Fact(fact_id, what, on, data)


def test_a_meeting_and_an_iep_on_one_day_do_not_meet_the_next_review() -> None:
    told = (
        fact("f1", "iep-adopted", date(2025, 3, 12)),
        fact("f2", "meeting-held", date(2026, 3, 10), kind="annual-review"),
        fact("f3", "iep-adopted", date(2026, 3, 10)),
    )
    found = standing(*told, state=None, on=date(2027, 4, 1)).duties
    last = max((one for one in found if one.clock == "iep-annual-review"), key=lambda one: one.started or date.min)
    assert (last.status, last.due_earliest, last.due_latest) == ("late", date(2027, 3, 9), date(2027, 3, 10))


@pytest.mark.parametrize("state", ["VA", "CT", "NC"])
def test_where_the_state_counts_from_the_request_permission_alone_asks_for_it(state: str) -> None:
    found = duty(standing(consent(), state=state, on=date(2026, 3, 1)), "initial-evaluation")
    assert (found.status, found.due) == ("cannot-tell", None)
    assert found.would_settle


@pytest.mark.parametrize("state", ["VA", "CT", "NC"])
def test_permission_after_a_refusal_is_not_taken_for_nothing(state: str) -> None:
    refusal = fact("f3", "pwn-sent", date(2025, 9, 10), decision="refuse", subject=("evaluation",))
    told = (request(), refusal, consent(on=date(2025, 10, 15)))
    assert duty(standing(*told, state=state, on=date(2025, 11, 1)), "initial-evaluation").status == "cannot-tell"


@pytest.mark.parametrize("state", ["TX", "CA", None])
@pytest.mark.parametrize("kind", ["child-not-produced", "consent-revoked"])
def test_what_was_late_stays_late_whatever_comes_later(state: str | None, kind: str) -> None:
    data = {"for": "initial-evaluation", "written": True} if kind == "consent-revoked" else {"record": "missed"}
    later = Fact("f3", kind, date(2026, 2, 10), data)
    found = duty(
        standing(consent(), later, state=state, years=(YEAR, NEXT_YEAR), on=date(2026, 3, 1)), "initial-evaluation"
    )
    assert found.status == "late"
    assert any("already run out" in reason.text for reason in found.because)


def test_a_request_long_refused_does_not_set_the_date_of_a_later_permission() -> None:
    refusal = fact("f2", "pwn-sent", date(2025, 5, 20), decision="refuse", subject=("evaluation",))
    told = (request("f1", date(2025, 5, 15)), refusal, consent("f3", date(2026, 2, 2)))
    found = duty(standing(*told, state="CA", on=date(2026, 2, 10)), "initial-evaluation")
    assert found.due_earliest
    assert found.due_earliest > date(2026, 2, 10)


def test_two_accounts_without_a_calendar_make_a_range_that_holds_both() -> None:
    school = Fact("f3", "consent-given", date(2025, 9, 26), {"for": "initial-evaluation"}, "school", account_of="f2")
    alone = duty(standing(consent("f2", date(2025, 9, 26)), years=()), "initial-evaluation")
    both = duty(standing(consent("f2", date(2025, 9, 12)), school, years=()), "initial-evaluation")
    assert both.due_latest == alone.due_latest
    assert both.would_settle


def test_absences_on_days_nobody_knows_widen_the_range() -> None:
    days = tuple(date(2025, 10, day) for day in (18, 19, 20))
    away = Fact("f3", "child-absent", date(2025, 10, 18), {"days": days})
    with_them = duty(standing(consent(), away, years=()), "initial-evaluation")
    without = duty(standing(consent(), years=()), "initial-evaluation")
    assert with_them.due_earliest == without.due_earliest
    assert with_them.due_latest >= without.due_latest  # type: ignore[operator]


def more_time(on: date, **data: object) -> Fact:
    return fact("f9", "agreement-made", on, about="evaluation-time", **data)


def test_more_time_without_saying_if_it_was_written_cannot_be_told() -> None:
    told = (request(), consent(), more_time(date(2025, 10, 10), until=date(2026, 1, 20)))
    found = duty(standing(*told, state="CA", on=date(2026, 1, 5)), "initial-evaluation")
    assert found.status == "cannot-tell"
    assert found.would_settle


def test_more_time_is_never_less() -> None:
    told = (request(), consent(), more_time(date(2025, 10, 10), until=date(2025, 10, 20), written=True))
    assert duty(standing(*told, state="CA"), "initial-evaluation").due == date(2025, 11, 14)


def test_a_notice_about_testing_is_no_notice_about_services() -> None:
    notice = fact("f1", "pwn-sent", date(2025, 9, 10), decision="propose", subject=("evaluation",))
    services = fact("f2", "services-started", date(2025, 12, 15))
    assert duty(standing(notice, services, state=None, on=date(2025, 12, 20)), "pwn-proposal").status == "late"


@pytest.mark.parametrize(("kind", "first"), [("pwn-sent", request()), ("evaluation-completed", consent())])
def test_what_may_have_met_a_duty_is_asked_about(kind: str, first: Fact) -> None:
    found = standing(first, Fact("f3", kind, date(2025, 9, 16), {}), on=date(2025, 12, 15))
    open_ones = [one for one in found.duties if one.status == "cannot-tell"]
    assert open_ones
    assert all(one.would_settle for one in open_ones)


@pytest.mark.parametrize("kind", ["pwn-sent", "consent-given", "meeting-held"])
def test_the_stage_claims_nothing_that_the_file_does_not_say(kind: str) -> None:
    assert standing(Fact("f1", kind, date(2025, 9, 16), {})).stage == "supports"


def test_waiting_for_permission_is_a_pause_not_a_moving_date() -> None:
    asked = fact("f2", "consent-requested", date(2025, 9, 12), **{"for": "initial-evaluation"})
    found = duty(standing(request(), asked, state="CT", on=date(2025, 12, 20)), "initial-evaluation")
    assert (found.status, found.due) == ("paused", None)


def test_services_without_any_word_of_permission_are_asked_about() -> None:
    services = fact("f1", "services-started", date(2025, 12, 15))
    found = duty(standing(services, state=None, on=date(2025, 12, 20)), "consent-before-services")
    assert found.status == "cannot-tell"


def test_of_two_corrections_the_last_one_stands() -> None:
    one = Fact("f2", "consent-given", date(2025, 9, 16), corrects="f1")
    two = Fact("f3", "consent-given", date(2025, 9, 17), corrects="f1")
    assert [left.id for left in standing_facts((consent("f1"), one, two))] == ["f3"]


@pytest.mark.parametrize("name", ["", "2024-25"])
def test_school_years_without_a_name_are_still_two(name: str) -> None:
    years = (
        SchoolYear(name, date(2024, 8, 14), date(2025, 5, 22)),
        SchoolYear(name and "2025-26", date(2025, 8, 13), date(2026, 5, 21)),
    )
    told = (
        Fact("f1", "due-process-filed", date(2025, 3, 3), {"by": "parent"}),
        Fact("f2", "due-process-filed", date(2025, 9, 3), {"by": "parent"}),
    )
    found = standing(*told, state=None, years=years, on=date(2025, 10, 1)).duties
    assert [one.started_by for one in found if one.clock == "safeguards-first-due-process"] == ["f1", "f2"]


def test_two_parts_of_one_rule_stay_two_where_the_accounts_differ() -> None:
    told = (
        fact("f1", "evaluation-requested", date(2025, 9, 3), written=True),
        consent("f2", date(2025, 9, 12)),
        Fact("f3", "consent-given", date(2025, 9, 26), {"for": "initial-evaluation"}, "school", account_of="f2"),
    )

    def parts(*facts: Fact) -> set[str]:
        found = standing(*facts, state="WI", on=date(2025, 10, 1)).duties
        return {one.title.text for one in found if one.clock == "request-response"}

    assert len(parts(*told[:2])) == len(parts(*told)) == 2


def test_one_removal_over_two_school_years_is_judged_in_both_where_the_accounts_differ() -> None:
    years = (
        SchoolYear("2024-25", date(2024, 8, 14), date(2025, 5, 22)),
        SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)),
    )
    told = (
        fact("f1", "removal-ordered", date(2025, 5, 5), school_days=45),
        fact("f2", "records-requested", date(2025, 5, 6)),
        Fact("f3", "records-requested", date(2025, 5, 8), {}, "school", account_of="f2"),
    )
    found = standing(*told, state=None, years=years, on=date(2025, 12, 1)).duties
    days = [one.started for one in found if one.clock == "services-from-day-11"]
    assert sorted(map(str, days)) == ["2025-05-19", "2025-08-27"]
