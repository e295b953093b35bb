"""`make bench ARGS=care`: taking in a made-up NPPES file beside a bare read of the same file, and searching.

    --rows N       rows of the file (100,000); one of seven is of our kinds, as in the real one about
    --listings N   listings to search among (100,000)

The import runs in a process of its own, so that its memory can be told. Nothing is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parents[1]
ROUNDS = 5
WIDTH = 110
MEGABYTE = 1_000_000
SHARE = 7
TAIL = """
import resource
from json import dumps
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(dumps({"seconds": seconds, "kept": kept, "peak": peak}))
"""
BARE = """
import csv, sys, time
start = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    kept = sum(1 for row in csv.reader(file))
seconds = time.perf_counter() - start
"""
TAKEN = """
import sys, time
from pathlib import Path
from gameplan.config.serve import make_cases
make_cases(Path(sys.argv[2]))
from gameplan.care.importing import take_in
start = time.perf_counter()
kept = take_in(Path(sys.argv[1])).kept
seconds = time.perf_counter() - start
"""
BARE_ZIP = BARE.replace("import csv, sys, time", "import csv, io, sys, time, zipfile").replace(
    'with open(sys.argv[1], encoding="utf-8", newline="") as file:',
    "with zipfile.ZipFile(sys.argv[1]) as packed, "
    'io.TextIOWrapper(packed.open(sys.argv[2]), encoding="utf-8", newline="") as file:',
)
NOTHING = TAKEN.replace("take_in(Path(sys.argv[1])).kept", "0")


def ran(code: str, *given: str) -> dict[str, float]:
    """What a process of its own says of its work: seconds, kept, and its largest memory in bytes."""
    command = [sys.executable, "-c", code + TAIL, *given]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE, env={**os.environ})
    found: dict[str, float] = json.loads(told.stdout)
    return found


def bench_import(folder: Path, rows: int) -> Iterator[tuple[str, str, str]]:
    """The file as CSV, taken in; the same file once more, where every listing is written over; and as its zip."""
    from tests.care.made import WHOLE, write_many, write_zip

    path = folder / WHOLE
    write_many(path, rows, SHARE)
    size = path.stat().st_size
    bare, nothing = ran(BARE, str(path)), ran(NOTHING, str(path), str(folder / "empty"))
    data = str(folder / "data")
    taken = ran(TAKEN, str(path), data)
    over = ran(TAKEN.replace("[1])).kept", "[1]), anyway=True).kept"), str(path), data)
    as_zip = str(write_zip(folder, path))
    bare_zip, packed = ran(BARE_ZIP, as_zip, WHOLE), ran(TAKEN, as_zip, str(folder / "other"))
    yield f"a file of {rows:,} rows", f"{size / MEGABYTE:,.0f} MB", f"{size / rows:,.0f} bytes a row"
    yield "reading it with the csv module, nothing kept", f"{rows / bare['seconds']:,.0f} rows/s", "baseline"
    yield "reading it so out of its zip", f"{rows / bare_zip['seconds']:,.0f} rows/s", "baseline of the zip"
    for what, told, base in (
        ("taking it in", taken, bare), ("the same once more", over, bare), ("taking in its zip", packed, bare_zip),
    ):  # fmt: skip
        part = told["seconds"] / base["seconds"]
        yield what, f"{rows / told['seconds']:,.0f} rows/s", f"{part:.2f} times reading; {told['kept']:,.0f} kept"
    more = (taken["peak"] - nothing["peak"]) / MEGABYTE
    yield (
        "largest memory while taking it in",
        f"{taken['peak'] / MEGABYTE:,.0f} MB",
        f"{more:,.0f} MB over doing nothing",
    )


def fill(count: int) -> None:
    """Made-up listings, spread over all known ZIP codes."""
    from django.db import transaction

    from gameplan.care.kinds import KINDS
    from gameplan.care.models import Intake
    from gameplan.care.nppes import Provider
    from gameplan.care.places import known
    from gameplan.care.writing import count_anew, write_listings
    from tests.care.made import FIRST_NAMES, LAST_NAMES

    codes, bits = list(known().by_code), [kind.bit for kind in KINDS.values()]
    intake = Intake.objects.create(file_name="bench", fingerprint="bench").pk
    for start in range(0, count, 10_000):
        made = []
        for number in range(start, min(count, start + 10_000)):
            last, first = LAST_NAMES[number % 10].title(), FIRST_NAMES[number * 7 % 7].title()
            last = f"{last}{number // 10 % 997:03}"
            code = codes[number * 7919 % len(codes)]
            kinds = bits[number % 5 % len(bits)]
            state = ("TX", "NM", "CA", "NY")[number % 4]
            made.append(
                Provider(
                    2_000_000_000 + number,
                    False,
                    f"{first} {last}",
                    f"{last} {first}".lower(),
                    "",
                    kinds,
                    "1 Sample St",
                    "Town",
                    state,
                    code,
                    "",
                    None,
                )
            )
        with transaction.atomic():
            write_listings(made, intake)
    count_anew()


def bench_search(count: int) -> Iterator[tuple[str, str, str]]:
    """A page of 25 for what people look for, and the printed list, among so many listings."""
    from gameplan.care.models import Listing
    from gameplan.care.searching import Wanted, search

    fill(count)
    one = median_ms(lambda: Listing.objects.get(pk=2_000_000_017))
    yield f"one of {count:,} listings by its number", f"{one:.2f} ms", "baseline"
    for what, wanted, page, size in (
        ("speech, 25 miles around 78701", Wanted(("speech",), zip="78701", miles=25), 1, 25),
        ("two kinds, 100 miles around 10001", Wanted(("speech", "physical"), zip="10001", miles=100), 1, 25),
        ("the same, page 40", Wanted(("speech", "physical"), zip="10001", miles=100), 40, 25),
        ("the same for printing, 200", Wanted(("speech", "physical"), zip="10001", miles=100), 1, 200),
        ("a name within 50 miles of 90012", Wanted(name="cedar1", zip="90012", miles=50), 1, 25),
        ("speech in Texas, by name", Wanted(("speech",), state="TX"), 1, 25),
        ("a name in the whole country, there", Wanted(name="juniper500"), 1, 25),
        ("a name in the whole country, not there", Wanted(name="nobody"), 1, 25),
    ):
        cost = median_ms(lambda wanted=wanted, page=page, size=size: search(wanted, page=page, size=size))  # type: ignore[misc]
        yield what, f"{cost:.1f} ms", f"{cost / one:.0f} times one by its number"


def median_ms(work: Callable[[], object]) -> float:
    """The median over rounds of what one call costs, in milliseconds, after a warm-up."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        rounds.append((time.perf_counter() - start) * 1000)
    return statistics.median(rounds)


def measured(folder: Path, rows: int, listings: int) -> Iterator[tuple[str, str, str]]:
    """Every line of the table. The environment must lead to an empty folder."""
    import django
    from django.core.management import call_command

    if rows:
        yield from bench_import(folder, rows)
    if listings:
        django.setup()
        call_command("migrate", verbosity=0)
        yield from bench_search(listings)


def main(arguments: list[str]) -> None:
    """Measures and prints the table."""
    asked = argparse.ArgumentParser(prog="make bench ARGS=care", description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=100_000, help="rows of the file; 0 leaves the import out")
    asked.add_argument("--listings", type=int, default=100_000, help="listings to search among; 0 leaves it out")
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GAMEPLAN_DATA": f"{folder}/search", "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
        Path(folder, "search").mkdir()
        table = Table(title=f"Medians of {ROUNDS} rounds of a search, Python {sys.version.split()[0]}")
        for name in ("what", "figure", "beside"):
            table.add_column(name, justify="right" if name == "figure" else "left")
        for row in measured(Path(folder), given.rows, given.listings):
            table.add_row(*row)
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
