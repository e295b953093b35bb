"""Broken and sly tables: every fault with its mend, or all rows; and no cell that calculates goes out again."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from gameplan.cases.models import Case
from gameplan.people.refusals import Refused
from gameplan.progress.tables import points_table, sessions_table, take_points, take_sessions
from tests.mutated import ANY, MEGABYTE, Tried, calculated, little_memory, mutations, swollen
from tests.progress.conftest import Begin, Opened
from tests.progress.test_tables import GOOD, SESSIONS

pytestmark = pytest.mark.files

DANGEROUS = ("=", "+", "-", "@", "\t")


def calculates(table: str) -> list[str]:
    """Cells that a spreadsheet would run."""
    return [cell for line in csv.reader(StringIO(table)) for cell in line if cell.startswith(DANGEROUS)]


def test_a_broken_table_is_refused_or_taken_whole(planned: Case, opened: Opened, begin: Begin) -> None:
    begin()
    tess, sam = opened("tess"), opened("sam")
    tries = Tried((Refused,))

    def points(raw: bytes) -> None:
        take_points(tess, raw, by=tess.reader)
        assert not calculates(points_table(tess))

    def sessions(raw: bytes) -> None:
        take_sessions(sam, raw, by=sam.reader)
        assert not calculates(sessions_table(sam))

    kinds = (*ANY, calculated)
    tries.each(mutations(7, GOOD.encode(), kinds, 20), points)
    tries.each(mutations(8, SESSIONS.encode(), kinds, 20), sessions)
    with little_memory(60 * MEGABYTE):
        tries.each(mutations(10, GOOD.encode(), (swollen,), 4), points)
    assert tries.taken
    assert tries.refused


@pytest.mark.parametrize("cell", [*DANGEROUS])
def test_a_note_that_calculates_goes_out_calm(planned: Case, opened: Opened, begin: Begin, cell: str) -> None:
    begin()
    tess = opened("tess")
    take_points(tess, f'measure,on,correct,seconds,note\nm1,2025-10-03,50,60,"{cell}1+1"\n'.encode(), by=tess.reader)
    assert not calculates(points_table(tess))
