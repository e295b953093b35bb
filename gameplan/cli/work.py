"""`gameplan work`: keep the dates of all cases true, and send reminders."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN

MOST_WORKERS = 32


def register(app: typer.Typer) -> None:
    """Adds the command `work`."""
    app.command("work")(work)


def work(
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Do what waits, and end.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="How many processes.")] = 1,
    take_back: Annotated[
        int, typer.Option("--take-back", min=1, help="Seconds after which others take up what a dead worker had.")
    ] = 600,
) -> None:
    """Work out next dates, make reminders and send them, until stopped. Any number may run at the same time."""
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases
    from gameplan.config.work import NobodyToRemind
    from gameplan.config.work import work as start

    try:
        done = start(data, once=once, workers=workers, lease=timedelta(seconds=take_back))
    except (NoCases, NobodyToRemind, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
    told = ", ".join(f"{number} {what}" for what, number in done.items() if number)
    typer.echo(f"Done: {told}." if told else "Done.")
