"""Changing people and organisations. Each verb is whole or not at all."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.models import Organisation, Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Side
from gameplan.people.stamps import touch


@transaction.atomic
def begin_organisation(name: str, *, kind: str, state: str) -> Organisation:
    """The organisation of that name and kind; a new one where there is none yet.

    Raises Refused for an empty name, a kind that is none of `Organisation.Kind`, or a State of other than two letters.
    """
    faults = []
    if not name.strip():
        faults.append(Fault("place", _("It has no name."), _("Write its name.")))
    if kind not in Organisation.Kind.values:
        mend = _("Write one of these: %(kinds)s.") % {"kinds": ", ".join(Organisation.Kind.values)}
        faults.append(Fault("kind", _("This kind of organisation is not known."), mend))
    if not re.fullmatch("[A-Z]{2}", state):
        faults.append(Fault("state", _("This is not a State."), _("Write two letters, for example TX.")))
    if faults:
        raise Refused(faults)
    found, is_new = Organisation.objects.get_or_create(name=name.strip(), kind=kind, defaults={"state": state})
    touch([found.pk] if is_new else [])
    return found


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
    touch([organisation.pk])
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
    touch([post.organisation_id])
    return post
