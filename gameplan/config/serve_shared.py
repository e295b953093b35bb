"""Serving a school or a district: people sign in with accounts, several processes answer, a proxy stands before it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from gameplan.config import environment
from gameplan.config.environment import WrongSetting
from gameplan.config.keys import empty_arriving, write_private
from gameplan.config.lock import ADDRESS_FILE, hold
from gameplan.config.serve import HOST, end_with_parent, migrate, prepare, print_line, set_up_django, wait_for_answer

THREADS = 4
SECONDS_TO_FINISH_REQUESTS = 10
HERE = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  named, not listened at
SAID_FILE = "server.said"


def serve_shared(data: Path | None = None, *, host: str, port: int, workers: int = 1) -> None:
    """Serve people with accounts until Ctrl-C; say the address and what to do first.

    `host` is the address of this machine to listen at, `workers` how many processes answer (more than one only with
    PostgreSQL). Raises AlreadyRunning if another server holds the folder, WrongSetting for what cannot be used, OSError
    if the port is taken.
    """
    os.environ["GAMEPLAN_SHARED"] = "1"
    folder = prepare(data)
    lock = hold(folder)
    try:
        empty_arriving(folder)
        set_up_django()
        if workers > 1 and connections["default"].vendor == "sqlite":
            mend = "Set DATABASE_URL, or leave --workers out."
            raise WrongSetting("--workers", "several processes need PostgreSQL.", mend)
        migrate()
        call_command("clearsessions", verbosity=0)
        address = settings.GAMEPLAN_ADDRESS or f"http://{_shown(host)}:{port}"
        write_private(folder / ADDRESS_FILE, address)
        (folder / SAID_FILE).unlink(missing_ok=True)
        lines = (f"gameplan serves at {address}", "Stop with Ctrl-C.", *_first_things(folder, host))
        connections.close_all()
        _run(host, port, workers, partial(_load, host=host, port=port, lines=lines, said=folder / SAID_FILE))
    finally:
        for name in (ADDRESS_FILE, SAID_FILE):
            (folder / name).unlink(missing_ok=True)
        os.close(lock)


def _shown(host: str) -> str:
    # Passkeys work by name only: a bare number is no name to a browser.
    return "localhost" if host in HERE else host


def _first_things(folder: Path, host: str) -> Iterator[str]:
    """What whoever starts it should know or do first."""
    from gameplan.people.doors import nobody_yet

    if nobody_yet():
        yield f'Nobody has an account yet. Begin with: gameplan people first YOU@... --place "..." --data {folder}'
    if not environment.secret("GAMEPLAN_EMAIL_URL"):
        mails = getattr(settings, "EMAIL_FILE_PATH", "")
        yield f"No e-mail is sent: each is a file in {mails}. Set GAMEPLAN_EMAIL_URL to send it."
    if host not in HERE and not environment.flag("GAMEPLAN_HTTPS"):
        yield "Passwords would travel in the clear: put a proxy with https before it and set GAMEPLAN_HTTPS=1."


def _run(host: str, port: int, workers: int, load: Callable[..., Any]) -> None:
    import_module("gameplan.config.wsgi")  # before the fork, so that each worker has everything at once
    server = Server(
        "gameplan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load)
    print_line("\ngameplan has stopped. Everything is kept.")


def _load(target: str, *, host: str, port: int, lines: Sequence[str], said: Path) -> Callable[..., Any]:
    """The application, inside a process that answers requests."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=_announce, args=(host, port, lines, said), daemon=True).start()
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application


def _announce(host: str, port: int, lines: Sequence[str], said: Path) -> None:
    """Say where it is once somebody answers there; of several processes the first one says it."""
    wait_for_answer(port, HOST if host in EVERYWHERE else host)
    try:
        os.close(os.open(said, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    print_line("\n".join(lines))
