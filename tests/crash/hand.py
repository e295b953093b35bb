"""One of several programs that write at once: `python -m tests.crash.hand NUMBER SEED WRITES CASE_ID...` (`hands`)."""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from tests.crash.hands import work

    work(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])


if __name__ == "__main__":
    main()
