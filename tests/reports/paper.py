"""Reads the district on paper and what was counted of it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gameplan.reports.counting.counted import Counted, Exit, Removal, RemovalKind

HOME = Path(__file__).parent
LEA = "0600001"
RACES = {"w": "white", "b": "black", "a": "asian", "i": "american-indian", "p": "pacific-islander"}
KINDS: dict[str, RemovalKind] = {
    "in": "in-school", "out": "out-of-school", "exp": "expulsion", "school": "interim-by-school",
    "officer": "interim-by-hearing",
}  # fmt: skip
SAID = {"yes": True, "no": False, "?": None, "-": None}
DAY = date(2027, 2, 1)


def paper_children() -> list[Counted]:
    """The children of the district on paper, in their order."""
    return [_child(line.split(None, 13)) for line in _lines(HOME / "paper_district.txt")]


def by_hand(name: str) -> list[tuple[str, tuple[str, ...], int]]:
    """The rows of a file as they were counted by hand: set, codes, how many."""
    rows = [line.split() for line in _lines(HOME / "by_hand" / f"{name}.txt")]
    return [(row[0], tuple(row[1:-1]), int(row[-1])) for row in rows]


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _child(cells: list[str]) -> Counted:
    name, school, age, kg, disability, hispanic, races, sex, el, where, plan, consent, left, removals = cells
    return Counted(
        id=name, lea=LEA, school=_known(school), student=f"S-{name}", age=None if age == "?" else int(age),
        kindergarten=SAID[kg], disability=disability, hispanic=SAID[hispanic],
        races=tuple(RACES[one] for one in races if one in RACES), sex=sex, english_learner=SAID[el],
        environment=_known(where), plan=plan == "yes", consent=consent == "yes", exit=_exit(left),
        removals=tuple(_removals(removals)),
    )  # fmt: skip


def _known(cell: str) -> str:
    return "" if cell == "?" else cell


def _exit(cell: str) -> Exit | None:
    return None if cell == "-" else Exit(DAY, cell.strip("?*"), plan_after=cell.endswith("*"))


def _removals(cell: str) -> Iterator[Removal]:
    for one in cell.split(", ") if cell != "-" else ():
        kind, said = one.split()
        days, reason = said.rstrip("DWSBI"), said.lstrip("0123456789.")
        least, _dots, most = days.partition("..")
        yield Removal(
            DAY, KINDS[kind.rstrip("!+-")], float(least), float(most or least), reason, with_plan="!" not in kind,
            services={"+": True, "-": False}.get(kind[-1]),
        )  # fmt: skip
