"""Starting gameplan at home: folder, database, one-time link, server. Only this computer can reach it.

Importing this module brings in Django and the server; the command line does so only for commands that need
them.
"""

from __future__ import annotations

import os
import socket
import ssl
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib import import_module
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from gameplan.config import environment
from gameplan.config.environment import WrongSetting
from gameplan.config.keys import empty_arriving, make_folder, make_key, write_private
from gameplan.config.links import OPEN, new_token
from gameplan.config.lock import ADDRESS_FILE, AlreadyRunning, hold, is_held, told_address
from gameplan.config.settings_file import take_in
from gameplan.sealing.roots import DamagedKeys, NoKey, make_roots
from gameplan.sealing.seal import Broken

__all__ = [
    "DEFAULT_PORT", "AlreadyRunning", "NoCases", "NotRunning", "make_cases", "new_link", "open_cases", "prepare",
    "serve",
]  # fmt: skip

HOST = "127.0.0.1"
DEFAULT_PORT = 8321
THREADS = 4
SECONDS_TO_FINISH_REQUESTS = 3
SECONDS_BETWEEN_KNOCKS = 0.02
SECONDS_TO_ANSWER_A_KNOCK = 10


class NotRunning(Exception):
    """Raised when a link is asked for and no server runs with that folder."""


class NoCases(Exception):
    """Raised when a command needs the cases of a folder and there are none that this version can read."""


def serve(data: Path | None = None, port: int = DEFAULT_PORT, *, open_browser: bool = False) -> None:
    """Serve the cases of a data folder on this computer until Ctrl-C; print a link that signs one browser in.

    Makes the folder, the key and the database when they are not there. With port 0, or when the port is
    taken, a free one is used. Raises AlreadyRunning if another server holds the folder, and WrongSetting for
    a wrong value in the environment.
    """
    folder = prepare(data)
    lock = hold(folder)
    try:
        empty_arriving(folder)
        set_up_django()
        migrate()
        free = free_port(port)
        if port not in (0, free):
            print_line(f"Port {port} is taken by another program. Using {free} instead.")
        address = f"http://{HOST}:{free}"
        write_private(folder / ADDRESS_FILE, address)
        _run(address, free, _link(folder, address), open_browser=open_browser)
    finally:
        (folder / ADDRESS_FILE).unlink(missing_ok=True)
        os.close(lock)


def new_link(data: Path | None = None) -> str:
    """A fresh one-time link into the server that runs with this folder. Raises NotRunning if none does."""
    take_in()
    folder = data.expanduser().absolute() if data else environment.data_folder()
    address = told_address(folder)
    if not address or not is_held(folder):
        raise NotRunning(f"gameplan is not running with the folder {folder}. Start it with `gameplan serve`.")
    return _link(folder, address)


def open_cases(data: Path | None = None) -> Path:
    """Make the cases of a data folder readable for a command of this process; a server may run beside it.

    Raises NoCases if the folder or its database is not there, or is of another version: nothing is made or changed.
    """
    take_in()
    folder = data.expanduser().absolute() if data else environment.data_folder()
    if not folder.is_dir():
        raise NoCases(f"{folder}: the folder is not there. Name the folder that gameplan keeps its cases in: --data.")
    _choose(data)
    set_up_django()
    place = Path(connections["default"].settings_dict["NAME"])
    is_there = connections["default"].vendor != "sqlite" or "mode=memory" in str(place) or place.is_file()
    try:
        fits = is_there and not _migrations()
    except OperationalError as error:
        raise NoCases(f"{folder}: the database of the cases does not answer: {error}") from error
    if not fits:
        raise NoCases(
            f"{folder}: there are no cases of this version of gameplan. "
            "Run `gameplan serve` with this folder once: it makes the database, or brings it up to date."
        )
    return folder


def make_cases(data: Path | None = None) -> Path:
    """Make the cases of a data folder ready for a command that writes; folder and database are made if not there.

    Where a server runs with the folder, its database is taken as it is. Raises NoCases if that is of another version.
    """
    folder = prepare(data)
    try:
        lock = hold(folder)
    except AlreadyRunning:
        return open_cases(data)
    try:
        set_up_django()
        migrate()
    finally:
        os.close(lock)
    return folder


