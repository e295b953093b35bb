"""`make bench`: what things cost, each beside a baseline measured in the same run, written as a table.

Figures are medians of several rounds on this machine; they judge nothing by themselves.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROUNDS = 7
HERE = Path(__file__).parents[1]
FACTS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("concern-raised", "2025-08-20", {"by": "parent", "about": "reading", "written": False}),
    ("supports-started", "2025-08-25", {"tier": "2"}),
    ("evaluation-requested", "2025-09-03", {"type": "initial", "by": "parent", "written": True}),
    ("safeguards-given", "2025-09-05", {"reason": "referral"}),
    ("pwn-sent", "2025-09-10", {"decision": "propose", "subject": ["evaluation"]}),
    ("consent-requested", "2025-09-10", {"for": "initial-evaluation"}),
    ("consent-given", "2025-09-12", {"for": "initial-evaluation", "received": "2025-09-15"}),
    ("child-absent", "2025-09-22", {"days": ["2025-09-22", "2025-09-23", "2025-09-24"]}),
    ("evaluation-completed", "2025-11-14", {"type": "initial"}),
    ("document-given", "2025-11-16", {"what": "evaluation-report"}),
    ("meeting-notice-sent", "2025-11-16", {"kind": "initial-iep", "for_date": "2025-12-01"}),
    ("meeting-held", "2025-12-01", {"kind": "initial-iep"}),
    ("eligibility-determined", "2025-12-01", {"eligible": True}),
    ("iep-adopted", "2025-12-05", {}),
    ("consent-requested", "2025-12-05", {"for": "initial-services"}),
    ("consent-given", "2025-12-06", {"for": "initial-services"}),
    ("document-given", "2025-12-06", {"what": "iep-copy"}),
    ("staff-informed", "2025-12-07", {}),
    ("services-started", "2025-12-08", {}),
    ("change-requested", "2026-02-01", {"about": "services"}),
    ("pwn-sent", "2026-02-10", {"decision": "refuse", "subject": ["fape"]}),
    ("records-requested", "2026-02-12", {}),
    ("records-shown", "2026-02-20", {}),
    ("meeting-held", "2026-11-15", {"kind": "annual-review"}),
    ("iep-adopted", "2026-11-16", {}),
)
ON = date(2026, 11, 24)


def case_file(state: str) -> dict[str, object]:
    """A case of 25 facts with two school years."""
    return {
        "gameplan": 1,
        "child": {"name": "Ana", "born": "2016-05-02", "state": state},
        "calendars": [
            {"school_year": "2025-26", "first_day": "2025-08-13", "last_day": "2026-05-21",
             "closed": [["2025-11-24", "2025-11-28"]]},
            {"school_year": "2026-27", "first_day": "2026-08-12", "last_day": "2027-05-20"},
        ],
        "facts": [{"id": f"f{n}", "kind": kind, "on": on, "data": data} for n, (kind, on, data) in enumerate(FACTS)],
    }  # fmt: skip


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


def bench_assess() -> list[tuple[str, float, str]]:
    """One full assessment with its reasons, and with every day of every count written out."""
    from gameplan.core.assess import assess
    from gameplan.core.casefile import read_case
    from gameplan.law import law_for, vocabulary

    rows = []
    for state in ("TX", "CA", "NY"):
        case, law = read_case(case_file(state), vocabulary()), law_for(state)
        rows.append((f"assess, 25 facts, {state}", median_ms(partial(assess, case, law, on=ON), 100), "under 1 ms"))
    raw = case_file("TX")
    rows.append(("read and check the same case file", median_ms(lambda: read_case(raw, vocabulary()), 100), ""))
    return rows


LOAD = """
import time
from gameplan.law import law_for
start = time.perf_counter()
law_for({state!r})
print((time.perf_counter() - start) * 1000)
"""


def bench_law() -> list[tuple[str, float, str]]:
    """Loading the law in a fresh process: federal law with one State, and federal law alone; beside bare TOML."""
    bare = "import time, tomllib, pathlib\nstart = time.perf_counter()\n"
    bare += "[tomllib.loads(path.read_text()) for path in pathlib.Path('gameplan/law/federal').glob('*.toml')]\n"
    bare += "print((time.perf_counter() - start) * 1000)"
    return [
        ("reading the federal files as bare TOML, examples too", _timed(bare), "baseline"),
        ("loading the law cold, federal alone", _timed(LOAD.format(state=None)), ""),
        ("loading the law cold, with TX", _timed(LOAD.format(state="TX")), "under 150 ms"),
    ]


def _timed(code: str) -> float:
    def once() -> float:
        ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=HERE)
        return float(ran.stdout)

    return statistics.median(once() for _ in range(ROUNDS))


def bench_pages() -> list[tuple[str, float, str]]:
    """The child's page beside a bare Django view with one query, through the same middleware."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from gameplan.cases.importing import import_case
    from gameplan.cases.models import Case
    from gameplan.cases.people import HOME, SESSION_KEY
    from gameplan.config import urls
    from gameplan.core.casefile import read_case
    from gameplan.law import vocabulary

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{Case.objects.count()} cases")

    urls.urlpatterns.insert(0, path("bench-bare/", bare))
    kept = import_case(HOME, read_case(case_file("TX"), vocabulary()), {})
    client = Client(HTTP_HOST="127.0.0.1")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = HOME.id
    store.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    address = f"/case/{kept.pk}/"
    if client.get(address).status_code != 200:
        raise SystemExit("The child's page does not open.")
    base = median_ms(lambda: client.get("/bench-bare/"), 20)
    page = median_ms(lambda: client.get(address), 10)
    return [
        ("a bare view with one query", base, "baseline"),
        ("the child's page, 25 facts", page, f"{page / base:.1f} times the bare view; target 3"),
    ]


