"""The folder of a household and its secret key: made once, readable by this user only."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from gameplan.config.environment import WrongSetting

KEY_FILE = "secret.key"
ARRIVING = "arriving"
SHORTEST_KEY = 32


def make_folder(data: Path) -> Path:
    """The data folder, made if it is not there. A new or empty one is closed to other users of the computer.

    One that holds other things is left as it is (it may be shared); what is written into it is closed.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(data.iterdir()):
        data.chmod(0o700)
    return data


def empty_arriving(data: Path) -> Path:
    """The place for large files while they arrive, emptied of what a killed server left there."""
    place = data / ARRIVING
    shutil.rmtree(place, ignore_errors=True)
    return make_folder(place)


def kept_key(data: Path) -> str:
    """The folder's secret key, or nothing if none was made yet. Raises WrongSetting if it is damaged."""
    path = data / KEY_FILE
    if not path.is_file():
        return ""
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(key) < SHORTEST_KEY:
        mend = "Delete that file. You then need a new link to sign in; nothing else is lost."
        raise WrongSetting("GAMEPLAN_DATA", f"the key in {path} is damaged.", mend)
    return key


def make_key(data: Path) -> str:
    """The folder's secret key, made now if there is none. Two starts at once end with the same key."""
    spare = data / f"{KEY_FILE}.{os.getpid()}"
    write_private(spare, secrets.token_urlsafe(48))
    try:
        os.link(spare, data / KEY_FILE)
    except FileExistsError:
        pass  # the first one counts
    finally:
        spare.unlink(missing_ok=True)
    return kept_key(data)


def write_private(path: Path, words: str) -> None:
    """Write a text file that only this user may read, on the disk before this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
