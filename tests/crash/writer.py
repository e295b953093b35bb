"""A prepared program that makes writers to be killed: run as `python -m tests.crash.writer`.

It sets up the database once and makes some writes, so that nearly everything is loaded. For each line on its input
it forks a writer and says `writer PID`; the writer writes as fast as it can and says `kept KIND NAME` for each write
that was confirmed. Once the writer is killed, it says `gone`.
"""

from __future__ import annotations

import os
import sys
from uuid import UUID

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    from tests.crash.mixed import KINDS, sit_down, start

    case_id = start()
    desk = sit_down(case_id)
    for kind in (one for one in KINDS if not one.prints):
        say(f"kept {kind.name} {kind.write(desk)}")
    say(f"case {case_id}")
    for _round in sys.stdin:
        connections.close_all()
        writer = os.fork()
        if not writer:
            write(case_id)
        say(f"writer {writer}")
        os.waitpid(writer, 0)
        say("gone")


def write(case_id: UUID) -> None:
    from tests.crash.mixed import sit_down, some_write

    desk = sit_down(case_id)
    while True:
        kind, name = some_write(desk)
        say(f"kept {kind} {name}")


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main()
