"""Makes a nation: part by part, each from its own seed, so that no more than one part is ever held."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.cases import PAGES
from gameplan.audit.layout import CHILDREN, DAY, Folder
from gameplan.audit.synth.arrays import YEAR, Rows
from gameplan.audit.synth.book import Book
from gameplan.audit.synth.columns import coded, fact_table
from gameplan.audit.synth.discipline import remove
from gameplan.audit.synth.disputes import disagree
from gameplan.audit.synth.early import turn_three
from gameplan.audit.synth.incidents import happen, leave, need_504
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.mess import Disorder
from gameplan.audit.synth.pace import Pace, pace_of
from gameplan.audit.synth.places import NO_STATE, STATES, Nation, nation_of
from gameplan.audit.synth.plan import begin_in_the_middle
from gameplan.audit.synth.referral import refer
from gameplan.audit.synth.years import EPOCH, PATTERNS, VARIANTS, SchoolDays, calendar_table, school_days
from gameplan.law import vocabulary

UNTIL: Final = date(2026, 11, 27)
YEARS: Final = 5
PART_SIZE: Final = 100_000
ROW_GROUP: Final = 250_000
NO_CALENDAR: Final = 0.04
# Districts whose calendar lacks the school year under way, or the one before it.
LACKS: Final = (0.93, 0.04, 0.03)
STORIES: Final = [0.34, 0.46, 0.12, 0.08]
"""Shares of the children: referred, with an IEP already, from early intervention, Section 504 alone."""


class CannotMake(ValueError):
    """The nation cannot be made: the message says what is wrong, where, and how to mend it."""


def make_nation(
    folder: Path,
    *,
    children: int,
    seed: int,
    part_size: int = PART_SIZE,
    years: int = YEARS,
    until: date = UNTIL,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write a made-up nation of so many children as an audit folder (see `gameplan.audit.layout`).

    The facts reach over about so many years up to the day `until`. The same numbers give the same data. `progress` is
    told the number of children written, after each part. The folder is there when everything is written, or not at
    all. Raises CannotMake if it holds something already, or a number makes no sense.
    """
    _check(folder, children, seed, part_size, years, until)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as place:
        made = Path(place) / "nation"
        for name in ("children", "facts"):
            (made / name).mkdir(parents=True)
        _write(Folder(made), _Plan.of(children, seed, years, until), part_size, progress)
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)


def _check(folder: Path, children: int, seed: int, part_size: int, years: int, until: date) -> None:
    wrong = [
        f"{name} is {value}: give a whole number of at least {least}."
        for name, value, least in (
            ("children", children, 0), ("seed", seed, 0), ("part_size", part_size, 1), ("years", years, 1),
        )
        if value < least
    ]  # fmt: skip
    if years > 30 or not 1990 <= until.year <= 2100:
        wrong.append(f"{years} years up to {until}: ask for at most 30 years, up to a day from 1990 to 2100.")
    if folder.is_dir():
        held = sorted(one.name for one in folder.iterdir())
        if held:
            wrong.append(
                f"{folder} is not empty: it holds {', '.join(held[:3])}{' and more' if len(held) > 3 else ''}. "
                "Name a folder that is new or empty, or move that one away."
            )
    elif folder.exists():
        wrong.append(f"{folder} is a file. Name a folder that is new or empty.")
    if wrong:
        raise CannotMake(" ".join(wrong))


@dataclass(frozen=True)
class _Plan:
    """What all parts share. `calendars` has one place for each district: pattern and variant, -1 for no calendar."""

    children: int
    seed: int
    first: date
    until: date
    nation: Nation
    patterns: Rows
    calendars: Rows
    pace: Pace
    school: SchoolDays

    @classmethod
    def of(cls, children: int, seed: int, years: int, until: date) -> _Plan:
        rng = np.random.default_rng([seed, children, 0])
        nation = nation_of(children, rng)
        size = len(nation.ends)
        patterns = rng.integers(0, PATTERNS, size)
        variants = np.searchsorted(np.cumsum(LACKS)[:-1], rng.random(size), side="right")
        numbers = (nation.states.astype(np.int64) * PATTERNS + patterns) * VARIANTS + variants
        calendars = np.where(rng.random(size) < NO_CALENDAR, -1, numbers)
        first = date(until.year - years, until.month, min(until.day, 28))
        school = school_days(first.year - 4, until.year + 3)
        return cls(children, seed, first, until, nation, patterns, calendars, pace_of(until), school)


