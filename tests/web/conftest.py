"""A real server of its own for each walk through the pages."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.served import Served

Serve = Callable[[str], Served]
DATABASE = "gameplan.sqlite3"


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start a real server with a new, empty data folder, on which it is always the given day.

    Only the first one of a run makes its tables; the others begin with a copy of them.
    """
    base = tmp_path_factory.getbasetemp()
    tables = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "tables.sqlite3"
    with ExitStack() as servers:

        def start(today: str) -> Served:
            data: Path = tmp_path_factory.mktemp("home") / "gameplan"
            if tables.is_file():
                data.mkdir(mode=0o700)
                shutil.copy(tables, data / DATABASE)
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("GAMEPLAN_TODAY", today)
                served = servers.enter_context(Served(data))
            if not tables.is_file():
                keep_tables(data / DATABASE, tables)
            return served

        yield start


def keep_tables(database: Path, kept: Path) -> None:
    """A whole copy of a database that runs, put in its place at once."""
    part = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(database)) as one, closing(sqlite3.connect(part)) as other:
        one.backup(other)
    os.replace(part, kept)
