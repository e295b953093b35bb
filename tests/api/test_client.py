"""The small client of the examples, against a real server; and many hands with one key on a real file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.served import Served

CLIENT = Path(__file__).parents[2] / "examples" / "api_client.py"
GAMEPLAN = "from gameplan.cli import main; main()"
HANDS = 6
START = """
import sys
from pathlib import Path
from gameplan.config.serve import open_cases
open_cases(Path(sys.argv[1]))
from gameplan.cases.people import HOME
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
print(start_case(HOME, child=Child(name="Ana", state="TX")).pk)
"""

pytestmark = pytest.mark.slow_process


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as server:
        yield server


def run(*words: str, **env: str) -> str:
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | env
    done = subprocess.run([sys.executable, *words], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_client_of_the_examples(served: Served, tmp_path: Path) -> None:
    case = run("-c", START, str(tmp_path))
    scopes = ("--scope", "cases:read", "--scope", "facts:write")
    token = run("-c", GAMEPLAN, "token", "make", "--name", "Watch", *scopes, "--data", str(tmp_path))
    fact = ("evaluation-requested", "2025-09-03", "received=2025-09-03", "type=initial")
    said = run(str(CLIENT), served.address, *fact, GAMEPLAN_TOKEN=token, no_proxy="*")
    assert "Written down: f1 evaluation-requested on 2025-09-03" in said
    assert "Ana" in said
    refused = subprocess.run(
        [sys.executable, str(CLIENT), served.address, "nonsense", "soon"], env={**os.environ, "GAMEPLAN_TOKEN": token},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "kind: 'nonsense' is not a kind of fact." in refused.stderr

    opener = build_opener(ProxyHandler({}))
    body = json.dumps({"kind": "concern-raised", "on": "2025-09-20"}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": "one"}

    def ask(_number: int) -> str:
        with opener.open(Request(f"{served.address}/api/v1/cases/{case}/facts", body, headers)) as answer:
            return str(json.load(answer)["id"])

    with ThreadPoolExecutor(HANDS) as hands:
        assert set(hands.map(ask, range(HANDS))) == {"f2"}
