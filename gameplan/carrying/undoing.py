"""Undoing a batch: its cases go again, all of them, as long as nobody has changed one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.arriving.steps import to_undo, undone
from gameplan.carrying.models import Batch, Line
from gameplan.carrying.taking import blocks
from gameplan.cases.bringing import changed_since, take_back
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused


@transaction.atomic
def undo(batch: Batch, *, by: str) -> Batch:
    """Delete the cases of a batch; the students of the roster stay, without a case. `by`: the account, or "".

    Raises Refused, and deletes nothing, if it is not taken in, or somebody has changed one of its cases since.
    """
    found = to_undo(batch)
    changed = sum(len(changed_since(_numbers(block))) for block in _brought(found))
    if changed:
        what = _("%(count)s of these cases were changed since.") % {"count": changed}
        raise Refused([Fault("batch", what, _("They stay as they are. Correct them one by one."))])
    for block in _brought(found):
        take_back(_numbers(block))
    undone(found, by=by)
    return found


def forget_line(case_id: UUID, **_more: object) -> None:
    """A case is deleted: with it goes what says from which system it came."""
    Line.objects.filter(case_id=case_id).delete()


def _brought(batch: Batch) -> Iterator[list[Line]]:
    return blocks(batch, trail_number__isnull=False)


def _numbers(block: list[Line]) -> dict[UUID, int]:
    return {line.case_id: line.trail_number for line in block if line.trail_number is not None}
