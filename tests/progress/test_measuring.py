"""Measuring: what is noted stays, what is put right is told apart, and each side sees what it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.verifying import verdicts
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress import measuring
from gameplan.progress.doors import all_terms, decisions_of, measure_of, measures_of, point_rows, points_of, series_of
from gameplan.progress.measuring import What
from gameplan.progress.models import Measure, Point
from tests.progress.conftest import RATE, WORDS, Begin, Opened

OCTOBER = date(2025, 10, 3)
READ = {"correct": 50, "errors": 2, "seconds": 60}


def as_seen(opened: Opened, name: str, measure: Measure) -> Measure:
    return measure_of(opened(name), measure.measure_id)


def test_a_point_is_noted_once_however_often_it_is_sent(opened: Opened, begin: Begin) -> None:
    measure, key = begin(), uuid4()
    for _try in range(2):
        measuring.note_point(measure, by=measure.case.reader, on=OCTOBER, data=READ, form_key=key)
    assert [one.number for one in points_of(measure)] == [1]
    seen = series_of([as_seen(opened, "rosa", measure)])[measure.measure_id]
    assert [(one.on, one.value) for one in seen.points] == [(OCTOBER, Fraction(50))]
    assert (seen.title, seen.baseline, seen.target) == (WORDS.title, Fraction(42), Fraction(80))


def test_a_slip_is_put_right_and_stays_to_be_read(begin: Begin) -> None:
    measure = begin()
    by = measure.case.reader
    first = measuring.note_point(measure, by=by, on=OCTOBER, data=READ)
    right = measuring.correct_point(measure, first.number, by=by, on=OCTOBER, data={**READ, "correct": 55})
    assert [one.data["correct"] for one in points_of(measure)] == [55]
    measuring.withdraw_point(measure, right.number, by=by)
    assert points_of(measure) == []
    assert [(one.number, one.corrects, one.withdrawn) for one in point_rows(measure)] == [
        (1, None, False), (2, 1, False), (3, 2, True),
    ]  # fmt: skip
    with pytest.raises(Http404):
        measuring.correct_point(measure, first.number, by=by, on=OCTOBER, data=READ)


def test_every_fault_of_a_point_is_told_at_once(begin: Begin) -> None:
    measure = begin()
    with pytest.raises(Refused) as refused:
        measuring.note_point(
            measure, by=measure.case.reader, on=date(2025, 11, 15), note="x" * 2001,
            data={"correct": "many", "seconds": 0},
        )  # fmt: skip
    assert {one.where for one in refused.value.faults} == {"correct", "seconds", "on", "note"}
    assert not Point.objects.exists()


def test_each_side_puts_right_only_what_it_noted(opened: Opened, begin: Begin) -> None:
    measure = begin()
    ours = measuring.note_point(measure, by=measure.case.reader, on=OCTOBER, data=READ)
    seen = as_seen(opened, "rosa", measure)
    theirs = measuring.note_point(seen, by=seen.case.reader, on=OCTOBER, data=READ, note="at home")
    with pytest.raises(PermissionDenied):
        measuring.withdraw_point(seen, ours.number, by=seen.case.reader)
    with pytest.raises(PermissionDenied):
        measuring.correct_point(measure, theirs.number, by=measure.case.reader, on=OCTOBER, data=READ)
    assert [one.side for one in points_of(measure)] == ["school", "family"]


def test_what_the_family_measures_for_itself_stays_with_it(opened: Opened, begin: Begin) -> None:
    own = begin("rosa", What("own", "count"), replace(WORDS, title="Meltdowns a day", rises=False), shown=False)
    measuring.note_point(own, by=own.case.reader, on=OCTOBER, data={"count": 3})
    assert list(measures_of(opened("tess"))) == []
    with pytest.raises(Http404):
        as_seen(opened, "kim", own)
    measuring.show_measure(own, by=own.case.reader, shown=True)
    assert [one.measure_id for one in measures_of(opened("tess"))] == [own.measure_id]


def test_the_family_sees_all_that_the_school_measures(opened: Opened, begin: Begin) -> None:
    measure = begin(shown=False)
    assert [one.measure_id for one in measures_of(opened("rosa"))] == [measure.measure_id]
    with pytest.raises(PermissionDenied):
        measuring.show_measure(measure, by=measure.case.reader, shown=False)


def test_an_aim_changes_with_a_reason_and_the_old_one_stays(opened: Opened, begin: Begin) -> None:
    measure = begin()
    higher = replace(WORDS, target=Decimal(95))
    with pytest.raises(Refused):
        measuring.change_aim(measure, by=measure.case.reader, aim=higher, why=" ")
    measuring.change_aim(measure, by=measure.case.reader, aim=higher, why="She is past 80 already.")
    assert [one.target for one in all_terms(measure)] == [80, 95]
    assert series_of([measure])[measure.measure_id].target == 95
    mothers = as_seen(opened, "rosa", measure)
    with pytest.raises(PermissionDenied):
        measuring.change_aim(mothers, by=mothers.case.reader, aim=WORDS, why="No.")


def test_nothing_is_noted_after_a_measure_has_ended(begin: Begin) -> None:
    measure = measuring.end_measure(begin(), by=begin().case.reader, on=OCTOBER)
    measuring.note_point(measure, by=measure.case.reader, on=OCTOBER, data=READ)
    with pytest.raises(Refused, match="ended before"):
        measuring.note_point(measure, by=measure.case.reader, on=date(2025, 10, 4), data=READ)


def test_a_decision_keeps_what_the_program_said(begin: Begin) -> None:
    measure = begin()
    measuring.decide(
        measure, by=measure.case.reader, on=OCTOBER, does="review", why="Four checks below.", status="off-track",
        rule="four-below", because=["Four in a row lie below the line."],
    )  # fmt: skip
    (kept,) = decisions_of(measure)
    assert (kept.does, kept.rule, kept.because) == ("review", "four-below", ["Four in a row lie below the line."])
    with pytest.raises(Refused) as refused:
        measuring.decide(measure, by=measure.case.reader, on=OCTOBER, does="wait", why="", status="off-track")
    assert {one.where for one in refused.value.faults} == {"does", "why"}


def test_each_side_decides_about_what_it_measures(opened: Opened, begin: Begin) -> None:
    theirs = as_seen(opened, "rosa", begin())
    by = theirs.case.reader
    with pytest.raises(PermissionDenied):
        measuring.decide(theirs, by=by, on=OCTOBER, does="keep", why="It goes well.", status="on-track")
    with pytest.raises(PermissionDenied):
        measuring.note_change(theirs, by=by, on=OCTOBER, what="Another program")


def test_tries_count_with_the_help_that_the_measure_allows(begin: Begin) -> None:
    with_words = begin(what=replace(RATE, way="trials", prompt="verbal"))
    alone = begin(what=replace(RATE, way="trials"))
    for measure in (with_words, alone):
        data = {"correct": 4, "total": 5, "prompts": "verbal"}
        measuring.note_point(measure, by=measure.case.reader, on=OCTOBER, data=data)
    assert [series_of([one])[one.measure_id].points[0].value for one in (with_words, alone)] == [80, 0]


@pytest.mark.parametrize(
    ("what", "where"),
    [(What("wish", "rate"), "about"), (What("goal", "feeling"), "way"), (What("goal", "rubric"), "top")],
)
def test_a_measure_that_cannot_be_is_refused(begin: Begin, what: What, where: str) -> None:
    with pytest.raises(Refused) as refused:
        begin(what=what, aim=replace(WORDS, title="", target_on=date(2025, 9, 1)))
    assert {one.where for one in refused.value.faults} == {where, "title", "target_on"}


def test_the_trail_holds_a_measure_with_numbers_from_its_first_word_on(case: Case, begin: Begin) -> None:
    begin(aim=replace(WORDS, target=Decimal("80.5")))
    assert [one.findings for one in verdicts(case.pk)] == [()]


def test_the_trail_names_every_row(case: Case, begin: Begin) -> None:
    measure = begin()
    by = measure.case.reader
    first = measuring.note_point(measure, by=by, on=OCTOBER, data=READ)
    measuring.correct_point(measure, first.number, by=by, on=OCTOBER, data=READ)
    measuring.note_change(measure, by=by, on=OCTOBER, what="A new reading program")
    measuring.change_aim(measure, by=by, aim=WORDS, why="The same once more.")
    measuring.decide(measure, by=by, on=OCTOBER, does="keep", why="It goes well.", status="on-track")
    assert [one.findings for one in verdicts(case.pk)] == [()]
    Point.objects.filter(pk=first.pk)._raw_delete("default")
    (verdict,) = verdicts(case.pk)
    assert [one.about for one in verdict.findings] == [f"point:{measure.measure_id}/1"]


def test_who_may_only_look_cannot_open_it_for_writing(case: Case, opened: Opened) -> None:
    assert opened("ada").reader.role == "aide"
    with pytest.raises(PermissionDenied):
        opened("ada", Action.PLAN)
