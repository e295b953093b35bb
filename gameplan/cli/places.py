"""`gameplan places`: State agencies, districts and schools from the command line, and the made-up district."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gameplan.cli.asking import BROKEN, needs, number

if TYPE_CHECKING:
    from gameplan.core.faults import Fault
    from gameplan.people.models import Organisation

places_app = typer.Typer(help="State agencies, districts and schools, where people sign in.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]


@places_app.command("add")
def add(
    kind: Annotated[str, typer.Argument(help="What it is: state, district or school.", metavar="KIND")],
    name: Annotated[str, typer.Argument(help="Its name.", metavar="NAME")],
    inside: Annotated[str, typer.Option("--in", help="The place that it lies in, by name or id.")] = "",
    state: Annotated[str, typer.Option("--state", help="Its State, two letters; else that of the place above.")] = "",
    nces: Annotated[str, typer.Option("--nces", help="Its number in the national list (NCES).")] = "",
    data: Data = None,
) -> None:
    """Make a place, and print its id."""
    open_shared(data)
    from gameplan.districts.places import add_place
    from gameplan.people.refusals import Refused

    try:
        made = add_place(kind, name, parent=named_place(inside, "--in") if inside else None, state=state, nces_id=nces)
    except Refused as refused:
        _refuse_all(refused.faults)
    typer.echo(str(made.pk))


@places_app.command("list")
def list_(
    data: Data = None, as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False
) -> None:
    """Every place, each below the one that it lies in."""
    open_shared(data)
    from gameplan.people.doors import every_organisation

    found = every_organisation()
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in found], indent=1, ensure_ascii=False))
        return
    for depth, one in _tree(found, None, 0):
        about = ", ".join(word for word in (one.kind, one.state, one.nces_id) if word)
        closed = f" closed on {one.closed_on}" if one.closed_on else ""
        typer.echo(f"{'  ' * depth}{one.name} ({about}){closed}  {one.pk}")


def make_sample_school(data: Path | None, on: date) -> None:
    """Put the made-up district into a data folder; print who can sign in. Leaves with exit code 2 if it is there."""
    needs("numpy", "pyarrow", "numba")
    folder = open_shared(data)
    from gameplan.districts.samples import make_school
    from gameplan.people.doors import posts_ever_held
    from gameplan.people.refusals import Refused

    password = "-".join(secrets.token_hex(2) for _word in range(4))
    try:
        made = make_school(on, password)
    except Refused as refused:
        _refuse_all(refused.faults)
    typer.echo(f"{made.district}: {number(len(made.cases), 'child', 'children')} in two schools. All of it is made up.")
    posts = posts_ever_held(made.staff)
    for user in made.staff:
        for post in posts[str(user.pk)]:
            typer.echo(f"  {user.email}  {post.role} of {post.organisation}")
    typer.echo(f"Their password is {password} (said only now). They are in {folder}.")
    typer.echo("Start it with GAMEPLAN_SHARED=1 gameplan serve, and sign in. Staff set up a second factor first.")


def open_shared(data: Path | None) -> Path:
    """The data folder, ready, in the way of running with accounts. Leaves with exit code 2 if it cannot be used."""
    os.environ["GAMEPLAN_SHARED"] = "1"
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, make_cases

    try:
        return make_cases(data)
    except (NoCases, WrongSetting) as error:
        _refuse(str(error))


def named_place(words: str, option: str) -> Organisation:
    """The place of that id or name, as an option names it. Leaves with exit code 2 if there is none, or several."""
    from gameplan.districts.asked import uuid_in
    from gameplan.people.doors import every_organisation

    key, name = uuid_in(words), words.strip().casefold()
    found = [one for one in every_organisation() if (one.pk == key if key else one.name.casefold() == name)]
    if len(found) != 1:
        many = "is no place" if not found else "are several places"
        _refuse(f"{option}: there {many} called {words!r}. `gameplan places list` shows all with their ids.")
    return found[0]


def _tree(found: Iterable[Organisation], above: object, depth: int) -> Iterable[tuple[int, Organisation]]:
    listed = list(found)
    for one in listed:
        if one.parent_id == above:
            yield depth, one
            yield from _tree(listed, one.pk, depth + 1)


def _as_json(one: Organisation) -> dict[str, str | None]:
    return {
        "id": str(one.pk), "kind": one.kind, "name": one.name, "state": one.state, "nces_id": one.nces_id,
        "in": str(one.parent_id) if one.parent_id else None,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
    }  # fmt: skip


def _refuse_all(faults: Iterable[Fault]) -> NoReturn:
    _refuse("\n".join(f"{fault.where}: {fault.what} {fault.mend}" for fault in faults))


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(BROKEN)
