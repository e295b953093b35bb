"""Files that went wrong in all kinds of ways: each gives clear faults or comes in right, and never half of anything."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from gameplan.carrying.models import Batch, Line, Piece
from gameplan.carrying.taking import take_in
from gameplan.carrying.undoing import undo
from gameplan.cases.models import Access, Case, Entry
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from tests.carrying.conftest import DIRECTOR, Given
from tests.carrying.made import Files, packed
from tests.carrying.test_zips import zipped

TIMES, SEED = 70, 20261127
Mutation = Callable[[random.Random, dict[str, bytes], str], None]
ODD = (
    b'"', b"'", b"\x00", b"\xff", b"\r", b"\n", b"=1+1", b"not-known", b"yes", b"-1", b"2026-02-30", b"2026", b"f1",
    "\u202eniña".encode(), b"9" * 400, b";;;", b"1e9", b"EXAMPLE", b"\xef\xbb\xbf", b"parent", b"\xed\xa0\x80",
)  # fmt: skip


def _flip(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    content = bytearray(files[name])
    for _time in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    files[name] = bytes(content)


def _truncate(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    files[name] = files[name][: chance.randrange(len(files[name]))]


def _odd_cell(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    rows = [line.split(b",") for line in files[name].split(b"\r\n")]
    row = chance.choice(rows[:-1])
    row[chance.randrange(len(row))] = chance.choice(ODD)
    files[name] = b"\r\n".join(map(b",".join, rows))


def _swap_cells(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    rows = [line.split(b",") for line in files[name].split(b"\r\n")]
    row = chance.choice(rows[:-1])
    first, second = (chance.randrange(len(row)) for _time in range(2))
    row[first], row[second] = row[second], row[first]
    files[name] = b"\r\n".join(map(b",".join, rows))


def _repeat_row(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    rows = files[name].split(b"\r\n")
    rows.insert(chance.randrange(len(rows)), chance.choice(rows))
    files[name] = b"\r\n".join(rows)


def _drop_row(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    rows = files[name].split(b"\r\n")
    rows.pop(chance.randrange(len(rows)))
    files[name] = b"\r\n".join(rows)


def _rename(chance: random.Random, files: dict[str, bytes], name: str) -> None:
    files[chance.choice(["facts.csv", "cases.csv", "Facts.csv", "x.zip", "..csv"])] = files.pop(name)


MUTATIONS: tuple[Mutation, ...] = (_flip, _truncate, _odd_cell, _odd_cell, _swap_cells, _repeat_row, _drop_row, _rename)


def _holds(batch: Batch) -> bool:
    """Checks that a batch says what is wrong, or comes in whole and goes again; True if it came in."""
    assert not Piece.objects.exists()
    assert not Case.objects.exists()
    assert not Entry.objects.exists()
    if batch.state == Batch.State.FAULTY:
        assert batch.fault_count >= len(batch.faults) > 0
        assert all(one["where"] and one["what"] and one["mend"] for one in batch.faults), batch.faults
        assert not Line.objects.exists()
        return False
    done = take_in(batch, person=DIRECTOR, by=DIRECTOR.id)
    assert Case.objects.count() == done.counts["cases"]
    assert Entry.objects.count() == sum(Line.objects.exclude(trail_number=None).values_list("facts", flat=True))
    undo(done, by="")
    assert not Case.objects.exists()
    assert not Access.objects.exists()
    Line.objects.all().delete()
    return True


def test_mutated_templates(preview: Given) -> None:
    chance = random.Random(SEED)
    whole = {name: text.encode() for name, text in Files().texts().items()}
    taken = 0
    for _time in range(TIMES):
        files = dict(whole)
        for _change in range(chance.randint(1, 2)):
            chance.choice(MUTATIONS)(chance, files, chance.choice(sorted(files)))
        taken += _holds(preview(packed(files)))
    assert 0 < taken < TIMES


def test_mutated_zips(preview: Given, oak: Organisation) -> None:
    chance = random.Random(SEED)
    whole = {"ana.zip": zipped("Ana Lopez")}
    for _time in range(25):
        files = dict(whole)
        chance.choice((_flip, _truncate))(chance, files, "ana.zip")
        _holds(preview(packed(files), school=oak))
    outer = packed(whole)
    for _time in range(25):
        files = {"zip": outer}
        chance.choice((_flip, _truncate))(chance, files, "zip")
        try:
            _holds(preview(files["zip"], school=oak))
        except Refused:  # nothing is left of it
            assert not Batch.objects.filter(state=Batch.State.WAITING).exists()


def test_a_batch_is_not_taken_in_twice(bring: Given) -> None:
    with pytest.raises(Refused, match="not waiting"):
        take_in(bring(Files()), person=DIRECTOR, by="")
