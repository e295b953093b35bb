"""Sets up a database with cases to write in, in a program of its own: `python -m tests.crash.prepared NUMBER`."""

from __future__ import annotations

import os
import subprocess
import sys

import django


def prepared_cases(place: dict[str, str], number: int) -> list[str]:
    """The ids of so many cases in the database of that environment, which is set up."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.crash.prepared", str(number)],
        env=os.environ | place, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.split()


def main(number: int) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.crash.mixed import start

    for _case in range(number):
        sys.stdout.write(f"{start()}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