def prepare(data: Path | None = None) -> Path:
    """The data folder, made and closed to other users, with its key; settings of this process point to it."""
    _choose(data)
    folder = make_folder(environment.data_folder())
    make_key(folder)
    make_roots(environment.seal_keys(folder), datetime.now(UTC).date())
    return folder


def _choose(data: Path | None) -> None:
    """Point this process to the folder and the settings; what it writes from now on is closed to other users."""
    os.umask(0o077)
    if data:
        os.environ["GAMEPLAN_DATA"] = str(data.expanduser().absolute())
    take_in()


def free_port(wanted: int) -> int:
    """The wanted port if nobody has it, otherwise (and for 0) any free one."""
    for port in dict.fromkeys((wanted, 0)):
        with socket.socket() as door:
            if sys.platform != "win32":
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((HOST, port))
            except OSError:
                continue
            found: int = door.getsockname()[1]
            return found
    raise OSError(f"No free port on {HOST}.")


def set_up_django() -> None:
    """Load Django with the settings of this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gameplan.config.settings")
    django.setup()


def _link(folder: Path, address: str) -> str:
    return f"{address}{OPEN}{new_token(folder)}/"


def migrate() -> None:
    """Bring the database up to date; when it is, this costs one query and a look at whether its papers open.

    Raises WrongSetting where PostgreSQL does not answer, and where the file of keys is not that of this database.
    """
    from gameplan.sealing.rotating import try_to_open

    if _is_late():
        call_command("migrate", verbosity=0, interactive=False)
    try:
        try_to_open()
    except (NoKey, DamagedKeys, Broken) as wrong:
        raise WrongSetting("GAMEPLAN_SEAL_KEYS", str(wrong), "Nothing was changed.") from wrong
    connections.close_all()


def _is_late() -> bool:
    """True if the database is not up to date. Raises WrongSetting where PostgreSQL does not answer."""
    try:
        return _migrations()
    except OperationalError as error:
        if connections["default"].vendor == "sqlite":
            raise
        why = str(error).partition("\n")[0]
        mend = "Start PostgreSQL, or put the address right, and start again."
        raise WrongSetting("DATABASE_URL", f"the database does not answer: {why}.", mend) from error


def _migrations() -> bool:
    """True if the database is not up to date."""
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _run(address: str, port: int, link: str, *, open_browser: bool) -> None:
    import_module("gameplan.config.wsgi")  # before the fork, so that the worker has everything at once
    server = Server(
        "gameplan.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(_load, port=port, link=link, open_browser=open_browser))
    print_line("\ngameplan has stopped. Everything is kept.")


def _load(target: str, *, port: int, link: str, open_browser: bool) -> Callable[..., Any]:
    """The application, inside the process that answers requests."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=_announce, args=(port, link, open_browser), daemon=True).start()
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application


def end_with_parent() -> None:
    """When the process that was started is killed, this one must not stay behind with the folder."""
    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _announce(port: int, link: str, open_browser: bool) -> None:
    """Say the link once somebody answers at the door, so that it never fails."""
    wait_for_answer(port)
    print_line(f"Open this link: {link}\nIt works once. Stop with Ctrl-C.")
    if open_browser:
        webbrowser.open(link)


def wait_for_answer(port: int, host: str = HOST, certificate: str = "") -> None:
    """Come back once somebody answers at the door of this machine; with a certificate, by https."""
    while not _answers(port, host, certificate):
        time.sleep(SECONDS_BETWEEN_KNOCKS)


def _answers(port: int, host: str, certificate: str) -> bool:
    """True if a page was shown (the closed door): the server runs, and what a page needs is loaded."""
    knock = HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER_A_KNOCK)
    try:
        if certificate:
            knock = HTTPSConnection(host, port, timeout=SECONDS_TO_ANSWER_A_KNOCK, context=_only(certificate))
        knock.request("GET", "/")
        knock.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        knock.close()
    return True


def _only(certificate: str) -> ssl.SSLContext:
    """Believe this certificate and no other; its name is not that of this machine's own address."""
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def print_line(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
