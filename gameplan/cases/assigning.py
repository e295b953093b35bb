"""Who of the school works with a child: assigning and ending it. Through the door of the case, and in its trail."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case, Member
from gameplan.cases.people import SCHOOL_ROLES, Person
from gameplan.cases.reach import open_on
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people.models import Organisation, Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Side

ASSIGNABLE = tuple(role for role in SCHOOL_ROLES if not ROLES[role].by_post)


@transaction.atomic
def assign(case: Case, user: User, role: str, *, by: Person, until: date | None = None) -> Member:
    """Somebody of the school works with this child in that role, perhaps until a day.

    The case came through its door with Action.PEOPLE. Who had another of the school's roles there has this one now.
    Raises Refused for a role or a person that cannot be, and PermissionDenied if not a person of the school asks.
    """
    now = _held(case, by)
    faults = list(_faults(now, user, role, until))
    if faults:
        raise Refused(faults)
    there = now.members.filter(person=str(user.pk)).first()
    if there and there.role == role and there.until == until:
        return there
    told = {"role": role, "until": until, "invited_by": by.id, "decides": False}
    member, _is_new = Member.objects.update_or_create(case=now, person=str(user.pk), defaults=told)
    note_access(now.pk, by, "assign", about=f"member:{user.pk}:{role}")
    return member


@transaction.atomic
def unassign(case: Case, person_id: str, *, by: Person) -> Member:
    """Somebody of the school does not work with this child any more, from now on. The row stays with its last day.

    Raises Http404 if that person has no role of the school in the case today.
    """
    here = _held(case, by).members.filter(open_on(today()), person=person_id, role__in=SCHOOL_ROLES).first()
    if here is None:
        raise Http404("This person is not assigned to this child.")
    here.until = today() - timedelta(days=1)
    here.save(update_fields=["until"])
    note_access(case.pk, by, "unassign", about=f"member:{person_id}:{here.role}")
    return here


def _held(case: Case, by: Person) -> Case:
    """The case, held until the end of the transaction. Raises PermissionDenied for the family."""
    if by.side is not Side.SCHOOL:
        raise PermissionDenied("Only the school assigns its people.")
    return held(case)


def _faults(case: Case, user: User, role: str, until: date | None) -> list[Fault]:
    if role not in ASSIGNABLE:
        return [Fault("role", _("Nobody can be assigned in this role."), _("Choose one from the list."))]
    if case.school is None:
        return [Fault("case", _("No school holds this case."), _("The family shares it with the school first."))]
    faults = []
    if until and until < today():
        faults.append(Fault("until", _("This day has passed."), _("Choose a day to come, or leave it empty.")))
    if case.members.filter(open_on(today()), person=str(user.pk)).exclude(role__in=SCHOOL_ROLES).exists():
        what = _("{name} stands on the family’s side in this case.").format(name=user)
        faults.append(Fault("person", what, _("Choose somebody else.")))
    if not works_at(user, case.school, today()):
        what = _("{name} does not work at this child’s school.").format(name=user)
        faults.append(Fault("person", what, _("Give them a post there first.")))
    return faults


def works_at(user: User, school: Organisation, on: date) -> bool:
    """True if this person holds a post at that school, in its district or in its State on that day. One query."""
    posts = Post.objects.filter(open_on(on), user=user, since__lte=on)
    above = Q(organisation=school) | Q(organisation__parts=school) | Q(organisation__parts__parts=school)
    return posts.filter(above).exists()
