"""A school takes on a case that was brought to it: it holds the case, and sees what the family chose, all in one."""

from __future__ import annotations

from django.db import transaction

from gameplan.cases import joining
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking
from gameplan.cases.people import Person
from gameplan.people.models import User
from gameplan.together.moving import leave, tell_move
from gameplan.together.showing import show_chosen

FAMILY_READER = "parent"


@transaction.atomic
def accept(asking: Asking, *, by: Person, manager: User | None = None) -> Case:
    """The school says yes. Gives the case as who said yes may now open it.

    For a child who moves, the school that lets the case go first gets its frozen copy. Raises as `joining.take_on`.
    """
    if asking.leaves_id is not None:
        leave(asking, by=by)
    case = joining.take_on(asking, by=by, manager=manager)
    case.reader = Person(asking.asked_by, FAMILY_READER)
    show_chosen(case, by=by, person=asking.asked_by, chosen=asking.chosen)
    case.reader = by
    tell_move(case, asking, by=by)
    return case
