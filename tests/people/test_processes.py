"""Several processes on one database: an address that was closed in one is closed in all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import PASSWORD

pytestmark = pytest.mark.slow_process
TRIES = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from gameplan.people.accounts import make_account
email, password, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
if not times:
    call_command("migrate", verbosity=0)
    make_account(email, name="Ana", password=password)
for _ in range(times):
    client = Client(SERVER_NAME="localhost")
    answer = client.post("/sign-in/", {"login": email, "password": password})
    print(answer.status_code, "too many tries" in answer.content.decode())
"""


def start(data: Path, password: str, times: int) -> subprocess.Popen[str]:
    env = os.environ | {"GAMEPLAN_SHARED": "1", "GAMEPLAN_DATA": str(data)}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", TRIES, "ana@example.org", password, str(times)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> list[str]:
    told = process.communicate()[0]
    assert process.returncode == 0
    return told.splitlines()


def test_wrong_passwords_count_over_all_processes(tmp_path: Path) -> None:
    said(start(tmp_path, PASSWORD, 0))
    both = [start(tmp_path, "wrong", 3) for _ in range(2)]
    told = [line for one in both for line in said(one)]
    assert told.count("200 True") == 1, "five tries are let through, the sixth is not"
    assert said(start(tmp_path, PASSWORD, 1)) == ["200 True"]
