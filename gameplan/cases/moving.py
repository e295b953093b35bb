"""What a school keeps when a child moves on: a frozen copy, who may read it there, and who has."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from gameplan.cases.doors import case_for, note_access
from gameplan.cases.joining import MANAGER, end_school_side, role_there
from gameplan.cases.models import Case, Member
from gameplan.cases.models_joint import KeptCopy
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.people.doors import within
from gameplan.people.models import Organisation
from gameplan.people.roles import LEADS, Action, Side, side_of
from gameplan.people.stamps import touch

MOVED, MERGED = "moved", "merged"


def keep_copy(
    case: Case, content: bytes, *, by: Person, organisation: Organisation | None, reason: str = MOVED
) -> KeptCopy:
    """Freeze these bytes of a case, with their hash, for a school; without one, for the family itself."""
    copy = KeptCopy.objects.create(
        case_id=case.pk, organisation=organisation, child_name=case.child_name, child_born=case.child_born,
        reason=reason, content=content, sha256=hashlib.sha256(content).hexdigest(), made_by=by.id,
    )  # fmt: skip
    note_access(case.pk, by, "keep-copy", about=f"copy:{copy.pk}", digest=copy.sha256)
    return copy


def copies_of(case: Case) -> QuerySet[KeptCopy]:
    """What schools keep of a case, and what was kept when another one came into it; oldest first, without the bytes."""
    keys = [case.pk, *case.stubs.values_list("pk", flat=True)]
    return KeptCopy.objects.filter(case_id__in=keys).select_related("organisation").defer("content")


def copies_for(person: Person) -> list[KeptCopy]:
    """What the schools keep for which this person answers, newest first, without the bytes."""
    led = [held.organisation for held in person.posts if held.role in LEADS]
    if not led:
        return []
    found = KeptCopy.objects.filter(within("organisation", led)).order_by("-at")
    return list(found.select_related("organisation").defer("content"))


@transaction.atomic
def read_copy(person: Person, copy_id: UUID) -> KeptCopy:
    """A frozen copy with its bytes, for who answers for the school that keeps it, and for the family.

    Looking is in the trail of the case, which the family reads (34 CFR 300.614). Raises Http404.
    """
    copy = KeptCopy.objects.filter(pk=copy_id).select_related("organisation__parent__parent").first()
    if copy is None:
        raise Http404("There is no such copy.")
    reader = _reader(person, copy)
    going_on = Case.objects.filter(pk=copy.case_id).values_list("pk", "merged_into").first()
    if going_on:
        note_access(going_on[1] or going_on[0], reader, "share", about=f"copy:{copy.pk}")
    copy.content = bytes(copy.content)
    return copy


def _reader(person: Person, copy: KeptCopy) -> Person:
    """The person in the role in which they may read a copy. Raises Http404 for everybody else."""
    role = role_there(person, copy.organisation) if copy.organisation else None
    if role is not None:
        return person.acting_as(role)
    stub = Case.objects.filter(pk=copy.case_id).values_list("merged_into", flat=True).first()
    reader = case_for(person, stub or copy.case_id, to=Action.SHARE).reader
    if reader.side is not Side.FAMILY:
        raise Http404("There is no such copy.")
    return reader


def as_school(case_id: UUID, by: Person) -> Case:
    """The case as the school sees it that holds it now, for freezing it; `by` is who has it frozen."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    case.reader = by.acting_as(MANAGER)
    return case


def has_family(case: Case) -> bool:
    """True if somebody of the family is among the people of the case."""
    open_now = Q(until__isnull=True) | Q(until__gte=today())
    return any(side_of(one.role) is Side.FAMILY for one in Member.objects.filter(open_now, case=case))


@transaction.atomic
def let_go(case: Case, *, by: Person) -> Case:
    """No school holds the case any more; the family is alone with it, and the school's people are out at once."""
    found = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    end_school_side(found)
    touch([found.school_id])
    found.school = None
    found.save()
    note_access(case.pk, by, "leave-school", about=f"school:{case.school_id}")
    found.reader = by
    return found
