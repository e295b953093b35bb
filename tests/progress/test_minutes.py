"""Minutes of a case: the plan in force promises, the school's notes count, and both sides see the same numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.verifying import verdicts
from gameplan.people.refusals import Refused
from gameplan.progress.minutes import (
    Session,
    correct_session,
    ledger_of,
    log_session,
    logs_of,
    session_of,
    withdraw_session,
)
from gameplan.progress.models_minutes import ServiceLog
from tests.progress.conftest import Opened

SPEECH = "related-services/r1"
TODAY = date(2025, 11, 14)
FIRST_WEEK, LAST_WEEK = date(2025, 9, 29), date(2025, 11, 10)
GIVEN = Session(SPEECH, date(2025, 9, 30), 30)
MISSED = Session(SPEECH, date(2025, 10, 2), 30, "missed", "provider-absent")


def test_the_plan_in_force_promises_and_the_notes_count(planned: Case, opened: Opened) -> None:
    sam = opened("sam")
    for session in (GIVEN, MISSED):
        log_session(sam, by=sam.reader, session=session)
    week = ledger_of(sam, TODAY).total(SPEECH, FIRST_WEEK, FIRST_WEEK)
    assert [week.promised, week.delivered, week.missed, week.upcoming] == [60, 30, 30, 0]
    whole = ledger_of(sam, TODAY).total(SPEECH, FIRST_WEEK, LAST_WEEK)
    assert whole.promised == 7 * 60 == whole.delivered + whole.missed + whole.upcoming


def test_both_sides_see_the_same_numbers(planned: Case, opened: Opened) -> None:
    sam, rosa = opened("sam"), opened("rosa")
    log_session(sam, by=sam.reader, session=GIVEN)
    log_session(rosa, by=rosa.reader, session=replace(GIVEN, what="missed", reason="provider-absent"))
    ledgers = [ledger_of(one, TODAY) for one in (sam, rosa, opened("kim"), opened("ada"))]
    assert all(one == ledgers[0] for one in ledgers)
    (differs,) = ledgers[0].differs
    assert differs.other is not None
    assert (differs.entry.side, differs.entry.what, differs.other.what) == ("family", "missed", "delivered")


def test_a_make_up_lowers_what_is_owed(planned: Case, opened: Opened) -> None:
    sam = opened("sam")
    missed = log_session(sam, by=sam.reader, session=MISSED)
    log_session(sam, by=sam.reader, session=replace(GIVEN, on=date(2025, 10, 9), makes_up=missed.number))
    sums = ledger_of(sam, TODAY).total(SPEECH, FIRST_WEEK, FIRST_WEEK)
    assert (sums.missed_by["provider-absent"], sums.owed_by["provider-absent"]) == (Fraction(30), Fraction(0))


def test_what_was_sent_twice_is_noted_once(planned: Case, opened: Opened) -> None:
    sam, key = opened("sam"), uuid4()
    made = [log_session(sam, by=sam.reader, session=GIVEN, form_key=key) for _try in range(2)]
    assert made[0] == made[1]
    assert ServiceLog.objects.count() == 1


def test_a_note_is_put_right_by_its_own_side(planned: Case, opened: Opened) -> None:
    sam, rosa = opened("sam"), opened("rosa")
    first = log_session(sam, by=sam.reader, session=GIVEN)
    with pytest.raises(PermissionDenied):
        correct_session(rosa, first.number, by=rosa.reader, session=MISSED)
    right = correct_session(sam, first.number, by=sam.reader, session=replace(GIVEN, minutes=20, note="came late"))
    assert ledger_of(sam, TODAY).total(SPEECH).delivered == 20
    with pytest.raises(Http404):
        session_of(sam, first.number)
    withdraw_session(sam, right.number, by=sam.reader)
    assert ledger_of(sam, TODAY).total(SPEECH).delivered == 0
    assert [one.findings for one in verdicts(planned.pk)] == [()]


def test_every_fault_is_told_at_once(planned: Case, opened: Opened) -> None:
    sam = opened("sam")
    wrong = Session("related-services/r9", date(2025, 11, 15), 0, "missed", "tired", makes_up=7, note="x" * 2001)
    with pytest.raises(Refused) as refused:
        log_session(sam, by=sam.reader, session=wrong)
    where = {one.where for one in refused.value.faults}
    assert where == {"service", "on", "minutes", "reason", "makes_up", "note"}
    with pytest.raises(Refused, match="kind of plan"):
        log_session(sam, by=sam.reader, session=replace(GIVEN, plan_kind="evaluation"))
    assert not ServiceLog.objects.exists()


def test_what_a_family_noted_alone_it_keeps(planned: Case, opened: Opened) -> None:
    """Before a school held the case, nobody but the family read what it wrote."""
    rosa = opened("rosa")
    made = log_session(rosa, by=rosa.reader, session=GIVEN)
    assert made.shown
    ServiceLog.objects.create(
        case=planned, number=9, on=GIVEN.on, person=rosa.reader.id, role="parent", side="family", plan_kind="iep",
        field="related-services", row_id="r1", minutes=30, what="delivered", shown=False,
    )  # fmt: skip
    assert [len(logs_of(opened(name))) for name in ("rosa", "sam")] == [2, 1]
    assert ledger_of(rosa, TODAY) == ledger_of(opened("sam"), TODAY)
