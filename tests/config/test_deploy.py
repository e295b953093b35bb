"""What lies in `deploy` fits: systemd reads the unit, and what both name is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from gameplan.config.known import NAMES_THE_FILE, every

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
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
    assert "\nUSER 10001\n" in CONTAINER
    assert set(re.findall(r"(?m)^FROM (\S+)", CONTAINER)) == {"python:3.11-slim"}
