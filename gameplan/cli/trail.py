"""`gameplan trail`: is the record of access whole, and is everything that it names still as it was?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from gameplan.cli.asking import BROKEN, number
from gameplan.core.words import ENGLISH

if TYPE_CHECKING:
    from gameplan.cases.verifying import Finding, Head, Verdict

WRONG = 1
trail_app = typer.Typer(
    help="The trail of each case: who did what, chained by hash, so that a changed or removed row shows.",
    no_args_is_help=True,
)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


@trail_app.command("verify")
def verify(
    data: Data = None,
    case: Annotated[str, typer.Option("--case", help="Only this case, by its id.")] = "",
    head: Annotated[
        str, typer.Option("--head", help="The end of its trail as you kept it elsewhere, NUMBER:HASH. Needs --case.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the chain of every case and hold each row against what lies in the tables. Exit code 1 if anything is wrong.

    What one database alone cannot show: rows cut off the end of a trail by somebody who also set the case back and
    removed what the rows named, or a chain that was written anew from a point on. Keep `gameplan trail head` elsewhere
    and give it with --head: then that shows, too.
    """
    only = _case_id(case)
    if head and only is None:
        raise typer.BadParameter("A kept end belongs to one case. Say which with --case.", param_hint="--head")
    _open(data)
    from gameplan.cases.verifying import verdicts

    kept = _head(head) if head else None
    try:
        totals = _tell(verdicts(only, kept), as_json)
    except LookupError as error:
        typer.echo(f"{error} Check the id and the folder.", err=True)
        raise typer.Exit(BROKEN) from None
    if totals["findings"]:
        raise typer.Exit(WRONG)


@trail_app.command("head")
def head_command(
    case: Annotated[str, typer.Option("--case", help="The case, by its id.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """The end of a case's trail as NUMBER:HASH, to print and keep outside. It proves everything up to that row."""
    only = _case_id(case)
    _open(data)
    from gameplan.cases.verifying import head_by_id

    end = head_by_id(only) if only else None
    if end is None:
        typer.echo(f"There is no case {only}. Check the id and the folder.", err=True)
        raise typer.Exit(BROKEN)
    told = {"case": str(only), "number": end.number, "hash": end.hash}
    typer.echo(json.dumps(told) if as_json else str(end))


def _tell(found: Iterable[Verdict], as_json: bool) -> dict[str, int]:
    """Print each finding as it comes and the totals at the end; as JSON, one object with all of it."""
    totals = {"cases": 0, "rows": 0, "findings": 0, "older": 0, "unknown": 0}
    rows: list[dict[str, Any]] = []
    for verdict in found:
        totals["cases"] += 1
        totals["rows"] += verdict.head.number
        totals["findings"] += len(verdict.findings)
        totals["older"] += verdict.older
        totals["unknown"] += len(verdict.unknown)
        for one in verdict.findings:
            if as_json:
                rows.append(_json(one))
            else:
                typer.echo(_line(one))
    if as_json:
        typer.echo(json.dumps({**totals, "whole": not totals["findings"], "found": rows}, ensure_ascii=False, indent=1))
    else:
        typer.echo(_in_words(totals))
    return totals


def _line(one: Finding) -> str:
    since = f" (since row {one.since})" if one.since is not None else ""
    return f"{one.case}: {one.about}: {ENGLISH.say(one.say)}{since}"


def _json(one: Finding) -> dict[str, Any]:
    return {
        "case": str(one.case), "what": one.what, "about": one.about, "since": one.since, "text": ENGLISH.say(one.say),
    }  # fmt: skip


def _in_words(totals: dict[str, int]) -> str:
    cases, rows = number(totals["cases"], "case", "cases"), number(totals["rows"], "row", "rows")
    lines = [f"{cases} and {rows} checked."]
    if totals["older"]:
        what = number(totals["older"], "thing", "things")
        lines.append(f"{what} from before there was a trail: nothing to hold against.")
    if totals["unknown"]:
        what = number(totals["unknown"], "name", "names")
        lines.append(f"{what} in the trail that this program does not know how to check.")
    wrong = totals["findings"]
    lines.append(f"{number(wrong, 'thing does', 'things do')} not fit." if wrong else "The trail is whole.")
    return " ".join(lines)


def _case_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise typer.BadParameter(
            f'"{text}" is not the id of a case. It stands in the address of its page.', param_hint="--case"
        ) from None


def _head(text: str) -> Head:
    from gameplan.cases.verifying import Head

    try:
        return Head.read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--head") from None


def _open(data: Path | None) -> None:
    """Open the cases of a folder for reading. Leaves with exit code 2 if there are none."""
    from gameplan.config import serve
    from gameplan.config.environment import WrongSetting

    try:
        serve.open_cases(data)
    except (serve.NoCases, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
