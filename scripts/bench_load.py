"""`make bench ARGS=load`: many people at once, reading and writing, for minutes, on PostgreSQL with many children.

    --people 200 --minutes 10 --children 100000 --keep FOLDER

The server runs as an installer runs it (`serve --production`, with its worker), on a copy of the database of
`bench_hands`, which is filled once and kept. Parents, managers, teachers and directors look and write, each with time
to think. Exit code 1 if anything was answered wrong, is lost, is there twice, or if the memory of a process grew.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from gameplan.config.serve import free_port
from scripts.bench_hands import HERE, WIDTH, filled, load, wait_until_open
from scripts.bench_hands_lives import ON
from scripts.bench_hands_reminders import copied, run
from scripts.bench_load_acts import BARE, Person, chosen_act
from scripts.bench_load_memory import Watch
from scripts.bench_load_people import ADDRESS, Asker, Guest, Tally, guests_of
from scripts.bench_plan_writers import percentile

CHILDREN, PEOPLE, MINUTES, PROCESSES = 100_000, 200, 10.0, 2
THINKS: Final = (15.0, 45.0)
"""From one thing to the next somebody thinks for so many seconds, by lot. 200 people ask for some 9 pages a second."""
WARM_UP: Final = 60.0
"""Seconds of the same before it counts: each process has loaded the law and compiled its pages by then."""
BEFORE: Final = ("look-around", "work-out", "make")
"""What the worker has done of the day when the people come."""
MOST_SAID: Final = 10
FAULT: Final = re.compile(r"Z (error|critical) |Traceback")


@dataclass(frozen=True)
class Asked:
    """What is measured: so many people for so many seconds, in so many processes that answer."""

    people: int
    seconds: float
    processes: int
    seed: int


@dataclass
class Served:
    """The server as it runs: its port, its first process, who comes."""

    port: int
    pid: int
    guests: list[Guest]


@dataclass
class Run:
    """What came of it: what the people met, the processes, the share of a processor that the people took."""

    tally: Tally
    watch: Watch
    own: float


def guests(environment: Mapping[str, str], asked: Asked) -> list[Guest]:
    """Who comes, with their plans made."""
    command = [sys.executable, "-m", "scripts.bench_load_cases", str(asked.seed), str(asked.people)]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=HERE, env=dict(environment))
    return guests_of(json.loads(made.stdout))


@contextmanager
def serving(environment: Mapping[str, str], asked: Asked, log: Path) -> Iterator[Served]:
    """The server on this database, once it answers. What it says goes into the file `log`."""
    coming, port = guests(environment, asked), free_port(0)
    command = [sys.executable, "-m", "scripts.bench_load_server", str(port), str(asked.processes)]
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(command, stdout=said, stderr=said, cwd=HERE, env=dict(environment)) as process,
    ):
        try:
            wait_until_open(port)
            yield Served(port, process.pid, coming)
        finally:
            process.terminate()
            process.wait()


def produced(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a server for good, with a proxy before it."""
    told = {name: value for name, value in environment.items() if name != "GAMEPLAN_TODAY"}
    proxy = {"GAMEPLAN_ADDRESS": ADDRESS, "GAMEPLAN_HTTPS": "1", "GAMEPLAN_PROXIES": "1"}
    return told | proxy | {"GAMEPLAN_LOG": "plain"}


