"""A school comes to hold a case together with the family: it is asked and answers, or it begins the case itself.

Before it says yes a school learns the child's name and birth date and who asks, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases import rows
from gameplan.cases.doors import note_access
from gameplan.cases.models import Case, Member
from gameplan.cases.models_joint import Asking
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.today import today
from gameplan.cases.trail import digest_of
from gameplan.cases.verbs import check_child
from gameplan.core.facts import Child
from gameplan.core.faults import Fault
from gameplan.people.doors import chain_of, named, within
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import LEADS, Side, side_of
from gameplan.people.stamps import touch

MANAGER = "iep-manager"
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a school learns of a case that is brought to it before it has said yes."""

    id: UUID
    child_name: str
    child_born: date | None
    asked_by: str
    asked_role: str
    asked_at: datetime
    school: Organisation
    leaves: Organisation | None


def role_there(person: Person, organisation: Organisation) -> str | None:
    """The role in which this person answers for a school: held there, or in the district or State above; or None."""
    above = {one.pk for one in chain_of(organisation)}
    return next((held.role for held in person.posts if held.organisation in above and held.role in LEADS), None)


def leads_somewhere(person: Person) -> bool:
    """True if this person answers for some school."""
    return any(held.role in LEADS for held in person.posts)


@transaction.atomic
def ask(
    case: Case, *, by: Person, school: Organisation, chosen: Iterable[str] | None, move: dict[str, object] | None = None
) -> Asking:
    """Ask a school to hold this case. `chosen` are the names of what the family will show (see `Asking`).

    Raises Refused if a school is asked already, holds the case already, or is closed.
    """
    locked = _locked(case)
    faults = list(_asking_faults(locked, school))
    if faults:
        raise Refused(faults)
    names = None if chosen is None else sorted(set(chosen))
    asking = Asking.objects.create(
        case=locked, school=school, leaves=locked.school, asked_by=by.id, asked_role=by.role, chosen=names,
        move=move or {},
    )  # fmt: skip
    note_access(case.pk, by, "ask-school", about=f"school:{school.pk}", digest=digest_of(names))
    return asking


def _asking_faults(case: Case, school: Organisation) -> Iterable[Fault]:
    if school.closed_on is not None:
        yield Fault("school", _("This school is closed."), _("Choose another one."))
    if case.school_id == school.pk:
        yield Fault("school", _("This school holds the case already."), _("Choose another one."))
    if open_asking(case) is not None:
        what = _("A school is asked already.")
        yield Fault("school", what, _("Wait for its answer, or take the question back first."))


def open_asking(case: Case) -> Asking | None:
    """The question to a school that has no answer yet, or None."""
    asked = Asking.objects.filter(case=case, state=Asking.State.ASKED)
    return asked.select_related("school__parent", "leaves").first()


def last_asking(case: Case) -> Asking | None:
    """The newest question to a school, whatever became of it, or None."""
    return Asking.objects.filter(case=case).select_related("school", "leaves").order_by("-asked_at").first()


@transaction.atomic
def take_back(case: Case, *, by: Person) -> None:
    """Take the open question back, if there is one and this person's side asked it. Raises PermissionDenied."""
    _locked(case)
    asking = open_asking(case)
    if asking is None:
        return
    if side_of(asking.asked_role) is not by.side:
        raise PermissionDenied("Only the side that asked takes a question back.")
    _close(asking, Asking.State.WITHDRAWN, by)
    note_access(case.pk, by, "take-back-asking", about=f"school:{asking.school_id}")


def waiting_for(person: Person) -> list[Waiting]:
    """What waits for an answer of the schools for which this person answers, oldest first."""
    led = [held.organisation for held in person.posts if held.role in LEADS]
    if not led:
        return []
    asked = Asking.objects.filter(within("school", led), state=Asking.State.ASKED)
    asked = asked.select_related("school__parent", "leaves").order_by("asked_at")
    found = list(asked.annotate(child_name=F("case__child_name"), child_born=F("case__child_born")))
    names = named(one.asked_by for one in found)
    return [
        Waiting(
            one.pk, one.child_name, one.child_born, names.get(one.asked_by, ""), one.asked_role, one.asked_at,
            one.school, one.leaves,
        )
        for one in found
    ]  # fmt: skip


def asking_for(person: Person, asking_id: UUID) -> tuple[Asking, Person]:
    """A question that waits for this person's school, and the person in the role in which they answer for it.

    Raises Http404 if there is none.
    """
    asked = Asking.objects.filter(pk=asking_id, state=Asking.State.ASKED)
    asking = asked.select_related("school__parent__parent", "leaves").first()
    role = role_there(person, asking.school) if asking else None
    if asking is None or role is None:
        raise Http404("Nothing of that name waits here.")
    return asking, person.acting_as(role)


