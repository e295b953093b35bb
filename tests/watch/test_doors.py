"""Reading the stored rows: by an index, in order, without sorting anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet

from gameplan.people.roles import Side
from gameplan.watch.doors import counted, dues, looks, work_out_anew
from gameplan.watch.models import AT_ONCE, Looked, Message, Wish
from gameplan.watch.refreshing import refresh
from gameplan.watch.stale import stale
from tests.watch.conftest import DAY, Cast

PLACE = UUID(int=1)
QUESTIONS: dict[str, Callable[[], QuerySet[Any]]] = {
    "a school by day": lambda: dues(Side.SCHOOL).filter(school=PLACE).order_by("next_on", "id"),
    "a district by day": lambda: dues(Side.SCHOOL).filter(district=PLACE).order_by("next_on", "id"),
    "what is late in a district": lambda: (
        dues(Side.SCHOOL).filter(district=PLACE, status="late").order_by("next_on", "id")
    ),
    "a case": lambda: dues(Side.FAMILY).filter(case=PLACE).order_by("next_on"),
    "the children of a district": lambda: looks(Side.SCHOOL).filter(district=PLACE).order_by("next_on", "case_id"),
    "what is to be worked out": lambda: Looked.objects.filter(changes_on__lte=DAY).order_by("changes_on", "case_id"),
    "who waits for reminders": lambda: Wish.objects.filter(made_for__lt=DAY).order_by("made_for", "user_id"),
    "what waits in the outbox": lambda: Message.objects.filter(
        state="queued", try_at__lte="2025-10-01T12:00Z"
    ).order_by("try_at", "id"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_answered_in_the_order_of_an_index(db: None, question: str) -> None:
    if connection.vendor == "postgresql":  # which would read empty tables whole
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = QUESTIONS[question]()[:50].explain()
    assert "INDEX" in plan.upper()
    for whole in ("TEMP B-TREE", "SCAN watch", "Seq Scan", "Sort Key"):
        assert whole not in plan, plan


def test_the_numbers_of_a_school_are_those_of_its_rows(cast: Cast) -> None:
    cast.asks(cast.mother, date(2025, 9, 3))
    refresh([cast.case.pk], DAY)
    numbers = counted(looks(Side.SCHOOL).filter(school=cast.school))
    rows = dues(Side.SCHOOL).filter(school=cast.school)
    assert sum(numbers.values()) == len(rows) > 0
    assert {name for name, number in numbers.items() if number} == {row.status for row in rows}


def test_a_calendar_of_a_district_has_all_its_cases_worked_out_anew(cast: Cast) -> None:
    refresh([cast.case.pk], DAY)
    assert cast.school.parent
    assert not stale(DAY, 10)
    assert work_out_anew([cast.school.parent.pk]) == 2
    assert stale(DAY, 10) == [cast.case.pk]
    assert set(Looked.objects.values_list("changes_on", flat=True)) == {AT_ONCE}
