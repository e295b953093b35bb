"""What `make bench` measures plans with: plans as large as it says, people who notice what goes wrong."""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from typing import Any

import pytest

from gameplan.plans.check import check_plan
from gameplan.plans.plan_file import read_plan
from scripts import bench_plan_writers
from scripts.bench_plan_sample import LONG, START, prose, sample_plan
from scripts.bench_plan_writers import Door, PlanWriter, Series, Writer, percentile, series

DOOR = Door("127.0.0.1", 1, "", "")


def test_a_plan_is_whole_and_as_large_as_it_was_asked_for() -> None:
    plan = read_plan(sample_plan(25, 40, 2000))
    lists = ("special-education", "related-services", "supplementary-aids", "staff-supports")
    assert len(plan.rows("goals")) == 25
    assert sum(len(plan.rows(name)) for name in lists) == 40
    assert len(plan.content[LONG].split()) == 2000
    assert check_plan(plan, START).answer == "there"


def test_with_another_seed_every_text_of_a_plan_is_another_one() -> None:
    first, other = (sample_plan(3, 8, 100, seed)["content"] for seed in ("a", "b"))
    same = {name for name, value in first.items() if isinstance(value, str) and " " in value and value == other[name]}
    assert same == {"iep-manager", "progress-way"}, "those are the same in every plan"


def test_percentiles_are_milliseconds() -> None:
    assert percentile([], 95) == 0
    assert percentile([0.002], 50) == 2
    assert percentile([number / 1000 for number in range(101)], 95) == pytest.approx(95)


class Scripted(PlanWriter):
    """A writer to whom the server answers as it was told."""

    def __init__(self, state: str, step: int) -> None:
        super().__init__(DOOR, "w", "/case/c/plan/p1/", "needs", ("present-levels",))
        self.base, self.state, self.step = "4:abc", state, step

    def post(self, address: str, fields: Any) -> tuple[int, bytes]:
        sent = dict(fields)
        base = int(re.sub(":.*", "", sent["r:needs"]))
        mine = {"state": self.state, "revision": base + self.step, "mark": "m", "words": [sent["v:needs"]]}
        return 200, json.dumps({"fields": {"needs": mine}, "now": "now"}).encode()


def test_somebody_who_writes_notices_a_save_that_was_none() -> None:
    good = Scripted("saved", 1)
    assert [good.save(), good.save()] == ["", ""]
    assert good.base == "6:m"
    assert "merged" in Scripted("merged", 1).save()
    assert "revision 6, not 5" in Scripted("saved", 2).save()


def test_everybody_writes_and_what_fails_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_plan_writers, "EVERY", 0.01)
    monkeypatch.setattr(bench_plan_writers, "OPENS_EVERY", 0.02)

    class Idle(Writer):
        def save(self) -> str:
            return ""

        def open(self) -> str:
            raise HTTPException("gone")

    found = series([Idle(DOOR, "a"), Idle(DOOR, "b")], 0.1, paced=True)
    assert len(found.saves) >= 2
    assert found.pages
    assert found.wrong == ["HTTPException: gone"] * len(found.pages)
    assert (found + found).seconds == pytest.approx(2 * found.seconds)
    assert Series([1.0], seconds=2).each_second == 0.5


def test_prose_has_as_many_words_as_were_asked_for() -> None:
    assert [len(prose(words, "x").split()) for words in (1, 12, 13, 300)] == [1, 12, 13, 300]
