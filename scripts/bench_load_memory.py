"""Memory and processor time of each process of the server during `make bench ARGS=load`, read from /proc (Linux)."""

from __future__ import annotations

import os
import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from rich.table import Table

from gameplan.web.kept_pages import MOST_BYTES

PROC: Final = Path("/proc")
EVERY: Final = 5.0
MINUTE: Final = 60.0
FLAT: Final = 1.05
"""So many times the minute in the middle is the last minute at most, where memory is flat."""
ROOM: Final = MOST_BYTES / 2**20
"""So many MiB a process that answers may take besides, for the pages that it keeps."""
POSTGRES: Final = "PostgreSQL, all together"


@dataclass(frozen=True)
class Look:
    """One look at a process: when, MiB that it holds (and its share of them), seconds of processors so far."""

    at: float
    held: float
    share: float
    cpu: float


@dataclass
class Watch:
    """Looks at the processes of the server every few seconds, in a thread of its own, until `stop`.

    `roots`: the first process of the server, and that of PostgreSQL if it is on this machine.
    """

    program: int
    postgres: int | None = None
    looks: dict[str, list[Look]] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    spent: dict[int, float] = field(default_factory=dict)

    def run(self) -> None:
        """Look until stopped; nothing where there is no /proc."""
        while PROC.is_dir() and not self.stopped.is_set():
            self.look()
            self.stopped.wait(EVERY)

    def look(self) -> None:
        """Look once at each process."""
        tree = _children()
        for name, pids in (*_of_program(self.program, tree), (POSTGRES, _of_postgres(self.postgres, tree))):
            found = {pid: numbers for pid in pids if (numbers := _numbers(pid))}
            if found:
                held, share, _cpu = (sum(numbers) for numbers in zip(*found.values(), strict=True))
                looks = self.looks.setdefault(name, [])
                before = looks[-1].cpu if looks else 0.0
                looks.append(Look(monotonic(), held, share, before + sum(map(self._since, found, found.values()))))

    def _since(self, pid: int, numbers: tuple[float, float, float]) -> float:
        """Seconds of processors since the last look: processes of PostgreSQL come and go, and what they took stays."""
        before = self.spent.get(pid, 0.0)
        self.spent[pid] = numbers[2]
        return max(0.0, numbers[2] - before)

    def grown(self) -> list[str]:
        """The processes of the program whose memory was not flat in the second half, and took more than its room."""
        return [name for name, looks in self.looks.items() if name != POSTGRES and _has_grown(looks)]

    def table(self) -> Table:
        """A row for each process."""
        table = Table(title="Memory in MiB, and processor time")
        for name in ("process", "first minute", "in the middle", "last minute", "most", "its share", "MiB/h", "CPU"):
            table.add_column(name, justify="left" if name == "process" else "right")
        for name, looks in self.looks.items():
            lasted = looks[-1].at - looks[0].at
            table.add_row(
                name, *(f"{_held(looks, place):.0f}" for place in (0, len(looks) // 2, -1)),
                f"{max(one.held for one in looks):.0f}", f"{looks[-1].share:.0f}", f"{_slope(looks):+.0f}",
                f"{(looks[-1].cpu - looks[0].cpu) / lasted:.0%}" if lasted else "",
            )  # fmt: skip
        table.caption = "held: with what it shares with the others; MiB/h: in the second half; CPU: of one processor"
        return table


def _has_grown(looks: Sequence[Look]) -> bool:
    first, middle, last = (_held(looks, place) for place in (0, len(looks) // 2, -1))
    return last > FLAT * middle and last > first + ROOM


def _held(looks: Sequence[Look], place: int) -> float:
    """The mean of what was held within half a minute of that look; of the first and the last within their minute."""
    at = looks[place].at
    return statistics.mean(one.held for one in looks if abs(one.at - at) <= (MINUTE / 2 if place > 0 else MINUTE))


def _slope(looks: Sequence[Look]) -> float:
    half = looks[len(looks) // 2 :]
    if len(half) < 2:
        return 0.0
    return statistics.linear_regression([one.at for one in half], [one.held for one in half]).slope * 3600


def _of_program(first: int, tree: Mapping[int, Sequence[int]]) -> Iterator[tuple[str, list[int]]]:
    yield "the program that watches", [first]
    number = 0
    for pid in sorted(tree.get(first, ())):
        words = _command(pid)
        if "resource_tracker" in words:
            continue
        number += "spawn_main" not in words
        yield "the worker" if "spawn_main" in words else f"answering, process {number}", [pid]


def _of_postgres(first: int | None, tree: Mapping[int, Sequence[int]]) -> list[int]:
    return [first, *tree.get(first, ())] if first else []


def _children() -> dict[int, list[int]]:
    """The children of each process."""
    found: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (told := _read(folder / "stat")):
            found.setdefault(int(told.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    return found


def _numbers(pid: int) -> tuple[float, float, float] | None:
    """MiB held, MiB of its share, seconds of processors; None for a process that is gone."""
    told, stat = _read(PROC / str(pid) / "smaps_rollup"), _read(PROC / str(pid) / "stat")
    sizes = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in told.splitlines()[1:]}
    if "Rss" not in sizes or not stat:
        return None
    ticks = stat.rpartition(")")[2].split()[11:13]
    return sizes["Rss"], sizes["Pss"], sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _command(pid: int) -> str:
    return _read(PROC / str(pid) / "cmdline").replace("\0", " ")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
