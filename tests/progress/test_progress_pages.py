"""The pages of progress: who sees what, several goals in one sitting, faults beside fields, and each thing once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.measures.rules import STATUSES
from gameplan.people.models import User
from gameplan.progress.doors import all_terms, changes_of, decisions_of, measure_of, measures_of, point_rows, points_of
from gameplan.progress.measuring import Aim, What, end_measure, note_point
from gameplan.progress.models import Measure
from gameplan.web.progress.goals import number_in
from gameplan.web.progress.words import DOES, MARKS
from tests.progress.conftest import WORDS, Begin, Opened
from tests.sides import Sides, browser_of

TODAY = "2025-11-14"
OWN = What("own", "count")
Browse = Callable[[str], Client]


@pytest.fixture
def browse(case: Case) -> Browse:
    """The browser of somebody of the cast."""

    def _browse(name: str) -> Client:
        return browser_of(Person(str(User.objects.get(email=f"{name}@example.org").pk), "account"))

    return _browse


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"web:{name}", args=(case.pk, *more))


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def keyed(**more: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), "on": TODAY, **more}


def fall_behind(measure: Measure) -> None:
    """Four points, a week apart, all below the aim line."""
    for week in range(4):
        day = date(2025, 10, 6) + timedelta(weeks=week)
        note_point(measure, by=measure.case.reader, on=day, data={"correct": 42, "seconds": 60})


def test_before_anything_is_measured_the_page_says_what_it_will_be(case: Case, browse: Browse) -> None:
    shown = page(browse("rosa"), at("progress", case))
    assert "Nothing is measured yet" in shown
    assert at("begin-measure", case) in shown
    assert at("progress", case) in page(browse("rosa"), at("child", case))
    assert at("progress", case) in page(browse("rosa"), at("plans", case))


def test_a_goal_of_the_plan_is_measured_from_its_own_words(planned: Case, browse: Browse, opened: Opened) -> None:
    tess = browse("tess")
    assert "Nobody measures this goal here yet." in page(tess, at("progress", planned))
    asked = page(tess, at("begin-measure", planned) + "?goal=g1")
    assert 'value="Ana will read aloud."' in asked
    assert 'value="42"' in asked
    said = keyed(
        belongs="goal:g1", title="Words a minute", way="rate", rises="more", baseline="42", baseline_on="2025-09-08",
        target="80", target_on="2026-06-05",
    )  # fmt: skip
    for _twice in range(2):
        assert tess.post(at("begin-measure", planned), said)["Location"] == at("measure", planned, "m1")
    measure = measures_of(opened("rosa")).get()
    assert (measure.about, measure.plan_kind, measure.row_id, measure.way) == ("goal", "iep", "g1", "rate")
    shown = page(browse("rosa"), at("progress", planned))
    assert "Words a minute" in shown
    assert "Nobody measures this goal here yet." not in shown
    assert str(STATUSES["too-few"].text) in shown
    assert shown.count('class="measure measure-wide"') == shown.count('class="measure measure-narrow"') == 1


def test_faults_of_a_new_measure_stand_beside_their_fields(case: Case, browse: Browse, opened: Opened) -> None:
    said = keyed(
        belongs="own", title="", way="rubric", rises="more", baseline_on="2025-09-08", target_on="2025-09-01",
        target="1.23456",
    )  # fmt: skip
    answer = browse("tess").post(at("begin-measure", case), said)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"title"}
    answer = browse("tess").post(at("begin-measure", case), {**said, "title": "Kind words"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"top", "target", "target_on"}
    assert not measures_of(opened("tess")).exists()


def test_several_goals_in_one_sitting_are_kept_once(case: Case, browse: Browse, begin: Begin) -> None:
    read, hand = begin(), begin(what=OWN, aim=Aim("Raises a hand"))
    tries = begin(what=What("own", "trials", prompt="verbal"), aim=Aim("Ties a shoe"))
    stays = begin(what=What("own", "duration"), aim=Aim("Stays seated"))
    quiet = begin(what=What("own", "percent"), aim=Aim("Quiet hours"))
    begin(what=What("own", "rubric", top=4), aim=Aim("Retells a story"))
    said = keyed(**{
        "m1-correct": "50", "m1-errors": "2", "m1-seconds": "60", "m2-count": "0", "m2-note": "A calm day",
        "m3-right_independent": "2", "m3-right_verbal": "1", "m3-right_model": "1", "m3-wrong": "1",
        "m4-minutes": "2", "m4-seconds": "30", "m5-percent": "62.5", "m6-level": "3",
    })  # fmt: skip
    ada = browse("ada")
    asked = page(ada, at("note-points", case))
    assert "Raises a hand" in asked
    for _twice in range(2):
        assert ada.post(at("note-points", case), said)["Location"] == at("progress", case)
    assert points_of(read)[0].data == {"correct": 50, "errors": 2, "seconds": 60}
    assert (points_of(hand)[0].data, points_of(hand)[0].note) == ({"count": 0}, "A calm day")
    assert points_of(tries)[0].data == {
        "correct": 4, "total": 5, "prompts": {"independent": 2, "verbal": 1, "model": 1},
    }  # fmt: skip
    assert points_of(stays)[0].data == {"seconds": 150}
    assert points_of(quiet)[0].data == {"percent": "62.5"}
    assert [len(point_rows(one)) for one in measures_of(hand.case)] == [1] * 6
    told = page(browse("rosa"), at("measure", case, "m3"))
    assert "4 of 5" in told
    assert "Ada (Classroom aide)" in told


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(case: Case, browse: Browse, begin: Begin) -> None:
    begin()
    begin(what=What("own", "trials"), aim=Aim("Ties a shoe"))
    tess = browse("tess")
    nothing = tess.post(at("note-points", case), keyed(**{"m1-seconds": "60"}))
    assert nothing.status_code == 422
    assert "Fill in at least one result." in nothing.content.decode()
    answer = tess.post(
        at("note-points", case), keyed(on="2025-11-15", **{"m1-correct": "50", "m1-seconds": "0", "m2-wrong": "x"})
    )  # fmt: skip
    assert answer.status_code == 422
    forms = [form for _shown, form in answer.context["rows"]]
    assert set(forms[0].errors) == {"seconds"}
    assert set(forms[1].errors) == {"wrong"}
    later = tess.post(at("note-points", case), keyed(on="2025-11-15", **{"m1-correct": "50", "m1-seconds": "60"}))
    assert set(later.context["sitting"].errors) == {"on"}
    zero = tess.post(at("note-points", case), keyed(**{"m2-wrong": "0"}))
    assert "How many tries" in zero.content.decode()
    assert not any(point_rows(one) for one in measures_of(begin().case))


def test_a_script_gets_an_address_or_each_fault_as_a_sentence(case: Case, browse: Browse, begin: Begin) -> None:
    begin(what=What("own", "percent"), aim=Aim("Quiet hours"))
    ada, as_json = browse("ada"), {"Accept": "application/json"}
    refused = ada.post(at("note-points", case), keyed(**{"m1-percent": "120"}), headers=as_json)
    assert refused.status_code == 422
    [fault] = json.loads(refused.content)["faults"]
    assert fault.startswith("Quiet hours: Percent: ")
    kept = ada.post(at("note-points", case), keyed(on="2025-11-10", **{"m1-percent": "80"}), headers=as_json)
    assert json.loads(kept.content)["go"] == at("progress", case)


def test_what_was_kept_on_a_phone_for_a_measure_that_has_ended_is_said_to_be_so(
    case: Case, browse: Browse, begin: Begin
) -> None:
    measure = begin(what=OWN, aim=Aim("Raises a hand"))
    end_measure(measure, by=measure.case.reader, on=date(2025, 11, 3))
    refused = browse("tess").post(
        at("note-points", case), keyed(on="2025-11-10", **{"m1-count": "3"}), HTTP_ACCEPT="application/json"
    )
    assert "This measure has ended before that day." in json.loads(refused.content)["faults"][0]
    in_time = browse("tess").post(at("note-points", case), keyed(on="2025-11-03", **{"m1-count": "3"}))
    assert in_time.status_code == 302
    assert "Not measured any more" in page(browse("rosa"), at("progress", case))


def test_what_a_family_keeps_to_itself_is_not_there_for_the_school(case: Case, browse: Browse, begin: Begin) -> None:
    begin("rosa", what=OWN, aim=Aim("Sleeps through"), shown=False)
    rosa, tess = browse("rosa"), browse("tess")
    assert "Sleeps through" in page(rosa, at("progress", case))
    assert "Sleeps through" not in page(tess, at("progress", case))
    assert "Sleeps through" not in page(tess, at("note-points", case))
    page(tess, at("measure", case, "m1"), status=404)
    assert tess.post(at("note-points", case), keyed(**{"m1-count": "3"})).status_code == 422
    assert tess.post(at("show-measure", case, "m1"), {"shown": "yes"}).status_code == 404
    assert rosa.post(at("show-measure", case, "m1"), {"shown": "yes"}).status_code == 302
    assert "Sleeps through" in page(tess, at("progress", case))
    assert tess.post(at("show-measure", case, "m1"), {"shown": "no"}).status_code == 403
    assert rosa.post(at("show-measure", case, "m1"), {"shown": "no"}).status_code == 302
    page(tess, at("measure", case, "m1"), status=404)


def test_each_side_changes_only_what_it_began_and_what_it_noted(
    case: Case, browse: Browse, begin: Begin, opened: Opened
) -> None:
    measure = begin(what=OWN, aim=Aim("Raises a hand"))
    tess, rosa = browse("tess"), browse("rosa")
    assert rosa.post(at("note-points", case), keyed(**{"m1-count": "3"})).status_code == 302
    number = points_of(measure)[0].number
    assert tess.post(at("withdraw-point", case, "m1", number)).status_code == 403
    assert tess.post(at("correct-point", case, "m1", number), {"m1-on": TODAY, "m1-count": "9"}).status_code == 403
    aim = {"title": "Raises a hand", "rises": "more", "target": "5", "why": "The team met."}
    assert rosa.post(at("change-aim", case, "m1"), aim).status_code == 403
    assert rosa.post(at("end-measure", case, "m1"), {"on": TODAY}).status_code == 403
    assert 'value="3"' in page(rosa, at("correct-point", case, "m1", number))
    wrong = rosa.post(at("correct-point", case, "m1", number), {"m1-on": "2025-11-20", "m1-count": "4"})
    assert set(wrong.context["form"].errors) == {"on"}
    assert rosa.post(at("correct-point", case, "m1", number), {"m1-on": TODAY, "m1-count": "4"}).status_code == 302
    assert [one.data for one in points_of(measure)] == [{"count": 4}]
    assert "<del>3 times</del>" in page(rosa, at("measure", case, "m1"))
    assert rosa.post(at("withdraw-point", case, "m1", points_of(measure)[0].number)).status_code == 302
    assert points_of(measure) == []
    assert tess.post(at("change-aim", case, "m1"), aim).status_code == 302
    assert [one.why for one in all_terms(measure)] == ["", "The team met."]
    assert tess.post(at("end-measure", case, "m1"), {"on": TODAY}).status_code == 302
    assert measure_of(opened("rosa"), "m1").ended_on == date(2025, 11, 14)


def test_off_track_opens_the_asking_for_the_family_and_the_change_for_the_team(
    planned: Case, browse: Browse, begin: Begin
) -> None:
    fall_behind(begin())
    rosa, tess, kim = browse("rosa"), browse("tess"), browse("kim")
    family, team = page(rosa, at("progress", planned)), page(tess, at("progress", planned))
    assert f"{at('measure', planned, 'm1')}#ask" in family
    assert "Consider a change" not in family
    assert f"{at('measure', planned, 'm1')}#decide" in team
    assert "Ask for a review" not in team
    assert at("propose-plan", planned, "p1") in page(kim, at("progress", planned))
    asking = page(rosa, at("measure", planned, "m1"))
    assert "I ask for a meeting of the IEP team to review it." in asking
    assert "The four latest days with points are all below the aim line." in asking
    assert at("add-fact", planned, "change-requested") in asking
    assert "Dear team" not in page(tess, at("measure", planned, "m1"))


def test_a_decision_keeps_how_it_stood_and_why(planned: Case, browse: Browse, begin: Begin) -> None:
    measure, tess = begin(), browse("tess")
    fall_behind(measure)
    said = keyed(rule="four-below", does="change-teaching", why="More time in a small group")
    lacking = tess.post(at("decide-progress", planned, "m1"), {**said, "why": "", "does": ""})
    assert lacking.status_code == 422
    assert set(lacking.context["forms"]["decision"].errors) == {"why", "does"}
    stale = tess.post(at("decide-progress", planned, "m1"), {**said, "rule": "too-few"})
    assert stale.status_code == 422
    assert "it stands in another way now" in stale.content.decode()
    for _twice in range(2):
        assert tess.post(at("decide-progress", planned, "m1"), said).status_code == 302
    [kept] = decisions_of(measure)
    assert (kept.does, kept.status, kept.rule) == ("change-teaching", "off-track", "four-below")
    assert kept.because[0] == "The four latest days with points are all below the aim line."
    changed = keyed(what="A new reading program")
    for _twice in range(2):
        assert tess.post(at("note-teaching", planned, "m1"), changed).status_code == 302
    assert [one.note for one in changes_of(measure)] == ["A new reading program"]
    shown = page(browse("rosa"), at("measure", planned, "m1"))
    assert "Change how it is taught" in shown
    assert "The four latest days with points are all below the aim line." in shown
    assert str(STATUSES["too-few"].text) in shown


def test_the_goals_of_a_caseload_stand_off_track_first(planned: Case, browse: Browse, begin: Begin) -> None:
    begin(aim=WORDS)
    behind = begin(aim=Aim("Words spelled", True, Decimal(42), date(2025, 9, 8), Decimal(80), date(2026, 6, 5)))
    begin(what=OWN, aim=Aim("Not a goal"))
    fall_behind(behind)
    shown = page(browse("tess"), reverse("web:caseload-progress"))
    assert shown.index("Words spelled") < shown.index(WORDS.title)
    assert "Not a goal" not in shown
    assert "2 goals are measured; off track: 1." in shown
    assert reverse("web:caseload-progress") in shown
    assert browse("rosa").get(reverse("web:caseload-progress")).status_code == 404


def test_a_caseload_holds_only_the_children_of_the_person(planned: Case, sides: Sides, begin: Begin) -> None:
    begin()
    for role, place in (("provider", sides.oak), ("district-director", sides.other)):
        stranger = sides.staff(f"new-{role}", role, place)
        assert WORDS.title not in page(browser_of(stranger), reverse("web:caseload-progress"))
    director = sides.staff("dora", "district-director", sides.district)
    assert WORDS.title in page(browser_of(director), reverse("web:caseload-progress"))


def test_signing_out_warns_of_what_lies_on_the_device(case: Case, browse: Browse) -> None:
    assert "data-unsent" in page(browse("ada"), reverse("account_logout"))


@pytest.mark.parametrize(
    ("words", "number"),
    [("42 words", "42"), ("reads 3.5 pages", "3.5"), ("4 of 5 tries", None), ("", None), ("grade 2nd", None)],
)
def test_the_number_of_a_goal_is_taken_only_if_there_is_one(words: str, number: str | None) -> None:
    assert number_in(words) == (Decimal(number) if number else None)


def test_every_status_and_decision_has_its_words() -> None:
    assert set(MARKS) == set(STATUSES)
    assert list(DOES) == ["keep", "change-teaching", "raise-goal", "review", "meeting"]
