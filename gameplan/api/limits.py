"""How often a program may ask: the counting of `people.limits`, told as a problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext as _

from gameplan.api.problems import Problem
from gameplan.people import limits
from gameplan.people.limits import TooMany, address_of

__all__ = ["AN_ADDRESS", "A_TOKEN", "WRONG_TOKENS", "address_of", "refuse_if_spent", "spend"]

A_TOKEN: Final = 300
AN_ADDRESS: Final = 600
WRONG_TOKENS: Final = 30
"""As often may an address show a token that does not work, in a minute."""


def spend(what: str, who: str, most: int) -> None:
    """Count one request of somebody. Raises Problem (429) with the seconds to wait, once it is more than `most`."""
    with _told_as_problem():
        limits.spend(f"api-{what}", who, most)


def refuse_if_spent(what: str, who: str, most: int) -> None:
    """Raises Problem (429) for somebody who has reached that number already; counts nothing. One query."""
    with _told_as_problem():
        limits.refuse_if_spent(f"api-{what}", who, most)


@contextmanager
def _told_as_problem() -> Iterator[None]:
    try:
        yield
    except TooMany as many:
        detail = _("Wait %(seconds)s seconds.") % {"seconds": many.wait}
        raise Problem("too-many", detail, headers={"Retry-After": str(many.wait)}) from many
