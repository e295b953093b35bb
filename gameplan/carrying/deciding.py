"""What a person says of a case that is unclear: it is this student's, or another child's."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.arriving.steps import say, undecided
from gameplan.carrying.models import Batch, Line
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused


@transaction.atomic
def decide(batch: Batch, number: int, *, same_as: UUID | None, by: str) -> Line:
    """Say of an unclear line whose case it is; `same_as` None: it is none of those who were proposed.

    Raises Http404 if there is no such line or candidate, and Refused if the batch waits for nothing any more, or
    another case of the file is this student's.
    """
    line: Line = undecided(batch, number, same_as)
    if same_as is not None and _has_another_case(line, same_as):
        what = _("Another case of the file is this student’s.")
        raise Refused([Fault("line", what, _("Say that it is another child, or correct the file."))])
    say(line, same_as, by, pupil=same_as)
    return line


def _has_another_case(line: Line, pupil: UUID) -> bool:
    return Line.objects.filter(batch=line.batch_id, pupil=pupil).exclude(pk=line.pk).exists()
