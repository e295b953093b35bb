"""Caseloads of people: standing in for somebody for a while, and handing all children of one manager to another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.assigning import ASSIGNABLE, assign, unassign
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case, Member
from gameplan.cases.people import Person
from gameplan.cases.reach import MANAGER, cases_at_work, open_on, reach_of
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people.models import Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side


def case_of_team(person: Person, case_id: UUID) -> Case:
    """The case, for somebody of the school who may say who works with the child.

    Raises Http404 for a stranger, and PermissionDenied for everybody else, the family too: it does not choose staff.
    """
    case = case_for(person, case_id, to=Action.PEOPLE)
    if case.reader.side is not Side.SCHOOL:
        raise PermissionDenied("Only the school says who of its people works with a child.")
    return case


@transaction.atomic
def substitute(case: Case, stands_in: User, away: str, *, until: date, by: Person) -> Member:
    """Somebody stands in for a person of the school, in the same role, up to and with that day.

    `away`: the id of the one who is stood in for, who keeps their role. The case came through its door with
    Action.PEOPLE. Raises Http404 if nobody of that id works with the child, and what `assign` raises.
    """
    held = Member.objects.filter(open_on(today()), case=case, person=away, role__in=ASSIGNABLE).first()
    if held is None:
        raise Http404("This person is not assigned to this child.")
    if str(stands_in.pk) == away:
        raise Refused([Fault("person", _("Nobody stands in for themselves."), _("Choose somebody else."))])
    return assign(case, stands_in, held.role, until=until, by=by)


@transaction.atomic
def move_caseload(mover: Person, leaves: User, takes: User, *, until: date | None = None) -> int:
    """All children of one IEP manager are another's from now on; how many there were.

    Each case is opened through its door by `mover` with Action.PEOPLE; children whom `mover` does not reach stay where
    they are. With `until` the other one only stands in up to that day, and the first one keeps them. Raises Refused
    for all children at once that the other cannot take (of a school where they do not work); then nothing has moved.
    """
    if leaves == takes:
        raise Refused([Fault("takes", _("This is the same person."), _("Choose somebody else."))])
    theirs = Member.objects.filter(open_on(today()), person=str(leaves.pk), role=MANAGER)
    found = cases_at_work(mover, to=Action.PEOPLE).filter(pk__in=theirs.values("case")).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    faults = [fault for key in keys for fault in _moved(mover, key, leaves, takes, until)]
    if faults:
        raise Refused(dict.fromkeys(faults))
    return len(keys)


def _moved(mover: Person, key: UUID, leaves: User, takes: User, until: date | None) -> tuple[Fault, ...]:
    """Hand over one case; what speaks against it."""
    case = case_for(mover, key, to=Action.PEOPLE)
    try:
        assign(case, takes, MANAGER, until=until, by=case.reader)
    except Refused as refused:
        return refused.faults
    if until is None:
        unassign(case, str(leaves.pk), by=case.reader)
    return ()


def team_of(case: Case) -> list[tuple[User, Member]]:
    """Who of the school works with the child today, by name. Two queries."""
    held = {one.person: one for one in case.members.filter(open_on(today()), role__in=ASSIGNABLE)}
    people = User.objects.filter(pk__in=list(held))
    return sorted(((user, held[str(user.pk)]) for user in people), key=lambda pair: str(pair[0]).casefold())


def staff_for(case: Case) -> list[User]:
    """Who could be assigned to the child: those with a post at the school, its district or its State, by name."""
    if case.school is None:
        return []
    above = [one for one in (case.school.pk, case.school.parent_id) if one]
    posts = Post.objects.filter(open_on(today()), since__lte=today(), organisation__in=above)
    found = User.objects.filter(pk__in=posts.exclude(role="installer").values("user"), is_active=True)
    return sorted(found, key=lambda user: str(user).casefold())


def managers_below(mover: Person) -> list[User]:
    """The people with a post as IEP manager, or with children as one, where this person may hand children over."""
    reach = reach_of(mover, to=Action.PEOPLE)
    if not (reach.districts or reach.schools):
        raise PermissionDenied("This person may not move a caseload.")
    posts = Post.objects.filter(role=MANAGER, organisation__in=list(reach.places))
    return sorted(User.objects.filter(pk__in=posts.values("user")), key=lambda user: str(user).casefold())
