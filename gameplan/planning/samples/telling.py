"""Reading the sample families from their files, moved in time so that they happened lately."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from gameplan.core.casefile import read_case
from gameplan.core.facts import Case
from gameplan.law import vocabulary
from gameplan.plans.plan import Plan
from gameplan.plans.plan_file import read_plan

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sample_case(name: str, weeks: int = 0) -> Case:
    """The child and the timeline of a sample family, moved by so many weeks; no calendars, no plans."""
    return read_case(_raw(name, weeks), vocabulary())


def sample_plan(name: str, weeks: int = 0) -> Plan:
    """A plan of a sample family by the name of its file without the ending, moved by so many weeks."""
    return read_plan(_raw(name, weeks))


def moved(value: Any, weeks: int) -> Any:
    """A JSON value with each day in it (words that are YYYY-MM-DD and nothing else) so many weeks later.

    Whole weeks and one distance for all: a Tuesday stays a Tuesday, and nothing changes places.
    """
    if isinstance(value, dict):
        return {name: moved(each, weeks) for name, each in value.items()}
    if isinstance(value, list):
        return [moved(each, weeks) for each in value]
    if isinstance(value, str) and DAY.fullmatch(value):
        return (date.fromisoformat(value) + timedelta(weeks=weeks)).isoformat()
    return value


def _raw(name: str, weeks: int) -> Any:
    return moved(json.loads(files(__package__).joinpath(f"{name}.json").read_text("utf-8")), weeks)
