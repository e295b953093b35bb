"""The only way into an organisation. Whoever holds a post there sees its page; who runs it may change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from gameplan.cases.people import Person
from gameplan.people.doors import chain_of
from gameplan.people.models import Organisation, Post

RUNS = frozenset({"installer", "district-director"})
"""The roles that run an organisation and all that lies in it."""


class Act(StrEnum):
    """What somebody wants to do with an organisation."""

    SEE = "see"
    RUN = "run"  # its parts, its staff, its calendars


@dataclass(frozen=True)
class Place:
    """An organisation that was let through its door: for whom, and whether that person runs it."""

    organisation: Organisation
    person: Person
    runs: bool

    @property
    def above(self) -> tuple[Organisation, ...]:
        """The organisations that it lies in, the nearest first."""
        return chain_of(self.organisation)[1:]

    @property
    def roles(self) -> frozenset[str]:
        """The roles in which this person works here or above."""
        chain = {one.pk for one in chain_of(self.organisation)}
        return frozenset(held.role for held in self.person.posts if held.organisation in chain)


def organisation_for(person: Person, organisation_id: UUID, *, to: Act = Act.SEE) -> Place:
    """The organisation, if this person may do that with it.

    Seen by those who hold a post in it, above it, or in one of its parts; run by its installer and director, and by
    those above. Raises Http404 for everybody else, and PermissionDenied for who sees it and may not run it.
    """
    found = Organisation.objects.select_related("parent__parent").filter(pk=organisation_id).first()
    if found is None:
        raise Http404("There is no such place.")
    chain = {one.pk for one in chain_of(found)}
    roles = {held.role for held in person.posts if held.organisation in chain}
    if not roles and not _has_a_part_of(found, person):
        raise Http404("There is no such place.")
    place = Place(found, person, runs=bool(roles & RUNS))
    if to is Act.RUN and not place.runs:
        raise PermissionDenied("This person may not change this place.")
    return place


def _has_a_part_of(organisation: Organisation, person: Person) -> bool:
    held = [post.organisation for post in person.posts]
    return bool(held) and Organisation.objects.filter(_in([organisation.pk]), pk__in=held).exists()


def places_of(person: Person) -> QuerySet[Organisation]:
    """The organisations in which this person holds a post. Raises Http404 for somebody who holds none."""
    held = [post.organisation for post in person.posts]
    if not held:
        raise Http404("There is no such page for this person.")
    return Organisation.objects.filter(pk__in=held).select_related("parent__parent")


def parts_of(place: Place) -> list[Organisation]:
    """What lies directly in it: all for who works here or above, else what leads to a post of this person."""
    parts = Organisation.objects.filter(parent=place.organisation)
    if not place.roles:
        held = [post.organisation for post in place.person.posts]
        parts = parts.filter(Q(pk__in=held) | Q(parts__in=held)).distinct()
    return list(parts)


def staff_of(place: Place, on: date) -> list[Post]:
    """The posts of an organisation that are held on that day or begin later, by name and role."""
    lasting = Q(until__isnull=True) | Q(until__gte=on)
    found = Post.objects.filter(lasting, organisation=place.organisation).select_related("user")
    return sorted(found, key=lambda post: (str(post.user).casefold(), post.role))


def post_of(place: Place, post_id: int) -> Post:
    """One post of the organisation. Raises Http404 if it has no such post."""
    found = Post.objects.filter(pk=post_id, organisation=place.organisation).select_related("user").first()
    if found is None:
        raise Http404("There is no such post.")
    return found


def schools_below(organisations: Iterable[UUID]) -> QuerySet[Organisation]:
    """The schools among these organisations and in them, by name."""
    return Organisation.objects.filter(_in(list(organisations)), kind=Organisation.Kind.SCHOOL)


def _in(organisations: list[UUID]) -> Q:
    """These organisations and all that lies in them."""
    return Q(pk__in=organisations) | Q(parent__in=organisations) | Q(parent__parent__in=organisations)
