"""`gameplan token`: tokens for programs, from the machine itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID

import typer

from gameplan.cli.asking import BROKEN

if TYPE_CHECKING:
    from gameplan.cases.people import Person
    from gameplan.people.models import User

token_app = typer.Typer(help="Tokens with which other programs read and write for somebody.", no_args_is_help=True)
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
Shared = Annotated[bool, typer.Option("--shared", help="In a folder where people sign in.")]
DAYS = 90


@token_app.command("make")
def make(
    name: Annotated[str, typer.Option("--name", help="Which program it is for.")],
    scope: Annotated[list[str], typer.Option("--scope", help="What it may do, such as cases:read. May be repeated.")],
    days: Annotated[int, typer.Option("--days", help="How many days it works, at most 365.")] = DAYS,
    case: Annotated[str, typer.Option("--case", help="The id of the only case that it opens.")] = "",
    email: Annotated[str, typer.Option("--for", help="Where people sign in: the e-mail address of the person.")] = "",
    data: Data = None,
) -> None:
    """Print a new token; nobody can see it again."""
    _open(data, shared=bool(email))
    from django.http import Http404

    from gameplan.api.tokens import Wanted, make_token
    from gameplan.districts.asked import uuid_in
    from gameplan.people.refusals import Refused

    person, user = _person(email)
    if case and uuid_in(case) is None:
        _refuse(f"--case: {case!r} is no id of a case.")
    try:
        token = make_token(person, Wanted(name, tuple(scope), days, uuid_in(case)), user=user, second_step=True)
    except Refused as refused:
        _refuse("\n".join(f"--{fault.where}: {fault.what} {fault.mend}" for fault in refused.faults))
    except Http404:
        _refuse("--case: this person has no such case.")
    typer.echo(token)


@token_app.command("list")
def list_(data: Data = None, shared: Shared = False) -> None:
    """The tokens that work: id, name, whose, what they may do, and until when."""
    _open(data, shared=shared)
    from gameplan.api.tokens import all_tokens

    for one in all_tokens():
        whose = one.user.email if one.user else "home"
        typer.echo(f"{one.pk}  {one.name}  {whose}  {','.join(one.scopes)}  until {one.expires_at:%Y-%m-%d}")


@token_app.command("end")
def end(
    token: Annotated[str, typer.Argument(help="The id of the token, as `gameplan token list` shows it.")],
    data: Data = None,
    shared: Shared = False,
) -> None:
    """End a token at once."""
    _open(data, shared=shared)
    from django.http import Http404

    from gameplan.api.tokens import revoke

    try:
        revoke(None, UUID(token))
    except (Http404, ValueError):
        _refuse(f"There is no token {token!r} that works. `gameplan token list` shows all.")
    typer.echo("Ended.")


def _person(email: str) -> tuple[Person, User | None]:
    """Whose token it is. Leaves with exit code 2 if nobody has that address."""
    from gameplan.cases.people import HOME, person_of_user
    from gameplan.people.doors import account_at

    if not email:
        return HOME, None
    user = account_at(email)
    if user is None:
        _refuse(f"--for: nobody has an account at {email}.")
    return person_of_user(user), user


def _open(data: Path | None, *, shared: bool) -> None:
    """The cases of the folder, ready. Leaves with exit code 2 if they cannot be used."""
    if shared:
        os.environ["GAMEPLAN_SHARED"] = "1"
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, open_cases

    try:
        open_cases(data)
    except (NoCases, WrongSetting) as error:
        _refuse(str(error))


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(BROKEN)
