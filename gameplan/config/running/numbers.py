"""The numbers of this process, kept where the others find them: one small file a process, added up when asked for.

A request adds to a table in memory; a thread writes the table down every second or two, if it has changed. Whoever
answers /metrics adds up the files. So a request costs no query and waits for nobody, and a process that was killed
loses a second or two of counting and no more. A database would have cost a write for each request; a piece of memory
that processes share would have to be made before they are, and would not be there for those of another command.

The numbers of processes that have ended are folded into one file, so that they never fall while the server runs. A new
server begins at zero, as those who read such numbers expect.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from gameplan.config.lock import alone

FOLDER = "numbers"
ENDED = "ended.json"
LOCK = "lock"
SECONDS_BETWEEN_WRITES = 2.0


class Numbers:
    """Numbers that only grow, by name and labels. Nothing is written down before `keep_in` says where."""

    def __init__(self) -> None:
        self._found: dict[str, float] = {}
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._file: Path | None = None
        self._changed = threading.Event()

    def add(self, name: str, amount: float = 1.0, **labels: str) -> None:
        """Add to a number."""
        with self._lock:
            key = series(name, labels)
            self._found[key] = self._found.get(key, 0.0) + amount
        self._changed.set()

    def keep_in(self, data: Path) -> None:
        """From here on this process writes its numbers down, in its own file in the data folder."""
        self._folder = data / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._file = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        self._found.clear()
        threading.Thread(target=self._keep_writing, daemon=True).start()

    def all(self) -> dict[str, float]:
        """The numbers of all processes together; this process's own are of this moment."""
        self._write()
        if self._folder is None:
            return dict(self._found)
        with alone(self._folder / LOCK):
            return _fold(self._folder)

    def _keep_writing(self) -> None:
        while True:
            self._changed.wait()
            threading.Event().wait(SECONDS_BETWEEN_WRITES)
            self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        self._changed.clear()
        with self._lock:
            text = json.dumps(self._found)
        spare = self._file.with_suffix(".new")
        with suppress(OSError):  # a full disk stops no page
            spare.write_text(text, encoding="utf-8")
            spare.replace(self._file)


def series(name: str, labels: dict[str, str]) -> str:
    """A number's name with its labels, as Prometheus writes it."""
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in sorted(labels.items()))
    return f"{name}{{{told}}}" if told else name


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def begin_at_zero(data: Path) -> None:
    """Forget the numbers of an earlier server. Only the one that holds the folder does this."""
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def _fold(folder: Path) -> dict[str, float]:
    """All numbers together. Those of ended processes go into one file, which names the files that are in it already.

    Killed between writing that file and removing the others, nothing is counted twice.
    """
    kept = _read(folder / ENDED)
    ended: dict[str, float] = dict(kept.get("numbers", {}))
    counted = set(kept.get("files", ()))
    running: dict[str, float] = {}
    gone: list[Path] = []
    for path in sorted(folder.glob("*-*.json")):
        if _is_alive(path):
            _add_up(running, _read(path))
            continue
        if path.name not in counted:
            _add_up(ended, _read(path))
        gone.append(path)
    if gone:
        spare = folder / f"{ENDED}.new"
        told = {"numbers": ended, "files": [path.name for path in gone]}
        spare.write_text(json.dumps(told), encoding="utf-8")
        spare.replace(folder / ENDED)
        for path in gone:
            path.unlink(missing_ok=True)
    _add_up(ended, running)
    return ended


def _add_up(into: dict[str, float], found: Mapping[str, float]) -> None:
    for name, number in found.items():
        into[name] = into.get(name, 0.0) + number


def _is_alive(path: Path) -> bool:
    try:
        os.kill(int(path.name.partition("-")[0]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    return {}


NUMBERS = Numbers()
"""Those of this process."""
