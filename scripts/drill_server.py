"""A household's server whose disk and clock `scripts.drills` can change while it runs, for drills only.

    python -m scripts.drill_server FOLDER KNOBS

In the folder KNOBS the file `pages` says how many pages the SQLite file may have (as a full disk would), and `shift` by
how many seconds the clock is wrong.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.core.signals import request_started
from django.db import connection

from gameplan.config.serve import serve

SECONDS_BETWEEN_LOOKS = 0.05
NO_LIMIT = 1_073_741_823


def number_in(path: Path, otherwise: int) -> int:
    """The number in a file, or the other one if there is none."""
    with suppress(OSError, ValueError):
        return int(path.read_text(encoding="utf-8"))
    return otherwise


def limit_the_disk(knobs: Path) -> None:
    """From here on each request may use so many pages of the database."""

    def limit(**_more: Any) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA max_page_count = {number_in(knobs / 'pages', NO_LIMIT)}")

    request_started.connect(limit, weak=False)


def follow_the_clock(knobs: Path) -> None:
    """Keep the clock of this process as wrong as the file says."""
    shift, travelling = 0, time_machine.travel(datetime.now(UTC))
    is_away = False
    while True:
        wanted = number_in(knobs / "shift", 0)
        if wanted != shift:
            if is_away:
                travelling.stop()
            is_away, shift = wanted != 0, wanted
            if is_away:
                travelling = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted), tick=True)
                travelling.start()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def main() -> None:
    """Serve until killed."""
    data, knobs = Path(sys.argv[1]), Path(sys.argv[2])
    limit_the_disk(knobs)

    def in_the_worker() -> None:
        threading.Thread(target=follow_the_clock, args=(knobs,), daemon=True).start()

    os.register_at_fork(after_in_child=in_the_worker)
    serve(data, 0)


if __name__ == "__main__":
    main()
