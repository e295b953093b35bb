"""`make bench ARGS=plans`: what writing, opening, comparing and printing plans costs, each beside a baseline.

Each baseline is measured in the same run. Milliseconds of processor time stand beside those by the clock: where others
use the machine too, the former say more. Nothing is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]
from rich.console import Console
from rich.table import Table

from scripts.bench_plan_pages import LARGE, ROUNDS, Row
from scripts.bench_plan_sample import LONG
from scripts.bench_plan_writers import BareWriter, PlanWriter, Series, Writer, opened, percentile, series
from scripts.with_postgres import running_server

HERE: Final = Path(__file__).parents[1]
WRITERS: Final = 30
SHARED: Final = 6
FIELDS: Final = (
    (LONG, "present-levels"), ("needs", "present-levels"), ("strengths", "voices"), ("parent-concerns", "voices"),
    ("review-progress", "review"),
)  # fmt: skip
SECONDS: Final = 15.0
TURNS: Final = 3
LEAST: Final = 12
LINK: Final = re.compile(r"http://127\.0\.0\.1:\d+/open/\S+/")
WIDTH: Final = 130  # what the widest table needs; a pipe says 80


@dataclass(frozen=True)
class Server:
    """A server that runs: where its plans are (case, plan, spare row), who came in, and whose processor time counts."""

    plans: Sequence[tuple[str, str, int]]
    link: str
    process: psutil.Process
    database: psutil.Process | None

    def used(self) -> tuple[float, float]:
        """Seconds of processor time until now: of the server, of the database beside it."""
        return _used(self.process), _used(self.database)


@dataclass(frozen=True)
class Load:
    """One series, with what it took of the processors: seconds of the server and of the database.

    `others` are the seconds that everybody else took meanwhile, those who write here among them.
    """

    what: str
    paced: bool
    found: Series
    server: float
    database: float
    others: float

    def __add__(self, other: Load) -> Load:
        """Both turns together."""
        return Load(
            self.what, self.paced, self.found + other.found, self.server + other.server,
            self.database + other.database, self.others + other.others,
        )  # fmt: skip

    @property
    def requests(self) -> int:
        """Saves and pages together."""
        return len(self.found.saves) + len(self.found.pages)


def _used(process: psutil.Process | None) -> float:
    if process is None:
        return 0.0
    found = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        found += times.user + times.system
    return found


def _busy() -> float:
    """Seconds that all processors of this machine have worked, for anybody."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0) - getattr(times, "guest", 0))


