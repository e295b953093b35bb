"""A prepared program that makes writers to be killed: run as `python -m tests.crash.writer`.

It sets up the database once. For each line on its input it forks a writer and says `writer PID`; the writer
adds facts with papers as fast as it can and says `kept FACT_ID` for each one that was confirmed. Once the
writer is killed, it says `gone`.
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from gameplan.cases import verbs
    from gameplan.cases.people import HOME
    from gameplan.core.facts import Child

    call_command("migrate", verbosity=0, interactive=False)
    case = verbs.start_case(HOME, child=Child(name="Ana", state="TX"))
    say(f"case {case.pk}")
    for _round in sys.stdin:
        connections.close_all()
        writer = os.fork()
        if not writer:
            write(case.pk)
        say(f"writer {writer}")
        os.waitpid(writer, 0)
        say("gone")


def write(case_id: UUID) -> None:
    from django.db import transaction

    from gameplan.cases import verbs
    from gameplan.cases.doors import case_for
    from gameplan.cases.people import HOME
    from gameplan.people.roles import Action

    case = case_for(HOME, case_id, to=Action.WRITE)
    while True:
        with transaction.atomic():
            paper = verbs.attach(case, by=HOME, name="scan.pdf", content=b"%PDF-" + os.urandom(20_000))
            on = date(2025, 9, 3) + timedelta(days=len(paper.attachment_id))
            words = f"{os.urandom(600).hex()}"
            fact = verbs.record_fact(
                case, by=HOME, kind="evaluation-requested", on=on,
                data={"received": on, "type": "initial", "by": "parent", "areas": [words]},
                note=sha256(words.encode()).hexdigest(), entry_attachments=[paper.attachment_id],
            )  # fmt: skip
        say(f"kept {fact.fact_id}")


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main()
