"""The lock itself: what is locked opens only as it was, where it was, with the key of its case."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameplan.sealing.roots import DamagedKeys, NoKey, Roots, add_root, keep_only, make_roots, read_roots
from gameplan.sealing.seal import HEAD, Broken, is_sealed, open_sealed, root_of, seal

ROOTS = Roots(b"\x00\x00\x00\x02", {b"\x00\x00\x00\x01": b"1" * 32, b"\x00\x00\x00\x02": b"2" * 32})
PLACE = "cases.Attachment.content"
DAY = date(2026, 11, 27)


@given(st.binary(max_size=2000))
def test_what_is_locked_opens_and_shows_nothing(plain: bytes) -> None:
    locked = seal(plain, of=uuid4(), place=PLACE, roots=ROOTS)
    assert is_sealed(locked)
    assert root_of(locked) == ROOTS.newest
    assert open_sealed(locked, place=PLACE, roots=ROOTS) == plain
    assert len(plain) < 8 or plain not in locked[HEAD:]


@given(st.integers(min_value=8), st.integers(0, 7))
def test_one_bit_changed_and_it_does_not_open(at: int, bit: int) -> None:
    locked = bytearray(seal(b"Ana worries about the bus.", of=uuid4(), place=PLACE, roots=ROOTS))
    locked[8 + at % (len(locked) - 8)] ^= 1 << bit
    with pytest.raises((Broken, NoKey)):
        open_sealed(bytes(locked), place=PLACE, roots=ROOTS)


def test_what_is_cut_off_or_lies_elsewhere_does_not_open() -> None:
    locked = seal(b"A photo", of=uuid4(), place=PLACE, roots=ROOTS)
    for length in (HEAD, HEAD + 5, HEAD + 12, len(locked) - 1):
        with pytest.raises(Broken):
            open_sealed(locked[:length], place=PLACE, roots=ROOTS)
    with pytest.raises(Broken, match=r"papers\.Letter\.pdf"):
        open_sealed(locked, place="papers.Letter.pdf", roots=ROOTS)


def test_another_case_has_another_key() -> None:
    one, other = uuid4(), uuid4()
    locked = seal(b"A photo", of=one, place=PLACE, roots=ROOTS)
    assert seal(b"A photo", of=one, place=PLACE, roots=ROOTS) != locked
    with pytest.raises(Broken):
        open_sealed(locked.replace(one.bytes, other.bytes), place=PLACE, roots=ROOTS)


def test_the_file_is_private_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "seal.keys"
    made = make_roots(path, DAY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_roots(path, DAY) == read_roots(path) == made
    assert [one.name for one in tmp_path.iterdir()] == ["seal.keys"]
    assert "by_name" not in repr(made)


def test_a_new_key_locks_and_the_older_ones_still_open(tmp_path: Path) -> None:
    path = tmp_path / "seal.keys"
    before = make_roots(path, DAY)
    locked = seal(b"A photo", of=uuid4(), place=PLACE, roots=before)
    after = add_root(path, DAY)
    assert after.newest != before.newest
    assert open_sealed(locked, place=PLACE, roots=after) == b"A photo"
    left = keep_only(path, frozenset({after.newest}))
    with pytest.raises(NoKey, match=before.newest.hex()):
        open_sealed(locked, place=PLACE, roots=left)


@pytest.mark.parametrize("words", ["", "abc", "00000001 2026-11-27 c2hvcnQ=", "zz 2026-11-27 " + "A" * 43 + "="])
def test_a_damaged_file_says_where_and_how_to_mend_it(tmp_path: Path, words: str) -> None:
    path = tmp_path / "seal.keys"
    path.write_text(words)
    with pytest.raises(DamagedKeys, match="Put the file back"):
        read_roots(path)


def test_a_missing_file_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(NoKey, match="GAMEPLAN_SEAL_KEYS"):
        read_roots(tmp_path / "none.keys")
