"""What happens when a case changes: it is marked, and worked out again as soon as the change is kept.

At home nothing is stored, so nothing is worked out: the pages of one household work out their few cases themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gameplan.cases.today import today
from gameplan.watch.refreshing import refresh
from gameplan.watch.sending import forget_mails
from gameplan.watch.stale import is_marked, mark, mark_many, touch_lists_of

_together: ContextVar[set[UUID] | None] = ContextVar("cases that change together", default=None)


def case_changed(case_id: UUID, **_more: Any) -> None:
    """Mark the case within the transaction that changes it, and work it out once that is kept.

    The mark stands where the second step does not come to its end, and then the worker does it.
    """
    if not settings.GAMEPLAN_SHARED:  # perhaps a command beside a server where people sign in: its lists must know
        touch_lists_of(case_id)
        return
    together = _together.get()
    if together is not None:
        together.add(case_id)
        return
    mark(case_id)

    def kept() -> None:
        work_out_now(case_id)

    transaction.on_commit(kept, robust=True)


@contextmanager
def marked_together() -> Iterator[None]:
    """Many cases change in here, in one transaction: they are marked at its end, and worked out by whoever comes next.

    That is the worker, or the caller with `refreshing.refresh` once the transaction is kept: many at a time cost less.
    """
    several: set[UUID] = set()
    before = _together.set(several)
    try:
        yield
    finally:
        _together.reset(before)
    mark_many(several)


def case_goes(case_id: UUID, **_more: Any) -> None:
    """Lists in which the child stands are made anew and mails about it taken back, as the case is deleted."""
    touch_lists_of(case_id)
    forget_mails(case_id)


def work_out_now(case_id: UUID) -> None:
    """Work a case out again if it is marked: several changes in one transaction need it once."""
    if is_marked(case_id):
        refresh([case_id], today())
