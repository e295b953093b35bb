"""The reminders of `make bench ARGS=hands`: two days of the worker for all children and people, beside bare rows.

The first day is the Monday after the one on which the database was filled: everybody's digest. The other is the next
day on which any case changes by itself. Everything is done on a copy of the database, so that it can be measured again,
by the jobs of the worker itself (`watch.turns`), each in processes of its own; mails are written out as they would go,
and none is sent.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from rich.table import Table

from gameplan.config.database import SQLITE_FILE
from scripts.bench_hands_lives import ON
from scripts.bench_hands_worker import READY, Took

HERE: Final = Path(__file__).parents[1]
SENDERS: Final = 2
"""Processes that send at once."""
MONDAY: Final = ON + timedelta(days=7 - ON.weekday())
JOBS: Final = {
    "look-around": "looking through all cases and people",
    "work-out": "working out the cases that the day changes",
    "make": "making the reminders",
    "send": f"sending, {SENDERS} processes",
    "bare-read": "bare: reading the dates that they come from",
    "bare-write": "bare: writing as many outbox rows",
    "bare-sent": f"bare: a row at a time as sent, {SENDERS} processes",
}
AT_ONCE: Final = frozenset({"send", "bare-sent"})
BESIDE: Final = {"make": ("bare-read", "bare-write"), "send": ("bare-sent",)}
"""What each piece of work is compared with."""


@dataclass(frozen=True)
class Day:
    """What each job of a day took, in each of its processes, and what was wrong with the mails."""

    on: date
    jobs: Mapping[str, Sequence[Took]]
    wrong: Mapping[str, int]

    def seconds(self, *names: str) -> float:
        """From the beginning of each of these jobs to the end of its last process."""
        return sum(max(one.seconds for one in self.jobs[name]) for name in names)

    def number(self, name: str, what: str) -> int:
        """How many of these a job did."""
        return sum(one.did[what] for one in self.jobs[name])


def reminded(environment: Mapping[str, str]) -> Iterator[Day]:
    """The days on a copy of the database that this environment leads to, each as soon as it is over."""
    with copied(environment) as copy:
        run(copy, "get-ready", ON)
        yield _day(copy, MONDAY)
        yield _day(copy, date.fromisoformat(run(copy, "next-change", MONDAY)[0].did["on"]))


def _day(environment: Mapping[str, str], on: date) -> Day:
    jobs = {name: run(environment, name, on, SENDERS if name in AT_ONCE else 1) for name in JOBS}
    left = jobs["work-out"][0].did["left"]
    return Day(on, jobs, faults(jobs["send"], run(environment, "check", on)[0], left=left))


def faults(senders: Sequence[Took], checked: Took, *, left: int) -> dict[str, int]:
    """How many mails were handed over more than once, how many never, and what else is not as it should be."""
    handed_over = Counter(one for took in senders for one in took.did["ids"])
    made = set(checked.did["ids"])
    return {
        "sent twice": handed_over.total() - len(handed_over),
        "never sent": len(made - handed_over.keys()),
        "sent and not made": len(handed_over.keys() - made),
        "not written down as sent": checked.did["unsent"],
        "cases not worked out": left,
    }


def run(environment: Mapping[str, str], job: str, on: date, processes: int = 1) -> list[Took]:
    """Do a job on that day, in so many processes that begin at the same moment; what each of them took."""
    command = [sys.executable, "-m", "scripts.bench_hands_worker", job, on.isoformat()]
    told = dict(environment) | {"GAMEPLAN_TODAY": on.isoformat()}
    started = [
        subprocess.Popen(
            [*command, str(place), str(processes)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=HERE, env=told,
        )
        for place in range(processes)
    ]  # fmt: skip
    try:
        for one in started:
            if one.stdout is None or one.stdout.readline().strip() != READY:
                raise SystemExit(f"{job}: the process did not start; what it said stands above.")
        for one in started:
            print("go", file=one.stdin, flush=True)
        return [_took(job, one) for one in started]
    finally:
        for one in started:
            one.kill()
            one.wait()


def _took(job: str, process: subprocess.Popen[str]) -> Took:
    said, _nothing = process.communicate()
    if process.returncode:
        raise SystemExit(f"{job}: the process ended with {process.returncode}; what it said stands above.")
    return Took(**json.loads(said))


@contextmanager
def copied(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a copy of this database, which is gone at the end. Nobody may be connected to it."""
    data = Path(environment["GAMEPLAN_DATA"])
    folder = data.with_name("copy")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns(f"{SQLITE_FILE}*"))
    told = {**environment, "GAMEPLAN_DATA": str(folder)}
    try:
        if address := environment.get("DATABASE_URL"):
            with _copied_database(address) as other:
                yield told | {"DATABASE_URL": other}
        else:
            with (
                closing(sqlite3.connect(data / SQLITE_FILE)) as one,
                closing(sqlite3.connect(folder / SQLITE_FILE)) as two,
            ):
                one.backup(two)
            yield told
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _copied_database(address: str) -> Iterator[str]:
    """The address of a copy on the same server."""
    name = re.sub(r".*//[^/]*/([^?]*).*", r"\1", address)
    copy = f"{name}_copy"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy))
    with closing(psycopg.connect(_database(address, "template1"), autocommit=True)) as server:
        server.execute(drop)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        server.execute(make.format(sql.Identifier(copy), sql.Identifier(name)))
        try:
            yield _database(address, copy)
        finally:
            server.execute(drop)


def _database(address: str, name: str) -> str:
    return re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", address)


def day_table(name: str, children: int, day: Day) -> Table:
    """What a day took: each job in numbers, beside the bare rows that its work comes down to."""
    kind = "everybody's digest" if day.on == MONDAY else "no digest"
    table = Table(title=f"Reminders on {name}: {children:,} children, {day.on:%A} ({kind})")
    for column in ("what", "done", "s", "CPU s", "a second", "peak MiB", "x bare"):
        table.add_column(column, justify="left" if column in ("what", "done") else "right")
    for job, what in JOBS.items():
        took, seconds = day.jobs[job], day.seconds(job)
        did = _did(day, job)
        bare = day.seconds(*BESIDE[job]) if job in BESIDE else 0
        table.add_row(
            what, ", ".join(f"{number:,} {kind}" for kind, number in did.items()), f"{seconds:,.1f}",
            f"{sum(one.cpu for one in took):,.1f}", f"{next(iter(did.values())) / seconds:,.0f}",
            f"{max(one.mib for one in took):,.0f}", f"{seconds / bare:.1f}" if bare else "",
        )  # fmt: skip
    table.caption = _caption(day)
    return table


def _did(day: Day, job: str) -> dict[str, int]:
    if job == "send":
        return {"mails": sum(len(one.did["ids"]) for one in day.jobs[job])}
    return {what: day.number(job, what) for what in day.jobs[job][0].did if what not in ("left", "marked")}


def _caption(day: Day) -> str:
    """All of the day in one rate, and every fault by its number."""
    seconds = day.seconds("look-around", "work-out", "make", "send")
    mails = day.number("make", "mails")
    wrong = ", ".join(f"{number} {what}" for what, number in day.wrong.items())
    return f"all together {seconds:,.0f} s, {mails / seconds:,.0f} mails a second; wrong: {wrong}"
