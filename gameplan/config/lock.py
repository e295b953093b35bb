"""One server for one data folder: a lock that the system takes back by itself, even after a kill."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = "server.lock"
ADDRESS_FILE = "server.address"

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _wait_for(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _wait_for(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


class AlreadyRunning(Exception):
    """Raised when another server holds the folder; `address` is where it answers, if it has said so."""

    def __init__(self, data: Path, address: str) -> None:
        self.address = address
        where = f" at {address}" if address else ""
        super().__init__(
            f"gameplan is already running with the folder {data}{where}. "
            f"Use that one, or run `gameplan link --data {data}` for a new link, "
            "or choose another folder with --data."
        )


def hold(data: Path) -> int:
    """Hold the folder until this process ends. Raises AlreadyRunning if another server holds it."""
    handle = os.open(data / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
    except OSError as held:
        os.close(handle)
        raise AlreadyRunning(data, told_address(data)) from held
    return handle


def is_held(data: Path) -> bool:
    """True if a server runs with this folder."""
    if not (data / LOCK_FILE).is_file():
        return False
    try:
        os.close(hold(data))
    except AlreadyRunning:
        return True
    return False


def told_address(data: Path) -> str:
    """The address that the newest server of this folder has told, or an empty string."""
    path = data / ADDRESS_FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Within this, nobody else is within it for the same file; one waits for the other."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)
