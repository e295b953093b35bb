"""The looking itself: what is half there is seen, in the rows and in the trail."""

from __future__ import annotations

import pytest
from django.db import connection

from gameplan.cases.models import Access, Attachment, Entry
from gameplan.planning.models import Cell
from tests.crash.chain import faults_of_trail
from tests.crash.mixed import KINDS, TWO_FIELDS, Desk, sit_down, start


@pytest.fixture
def desk(db: None) -> Desk:
    """A case with one write of each kind."""
    desk = sit_down(start())
    for kind in KINDS:
        kind.write(desk)
    return sit_down(desk.case.pk)


def half(desk: Desk) -> set[str]:
    return {kind.name for kind in KINDS for _name, whole in kind.there(desk) if not whole}


def test_what_is_whole_is_found_whole(desk: Desk) -> None:
    assert {kind.name for kind in KINDS if list(kind.there(desk))} == {kind.name for kind in KINDS}
    assert half(desk) == set()
    assert faults_of_trail(desk.case) == []


def test_half_a_save_is_seen(desk: Desk) -> None:
    Cell.objects.filter(path=TWO_FIELDS[1]).update(value="0")
    assert half(desk) == {"field"}


def test_a_fact_without_its_paper_is_seen(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_proof")
    assert half(desk) == {"fact"}


def test_a_fact_that_is_gone_is_seen(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_proof")
    Entry._base_manager.filter(fact_id="f1")._raw_delete(Entry.objects.db)
    assert any("fact:f1" in fault for fault in faults_of_trail(desk.case))


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_row_of_the_trail_is_seen(desk: Desk, number: int) -> None:
    Access._base_manager.filter(number=number)._raw_delete(Access.objects.db)
    assert faults_of_trail(desk.case)


def test_an_end_that_is_cut_off_is_seen(desk: Desk) -> None:
    last = Access.objects.filter(case_id=desk.case.pk).count()
    Access._base_manager.filter(number=last)._raw_delete(Access.objects.db)
    assert faults_of_trail(desk.case)


def test_another_paper_than_the_trail_names_is_seen(desk: Desk) -> None:
    Attachment.objects.update(sha256="0" * 64)
    assert any("paper:a1" in fault for fault in faults_of_trail(desk.case))
