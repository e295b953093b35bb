"""The coverage table in a terminal: State by rule, runs, runs with doubt, not yet and why."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from gameplan.law.coverage import PATH, totals

MARKS = {
    "runs": "[green]runs[/]",
    "doubt": "[yellow]doubt[/]",
    "not": "[red]not yet[/]",
    "federal": "[dim]federal[/]",
}


def print_coverage(found: Mapping[str, object]) -> None:
    """Print one row a State and one column a step of the path, then what does not run yet."""
    console = Console()
    table = Table(title="The law that runs", caption="“federal”: the State has no number of its own here")
    table.add_column("State")
    for step in PATH:
        table.add_column(step, overflow="fold", max_width=12)
    states = _dict(found["states"])
    federal = _dict(found["federal"])
    for code, rules in states.items():
        table.add_row(code, *(_mark(step, _dict(rules), federal) for step in PATH))
    console.print(table)
    for code, rules in {**states, "us": federal}.items():
        for name, row in _dict(rules).items():
            if not _dict(row)["runs"]:
                console.print(f"{code} {name}: not yet. {_dict(row)['not_yet']}", highlight=False)
    console.print(", ".join(f"{number} {name}" for name, number in totals().items()))


def _dict(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mark(step: str, rules: Mapping[str, object], federal: Mapping[str, object]) -> str:
    own = [_dict(row) for name, row in rules.items() if _dict(row).get("federal") == step or name == step]
    if not own:
        return MARKS["federal"] if _dict(federal.get(step, {})).get("runs") else MARKS["not"]
    if not any(row["runs"] for row in own):
        return MARKS["not"]
    return MARKS["doubt"] if any(row["doubt"] for row in own) else MARKS["runs"]