def walked(served: Served, asked: Asked, seconds: float) -> Tally:
    """Everybody at once for so long: each does one thing, thinks, and does the next."""
    tally, begin, end = Tally(), time.perf_counter(), time.perf_counter() + seconds

    def walk(number: int, guest: Guest) -> None:
        rng = Random(f"{asked.seed} {number} {seconds} {time.time_ns()}")  # noqa: S311 - chosen, not secret
        person = Person(Asker(served.port, number, guest, tally), rng, this_day())
        time.sleep(rng.uniform(0, THINKS[1]))
        while time.perf_counter() < end:
            chosen_act(person)(person)
            time.sleep(max(0, min(rng.uniform(*THINKS), end - time.perf_counter())))

    threads = [threading.Thread(target=walk, args=one) for one in enumerate(served.guests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.lasted = time.perf_counter() - begin
    return tally


def measured(served: Served, asked: Asked, postgres: int | None) -> Run:
    """The warm-up, then what counts; everything that was sent to be kept stands in the tally, that of both."""
    before = walked(served, asked, min(WARM_UP, asked.seconds))
    watch = Watch(served.pid, postgres)
    watcher = threading.Thread(target=watch.run)
    used, begin = time.process_time(), time.perf_counter()
    watcher.start()
    try:
        tally = walked(served, asked, asked.seconds)
    finally:
        watch.stopped.set()
        watcher.join()
    own = (time.process_time() - used) / (time.perf_counter() - begin)
    tally.kept[:0] = before.kept
    tally.wrong[:0] = [f"in the warm-up: {one}" for one in before.wrong]
    return Run(tally, watch, own)


def checked(environment: Mapping[str, str], tally: Tally) -> dict[str, Any]:
    """What `bench_load_check` finds."""
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench_load_check"], input=json.dumps([asdict(one) for one in tally.kept]),
        stdout=subprocess.PIPE, text=True, check=True, cwd=HERE, env=dict(environment),
    )  # fmt: skip
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def pages_table(tally: Tally, own: float) -> Table:
    """Each kind of request, beside the bare view of the same run."""
    table = Table(title=f"{tally.requests:,} requests, {tally.requests / tally.lasted:.1f} a second")
    for name in ("what", "requests", "p50 ms", "p95 ms", "p99 ms", "p50 x bare", "p95 x bare"):
        table.add_column(name, justify="left" if name == "what" else "right")
    bare = [percentile(tally.seconds.get(BARE, ()), percent) for percent in (50, 95)]
    for what, seconds in sorted(tally.seconds.items(), key=lambda one: (one[0] != BARE, one[0])):
        half, most, longest = (percentile(seconds, percent) for percent in (50, 95, 99))
        beside = [
            f"{one / base:.1f}" if base and what != BARE else "" for one, base in zip((half, most), bare, strict=True)
        ]
        table.add_row(what, f"{len(seconds):,}", f"{half:.0f}", f"{most:.0f}", f"{longest:.0f}", *beside)
    table.caption = f"the people themselves took {own:.0%} of one processor"
    return table


def outcome_table(run: Run, found: Mapping[str, Any], lines: Sequence[str]) -> Table:
    """What was kept, and everything that went wrong."""
    confirmed = Counter(one.kind for one in run.tally.kept if one.confirmed)
    table = Table(title="What was kept, and what went wrong", show_header=False)
    table.add_column("what")
    table.add_column("found", overflow="fold")
    table.add_row("confirmed", ", ".join(f"{number:,} {kind}" for kind, number in sorted(confirmed.items())))
    table.add_row("answered wrong", str(len(run.tally.wrong)))
    table.add_row("lost, twice, not whole", ", ".join(f"{n} {what}" for what, n in found["faults"].items()) or "0")
    table.add_row("memory that grew", ", ".join(run.watch.grown()) or "none")
    table.add_row("faults in the log", str(len(lines)))
    said = [one for one, _number in Counter(run.tally.wrong).most_common(MOST_SAID)]
    for one in (*said, *found["said"], *lines[:MOST_SAID]):
        table.add_row("", one)
    return table


def faults_in(log: Path) -> list[str]:
    """The lines of the log that tell of a fault."""
    with log.open(encoding="utf-8", errors="replace") as opened:
        return [line.strip() for line in opened if FAULT.search(line)]


def bench(children: int, asked: Asked, keep: Path | None, console: Console) -> bool:
    """Fills if need be, lets the worker do the day's work, measures, prints; True if nothing was wrong."""
    with filled("PostgreSQL", children, keep) as place, copied(place.environment) as copy:
        run_before(copy, console)
        log = Path(copy["GAMEPLAN_DATA"]).with_name("server.log")
        with serving(produced(copy), asked, log) as served:
            console.print(f"{len(served.guests)} people, {place.holds['children']:,} children, {load()}")
            found = measured(served, asked, postgres_of(place.environment))
        wrong, lines = checked(produced(copy), found.tally), faults_in(log)
    console.print(pages_table(found.tally, found.own))
    console.print(found.watch.table())
    console.print(outcome_table(found, wrong, lines))
    console.print(load())
    return not (found.tally.wrong or wrong["faults"] or lines or found.watch.grown())


def run_before(environment: Mapping[str, str], console: Console) -> None:
    """The day's work of the worker, done before the people come; what it took."""
    run(environment, "get-ready", ON)
    took = {job: run(environment, job, this_day())[0] for job in BEFORE}
    said = ", ".join(f"{job} {one.seconds:.0f} s" for job, one in took.items())
    console.print(f"The day's work of the worker, before: {said}")


def this_day() -> date:
    """Today, as the server has it: what is for trying out (GAMEPLAN_TODAY) a production server refuses."""
    return datetime.now().astimezone().date()


def postgres_of(environment: Mapping[str, str]) -> int | None:
    """The first process of the PostgreSQL server that this folder is of."""
    told = Path(environment["GAMEPLAN_DATA"]).with_name("pg") / "postmaster.pid"
    return int(told.read_text().split()[0]) if told.is_file() else None


def main(arguments: list[str]) -> None:
    """Measures, prints the tables, and leaves with 1 if anything was wrong."""
    reader = argparse.ArgumentParser(prog="make bench ARGS='load ...'", description=__doc__)
    reader.add_argument("--children", type=int, default=CHILDREN, help=f"in the database ({CHILDREN:,})")
    reader.add_argument("--people", type=int, default=PEOPLE, help=f"at once ({PEOPLE})")
    reader.add_argument("--minutes", type=float, default=MINUTES, help=f"after the warm-up ({MINUTES:.0f})")
    reader.add_argument("--processes", type=int, default=PROCESSES, help=f"that answer ({PROCESSES})")
    reader.add_argument("--keep", type=Path, help="the folder that keeps the filled database (your cache folder)")
    given = reader.parse_args(arguments)
    if given.people < 10 or given.children < 20 * given.people // 4:
        reader.error("give at least 10 people, and five children for each of them.")
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {load()}")
    seed = Random().randrange(10**6)  # noqa: S311 - other people each time
    asked = Asked(given.people, given.minutes * 60, given.processes, seed)
    if not bench(given.children, asked, given.keep, console):
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
