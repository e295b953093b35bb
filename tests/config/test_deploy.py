"""What lies in `deploy` fits: systemd reads the unit, what both name is there, and a container gets all it needs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Never

import pytest
from django.urls import resolve
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.config import serve_production
from gameplan.config.known import NAMES_THE_FILE, every
from gameplan.config.serve import DEFAULT_PORT

HOUSE = Path(__file__).resolve().parents[2]
DEPLOY = HOUSE / "deploy"
UNIT = (DEPLOY / "gameplan.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    (tmp_path / "gameplan.service").write_text(re.sub(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", UNIT), "utf-8")
    program = shutil.which("systemd-analyze")
    if program:
        told = [program, "verify", str(tmp_path / "gameplan.service")]
        ran = subprocess.run(told, capture_output=True, text=True, check=False)
        assert (ran.returncode, "gameplan.service" in ran.stderr) == (0, False), ran.stderr


def test_both_set_only_what_there_is() -> None:
    known = {one.variable for _group, one in every()} | {NAMES_THE_FILE}
    assert set(re.findall(r"GAMEPLAN_[A-Z_]+", UNIT + CONTAINER)) <= known


def test_neither_runs_as_root_nor_names_a_registry() -> None:
    assert "\nUser=gameplan\n" in UNIT
    assert "\nUSER 10001:10001\n" in CONTAINER
    assert set(re.findall(r"(?m)^FROM (\S+)", CONTAINER)) == {"python:3.11-slim"}


# The container. Building one takes minutes and needs the base: that is a drill (docs/operations.md).

COPIED = tuple(
    source
    for words in re.findall(r"(?m)^COPY (?!--from)(.+)$", CONTAINER)
    for source in words.split()[:-1]
)  # fmt: skip
IGNORED = [
    line for line in (HOUSE / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


def test_the_container_copies_what_is_there_and_nothing_else_goes_into_a_build() -> None:
    assert [one for one in COPIED if not (HOUSE / one).exists()] == []
    assert IGNORED[0] == "*"
    assert {line[1:] for line in IGNORED if line[0] == "!"} == set(COPIED)


@pytest.mark.parametrize("name", ["gameplan/data.sqlite3", "gameplan/web/__pycache__/a.pyc", "scripts/.env"])
def test_what_a_tool_or_a_family_left_in_a_copied_folder_stays_out(name: str) -> None:
    parts = Path(name).parts
    left_out = [line.removeprefix("**/") for line in IGNORED if line.startswith("**/")]
    assert any(fnmatch(part, pattern) for part in parts for pattern in left_out)


def test_what_the_package_is_built_from_is_copied_before() -> None:
    package: Any = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    dynamic = package["tool"]["setuptools"]["dynamic"]
    needed = [
        "pyproject.toml", package["project"]["readme"], *package["project"]["license-files"],
        *dynamic["dependencies"]["file"], *dynamic["optional-dependencies"]["audit"]["file"],
    ]  # fmt: skip
    assert [name for name in needed if Path(name).parts[0] not in COPIED and name not in COPIED] == []
    assert CONTAINER.rindex("\nCOPY gameplan") < CONTAINER.index("--no-deps --no-build-isolation .")


def test_nothing_is_installed_that_is_not_locked() -> None:
    installs = re.findall(r"pip install ([^\\\n]+)", CONTAINER)
    assert len(installs) == 2
    assert all(
        "--require-hashes" in one or {"--no-deps", "--no-build-isolation"} <= set(one.split()) for one in installs
    )


def test_its_folder_port_and_health_check_are_those_of_the_program() -> None:
    assert "GAMEPLAN_DATA=/data " in CONTAINER
    assert "\nVOLUME /data\n" in CONTAINER
    assert f"\nEXPOSE {DEFAULT_PORT}\n" in CONTAINER
    checked = re.findall(r"http://127\.0\.0\.1:(\d+)(/[a-z/]+)", CONTAINER)
    assert [(int(port), resolve(path).url_name) for port, path in checked] == [(DEFAULT_PORT, "live")]


def test_told_to_stop_while_it_starts_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first process of a container ends by no signal for which it has no answer of its own."""

    class Ended(Exception):
        """Raised in place of the end of this process."""

    def end(code: int) -> Never:
        raise Ended(code)

    def told_to_stop(*_words: object, **_more: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(serve_production, "serve_production", told_to_stop)
    monkeypatch.setattr(os, "_exit", end)
    former = signal.getsignal(signal.SIGTERM)
    try:
        ran = CliRunner().invoke(app, ["serve", "--production"])
    finally:
        signal.signal(signal.SIGTERM, former)
    assert isinstance(ran.exception, Ended)
    assert ran.exception.args == (0,)
