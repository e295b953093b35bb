"""The checks of the set-up: a risky one says so, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from gameplan.config.checks import (
    check_debug_is_off,
    check_folder_is_private,
    check_hosts_are_named,
    check_postgresql_is_new_enough,
)


def test_the_usual_set_up_has_nothing_to_say(db: None) -> None:
    assert [message for message in run_checks(databases=["default"]) if "gameplan" in (message.id or "")] == []


def test_an_open_folder_is_told_with_the_command_that_closes_it(tmp_path: Path, settings: Settings) -> None:
    settings.GAMEPLAN_DATA = tmp_path
    tmp_path.chmod(0o755)
    (warning,) = check_folder_is_private(None)
    assert warning.id == "gameplan.W001"
    assert "chmod 700" in (warning.hint or "")
    tmp_path.chmod(0o700)
    assert not check_folder_is_private(None)


@pytest.mark.parametrize("hosts", [["*"], ["localhost", ".example"]])
def test_any_host_name_is_an_error(settings: Settings, hosts: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert [error.id for error in check_hosts_are_named(None)] == ["gameplan.E002"]


def test_debug_is_told(settings: Settings) -> None:
    settings.DEBUG = True
    assert [warning.id for warning in check_debug_is_off(None)] == ["gameplan.W003"]


def test_the_database_is_new_enough(db: None) -> None:
    assert not check_postgresql_is_new_enough(None, databases=["default"])
