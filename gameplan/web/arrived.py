"""What the pages of files that arrive do alike: rosters, and cases from a former system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from gameplan.people.refusals import Refused

L = TypeVar("L", bound=Model)
A_PAGE, MOST_DIGITS = 50, 18


def try_it(request: HttpRequest, do: Callable[[], object], said: str) -> None:
    """Do it and say so, or say why not."""
    try:
        do()
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    else:
        messages.success(request, said)


def language_here() -> str:
    """The language of this page, as files that are read later tell their faults."""
    return (get_language() or "en")[:2]


def number_in(after: str) -> int:
    """The number of a line after which a page begins, as an address says it; nonsense is the beginning."""
    return int(after) if after.isdecimal() and len(after) < MOST_DIGITS else 0


def one_page(lines: QuerySet[L, Any]) -> tuple[list[L], int]:
    """The first lines, and the number after which the next page begins; 0 for the last one."""
    found = list(lines[: A_PAGE + 1])
    return found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else 0
