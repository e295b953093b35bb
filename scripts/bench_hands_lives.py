"""Made-up lives ready to be put into rows: facts, school years and their fingerprint, from `gameplan.audit.synth`."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from gameplan.audit.cases import case_of
from gameplan.audit.layout import Folder
from gameplan.audit.synth import make_nation
from gameplan.core.facts import Case

STATE: Final = "TX"
NATION: Final = 4_000
"""Children of the made-up nation that the lives come from."""
FACTS: Final = 25
"""Facts of a case, on average; the shortest lives are left out."""
SEED: Final = 7
LAST_YEARS: Final = 3
ON: Final = date(2026, 11, 27)
"""The day on which the lives stand."""


@dataclass(frozen=True)
class Life:
    """One life: when the child was born, the columns of its facts and of its school years, the digest of the facts."""

    born: date | None
    facts: tuple[dict[str, Any], ...]
    years: tuple[dict[str, Any], ...]
    digest: str


def lives() -> list[Life]:
    """The lives of one State, of `FACTS` facts on average."""
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "nation"
        make_nation(made, children=NATION, seed=SEED, until=ON)
        folder = Folder(made)
        children, facts = pq.read_table(folder.children(0)), pq.read_table(folder.facts(0))
        find = partial(case_of, children, facts, pq.read_table(folder.calendars))
        here = [one["case"] for one in children.select(["case", "state"]).to_pylist() if one["state"] == STATE]
        found = sorted((find(number) for number in here), key=lambda case: len(case.facts))
    while statistics.mean(len(case.facts) for case in found) < FACTS:
        found.pop(0)
    return [_life(case) for case in found]


def _life(case: Case) -> Life:
    from gameplan.cases import rows
    from gameplan.cases.trail import digest_of
    from gameplan.core.casewrite import fact_json

    renamed = {fact.id: f"f{number}" for number, fact in enumerate(case.facts, start=1)}
    told = [
        replace(
            fact, id=renamed[fact.id], corrects=renamed.get(fact.corrects or ""),
            account_of=renamed.get(fact.account_of or ""),
            entered_by="parent" if fact.said_by == "parent" else "iep-manager",
        )
        for fact in case.facts
    ]  # fmt: skip
    return Life(
        case.child.born,
        tuple(rows.fact_columns(fact, position=number) for number, fact in enumerate(told, start=1)),
        tuple(rows.school_year_columns(year) for year in case.calendars[-LAST_YEARS:]),
        digest_of([fact_json(fact) for fact in told]),
    )
