"""A prepared program that makes writers to be killed: run as `python -m tests.crash.writer MIX`.

It sets up the database once and makes some writes, so that nearly everything is loaded. For each line on its input
it forks a writer and says `writer PID`; the writer writes as fast as it can and says `kept KIND NAME` for each write
that was confirmed. Once the writer is killed, it says `gone`. For the line `finish` it does what waits, as a worker
would, and says `finished`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django

from tests.crash.mixes import mix_of

if TYPE_CHECKING:
    from tests.crash.kinds import Mix


def main(name: str) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    mix = mix_of(name)
    case_id = mix.start()
    desk = mix.sit_down(case_id)
    for kind in (one for one in mix.kinds if not one.prints):
        say(f"kept {kind.name} {kind.write(desk)}")
    say(f"case {case_id}")
    for line in sys.stdin:
        if line == "finish\n":
            mix.finish(mix.sit_down(case_id))
            say("finished")
            continue
        connections.close_all()
        writer = os.fork()
        if not writer:
            write(mix, case_id)
        say(f"writer {writer}")
        os.waitpid(writer, 0)
        say("gone")


def write(mix: Mix[Any], case_id: UUID) -> None:
    desk = mix.sit_down(case_id)
    while True:
        kind, name = mix.write(desk)
        say(f"kept {kind} {name}")


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
