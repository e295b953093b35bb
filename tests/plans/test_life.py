"""Which plan is in force on a day: what was agreed stays, what is proposed waits, and nobody guesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gameplan.core.calendars import SchoolYear, calendar_of
from gameplan.core.words import ENGLISH
from gameplan.plans.form_files import form
from gameplan.plans.forms import Field
from gameplan.plans.life import (
    Answer,
    Corrected,
    Ended,
    Event,
    Hold,
    InForce,
    LifeError,
    Met,
    Proposed,
    Reviewed,
    ServicesConsent,
    Shared,
    history,
    in_force,
    items_of,
    plan_day,
)
from gameplan.plans.plan import Plan, PlanChild, plan_json
from gameplan.plans.plan_file import read_plan
from tests.plans.lives import FALL, FIRST, SECOND, first, plan, rule, second, yes

LATER = date(2026, 12, 1)
BEGUN: list[Event] = [Shared(FALL - timedelta(9)), Met(FALL - timedelta(3), "initial-iep"), first(), yes(1, FALL)]


def force(events: list[Event], on: date, state: str | None) -> InForce:
    found = in_force(events, on, rule(state))
    assert found is not None
    read_plan(plan_json(found.plan))
    return found


def said(texts: Any) -> str:
    return " ".join(ENGLISH.say(one) for one in texts)


def content(found: InForce) -> dict[str, Any]:
    whole: dict[str, Any] = plan_json(found.plan)["content"]
    return whole


def test_the_things_that_a_parent_decides_on_have_words() -> None:
    found = {one.key: ENGLISH.say(one.label) for one in items_of(plan(FIRST))}
    assert found["goals/g1"] == "goal: Reading"
    assert found["related-services/r1"].startswith("service: Speech and language")
    assert found["placement"].startswith("Where the child learns")
    assert list(found) == [
        "goals/g1", "goals/g2", "special-education/s1", "related-services/r1", "placement", "esy",
    ]  # fmt: skip


def test_nothing_before_permission_for_the_first_services() -> None:
    day = plan_day([first()], LATER, rule(None))
    assert day.in_force is None
    assert {one.waits_for for one in day.open} == {"services"}
    assert "written permission for the first ones" in said(day.because)
    assert "34 CFR 300.300(b)(1)" in day.cite


def test_a_draft_and_a_meeting_decide_nothing() -> None:
    assert in_force(BEGUN[:2], LATER, rule(None)) is None


@pytest.mark.parametrize(("on", "there"), [(date(2025, 9, 21), False), (date(2025, 9, 22), True)])
def test_a_yes_counts_from_the_day_the_plan_starts(on: date, there: bool) -> None:
    assert (in_force(BEGUN, on, rule("MA")) is not None) is there


def test_a_no_to_one_part_of_the_first_plan_costs_no_other() -> None:
    found = force([first(), yes(1, FALL, items={"goals/g2": "refused"})], LATER, "TX")
    assert [one["id"] for one in content(found)["goals"]] == ["g1"]
    assert [one["id"] for one in content(found)["benchmarks"]] == ["b1"]
    assert [(one.item.key, one.waits_for) for one in found.open] == [("goals/g2", "refused")]
    assert "34 CFR 300.300(d)(3)" in found.open[0].cite


def test_permission_for_services_by_itself_is_for_the_plan_that_was_offered() -> None:
    found = force([first(), Answer(1, FALL, "Rosa", services=True)], LATER, "TX")
    assert content(found) == FIRST
    held = in_force([first(), Answer(1, FALL, "Rosa", services=True)], LATER, rule("MA"))
    assert held is None or not held.items


def test_a_no_to_first_services_keeps_everything_out() -> None:
    day = plan_day([first(), Answer(1, FALL, "Rosa", services=False)], LATER, rule(None))
    assert day.in_force is None
    assert {one.waits_for for one in day.open} == {"refused"}


def test_in_massachusetts_only_what_was_agreed_takes_the_place_of_the_old() -> None:
    answer = Answer(2, date(2026, 9, 10), "Rosa", items={"goals/g3": "agreed", "special-education/s1": "refused"})
    found = force([*BEGUN, second(), answer], LATER, "MA")
    assert [one["id"] for one in content(found)["goals"]] == ["g3", "g1", "g2"]
    assert content(found)["goals"][1]["target"] == "80 words a minute"
    assert [one["id"] for one in content(found)["benchmarks"]] == ["b3", "b1", "b2"]
    assert content(found)["special-education"][0]["times"] == 5
    assert content(found)["related-services"][0]["id"] == "r1"
    assert "related-services-none" not in content(found)
    assert content(found)["strengths"] == "Curious and kind."
    assert (found.items["goals/g3"].version, found.items["goals/g3"].since) == (2, date(2026, 9, 14))
    assert (found.items["goals/g1"].version, found.items["goals/g1"].since) == (1, date(2025, 9, 22))
    waits = {one.item.key: (one.item.change, one.waits_for) for one in found.open}
    assert waits["special-education/s1"] == ("changed", "refused")
    assert waits["goals/g2"] == ("gone", "answer")
    assert "No answer counts as a no" in said(one for item in found.open for one in item.because)
    assert any("603 CMR 28.05(7)(a)" in one.cite for one in found.open)


def test_by_federal_law_a_later_plan_starts_after_the_notice() -> None:
    found = force([*BEGUN, second()], date(2026, 9, 14), None)
    assert content(found) == SECOND
    assert found.perhaps is None
    assert "34 CFR 300.503" in found.cite
    before = force([*BEGUN, second()], date(2026, 9, 13), None)
    assert content(before) == FIRST
    assert {one.waits_for for one in before.open} == {"start"}


def test_without_written_notice_a_change_may_not_start() -> None:
    found = force([*BEGUN, second(notice=None)], LATER, None)
    assert content(found) == FIRST
    assert {one.waits_for for one in found.open} == {"notice"}


def test_where_the_state_was_not_checked_both_are_shown() -> None:
    found = force([*BEGUN, second()], LATER, "OH")
    assert content(found) == FIRST
    assert found.perhaps is not None
    assert plan_json(found.perhaps)["content"] == SECOND
    assert {one.answer for one in found.open} == {"cannot-tell"}
    assert "was not checked" in said(found.doubts)
    assert force([*BEGUN, second(), yes(2, date(2026, 9, 3))], LATER, "OH").perhaps is None


def test_a_no_where_the_state_gives_it_an_effect_is_not_guessed_at() -> None:
    found = force([*BEGUN, second(), yes(2, date(2026, 9, 3), items={"goals/g2": "refused"})], LATER, "MN")
    assert [one.item.key for one in found.open] == ["goals/g2"]
    assert found.open[0].answer == "cannot-tell"
    assert "If you object in time" in said(found.open[0].because)


@pytest.mark.parametrize(("on", "there"), [(date(2026, 9, 16), False), (date(2026, 9, 17), True)])
def test_the_waiting_time_of_a_state_counts_from_the_offer(on: date, there: bool) -> None:
    found = force([*BEGUN, second()], on, "NJ")
    assert (content(found) == SECOND) is there
    assert there or {one.waits_for for one in found.open} == {"time"}


def test_in_new_jersey_a_yes_ends_the_waiting() -> None:
    early = replace(second(), starts=date(2026, 9, 2))
    assert content(force([*BEGUN, early, yes(2, date(2026, 9, 3))], date(2026, 9, 4), "NJ")) == SECOND


def test_school_days_that_nobody_knows_make_a_range() -> None:
    early = [*BEGUN, replace(second(), starts=date(2026, 9, 2))]
    assert "calendar" in said(force(early, date(2026, 9, 17), "IN").doubts)
    known = calendar_of((SchoolYear("2026-27", date(2026, 8, 17), date(2027, 5, 28)),))
    found = in_force(early, date(2026, 9, 17), rule("IN", known))
    assert found is not None
    assert content(found) == SECOND


def test_a_yes_to_an_earlier_start_ends_every_wait() -> None:
    early = [*BEGUN, replace(second(), starts=date(2026, 9, 2))]
    agreed = yes(2, date(2026, 9, 3), at_once=True)
    assert content(force([*early, agreed], date(2026, 9, 3), "DE")) == SECOND
    waits = force([*early, replace(agreed, at_once=False)], date(2026, 9, 3), "DE")
    assert content(waits) == FIRST


def test_in_kansas_only_big_changes_need_a_yes() -> None:
    told = {"goals/g3": False, "goals/g1": False, "goals/g2": False, "special-education/s1": True}
    found = force([*BEGUN, second(big=told)], LATER, "KS")
    assert [one["id"] for one in content(found)["goals"]] == ["g3", "g1"]
    assert content(found)["special-education"][0]["times"] == 5
    answers = {one.item.key: one.answer for one in found.open}
    assert answers["special-education/s1"] == "no"
    assert answers["related-services/r1"] == "cannot-tell"
    assert "if this change is a big one" in said(found.doubts)


def test_in_montana_silence_lets_a_plan_start_and_an_objection_keeps_its_part() -> None:
    answer = Answer(2, date(2026, 9, 10), "Rosa", items={"goals/g1": "refused"})
    found = force([*BEGUN, second(), answer], LATER, "MT")
    assert {one["id"]: one.get("target") for one in content(found)["goals"]}["g1"] == "80 words a minute"
    assert [one.item.key for one in found.open] == ["goals/g1"]


def test_in_a_dispute_the_child_stays_put_until_it_is_over() -> None:
    dispute = Hold(date(2026, 9, 10), date(2027, 1, 15), "as-proposed")
    events: list[Event] = [*BEGUN, second(), dispute]
    held = force(events, LATER, None)
    assert content(held) == FIRST
    assert {one.waits_for for one in held.open} == {"dispute"}
    assert "34 CFR 300.518" in held.open[0].cite
    assert content(force(events, date(2027, 1, 15), None)) == SECOND
    assert content(force([*events[:-1], replace(dispute, outcome="as-before")], date(2027, 2, 1), None)) == FIRST
    open_end = force([*events[:-1], replace(dispute, outcome="")], date(2027, 2, 1), None)
    assert content(open_end) == FIRST
    assert "Tell us what it came to" in said(open_end.doubts)


def test_a_dispute_after_the_start_changes_nothing_and_agreed_parts_start_all_the_same() -> None:
    late = Hold(date(2026, 10, 1))
    assert content(force([*BEGUN, second(), late], LATER, None)) == SECOND
    early = Hold(date(2026, 9, 2))
    answer = Answer(2, date(2026, 9, 3), "Rosa", items={"goals/g3": "agreed"})
    found = force([*BEGUN, second(), early, answer], LATER, None)
    assert [one["id"] for one in content(found)["goals"]] == ["g3", "g1", "g2"]


AMENDED = SECOND | {"strengths": "Brave.", "esy": "yes"}


def amendment(how: str, **more: Any) -> Proposed:
    changed: dict[str, Any] = FIRST | {"strengths": "Brave.", "esy": "yes"}
    told: dict[str, Any] = {"notice": date(2026, 1, 7), "changes": ("esy", "strengths")} | more
    return Proposed(2, plan(changed), date(2026, 1, 7), date(2026, 1, 12), how, **told)


def test_without_a_meeting_only_a_yes_changes_a_plan() -> None:
    alone = force([*BEGUN, amendment("amended-without-meeting")], LATER, "TX")
    assert content(alone) == FIRST
    assert {one.waits_for for one in alone.open} == {"answer"}
    agreed = force([*BEGUN, amendment("amended-without-meeting"), yes(2, date(2026, 1, 20))], LATER, "TX")
    assert (content(agreed)["esy"], content(agreed)["strengths"]) == ("yes", "Brave.")
    assert agreed.items["esy"].since == date(2026, 1, 20)
    assert agreed.review_by == date(2026, 9, 14)
    refused = force(
        [*BEGUN, amendment("amended-without-meeting"), yes(2, date(2026, 1, 20), all="refused")], LATER, "TX"
    )
    assert {one.waits_for for one in refused.open} == {"meeting"}


def test_an_amendment_touches_only_what_it_changes() -> None:
    events: list[Event] = [*BEGUN, amendment("amended-with-meeting")]
    third = replace(second(), version=3)
    assert content(force([*events, third], date(2026, 9, 20), None)) == SECOND
    late = replace(amendment("amended-with-meeting"), version=3, on=date(2026, 10, 1), starts=date(2026, 10, 1))
    found = force([*BEGUN, second(), late], LATER, None)
    assert content(found) == AMENDED


def test_an_overdue_review_does_not_end_the_plan() -> None:
    found = force(BEGUN, LATER, None)
    assert "stays in force until there is a new one" in said(found.because)
    assert "34 CFR 300.323(a)" in found.cite
    reviewed: list[Event] = [*BEGUN, Reviewed(date(2026, 9, 1), date(2027, 8, 31))]
    assert force(reviewed, LATER, None).review_by == date(2027, 8, 31)


def test_after_the_end_there_is_none_and_a_new_first_plan_needs_new_permission() -> None:
    over: list[Event] = [*BEGUN, Ended(date(2026, 6, 1), "revoked")]
    assert in_force(over, date(2026, 5, 31), rule(None)) is not None
    day = plan_day(over, date(2026, 6, 1), rule(None))
    assert day.in_force is None
    assert "The services ended on June 1, 2026" in said(day.because)
    again = replace(second(), how="first")
    assert in_force([*over, again], LATER, rule(None)) is None
    assert content(force([*over, again, yes(2, date(2026, 9, 3))], LATER, None)) == SECOND


def test_a_yes_can_be_taken_back_until_its_part_has_started() -> None:
    back = Answer(2, date(2026, 9, 9), "Rosa López", items={"goals/g3": "refused"})
    found = force([*BEGUN, second(), yes(2, date(2026, 9, 3)), back], LATER, "MA")
    assert "goals/g3" not in found.items
    late = replace(back, on=date(2026, 10, 1))
    kept = force([*BEGUN, second(), yes(2, date(2026, 9, 3)), late], LATER, "MA")
    assert "goals/g3" in kept.items
    assert "Check if it goes on" in said(kept.doubts)


def test_two_people_who_say_different_things_leave_it_open() -> None:
    other = Answer(2, date(2026, 9, 4), "Juan López", items={"goals/g3": "refused"})
    found = force([*BEGUN, second(), yes(2, date(2026, 9, 3)), other], LATER, "MA")
    assert [(one.item.key, one.answer) for one in found.open] == [("goals/g3", "cannot-tell")]
    assert "Check who may decide" in said(found.doubts)
    assert found.perhaps is not None


def test_permission_from_before_this_record_counts() -> None:
    given: list[Event] = [ServicesConsent(date(2023, 1, 9)), first()]
    assert content(force(given, LATER, None)) == FIRST


def test_a_slip_of_the_pen_is_put_right_from_its_day_with_its_trail() -> None:
    fix = Corrected(
        1, date(2025, 10, 6), "goals/g2/goal", "Ana writes a page.", "Ana writes one page.", "typing", "Kim"
    )
    before = force([*BEGUN, fix], date(2025, 10, 5), "MA")
    after = force([*BEGUN, fix], date(2025, 10, 6), "MA")
    assert content(before)["goals"][1]["goal"] == "Ana writes a page."
    assert content(after)["goals"][1]["goal"] == "Ana writes one page."
    assert after.corrections == (fix,)
    assert before.corrections == ()


def test_every_fault_of_a_life_is_told_at_once() -> None:
    with pytest.raises(LifeError) as told:
        in_force(
            [
                first(),
                replace(second(), version=3, how="firts"),
                Answer(1, FALL, "Rosa", items={"goals/g9": "agreed", "goals/g1": "maybe"}),
                Answer(1, FALL, "Rosa"),
                Answer(7, FALL, "Rosa", all="agreed"),
                Corrected(1, FALL, "special-education/s1/minutes", 30, 300, "typing"),
                Corrected(1, FALL, "strengths", "Slow.", "Curious.", "typing"),
                Hold(FALL, FALL - timedelta(1)),
            ],
            LATER,
            rule(None),
        )
    whole = str(told.value)
    for part in (
        "it comes as number 2", "found 'firts'", "no “goals/g9”", "is no answer to “goals/g1”", "it says nothing",
        "no version 7 yet", "more than a slip of the pen", "does not stand there", "end of the hold does not fit",
    ):  # fmt: skip
        assert part in whole, part


def test_every_plan_that_was_in_force_can_be_had_again() -> None:
    answer = yes(2, date(2026, 9, 20))
    fix = Corrected(2, date(2026, 10, 6), "strengths", "Curious and kind.", "Curious, kind.", "typing")
    events: list[Event] = [*BEGUN, second(), answer, fix, Ended(date(2027, 6, 1), "moved")]
    found = history(events, date(2028, 1, 1), rule("MA"))
    assert [one.on for one in found] == [date(2025, 9, 22), date(2026, 9, 20), date(2026, 10, 6)]
    assert [content(one)["strengths"] for one in found] == ["Curious.", "Curious and kind.", "Curious, kind."]
    assert all(in_force(events, one.on, rule("MA")) == one for one in found)


def test_in_tennessee_a_no_holds_the_change_for_two_weeks() -> None:
    events: list[Event] = [*BEGUN, second(), Answer(2, date(2026, 9, 10), "Rosa", "refused")]
    held = force(events, date(2026, 9, 23), "TN")
    assert {(one.answer, one.waits_for) for one in held.open} == {("no", "time")}
    over = force(events, date(2026, 9, 24), "TN")
    assert {one.answer for one in over.open} == {"cannot-tell"}
    assert "After 14 days State law no longer holds the change back" in said(over.open[0].because)


def test_a_dispute_of_before_holds_nothing_new() -> None:
    settled = Hold(date(2026, 1, 5), date(2026, 3, 1), "as-before")
    assert content(force([*BEGUN, settled, second()], LATER, None)) == SECOND


def test_a_newer_offer_is_the_one_that_services_are_agreed_to_for() -> None:
    newer = replace(second(), on=FALL + timedelta(1), starts=FALL + timedelta(8), notice=FALL)
    given: list[Event] = [first(), newer, Answer(2, FALL + timedelta(2), "Rosa", services=True)]
    assert content(force(given, LATER, "TX")) == SECOND
    assert content(force([*given, yes(1, FALL + timedelta(3), items={})], LATER, "TX"))["goals"] == SECOND["goals"]


def test_where_a_yes_must_wait_for_school_days_that_nobody_knows_nobody_can_tell() -> None:
    early: list[Event] = [*BEGUN, replace(second(), starts=date(2026, 9, 2)), yes(2, date(2026, 9, 3))]
    found = force(early, date(2026, 9, 20), "DE")
    assert content(found) == FIRST
    assert {(one.answer, one.waits_for) for one in found.open} == {("cannot-tell", "time")}
    assert "calendar" in said(found.doubts)


def test_a_yes_that_was_taken_back_can_be_given_again() -> None:
    back = Answer(2, date(2026, 10, 1), "Rosa López", "refused")
    again = [yes(2, date(2026, 9, 3)), yes(2, date(2026, 9, 4)), back, yes(2, date(2026, 11, 1))]
    found = force([*BEGUN, second(), *again], LATER, "MA")
    assert content(found) == SECOND
    assert "taken back" not in said(found.doubts)
    assert found.items["goals/g3"].since == date(2026, 9, 14)


def test_a_no_to_all_services_after_they_began_asks_for_the_end() -> None:
    found = force([*BEGUN, second(), Answer(2, date(2026, 9, 3), "Rosa", services=False)], LATER, None)
    assert "If all services end, write down the end." in said(found.doubts)


def test_a_step_that_moved_to_another_goal_keeps_its_place_in_both() -> None:
    moved = FIRST | {"benchmarks": [{"id": "b1", "goal": "g2", "step": "Ten lines"}]}
    answer = Answer(2, date(2026, 9, 10), "Rosa", items={"goals/g2": "agreed", "goals/g1": "refused"})
    found = force([*BEGUN, second(moved), answer], LATER, "MA")
    steps = {one["id"]: (one["goal"], one["step"]) for one in content(found)["benchmarks"]}
    assert steps == {"b1": ("g2", "Ten lines"), "b1-v1": ("g1", "55 words")}


def test_what_a_new_form_has_no_place_for_is_not_lost_in_silence() -> None:
    ours = next(one for one in form("iep").sections if one.id == "placement")
    wider = replace(ours, fields=(*ours.fields, Field("bus", "The bus", "line")))
    state = replace(
        form("iep"), id="iep-xx", sections=tuple(wider if one is ours else one for one in form("iep").sections)
    )
    old = replace(first(), plan=Plan(state, PlanChild(state="MA"), FIRST | {"bus": "With a helper."}))
    answer = Answer(2, date(2026, 9, 10), "Rosa", items={"goals/g3": "agreed", "placement": "refused"})
    found = in_force([old, yes(1, FALL), second(), answer], LATER, rule("MA"))
    assert found is not None
    assert found.plan.content["bus"] == "With a helper."
    assert "What was agreed before has no place in the new form: bus." in said(found.doubts)


def test_a_row_without_words_is_called_by_its_number() -> None:
    rows = plan({"goals": [{"id": "g1"}], "team-members": [{"id": "t1", "name": "Kim"}]})
    assert [ENGLISH.say(one.label) for one in items_of(rows)] == ["goal (1)"]
