"""Several programs write in one case and in several at once: nothing is lost or twice, and nobody waits for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.crash.looking import Looker
from tests.crash.prepared import prepared_cases

HANDS = 3
WRITES = {"sqlite": 25, "postgresql": 30}
SECONDS_AT_MOST = 300


@contextmanager
def hands(place: dict[str, str], cases: Sequence[str], seed: int) -> Iterator[list[subprocess.Popen[str]]]:
    """The programs, ready to write."""
    writes = str(WRITES[connection.vendor])
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.crash.hand", str(number), str(seed), writes, *cases],
            env=os.environ | place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(HANDS)
    ]  # fmt: skip
    try:
        for one in programs:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        yield programs
    finally:
        for one in programs:
            one.kill()
            one.communicate()


def told_by(programs: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Let all begin at once; what they have said once they have ended."""
    for one in programs:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=SECONDS_AT_MOST)[0].splitlines() for one in programs]
    return [line for lines in said for line in lines]


@pytest.mark.parametrize("number_of_cases", [1, 3])
def test_writers_at_once_lose_nothing(place: dict[str, str], number_of_cases: int) -> None:
    cases = prepared_cases(place, number_of_cases)
    with hands(place, cases, seed=number_of_cases) as programs:
        said = told_by(programs)
    assert [line for line in said if line.startswith("error")] == []
    assert len(said) == HANDS * WRITES[connection.vendor]
    kept: dict[str, list[str]] = defaultdict(list)
    for line in said:
        if line.startswith("kept"):
            _kept, case_id, kind_and_name = line.split(" ", 2)
            kept[case_id].append(kind_and_name)
    for case_id in cases:
        with Looker(place, case_id) as looker:
            seen = looker.look()
        assert seen["half"] == []
        assert seen["integrity"] == "ok"
        assert lost(kept[case_id], seen["there"]) == []
        assert twice(kept[case_id]) == []


def lost(kept: Sequence[str], there: Sequence[str]) -> list[str]:
    """What was confirmed and is not there; fields say only where they wrote, and are looked at for themselves."""
    found = set(there)
    return [one for one in kept if not one.startswith("fields") and one.replace("form", "fact", 1) not in found]


def twice(kept: Sequence[str]) -> list[str]:
    """What two writers were both told is theirs; the same form sent twice is one."""
    return [one for one, times in Counter(kept).items() if times > 1 and one.split()[0] not in ("form", "fields")]
