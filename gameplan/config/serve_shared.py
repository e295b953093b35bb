"""Serving a school or a district: people sign in with accounts, several processes answer, a proxy stands before it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from gameplan.config.running.log_lines import granian_logging
from gameplan.config.running.numbers import NUMBERS, begin_at_zero
from gameplan.config.serve import HOST, end_with_parent, migrate, prepare, print_line, set_up_django, wait_for_answer

THREADS = 4
SECONDS_TO_FINISH_REQUESTS = 10
HERE = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  named, not listened at
SAID_FILE = "server.said"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said once somebody answers at the door; `once` is the file by which the first process says it.

    `certificate` is that of an own TLS, or empty.
    """

    host: str
    port: int
    lines: tuple[str, ...]
    once: Path
    certificate: str = ""


def serve_shared(data: Path | None = None, *, host: str, port: int, workers: int = 1) -> None:
    """Serve people with accounts until Ctrl-C; say the address and what to do first.

    `host` is the address of this machine to listen at, `workers` how many processes answer (more than one only with
    PostgreSQL). Raises AlreadyRunning if another server holds the folder, WrongSetting for what cannot be used, OSError
    if the port is taken.
    """
    os.environ["GAMEPLAN_SHARED"] = "1"
    folder = prepare(data)
    with shared_house(folder, host, port, workers) as said:
        _run(host, port, workers, partial(load, said=said))


@contextmanager
def shared_house(folder: Path, host: str, port: int, workers: int, certificate: str = "") -> Iterator[Said]:
    """The folder held for this server, its database up to date; left tidy at the end. Raises as `serve_shared` does."""
    lock = hold(folder)
    try:
        empty_arriving(folder)
        begin_at_zero(folder)
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
        yield Said(host, port, lines, folder / SAID_FILE, certificate)
    finally:
        for name in (ADDRESS_FILE, SAID_FILE):
            (folder / name).unlink(missing_ok=True)
        os.close(lock)


def _shown(host: str) -> str:
    # Passkeys work by name only: a bare number is no name to a browser.
    return "localhost" if host in HERE else host


def _first_things(folder: Path, host: str) -> Iterator[str]:
    """What whoever starts it should know or do first."""
    from gameplan.cases.virus_scan import scanner
    from gameplan.people.doors import nobody_yet

    if nobody_yet():
        yield f'Nobody has an account yet. Begin with: gameplan people first YOU@... --place "..." --data {folder}'
    if not environment.secret("GAMEPLAN_EMAIL_URL"):
        mails = getattr(settings, "EMAIL_FILE_PATH", "")
        yield f"No e-mail is sent: each is a file in {mails}. Set GAMEPLAN_EMAIL_URL to send it."
    daemon = scanner()
    if daemon and not daemon.answers():
        yield "The virus scanner (GAMEPLAN_VIRUS_SCANNER) does not answer: no file is taken in until it does."
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
        log_dictconfig=granian_logging(settings.GAMEPLAN_LOG),
    )
    server.serve(target_loader=load)
    print_line("\ngameplan has stopped. Everything is kept.")


def load(target: str, *, said: Said) -> Callable[..., Any]:
    """The application, inside a process that answers requests."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=_announce, args=(said,), daemon=True).start()
    NUMBERS.keep_in(settings.GAMEPLAN_DATA)
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application


def _announce(said: Said) -> None:
    """Say where it is once somebody answers there; of several processes the first one says it."""
    wait_for_answer(said.port, HOST if said.host in EVERYWHERE else said.host, said.certificate)
    try:
        os.close(os.open(said.once, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    print_line("\n".join(said.lines))
