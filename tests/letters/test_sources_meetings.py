"""What letters about meetings, removals, services, a move and open requests are filled with from a case."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.facts import Case, Child, Fact, Rough
from gameplan.law import law_for
from gameplan.letters import suggest

DAY = date(2025, 11, 14)


def filled(kind: str, *facts: Fact, lang: str = "en") -> dict[str, str]:
    return suggest(kind, Case(Child("Ana"), facts=facts), law_for(None), lang=lang, on=DAY)


def noticed(fact_id: str, on: date, meeting: date, kind: str = "annual-review") -> Fact:
    return Fact(fact_id, "meeting-notice-sent", on, {"date": on, "kind": kind, "for_date": meeting, "invited": ()})


def removed(fact_id: str, on: date, **more: object) -> Fact:
    return Fact(fact_id, "removal-ordered", on, {"decided": on, "from": on, "kind": "suspension"} | more)


def test_the_meeting_ahead_is_the_one_of_the_last_notice() -> None:
    first = noticed("f1", date(2025, 11, 1), date(2025, 11, 20))
    moved = noticed("f2", date(2025, 11, 5), date(2025, 12, 2))
    assert filled("other-time", first, moved)["meeting"] == "2025-12-02"
    assert filled("bring-helper", first)["meeting"] == "2025-11-20"


def test_a_meeting_that_is_over_or_is_no_iep_meeting_is_not_the_one_ahead() -> None:
    over = noticed("f1", date(2025, 10, 1), date(2025, 10, 20))
    other = noticed("f2", date(2025, 11, 1), date(2025, 11, 20), "manifestation")
    assert "meeting" not in filled("other-time", over, other)
    assert filled("interpreter-request", over, other)["meeting"] == "2025-11-20"


def test_a_planned_meeting_counts_where_no_notice_came() -> None:
    planned = Fact("f1", "meeting-held", date(2025, 11, 25), {"kind": "iep-other"}, planned=True)
    assert filled("other-time", planned)["meeting"] == "2025-11-25"


def test_the_meeting_behind_is_the_last_one_of_the_team() -> None:
    held = Fact("f1", "meeting-held", date(2025, 11, 3), {"kind": "iep-other"})
    resolution = Fact("f2", "meeting-held", date(2025, 11, 10), {"kind": "resolution"})
    assert filled("meeting-disagreement", held, resolution)["meeting"] == "2025-11-03"


@pytest.mark.parametrize(
    ("expedited", "closed", "pending"),
    [(False, None, True), (True, None, False), (False, "hearing-decided", False), (False, "due-process-closed", False)],
)
def test_stay_put_is_named_only_while_a_complaint_is_open(expedited: bool, closed: str | None, pending: bool) -> None:
    facts = [Fact("f1", "due-process-filed", date(2025, 10, 1), {"expedited": expedited, "by": "parent"})]
    if closed:
        facts.append(Fact("f2", closed, date(2025, 11, 1), {}))
    assert ("pending" in filled("meeting-disagreement", *facts)) is pending


def test_removals_stand_each_on_a_line_in_the_language_of_the_letter() -> None:
    facts = (
        removed("f1", date(2024, 9, 3), school_days=2),
        removed("f2", date(2025, 9, 15), school_days=3),
        removed("f3", date(2025, 10, 20), kind="sent-home", school_days=1),
    )
    assert filled("emergency-review", *facts)["removals"] == (
        "September 15, 2025: suspension, 3 school days\nOctober 20, 2025: sent home, 1 school day"
    )
    assert filled("emergency-review", *facts, lang="es")["removals"].startswith(
        "15 de septiembre de 2025: suspensión, 3 días escolares"
    )


def test_removals_of_the_school_year_before_do_not_count() -> None:
    before, now = removed("f1", date(2025, 8, 1), school_days=2), removed("f2", date(2025, 9, 15), school_days=3)
    year = Fact("f3", "school-year-started", date(2025, 8, 18), {})
    assert filled("emergency-review", before, now, year)["removals"] == "September 15, 2025: suspension, 3 school days"


def test_a_day_that_is_known_only_roughly_is_not_named() -> None:
    month = Rough(date(2025, 9, 1), date(2025, 9, 30))
    missed = Fact("f1", "service-missed", month.first, {"date": month, "service": "speech therapy"})
    plan = Fact("f2", "iep-adopted", month.first, {"date": month})
    sent_home = removed("f3", month.first, decided=month, **{"from": month}, kind="sent-home")
    found = filled("missed-services", missed, plan)
    assert found["services"] == "speech therapy"
    assert not {"period", "iep"} & set(found)
    assert filled("emergency-review", sent_home)["removals"] == "sent home"


def test_the_review_counts_from_the_removal_that_changes_the_placement() -> None:
    conduct = Fact("f1", "conduct-happened", date(2025, 11, 2), {"what": "threw a chair"})
    change = removed("f2", date(2025, 11, 3), change_of_placement=True, conduct="f1", school_days=12)
    later = removed("f3", date(2025, 11, 10), change_of_placement=False, school_days=1)
    found = filled("manifestation-review", conduct, change, later)
    assert (found["decided"], found["conduct"]) == ("2025-11-03", "threw a chair")
    assert "decided" not in filled("manifestation-review", conduct, later)


def test_services_that_were_missed_are_named_with_their_days() -> None:
    speech = Fact("f1", "service-missed", date(2025, 9, 8), {"service": "speech therapy"})
    unnamed = Fact("f2", "service-missed", date(2025, 9, 10), {})
    plan = Fact("f3", "iep-adopted", date(2025, 5, 12), {})
    found = filled("missed-services", unnamed, speech, plan)
    assert found["services"] == "September 8, 2025: speech therapy"
    assert (found["period"], found["iep"]) == ("since September 8, 2025", "2025-05-12")
    assert found["makeup"] == "make up for the services that were not given"


def test_the_last_progress_report_is_known_by_the_day_it_came() -> None:
    report = Fact("f1", "document-given", date(2025, 6, 6), {"what": "progress-report"})
    copy = Fact("f2", "document-given", date(2025, 9, 6), {"what": "iep-copy"})
    assert filled("progress-data-request", report, copy)["report"] == "2025-06-06"


@pytest.mark.parametrize(("before", "move"), [("TX", "in-state"), ("OH", "out-of-state"), (None, None)])
def test_a_move_is_known_from_the_new_school(before: str | None, move: str | None) -> None:
    data = {"had_iep": True, "state": "TX", "previous_agency": "Lincoln School", "agency": "Oak School"}
    found = filled("comparable-services", Fact("f1", "enrolled", DAY, data | {"previous_state": before}))
    assert (found.get("move"), found["old_school"], found["start"]) == (move, "Lincoln School", "2025-11-14")
    assert "old_school" not in filled("comparable-services", Fact("f1", "enrolled", DAY, data | {"had_iep": False}))


def test_what_is_taken_back_is_the_last_request_that_stands() -> None:
    asked = Fact("f1", "evaluation-requested", date(2025, 9, 8), {"type": "initial"})
    mediation = Fact("f2", "mediation-asked", date(2025, 10, 1), {})
    back = Fact("f3", "request-withdrawn", date(2025, 11, 1), {})
    assert filled("request-withdrawal", asked)["what"] == "evaluation"
    found = filled("request-withdrawal", asked, mediation)
    assert (found["what"], found["asked"]) == ("mediation", "2025-10-01")
    assert "what" not in filled("request-withdrawal", asked, back)


def test_nothing_is_guessed_where_the_case_says_nothing() -> None:
    assert filled("meeting-disagreement") == {"child": "Ana", "date": "2025-11-14"}
    assert filled("comparable-services") == {"child": "Ana", "date": "2025-11-14"}


def test_the_past_and_the_corrected_are_told_apart() -> None:
    wrong = noticed("f1", date(2025, 11, 1), date(2025, 11, 20))
    right = Fact(
        "f2",
        "meeting-notice-sent",
        date(2025, 11, 1),
        {"kind": "iep-other", "for_date": date(2025, 11, 21)},
        corrects="f1",
    )
    to_come = noticed("f3", date(2025, 11, 15), date(2025, 11, 30))
    assert filled("bring-helper", wrong, right, to_come)["meeting"] == "2025-11-21"
