"""`make bench ARGS=progress`: a chart of 500 points, the progress page of 40 children, 100,000 points from a table.

Each stands beside a baseline of the same run. Nothing is kept.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from django.test import Client

    from gameplan.cases.models import Case
    from gameplan.measures.series import Series
    from gameplan.people.models import Organisation, User

ROUNDS: Final = 7
POINTS: Final = 500
CHILDREN: Final = 40
ROWS: Final = 100_000
TODAY: Final = date(2026, 5, 15)
FIRST: Final = date(2025, 9, 8)
WIDTH: Final = 110


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median over rounds of what one call costs, in milliseconds, after a warm-up."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - start) / times * 1000)
    return statistics.median(rounds)


def series_of_year(points: int) -> Series:
    """A measure with so many points over a school year, two changes of teaching, an aim."""
    from gameplan.measures.series import Phase, Point, Series
    from gameplan.measures.ways import Way

    days = [FIRST + timedelta(days=number * 250 // points) for number in range(points)]
    told = tuple(
        Point(str(number), day, Fraction(40 + number * 30 // points + number * 7 % 9), {}, "tess", "special-teacher")
        for number, day in enumerate(days)
    )
    phases = (Phase(date(2025, 11, 3), "Small group"), Phase(date(2026, 2, 2), "Each day"))
    return Series("m1", "Words read", Way.RATE, "words", Fraction(42), FIRST, Fraction(80), TODAY, True, told, phases)


def bench_chart() -> Iterator[tuple[str, float, str]]:
    """One chart with its table and its words, beside the same points as circles and nothing else."""
    from gameplan.core.words import ENGLISH
    from gameplan.measures.chart import chart

    series = series_of_year(POINTS)

    def bare() -> str:
        marks = (f'<circle cx="{one.on.toordinal()}" cy="{float(one.value):.1f}" r="3"/>' for one in series.points)
        return f"<svg>{''.join(marks)}</svg>"

    def drawn() -> object:
        made = chart(series, TODAY, ENGLISH)
        return made.svg, made.table, made.words

    base, whole = median_ms(bare, 20), median_ms(drawn, 5)
    yield f"{POINTS} points as bare circles", base, "baseline"
    yield f"a chart of {POINTS} points, with its table and words", whole, f"{whole / base:.0f} times the circles"


def bench_table(case: Case, user: User) -> Iterator[tuple[str, float, str]]:
    """Taking in many points, all checked, each in the trail; beside reading the same table, and bare writing."""
    from django.db import transaction

    from gameplan.progress.measuring import Aim, What, begin_measure
    from gameplan.progress.models import Point
    from gameplan.progress.tables import take_points

    case.reader = case.reader.acting_as("special-teacher")
    measure = begin_measure(case, by=case.reader, what=What("goal", "rate"), aim=Aim("Words read"))
    days = [(FIRST + timedelta(days=number % 240)).isoformat() for number in range(ROWS)]
    rows = "".join(f"{measure.measure_id},{day},{40 + at % 50},{at % 4},60,{at}\n" for at, day in enumerate(days))
    raw = f"measure,on,correct,errors,seconds,note\n{rows}".encode()
    bare = _seconds(lambda: list(csv.DictReader(StringIO(raw.decode()))))
    lines = list(csv.DictReader(StringIO(raw.decode())))
    rolled = _seconds(lambda: _write_and_undo(Point, measure, lines, transaction))
    whole = _seconds(lambda: take_points(case, raw, by=case.reader))
    again = _seconds(lambda: take_points(case, raw, by=case.reader))
    yield f"reading {ROWS:,} rows with the csv module", bare * 1000, "baseline"
    yield f"writing {ROWS:,} bare rows", rolled * 1000, "baseline"
    yield f"taking in {ROWS:,} points", whole * 1000, f"{whole / bare:.0f} times reading, {whole / rolled:.1f} writing"
    yield "the same table once more: nothing new", again * 1000, f"{again / bare:.0f} times reading"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _write_and_undo(model: Any, measure: Any, lines: list[dict[str, str]], transaction: Any) -> None:
    with transaction.atomic():
        model.objects.bulk_create(
            (model(measure=measure, number=10**6 + at, on=line["on"], data=line) for at, line in enumerate(lines)),
            batch_size=500,
        )
        transaction.set_rollback(True)


def bench_page(client: Client) -> Iterator[tuple[str, float, str]]:
    """The progress of a caseload beside a bare view with one query, through the same middleware."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import path, reverse

    from gameplan.cases.models import Case
    from gameplan.config import urls

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{Case.objects.count()} cases")

    urls.urlpatterns.insert(0, path("bench-bare/", bare))
    address = reverse("web:caseload-progress")
    answer = client.get(address)
    if answer.status_code != 200 or answer.content.decode().count("Words read") < CHILDREN:
        raise SystemExit("The progress page of the caseload does not show the children.")
    base, page = median_ms(lambda: client.get("/bench-bare/"), 20), median_ms(lambda: client.get(address), 5)
    yield "a bare view with one query", base, "baseline"
    yield f"the progress page of {CHILDREN} children, 36 points each", page, f"{page / base:.0f} times the bare view"


def caseload(school: Organisation, user: User) -> list[Case]:
    """Children of one person's caseload, each with a goal that is measured once a week."""
    from gameplan.cases.doors import case_for
    from gameplan.cases.models import Case
    from gameplan.cases.people import person_of_user
    from gameplan.people.roles import Action
    from gameplan.progress.measuring import Aim, What, begin_measure, note_point

    found = []
    for number in range(CHILDREN):
        made = Case.objects.create(child_name=f"Child {number + 1}", child_state="TX", school=school)
        made.members.create(person=str(user.pk), role="iep-manager")
        case = case_for(person_of_user(user), made.pk, to=Action.WRITE)
        measure = begin_measure(case, by=case.reader, what=What("goal", "rate"), aim=Aim("Words read"))
        for week in range(36):
            on, data = FIRST + timedelta(weeks=week), {"correct": 40 + week, "seconds": 60}
            if on <= TODAY:
                note_point(measure, by=case.reader, on=on, data=data)
        found.append(case)
    return found


def measured() -> Iterator[tuple[str, float, str]]:
    """Every line of the table. The environment must lead to an empty folder."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from gameplan.people.models import Organisation, User
    from gameplan.people.verbs import give_post

    yield from bench_chart()
    district = Organisation.objects.create(kind="district", name="Sample District", state="TX")
    school = Organisation.objects.create(kind="school", name="Oak School", parent=district, state="TX")
    user = User.objects.create_user("kim@example.org", name="Kim")
    give_post(user, school, "iep-manager", since=date(2025, 8, 1))
    TOTP.activate(user, generate_totp_secret())
    cases = caseload(school, user)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    yield from bench_page(client)
    yield from bench_table(cases[0], user)


def main(arguments: list[str]) -> None:
    """Measures and prints the table."""
    argparse.ArgumentParser(prog="make bench ARGS=progress", description=__doc__).parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GAMEPLAN_DATA": folder, "GAMEPLAN_SHARED": "1", "GAMEPLAN_TODAY": TODAY.isoformat(),
            "DJANGO_SETTINGS_MODULE": "gameplan.config.settings",
        }  # fmt: skip
        table = Table(title=f"Medians of {ROUNDS} rounds, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
        for name in ("what", "ms", "beside"):
            table.add_column(name, justify="right" if name == "ms" else "left")
        for what, cost, beside in measured():
            table.add_row(what, f"{cost:,.2f}", beside)
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
