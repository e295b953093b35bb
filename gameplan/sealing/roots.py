"""The root keys: one file outside the database, from which the key of each case follows.

A line a key: its name (eight hexadecimal digits), the day it was made, and 32 bytes in base64. The last line locks what
is written from now on; the others still open what was locked before, until nothing is left of it (`rotating`).
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

KEY_FILE = "seal.keys"
ROOT_BYTES = 32
NAME_BYTES = 4


class NoKey(RuntimeError):
    """Raised when what is locked needs a root key that is not in the file, or the file is not there."""


class DamagedKeys(RuntimeError):
    """Raised when the file of the root keys cannot be read as such."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The root keys of an installation by name; `newest` locks."""

    newest: bytes
    by_name: Mapping[bytes, bytes] = field(repr=False)


def read_roots(path: Path) -> Roots:
    """The keys of the file.

    Raises NoKey if it is not there or cannot be read by this user, DamagedKeys with the number of the line otherwise.
    """
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError as wrong:
        raise NoKey(
            f"The keys of the papers cannot be read: {path} ({wrong.strerror}). Put the file back from where you keep "
            "your copy of it, or name its place in GAMEPLAN_SEAL_KEYS."
        ) from wrong
    found = dict(_line(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise DamagedKeys(f"{path} holds no key. Put the file back from where you keep your copy of it.")
    return Roots(list(found)[-1], found)


def _line(line: str, where: str) -> tuple[bytes, bytes]:
    try:
        name, _day, key = line.split()
        found = bytes.fromhex(name), base64.b64decode(key, validate=True)
    except (ValueError, binascii.Error):
        found = b"", b""
    if len(found[0]) != NAME_BYTES or len(found[1]) != ROOT_BYTES:
        mend = "Put the file back from where you keep your copy of it."
        raise DamagedKeys(f"{where}: this is no key. It is: a name, a day, 32 bytes in base64. {mend}")
    return found


def make_roots(path: Path, on: date) -> Roots:
    """The keys of the file, which is made with a first key if it is not there. Two starts at once end with one key."""
    if not path.exists():
        spare = path.with_name(f"{path.name}.{os.getpid()}")
        _write(spare, _new_line(on))
        try:
            os.link(spare, path)
        except FileExistsError:
            pass  # the first one counts
        finally:
            spare.unlink(missing_ok=True)
    return read_roots(path)


def add_root(path: Path, on: date) -> Roots:
    """The keys of the file with a new one at its end, which locks from now on. The file is written whole or not."""
    read_roots(path)
    spare = path.with_name(f"{path.name}.{os.getpid()}")
    _write(spare, path.read_text(encoding="ascii").rstrip("\n") + "\n" + _new_line(on))
    spare.replace(path)
    return read_roots(path)


def keep_only(path: Path, names: frozenset[bytes]) -> Roots:
    """The keys of the file without those that are not named; what they locked opens never again."""
    kept = [line for line in path.read_text(encoding="ascii").splitlines() if _line(line, str(path))[0] in names]
    spare = path.with_name(f"{path.name}.{os.getpid()}")
    _write(spare, "\n".join(kept) + "\n")
    spare.replace(path)
    return read_roots(path)


def _new_line(on: date) -> str:
    key = base64.b64encode(secrets.token_bytes(ROOT_BYTES)).decode("ascii")
    return f"{secrets.token_hex(NAME_BYTES)} {on.isoformat()} {key}\n"


def _write(path: Path, words: str) -> None:
    """A file that only this user may read, on the disk before this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
