"""The keys: what locks second steps and, where papers are locked, the papers. They are backed up apart from the cases.

A backup of the cases is of no use to a thief who has not the keys, so they never lie in the same file unless asked for,
and then only in a sealed one. Everything in the folder `keys` of the data folder belongs to them, whoever put it there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gameplan.config.backup.container import Reading, Writing
from gameplan.config.backup.refused import BackupRefused
from gameplan.config.keys import KEY_FILE, kept_key, make_folder

KEYS_FOLDER = "keys"
"""A folder of the data folder: keys of any room, one file each."""
_PREFIX = "keys/"


def fingerprint(key: str) -> str:
    """Which key it is, without saying anything of it."""
    return hashlib.sha256(b"gameplan key " + key.encode()).hexdigest()[:12] if key else ""


def put_in(writing: Writing, data: Path, secret_key: str) -> None:
    """Every key becomes a part: the secret key as it is used (wherever it comes from), and the folder of keys."""
    with writing.part(_PREFIX + KEY_FILE) as part:
        part.write(secret_key.encode())
    for path in key_files(data):
        with writing.part(f"{_PREFIX}{KEYS_FOLDER}/{path.relative_to(data / KEYS_FOLDER).as_posix()}") as part:
            part.write(path.read_bytes())


def key_files(data: Path) -> Iterator[Path]:
    """The files in the folder of keys."""
    return (path for path in sorted((data / KEYS_FOLDER).rglob("*")) if path.is_file())


def take_out(reading: Reading, data: Path) -> int:
    """Put the keys of a backup into the data folder; how many. What is there already and is the same stays.

    Raises BackupRefused if another key lies there: it opens something, and only a person knows what.
    """
    found = {name: b"".join(reading.read(name)) for name in reading.manifest.parts if name.startswith(_PREFIX)}
    places = {_place(data, name.removeprefix(_PREFIX)): content for name, content in found.items()}
    for path, content in places.items():
        if path.is_file() and path.read_bytes().strip() != content.strip():
            mend = "Move it away first, if nothing else needs it."
            raise BackupRefused(path, "another key lies there.", mend)
    for path, content in places.items():
        make_folder(path.parent)
        spare = path.with_name(f".{path.name}.{os.getpid()}.part")
        _write(spare, content)
        spare.replace(path)
    return len(places)


def _place(data: Path, name: str) -> Path:
    """Where a key goes; never out of the folder, whatever the name says."""
    path = (data / name).resolve()
    inside = path.is_relative_to((data / KEYS_FOLDER).resolve()) or path == (data / KEY_FILE).resolve()
    if not inside:
        raise BackupRefused(name, "a key of that name has no place here.")
    return path


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def lacks_key(data: Path, wanted: str) -> bool:
    """True if the key that belongs to these cases is not the one that lies in the folder."""
    return bool(wanted) and fingerprint(kept_key(data)) != wanted
