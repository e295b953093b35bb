"""`gameplan roster`: check a file, take it in, undo that, and write a roster out. No name of a child is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from gameplan.cli.asking import leave, number, refuse, refuse_file
from gameplan.cli.places import named_place, open_shared

if TYPE_CHECKING:
    from gameplan.rosters.doors import Keeper
    from gameplan.rosters.models import Take

roster_app = typer.Typer(help="Pupils, staff and schools from a school's own systems.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
File = Annotated[Path, typer.Argument(help="A OneRoster zip, Ed-Fi's JSON (zip or file), or a CSV file.")]
PlaceName = Annotated[str, typer.Option("--place", help="The district, by name or id.")]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="For a CSV file: a TOML file that says which column is what.")
]
Delta = Annotated[bool, typer.Option("--changes-only", help="A CSV or Ed-Fi file has only what changed, not all.")]
CHUNK = 1024 * 1024
NOTHING = "Nothing was taken in."
WORDS = {
    "added": "new", "changed": "changed", "gone": "gone", "unclear": "unclear: a director says who they are",
    "same": "as they were",
}  # fmt: skip


@roster_app.command("check")
def check(file: File, mapping: MappingFile = None, changes_only: Delta = False) -> None:
    """Look whether a file can be taken in. Nothing is kept, and no data folder is needed."""
    from gameplan.config.serve import set_up_django

    set_up_django()
    from gameplan.arriving.faults import Faults
    from gameplan.rosters.reading import read_roster

    faults = Faults()
    kind = "delta" if changes_only else "bulk"
    with _opened(file) as opened, read_roster(
        opened, file.name, faults, mapping=_columns(mapping), kind=kind
    ) as told:  # fmt: skip
        if told is None:
            refuse_file(file, faults.first, faults.count, NOTHING)
        pupils, staff = (sum(map(len, blocks)) for blocks in (told.pupils(), told.staff()))
        schools = number(len(told.schools), "school", "schools")
        who = f"{number(pupils, 'student', 'students')}, {number(staff, 'staff member', 'staff members')}, {schools}"
        typer.echo(f"{told.form}, {told.kind}: {who}. Nothing is wrong with it.")


@roster_app.command("take")
def take(
    file: File,
    place: PlaceName,
    mapping: MappingFile = None,
    changes_only: Delta = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take it in without asking.")] = False,
    data: Data = None,
) -> None:
    """Say what a file would change, ask, and take it in: all of it or nothing."""
    open_shared(data)
    from gameplan.arriving.faults import read_kept
    from gameplan.arriving.steps import drop
    from gameplan.cases.today import today
    from gameplan.cli.progress import bar
    from gameplan.people.refusals import Refused
    from gameplan.rosters.doors import MACHINE
    from gameplan.rosters.receiving import read_now, receive
    from gameplan.rosters.taking import take_in

    keeper, columns = _keeper(place), _columns(mapping) or _guessed(file)
    kind = "delta" if changes_only else "bulk"
    try:
        with _opened(file) as opened:
            chunks = iter(lambda: opened.read(CHUNK), b"")
            given = receive(keeper, chunks, name=file.name, kind=kind, mapping=columns)
        with bar("Rows compared") as told:
            given = read_now(given, on=today(), tell=told)
        if given.state == given.State.FAULTY:
            refuse_file(file, read_kept(given.faults), given.fault_count, NOTHING)
        typer.echo("\n".join(_summary(given)))
        if not (yes or typer.confirm("Take it in?", default=False)):
            drop(given)
            raise typer.Exit(1)
        take_in(given, by=MACHINE)
    except Refused as refused:
        refuse(file, refused.faults)
    typer.echo(f"Taken in as number {given.pk}. To undo it: gameplan roster undo {given.pk}")


@roster_app.command("undo")
def undo(
    take_number: Annotated[int, typer.Argument(help="The number of what was taken in.", metavar="N")],
    data: Data = None,
) -> None:
    """Put every row back as it was before. Refused if something later stands on it."""
    open_shared(data)
    from django.http import Http404

    from gameplan.people.refusals import Refused
    from gameplan.rosters.doors import MACHINE, take_on_machine
    from gameplan.rosters.undoing import undo as undo_take

    try:
        undo_take(take_on_machine(take_number), by=MACHINE)
    except Http404:
        leave(f"Nothing was taken in under the number {take_number}.")
    except Refused as refused:
        leave("\n".join(f"{fault.what} {fault.mend}" for fault in refused.faults))
    typer.echo("Undone. Every row is as it was before.")


@roster_app.command("export")
def export(
    place: PlaceName,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write into: new or empty.")],
    data: Data = None,
) -> None:
    """Write the roster as OneRoster 1.2 CSV."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        leave(f"{out} is not empty. Name a new folder.")
    open_shared(data)
    from gameplan.rosters.oneroster.writing import write_oneroster

    try:
        counts = write_oneroster(_keeper(place).place, out)
    except OSError as error:
        leave(f"{out} cannot be written: {error.strerror}.")
    for name, count in counts.items():
        typer.echo(f"{name}.csv: {number(count, 'row', 'rows')}")


def _summary(given: Take) -> Iterator[str]:
    """What a take would change, in numbers: names are for those who may see children."""
    yield f"{given.form}, {given.kind}, from {given.source}:"
    for what, name in (("pupil", "students"), ("staff", "staff"), ("school", "schools")):
        told = [f"{given.counts[f'{what} {kind}']:,} {words}" for kind, words in WORDS.items()
                if given.counts.get(f"{what} {kind}")]  # fmt: skip
        if told:
            yield f"  {name}: {', '.join(told)}"


def _keeper(place: str) -> Keeper:
    from django.http import Http404

    from gameplan.rosters.doors import keeper_on_machine

    try:
        return keeper_on_machine(named_place(place, "--place"))
    except Http404:
        leave(f"--place: {place} has no roster of its own. Name its district.")


def _columns(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    from gameplan.people.refusals import Refused
    from gameplan.rosters.plain.mapping import from_toml

    try:
        return from_toml(path.read_text("utf-8")).as_json()
    except Refused as refused:
        refuse(path, refused.faults)
    except (OSError, UnicodeDecodeError) as error:
        leave(f"{path} cannot be read: {error}.")


def _guessed(file: Path) -> Mapping[str, str] | None:
    """The mapping of a plain CSV file as its header lets one guess; None for any other file."""
    from gameplan.arriving.faults import Faults
    from gameplan.rosters.plain.mapping import guess
    from gameplan.rosters.reading import plain_header

    with _opened(file) as opened:
        header = plain_header(opened, file.name, Faults())
    if not header:
        return None
    found = guess(header).as_json()
    typer.echo("Columns as they were understood (--mapping says it otherwise):")
    for what, column in found.items():
        typer.echo(f"  {what} = {column!r}")
    return found


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        leave(f"{file} cannot be opened: {error.strerror}.")