def _write(folder: Folder, plan: _Plan, part_size: int, progress: Callable[[int], None] | None) -> None:
    last = plan.until.year if plan.until.month >= 7 else plan.until.year - 1
    pq.write_table(calendar_table(plan.first.year - 1, last), folder.calendars, compression="zstd")
    for part, start in enumerate(range(0, plan.children, part_size)):
        end = min(start + part_size, plan.children)
        cases = np.arange(start, end, dtype=np.int64)
        children, facts = _part(plan, cases, np.random.default_rng([plan.seed, plan.children, 1, part]))
        for table, path in ((children, folder.children(part)), (facts, folder.facts(part))):
            pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP, data_page_version=PAGES)
        if progress:
            progress(end)


def _part(plan: _Plan, cases: Rows, rng: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    """The children and the facts of these cases."""
    districts = plan.nation.districts_of(cases)
    until = (plan.until - EPOCH).days
    life = Life(
        rng, Book(len(cases), until), plan.pace, plan.school, plan.nation.states[districts].astype(np.int64),
        plan.patterns[districts], np.zeros(len(cases), dtype=np.int32), (plan.first - EPOCH).days, until,
        np.zeros(len(cases), dtype=np.int32),
    )  # fmt: skip
    _live(life)
    ledger, entered = Disorder(life.book.ledger(), life.book.sayings, vocabulary(), rng, until).disturb()
    facts = fact_table(ledger, life.book.sayings, entered, int(cases[0]))
    return _child_table(plan, cases, districts, life), facts


def _live(life: Life) -> None:
    """Every child's story, from its first day to the day of the audit."""
    everybody = np.arange(len(life.born), dtype=np.int64)
    story = life.choice(everybody, STORIES)
    span = life.until - life.first
    begun = life.first + (span * life.rng.beta(1.9, 0.9, len(everybody))).astype(np.int32)
    referred, planned = life.rng.beta(1.6, 2.4, len(begun)), life.rng.beta(1.6, 1.8, len(begun))
    age = YEAR * np.where(story == 1, 5 + 12 * planned, 3.3 + 12 * referred)
    third = 3 * YEAR + life.between(everybody, -30, 60)
    life.born = (begun - np.where(story == 2, third, age)).astype(np.int32)
    life.begun = begun
    leave(life)
    refer(life, everybody[story == 0], begun[story == 0])
    begin_in_the_middle(life, everybody[story == 1], begun[story == 1])
    turn_three(life, everybody[story == 2])
    need_504(life, everybody[story == 3], begun[story == 3])
    happen(life)
    remove(life)
    disagree(life)


def _child_table(plan: _Plan, cases: Rows, districts: Rows, life: Life) -> pa.Table:
    states = plan.nation.states[districts].astype(np.int32)
    none = states == NO_STATE
    schools = 1 + (life.rng.random(len(cases)) * plan.nation.schools[districts]).astype(np.int64)
    used, places = np.unique(districts * 100 + schools, return_inverse=True)
    names = [f"{plan.nation.names[number // 100]}-{number % 100:02d}" for number in used.tolist()]
    calendars = plan.calendars[districts]
    unborn = life.rng.random(len(cases)) < 0.003
    return pa.table(
        [
            pa.array(cases),
            coded(states, [*STATES, ""], none),
            coded(districts, list(plan.nation.names), none),
            coded(places.reshape(-1), names, none),
            pa.array(life.born, mask=unborn).cast(DAY),
            pa.array(calendars.astype(np.int32), mask=calendars < 0),
        ],
        schema=CHILDREN,
    )
