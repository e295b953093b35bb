"""`gameplan serve` and `gameplan link`: start the program, at home, for a school, or for good."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN

Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]


def register(app: typer.Typer) -> None:
    """Adds the commands `serve` and `link`."""
    app.command("serve")(serve)
    app.command("link")(link)


def serve(
    data: Data = None,
    port: Annotated[int | None, typer.Option("--port", help="The port on this machine. Default: 8321.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser too.")] = False,
    shared: Annotated[bool, typer.Option("--shared", help="Serve a school: people sign in with accounts.")] = False,
    host: Annotated[
        str | None, typer.Option("--host", help="With --shared: where on this machine to listen. Default: 127.0.0.1.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="With --shared and PostgreSQL: processes. Default: 1.")
    ] = None,
    production: Annotated[
        bool, typer.Option("--production", help="Like --shared, for good: with the worker, and only if it is safe.")
    ] = False,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="A settings file; `gameplan settings example` shows one.")
    ] = None,
) -> None:
    """Start the program on this machine and print its one-time link; with --shared, serve people with accounts."""
    if production:
        signal.signal(signal.SIGTERM, _leave)
    from gameplan.config.environment import WrongSetting, flag, number, text
    from gameplan.config.lock import AlreadyRunning
    from gameplan.config.settings_file import take_in

    try:
        take_in(settings)
        host = host or text("GAMEPLAN_HOST", "127.0.0.1")
        port = number("GAMEPLAN_PORT", 8321) if port is None else port
        workers = workers or number("GAMEPLAN_WORKERS", 1)
        if production:
            from gameplan.config.serve_production import serve_production

            serve_production(data, host=host, port=port, workers=workers)
        elif shared or flag("GAMEPLAN_SHARED"):
            from gameplan.config.serve_shared import serve_shared

            serve_shared(data, host=host, port=port, workers=workers)
        else:
            from gameplan.config.serve import serve as start

            start(data=data, port=port, open_browser=open_browser)
    except (AlreadyRunning, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Told to stop while it still starts: end at once, as a kill does, which leaves nothing half done.

    In a container it is the first process, and no signal ends that one by itself.
    """
    os._exit(0)


def link(data: Data = None) -> None:
    """A fresh one-time link for a program that is running."""
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NotRunning, new_link

    try:
        typer.echo(new_link(data))
    except (NotRunning, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
