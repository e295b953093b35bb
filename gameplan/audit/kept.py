"""Finished parts of a run, kept beside the answer until all are there: a run that was stopped is taken up again.

`ANSWER.parquet.parts/` holds `run.json`, which says what was asked of which files, and one Parquet file a finished
part. A part appears under its name only when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.layout import Folder

FORMAT: Final = 1
NOTE: Final = "run.json"


class OtherRun(Exception):
    """Raised when the kept parts are those of another run; says what differs and how to mend it."""


def described(
    folder: Folder,
    parts: Sequence[int],
    *,
    on: date,
    by: Sequence[str] | None,
    law: str,
    only: Sequence[str] | None = None,
) -> dict[str, object]:
    """What was asked of which files, as it is kept: two runs with the same description have the same answer."""
    files = {"calendars": state_of(folder.calendars)}
    for part in parts:
        files[f"{part:05d}"] = [*state_of(folder.children(part)), *state_of(folder.facts(part))]
    named = {name: value if value is None else list(value) for name, value in (("by", by), ("only", only))}
    return {"format": FORMAT, "on": on.isoformat(), **named, "law": law, "files": files}


def state_of(path: Path) -> list[int]:
    """Size in bytes and time of the last change (nanoseconds) of a file."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


class Kept:
    """The folder of finished parts of the run whose answer goes to `out`."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(f"{out.name}.parts")

    def take_up(self, description: Mapping[str, object]) -> None:
        """Makes the folder, or takes up what an earlier run with the same description left in it.

        Raises OtherRun if it was another run.
        """
        note = self.path / NOTE
        if note.is_file():
            differing = differences(json.loads(note.read_text(encoding="utf-8")), description)
        else:
            differing = ["it does not say what it is"] if any(self.path.glob("part-*.parquet")) else []
        if differing:
            raise OtherRun(
                f"{self.path} holds finished parts of another run: {'; '.join(differing)}. Ask again as before to "
                f"take that run up, give another name for the answer, or delete {self.path} to start anew."
            )
        self.path.mkdir(parents=True, exist_ok=True)
        for left in self.path.glob(".part-*"):
            left.unlink(missing_ok=True)
        with whole(note) as writing:
            writing.write_text(json.dumps(description), encoding="utf-8")

    def file(self, part: int) -> Path:
        """Where the finished part lies."""
        return self.path / f"part-{part:05d}.parquet"

    def finished(self, part: int) -> bool:
        """True if the part is there and whole."""
        try:
            pq.read_metadata(self.file(part))
        except (OSError, pa.ArrowException):
            return False
        return True

    def remove(self) -> None:
        """Takes the folder away."""
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to write under; what is there takes the name `path` if the block ends without an error."""
    writing = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        yield writing
        os.replace(writing, path)
    finally:
        writing.unlink(missing_ok=True)


def differences(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """What differs between two descriptions, in words."""
    found = [
        f"{words} {_told(before.get(name))}, and now {_told(now[name])}"
        for name, words in (("format", "it was written in format"), ("on", "it was for"), ("by", "it gave"))
        if before.get(name) != now[name]
    ]
    if before.get("only") != now["only"]:
        found.append(f"it was of {_clocks(before.get('only'))}, and now of {_clocks(now['only'])}")
    if before.get("law") != now["law"]:
        found.append("the law or the program has changed since")
    files = changed(before.get("files"), now["files"])
    if files:
        more = f" and {len(files) - 5} more" if len(files) > 5 else ""
        found.append(f"these files are others now: {', '.join(files[:5])}{more}")
    return found


def _told(value: object) -> str:
    if value is None:
        return "one row a duty"
    if isinstance(value, list):
        return f"one row for each {', '.join(value)}" if value else "one row for all"
    return str(value)


def _clocks(value: object) -> str:
    return f"the clocks {', '.join(map(str, value))}" if isinstance(value, list) else "all clocks"


def changed(before: object, now: object) -> list[str]:
    """The names of the parts whose files are others than before."""
    old, new = (one if isinstance(one, dict) else {} for one in (before, now))
    return [
        name if name == "calendars" else f"part-{name}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
