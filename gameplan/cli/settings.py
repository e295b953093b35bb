"""`gameplan settings`: look over a settings file, or see one with everything in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gameplan.cli.asking import BROKEN, number

settings_app = typer.Typer(help="The settings file: check one, or see what it may say.", no_args_is_help=True)


@settings_app.command()
def check(file: Annotated[Path, typer.Argument(help="The settings file.", metavar="FILE")]) -> None:
    """Say everything that is wrong with a settings file, with line, name and mend. Exit code 2 if anything is."""
    from gameplan.config.settings_file import WrongSettings, read

    try:
        values = read(file)
    except WrongSettings as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(BROKEN) from None
    typer.echo(f"{file}: {number(len(values), 'setting', 'settings')}, all of them fit.")


@settings_app.command()
def example() -> None:
    """Print a settings file with every setting in it, explained."""
    from gameplan.config.known import example as text

    typer.echo(text(), nl=False)
