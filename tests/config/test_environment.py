"""Settings from the environment: a wrong value stops the start, and the message names it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from gameplan.config import environment
from gameplan.config.environment import WrongSetting


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", value)
    assert environment.flag("SOME_FLAG") is expected


def test_neither_yes_nor_no_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_FLAG", "perhaps")
    with pytest.raises(WrongSetting, match="SOME_FLAG"):
        environment.flag("SOME_FLAG")


def test_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_DAY", "2025-09-03")
    assert environment.day("SOME_DAY") == date(2025, 9, 3)
    assert environment.day("NO_DAY") is None


def test_a_list_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAMES", "one.example, two.example three.example")
    assert environment.words("SOME_NAMES") == ["one.example", "two.example", "three.example"]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "secret"))
    assert environment.secret("SOME_SECRET") == "from the file"


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_SECRET", "here")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(WrongSetting, match="SOME_SECRET_FILE"):
        environment.secret("SOME_SECRET")


def test_a_secret_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "nothing"))
    with pytest.raises(WrongSetting, match="SOME_SECRET_FILE"):
        environment.secret("SOME_SECRET")


def test_the_folder_follows_the_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GAMEPLAN_DATA")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert environment.data_folder() == tmp_path / "gameplan"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert environment.data_folder() == tmp_path / "local" / "gameplan"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert environment.data_folder().parts[-3:] == ("Library", "Application Support", "gameplan")
    assert not list(tmp_path.iterdir())


def test_the_time_zone_is_the_computers_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAMEPLAN_TIME_ZONE")
    monkeypatch.setenv("TZ", "America/Denver")
    assert environment.time_zone() == "America/Denver"


def test_without_a_name_of_the_zone_its_distance_from_greenwich_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GAMEPLAN_TIME_ZONE")
    monkeypatch.setattr(environment, "available_timezones", set)
    for hours, name in ((-6, "Etc/GMT+6"), (2, "Etc/GMT-2"), (0, "UTC")):
        there = SimpleNamespace(tm_gmtoff=hours * 3600)
        monkeypatch.setattr(time, "localtime", lambda there=there: there)
        assert environment.time_zone() == name


def start_with(**wrong: str) -> subprocess.CompletedProcess[str]:
    code = "import django; django.setup()"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "gameplan.config.settings"} | wrong
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GAMEPLAN_TODAY", "tomorrow"),
        ("GAMEPLAN_TIME_ZONE", "Texas"),
        ("GAMEPLAN_DEBUG", "perhaps"),
        ("DATABASE_URL", "mysql://somewhere/cases"),
        ("GAMEPLAN_SECRET_KEY_FILE", "/no/such/file"),
    ],
)
def test_a_wrong_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    stopped = start_with(**{name: value})
    assert stopped.returncode != 0
    assert name in stopped.stderr.splitlines()[-1]


def test_importing_the_settings_writes_nothing(tmp_path: Path) -> None:
    started = start_with(GAMEPLAN_DATA=str(tmp_path / "new"), GAMEPLAN_SECRET_KEY="")
    assert started.returncode == 0, started.stderr
    assert not list(tmp_path.iterdir())
