"""A desk to sort a roster on: a private table file that is gone when it is closed, so that memory stays small.

The files of a roster speak of each other in any order. They are laid out here as they are read, and asked by id. SQLite
makes such a file without a name, keeps little of it in memory, and no other program can open it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any

MEMORY_IN_KB = 16 * 1024
AT_ONCE = 2_000


class Desk:
    """Tables of texts and numbers, for as long as a roster is read."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.execute(f"PRAGMA cache_size = -{MEMORY_IN_KB}")
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def lay(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Make a table with these columns and put the rows into it; how many there were."""
        self._file.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(map(_quoted, columns))})")
        return self.put(table, len(columns), rows)

    def put(self, table: str, width: int, rows: Iterable[Sequence[object]]) -> int:
        """Put further rows of so many cells into a table; how many there were."""
        statement = f"INSERT INTO {_quoted(table)} VALUES ({', '.join('?' * width)})"  # noqa: S608 - names are our own
        count, several = 0, iter(rows)
        while block := list(islice(several, AT_ONCE)):
            self._file.execute("BEGIN")
            self._file.executemany(statement, block)
            self._file.execute("COMMIT")
            count += len(block)
        return count

    def sort(self, table: str, *columns: str) -> None:
        """Let the rows of a table be found by these columns."""
        name = _quoted(f"{table} by {' '.join(columns)}")
        self._file.execute(f"CREATE INDEX {name} ON {_quoted(table)} ({', '.join(map(_quoted, columns))})")

    def ask(self, question: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a question, as they come."""
        return iter(self._file.execute(question, values))

    def ask_in(self, question: str, keys: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a question about keys; `{keys}` stands where they go."""
        return self.ask(question.replace("{keys}", ", ".join("?" * len(keys))), keys)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
