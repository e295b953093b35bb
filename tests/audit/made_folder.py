"""Small audit folders, and an evaluator that stands in for the law: one duty a fact, by simple arithmetic."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.facts_file import Reads
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder
from gameplan.audit.rows import DUTY, NO_DAY, STATUS_CODES
from gameplan.audit.run import Summary, run
from gameplan.audit.tables import ClockName
from gameplan.core.standing import REASONS, STATUSES

ON = date(2025, 12, 1)
STATES = ("TX", "MD", None, "CA")
KINDS = ("evaluation-requested", "consent-given", "meeting-held")
CLOCKS = (
    ClockName("answer", "us", "deadline", ""),
    ClockName("initial-evaluation", "us", "deadline", "TX"),
    ClockName("initial-evaluation", "TX", "deadline", "TX"),
    ClockName("stay-put", "us", "hold", ""),
)

Row = dict[str, Any]


def child_rows(part: int, children: int) -> list[Row]:
    """The children of a part; some have no State, district or calendar."""
    return [
        {
            "case": 1000 * part + number,
            "state": STATES[number % 4],
            "district": None if number % 7 == 0 else f"district {number % 3}",
            "school": f"school {(number + part) % 5}",
            "born": date(2015, 1, 1) + timedelta(days=number),
            "calendar": None if number % 2 else 1,
        }
        for number in range(children)
    ]


def fact_rows(part: int, children: int) -> list[Row]:
    """No fact, one, two or three for each child."""
    return [
        {
            "case": 1000 * part + number,
            "id": place + 1,
            "kind": KINDS[(number + place) % 3],
            "on": date(2025, 1, 10) + timedelta(days=31 * number % 300 + place),
            "said_by": None if number % 2 else "school",
            "data": '{"type":"initial"}' if place else None,
        }
        for number in range(children)
        for place in range(number % 4)
    ]


def make_folder(path: Path, parts: int = 3, children: int = 40) -> Folder:
    """A folder of so many parts with so many children each."""
    folder = Folder(path)
    for part in range(parts):
        put(folder.children(part), child_rows(part, children), CHILDREN)
        put(folder.facts(part), fact_rows(part, children), FACTS)
    year: Row = {
        "calendar": 1, "school_year": "2025-26", "first_day": date(2025, 8, 13), "last_day": date(2026, 5, 21),
        "closed": None, "open": None, "weekdays": None,
    }  # fmt: skip
    put(folder.calendars, [year], CALENDARS)
    return folder


def put(path: Path, rows: list[Row], schema: pa.Schema) -> None:
    """Writes rows as a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


@dataclass
class StandIn:
    """One duty a fact. `seen` counts how often a part was worked out, by its first case; `stop_at` makes it fail.

    With `diary` each part leaves a file there that names this process, and the first process that comes to the part
    `hang_at` stays there until it is killed.
    """

    on: date = ON
    clocks: tuple[ClockName, ...] = CLOCKS
    only: tuple[str, ...] | None = None
    reads: Reads | None = None
    stop_at: int | None = None
    lag: float = 0.0
    diary: Path | None = None
    hang_at: int | None = None
    seen: Counter[int] = field(default_factory=Counter)
    at_work: int = 0
    most_at_work: int = 0

    def duties(self, children: pa.Table, facts: pa.Table, calendars: pa.Table) -> Iterator[Any]:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            part = int(children["case"][0].as_py()) // 1000
            self.seen[part] += 1
            self._live(part)
            found = made_duties(facts, self.on)
            yield found[: len(found) // 2]
            yield found[len(found) // 2 :]
        finally:
            self.at_work -= 1

    def _live(self, part: int) -> None:
        if self.diary is not None:
            first = not any(self.diary.glob(f"{part}-*"))
            (self.diary / f"{part}-{os.getpid()}").touch()
            if first and part == self.hang_at:
                time.sleep(60)
        time.sleep(self.lag)
        if part == self.stop_at:
            raise RuntimeError("The power went out.")


def made_duties(facts: pa.Table, on: date) -> Any:
    """One duty a fact: due thirty days after it; a third of them met, some late."""
    found = np.zeros(facts.num_rows, DUTY)
    number = found["started_by"] = facts["id"].to_numpy()
    found["case"] = case = facts["case"].to_numpy()
    found["started"] = started = facts["on"].cast(pa.int32()).to_numpy()
    found["clock"] = (case + number) % len(CLOCKS)
    found["due"] = found["due_earliest"] = found["due_latest"] = started + 30
    met = (case + number) % 3 == 0
    found["done"] = np.where(met, started + number * 25, NO_DAY)
    found["done_by"] = np.where(met, number, NO_DAY)
    left = started + 30 - (on - date(1970, 1, 1)).days
    late = np.where(met, number * 25 - 30, -left)
    found["days_left"] = np.where(met, NO_DAY, left)
    found["days_late"] = np.where(late > 0, late, NO_DAY)
    names = np.where(met, np.where(late > 0, "met-late", "met"), np.where(late > 0, "late", "running"))
    found["status"] = [STATUS_CODES[str(name)] for name in names]
    found["reason"] = case % 5
    return found


def all_rows(folder: Folder) -> list[Mapping[str, Any]]:
    """Every duty of the stand-in as a plain dictionary, with the child's words."""
    rows: list[Mapping[str, Any]] = []
    for part in folder.parts():
        facts = pq.read_table(folder.facts(part))
        children = {one["case"]: one for one in pq.read_table(folder.children(part)).to_pylist()}
        for duty in made_duties(facts, ON):
            child = children[int(duty["case"])]
            told = {name: int(duty[name]) for name in DUTY.names or ()}
            rows.append({**told, **{name: child[name] for name in ("state", "district", "school")}})
    return rows


def day(number: int) -> date | None:
    """The day of a number, None where there is none."""
    return None if number == NO_DAY else date.fromordinal(date(1970, 1, 1).toordinal() + number)


def expected_row(duty: Any) -> Row:
    """The answer's row for one duty of `all_rows`."""
    clock = CLOCKS[duty["clock"]]
    days = {name: day(duty[name]) for name in ("started", "due", "due_earliest", "due_latest", "done")}
    numbers = {name: None if duty[name] == NO_DAY else duty[name] for name in ("done_by", "days_left", "days_late")}
    words = {"status": STATUSES[duty["status"]], "reason": REASONS[duty["reason"]]}
    return {**duty, **clock._asdict(), "clock": clock.id, "state": duty["state"], **days, **numbers, **words}


def audit(folder: Folder, out: Path, evaluator: StandIn, *, by: list[str] | None = None, workers: int = 2) -> Summary:
    """A run of the stand-in over the folder."""
    return run(folder, out, evaluator, by=by, workers=workers, fingerprint="the law")
