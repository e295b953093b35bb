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
def give_post(
    user: User, organisation: Organisation, role: str, *, since: date, until: date | None = None, by: str = ""
) -> Post:
    """Somebody works there in that role from that day. The same post given twice is one.

    `by`: the id of the account that gives it; empty if it is given on the machine itself.

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
    return held or Post.objects.create(
        user=user, organisation=organisation, role=role, since=since, until=until, given_by=by
    )


@transaction.atomic
def end_post(post: Post, *, until: date, by: str = "") -> Post:
    """The post ends with that day; what was reached by it closes with it. `by`: the id of the account that ends it.

    A day before the first one takes the post back as if it had never been held.
    """
    post.until = until
    post.ended_by = by
    post.save(update_fields=["until", "ended_by"])
    return post
