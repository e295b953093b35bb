"""What a person says of a row that is unclear: it is this child, or another one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.arriving.steps import say, undecided
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.rosters.matching import Reason
from gameplan.rosters.models import Line, Take

ONLY_SAME = (Reason.TWINS,)
"""Where another child cannot be meant: two rows of the file have been mixed up, and are put right there."""


@transaction.atomic
def decide(take: Take, number: int, *, same_as: UUID | None, by: str) -> Line:
    """Say of an unclear line which child it is; `same_as` None: none of those who were proposed, but another one.

    Raises Http404 if there is no such line or candidate, and Refused if the take waits for nothing any more, or the
    child has another row in the file.
    """
    line: Line = undecided(take, number, same_as)
    if same_as is None and line.reason in ONLY_SAME:
        mend = _("Correct the rows in the system that the file comes from.")
        raise Refused([Fault("line", _("Another child has this name and birth date already."), mend)])
    if same_as is not None and _has_another_row(line, same_as):
        what = _("This child has another row in the file.")
        raise Refused([Fault("line", what, _("Say that it is another child, or correct the file."))])
    say(line, same_as, by, key=same_as or uuid4())
    return line


def _has_another_row(line: Line, pupil: UUID) -> bool:
    others = Line.objects.filter(take=line.take_id, key=pupil, what=Line.What.PUPIL).exclude(pk=line.pk)
    return others.exclude(kind=Line.Kind.GONE).exists()
