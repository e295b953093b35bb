"""`make bench ARGS=audit`: what the audit costs, beside other ways to the same answer, in one run on one folder.

Each thing is measured in a process of its own, so that its peak memory is its own. Seconds of processor time stand
beside seconds by the clock: where others use the machine too, the former say more. Nothing is kept but a nation that
was asked for with --folder.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from gameplan.audit.layout import Folder
from scripts.bench_tables import Cost, checks_table, costs_table, growth_table, twelve_table

HERE: Final = Path(__file__).parents[1]
ON: Final = date(2026, 11, 27)
CHILDREN: Final = 100_000
SEED: Final = 7
PART: Final = 100_000
PARTS: Final = 8  # at least, so that half the nation is still several parts for each thread
WORKERS: Final = 2
SAMPLE: Final = 500
BY: Final = ("state", "pack", "clock")
MIB: Final = 1 << 20
WIDTH: Final = 130  # what the widest table needs; a pipe says 80


# --- in a process of its own ----------------------------------------------------------------------------------------


def timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Seconds by the clock, seconds of processors, the peak memory of this process so far, and what the work says."""
    wall, cpu = time.perf_counter(), time.process_time()
    said = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"wall": wall, "cpu": cpu, "mib": peak / MIB, "said": said}


def make(folder: Path, _place: Path, children: int) -> dict[str, Any]:
    """Makes the nation."""
    from gameplan.audit.synth import make_nation

    def work() -> dict[str, Any]:
        make_nation(folder, children=children, seed=SEED, part_size=max(1, min(PART, children // PARTS)), until=ON)
        return {}

    return timed(work)


def warm(_folder: Path, place: Path, _children: int) -> dict[str, Any]:
    """Compiles the law and the audit's machine code, or loads what an earlier run has left, with a tiny nation."""
    from gameplan.audit.synth import make_nation

    tiny = place / "tiny"
    if not tiny.exists():
        make_nation(tiny, children=200, seed=SEED, until=ON)
    return timed(lambda: _audit(tiny, place / "tiny.parquet"))


def audit(folder: Path, place: Path, _children: int) -> dict[str, Any]:
    """The audit of all clocks of all States, grouped, on two threads, once the machine code is loaded."""
    warm(folder, place, 0)
    return timed(lambda: _audit(folder, place / "groups.parquet"))


def twelve(folder: Path, place: Path, _children: int) -> dict[str, Any]:
    """The audit of twelve clocks in the same way."""
    from scripts.bench_rivals import TWELVE

    warm(folder, place, 0)
    _audit(place / "tiny", place / "tiny.parquet", TWELVE)
    return timed(lambda: _audit(folder, place / "twelve.parquet", TWELVE))


def _audit(folder: Path, out: Path, only: tuple[str, ...] | None = None) -> dict[str, Any]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from gameplan.audit.evaluate import evaluator
    from gameplan.audit.fingerprint import fingerprint
    from gameplan.audit.run import run

    done = run(Folder(folder), out, evaluator(ON, only), by=BY, workers=WORKERS, fingerprint=fingerprint())
    clocks = pc.count_distinct(pq.read_table(out, columns=["clock"])["clock"].cast("string")).as_py()
    return {"duties": done.duties, "children": done.children, "facts": done.facts, "clocks": clocks}


def _link() -> Any:
    import duckdb

    return duckdb.connect(config={"threads": WORKERS})


def scan(folder: Path, _place: Path, _children: int) -> dict[str, Any]:
    """A bare scan of the same Parquet, grouped by child: how many facts, and the last day."""
    facts = folder / "facts" / "*.parquet"
    text = (
        f'select count(*), sum(n) from (select "case", count(*) n, max("on") from read_parquet(\'{facts}\') group by 1)'  # noqa: S608
    )
    link = _link()

    def work() -> dict[str, Any]:
        children, number = link.execute(text).fetchall()[0]
        return {"children": int(children), "facts": int(number)}

    return timed(work)


def sql(folder: Path, _place: Path, _children: int) -> dict[str, Any]:
    """Three clocks in SQL, grouped."""
    from scripts.bench_rivals import CLOCKS

    return _sql(folder, CLOCKS)


def sql_twelve(folder: Path, _place: Path, _children: int) -> dict[str, Any]:
    """Twelve clocks in SQL, grouped."""
    from scripts.bench_rivals import TWELVE

    return _sql(folder, TWELVE)


def _sql(folder: Path, clocks: Sequence[str]) -> dict[str, Any]:
    from scripts import bench_rivals

    link = _link()
    bench_rivals.put_rules(link, ON, clocks)

    def work() -> dict[str, Any]:
        bench_rivals.put_standing(link, folder, ON)
        return {"duties": sum(row[3] for row in link.execute(bench_rivals.GROUPED).fetchall())}

    return timed(work)


def prepare(folder: Path, place: Path, _children: int) -> dict[str, Any]:
    """Makes what OpenFisca is given: one row a child."""
    import numpy as np

    from scripts import bench_rivals

    link = _link()
    bench_rivals.put_rules(link, ON, bench_rivals.CLOCKS)

    def work() -> dict[str, Any]:
        bench_rivals.put_standing(link, folder, ON)
        rows: dict[str, Any] = {name: np.asarray(one) for name, one in bench_rivals.latest(link, folder).items()}
        np.savez(place / "inputs.npz", **rows)
        return {}

    return timed(work)


def fisca(_folder: Path, place: Path, _children: int) -> dict[str, Any]:
    """Three clocks as OpenFisca variables, from the rows made ready."""
    import numpy as np

    from scripts.bench_fisca import Fisca

    with np.load(place / "inputs.npz") as file:
        inputs = dict(file)
    model = Fisca(inputs)

    def work() -> dict[str, Any]:
        return {"standings": model.standings(ON)}

    done = timed(work)
    standings = np.stack(done["said"]["standings"])
    said = np.stack([inputs[f"sql_{number}"] for number in range(len(standings))])
    begun = (standings != 0) | (said != 0)
    return {**done, "said": {"begun": int(begun.sum()), "same": int(((standings == said) & begun).sum())}}


def explain(folder: Path, _place: Path, _children: int) -> dict[str, Any]:
    """The explaining engine, case by case, on children spread evenly over the nation."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from gameplan.audit.cases import case_of
    from gameplan.audit.evaluate import evaluator
    from gameplan.audit.explained import explained
    from gameplan.law import law_for

    parts = list(Folder(folder).parts())
    many = [pq.read_table(Folder(folder).children(part), columns=["case"])["case"].to_numpy() for part in parts]
    calendars, names = pq.read_table(Folder(folder).calendars), evaluator(ON).clocks
    cases = []
    for part, numbers in zip(parts, many, strict=True):
        chosen = numbers[:: max(1, len(numbers) * len(parts) // SAMPLE)].tolist()
        children, facts = (
            pq.read_table(path, filters=pa.compute.field("case").isin(chosen))
            for path in (Folder(folder).children(part), Folder(folder).facts(part))
        )
        cases += [(one, case_of(children, facts, calendars, one)) for one in chosen]

    for case in {case.child.state: case for _, case in cases}.values():
        explained(0, case, law_for(case.child.state), ON, names)

    def work() -> dict[str, Any]:
        duties = sum(len(explained(number, case, law_for(case.child.state), ON, names)) for number, case in cases)
        return {"duties": duties, "children": len(cases), "facts": sum(len(case.facts) for _, case in cases)}

    return timed(work)


def agree(folder: Path, _place: Path, _children: int) -> dict[str, Any]:
    """Whether the SQL says of plain children in States with the federal 60 days what the audit says, duty by duty."""
    import pyarrow as pa

    from gameplan.audit.evaluate import evaluator
    from gameplan.audit.run import rows_of
    from scripts import bench_rivals

    clocks = bench_rivals.TWELVE
    link = _link()
    bench_rivals.put_rules(link, ON, clocks)

    def work() -> dict[str, Any]:
        bench_rivals.put_standing(link, folder, ON)
        found: dict[str, Any] = {"plain": bench_rivals.put_plain(link, folder, ON)}
        rows = rows_of(Folder(folder), evaluator(ON, clocks), clocks, WORKERS)
        link.register("audited", pa.concat_tables(rows, promote_options="permissive"))
        for clock in clocks:
            found[clock] = link.execute(bench_rivals.COMPARED.format(clock=clock)).fetchall()[0]
        return found

    return timed(work)


TASKS: Final = {
    one.__name__: one for one in (make, warm, audit, twelve, scan, sql, sql_twelve, prepare, fisca, explain, agree)
}  # fmt: skip


# --- from outside ---------------------------------------------------------------------------------------------------


def cost(task: str, folder: Path, place: Path, children: int = 0) -> Cost:
    """What the task costs in a fresh process. Raises CalledProcessError with its error on the terminal."""
    command = [sys.executable, "-m", "scripts.bench_audit", "--task", task, "--folder", str(folder)]
    command += ["--place", str(place), "--children", str(children)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE)
    return Cost(**json.loads(ran.stdout.splitlines()[-1]))


def half_of(folder: Path, half: Path) -> Path:
    """Every second part of the nation as a folder of its own, by links."""
    from_here, to = Folder(folder), Folder(half)
    for name in ("children", "facts"):
        (half / name).mkdir(parents=True)
    to.calendars.symlink_to(from_here.calendars.resolve())
    for number, part in enumerate(list(from_here.parts())[::2]):
        to.children(number).symlink_to(from_here.children(part).resolve())
        to.facts(number).symlink_to(from_here.facts(part).resolve())
    return half


def measured(folder: Path, place: Path) -> Iterator[tuple[str, Cost]]:
    """Every piece of work by its name, in the order in which they need each other."""
    for task in ("warm", "audit", "twelve", "scan", "sql", "sql_twelve", "prepare", "fisca", "explain", "agree"):
        yield task, cost(task, folder, place)
    yield "half", cost("audit", half_of(folder, place / "half"), place)


def bench(folder: Path, place: Path, children: int) -> list[Table]:
    """Measures everything on the nation in `folder`, which is made if nothing is there, and gives the tables."""
    if not list(Folder(folder).parts()):
        cost("make", folder, place, children)
    costs = dict(measured(folder, place))
    return [costs_table(costs, WORKERS), twelve_table(costs), growth_table(costs), checks_table(costs)]


def main(arguments: list[str]) -> None:
    """Measures and prints the tables, or, with --task, does one piece of work and prints its cost as JSON."""
    reader = argparse.ArgumentParser(prog="make bench ARGS='audit ...'", description=__doc__)
    reader.add_argument("--children", type=int, default=CHILDREN, help="how many; unused if the folder holds a nation")
    reader.add_argument("--folder", type=Path, help="where the nation lies, or is to lie; else made and thrown away")
    reader.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    reader.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = reader.parse_args(arguments)
    if given.task:
        print(json.dumps(TASKS[given.task](given.folder, given.place, given.children)))
        return
    if given.children < PARTS:
        reader.error(f"--children {given.children}: give at least {PARTS}.")
    with tempfile.TemporaryDirectory() as place:
        tables = bench(given.folder or Path(place) / "nation", Path(place), given.children)
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(f"As of {ON}, Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for table in tables:
        console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