@transaction.atomic
def decline(asking: Asking, *, by: Person, words: str = "") -> None:
    """The school says no, and why; the family reads it. Raises Refused for far too many words."""
    if len(words) > LONGEST_REASON:
        raise Refused([Fault("words", _("This is too long."), _("Shorten it."))])
    _locked(asking.case)
    _close(asking, Asking.State.DECLINED, by, words.strip())
    note_access(asking.case_id, by, "decline-case", about=f"school:{asking.school_id}")


@transaction.atomic
def take_on(asking: Asking, *, by: Person, manager: User | None = None) -> Case:
    """The school says yes: from now on it holds the case, and `manager`, or who says yes, is the child's IEP manager.

    The people of a school that lets the case go are out at once. Call it in the transaction that shows what was
    chosen. Raises Refused if the manager does not work there, Http404 if the question is not open any more.
    """
    case = _locked(asking.case)
    _close(asking, Asking.State.ACCEPTED, by)
    school = asking.school
    lead = _manager(school, by, manager)
    end_school_side(case)
    touch([case.school_id])
    case.school = school
    _name_school(case, school, anew=asking.leaves_id is not None)
    case.save()
    make_manager(case, lead, by)
    note_access(case.pk, by, "take-on-case", about=f"school:{school.pk}", digest=digest_of(asking.chosen))
    case.reader = by
    return case


@transaction.atomic
def answer_otherwise(asking: Asking, *, by: Person) -> Case:
    """The school holds a case of this child already: the question is answered, and the family's case stays as it is."""
    case = _locked(asking.case)
    _close(asking, Asking.State.ACCEPTED, by)
    note_access(case.pk, by, "know-case", about=f"school:{asking.school_id}")
    return case


@transaction.atomic
def begin_for_school(
    person: Person, *, school: Organisation, child: Child, manager: User | None = None, language: str = "en"
) -> Case:
    """A new case that a school begins; the family is invited to it afterwards.

    Raises PermissionDenied for somebody who does not answer for this school, and Refused.
    """
    role = role_there(person, school)
    if role is None:
        raise PermissionDenied("This person does not answer for that school.")
    by = person.acting_as(role)
    lead = _manager(school, by, manager)
    district = school.parent.name if school.parent else ""
    told = replace(child, school=child.school or school.name, district=child.district or district)
    check_child(told)
    case = Case.objects.create(**rows.child_columns(told), language=language, school=school)
    make_manager(case, lead, by)
    case.reader = by
    note_access(case.pk, by, "start-case", about=f"school:{school.pk}")
    return case


def end_school_side(case: Case) -> None:
    """The people of the school are out at once; who was part of the case stays written down."""
    yesterday = date.fromordinal(today().toordinal() - 1)
    is_open = Q(until__isnull=True) | Q(until__gt=yesterday)
    for member in Member.objects.filter(is_open, case=case):
        if side_of(member.role) is Side.SCHOOL:
            member.until = yesterday
            member.save(update_fields=["until"])


def make_manager(case: Case, person: Person, by: Person) -> None:
    """This person is the child's IEP manager from now on."""
    about = {"role": MANAGER, "until": None, "decides": False, "invited_by": by.id}
    Member.objects.update_or_create(case=case, person=person.id, defaults=about)


def _manager(school: Organisation, by: Person, manager: User | None) -> Person:
    """Who leads the child's case: `manager` if named. Raises Refused for somebody who does not work there."""
    if manager is None:
        return by
    person = person_of_user(manager)
    above = {one.pk for one in chain_of(school)}
    if not any(held.organisation in above and side_of(held.role) is Side.SCHOOL for held in person.posts):
        what = _("This person does not work at that school.")
        raise Refused([Fault("manager", what, _("Choose somebody from the list."))])
    return person


def _name_school(case: Case, school: Organisation, *, anew: bool) -> None:
    """The child's school as the case names it; what the family wrote stays, unless the child has moved."""
    if anew or not case.child_school:
        case.child_school = school.name
    if school.parent and (anew or not case.child_district):
        case.child_district = school.parent.name


def _close(asking: Asking, state: str, by: Person, words: str = "") -> None:
    """Raises Http404 if somebody else was quicker."""
    now = timezone.now()
    told = {"state": state, "answered_by": by.id, "answered_at": now, "words": words}
    if not Asking.objects.filter(pk=asking.pk, state=Asking.State.ASKED).update(**told):
        raise Http404("This question is not open any more.")


def _locked(case: Case) -> Case:
    """The case as it is now, held until the end of the transaction. Raises Http404 if it is gone."""
    found = Case.objects.select_for_update(no_key=True).filter(pk=case.pk, merged_into__isnull=True).first()
    if found is None:
        raise Http404("There is no such case any more.")
    return found
