"""Reading people and organisations: the posts that somebody holds, and what lies above a school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def account_at(email: str) -> User | None:
    """The account in use of that e-mail address, or None."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def posts_held(user: User, on: date) -> tuple[Held, ...]:
    """The posts that this person holds on a day. One query."""
    open_then = Q(until__isnull=True) | Q(until__gte=on)
    found = Post.objects.filter(open_then, user=user, since__lte=on, organisation__closed_on__isnull=True)
    return tuple(Held(*row) for row in found.order_by("id").values_list("organisation_id", "role"))


def accounts(keys: Iterable[str]) -> dict[str, User]:
    """The accounts of these ids, by id; what is no id of an account is left out. One query."""
    known = [key for key in map(_uuid, keys) if key]
    return {str(key): user for key, user in User.objects.in_bulk(known).items()}


def accounts_at(addresses: Iterable[str]) -> dict[str, User]:
    """The accounts that can be entered, by their e-mail addresses in small letters. One query."""
    wanted = {address.strip().lower() for address in addresses} - {""}
    return {user.email: user for user in User.objects.filter(email__in=wanted, is_active=True)}


def works_at(user: User, school: Organisation, on: date) -> bool:
    """True if this person holds a post at that school, in its district or in its State on that day. One query."""
    posts = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), user=user, since__lte=on)
    above = Q(organisation=school) | Q(organisation__parts=school) | Q(organisation__parts__parts=school)
    return posts.filter(above).exists()


def organisations_below(keys: Iterable[UUID]) -> dict[UUID, Organisation]:
    """These organisations and all that lie in them, by id; closed ones too. One query, or none for no key."""
    held = list(keys)
    below = Q(pk__in=held) | Q(parent__in=held) | Q(parent__parent__in=held)
    return {one.pk: one for one in Organisation.objects.filter(below)} if held else {}


def organisations_by_id(keys: Iterable[UUID]) -> tuple[Organisation, ...]:
    """The open organisations of these ids, by name, each with what it lies in. One query, or none for no key."""
    wanted = list(keys)
    found = Organisation.objects.filter(pk__in=wanted, closed_on__isnull=True).select_related("parent__parent")
    return tuple(found) if wanted else ()


def every_organisation() -> tuple[Organisation, ...]:
    """All organisations, closed ones too, by name."""
    return tuple(Organisation.objects.all())


def nobody_yet() -> bool:
    """True while nobody has an account."""
    return not User.objects.exists()


def installer() -> User | None:
    """Somebody who is installer of any organisation, or None."""
    held = Post.objects.filter(role="installer", until__isnull=True).select_related("user").first()
    return held.user if held else None


def organisations(name: str = "") -> tuple[Organisation, ...]:
    """The organisations of that name; of any name if none is given."""
    found = Organisation.objects.filter(closed_on__isnull=True)
    return tuple(found.filter(name=name.strip()) if name else found)


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


def posts_of(users: Iterable[UUID], on: date) -> dict[UUID, tuple[Held, ...]]:
    """The posts that each of these people holds on a day; who holds none is left out. One query."""
    open_then = Q(until__isnull=True) | Q(until__gte=on)
    rows = Post.objects.filter(open_then, user__in=list(users), since__lte=on, organisation__closed_on__isnull=True)
    found: dict[UUID, tuple[Held, ...]] = {}
    for user, organisation, role in rows.order_by("id").values_list("user_id", "organisation_id", "role"):
        found[user] = (*found.get(user, ()), Held(organisation, role))
    return found


def accounts_of(users: Iterable[UUID]) -> dict[UUID, User]:
    """The accounts of these people that are in use. One query."""
    return User.objects.filter(is_active=True).in_bulk(list(users))


def every_account(at_once: int = 1000) -> Iterator[list[UUID]]:
    """The ids of all accounts in use, so many at once."""
    found = User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    block = list(found[:at_once])
    while block:
        yield block
        block = list(found.filter(pk__gt=block[-1])[:at_once])


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
    return {key: str(user) for key, user in accounts(keys).items()}


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
