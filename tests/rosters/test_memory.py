"""Memory does not grow with a roster: whatever its size, only some rows are held at once."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from gameplan.arriving import desk
from gameplan.rosters import staging, taking, told
from gameplan.rosters.doors import Keeper
from gameplan.rosters.models import Pupil
from gameplan.rosters.oneroster import reading
from gameplan.rosters.receiving import read_now, receive
from gameplan.rosters.taking import take_in
from gameplan.rosters.undoing import undo
from tests.districts.conftest import TODAY
from tests.rosters.made import Child, oneroster

pytestmark = pytest.mark.files

BLOCK = 20
FEW, MANY = 60, 600
MUCH = 512 * 1024
"""What may come on top for ten times the rows: caches that fill up, not rows."""


def peak(work: Callable[[], object]) -> int:
    """The largest memory of Python while something is done, in bytes above what there was before."""
    gc.collect()
    tracemalloc.start()
    try:
        before, _peak = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def test_ten_times_the_rows_take_no_more_memory(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (desk, told, staging, taking, reading):
        monkeypatch.setattr(module, "AT_ONCE", BLOCK)

    def all_of(content: bytes) -> None:
        take = take_in(read_now(receive(keeper, [content], name="roster.zip"), on=TODAY), by="")
        assert take.counts["pupil added"] == Pupil.objects.count()
        undo(take, by="")

    few, many = (oneroster(_children(count)).packed() for count in (FEW, MANY))
    all_of(few)
    small, large = peak(lambda: all_of(few)), peak(lambda: all_of(many))
    assert large < small + MUCH


def _children(count: int) -> list[Child]:
    return [Child(f"u{number}", "Ana", f"Number {number}", state_id=f"9{number}") for number in range(count)]
