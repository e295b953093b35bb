"""Groups of a school for extra help: which there are, and begin, rename and end one.

Whoever asks has come through `districts.doors.organisation_for`, which says who may see a place. A group is nobody's
file: who is in it follows from the help of each child, and is read only with that child's case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.doors import chain_of
from gameplan.people.models import Organisation
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import ROLES, Action
from gameplan.progress.models_supports import Group
from gameplan.progress.tiers import AREAS, TIERS

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a group is: its name, tier and area (`tiers.AREAS`), and who teaches it."""

    name: str
    tier: int
    area: str
    who: str = ""


def groups_of(organisation: Organisation | None, *, ended: bool = False) -> list[Group]:
    """The groups of a school by name; with `ended` also those that are over. None for a case without a school."""
    if organisation is None:
        return []
    found = Group.objects.filter(organisation=organisation)
    return list(found if ended else found.filter(ended_on__isnull=True))


def groups_at(schools: Iterable[UUID]) -> list[Group]:
    """The groups of these schools that are not over, with their schools. One query."""
    found = Group.objects.filter(organisation__in=list(schools), ended_on__isnull=True)
    return list(found.select_related("organisation"))


def group_in(organisation: Organisation | None, group_id: UUID) -> bool:
    """True if the school has such a group and it is not over."""
    return any(one.pk == group_id for one in groups_of(organisation))


def group_of(organisation: Organisation, group_id: UUID) -> Group:
    """One group of a school. Raises Http404 if it has no such group."""
    found = Group.objects.filter(organisation=organisation, pk=group_id).first()
    if found is None:
        raise Http404("There is no such group.")
    return found


def may_group(person: Person, organisation: Organisation) -> bool:
    """True for who plans for children at this school: a teacher, a provider, a leader there or above it."""
    chain = {one.pk for one in chain_of(organisation)}
    works = organisation.kind == Organisation.Kind.SCHOOL
    return works and any(held.organisation in chain and Action.PLAN in ROLES[held.role].may for held in person.posts)


@transaction.atomic
def begin_group(organisation: Organisation, *, by: Person, words: GroupWords) -> Group:
    """A new group of a school. Raises Refused with every fault, and PermissionDenied as `may_group` says."""
    _let(by, organisation)
    refuse([*_name_faults(organisation, words.name), *_words_faults(words)])
    return Group.objects.create(
        organisation=organisation, name=words.name.strip(), tier=words.tier, area=words.area, who=words.who.strip()
    )


@transaction.atomic
def rename_group(group: Group, *, by: Person, name: str, who: str) -> Group:
    """The group is called so from now on, and these people teach it. Raises Refused and PermissionDenied."""
    _let(by, group.organisation)
    refuse([*_name_faults(group.organisation, name, but=group), *unkeepable(who, "who"), *_short(who, "who")])
    group.name, group.who = name.strip(), who.strip()
    group.save(update_fields=["name", "who"])
    return group


@transaction.atomic
def end_group(group: Group, *, by: Person, on: date) -> Group:
    """Nobody is put into the group any more. The help of each child goes on until somebody ends or changes it.

    Raises PermissionDenied.
    """
    _let(by, group.organisation)
    group.ended_on = on
    group.save(update_fields=["ended_on"])
    return group


def _let(by: Person, organisation: Organisation) -> None:
    if not may_group(by, organisation):
        raise PermissionDenied("Groups are made by those who plan for children at the school.")


def _name_faults(organisation: Organisation, name: str, but: Group | None = None) -> Iterator[Fault]:
    yield from unkeepable(name, "name")
    yield from _short(name, "name")
    if not name.strip():
        yield Fault("name", _("It needs a name."), _("Such as: Reading, Tuesdays."))
    same = (one for one in groups_of(organisation) if one.name.casefold() == name.strip().casefold())
    if any(but is None or one.pk != but.pk for one in same):
        yield Fault("name", _("There is a group of that name."), _("Choose another name."))


def _words_faults(words: GroupWords) -> Iterator[Fault]:
    if words.tier not in TIERS:
        yield Fault("tier", _("There are the tiers 1, 2 and 3."), _("Choose one."))
    if words.area not in AREAS:
        yield Fault("area", _("Say what the help is for."), _("Choose one."))
    yield from unkeepable(words.who, "who")
    yield from _short(words.who, "who")


def _short(text: str, where: str) -> Iterator[Fault]:
    if len(text) > LONGEST_NAME:
        yield Fault(where, _("This is too long."), _("Shorten it."))
