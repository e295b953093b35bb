"""The audit of a whole folder, part by part. Memory grows with the parts that are in work, not with the folder."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.answers import Answers
from gameplan.audit.chosen import check_clocks
from gameplan.audit.evaluator import Evaluator
from gameplan.audit.faults import FolderCheck, FolderError, all_faults
from gameplan.audit.groups import check_by
from gameplan.audit.kept import described, whole
from gameplan.audit.layout import Folder
from gameplan.audit.parts import ROWS_AT_ONCE, Asked, PartDone, PartReader, finish_part, gathered, naming, one_part
from gameplan.audit.rows import ROWS
from gameplan.audit.together import put_together, together
from gameplan.core.faults import Fault
from gameplan.law import vocabulary

Progress = Callable[[int], None]
"""Called after each part with the number of children done so far."""


@dataclass(frozen=True)
class Summary:
    """What a run went through and wrote. `kept` parts were finished by an earlier run that was stopped."""

    children: int
    facts: int
    duties: int
    rows: int
    parts: int
    kept: int


@dataclass
class Tally:
    """What the parts that are done come to, while they are done."""

    progress: Progress | None
    done: list[PartDone] = field(default_factory=list)
    children: int = 0

    def add(self, one: PartDone) -> None:
        """Takes up one part."""
        self.done.append(one)
        self.children += one.children
        if self.progress is not None:
            self.progress(self.children)

    @property
    def faults(self) -> list[Fault]:
        """The faults of all parts so far."""
        return all_faults(one.faults for one in self.done)


def run(
    folder: Folder,
    out: Path,
    evaluator: Evaluator,
    *,
    by: Sequence[str] | None,
    workers: int,
    fingerprint: str,
    progress: Progress | None = None,
) -> Summary:
    """Works out every duty of every child of the folder and writes the answer to `out`, one Parquet file.

    `by` None: one row a duty, as `rows.ROWS` says. Otherwise one row a group with its counts, as
    `groups.groups_schema` says, in the order of the groups' words. `workers` parts are in work at once.
    `fingerprint` names the law and the program. A run that was stopped takes up its finished parts when it is started
    again with the same arguments. Raises FolderError with all faults of the folder, OtherRun if finished parts of
    another run stand in the way; nothing is written to `out` then.
    """
    _check_workers(workers)
    asked = Asked(folder.path, out, None if by is None else check_by(by), evaluator.on, fingerprint, evaluator.only)
    parts, reader = start(asked)
    tally = Tally(progress)
    with ready_pool(workers) as pool:
        waiting = [pool.submit(one_part, asked, part, reader, evaluator) for part in parts]
        for one in as_completed(waiting):
            tally.add(one.result())
            if tally.faults:
                break
    if tally.faults:
        refuse(asked, reader, workers, tally.done)
    return finish(asked, parts, tally.done)


def _check_workers(workers: int) -> None:
    if workers < 1:
        raise ValueError(f"{workers} workers cannot do anything: give 1 or more.")


@contextmanager
def ready_pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    """Threads for the parts in work; when the block ends, what has not begun is given up."""
    pool = ThreadPoolExecutor(workers, "audit")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def start(asked: Asked) -> tuple[Sequence[int], PartReader]:
    """The parts of the folder and their reader, when nothing is wrong as far as can be seen without the values.

    Raises FolderError where something is, after the values have been looked at too, and OtherRun.
    """
    folder = Folder(asked.folder)
    check, reader = checked(folder)
    kept = asked.kept
    if asked.out.is_dir() or not asked.out.parent.is_dir():
        raise ValueError(f"{asked.out} cannot be written: name a file in a folder that is there.")
    kept.take_up(described(folder, check.parts, on=asked.on, by=asked.by, law=asked.law, only=asked.only))
    return check.parts, reader


def checked(folder: Folder) -> tuple[FolderCheck, PartReader]:
    """What the footers say of the folder, and its reader. Raises FolderError with every fault, also of the values."""
    known = vocabulary()
    check = FolderCheck(folder, known)
    if not check.calendars_readable:
        raise FolderError(check.faults)
    reader = PartReader(folder, known)
    faults = [*check.faults, *reader.calendar_faults()]
    if faults:
        found = (reader.part(part)[2] for part in check.readable)
        raise FolderError(all_faults([faults, *found]))
    return check, reader


def refuse(asked: Asked, reader: PartReader, workers: int, done: Sequence[PartDone]) -> None:
    """Looks at the parts that nobody has looked at, takes away what was kept, and raises FolderError with it all."""
    seen = {one.part for one in done}
    rest = [part for part in Folder(asked.folder).parts() if part not in seen]
    with ready_pool(workers) as pool:
        others = list(pool.map(lambda part: finish_part(asked, part, reader, None), rest))
    asked.kept.remove()
    raise FolderError(all_faults(one.faults for one in (*done, *others)))


def finish(asked: Asked, parts: Sequence[int], done: Sequence[PartDone]) -> Summary:
    """Puts the finished parts together into the answer, and takes them away."""
    with whole(asked.out) as path:
        duties, rows = put_together(asked, [asked.kept.file(part) for part in parts], path)
    asked.kept.remove()
    return Summary(
        sum(one.children for one in done), sum(one.facts for one in done), duties, rows,
        len(parts), sum(one.kept for one in done),
    )  # fmt: skip


def rows_of(folder: Folder, evaluator: Evaluator, clocks: Sequence[str], workers: int) -> Iterator[pa.Table]:
    """The rows of these clocks (ids, of every pack) as tables of the ROWS schema, part by part in order.

    At most `workers` + 1 parts are in work or waiting to be taken. Raises FolderError with all faults of the folder.
    """
    _check_workers(workers)
    check_clocks(clocks, (one.id for one in evaluator.clocks))
    wanted = np.array([one.id in clocks for one in evaluator.clocks], np.bool_)
    check, reader = checked(folder)
    with ready_pool(workers) as pool:
        waiting: deque[Future[tuple[pa.Table, list[Fault]]]] = deque()
        for number, part in enumerate(check.parts):
            waiting.append(pool.submit(_rows_of_part, part, reader, evaluator, wanted))
            if number >= workers:
                yield _sound(waiting.popleft(), check, reader)
        while waiting:
            yield _sound(waiting.popleft(), check, reader)


def _rows_of_part(part: int, reader: PartReader, evaluator: Evaluator, wanted: Any) -> tuple[pa.Table, list[Fault]]:
    with naming(part, reader.folder.path):
        children, facts, faults = reader.part(part, evaluator.reads)
        if faults:
            return ROWS.empty_table(), faults
        answers = Answers(children, evaluator.clocks)
        chosen = (some[wanted[some["clock"]]] for some in evaluator.duties(children, facts, reader.calendars))
        tables = [answers.table(many) for many in gathered(chosen, ROWS_AT_ONCE)]
        return together([ROWS.empty_table(), *tables]), faults


def _sound(one: Future[tuple[pa.Table, list[Fault]]], check: FolderCheck, reader: PartReader) -> pa.Table:
    table, faults = one.result()
    if faults:
        raise FolderError(all_faults(reader.part(part)[2] for part in check.parts))
    return table
