"""What every command asks and answers alike: days, and what is wrong with what somebody gave us."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from gameplan.core.casefile import read_case
from gameplan.core.facts import Case
from gameplan.core.faults import FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE, CaseFileError, Fault
from gameplan.core.words import Tongue
from gameplan.law import vocabulary
from gameplan.tongues import NoSuchTongue, tongue

BROKEN = 2
Facts = Annotated[Path, typer.Option("--facts", help="The folder of facts; docs/audit-layout.md says what is in it.")]
OutFolder = Annotated[Path, typer.Option("-o", "--out", help="The folder to write: new or empty.")]
On = Annotated[str, typer.Option("--on", help="The day to look from, YYYY-MM-DD; today if left out.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the answer: en or es.")]
CaseFile = Annotated[Path, typer.Argument(help="The case file (JSON).", metavar="CASE.json")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def refuse(path: Path, faults: Iterable[Fault]) -> NoReturn:
    """Say every fault on standard error and leave with exit code 2."""
    faults = tuple(faults)
    count = len(faults)
    typer.echo(f"{path}: {count} thing{'s' if count != 1 else ''} to mend.", err=True)
    for fault in faults:
        typer.echo(f"- {fault}", err=True)
    raise typer.Exit(BROKEN)


def refuse_file(path: Path, faults: Iterable[Fault], count: int, nothing: str) -> NoReturn:
    """Say the first of `count` faults of a file, and leave with exit code 2. `nothing`: "Nothing was taken in."."""
    first = list(faults)
    for fault in first:
        typer.echo(f"- {fault}", err=True)
    more = f" These are the first {len(first)}." if count > len(first) else ""
    leave(f"{path}: {number(count, 'thing', 'things')} to mend.{more} {nothing}")


def leave(words: str) -> NoReturn:
    """Say why not on standard error, and leave with exit code 2."""
    typer.echo(words, err=True)
    raise typer.Exit(BROKEN)


def json_in(path: Path, too_deep: str) -> object:
    """The JSON value in a file. Leaves with exit code 2 if there is none; `too_deep` mends one nested without end."""
    try:
        found: object = json.loads(path.read_text("utf-8"))
        return found
    except OSError as error:
        fault = Fault("file", f"it cannot be opened: {error.strerror}.", "Check the name and the folder.")
    except UnicodeDecodeError:
        fault = Fault("file", "it is not text in UTF-8.", "Save it as UTF-8.")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        mend = "Mend that place; a comma or quote is often missing."
        fault = Fault(where, f"this is not JSON: {error.msg}.", mend)
    except RecursionError:
        fault = Fault("file", "it is nested too deeply.", too_deep)
    refuse(path, [fault])


def read_case_file(path: Path) -> Case:
    """The case in a file. Leaves with exit code 2 and every fault (what, where, how to mend it) if it is broken."""
    raw = json_in(path, "A case file has only a few levels.")
    try:
        return read_case(raw, vocabulary())
    except CaseFileError as error:
        refuse(path, error.faults)


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


def spoken(lang: str) -> Tongue:
    """The language by its code. Leaves with exit code 2 if gameplan does not speak it."""
    try:
        return tongue(lang)
    except NoSuchTongue as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None


def needs(*packages: str) -> None:
    """Leaves with exit code 2 if one of these packages is not installed, and says how to install it."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        typer.echo(
            f"gameplan audit needs {' and '.join(missing)}, not installed here. "
            'Install what the audit needs: pip install "gameplan[audit]"',
            err=True,
        )
        raise typer.Exit(BROKEN)


def number(how_many: int, one: str, many: str) -> str:
    """So many of a thing, in words: "1 child", "1,200 children"."""
    return f"{how_many:,} {one if how_many == 1 else many}"
