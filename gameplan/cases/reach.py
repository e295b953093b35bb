"""How far somebody's work reaches: all children of a place, or those there who are given to them one by one.

`cases.doors.case_for` opens one case; this finds the many that it would open to somebody at work, for lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gameplan.cases.models import Case, Entry, Member
from gameplan.cases.names import folded
from gameplan.cases.people import SCHOOL_ROLES, Person
from gameplan.cases.seeing import shared
from gameplan.cases.today import today
from gameplan.people.doors import organisations_below, within
from gameplan.people.models import Organisation
from gameplan.people.roles import ROLES, Action

MANAGER = "iep-manager"
NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Reach:
    """What somebody reaches at work, to do one thing with it.

    `districts` and `schools` of which all children are reached, `assigned`: schools of which only those children are
    reached to whom the person is assigned in one of `roles`. `places`: every organisation in reach, by its id.
    """

    person: Person
    roles: tuple[str, ...]
    districts: frozenset[UUID]
    schools: frozenset[UUID]
    assigned: frozenset[UUID]
    places: dict[UUID, Organisation]

    def rows(self, *, case: str = "case", school: str = "school", district: str = "district") -> Q:
        """Rows of the cases in reach. The arguments name their columns of the case, its school, and its district."""
        found = NOTHING
        if self.districts:
            found |= _is_one(district, self.districts)
        if self.schools:
            found |= _is_one(school, self.schools)
        if self.assigned:
            mine = Member.objects.filter(open_on(today()), person=self.person.id, role__in=self.roles)
            found |= Q(**{f"{case}__in": mine.values("case")}) & _is_one(school, self.assigned)
        return found

    def narrowed(self, place: UUID) -> Reach:
        """The same reach within one school or district; nothing if that is not in reach."""
        below = {one.pk for one in self.places.values() if place in (one.pk, one.parent_id)}
        whole = place in self.districts
        inside = {one for one in below if self.places[one].parent_id in self.districts}
        return replace(
            self,
            districts=frozenset({place} if whole else ()),
            schools=frozenset() if whole else (self.schools | inside) & below,
            assigned=self.assigned & below,
        )


def reach_of(person: Person, *, to: Action = Action.READ) -> Reach:
    """What this person reaches at work, to do that. One query; without a post, none, and nothing."""
    held = {post.organisation for post in person.posts}
    whole = {post.organisation for post in person.posts if ROLES[post.role].by_post and to in ROLES[post.role].may}
    places = organisations_below(held)
    districts = {key for key, one in places.items() if one.kind != Organisation.Kind.SCHOOL and _in(one, whole, places)}
    schools = {
        key for key, one in places.items()
        if one.kind == Organisation.Kind.SCHOOL and _in(one, whole, places) and one.parent_id not in districts
    }  # fmt: skip
    assigned = {
        key for key, one in places.items() if one.kind == Organisation.Kind.SCHOOL and not _in(one, whole, places)
    }  # fmt: skip
    roles = tuple(role for role in SCHOOL_ROLES if to in ROLES[role].may)
    return Reach(person, roles, frozenset(districts), frozenset(schools), frozenset(assigned), places)


def cases_at_work(person: Person, *, to: Action = Action.READ) -> QuerySet[Case]:
    """The cases that somebody reaches through their work, and may do that with; never as family."""
    return Case.objects.filter(reach_of(person, to=to).rows(case="pk", district="school__parent"))


def school_members(case: Case) -> list[Member]:
    """Who of the school works with the child today, assigned one by one. One query."""
    return list(case.members.filter(open_on(today()), role__in=SCHOOL_ROLES).order_by("id"))


def planned_meetings(reach: Reach, first: date, until: date) -> QuerySet[Entry]:
    """The facts in reach that plan a meeting from a day on and before another, as the school sees them, by day.

    Of a correction only the last word counts. One query.
    """
    cases = Case.objects.filter(reach.rows(case="pk", district="school__parent"))
    # Of a whole school: the planned facts by day, and of each whether its case is in reach. SQLite begins with every
    # fact of every case otherwise. Of a few children: their facts.
    theirs = Q(Exists(cases.filter(pk=OuterRef("case")))) if reach.districts or reach.schools else Q(case__in=cases)
    corrected = Entry.objects.filter(case=OuterRef("case"), corrects=OuterRef("fact_id"))
    planned = Entry.objects.filter(
        theirs, kind="meeting-held", planned=True, withdrawn=False, account_of="", on__gte=first, on__lt=until
    )
    return shared(planned).filter(~Exists(corrected)).select_related("case__school").order_by("on", "case_id")


def open_on(day: date) -> Q:
    """Roles in a case that are held on that day."""
    return Q(until__isnull=True) | Q(until__gte=day)


def named_like(words: str) -> QuerySet[Case]:
    """The cases of children whose name holds these words, each somewhere, however they are written."""
    found = Case.objects.all()
    for word in folded(words).split():
        found = found.filter(child_sought__contains=word)
    return found.values("pk")  # type: ignore[return-value]


def with_manager(case: str, user_id: str = "") -> Q:
    """Rows of cases that have an IEP manager today; with `user_id`, that one. A substitute counts."""
    managers = Member.objects.filter(open_on(today()), role=MANAGER)
    if user_id:
        return Q(**{f"{case}__in": managers.filter(person=user_id).values("case")})
    return Q(Exists(managers.filter(case=OuterRef(case))))


def managers_of(case_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The ids of the people who are IEP managers of these cases today. One query."""
    found = Member.objects.filter(open_on(today()), case__in=case_ids, role=MANAGER).order_by("pk")
    managers: dict[UUID, list[str]] = {}
    for case_id, person in found.values_list("case_id", "person"):
        managers.setdefault(case_id, []).append(person)
    return managers


def roles_in(person: Person, case_ids: Collection[UUID]) -> dict[UUID, str]:
    """The roles of the school that somebody has in these cases today, where they are assigned. One query."""
    mine = Member.objects.filter(open_on(today()), case__in=case_ids, person=person.id, role__in=SCHOOL_ROLES)
    return dict(mine.values_list("case_id", "role"))


def calendars_changed(organisation: Organisation) -> None:
    """The school years of an organisation are others now: each case of its schools gets a new revision.

    Nobody changed the cases, so their trails say nothing; what was worked out of them is worked out anew.
    """
    Case.objects.filter(within("school", [organisation.pk])).update(revision=F("revision") + 1)


def _is_one(column: str, keys: Iterable[UUID]) -> Q:
    """A single key is said as such: then an index on it gives the rows in order."""
    listed = sorted(keys)
    return Q(**{column: listed[0]}) if len(listed) == 1 else Q(**{f"{column}__in": listed})


def _in(organisation: Organisation, whole: set[UUID], places: dict[UUID, Organisation]) -> bool:
    """True if the organisation is one of these or lies in one of them."""
    here: Organisation | None = organisation
    while here is not None:
        if here.pk in whole:
            return True
        here = places.get(here.parent_id) if here.parent_id else None
    return False
