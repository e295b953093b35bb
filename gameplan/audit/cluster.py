"""The same run past one machine: each part is one task of a dask cluster, and its answer a file in a shared folder.

Dask hands out the tasks and hands them out again when a worker is lost. Nothing of a part goes over the network but its
number and what is said of it: workers read the folder and write finished parts themselves. See
docs/decisions/0006-past-one-machine.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from distributed import Client, as_completed

from gameplan.audit.chosen import all_clocks, check_clocks
from gameplan.audit.evaluate import evaluator as law_evaluator
from gameplan.audit.evaluator import Factory
from gameplan.audit.faults import FolderError, all_faults
from gameplan.audit.fingerprint import fingerprint as own_fingerprint
from gameplan.audit.groups import check_by
from gameplan.audit.kept import NOTE
from gameplan.audit.layout import Folder
from gameplan.audit.parts import Asked, PartDone, PartReader, finish_part, one_part
from gameplan.audit.run import Progress, Summary, Tally, finish, start
from gameplan.law import vocabulary

TRIES_AGAIN: Final = 2
"""How often a part is tried again after an error, such as a shared folder that was away for a moment."""


class WorkerDiffers(Exception):
    """Raised when a worker has another law or program, or does not see the shared folder; says which and the mend."""


def run_on(
    client_or_address: Client | str,
    folder: Folder,
    out: Path,
    on: date,
    by: Sequence[str] | None,
    *,
    fingerprint: str,
    only: Sequence[str] | None = None,
    factory: Factory = law_evaluator,
    progress: Progress | None = None,
) -> Summary:
    """As `run.run`, on the workers of a dask cluster; `out` is the same, row for row.

    `client_or_address` is a client of dask.distributed or its scheduler's address ("tcp://10.0.0.5:8786"). Every worker
    must see `folder` and the folder of `out` under the same names and have the same gameplan. `only` are ids of clocks
    (None: all). `factory` is called in the workers, so it must be something they can import. A worker that is lost
    costs the parts it had in work, which others do again. Raises WorkerDiffers, and what `run.run` raises.
    """
    groups = None if by is None else check_by(by)
    clocks = None if only is None else check_clocks(only, all_clocks())
    asked = Asked(folder.path.resolve(), out.resolve(), groups, on, fingerprint, clocks)
    parts, _ = start(asked)
    tally = Tally(progress)
    with connected(client_or_address) as client:
        for one in tasks(client, parts, asked, factory):
            tally.add(one)
            if tally.faults:
                break
        if tally.faults:
            _refuse(client, asked, parts, tally.done)
    _check_all_there(asked, parts)
    return finish(asked, parts, tally.done)


@contextmanager
def connected(client_or_address: Client | str) -> Iterator[Any]:
    """The client itself, or one to the address that is closed when the block ends."""
    if isinstance(client_or_address, Client):
        yield client_or_address
        return
    with Client(client_or_address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        yield client


def tasks(client: Any, parts: Sequence[int], asked: Asked, factory: Factory | None) -> Iterator[PartDone]:
    """What is said of each part, as the workers finish them; what is still waiting at the end is given up."""
    run_id = uuid4().hex
    futures = [
        client.submit(
            part_task, asked, part, factory, own_fingerprint(),
            key=f"audit-part-{part:05d}-{run_id}", retries=TRIES_AGAIN,
        )
        for part in parts
    ]  # fmt: skip
    try:
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
            yield future.result()
    finally:
        client.cancel(futures)


def part_task(asked: Asked, part: int, factory: Factory | None, fingerprint: str) -> PartDone:
    """One part, done in a worker. Doing it twice is the same as once; without a factory it is only checked."""
    if own_fingerprint() != fingerprint:
        raise WorkerDiffers(
            f"A worker has the gameplan {own_fingerprint()}, the one who asks has {fingerprint}: "
            "install the same release on every machine and start the workers again."
        )
    if not (asked.kept.path / NOTE).is_file():
        raise WorkerDiffers(
            f"A worker does not see {asked.kept.path}: mount the folder of the answer, and the folder of facts, under "
            "the same names on every machine."
        )
    reader = reader_of(asked.folder, (asked.kept.path / NOTE).read_text(encoding="utf-8"))
    if factory is None:
        return finish_part(asked, part, reader, None)
    return one_part(asked, part, reader, factory(asked.on, only=asked.only))


@lru_cache(maxsize=1)
def reader_of(folder: Path, note: str) -> PartReader:
    """The reader of a folder, made once a worker and run; `note` says which files there are."""
    return PartReader(Folder(folder), vocabulary())


def _refuse(client: Any, asked: Asked, parts: Sequence[int], done: Sequence[PartDone]) -> None:
    """Has the other parts looked at too, takes away what was kept, and raises FolderError with it all."""
    seen = {one.part for one in done}
    others = list(tasks(client, [part for part in parts if part not in seen], asked, None))
    asked.kept.remove()
    raise FolderError(all_faults(one.faults for one in (*done, *others)))


def _check_all_there(asked: Asked, parts: Sequence[int]) -> None:
    away: list[Any] = [part for part in parts if not asked.kept.finished(part)]
    if away:
        raise WorkerDiffers(
            f"{len(away)} parts were finished and are not in {asked.kept.path} (first: {away[0]:05d}): a worker has "
            "another folder under that name. Mount the same one on every machine."
        )
