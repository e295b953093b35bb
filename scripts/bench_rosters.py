"""`make bench ARGS=rosters`: what taking a roster in costs, beside a bare load of the same rows into one table.

The roster is made up: OneRoster 1.2 with students, a guardian for each, demographics, roles and two classes a student.
The baseline reads the same files with the same CSV reader, and puts each row unchecked into one table of SQLite.
The ratio is of processor time, for others may use the machine, too. Memory is the largest of the process. Nothing is
kept.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from rich.console import Console
from rich.table import Table

CHILDREN, SCHOOLS, STAFF_EACH = 100_000, 150, 20
ON = date(2026, 11, 27)
NAMES = ("Ana", "Ben", "Camila", "Diego", "Ella", "Finn", "Grace", "Hugo", "Iris", "Joel", "Kai", "Lucía", "Mateo")
FAMILIES = ("López", "Smith", "Nguyen", "Okafor", "García", "Miller", "Chen", "Brown", "Núñez", "Walker", "Patel")
WIDTH = 110


def main(arguments: list[str]) -> None:
    """Make the roster, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=rosters", description=__doc__)
    parser.add_argument("--children", type=int, default=CHILDREN, help="how many students")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GAMEPLAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
        file = Path(folder) / "roster.zip"
        rows = make_roster(file, asked.children)
        _set_up()
        before = _largest()
        measured = list(_measure(Path(folder), file))
        after = _largest()
    title = f"A roster of {asked.children:,} students: {rows:,} rows in {len(_FILES)} files"
    table = Table(title=title, width=WIDTH)
    table.add_column("what")
    for name in ("seconds", "of processor", "times the bare load", "rows/s of processor"):
        table.add_column(name, justify="right")
    bare = measured[0][2]
    for what, seconds, used in measured:
        table.add_row(what, f"{seconds:.2f}", f"{used:.2f}", f"{used / bare:.1f}", f"{rows / used:,.0f}")
    console = Console(width=WIDTH)
    console.print(table)
    console.print(f"Largest memory of the process: {before:.0f} MB before, {after:.0f} MB at the end.")


