"""python -m tests.watch.household_of_many NUMBER: a fresh database with so many families, each with a date near.

python -m tests.watch.household_of_many says what became of their mails: the number of each state.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path


def make(number: int) -> None:
    from django.core.management import call_command

    from gameplan.cases.people import person_of_user
    from gameplan.cases.verbs import record_fact, start_case
    from gameplan.core.facts import Child
    from gameplan.people.models import User
    from gameplan.watch.models import Wish

    call_command("migrate", verbosity=0)
    data = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}
    for index in range(number):
        user = User.objects.create_user(f"family{index}@example.org")
        Wish.objects.create(user=user, quiet_from=0, quiet_until=0)
        person = person_of_user(user).acting_as("parent")
        case = start_case(person, child=Child(name=f"Child {index}", state="TX"))
        record_fact(case, by=person, kind="evaluation-requested", on=date(2025, 9, 3), data=data)


def tell() -> None:
    from django.db.models import Count

    from gameplan.watch.models import Message

    print(json.dumps(dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))))


if __name__ == "__main__":
    from django import setup

    from gameplan.config.serve import prepare

    prepare(Path(sys.argv[1]))
    setup()
    make(int(sys.argv[2])) if len(sys.argv) > 2 else tell()
