"""`gameplan backup` and `gameplan restore`: everything in one file, looked over, and back again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from gameplan.cli.asking import BROKEN, number

if TYPE_CHECKING:
    from gameplan.config.backup.restoring import Restored

LEAST_LETTERS = 12
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
Out = Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.", metavar="OUT")]
File = Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")]
Passphrase = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file whose first line is the passphrase that seals it.")
]


class MakesOne(TyperGroup):
    """`gameplan backup OUT` makes one; what is the name of a command is that command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words on the line, with `make` before them where no command is named."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["make", *args]
        return super().parse_args(ctx, args)


backup_app = typer.Typer(
    cls=MakesOne, no_args_is_help=True,
    help="Everything in one file: `gameplan backup OUT` makes one, also while the program runs.",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds `backup` and `restore`."""
    app.add_typer(backup_app, name="backup")
    app.command("restore")(restore)


@backup_app.command()
def make(
    out: Out,
    data: Data = None,
    passphrase_file: Passphrase = None,
    with_keys: Annotated[bool, typer.Option("--with-keys", help="The keys, too; only into a sealed file.")] = False,
    keys_apart: Annotated[
        Path | None, typer.Option("--keys", help="Write the keys into a sealed file of their own, here.")
    ] = None,
) -> None:
    """Write everything that is kept into one file. It is there whole, or not at all."""
    with _told():
        from gameplan.config.backup.making import back_up, back_up_keys, open_store
        from gameplan.config.backup.manifest import cases_in

        passphrase = _passphrase(passphrase_file)
        folder = open_store(data)
        made = back_up(folder, out, passphrase=passphrase, with_keys=with_keys)
        typer.echo(f"{out}: {cases_in(made)}.")
        if keys_apart:
            back_up_keys(folder, keys_apart, passphrase=passphrase)
            typer.echo(f"{keys_apart}: the keys. Keep this file somewhere else.")
        elif not with_keys:
            typer.echo("The keys are not in it. Keep them, too, somewhere else: --keys FILE.", err=True)


@backup_app.command()
def check(file: File, passphrase_file: Passphrase = None) -> None:
    """Hold every byte of a backup against its hash, and say what lies in it. Exit code 2 if it is damaged."""
    with _told():
        from gameplan.config.backup.container import opened
        from gameplan.config.backup.manifest import cases_in

        with opened(file, _passphrase(passphrase_file)) as reading:
            made = reading.manifest
            typer.echo(f"{file}: whole. From gameplan {made.version}, {made.made_at}, {made.store}: {cases_in(made)}.")
            typer.echo("The keys are in it." if made.has_keys else "The keys are not in it.")


@backup_app.command()
def drill(data: Data = None) -> None:
    """Back up, restore on the side, verify and compare; nothing of the cases is touched. Exit code 2 if it fails."""
    with _told():
        from gameplan.config.backup.drill import drill as run
        from gameplan.config.backup.making import open_store
        from gameplan.config.backup.manifest import cases_in

        done = run(open_store(data))
        typer.echo(f"Backed up in {done.seconds_to_back_up:.1f} s: {cases_in(done.made)}, {done.size / 1e6:.1f} MB.")
        cases = number(done.restored.verified.cases, "case", "cases")
        typer.echo(
            f"Restored in {done.seconds_to_restore:.1f} s. Compared: the rows of each table, every migration, the ends "
            f"of all trails; verified: the record of access of {cases}. All of it is the same."
        )


def restore(
    file: File,
    data: Data = None,
    database: Annotated[
        str, typer.Option("--database", help="For a backup of PostgreSQL: the empty database, postgres://...")
    ] = "",
    passphrase_file: Passphrase = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also where cases lie already.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Although a record of access does not fit.")] = False,
) -> None:
    """Put a backup back, into an empty folder or database: all of it, verified and up to date, or nothing."""
    if database:
        os.environ["DATABASE_URL"] = database
        os.environ.pop("DATABASE_URL_FILE", None)
    with _told():
        from gameplan.config import environment
        from gameplan.config.backup.restoring import restore as put_back
        from gameplan.config.serve import set_up_django
        from gameplan.config.settings_file import take_in

        if data:
            os.environ["GAMEPLAN_DATA"] = str(data.expanduser().absolute())
        take_in()
        set_up_django()
        folder, passphrase = environment.data_folder(), _passphrase(passphrase_file)
        done = put_back(file, folder, database=database, passphrase=passphrase, replace=replace, anyway=anyway)
        _say(done, folder)


def _say(done: Restored, folder: Path) -> None:
    from gameplan.config.backup.manifest import cases_in

    if done.keys:
        typer.echo(f"{number(done.keys, 'key', 'keys')} put back.")
    if done.manifest.picture.rows:
        typer.echo(f"Restored: {cases_in(done.manifest)}. {number(done.verified.cases, 'trail', 'trails')} verified.")
    if done.verified.brought_up:
        typer.echo("The backup was of an older gameplan and was brought up to date.")
    for finding in done.verified.findings:
        typer.echo(f"Does not fit: {finding}", err=True)
    if done.lacks_key:
        typer.echo(
            f"The key of these cases is not in {folder}. Restore the keys, too, before it is served: "
            "without them nobody's second step works.",
            err=True,
        )


def _passphrase(file: Path | None) -> bytes | None:
    """The passphrase in the first line of a file. Raises BackupRefused for one that is short or open to everybody."""
    from gameplan.config.backup.refused import BackupRefused

    if file is None:
        return None
    try:
        line = file.read_bytes().split(b"\n", 1)[0].strip()
        is_open = os.name != "nt" and bool(file.stat().st_mode & 0o007)
    except OSError as wrong:
        raise BackupRefused(file, f"it cannot be read ({wrong.strerror}).", "Check the name and the folder.") from wrong
    if len(line) < LEAST_LETTERS:
        raise BackupRefused(file, f"the passphrase is shorter than {LEAST_LETTERS} letters.", "Make a longer one.")
    if is_open:
        raise BackupRefused(file, "everybody on this machine can read it.", f"Run: chmod o= '{file}'")
    return line


@contextmanager
def _told() -> Iterator[None]:
    """Leaves with exit code 2 and the words of what was refused."""
    from gameplan.config.backup.refused import BackupRefused
    from gameplan.config.environment import WrongSetting
    from gameplan.config.lock import AlreadyRunning

    try:
        yield
    except (BackupRefused, WrongSetting, AlreadyRunning) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None
