"""The stored duties say what the engine says: for each side, each day, whatever was written meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.machine import told_by_side
from gameplan.cases.models import Access, Case, Entry, Shown
from gameplan.cases.people import Person
from gameplan.core.assess import assess
from gameplan.core.standing import Duty
from gameplan.law import law_for
from gameplan.people.models import Organisation, SchoolYear
from gameplan.people.roles import Side
from gameplan.watch.models import NEVER, SIDES, Due, Looked
from gameplan.watch.refreshing import refresh
from gameplan.watch.stale import mark, mark_what_nobody_marked, stale
from gameplan.watch.working_out import COLUMNS, is_kept
from tests.properties.made_up import day_of, made
from tests.watch.conftest import DAY, Cast

SEEDS = range(27)
FAMILY = Person(id="a-family", role="parent")


def stored(case_id: UUID, side: Side) -> list[tuple[Any, ...]]:
    """The rows of a side, without the number that tells twins apart."""
    rows = Due.objects.filter(case=case_id, side=side).values(*COLUMNS)
    return sorted((tuple(v for k, v in row.items() if k not in ("number", "area")) for row in rows), key=repr)


def answered(case_id: UUID, side: Side, on: date) -> list[tuple[Any, ...]]:
    """The same columns, straight from the engine."""
    case = Case.objects.get(pk=case_id)
    case.reader = Person("somebody", {Side.FAMILY: "parent", Side.SCHOOL: "provider"}[side])
    told = facts_of(case)
    duties = assess(told, law_for(told.child.state), on=on).duties
    return sorted((columns(one) for one in duties if is_kept(one)), key=repr)


def columns(duty: Duty) -> tuple[Any, ...]:
    day = duty.due or duty.due_earliest or NEVER
    return (
        duty.pack, duty.clock, duty.started_by, duty.kind, {"text": duty.title.text}, list(duty.owed_by),
        list(duty.owed_to), duty.status, duty.confidence, duty.started, duty.due, duty.due_earliest,
        duty.due_latest, day,
    )  # fmt: skip


def turn(on: date) -> None:
    """One turn of the worker."""
    refresh(stale(on, 100), on)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stored_duties_are_those_of_the_engine_on_every_day(db: None, seed: int) -> None:
    rng, case = Random(seed), verbs.import_case(FAMILY, made(seed, rough=0.0))
    if rng.random() < 0.7:
        case.school = Organisation.objects.create(kind="school", name="Oak")
        case.save()
    for entry in Entry.objects.filter(case=case):
        if rng.random() < 0.6:
            Shown.objects.create(entry=entry, is_shown=True, person=FAMILY.id)
    on = day_of(rng)
    for _step in range(6):
        turn(on)
        for side in SIDES if case.school else (Side.FAMILY,):
            assert stored(case.pk, side) == answered(case.pk, side, on), (seed, side, on)
        assert not stale(on, 100)
        on += timedelta(days=rng.choice((1, 1, 7, 30, 120)))


def test_what_the_family_keeps_to_itself_moves_no_day_of_the_school(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3), private=True)
    turn(DAY)
    assert Due.objects.filter(case=cast.case.pk, side=Side.FAMILY).exists()
    assert not Due.objects.filter(case=cast.case.pk, side=Side.SCHOOL).exists()
    assert Looked.objects.filter(case=cast.case.pk).count() == 2


def test_the_school_year_of_the_district_counts_as_on_the_page(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))
    turn(DAY)
    before = stored(cast.case.pk, Side.SCHOOL)
    assert cast.school.parent
    SchoolYear.objects.create(
        organisation=cast.school.parent, school_year="2025-26", first_day=date(2025, 8, 13),
        last_day=date(2026, 5, 21), weekdays=[0, 1, 2, 3, 4],
    )  # fmt: skip
    mark(cast.case.pk)
    turn(DAY)
    for side in SIDES:
        assert stored(cast.case.pk, side) == answered(cast.case.pk, side, DAY)
    assert stored(cast.case.pk, Side.SCHOOL) != before


def test_a_change_is_worked_out_as_soon_as_it_is_kept(cast: Cast, commits: Callable[[], Any]) -> None:
    with commits():
        cast.asks(cast.mother, date(2025, 9, 3))
    look = Looked.objects.get(case=cast.case.pk, side=Side.SCHOOL)
    assert (look.as_of, look.school, look.district) == (DAY, cast.school, cast.school.parent)
    rows = Due.objects.filter(case=cast.case.pk, side=Side.SCHOOL)
    assert rows
    assert look.next_on == min(row.next_on for row in rows)
    assert look.late == sum(row.status == "late" for row in rows)
    assert not stale(DAY, 10)


def test_what_fails_after_the_change_is_left_to_the_worker(
    cast: Cast, commits: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_told: object) -> None:
        raise RuntimeError("made up")

    monkeypatch.setattr("gameplan.watch.hearing.refresh", fails)
    with commits():
        cast.asks(cast.mother, date(2025, 9, 3))
    assert stale(DAY, 10) == [cast.case.pk]
    turn(DAY)
    assert Due.objects.filter(case=cast.case.pk).exists()


def test_at_home_nothing_is_stored(cast: Cast, settings: Settings, commits: Callable[[], Any]) -> None:
    Looked.objects.all().delete()
    settings.GAMEPLAN_SHARED = False
    with commits():
        verbs.import_case(FAMILY, made(3, rough=0.0))
    assert not Looked.objects.exists()
    assert not Due.objects.exists()


def test_a_quiet_case_is_not_worked_out_each_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))
    turn(DAY)
    look = Looked.objects.get(case=cast.case.pk, side=Side.FAMILY)
    assert look.holds_until > DAY + timedelta(days=1)
    assert not stale(look.holds_until - timedelta(days=1), 10)
    assert stale(look.holds_until, 10) == [cast.case.pk]


def test_a_change_that_moves_no_fact_works_nothing_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(DAY)
    monkeypatch.setattr("gameplan.watch.refreshing.work_out", None)
    mark(cast.case.pk)
    turn(DAY)
    assert not stale(DAY, 10)


def test_a_school_that_leaves_takes_no_rows_along(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))
    turn(DAY)
    Case.objects.filter(pk=cast.case.pk).update(school=None)
    assert mark_what_nobody_marked(DAY) == 1
    turn(DAY)
    assert {row.side for row in Due.objects.all()} == {Side.FAMILY}
    assert {(look.side, look.school_id) for look in Looked.objects.all()} == {(Side.FAMILY, None)}


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda case: Looked.objects.all().delete(), 1),
        (lambda case: Looked.objects.filter(side=Side.SCHOOL).delete(), 1),
        (lambda case: Looked.objects.update(law="another"), 2),
        (lambda case: Looked.objects.update(as_of=date(2026, 1, 1)), 2),
        (lambda case: Case.objects.filter(pk=case).update(revision=99), 2),
        (lambda case: Organisation.objects.filter(kind="school").update(parent=None), 1),
        (lambda case: None, 0),
    ],
)
def test_what_nobody_marked_is_found(cast: Cast, change: Callable[[UUID], object], number: int) -> None:
    turn(DAY)
    change(cast.case.pk)
    assert mark_what_nobody_marked(DAY) == number
    turn(DAY)
    assert mark_what_nobody_marked(DAY) == 0


def test_a_change_during_the_work_is_left_to_the_next_turn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))

    def changes_meanwhile(case_ids: Iterable[UUID]) -> Any:
        cast.tells(cast.manager, "records-requested", date(2025, 9, 9))
        return told_by_side(case_ids)

    monkeypatch.setattr("gameplan.watch.refreshing.told_by_side", changes_meanwhile)
    assert refresh([cast.case.pk], DAY) == 0
    assert not Due.objects.exists()
    assert stale(DAY, 10) == [cast.case.pk]


def test_what_comes_out_for_the_machine_is_what_each_side_sees_and_no_name(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3), private=True, note="I am worried.")
    cast.asks(cast.mother, date(2025, 9, 4))
    cast.tells(cast.manager, "records-requested", date(2025, 9, 9))
    before = Access.objects.count()
    views = told_by_side([cast.case.pk])
    ids = {side: [fact.id for fact in view.facts] for (_key, side), view in views.items()}
    assert ids == {Side.FAMILY: ["f1", "f2", "f3"], Side.SCHOOL: ["f2", "f3"]}
    assert "Ana" not in repr(views)
    assert "worried" not in repr(views)
    assert Access.objects.count() == before


def test_a_case_that_cannot_be_worked_out_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = verbs.import_case(FAMILY, made(3, rough=0.0))
    Case.objects.filter(pk=cast.case.pk).update(child_state="XX")
    turn(DAY)
    assert Looked.objects.filter(case=other.pk, as_of=DAY).exists()
    assert not stale(DAY, 10)
    assert str(cast.case.pk) in caplog.text
    assert mark_what_nobody_marked(DAY) > 0


def test_a_deleted_case_leaves_no_row(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))
    turn(DAY)
    cast.case.delete()
    assert not Due.objects.exists()
    assert not Looked.objects.exists()
