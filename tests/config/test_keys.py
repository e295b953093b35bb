"""The folder and its key: made once, for this user only."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameplan.config.environment import WrongSetting
from gameplan.config.keys import KEY_FILE, empty_arriving, kept_key, make_folder, make_key


def test_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_other_things_in_it_stays_as_open_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "holiday.jpg").write_bytes(b"")
    make_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    make_key(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_what_a_killed_server_left_of_an_arriving_file_is_gone_at_the_next_start(tmp_path: Path) -> None:
    (empty_arriving(tmp_path) / "half.upload.zip").write_bytes(b"half")
    assert list(empty_arriving(tmp_path).iterdir()) == []


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert kept_key(tmp_path) == ""
    key = make_key(tmp_path)
    assert len(key) >= 50
    assert make_key(tmp_path) == kept_key(tmp_path) == key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_damaged_key_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("", encoding="utf-8")
    with pytest.raises(WrongSetting, match="Delete that file"):
        make_key(tmp_path)
