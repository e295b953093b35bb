"""`gameplan law verify` in a terminal: published examples against what the law entries answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from gameplan.law.published import CANNOT_TELL, HIT, MISS, Outcome

MARKS = {HIT: "[green]hit[/]", CANNOT_TELL: "[yellow]cannot tell[/]", MISS: "[red]miss[/]"}


def print_outcomes(outcomes: Sequence[Outcome]) -> None:
    """Print every example with its outcome, then the misses, then what would settle the rest, then the totals."""
    console = Console()
    table = Table(title="Published examples")
    for heading in ("Example", "Rule", "The source says", "gameplan says", "Outcome"):
        table.add_column(heading, overflow="fold")
    for one in outcomes:
        table.add_row(one.example.name, one.expected.clock, source_says(one), one.found, MARKS[one.result])
    console.print(table)
    for one in _of(outcomes, MISS):
        console.print(f"miss: {_place(one)}: {one.why} {one.expected.miss or 'Not explained yet.'}", highlight=False)
    for one in _of(outcomes, CANNOT_TELL):
        settle = f" It would be settled by: {' '.join(one.would_settle)}" if one.would_settle else ""
        console.print(f"cannot tell: {_place(one)}: {one.why}{settle}", highlight=False)
    for one in outcomes:
        if one.out_of_date:
            console.print(f"{_place(one)}: the miss it explains is none any more; take `miss` out.", highlight=False)
    console.print(in_words(totals(outcomes)), highlight=False)


def source_says(one: Outcome) -> str:
    """What the source expects, in one line."""
    return ", ".join(f"{name} {value}" for name, value in one.expected.answer.items())


def totals(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """How many examples, sources and States; hits, misses, cannot tell; the share of hits among firm answers."""
    count = Counter(one.result for one in outcomes)
    firm = count[HIT] + count[MISS]
    return {
        "examples": len(outcomes),
        "sources": len({one.example.name for one in outcomes}),
        "states": len({one.example.case.child.state for one in outcomes} - {None}),
        "hits": count[HIT],
        "misses": count[MISS],
        "unexplained": sum(not one.explained for one in outcomes),
        "cannot_tell": count[CANNOT_TELL],
        "percent": round(100 * count[HIT] / firm, 1) if firm else 0.0,
        "percent_not_wrong": round(100 * (len(outcomes) - count[MISS]) / len(outcomes), 1) if outcomes else 0.0,
    }


def in_words(found: Mapping[str, object]) -> str:
    """The totals as one line."""
    return (
        f"{found['examples']} answers from {found['sources']} sources in {found['states']} States: "
        f"{found['hits']} hits, {found['cannot_tell']} cannot tell, {found['misses']} misses "
        f"({found['unexplained']} not explained). "
        f"Right where a firm answer came: {found['percent']} %. Not wrong: {found['percent_not_wrong']} %."
    )


def as_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The same for programs."""
    return {"totals": totals(outcomes), "outcomes": [_row(one) for one in outcomes]}


def _row(one: Outcome) -> dict[str, object]:
    return {
        "example": one.example.name,
        "title": one.example.title,
        "issuer": one.example.issuer,
        "address": one.example.address,
        "state": one.example.case.child.state,
        "clock": one.expected.clock,
        "on": one.expected.on.isoformat(),
        "expected": {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in one.expected.answer.items()
        },
        "basis": one.expected.basis,
        "result": one.result,
        "found": one.found,
        "why": one.why,
        "explanation": one.expected.miss or None,
        "would_settle": list(one.would_settle),
    }


def _of(outcomes: Sequence[Outcome], result: str) -> list[Outcome]:
    return [one for one in outcomes if one.result == result]


def _place(one: Outcome) -> str:
    return f"{one.example.name}, {one.expected.clock} on {one.expected.on}"
