"""`gameplan people`: the first account of a school or a district, and invitations to posts, from the machine itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gameplan.cli.asking import BROKEN

if TYPE_CHECKING:
    from gameplan.people.models import Organisation, User

people_app = typer.Typer(help="Accounts, where people sign in: the first one, and invitations.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The e-mail address of the person.", metavar="EMAIL")]
Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds everything. Default: your own.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the invitation: en or es.")]
Place = Annotated[str, typer.Option("--place", help="The name of the State agency, district or school.")]
INSTALLER = "installer"
HERE = "http://localhost:8321"


@people_app.command()
def first(
    email: Email,
    place: Place,
    kind: Annotated[str, typer.Option("--kind", help="What it is: state, district or school.")] = "district",
    state: Annotated[str, typer.Option("--state", help="The State it lies in, two letters.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Although somebody is installer already.")] = False,
    data: Data = None,
    lang: Language = "en",
) -> None:
    """Print a link with which the first person begins an account, as installer of that place."""
    folder = _open(data)
    from gameplan.law.library import states
    from gameplan.people.doors import installer
    from gameplan.people.refusals import Refused
    from gameplan.people.verbs import begin_organisation

    held = installer()
    if held and not again:
        _refuse(f"{held.email} is installer already. Ask them, or add --again.")
    try:
        known = state.upper() if state.upper() in states() else ""
        organisation = begin_organisation(place, kind=kind, state=known)
    except Refused as refused:
        _refuse("\n".join(f"--{fault}" for fault in refused.faults))
    _print_link(email, organisation, INSTALLER, lang, folder)


@people_app.command()
def invite(
    email: Email,
    place: Place,
    role: Annotated[str, typer.Option("--role", help="The role, for example district-director or iep-manager.")],
    data: Data = None,
    lang: Language = "en",
) -> None:
    """Print a link with which somebody begins to work in a State agency, district or school."""
    folder = _open(data)
    from gameplan.people.doors import organisations

    found = organisations(place)
    if len(found) != 1:
        names = ", ".join(one.name for one in organisations()[:20]) or "none"
        _refuse(f"--place: there {'is no' if not found else 'are several called'} {place!r}. Known are: {names}.")
    _print_link(email, found[0], role, lang, folder)


@people_app.command()
def sessions(email: Email, data: Data = None) -> None:
    """List the browsers in which somebody is signed in, each with its number."""
    _open(data)
    from gameplan.people.sessions import sessions_of

    found = sessions_of(_account(email))
    for one in found:
        typer.echo(f"{one.pk}  since {one.created_at:%Y-%m-%d %H:%M}  last used {one.last_seen_at:%Y-%m-%d %H:%M} UTC")
    typer.echo(f"{len(found)} in all.", err=True)


@people_app.command("sign-out")
def sign_out(
    email: Annotated[str, typer.Argument(help="The e-mail address of the person.", metavar="EMAIL")] = "",
    session: Annotated[
        list[int] | None, typer.Option("--session", help="Only this one (its number in `people sessions`).")
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Everybody, as after a breach.")] = False,
    data: Data = None,
) -> None:
    """End the sessions of one person, some of them, or those of everybody. Their posts and tokens go on."""
    if everybody == bool(email) or (everybody and session):
        _refuse("Name one person by the e-mail address, or everybody by --everybody alone.")
    _open(data)
    from gameplan.people.sessions import end_every_session, end_sessions, sessions_of

    if everybody:
        typer.echo(f"Everybody is signed out. Sessions ended: {end_every_session()}.")
        return
    user = _account(email)
    unknown = set(session or ()) - {one.pk for one in sessions_of(user)}
    if unknown:
        numbers = ", ".join(str(one) for one in sorted(unknown))
        _refuse(f"--session: {user.email} has no session {numbers}. See: gameplan people sessions {user.email}")
    typer.echo(f"Sessions of {user.email} ended: {end_sessions(user, session)}.")


def _account(email: str) -> User:
    from gameplan.people.doors import account_at

    found = account_at(email)
    if found is None:
        _refuse(f"Nobody has an account with the address {email!r}. Check it.")
    return found


def _open(data: Path | None) -> Path:
    """The data folder, ready. Leaves with exit code 2 if it cannot be used."""
    os.environ["GAMEPLAN_SHARED"] = "1"
    from gameplan.config.environment import WrongSetting
    from gameplan.config.serve import NoCases, make_cases

    try:
        return make_cases(data)
    except (NoCases, WrongSetting) as error:
        _refuse(str(error))


def _print_link(email: str, organisation: Organisation, role: str, lang: str, folder: Path) -> None:
    from django.conf import settings
    from django.urls import reverse

    from gameplan.config.lock import told_address
    from gameplan.people.invitations import DAYS_OPEN, invite_to_post
    from gameplan.people.refusals import Refused

    try:
        _made, token = invite_to_post(email, organisation=organisation, role=role, language=lang)
    except Refused as refused:
        _refuse("\n".join(f"{fault.where}: {fault.what} {fault.mend}" for fault in refused.faults))
    address = settings.GAMEPLAN_ADDRESS or told_address(folder) or HERE
    typer.echo(f"{address}{reverse('web:invited', args=[token])}")
    typer.echo(f"For {email}, as {role} of {organisation}. It works once, for {DAYS_OPEN} days.", err=True)


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(BROKEN)
