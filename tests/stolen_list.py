"""A list of stolen passwords as the downloader of Have I Been Pwned writes it, small enough for tests."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1
from pathlib import Path


def hash_of(password: str) -> str:
    """The SHA-1 of a password, as it stands in the list."""
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def lines_of(passwords: Iterable[str] = (), made_up: int = 2000) -> list[str]:
    """The lines of a list with these passwords and so many made-up ones, sorted."""
    found = {hash_of(one) for one in (*passwords, *(f"made up {number}" for number in range(made_up)))}
    return [f"{one}:{int(one[:4], 16) + 1}" for one in sorted(found)]


def stolen_list(path: Path, passwords: Iterable[str] = (), *, made_up: int = 2000, end: str = "\r\n") -> Path:
    """The file, with these passwords in it."""
    path.write_bytes("".join(line + end for line in lines_of(passwords, made_up)).encode())
    return path
