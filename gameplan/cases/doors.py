"""The only way into a case. Permission and the record of access live here: no page can forget them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from gameplan.cases import rows
from gameplan.cases.models import Access, Attachment, Case
from gameplan.cases.people import Person
from gameplan.core import facts


class Action(StrEnum):
    """What somebody wants to do with a case."""

    READ = "read"
    WRITE = "write"
    SHARE = "share"
    DELETE = "delete"


# The looks of today that this process knows to be written down: case, person, day.
_seen_to: set[tuple[UUID, str, date]] = set()
MOST_LOOKS = 10_000

MAY = {
    "parent": frozenset(Action),
    "helper": frozenset({Action.READ}),
}


def case_for(person: Person, case_id: UUID | str, *, to: Action = Action.READ) -> Case:
    """The case, if this person may do that with it.

    Raises Http404 if there is no such case for this person, and PermissionDenied if they may see it but not
    do that. Looking is written down once a day, sharing each time; each verb writes down its own change.
    """
    found = Case.objects.filter(pk=_uuid(case_id), members__person=person.id).annotate(role=F("members__role")).first()
    if found is None:
        raise Http404("There is no such case.")
    if to not in MAY.get(found.role, ()):
        raise PermissionDenied(f"This person may not {to} this case.")
    if to is Action.SHARE:
        note_access(found.pk, person, to)
    elif to is Action.READ:
        _note_look(found.pk, person)
    return found


def _note_look(case_id: UUID, person: Person) -> None:
    """Write down that this person looked at this case today, once; this process remembers what it has seen to."""
    now = timezone.now()
    look = (case_id, person.id, now.date())
    if look in _seen_to:
        return
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    noted = Access.objects.filter(case_id=case_id, person=person.id, action=Action.READ, at__gte=today)
    if not noted.exists():
        note_access(case_id, person, Action.READ)
    if len(_seen_to) >= MOST_LOOKS:
        _seen_to.clear()
    _seen_to.add(look)


def cases_of(person: Person) -> QuerySet[Case]:
    """The cases that this person may see, oldest first."""
    return Case.objects.filter(members__person=person.id)


def facts_of(case: Case) -> facts.Case:
    """The case as the engine knows it: the one bridge from the database. Three queries, whatever the size."""
    papers: dict[str, facts.Attachment] = {}
    proofs: dict[int, tuple[str, ...]] = {}
    for *columns, entry in case.attachments.order_by("id", "proves__id").values_list(*rows.PAPER_COLUMNS):
        paper = papers.setdefault(columns[0], rows.paper(*columns))
        if entry is not None:
            proofs[entry] = (*proofs.get(entry, ()), paper.id)
    return facts.Case(
        child=rows.child_of(case),
        calendars=tuple(rows.school_year_of(year) for year in case.years.all()),
        facts=tuple(rows.fact_of(row, proofs.get(row[0], ())) for row in case.entries.values_list(*rows.FACT_COLUMNS)),
        attachments=tuple(papers.values()),
    )


def paper_of(case: Case, attachment_id: str) -> Attachment:
    """One paper of the case with its bytes in `content`. Raises Http404 if the case has no such paper."""
    found = case.attachments.filter(attachment_id=attachment_id).first()
    if found is None:
        raise Http404("There is no such paper.")
    found.content = bytes(found.content)
    return found


def note_access(case_id: UUID, person: Person, action: str) -> None:
    """Write into the record of access that this person did that with this case, now.

    Anything but looking and sharing changes the case, and gives it a new revision.
    """
    Access.objects.create(case_id=case_id, person=person.id, role=person.role, action=action)
    if action not in (Action.READ, Action.SHARE):
        Case.objects.filter(pk=case_id).update(revision=F("revision") + 1)


def _uuid(case_id: UUID | str) -> UUID:
    if isinstance(case_id, UUID):
        return case_id
    try:
        return UUID(case_id)
    except (ValueError, AttributeError, TypeError) as wrong:
        raise Http404("There is no such case.") from wrong