def bench_start() -> list[tuple[str, float, str]]:
    """From the command to a server that answers, on a data folder that is already set up."""
    with tempfile.TemporaryDirectory() as folder:
        times = [_start_once(folder) for _ in range(4)]
    bare = median_ms(lambda: subprocess.run([sys.executable, "-c", "import django"], check=True), 1)
    return [
        ("python that imports Django (baseline)", bare, "baseline"),
        ("start-up: first time, with the database made", times[0], ""),
        ("start-up: command to one-time link that answers", statistics.median(times[1:]), "under 2000 ms"),
    ]


def _start_once(folder: str) -> float:
    command = [sys.executable, "-c", "from gameplan.cli import main; main()", "serve", "--data", folder, "--port", "0"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as server:
        for line in server.stdout or ():
            if "/open/" in line:
                break
        taken = (time.perf_counter() - start) * 1000
        server.terminate()
    return taken


def main(arguments: list[str]) -> None:
    """Measure everything and print the tables: one of the parts with its options is that part alone."""
    # Before Django: what a large process starts looks large.
    from scripts import (
        bench_audit,
        bench_care,
        bench_hands,
        bench_letters,
        bench_load,
        bench_plans,
        bench_progress,
        bench_reports,
        bench_rosters,
    )  # fmt: skip

    parts = {
        "audit": bench_audit.main, "plans": bench_plans.main, "hands": bench_hands.main,
        "progress": bench_progress.main, "care": bench_care.main,
        "letters": bench_letters.main, "rosters": bench_rosters.main, "reports": bench_reports.main,
        "load": bench_load.main,
    }  # fmt: skip
    if arguments:
        if arguments[0] not in parts:
            known = " or ".join(f'ARGS="{name} --help"' for name in parts)
            raise SystemExit(f'"{arguments[0]}" is no part of this: leave ARGS out, or write {known}.')
        parts[arguments[0]](arguments[1:])
        return
    for name, part in parts.items():
        if name not in ("letters", "load"):  # one stands in the table of the program, the other takes long
            part([])
    bench_program()


def bench_program() -> None:
    """Measure the law, the assessment, the pages, the letter and the start, and print the table."""
    from scripts import bench_letters

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GAMEPLAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
        rows = [*bench_law(), *bench_assess(), *bench_pages(), *bench_letters.rows(), *bench_start()]
    table = Table(title=f"Medians of {ROUNDS} rounds, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    for name in ("what", "ms", "beside"):
        table.add_column(name, justify="right" if name == "ms" else "left")
    for what, cost, beside in rows:
        table.add_row(what, f"{cost:.2f}", beside)
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
