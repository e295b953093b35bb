"""Stolen passwords: found in a large file by halving it; a file that is not the list is told, never "not found"."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from gameplan.people import breached
from gameplan.people.breached import NotTheList, fault_of, is_breached
from tests.stolen_list import hash_of, lines_of, stolen_list

STOLEN = ("four ducks on a pond", "Straße über den Fluss", "x" * 200)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("made_up", [3, 90, 2000])
def test_each_line_is_found_and_nothing_else(tmp_path: Path, end: str, made_up: int) -> None:
    path = stolen_list(tmp_path / "list.txt", STOLEN, made_up=made_up, end=end)
    assert fault_of(path) == ""
    every = [*STOLEN, *(f"made up {number}" for number in range(made_up))]
    assert [one for one in every if not is_breached(one, path)] == []
    assert [one for one in (f"good {number}" for number in range(200)) if is_breached(one, path)] == []


def test_the_last_line_may_have_no_end_and_letters_may_be_small(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    lines = lines_of(STOLEN, 500)
    path.write_text("\n".join(lines).lower())
    assert fault_of(path) == ""
    assert is_breached(STOLEN[0], path)
    last = next(one for one in (f"made up {number}" for number in range(500)) if hash_of(one) == lines[-1][:40])
    assert is_breached(last, path)


def test_a_hash_is_found_with_a_few_kilobytes_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stolen_list(tmp_path / "list.txt", STOLEN, made_up=20_000)
    whole, reads = breached._read, list[int]()

    def counted(file: IO[bytes], length: int) -> bytes:
        reads.append(length)
        return whole(file, length)

    monkeypatch.setattr(breached, "_read", counted)
    assert is_breached(STOLEN[0], path)
    assert len(reads) < 12
    assert sum(reads) < 8_000


def _shuffled(lines: list[str]) -> list[str]:
    return sorted(lines, key=lambda line: line[::-1])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "nothing in it"),
        (["<html>", "<body>"], "not HASH:COUNT"),
        ([line[:40] for line in lines_of()], "not HASH:COUNT"),
        ([f"{line[:32]}:1" for line in lines_of()], "NTLM"),
        ([line[5:] for line in lines_of()], "one part of many"),
        (_shuffled(lines_of()), "not sorted"),
        ([*lines_of()[:1500], *_shuffled(lines_of()[1500:])], "not sorted"),
        (lines_of()[:1200], "a part of the list is missing"),
        (lines_of()[1200:], "a part of the list is missing"),
        ([*lines_of()[:-1], lines_of()[-1][:25]], "not HASH:COUNT"),
        (["x" * 400] * 200, "not HASH:COUNT"),
    ],
)
def test_what_is_not_the_list_is_told_with_a_way_to_mend_it(tmp_path: Path, lines: list[str], told: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text("".join(f"{line}\n" for line in lines))
    assert told in fault_of(path)


def test_a_folder_and_a_file_that_is_away_are_told(tmp_path: Path) -> None:
    assert "one single file" in fault_of(tmp_path)
    assert "cannot be read" in fault_of(tmp_path / "away.txt")


@pytest.mark.parametrize("spoilt", [lambda lines: _shuffled(lines), lambda lines: ["?" * 44 for _line in lines]])
def test_a_list_that_was_spoilt_later_is_noticed_where_it_is_read(tmp_path: Path, spoilt: object) -> None:
    assert callable(spoilt)
    path = tmp_path / "list.txt"
    path.write_text("\n".join(spoilt(lines_of())))
    with pytest.raises(NotTheList):
        [is_breached(f"good {number}", path) for number in range(20)]
