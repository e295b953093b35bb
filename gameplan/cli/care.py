"""`gameplan care`: take the public NPPES file in, say what is here, load newer places of ZIP codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gameplan.cli.asking import BROKEN, number, refuse

if TYPE_CHECKING:
    from gameplan.care.models import Intake

care_app = typer.Typer(help="Finding care: providers from the public NPPES file.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
MEGABYTE = 1_000_000


@care_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The zip as it is downloaded, or npidata_pfile_....csv.")],
    states: Annotated[str, typer.Option("--states", help="Only practices there: NM, or TX,NM. Default: all.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Although it, or a newer one, was taken in before.")] = False,
    data: Data = None,
) -> None:
    """Take providers in from the NPPES file. Stopped in the middle, the same command goes on where it was."""
    wanted = _states(states)
    _open(data)
    from gameplan.care.importing import NotTaken, size_of, take_in
    from gameplan.care.nppes_files import FileFault
    from gameplan.cli.progress import bar

    try:
        total = size_of(file) // MEGABYTE + 1
        with bar("Megabytes read", total) as told:
            done = take_in(
                file, states=wanted, anyway=anyway,
                told=None if told is None else lambda place: told(place // MEGABYTE),
            )  # fmt: skip
    except (FileFault, NotTaken) as error:
        refuse(file, error.faults)
    typer.echo(_summary(done))
    for fault in done.faults:
        typer.echo(f"  {fault}", err=True)


@care_app.command("status")
def status_(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")] = False, data: Data = None
) -> None:
    """What is here: listings by kind, and the files that brought them."""
    _open(data)
    from gameplan.care.kinds import KINDS
    from gameplan.care.searching import status

    found = status()
    if as_json:
        told = {
            "listings": found.listings, "by_kind": dict(found.by_kind), "by_state": dict(found.by_state),
            "files": [_as_json(one) for one in found.intakes],
        }  # fmt: skip
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    typer.echo(f"{number(found.listings, 'listing', 'listings')}.")
    for kind, count in found.by_kind.items():
        if count:
            typer.echo(f"  {KINDS[kind].name.text}: {count:,}")
    for one in found.intakes:
        typer.echo(_summary(one))


@care_app.command("zips")
def zips(
    file: Annotated[Path, typer.Argument(help="The Gazetteer file of ZIP Code Tabulation Areas (.txt or .zip).")],
    data: Data = None,
) -> None:
    """Load newer places of ZIP codes from the Census Bureau's Gazetteer file."""
    _open(data)
    from gameplan.care.nppes_files import FileFault
    from gameplan.care.places import load_places

    try:
        typer.echo(f"{load_places(file):,} ZIP codes.")
    except FileFault as error:
        refuse(file, error.faults)


def _open(data: Path | None) -> None:
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, make_cases

    try:
        make_cases(data)
    except (NoCases, WrongSetting) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from None


def _states(said: str) -> tuple[str, ...]:
    from gameplan.care.nppes import AREAS

    wanted = tuple(word.strip().upper() for word in said.split(",") if word.strip())
    strange = [word for word in wanted if word not in AREAS]
    if strange:
        raise typer.BadParameter(f"{', '.join(strange)}: no State has these letters. Write them as TX,NM.")
    return wanted


def _summary(one: Intake) -> str:
    if one.made_up:
        return f"Made-up listings for the sample families: {one.kept:,}."
    where = f" in {one.states.replace(' ', ', ')}" if one.states else ""
    told = f"{one.file_name}: {one.rows:,} rows read, {one.kept:,} listings kept{where}, {one.removed:,} removed"
    told += f", {one.faulty:,} could not be read." if one.faulty else "."
    if one.finished_at is None:
        told += f" Not finished: {100 * one.place // max(1, one.size)} % done. Import it again to go on."
    return told


def _as_json(one: Intake) -> dict[str, Any]:
    return {
        "file": one.file_name, "file_day": one.file_day.isoformat() if one.file_day else None,
        "states": one.states.split(), "only_changes": one.only_changes, "made_up": one.made_up, "rows": one.rows,
        "kept": one.kept, "removed": one.removed, "faulty": one.faulty, "faults": one.faults, "place": one.place,
        "size": one.size, "finished_at": one.finished_at.isoformat() if one.finished_at else None,
    }  # fmt: skip
