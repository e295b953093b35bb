"""Write gameplan/law/holidays.toml: federal and State holidays as data, made from the `holidays` package.

The program itself never needs that package: the dates are in the file, and anyone can read and check them.

    python -m scripts.make_holidays           write the file
    python -m scripts.make_holidays --check   say whether the file is what this script makes; exit 1 if not
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays
from holidays.countries.united_states import US

FILE = Path(__file__).resolve().parent.parent / "gameplan" / "law" / "holidays.toml"
YEARS = range(2004, 2037)
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "UM", "VI"})
STATES = tuple(sorted(set(US.subdivisions) - TERRITORIES))

HEADER = """\
# Public holidays of the United States and of each State, {first} to {last}, observed days included.
#
# Made by `python -m scripts.make_holidays` from the Python package `holidays` {version}. Do not edit by hand.
# These are usual dates, not the law: where a State's own file gives its list of holidays, that list wins,
# and a district's own calendar wins over both.
#
# [federal]   each day of a federal holiday, and its name
# [dropped]   for each State, the federal days that it does not keep
# [state.XX]  the days that the State keeps beyond the federal ones
#
# SPDX-License-Identifier: CC0-1.0
"""

Days = Mapping[date, str]


def federal_days() -> Days:
    """Each federal holiday and the day on which it is observed, by date."""
    return dict(sorted(country_holidays("US", years=YEARS).items()))


def state_days(state: str) -> Days:
    """Each holiday that the State keeps, federal or its own, by date."""
    return dict(sorted(country_holidays("US", subdiv=state, years=YEARS).items()))


def holidays_toml() -> str:
    """The whole file as text; the same every time for the same version of the package."""
    federal = federal_days()
    kept = {state: state_days(state) for state in STATES}
    parts = [
        HEADER.format(first=YEARS[0], last=YEARS[-1], version=version("holidays")),
        "[federal]\n" + _table(federal),
        "[dropped]\n" + "".join(_dropped(state, federal.keys() - kept[state].keys()) for state in STATES),
    ]
    for state in STATES:
        own = {day: name for day, name in kept[state].items() if day not in federal}
        if own:
            parts.append(f"[state.{state}]\n" + _table(own))
    return "\n".join(parts)


def _table(days: Days) -> str:
    return "".join(f"{_quoted(day.isoformat())} = {_quoted(name)}\n" for day, name in days.items())


def _dropped(state: str, days: Iterable[date]) -> str:
    by_year: dict[int, list[str]] = {}
    for day in sorted(days):
        by_year.setdefault(day.year, []).append(_quoted(day.isoformat()))
    if not by_year:
        return ""
    lines = "".join(f"    {', '.join(of_year)},\n" for of_year in by_year.values())
    return f"{state} = [\n{lines}]\n"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> int:
    """Write or check the file; the exit code."""
    parser = argparse.ArgumentParser(description="Make gameplan/law/holidays.toml.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file would change")
    made = holidays_toml()
    if not parser.parse_args().check:
        FILE.write_text(made, encoding="utf-8")
        print(f"Wrote {FILE.name}: {made.count(' = ')} entries.")
        return 0
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == made:
        return 0
    print(f"{FILE.name} is not what this script makes. Run: make holidays", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
