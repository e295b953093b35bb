"""Changing people and organisations. Each verb is whole or not at all."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.models import Organisation, Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Side


@transaction.atomic
def give_post(user: User, organisation: Organisation, role: str, *, since: date, until: date | None = None) -> Post:
    """Somebody works there in that role from that day. The same post given twice is one.

    Raises Refused for a role that nobody can have in an organisation (a parent's), or days that cannot be.
    """
    faults = []
    known = ROLES.get(role)
    if known is None or not (known.side is Side.SCHOOL or known.by_post):
        faults.append(Fault("role", _("Nobody can work in this role."), _("Choose one from the list.")))
    if until and until < since:
        faults.append(Fault("until", _("The last day is before the first."), _("Check both days.")))
    if faults:
        raise Refused(faults)
    held = Post.objects.filter(user=user, organisation=organisation, role=role, until__isnull=True).first()
    return held or Post.objects.create(user=user, organisation=organisation, role=role, since=since, until=until)


def begin_organisation(kind: str, name: str, *, state: str) -> Organisation:
    """The organisation of that kind and name; it is made where there is none yet."""
    found, _is_new = Organisation.objects.get_or_create(kind=kind, name=name.strip(), defaults={"state": state.upper()})
    return found


@transaction.atomic
def end_post(post: Post, *, until: date) -> Post:
    """The post ends with that day; what was reached by it closes with it."""
    post.until = max(until, post.since)
    post.save(update_fields=["until"])
    return post
