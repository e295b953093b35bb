"""Reading people and organisations: the posts that somebody holds, and what lies above a school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gameplan.people.models import Organisation, Post, User


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds today: the organisation and the role."""

    organisation: UUID
    role: str


def account(signed_in: object) -> User | None:
    """The account, if what a request carries as its user is one."""
    return signed_in if isinstance(signed_in, User) else None


def posts_held(user: User, on: date) -> tuple[Held, ...]:
    """The posts that this person holds on a day. One query."""
    open_then = Q(until__isnull=True) | Q(until__gte=on)
    found = Post.objects.filter(open_then, user=user, since__lte=on, organisation__closed_on__isnull=True)
    return tuple(Held(*row) for row in found.order_by("id").values_list("organisation_id", "role"))


def accounts(keys: Iterable[str]) -> dict[str, User]:
    """The accounts of these ids, by id; what is no id of an account is left out. One query."""
    known = [key for key in map(_uuid, keys) if key]
    return {str(key): user for key, user in User.objects.in_bulk(known).items()}


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def posts_ever_held(users: Iterable[User]) -> dict[str, list[Post]]:
    """Every post of these accounts with its organisation, ended ones too, by the id of the account. One query."""
    found: dict[str, list[Post]] = {}
    for post in Post.objects.filter(user__in=list(users)).select_related("organisation").order_by("id"):
        found.setdefault(str(post.user_id), []).append(post)
    return found


def within(place: str, organisations: Iterable[UUID]) -> Q:
    """Rows whose organisation, named by the field `place`, is one of these or lies in one of them."""
    wanted = list(organisations)
    return (
        Q(**{f"{place}__in": wanted})
        | Q(**{f"{place}__parent__in": wanted})
        | Q(**{f"{place}__parent__parent__in": wanted})
    )


def chain_of(organisation: Organisation | None) -> tuple[Organisation, ...]:
    """The organisation, the one that it lies in, and so on up to the State."""
    found: list[Organisation] = []
    while organisation is not None and organisation not in found:
        found.append(organisation)
        organisation = organisation.parent
    return tuple(found)
