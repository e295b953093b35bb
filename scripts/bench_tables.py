"""The tables of `make bench ARGS=audit`: what each piece of work took, and how that stands to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rich.table import Table

FASTER: Final = 20  # how many times less than the SQL twelve clocks are meant to take
TIMES_SCAN: Final = 5  # and how many times more than the bare scan at most


@dataclass(frozen=True)
class Cost:
    """What one piece of work took: seconds by the clock and of processors, peak memory in MiB, and what it says."""

    wall: float
    cpu: float
    mib: float
    said: dict[str, Any]


def costs_table(costs: dict[str, Cost], threads: int) -> Table:
    """Each way to the answer as a row: what it costs, and that beside the bare scan and beside the audit.

    "x scan" is CPU seconds against those of the bare scan, "x audit" CPU seconds a clock against those of the audit.
    """
    whole, base = costs["audit"], costs["scan"]
    facts, children, clocks = whole.said["facts"], whole.said["children"], whole.said["clocks"]
    sampled = costs["explain"].said["children"]
    table = _table(
        f"{children:,} children, {facts:,} facts, {whole.said['duties']:,} duties",
        "what", "s", "CPU s", "peak MiB", "facts/s", "clocks", "s/clock", "CPU s/clock", "x scan", "x audit",
    )  # fmt: skip
    for what, one, number, times in (
        ("bare DuckDB scan", base, 0, 1.0),
        (f"audit, {threads} threads", whole, clocks, 1.0),
        ("12 clocks, audit", costs["twelve"], 12, 1.0),
        ("12 clocks, DuckDB SQL", costs["sql_twelve"], 12, 1.0),
        ("3 clocks, DuckDB SQL", costs["sql"], 3, 1.0),
        ("3 clocks, OpenFisca*", costs["fisca"], 3, 1.0),
        (f"explaining engine, {sampled:,}**", costs["explain"], clocks, children / sampled),
    ):
        wall, cpu, of_audit = one.wall * times, one.cpu * times, whole.cpu / clocks
        each = [f"{wall / number:.4f}", f"{cpu / number:.4f}"] if number else ["", ""]
        beside = f"{cpu / number / of_audit:,.1f}" if number else ""
        table.add_row(
            what, f"{wall:,.2f}", f"{cpu:,.2f}", f"{one.mib:,.0f}", f"{facts / wall:,.0f}", str(number or ""), *each,
            f"{cpu / base.cpu:,.1f}", beside,
        )  # fmt: skip
    table.caption = "* on one row a child, made ready before   ** so many children measured, scaled to all"
    return table


def twelve_table(costs: dict[str, Cost]) -> Table:
    """The same twelve clocks by the audit and by SQL, beside the bare scan, and how far that is from what was meant."""
    ours, theirs, scan = costs["twelve"], costs["sql_twelve"], costs["scan"]
    table = _table("Twelve clocks", "what", "s", "CPU s", "meant")
    for what, one, other, meant in (
        ("SQL : audit", theirs, ours, f"at least {FASTER}"),
        ("audit : bare scan", ours, scan, f"at most {TIMES_SCAN}"),
    ):
        table.add_row(what, f"x {one.wall / other.wall:,.1f}", f"x {one.cpu / other.cpu:,.1f}", meant)
    return table


def growth_table(costs: dict[str, Cost]) -> Table:
    """Half the nation beside all of it: cost grows with the children, memory does not."""
    half, whole = costs["half"], costs["audit"]
    table = _table("Half the parts against all", "children", "facts", "seconds", "CPU seconds", "us a fact", "peak MiB")
    for one in (half, whole):
        said = one.said
        table.add_row(
            f"{said['children']:,}", f"{said['facts']:,}", f"{one.wall:,.2f}", f"{one.cpu:,.2f}",
            f"{one.cpu / said['facts'] * 1e6:.2f}", f"{one.mib:,.0f}",
        )  # fmt: skip
    ratios = [whole.said[name] / half.said[name] for name in ("children", "facts")]
    ratios += [whole.wall / half.wall, whole.cpu / half.cpu]
    each = ratios[3] / ratios[1]
    table.add_row(*(f"x {one:.2f}" for one in (*ratios, each, whole.mib / half.mib)))
    return table


def checks_table(costs: dict[str, Cost]) -> Table:
    """What the SQL and the audit agree on, and what was measured apart."""
    from scripts.bench_rivals import REVIEW, TWELVE

    said, ready = costs["agree"].said, costs["prepare"]
    table = _table("Beside", "what", "found")
    for clock in TWELVE:
        number, same = said[clock]
        found = f"agree on {same:,} of {number:,}{'***' if clock == REVIEW else ''}"
        table.add_row(f"SQL and audit, {clock}, {said['plain']:,} plain children", found)
    table.caption = (
        "*** the SQL knows no review that begins with a meeting alone, no rounds of meetings, no meeting of a kind not "
        "said, and takes the earlier of two disputed days"
    )
    latest = costs["fisca"].said
    table.add_row("SQL and OpenFisca, latest of each clock", f"agree on {latest['same']:,} of {latest['begun']:,}")
    warmed = costs["warm"]
    table.add_row(
        "law and machine code, made or loaded", f"{warmed.wall:.1f} s, {warmed.cpu:.1f} CPU s, {warmed.mib:,.0f} MiB"
    )
    table.add_row(
        "OpenFisca's input, made ready with the SQL", f"{ready.wall:.1f} s, {ready.cpu:.1f} CPU s, not counted above"
    )
    return table


def _table(title: str, *names: str) -> Table:
    table = Table(title=title)
    for name in names:
        table.add_column(name, justify="left" if name in ("what", "found") else "right")
    return table
