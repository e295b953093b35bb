"""Turns the rows of a made-up nation into case files, so that the explaining engine can read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gameplan.audit.layout import DAY_PREFIX, DAYS_PREFIX, LAST, REF_PREFIX, Folder

Row = Mapping[str, Any]


def case_files(path: Path, part: int = 0, least: int = 0, most: int = 10**9) -> Iterator[dict[str, object]]:
    """The case files of the children of a part whose case numbers lie from `least` to below `most`."""
    folder = Folder(path)
    within = [("case", ">=", least), ("case", "<", most)]
    calendars: dict[int, list[Row]] = {}
    for year in pq.read_table(folder.calendars).to_pylist():
        calendars.setdefault(year["calendar"], []).append(_year(year))
    facts: dict[int, list[Row]] = {}
    for fact in pq.read_table(folder.facts(part), filters=within).to_pylist():
        facts.setdefault(fact["case"], []).append(_fact(fact))
    for child in pq.read_table(folder.children(part), filters=within).to_pylist():
        yield {
            "gameplan": 1,
            "child": _child(child),
            "calendars": calendars.get(child["calendar"], []),
            "facts": facts.get(child["case"], []),
        }


def _child(row: Row) -> dict[str, object]:
    said = {name: row[name] for name in ("state", "district", "school") if row[name]}
    return {**said, "born": str(row["born"])} if row["born"] else said


def _year(row: Row) -> dict[str, object]:
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    year: dict[str, object] = {
        "school_year": row["school_year"],
        "first_day": str(row["first_day"]),
        "last_day": str(row["last_day"]),
        "closed": [[str(one["first"]), str(one["last"])] for one in row["closed"]],
        "open": [str(day) for day in row["open"] or []],
    }
    return {**year, "weekdays": [weekdays[day] for day in row["weekdays"]]} if row["weekdays"] else year


def named(number: int) -> str:
    """The id of a fact in the case file, so that the order of the words is the order of the numbers."""
    return f"f{number:05d}"


def _fact(row: Row) -> dict[str, object]:
    fact: dict[str, object] = {
        "id": named(row["id"]),
        "kind": row["kind"],
        "on": str(row["on"]),
        "said_by": row["said_by"] or "parent",
        "data": _data(row),
        "planned": bool(row.get("planned")),
        "withdrawn": bool(row.get("withdrawn")),
    }
    links = {name: named(row[name]) for name in ("corrects", "account_of") if row.get(name) is not None}
    return {**fact, **links}


def _data(row: Row) -> dict[str, object]:
    data: dict[str, object] = json.loads(row["data"] or "{}")
    for column, value in row.items():
        if value is None:
            continue
        if column.startswith(DAYS_PREFIX):
            data[column.removeprefix(DAYS_PREFIX)] = [str(day) for day in value]
        elif column.startswith(DAY_PREFIX) and not column.endswith(LAST):
            data[column.removeprefix(DAY_PREFIX)] = _day(value, row.get(column + LAST))
        elif column.startswith(REF_PREFIX):
            data[column.removeprefix(REF_PREFIX)] = named(value) if value >= 0 else f"other-{-value}"
    return data


def _day(first: date, last: date | None) -> str:
    return str(first) if last is None else f"{first}/{last}"
