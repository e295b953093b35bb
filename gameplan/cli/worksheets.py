"""`gameplan report b11`, `b12`, `b13`: the worksheets of one place."""

from __future__ import annotations

import csv
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gameplan.cli.asking import needs
from gameplan.core.words import Tongue
from gameplan.reports.counting.reporting_year import ReportingYear

if TYPE_CHECKING:
    from gameplan.people.models import Organisation
    from gameplan.reports.worksheets import Worksheets


def worksheet(name: str, here: Organisation, year: str, words: Tongue, out: Path | None) -> None:
    """Print the worksheet of a place and the cases behind it, or write them as one CSV file."""
    needs("pyarrow", "numpy", "numba")
    from gameplan.audit.indicators import NothingToCount
    from gameplan.cases.today import today
    from gameplan.cli.audit_runs import say_if_first
    from gameplan.reports.worksheets import worksheets

    on = today()
    try:
        wanted = ReportingYear.named(year) if year else ReportingYear(ReportingYear.around(on).start - 1)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--year") from None
    say_if_first()
    try:
        found = worksheets(here.pk, wanted, on)
    except NothingToCount:
        typer.echo(f"{here.name} holds no cases.")
        return
    note_counted(found)
    _written(name, found, words, out)


def note_counted(found: Worksheets) -> None:
    """Write into the record of access of each child that the child was counted."""
    from gameplan.cases.trail import note_many
    from gameplan.cases.whole import INSTALLER

    note_many(sorted(found.by_number.values()), INSTALLER, "export-for-audit")


def _written(name: str, found: Worksheets, words: Tongue, out: Path | None) -> None:
    from gameplan.reports.worksheets import REASONS, TABLES

    with ExitStack() as stack:
        file = stack.enter_context(out.open("w", encoding="utf-8", newline="")) if out else sys.stdout
        table = csv.writer(file)
        table.writerow(("number", "value"))
        table.writerows(asdict(found.found.whole(TABLES[name])).items())
        if name == "b11":
            reasons = [row for row in found.found.rows[REASONS] if row.state == "all"]
            table.writerow(("code", "reason", "children"))
            table.writerows((row.code, words.text(row.reason), row.children) for row in reasons)
        table.writerow(("case", "number", "days_late", "code"))
        table.writerows((key, one.column, one.days_late, one.code) for key, one in found.behind(name))
    if out:
        typer.echo(f"Written: {out}")
