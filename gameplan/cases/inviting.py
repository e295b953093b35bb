"""Who comes into a case and who leaves it. Each side invites its own people; each step stands in the trail.

Raises Refused with every fault where something cannot be done as asked, and PermissionDenied where the reader of the
case may not do it at all. A case must have come through its door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import case_for, may_now, note_access
from gameplan.cases.models import Case, Member
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people import invitations
from gameplan.people.doors import accounts, chain_of
from gameplan.people.models import Invitation, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Action, Side, side_of
from gameplan.people.verbs import give_post

DECIDING = tuple(role.id for role in ROLES.values() if role.decides)
BY_FAMILY = ("parent", "guardian", "advocate", "helper", "interpreter")
BY_SCHOOL = (
    *(role.id for role in ROLES.values() if role.side is Side.SCHOOL and not role.by_post), "interpreter", *DECIDING,
)  # fmt: skip
# A parent's place is taken by no other parent and by no teacher; who was appointed or called in can be let go again.
ENDED_BY_FAMILY = frozenset({"advocate", "helper", "interpreter"})
ENDED_BY_SCHOOL = frozenset(BY_SCHOOL) - {"parent", "guardian", "adult-student"}


@dataclass(frozen=True, slots=True)
class Seat:
    """One of a case's people as a page shows them. `user` is None for a household without accounts."""

    member: Member
    user: User | None
    is_open: bool
    is_reader: bool
    may_be_ended: bool


def roles_to_invite(case: Case) -> tuple[str, ...]:
    """The roles that the reader may invite to: those of their own side."""
    if not may_now(case, Action.PEOPLE):
        return ()
    return BY_SCHOOL if case.reader.side is Side.SCHOOL else BY_FAMILY


@transaction.atomic
def invite_to_case(
    case: Case, *, by: Person, email: str, role: str, decides: bool = True, limits: str = "", language: str = "en"
) -> tuple[Invitation, str]:
    """Ask somebody into the case in a role of one's own side. Gives the invitation and the token of its link.

    `decides` (holds the educational rights) and `limits` (what a court order takes away, in its words) count for those
    who may hold the rights; only the school's side writes them down.
    """
    allowed = roles_to_invite(case)
    if not allowed:
        raise PermissionDenied("This person may not invite others to this case.")
    if role not in allowed:
        mend = _("Choose a role from the list.")
        raise Refused([Fault("role", _("Your side cannot invite somebody to this role."), mend)])
    by_school = by.side is Side.SCHOOL and role in DECIDING
    made, token = invitations.invite_to_case(
        email, case_id=case.pk, role=role, by=by.id, language=language,
        decides=decides if by_school else True, limits=limits if by_school else "",
    )  # fmt: skip
    note_access(case.pk, by, "invite", about=f"invitation:{made.pk}:{role}")
    return made, token


@transaction.atomic
def accept_invitation(token: str, user: User) -> Invitation:
    """The invitation, accepted by this account: the post is given, or the place in the case is made.

    Raises Refused where the link does not work any more, was sent to somebody else, or who invited may not do so now.
    """
    found = invitations.accept(token, user, on=today())
    if found.case_id:
        _take_seat(found, user)
    return found


@transaction.atomic
def withdraw_invitation(case: Case, *, by: Person, invitation: Invitation) -> None:
    """Take an invitation of one's own side back: its link does not work any more."""
    if invitation.role not in roles_to_invite(case):
        raise PermissionDenied("This person may not take this invitation back.")
    invitations.withdraw(invitation)
    note_access(case.pk, by, "withdraw-invitation", about=f"invitation:{invitation.pk}:{invitation.role}")


@transaction.atomic
def end_membership(case: Case, *, by: Person, member: Member) -> Member:
    """Somebody's place in the case ends now. The row stays: who was part of it is part of the record."""
    if not _may_end(case, member):
        raise PermissionDenied("This person may not end that place in the case.")
    # `until` is the last day inside; who is let go is out from this moment on.
    member.until = today() - timedelta(days=1)
    member.save(update_fields=["until"])
    note_access(case.pk, by, "end-member", about=f"member:{member.person}:{member.role}")
    return member


def seats_of(case: Case) -> Sequence[Seat]:
    """The case's people, those who are in it first, then those who were."""
    members = list(Member.objects.filter(case=case).order_by("pk"))
    known = accounts([one.person for one in members])
    people = may_now(case, Action.PEOPLE)
    seats = [
        Seat(
            member, known.get(member.person), _is_open(member, today()), member.person == case.reader.id,
            people and _may_end(case, member),
        )
        for member in members
    ]  # fmt: skip
    return sorted(seats, key=lambda seat: not seat.is_open)


def member_of(case: Case, number: int) -> Member:
    """One of the case's people. Raises Http404 if there is none of that number."""
    found = Member.objects.filter(case=case, pk=number).first()
    if found is None:
        raise Http404("There is nobody of that number in this case.")
    return found


def invitation_to(case: Case, key: object) -> Invitation:
    """An open invitation to this case. Raises Http404 if there is none."""
    try:
        found = invitations.open_invitations(case_id=case.pk, pk=key).first()
    except ValidationError:
        found = None
    if found is None:
        raise Http404("There is no such invitation.")
    return found


def _take_seat(invitation: Invitation, user: User) -> None:
    """Make the place in the case, if who invited may still do so."""
    case = _case_of_inviter(invitation)
    held = Member.objects.select_for_update().filter(case=case, person=str(user.pk)).first()
    if held and _is_open(held, today()):
        mend = _("Ask that your place in it be ended first, if you are to have another one.")
        raise Refused([Fault("invitation", _("You are in this case already."), mend)])
    place = {
        "role": invitation.role, "decides": invitation.decides, "limits": invitation.limits, "until": None,
        "invited_by": invitation.invited_by,
    }  # fmt: skip
    Member.objects.update_or_create(case=case, person=str(user.pk), defaults=place)
    _give_post_for(case, invitation.role, user)
    note_access(case.pk, Person(str(user.pk), invitation.role), "join", about=f"member:{user.pk}:{invitation.role}")


def _case_of_inviter(invitation: Invitation) -> Case:
    inviter = accounts([invitation.invited_by]).get(invitation.invited_by)
    try:
        if inviter is None or not inviter.is_active:
            raise Http404
        return case_for(person_of_user(inviter), invitation.case_id or "", to=Action.PEOPLE)
    except (Http404, PermissionDenied) as gone:
        mend = _("Ask somebody of the case for a new one.")
        raise Refused([Fault("invitation", _("Who invited you cannot do so any more."), mend)]) from gone


def _give_post_for(case: Case, role: str, user: User) -> None:
    """The school's people need a post where the child is; who has none there gets one at the child's school."""
    if side_of(role) is not Side.SCHOOL or case.school is None:
        return
    above = {one.pk for one in chain_of(case.school)}
    if not above & {held.organisation for held in person_of_user(user).posts}:
        give_post(user, case.school, role, since=today())


def _may_end(case: Case, member: Member) -> bool:
    if not _is_open(member, today()) or not may_now(case, Action.PEOPLE):
        return False
    ends = ENDED_BY_SCHOOL if case.reader.side is Side.SCHOOL else ENDED_BY_FAMILY
    return member.role in ends


def _is_open(member: Member, on: date) -> bool:
    return member.until is None or member.until >= on