def _set_up() -> None:
    """Django with an empty database, and keys for the file that is kept until it is read."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    from gameplan.sealing.roots import make_roots

    django.setup()
    make_roots(settings.GAMEPLAN_SEAL_KEYS, ON)
    call_command("migrate", verbosity=0)


def _measure(folder: Path, file: Path) -> Iterator[tuple[str, float, float]]:
    """What was measured, in seconds by the clock and of the processor; the baseline first."""
    from gameplan.arriving.faults import Faults
    from gameplan.districts.places import add_place
    from gameplan.rosters.doors import MACHINE, keeper_on_machine
    from gameplan.rosters.reading import read_roster
    from gameplan.rosters.receiving import read_now, receive
    from gameplan.rosters.taking import take_in
    from gameplan.rosters.undoing import undo

    keeper = keeper_on_machine(add_place("district", "Bench Valley", state="TX"))
    taken: list[Any] = []

    def check() -> None:
        faults = Faults()
        with file.open("rb") as opened, read_roster(opened, file.name, faults) as told:
            if told is None:
                raise SystemExit(str(faults.first[:3]))

    def preview() -> None:
        with file.open("rb") as opened:
            given = receive(keeper, iter(lambda: opened.read(1 << 20), b""), name=file.name)
        taken.append(read_now(given, on=ON))

    yield "bare load into one table", *_seconds(lambda: _bare(folder / "bare.sqlite", file))
    yield "checked, and nothing kept", *_seconds(check)
    yield "previewed: all students are new", *_seconds(preview)
    yield "taken in", *_seconds(lambda: take_in(taken[0], by=MACHINE))
    yield "previewed again: nothing has changed", *_seconds(preview)
    yield "undone", *_seconds(lambda: undo(taken[0], by=MACHINE))


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def _largest() -> float:
    """The largest memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _bare(database: Path, file: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE rows (file TEXT, a TEXT, b TEXT, c TEXT, d TEXT, rest TEXT)")

    def rows() -> Iterator[tuple[str, ...]]:
        with ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as opened:
                    reader = csv.reader(io.TextIOWrapper(opened, encoding="utf-8", newline=""))
                    for cells in reader:
                        yield (name, *(*cells[:4], "", "", "", "")[:4], ",".join(cells[4:]))

    with connection:
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", rows())
    connection.close()


def make_roster(file: Path, children: int) -> int:
    """Write a made-up OneRoster 1.2 zip with so many students; how many rows there are."""
    from gameplan.rosters.oneroster.columns import NAMES as FILES
    from gameplan.rosters.oneroster.columns import files_of

    count = 0
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        manifest = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", "1.2")]
        manifest += [(f"file.{name}", "bulk" if name in _FILES else "absent") for name in FILES["1.2"]]
        manifest.append(("source.systemName", "Bench"))
        archive.writestr("manifest.csv", "".join(f"{name},{value}\r\n" for name, value in manifest))
        for name, rows in _FILES.items():
            header = [column.name for column in files_of("1.2")[name]]
            with archive.open(f"{name}.csv", "w") as opened:
                written = csv.writer(io.TextIOWrapper(opened, encoding="utf-8", newline="", write_through=True))
                written.writerow(header)
                for row in rows(children):
                    written.writerow([row.get(column, "") for column in header])
                    count += 1
    return count


def _school(number: int) -> str:
    return f"s{number % SCHOOLS}"


def _orgs(_children: int) -> Iterator[dict[str, str]]:
    yield {"sourcedId": "d1", "name": "Bench Valley", "type": "district"}
    for number in range(SCHOOLS):
        about = {"name": f"School {number}", "type": "school", "parentSourcedId": "d1"}
        yield {"sourcedId": f"s{number}", **about}


def _sessions(_children: int) -> Iterator[dict[str, str]]:
    days = {"startDate": "2026-08-12", "endDate": "2027-05-20", "schoolYear": "2027"}
    yield {"sourcedId": "y27", "title": "2026-27", "type": "schoolYear", **days}


def _courses(_children: int) -> Iterator[dict[str, str]]:
    yield {"sourcedId": "c1", "title": "Reading", "orgSourcedId": "d1"}


def _classes(_children: int) -> Iterator[dict[str, str]]:
    for number in range(SCHOOLS * 2):
        about = {"courseSourcedId": "c1", "classType": "scheduled", "termSourcedIds": "y27"}
        yield {"sourcedId": f"k{number}", "title": "Class", "schoolSourcedId": _school(number), **about}


def _users(children: int) -> Iterator[dict[str, str]]:
    for number in range(children):
        yield {
            **_user(f"u{number}", number), "identifier": f"{9_000_000 + number}", "grades": f"{number % 12 + 1:02}",
            "agentSourcedIds": f"g{number}",
        }  # fmt: skip
        yield {**_user(f"g{number}", number + 3), "email": f"g{number}@home.example", "phone": "555-0100"}
    for number in range(SCHOOLS * STAFF_EACH):
        yield {**_user(f"t{number}", number), "email": f"t{number}@school.example"}


def _user(key: str, number: int) -> dict[str, str]:
    given, family = NAMES[number % len(NAMES)], f"{FAMILIES[number % len(FAMILIES)]} {number // 143}"
    return {"sourcedId": key, "enabledUser": "true", "username": key, "givenName": given, "familyName": family}


def _roles(children: int) -> Iterator[dict[str, str]]:
    for number in range(children):
        yield {**_role(f"u{number}", "student", number), "beginDate": "2026-08-12"}
        yield _role(f"g{number}", "guardian", number)
    for number in range(SCHOOLS * STAFF_EACH):
        yield _role(f"t{number}", "teacher", number)


def _role(key: str, role: str, number: int) -> dict[str, str]:
    about = {"roleType": "primary", "role": role, "orgSourcedId": _school(number)}
    return {"sourcedId": f"r-{key}", "userSourcedId": key, **about}


def _demographics(children: int) -> Iterator[dict[str, str]]:
    for number in range(children):
        born = date(2008 + number % 12, number % 12 + 1, number % 28 + 1).isoformat()
        yield {"sourcedId": f"u{number}", "birthDate": born, "sex": ("female", "male")[number % 2], "white": "true"}


def _enrollments(children: int) -> Iterator[dict[str, str]]:
    for number in range(children * 2):
        child = number // 2
        key = f"k{child % SCHOOLS + SCHOOLS * (number % 2)}"
        about = {"schoolSourcedId": _school(child), "role": "student", "beginDate": "2026-08-12"}
        yield {"sourcedId": f"e{number}", "classSourcedId": key, "userSourcedId": f"u{child}", **about}


_FILES: dict[str, Callable[[int], Iterator[dict[str, str]]]] = {
    "orgs": _orgs, "academicSessions": _sessions, "courses": _courses, "classes": _classes, "users": _users,
    "roles": _roles, "demographics": _demographics, "enrollments": _enrollments,
}  # fmt: skip
