"""The coverage in a terminal: State by rule at a glance, one State in words, and what does not run yet and why."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from gameplan.law.coverage import ASKS, DECISIONS, DISPUTES, DOUBT, FEDERAL, NOT_YET, PATH, RUNS, grid, totals

MARKS = {
    RUNS: "[green]R[/]",
    DOUBT: "[yellow]D[/]",
    NOT_YET: "[red]N[/]",
    FEDERAL: "[dim].[/]",
    ASKS: "[magenta]?[/]",
}
LEGEND = (
    "R runs   D runs with a doubt that is shown   . the federal rule, no number of the State's own   "
    "? the State may have one, it was not found: no firm date, and what to ask   N not yet"
)
TITLES = {
    "hearing_tiers": "hearing tiers", "consent_for_every_iep": "consent to every IEP",
    "due_process_limitation": "filing limit", "age_of_majority": "age of majority", "fape_ends": "end of services",
}  # fmt: skip


def print_coverage(found: Mapping[str, object]) -> None:
    """Print one row a State and one column a rule, then what a State decides, then what does not run yet."""
    console = Console()
    rules = PATH + DISPUTES
    table = Table(title="The law that runs: State by rule", caption=LEGEND, padding=(0, 0), collapse_padding=True)
    table.add_column("")
    for number in range(1, len(rules) + 1):
        table.add_column(f"{number:2}", justify="center")
    for name in DECISIONS:
        table.add_column(TITLES[name].split()[0][:6], justify="center")
    facts = _dict(found["facts"])
    for code, row in grid().items():
        decided = (_dict(_dict(facts[code])[name]) for name in DECISIONS)
        known = ("[green]y[/]" if one["known"] else "[magenta]?[/]" for one in decided)
        table.add_row(code, *(MARKS[row[rule]] for rule in rules), *known)
    console.print(table)
    for number, rule in enumerate(rules, 1):
        console.print(f"{number:2} {rule}", highlight=False)
    console.print(f"y known: {', '.join(TITLES[name] for name in DECISIONS)}", highlight=False)
    _print_not_yet(console, found)
    console.print(", ".join(f"{number} {name}" for name, number in totals().items()))


def print_state(found: Mapping[str, object], code: str) -> None:
    """Print every rule of one State ("us" for federal law): runs, doubt and why, not yet and why."""
    console = Console()
    rules = _dict(found["federal"] if code == "us" else _dict(found["states"])[code])
    for name, row in rules.items():
        stands = _dict(row)
        said = NOT_YET if not stands["runs"] else ("runs with a doubt" if stands["doubt"] else RUNS)
        why = stands["not_yet"] or stands["doubt"]
        console.print(f"{name}: {said}." + (f" {why}" if why else ""), highlight=False)
    if code == "us":
        return
    asks = [rule for rule, stands in grid()[code].items() if stands == ASKS]
    for rule in asks:
        console.print(
            f"{rule}: asks. No number of the State was found; the program gives no firm date.", highlight=False
        )
    for name, row in _dict(_dict(found["facts"])[code]).items():
        decided = _dict(row)
        console.print(f"{TITLES[name]}: {decided['value'] if decided['known'] else 'not known'}", highlight=False)


def _print_not_yet(console: Console, found: Mapping[str, object]) -> None:
    for code, rules in {**_dict(found["states"]), "us": found["federal"]}.items():
        for name, row in _dict(rules).items():
            if not _dict(row)["runs"]:
                console.print(f"{code} {name}: not yet. {_dict(row)['not_yet']}", highlight=False)


def _dict(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
