"""`gameplan keys`: the keys with which papers and private words are locked in the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN, number

keys_app = typer.Typer(
    help="The keys that lock papers and private words. They lie in a file outside the database: keep a copy of it.",
    no_args_is_help=True,
)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


@keys_app.command("list")
def list_keys(data: Data = None, as_json: AsJson = False) -> None:
    """The keys by name, which one locks, and how many values each of them still opens. No secret is shown."""
    path = _open(data)
    from gameplan.sealing.keys import roots
    from gameplan.sealing.rotating import keys_in_use

    found, used = roots(), keys_in_use()
    rows = [{"key": one.hex(), "values": used[one], "locks": one == found.newest} for one in found.by_name]
    if as_json:
        typer.echo(json.dumps({"file": str(path), "keys": rows, "plain": used[b""]}, indent=1))
        return
    typer.echo(f"The keys lie in {path}. Keep a copy of that file somewhere else: without it no paper opens.")
    for row in rows:
        values = number(used[bytes.fromhex(str(row["key"]))], "value", "values")
        typer.echo(f"{row['key']}  opens {values}{', and locks what is new' if row['locks'] else ''}")
    if used[b""]:
        typer.echo(f"{number(used[b''], 'value is', 'values are')} not locked yet. Lock with: gameplan keys rotate")


@keys_app.command()
def rotate(data: Data = None) -> None:
    """Make a new key and lock everything with it. Servers may go on running; stopped, it goes on where it was.

    The older keys stay in the file, since older backups need them: `gameplan keys drop` takes them out.
    """
    path = _open(data)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gameplan.cases.today import today
    from gameplan.sealing.roots import add_root
    from gameplan.sealing.rotating import lock_anew, rows_in_all

    made = add_root(path, today())
    columns = (TextColumn("Locking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as shown:
        task = shown.add_task("", total=rows_in_all())
        done = lock_anew(lambda rows: shown.advance(task, rows))
    typer.echo(f"{number(done.total(), 'value is', 'values are')} locked with the new key {made.newest.hex()}.")
    typer.echo(f"Make a new copy of {path}, and a new backup. Then take the older keys out: gameplan keys drop")


@keys_app.command()
def drop(
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take keys out of the file that open nothing any more. Backups from before can then not be opened in full."""
    path = _open(data)
    from gameplan.sealing.keys import roots
    from gameplan.sealing.roots import keep_only
    from gameplan.sealing.rotating import keys_in_use

    found = roots()
    needed = frozenset({found.newest, *keys_in_use()})
    idle = [one.hex() for one in found.by_name if one not in needed]
    if not idle:
        typer.echo("Every key in the file opens something. Nothing to take out.")
        return
    typer.echo(f"These open nothing here any more: {', '.join(idle)}. Older backups need them.")
    if not (yes or typer.confirm("Take them out for good?")):
        raise typer.Exit(1)
    keep_only(path, needed)
    typer.echo("They are gone.")


def _open(data: Path | None) -> Path:
    """The file of keys of a folder whose cases are open now; what is wrong goes to stderr, with exit code 2."""
    from gameplan.config import environment
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, open_cases
    from gameplan.sealing.roots import DamagedKeys, NoKey, read_roots

    try:
        path = environment.seal_keys(open_cases(data))
        read_roots(path)
    except (NoCases, WrongSetting, NoKey, DamagedKeys) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
    return path
