"""The tables of the indicators as CSV files: UTF-8, a header, rows in the order of the tables, "." in numbers."""

from __future__ import annotations

import csv
from dataclasses import astuple, fields
from io import StringIO
from pathlib import Path

from gameplan.audit.indicators.reckoning import KINDS, Indicators


def csv_of(found: Indicators, name: str) -> str:
    """One table as CSV text. What cannot be told is an empty cell. Raises KeyError for a name not in `KINDS`."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(KINDS[name])])
    writer.writerows(["" if value is None else value for value in astuple(row)] for row in found.rows[name])
    return text.getvalue()


def write_csv(found: Indicators, path: Path) -> list[Path]:
    """Write every table into the folder `path` (made if it is not there), NAME.csv each; gives the files written."""
    path.mkdir(parents=True, exist_ok=True)
    written = []
    for name in KINDS:
        file = path / f"{name}.csv"
        file.write_bytes(csv_of(found, name).encode("utf-8"))
        written.append(file)
    return written
