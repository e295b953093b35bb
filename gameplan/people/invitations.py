"""Invitations: the only way to an account. A link goes to an address, works once, and not for long.

What an invitation leads to in a case is made in the room above (`cases.inviting`), with what `accept` returns.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.models import Invitation, Organisation, User
from gameplan.people.refusals import Refused, unkeepable
from gameplan.people.roles import ROLES, Side
from gameplan.people.verbs import give_post

DAYS_OPEN = 14
MOST_OPEN = 100
"""As many invitations may one person have open at once: a stolen account must not become a source of junk mail."""
LETTERS_OF_A_TOKEN = 32


def invite_to_post(
    email: str, *, organisation: Organisation, role: str, by: str = "", language: str = "en"
) -> tuple[Invitation, str]:
    """Ask somebody to work in an organisation in a role. Gives the invitation and the token of its link.

    Raises Refused for a role that nobody can have in an organisation, or an address that is none.
    """
    known = ROLES.get(role)
    faults = list(_address_faults(email))
    if known is None or not (known.side is Side.SCHOOL or known.by_post):
        faults.append(Fault("role", _("Nobody can work in this role."), _("Choose one from the list.")))
    return _invite(
        email, faults, kind=Invitation.Kind.POST, organisation=organisation, role=role, invited_by=by, language=language
    )


def invite_to_case(
    email: str,
    *,
    case_id: UUID,
    role: str,
    by: str,
    decides: bool = True,
    limits: str = "",
    language: str = "en",
) -> tuple[Invitation, str]:
    """Ask somebody into a case; who may do so is for the room above to say. Raises Refused for a wrong address."""
    faults = [*_address_faults(email), *unkeepable(limits, "limits")]
    return _invite(
        email, faults, kind=Invitation.Kind.CASE, case_id=case_id, role=role, decides=decides, limits=limits.strip(),
        invited_by=by, language=language,
    )  # fmt: skip


def invitation_by(token: str) -> Invitation | None:
    """The invitation of a link, while the link works; otherwise None."""
    found = Invitation.objects.select_related("organisation").filter(token_hash=hash_of(token)).first()
    return found if found and found.is_open else None


@transaction.atomic
def accept(token: str, user: User, *, on: date) -> Invitation:
    """The invitation, accepted by this account. A post is given at once; a role in a case is for the caller to make.

    Raises Refused if the link does not work any more, or was sent to somebody else.
    """
    found = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    if found is None or not found.is_open:
        mend = _("Ask the person who invited you for a new one.")
        raise Refused([Fault("invitation", _("This invitation does not work any more."), mend)])
    if found.email != user.email:
        mend = _("Sign in with the account of that address, or ask to be invited at yours.")
        raise Refused([Fault("invitation", _("This invitation was sent to another address."), mend)])
    found.used_at, found.accepted_by = timezone.now(), user
    found.save(update_fields=["used_at", "accepted_by"])
    if found.organisation:
        give_post(user, found.organisation, found.role, since=on)
    return found


def withdraw(invitation: Invitation) -> Invitation:
    """The invitation, taken back: its link does not work any more. One that was used stays as it is."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    invitation.refresh_from_db()
    return invitation


def forget_invitations(case_ids: Iterable[UUID]) -> None:
    """Delete the invitations to these cases, used and unused: they hold addresses, and go with the case."""
    Invitation.objects.filter(case_id__in=list(case_ids)).delete()


def open_invitations(**where: Any) -> QuerySet[Invitation]:
    """Invitations whose links still work, newest first; `where` says of which case, organisation or person."""
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now(), **where)


def hash_of(token: str) -> str:
    """What is kept of the token of a link."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def _invite(email: str, faults: list[Fault], **about: Any) -> tuple[Invitation, str]:
    if about["invited_by"] and open_invitations(invited_by=about["invited_by"]).count() >= MOST_OPEN:
        mend = _("Take back some of them, or wait until they are used.")
        faults.append(Fault("email", _("You have too many open invitations."), mend))
    if faults:
        raise Refused(faults)
    address = email.strip().lower()
    place = {name: about[name] for name in ("case_id", "organisation") if about.get(name)}
    for older in open_invitations(email=address, role=about["role"], **place):
        withdraw(older)
    token = secrets.token_urlsafe(LETTERS_OF_A_TOKEN)
    until = timezone.now() + timedelta(days=DAYS_OPEN)
    return Invitation.objects.create(email=address, token_hash=hash_of(token), expires_at=until, **about), token


def _address_faults(email: str) -> list[Fault]:
    try:
        validate_email(email.strip())
    except ValidationError:
        return [Fault("email", _("This is not an e-mail address."), _("Write it like ana@example.org."))]
    return []
