"""Reading people and organisations: the posts that somebody holds, and what lies above a school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gameplan.people.models import Organisation, Post, User
from gameplan.people.roles import LEADS, ROLES, Side


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


def named(keys: Iterable[str]) -> dict[str, str]:
    """How people are called, by the id that a case knows them by; who has no account is not in it."""
    found: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        try:
            UUID(key)
        except ValueError:
            continue
        found[key] = ""
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=list(found))}


def places_called(words: str, most: int = 25) -> list[Organisation]:
    """Open schools and districts in whose name, or in whose district's name, all these words stand."""
    found = Organisation.objects.filter(closed_on__isnull=True).exclude(kind=Organisation.Kind.STATE)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(nces_id=word))
    return list(found.select_related("parent__parent")[:most]) if words.strip() else []


def place_named(key: str) -> Organisation | None:
    """The open school or district of that id, or None."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    found = Organisation.objects.filter(pk=wanted, closed_on__isnull=True).exclude(kind=Organisation.Kind.STATE)
    return found.select_related("parent__parent").first()


def staff_of(organisation: Organisation, on: date) -> list[User]:
    """Who works in this organisation itself on the school's side on a day, by name."""
    open_then = Q(posts__until__isnull=True) | Q(posts__until__gte=on)
    roles = [role.id for role in ROLES.values() if role.side is Side.SCHOOL]
    there = Q(posts__organisation=organisation, posts__since__lte=on, posts__role__in=roles)
    return list(User.objects.filter(there & open_then, is_active=True).distinct().order_by("name", "email"))


def places_led(posts: Iterable[Held]) -> list[Organisation]:
    """The open schools and districts for which somebody with these posts answers, by name."""
    led = [held.organisation for held in posts if held.role in LEADS]
    if not led:
        return []
    places = Organisation.objects.filter(closed_on__isnull=True).exclude(kind=Organisation.Kind.STATE)
    here = Q(pk__in=led) | Q(parent__in=led) | Q(parent__parent__in=led)
    return list(places.filter(here).select_related("parent"))
