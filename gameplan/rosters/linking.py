"""A pupil and a case: beginning one, saying that one is this child's, and taking that back. Never by itself.

Only cases that the school holds are looked at: what a family keeps alone at home is found by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gameplan.cases.doors import case_for, held, note_access
from gameplan.cases.joining import begin_for_school, role_there
from gameplan.cases.merging import twins_at
from gameplan.cases.models import Case
from gameplan.cases.reach import cases_at_work
from gameplan.core.facts import Child
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.rosters.doors import Reader
from gameplan.rosters.models import Pupil

MOST_PROPOSED = 10


@dataclass(frozen=True)
class Proposed:
    """Cases of the pupil's school that may be this child's.

    `to_link`: those that the reader may say so of. `led_by_others`: how many more the school holds of a child of this
    name and birth date, which the reader does not reach.
    """

    to_link: Sequence[Case]
    led_by_others: int


def proposed(reader: Reader, pupil: Pupil) -> Proposed:
    """The cases that may be this pupil's: of the same name or the same birth date, at the same school."""
    if pupil.school_id is None or pupil.case_id is not None:
        return Proposed((), 0)
    alike = Q(child_sought=pupil.sought)
    if pupil.born:
        alike |= Q(child_born=pupil.born)
    mine = cases_at_work(reader.person, to=Action.PEOPLE).filter(alike, school=pupil.school_id, pupil__isnull=True)
    to_link = list(mine.filter(merged_into__isnull=True).order_by("child_sought", "pk")[:MOST_PROPOSED])
    others = {one.pk for one in twins_at(pupil.school_id, f"{pupil.given} {pupil.family}", pupil.born)}
    return Proposed(to_link, len(others - {one.pk for one in to_link}))


def may_begin(reader: Reader, pupil: Pupil) -> bool:
    """True if the reader answers for the pupil's school, and the pupil has no case."""
    return bool(pupil.active and pupil.case_id is None and pupil.school and role_there(reader.person, pupil.school))


@transaction.atomic
def begin(reader: Reader, pupil: Pupil, *, language: str = "en") -> Case:
    """A new case of this pupil, which the school begins; the family is invited to it afterwards.

    Raises PermissionDenied for who does not answer for the school, and Refused if the child has a case, or somebody
    else at the school has begun one of a child of this name and birth date.
    """
    locked = _locked(pupil)
    if locked.school is None:
        raise Refused([Fault("pupil", _("The roster names no school of this student."), _("Correct it there first."))])
    if not may_begin(reader, locked):
        raise PermissionDenied("This person may not begin a case of this pupil.")
    if twins_at(locked.school.pk, f"{locked.given} {locked.family}", locked.born):
        what = _("Your school has a case of a child with this name and birth date already.")
        raise Refused([Fault("pupil", what, _("Say that it is this student’s, or ask the director to."))])
    told = Child(locked.name, locked.born, locked.school.state or None, locked.grade)
    case = begin_for_school(reader.person, school=locked.school, child=told, language=language)
    _link(locked, case)
    return case


@transaction.atomic
def link(reader: Reader, pupil: Pupil, case_id: UUID) -> Case:
    """Say that a case is this pupil's.

    Raises Http404 or PermissionDenied as its door does (Action.PEOPLE), and Refused if the pupil has a case, the case
    another pupil, or if it is not one of those that were proposed.
    """
    case = held(_on_school_side(case_for(reader.person, case_id, to=Action.PEOPLE)))
    locked = _locked(pupil)
    if case.pk not in {one.pk for one in proposed(reader, locked).to_link}:
        what = _("This case cannot be this student’s.")
        raise Refused([Fault("case", what, _("Look at both again: name, birth date and school."))])
    _link(locked, case)
    return case


@transaction.atomic
def unlink(reader: Reader, pupil: Pupil) -> None:
    """Take back that a case is this pupil's; the case stays. Raises as `link` does."""
    if pupil.case_id is None:
        return
    case = held(_on_school_side(case_for(reader.person, pupil.case_id, to=Action.PEOPLE)))
    locked = _locked(pupil)
    locked.case = None
    locked.save(update_fields=["case"])
    note_access(case.pk, case.reader, "unlink-pupil", about=f"pupil:{locked.pk}")


def _on_school_side(case: Case) -> Case:
    if case.reader.side is not Side.SCHOOL:
        raise PermissionDenied("Only the school says which of its pupils a case is about.")
    return case


def _link(pupil: Pupil, case: Case) -> None:
    pupil.case = case
    pupil.save(update_fields=["case"])
    note_access(case.pk, case.reader, "link-pupil", about=f"pupil:{pupil.pk}")


def _locked(pupil: Pupil) -> Pupil:
    """The pupil as kept now, held until the end of the transaction."""
    return Pupil.objects.select_for_update(of=("self",)).select_related("school__parent__parent").get(pk=pupil.pk)
