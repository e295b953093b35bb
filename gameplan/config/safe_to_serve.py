"""What has to hold before real people are served: everything that is not safe is told at once, and nothing starts."""

from __future__ import annotations

import os
import ssl
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from gameplan.config import environment
from gameplan.config.database import database
from gameplan.config.environment import WrongSetting
from gameplan.config.keys import KEY_FILE, SHORTEST_KEY
from gameplan.config.known import NAMES_THE_FILE, Kind, every
from gameplan.config.settings_file import Wrong, WrongSettings
from gameplan.people.breached import fault_of

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Asked:
    """How it is to be served: the data folder, where it listens, how many processes answer."""

    folder: Path
    host: str
    workers: int


def refuse_what_is_not_safe(asked: Asked) -> None:
    """Come back if it may be served. Raises WrongSettings with everything that has to be mended first."""
    faults: list[Wrong] = []
    for rule in (_values, _what_is_for_trying_out, _https, _certificate, _address, _processes, _secrets, _guards):
        try:
            faults += rule(asked)
        except WrongSetting as wrong:
            name, _, told = str(wrong).partition(": ")
            faults.append(Wrong(name, told, ""))
    if faults:
        raise WrongSettings("This is not safe for real people", list(dict.fromkeys(faults)))


def _values(asked: Asked) -> Iterator[Wrong]:
    """Each setting that is a number, a flag or one of a few words."""
    for _group, one in every():
        try:
            if one.kind is Kind.FLAG:
                environment.flag(one.variable)
            elif one.kind is Kind.NUMBER:
                environment.number(one.variable)
            elif one.kind is Kind.CHOICE and environment.text(one.variable):
                environment.choice(one.variable, one.choices)
        except WrongSetting as wrong:
            yield Wrong(one.variable, str(wrong).partition(": ")[2], "")


def _what_is_for_trying_out(asked: Asked) -> Iterator[Wrong]:
    if environment.flag("GAMEPLAN_DEBUG"):
        yield Wrong("GAMEPLAN_DEBUG", "error pages would show what is in a case.", "Leave it out.")
    if environment.text("GAMEPLAN_TODAY"):
        yield Wrong("GAMEPLAN_TODAY", "every deadline would be counted from another day.", "Leave it out.")


def _https(asked: Asked) -> Iterator[Wrong]:
    """https by an own certificate, or by a proxy that is counted: else anybody could say that they came by https."""
    if environment.text("GAMEPLAN_CERTIFICATE"):
        return
    if not environment.flag("GAMEPLAN_HTTPS"):
        mend = "Name a certificate and its key, or put a proxy with https before it and set GAMEPLAN_HTTPS=1."
        yield Wrong("GAMEPLAN_HTTPS", "passwords would travel in the clear.", mend)
    elif not environment.number("GAMEPLAN_PROXIES"):
        mend = "Set GAMEPLAN_PROXIES to how many proxies there are, mostly 1."
        yield Wrong("GAMEPLAN_PROXIES", "with https by a proxy it has to be known how many there are.", mend)


def _certificate(asked: Asked) -> Iterator[Wrong]:
    certificate, key = environment.text("GAMEPLAN_CERTIFICATE"), environment.text("GAMEPLAN_CERTIFICATE_KEY")
    if bool(certificate) != bool(key):
        missing = "GAMEPLAN_CERTIFICATE_KEY" if certificate else "GAMEPLAN_CERTIFICATE"
        yield Wrong(missing, "certificate and key belong together.", "Name both files, or none.")
    elif certificate:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
        except (OSError, ValueError) as wrong:
            mend = "Name the certificate with its chain, and its own key without a password, both as PEM."
            yield Wrong("GAMEPLAN_CERTIFICATE", f"it cannot be used ({wrong}).", mend)


def _address(asked: Asked) -> Iterator[Wrong]:
    address = environment.text("GAMEPLAN_ADDRESS")
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        wrong = "it is not set, and mails need links." if not address else f"{address!r} is no address with https."
        yield Wrong("GAMEPLAN_ADDRESS", wrong, "Write what people type, like https://plans.lakeside.example.")
    if any(host.startswith(("*", ".")) for host in environment.words("GAMEPLAN_HOSTS")):
        yield Wrong("GAMEPLAN_HOSTS", "it lets in any host name.", "Name each host in full.")


def _processes(asked: Asked) -> Iterator[Wrong]:
    engine = database(environment.secret("DATABASE_URL"), asked.folder)["ENGINE"]
    if asked.workers > 1 and engine.endswith("sqlite3"):
        mend = "Set DATABASE_URL, or leave the number of workers out."
        yield Wrong("GAMEPLAN_WORKERS", "several processes need PostgreSQL.", mend)
    if environment.number("GAMEPLAN_BACKGROUND", 1) > 1 and engine.endswith("sqlite3"):
        mend = "Set DATABASE_URL, or leave it out."
        yield Wrong("GAMEPLAN_BACKGROUND", "several processes need PostgreSQL.", mend)


def _secrets(asked: Asked) -> Iterator[Wrong]:
    """Nobody else on the machine may read a secret, or change a file of settings."""
    for _group, one in every():
        name = environment.text(f"{one.variable}_FILE") if one.kind is Kind.SECRET else ""
        if name and _others_may(Path(name), stat.S_IROTH | stat.S_IWOTH):
            yield Wrong(f"{one.variable}_FILE", "everybody on this machine can read it.", f"Run: chmod o= '{name}'")
    for path in (asked.folder, asked.folder / KEY_FILE, environment.seal_keys(asked.folder)):
        if _others_may(path, stat.S_IRWXO):
            yield Wrong("GAMEPLAN_DATA", f"everybody on this machine can look into {path}.", f"Run: chmod go= '{path}'")
    settings = environment.text(NAMES_THE_FILE)
    if settings and _others_may(Path(settings), stat.S_IWOTH):
        yield Wrong(NAMES_THE_FILE, "everybody on this machine can change it.", f"Run: chmod o-w '{settings}'")
    key = environment.text("GAMEPLAN_CERTIFICATE_KEY")
    if key and _others_may(Path(key), stat.S_IROTH | stat.S_IWOTH):
        yield Wrong("GAMEPLAN_CERTIFICATE_KEY", "everybody on this machine can read it.", f"Run: chmod o= '{key}'")
    if 0 < len(environment.secret("GAMEPLAN_SECRET_KEY")) < SHORTEST_KEY:
        mend = "Leave it out: a good one is made in the data folder."
        yield Wrong("GAMEPLAN_SECRET_KEY", f"it is shorter than {SHORTEST_KEY} letters.", mend)


def _guards(asked: Asked) -> Iterator[Wrong]:
    environment.socket_of("GAMEPLAN_VIRUS_SCANNER")
    stolen = environment.text("GAMEPLAN_BREACHED_PASSWORDS")
    fault = fault_of(Path(stolen)) if stolen else ""
    if fault:
        yield Wrong("GAMEPLAN_BREACHED_PASSWORDS", fault, "See docs/accounts.md, Stolen passwords.")


def _others_may(path: Path, bits: int) -> bool:
    return os.name != "nt" and path.exists() and bool(path.stat().st_mode & bits)
