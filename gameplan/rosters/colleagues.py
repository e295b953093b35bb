"""The staff of a roster beside the accounts and posts that there are. A roster gives no post: a person does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gameplan.people.doors import accounts_at, posts_of
from gameplan.people.invitations import open_invitations
from gameplan.people.models import User
from gameplan.people.roles import ROLES
from gameplan.rosters.doors import Keeper
from gameplan.rosters.models import StaffMember


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff: as told, their account if there is one of that address, and the roles they hold there."""

    told: StaffMember
    user: User | None
    roles: Sequence[str]
    is_invited: bool


def colleagues(keeper: Keeper, several: Sequence[StaffMember], on: date) -> list[Colleague]:
    """These staff members with what is known of them here. Three queries."""
    users = accounts_at(one.email for one in several)
    posts = posts_of((user.pk for user in users.values()), on)
    places = [one.school_id for one in several if one.school_id] + [keeper.place.pk]
    invited = set(open_invitations(organisation__in=places).values_list("email", flat=True))
    found = []
    for one in several:
        user = users.get(one.email)
        here = {one.school_id, keeper.place.pk}
        roles = [held.role for held in posts.get(user.pk, ()) if held.organisation in here] if user else []
        found.append(Colleague(one, user, [role for role in roles if role in ROLES], one.email in invited))
    return found
