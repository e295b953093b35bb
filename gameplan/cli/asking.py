"""What every command asks and answers alike: days, and what is wrong with what somebody gave us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import typer

from gameplan.core.faults import FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE, Fault

BROKEN = 2


def refuse(path: Path, faults: Iterable[Fault]) -> NoReturn:
    """Say every fault on standard error and leave with exit code 2."""
    faults = tuple(faults)
    count = len(faults)
    typer.echo(f"{path}: {count} thing{'s' if count != 1 else ''} to mend.", err=True)
    for fault in faults:
        typer.echo(f"- {fault}", err=True)
    raise typer.Exit(BROKEN)


def day_of(text: str) -> date:
    """A day written as YYYY-MM-DD. Leaves with exit code 2 if it is not one."""
    try:
        day = date.fromisoformat(text)
        if not FIRST_DAY_OF_SENSE <= day <= LAST_DAY_OF_SENSE:
            raise ValueError(text)
        return day
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a day. Write it as YYYY-MM-DD, for example 2025-12-01.') from None


def this_day() -> date:
    """The day on this machine, for letters that are dated today."""
    return datetime.now().astimezone().date()