@contextmanager
def serving(folder: Path, database: str) -> Iterator[Server]:
    """The server on a fresh folder with a plan for each writer; `database` is empty for SQLite, else an address."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "GAMEPLAN_DATA")}
    command = [sys.executable, "-m", "scripts.bench_plan_server", str(folder), str(WRITERS)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=HERE,
        env=environment | ({"DATABASE_URL": database} if database else {}),
    ) as process:  # fmt: skip
        try:
            lines = iter(process.stdout or ())
            plans = json.loads(next(lines, "[]"))
            link = next((found[0] for line in lines if (found := LINK.search(line))), "")
            if not link:
                raise SystemExit("The server did not start; what it said stands above.")
            yield Server(plans, link, psutil.Process(process.pid), _postmaster(database))
        finally:
            process.terminate()
            process.communicate()


def _postmaster(database: str) -> psutil.Process | None:
    if not database:
        return None
    import psycopg

    with psycopg.connect(database) as link:
        row = link.execute("SHOW data_directory").fetchone()
    return psutil.Process(int((Path(str((row or ("",))[0])) / "postmaster.pid").read_text().split()[0]))


def loads(server: Server, seconds: float) -> list[Load]:
    """Every series on this server, beside bare views: at a pace, in a plan each or five in one; then without pause."""
    door = opened(server.link)

    def bare() -> list[Writer]:
        return [BareWriter(door, f"b{number}", row) for number, (_, _, row) in enumerate(server.plans)]

    def people(plans: int, kind: str) -> list[Writer]:
        chosen = [server.plans[number % plans] for number in range(WRITERS)]
        places = [FIELDS[number // plans if plans < WRITERS else 0] for number in range(WRITERS)]
        return [
            PlanWriter(door, f"{kind}{number}", f"/case/{case}/plan/{plan}/", path, (section, "goals"))
            for number, ((case, plan, _), (path, section)) in enumerate(zip(chosen, places, strict=True))
        ]

    _one(
        server, "warm-up", people(WRITERS, "warm"), 1.0, paced=False
    )  # until each thread has its connection and templates
    # Each by a name of its own: a text that stands there already is not saved again.
    kinds = (
        ("bare views, the same rhythm", bare(), True),
        ("each in a plan of their own", people(WRITERS, "own"), True),
        ("five in each of 6 plans", people(SHARED, "shared"), True),
        ("bare UPDATE", bare(), False),
        ("saving", people(WRITERS, "fast"), False),
    )
    found: dict[str, Load] = {}
    for _ in range(TURNS):  # in turns, so that what others do on this machine falls on all alike
        for what, writers, paced in kinds:
            one = _one(server, what, writers, (seconds if paced else seconds / 2) / TURNS, paced=paced)
            found[what] = found[what] + one if what in found else one
    return [*found.values()]


def _one(server: Server, what: str, writers: Sequence[Writer], seconds: float, *, paced: bool) -> Load:
    for each in writers:
        each.ready()
    before, busy = server.used(), _busy()
    found = series(writers, seconds, paced=paced)
    used = [now - then for now, then in zip(server.used(), before, strict=True)]
    return Load(what, paced, found, used[0], used[1], _busy() - busy - sum(used))


def paced_table(name: str, found: Sequence[Load], seconds: float) -> Table:
    """Writers at their pace; times beside those of the bare views."""
    table = _table(
        f"{WRITERS} writers on {name}: each saves once a second and opens a page every 5 s, for {seconds:.0f} s",
        "what", "saves/s", "save p50", "p95 ms", "x bare", "page p50", "p95 ms", "x bare", "wrong", "CPU", "others",
    )  # fmt: skip
    base = found[0].found
    for one in found:
        said = one.found
        table.add_row(
            one.what, f"{said.each_second:.1f}",
            *_times(said.saves), _ratio(percentile(said.saves, 95), percentile(base.saves, 95)),
            *_times(said.pages), _ratio(percentile(said.pages, 95), percentile(base.pages, 95)),
            str(len(said.wrong)), f"{(one.server + one.database) / said.seconds:.2f}",
            f"{one.others / said.seconds:.1f}",
        )  # fmt: skip
    table.caption = "x bare: p95 against that of the bare views; CPU: processors kept busy by server and database"
    return table


def full_table(found: Sequence[tuple[str, Load]]) -> Table:
    """Writers without a pause: what a server can save at most."""
    table = _table(
        f"{WRITERS} writers who save without any pause", "what", "saves/s", "x bare", "p50 ms", "p95 ms", "wrong",
        "CPU ms a save: server", "database", "x bare", "others",
    )  # fmt: skip
    bare: dict[str, Load] = {}
    for name, one in found:
        base = bare.setdefault(name, one)
        table.add_row(
            f"{name}: {one.what}", f"{one.found.each_second:.0f}",
            _ratio(one.found.each_second, base.found.each_second), *_times(one.found.saves),
            str(len(one.found.wrong)), f"{one.server / one.requests * 1000:.1f}",
            f"{one.database / one.requests * 1000:.1f}" if one.database else "",
            _ratio(_each(one), _each(base)), f"{one.others / one.found.seconds:.1f}",
        )  # fmt: skip
    return table


def _each(one: Load) -> float:
    return (one.server + one.database) / one.requests


def _times(found: Sequence[float]) -> tuple[str, str]:
    return f"{percentile(found, 50):.0f}", f"{percentile(found, 95):.0f}"


def _ratio(one: float, base: float) -> str:
    return f"{one / base:.2f}" if base else ""


def page_tables(rows: Sequence[Row]) -> Iterator[Table]:
    """What was measured in one process: pages, comparing, printing; processor time beside that of the baseline."""
    for name, title in (
        ("pages", f"Opening, in one process, SQLite; a plan with {LARGE}"),
        ("compare", f"Comparing and checking; {LARGE}"),
        ("print", f"Printing; {LARGE}; other words each time"),
    ):
        some = [one for one in rows if one.table == name]
        costs = {one.what: one.cpu for one in some}
        table = _table(title, "what", "ms", "CPU ms", "x baseline", "queries", "KiB")
        for one in some:
            beside = "baseline" if one.of == one.what else f"{one.cpu / costs[one.of]:.1f}"
            table.add_row(
                one.what, f"{one.ms:.1f}", f"{one.cpu:.1f}", beside, str(one.queries or ""),
                f"{one.kib:.0f}" if one.kib else "",
            )  # fmt: skip
        table.caption = f"medians of {ROUNDS}; x baseline: CPU against that of the baseline above it"
        yield table


def _table(title: str, *names: str) -> Table:
    table = Table(title=title)
    for name in names:
        table.add_column(name, justify="left" if name == "what" else "right")
    return table


def writing(seconds: float) -> Iterator[tuple[str, list[Load]]]:
    """Every series, on SQLite and then on PostgreSQL, each in a fresh folder."""
    for name in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = stack.enter_context(running_server()) if name == "PostgreSQL" else ""
            yield name, loads(stack.enter_context(serving(folder / "data", address)), seconds)


def large() -> list[Row]:
    """The rows of `bench_plan_pages`, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, "-m", "scripts.bench_plan_pages", folder]
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE, env=environment)
    return [Row(**one) for one in json.loads(ran.stdout.splitlines()[-1])]


def bench(seconds: float) -> Iterator[Table]:
    """Measures everything, and gives the tables as they are ready."""
    full: list[tuple[str, Load]] = []
    for name, found in writing(seconds):
        full += [(name, one) for one in found if not one.paced]
        yield paced_table(name, [one for one in found if one.paced], seconds)
        wrong = dict.fromkeys(said for one in found for said in one.found.wrong)
        if wrong:
            yield _list("What went wrong", [*wrong][:10])
    yield full_table(full)
    yield from page_tables(large())


def _list(title: str, lines: Sequence[str]) -> Table:
    table = _table(title, "what")
    for one in lines:
        table.add_row(one)
    return table


def main(arguments: list[str]) -> None:
    """Measures and prints the tables."""
    reader = argparse.ArgumentParser(prog="make bench ARGS='plans ...'", description=__doc__)
    reader.add_argument(
        "--seconds", type=float, default=SECONDS, help=f"of each series, without a pause half as many ({SECONDS})"
    )
    given = reader.parse_args(arguments)
    if given.seconds < LEAST:
        reader.error(f"--seconds {given.seconds}: give at least {LEAST}, so that pages are opened too.")
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
        f"a forced write to disk {flush_ms():.1f} ms"
    )
    for table in bench(given.seconds):
        console.print(table)


def flush_ms() -> float:
    """What a write of one page costs until the disk has it, in milliseconds: no confirmed save can cost less."""
    with tempfile.TemporaryFile() as file:

        def once() -> float:
            start = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            return time.perf_counter() - start

        return statistics.median(once() for _ in range(50)) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
