"""A case in which requests wait for the mother's signature, set up in a program of its own.

`python -m tests.crash.waiting NUMBER` makes it in the database of its environment and says the id of the case.
"""

from __future__ import annotations

import os
import subprocess
import sys

import django


def case_with_requests(env: dict[str, str], number: int) -> str:
    """The id of a new case with so many requests, whose mother signs in with `shared.PASSWORD`."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.crash.waiting", str(number)],
        env=os.environ | env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.strip()


def main(number: int) -> None:
    django.setup()
    from allauth.account.models import EmailAddress
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from gameplan.people.models import User
    from tests.crash import signed
    from tests.shared import PASSWORD

    case_id = signed.start()
    desk = signed.sit_down(case_id)
    for _request in range(number):
        signed.write_request(desk)
    mother = User.objects.get(pk=desk.case.reader.id)
    mother.set_password(PASSWORD)
    mother.save()
    EmailAddress.objects.create(user=mother, email=mother.email, verified=True, primary=True)
    sys.stdout.write(f"{case_id}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
