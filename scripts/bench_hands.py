"""`make bench ARGS=hands`: many children and many people, on SQLite and on PostgreSQL, beside a bare view.

A made-up State (`bench_hands_data`) is filled once for each number of children and database and kept in the folder
for caches. Then 20 people with accounts look at children at once: who leads cases, parents, directors. What they get
is checked, every wrong answer is counted. Last come two days of reminders for all of them (`bench_hands_reminders`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from rich.console import Console
from rich.table import Table

from scripts.bench_hands_lives import ON
from scripts.bench_hands_people import Kind, Line, Looks, Visitor, look_around
from scripts.bench_hands_reminders import day_table, reminded
from scripts.bench_plan_writers import percentile
from scripts.with_postgres import server_in

HERE: Final = Path(__file__).parents[1]
CHILDREN: Final = 5_000
PEOPLE: Final = 20
SECONDS: Final = 20.0
TURNS: Final = 3
EVERY: Final = 2.0
"""So often one person opens a page, in seconds."""
TRIES: Final = 200
LONGEST: Final = 600.0
LINK: Final = re.compile(r"serves at http://localhost:(\d+)")
WIDTH: Final = 120
BARE: Final = Kind("a bare view with one query", "/bench-bare/{case}/")
CHILD: Final = Kind("the child's page", "/case/{case}/", "/case/{case}/what-if/")
CASELOAD: Final = Kind("the caseload page", "/caseload/", "/case/", ("iep-manager", "district-director"))
PAGES: Final = (CHILD, CASELOAD)
PARTS: Final = ("pages", "reminders")
DATABASES: Final = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Place:
    """A database that is filled: its name, the environment that leads there, and what is in it."""

    name: str
    environment: Mapping[str, str]
    holds: Mapping[str, int]


def kept_folder(children: int, keep: Path | None) -> Path:
    """Where the data of so many children are kept: in the folder `keep`, or in that for caches.

    Other tables or other lives make another folder in it.
    """
    told = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("gameplan/*/migrations/0*.py"))
    told += [(HERE / "scripts" / f"bench_hands_{name}.py").read_text() for name in ("data", "dates", "lives")]
    mark = sha256("\n".join(told).encode()).hexdigest()[:10]
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (keep or caches / "gameplan").absolute() / f"bench-hands-{children}-{mark}"


@contextmanager
def filled(name: str, children: int, keep: Path | None = None) -> Iterator[Place]:
    """The database of that kind with so many children, filled now if it was not before; `keep`: the folder for it."""
    folder = kept_folder(children, keep) / name.lower()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "holds.json"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GAMEPLAN_", "DATABASE_URL"))}
    environment |= {"GAMEPLAN_DATA": str(folder / "data"), "GAMEPLAN_SHARED": "1", "GAMEPLAN_TODAY": ON.isoformat()}
    with server_in(folder / "pg") if name == "PostgreSQL" else _no_server() as address:
        if address:
            environment["DATABASE_URL"] = address
        if not kept.is_file():
            kept.write_text(_fill(environment, children))
        yield Place(name, environment, json.loads(kept.read_text()))


@contextmanager
def _no_server() -> Iterator[str]:
    yield ""


def _fill(environment: Mapping[str, str], children: int) -> str:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "scripts.bench_hands_data", str(children)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE, env=dict(environment))
    print(f"Filled in {time.perf_counter() - begin:.0f} s: {ran.stdout.strip()}", file=sys.stderr)
    return ran.stdout


@contextmanager
def serving(place: Place, seed: int) -> Iterator[list[Line]]:
    """The server on this database, and the people who came in."""
    command = [sys.executable, "-m", "scripts.bench_hands_server", str(seed), str(PEOPLE)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=HERE, env=dict(place.environment)
    ) as process:  # fmt: skip
        try:
            lines = iter(process.stdout or ())
            told = json.loads(next(lines, "[]"))
            port = next((int(found[1]) for line in lines if (found := LINK.search(line))), 0)
            if not port:
                raise SystemExit("The server did not start; what it said stands above.")
            people = [Visitor(one["role"], one["cookies"], tuple(one["cases"])) for one in told]
            wait_until_open(port)
            yield [Line("127.0.0.1", port, one) for one in people]
        finally:
            process.terminate()
            process.communicate()


def wait_until_open(port: int) -> None:
    """The server says its address before it listens."""
    for _try in range(TRIES):
        with socket.socket() as door:
            if not door.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise SystemExit("The server does not answer.")


def measured(lines: Sequence[Line], seconds: float, seed: int) -> dict[str, Looks]:
    """Every series: a first look at each child, then at a pace, then without a pause, each beside the bare view."""
    found = {
        # The first look of a day works the page out and is written into the trail.
        f"{page.what}, first look": look_around(lines, page, seconds=LONGEST, every=EVERY, seed=seed, again=False)
        for page in (BARE, CHILD)
    }
    # Each person opens their list once: it is made.
    found[f"{CASELOAD.what}, first look"] = look_around(lines, CASELOAD, seconds=EVERY / 2, every=EVERY / 2, seed=seed)
    for turn in range(TURNS):  # in turns, so that what others do on this machine falls on all alike
        for rhythm, every in (("at a pace", EVERY), ("no pause", 0.0)):
            for page in (BARE, *PAGES):
                name = f"{page.what}, {rhythm}"
                one = look_around(lines, page, seconds=seconds / TURNS, every=every, seed=seed + turn)
                found[name] = found.get(name, Looks()) + one
    return found


def table_of(place: Place, found: Mapping[str, Looks]) -> Table:
    """The series of one database, each beside the bare view in the same rhythm."""
    holds = ", ".join(f"{number:,} {name}" for name, number in place.holds.items())
    table = Table(title=f"{PEOPLE} people at once on {place.name}: {holds}")
    for name in ("what", "looks", "a second", "p50 ms", "p95 ms", "p50 x bare", "p95 x bare", "wrong"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for what, looks in found.items():
        bare = found[f"{BARE.what}, {what.rpartition(', ')[2]}"]
        halves, most = ((percentile(one.seconds, 50), percentile(one.seconds, 95)) for one in (looks, bare))
        table.add_row(
            what, f"{len(looks.seconds):,}", f"{len(looks.seconds) / looks.lasted:.0f}",
            f"{halves[0]:.1f}", f"{halves[1]:.1f}",
            *("" if looks is bare else f"{one / base:.1f}" for one, base in zip(halves, most, strict=True)),
            str(len(looks.wrong)),
        )  # fmt: skip
    table.caption = f"at a pace: each opens a page about every {EVERY:.0f} s; target: 3 times the bare view at most"
    return table


def bench(given: argparse.Namespace) -> Iterator[Table]:
    """Fills, measures, and gives the tables as they are ready."""
    seed, parts = Random().randrange(10**6), given.part or PARTS  # noqa: S311 - other people: who looked is written
    for name in given.on or DATABASES:
        with filled(name, given.children, given.keep) as place:
            if "pages" in parts:
                with serving(place, seed) as lines:
                    found = measured(lines, given.seconds, seed)
                yield table_of(place, found)
                wrong = sorted({said for looks in found.values() for said in looks.wrong})[:10]
                if wrong:
                    yield _list("What went wrong", wrong)
            if "reminders" in parts:
                for day in reminded(place.environment):
                    yield day_table(name, place.holds["children"], day)


def _list(title: str, lines: Sequence[str]) -> Table:
    table = Table("what", title=title)
    for one in lines:
        table.add_row(one)
    return table


def main(arguments: list[str]) -> None:
    """Measures and prints the tables."""
    reader = argparse.ArgumentParser(prog="make bench ARGS='hands ...'", description=__doc__)
    reader.add_argument("--children", type=int, default=CHILDREN, help=f"in the database ({CHILDREN:,})")
    reader.add_argument("--seconds", type=float, default=SECONDS, help=f"of each series ({SECONDS:.0f})")
    reader.add_argument("--on", choices=DATABASES, action="append", help="only this database")
    reader.add_argument("--keep", type=Path, help="the folder that keeps the filled databases (your cache folder)")
    reader.add_argument("--part", choices=PARTS, action="append", help="only this part")
    given = reader.parse_args(arguments)
    if given.children < 100:
        reader.error(f"--children {given.children}: give at least 100, so that 20 people have children to look at.")
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {load()}")
    for table in bench(given):
        console.print(table)
        console.print(load())


def load() -> str:
    """How much this machine has to do, for whoever reads the figures."""
    return "load {:.1f}, {:.1f}, {:.1f} in the last 1, 5, 15 minutes".format(*os.getloadavg())


if __name__ == "__main__":
    main(sys.argv[1:])
