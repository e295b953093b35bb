"""What a person says of a case that is unclear: it is this student's, or another child's."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.carrying.models import Batch, Line
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused


@transaction.atomic
def decide(batch: Batch, number: int, *, same_as: UUID | None, by: str) -> Line:
    """Say of an unclear line whose case it is; `same_as` None: it is none of those who were proposed.

    Raises Http404 if there is no such line or candidate, and Refused if the batch waits for nothing any more, or
    another case of the file is this student's.
    """
    found = Batch.objects.select_for_update().get(pk=batch.pk)
    line = Line.objects.filter(batch=found, pk=number, kind=Line.Kind.UNCLEAR).first()
    if line is None or (same_as and str(same_as) not in line.candidates):
        raise Http404("There is no such line.")
    if found.state != Batch.State.PREVIEWED:
        raise Refused([Fault("batch", _("This file is not waiting any more."), _("Look at the newest one."))])
    if same_as is not None and _has_another_case(line, same_as):
        what = _("Another case of the file is this student’s.")
        raise Refused([Fault("line", what, _("Say that it is another child, or correct the file."))])
    line.pupil, line.decided = same_as, Line.Said.SAME if same_as else Line.Said.OTHER
    line.decided_by = by
    line.save(update_fields=["pupil", "decided", "decided_by"])
    return line


def _has_another_case(line: Line, pupil: UUID) -> bool:
    return Line.objects.filter(batch=line.batch_id, pupil=pupil).exclude(pk=line.pk).exists()
