"""Cases to back up: the sample families in a folder, and a fresh database of the kind that these tests run on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.conftest import place
from tests.served_shared import GAMEPLAN

__all__ = ["place"]

SEAL_KEYS = "GAMEPLAN_SEAL_KEYS"
Run = Callable[..., subprocess.CompletedProcess[str]]


def gameplan(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What the command line says, in a process of its own."""
    told = [sys.executable, "-c", GAMEPLAN, *map(str, words)]
    return subprocess.run(told, env=env or bare(), capture_output=True, text=True, check=False)


def bare() -> dict[str, str]:
    """The environment without anything that names other cases; the keys of the papers are those of all tests."""
    others = ("GAMEPLAN_", "DATABASE_")
    return {name: value for name, value in os.environ.items() if name == SEAL_KEYS or not name.startswith(others)}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample families, which no test changes."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    made = gameplan("sample", "--data", folder, "--on", "2025-11-03")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A folder with the sample families, for this test."""
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    return folder
