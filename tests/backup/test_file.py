"""The file of a backup: whole or refused, whatever was cut off or changed; sealed so that each piece is known."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from gameplan.config.backup.container import opened, written
from gameplan.config.backup.manifest import NOTHING, Manifest, trails_of
from gameplan.config.backup.refused import BackupRefused, Damaged
from gameplan.config.backup.seal import MAGIC, PIECE, TAG, SealedReader, SealedWriter

PASSPHRASE = b"four ducks on a pond"
CONTENT = {"one": b"a" * 10, "folder/two": random.Random(7).randbytes(3 * PIECE), "empty": b""}


def make(path: Path, passphrase: bytes | None) -> Path:
    with written(path, passphrase) as writing:
        for name, content in CONTENT.items():
            with writing.part(name) as part:
                part.write(content)
        writing.say(Manifest("0.1.0", "2025-11-03T12:00:00+00:00", "sqlite", NOTHING, "", writing.parts))
    return path


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_what_went_in_comes_out(tmp_path: Path, passphrase: bytes | None) -> None:
    with opened(make(tmp_path / "b", passphrase), passphrase) as reading:
        assert {name: b"".join(reading.read(name)) for name in reading.manifest.parts} == CONTENT
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_a_plain_one_is_a_zip_that_any_program_opens(tmp_path: Path) -> None:
    with zipfile.ZipFile(make(tmp_path / "b.zip", None)) as zipped:
        assert zipped.testzip() is None
        assert zipped.read("one") == CONTENT["one"]


def test_a_sealed_one_shows_nothing(tmp_path: Path) -> None:
    raw = make(tmp_path / "b", PASSPHRASE).read_bytes()
    assert b"manifest" not in raw
    assert CONTENT["folder/two"][:50] not in raw


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_flipped_bit_anywhere_is_refused(tmp_path: Path, passphrase: bytes | None) -> None:
    whole, chance = make(tmp_path / "b", passphrase).read_bytes(), random.Random(3)
    at = [0, 5, len(whole) - 1, *(chance.randrange(len(whole)) for _time in range(25))]
    if passphrase:
        at = [0, 30, len(whole) - 1, *at[3:8]]  # each try derives the key anew
    for byte in at:
        changed = bytearray(whole)
        changed[byte] ^= 1 << chance.randrange(8)
        (tmp_path / "changed").write_bytes(changed)
        with pytest.raises(BackupRefused), opened(tmp_path / "changed", passphrase):
            raise AssertionError(f"byte {byte} was changed and nobody saw it")


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, passphrase: bytes | None) -> None:
    whole = make(tmp_path / "b", passphrase).read_bytes()
    head = whole.index(b"\n", len(MAGIC)) + 1
    for length in {0, 1, len(whole) // 2, len(whole) - 1, head + PIECE + TAG if passphrase else 100}:
        (tmp_path / "short").write_bytes(whole[:length])
        with pytest.raises(BackupRefused, match=r"damaged|passphrase"), opened(tmp_path / "short", passphrase):
            raise AssertionError(f"cut at {length} and nobody saw it")


def test_pieces_cannot_change_places(tmp_path: Path) -> None:
    whole = make(tmp_path / "b", PASSPHRASE).read_bytes()
    head, size = whole.index(b"\n", len(MAGIC)) + 1, PIECE + TAG
    swapped = whole[:head] + whole[head + size : head + 2 * size] + whole[head : head + size] + whole[head + 2 * size :]
    (tmp_path / "swapped").write_bytes(swapped)
    with pytest.raises(Damaged, match="piece 1 of"), opened(tmp_path / "swapped", PASSPHRASE):
        raise AssertionError("nobody saw it")


def test_a_wrong_or_missing_passphrase_is_told_from_damage(tmp_path: Path) -> None:
    path = make(tmp_path / "b", PASSPHRASE)
    with pytest.raises(BackupRefused, match="the passphrase is another one"), opened(path, b"another passphrase"):
        raise AssertionError("it was opened")
    with pytest.raises(BackupRefused, match="--passphrase-file"), opened(path, None):
        raise AssertionError("it was opened")


def test_a_seal_costs_no_more_than_we_allow(tmp_path: Path) -> None:
    raw = MAGIC + b'{"salt": "00", "cost": 1073741824, "check": "00"}\n' + b"0" * 40
    with pytest.raises(Damaged, match="first line"):
        SealedReader(io.BytesIO(raw), PASSPHRASE, "file")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_pieces_of_every_size_are_read_from_every_place(size: int) -> None:
    content, file = random.Random(size).randbytes(size), io.BytesIO()
    with SealedWriter(file, PASSPHRASE, cost=2**10) as sealed:
        sealed.write(content)
    reader = SealedReader(file, PASSPHRASE, "file")
    assert reader.readall() == content
    for begin in (0, size // 2, max(0, size - 3)):
        reader.seek(begin)
        assert reader.readall() == content[begin:]


def test_one_that_failed_leaves_no_file_and_none_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(KeyError), written(tmp_path / "b", None):
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".b.1234.part").write_bytes(b"by one that was killed")
    make(tmp_path / "b", None)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    with pytest.raises(BackupRefused, match="never written over"):
        make(tmp_path / "b", None)


def test_the_ends_of_trails_are_the_same_however_ids_are_written() -> None:
    one, other = "5d1e7c0a3f594f0e8f5c1f2b8f3f1a01", "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01"
    assert trails_of([(one, 2, "ab")]) == trails_of([(other, 2, "ab")])
    assert trails_of([(one, 2, "ab")]) != trails_of([(one, 2, "ac")])
