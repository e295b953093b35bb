"""Cases that a district brings in from elsewhere, with what happened before: held by the child's school from the start.

Whoever calls these verbs has let the district's people through a door of its own (`carrying.doors`). A case comes in
whole or not at all; the trail says who brought it and names every fact. As long as nobody has changed it, it can go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases import rows, seeing
from gameplan.cases.doors import note_access
from gameplan.cases.importing import file_faults, keep_facts, keep_papers, keep_years
from gameplan.cases.joining import make_manager
from gameplan.cases.models import Access, Case, Draft
from gameplan.cases.people import Person
from gameplan.cases.trail import LOOKS
from gameplan.cases.verbs import check_child, leave_no_trace
from gameplan.core import facts
from gameplan.core.faults import Fault
from gameplan.people.invitations import forget_invitations
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.people.roles import Side, side_of

LEAVES_IT_AS_IT_WAS = (*LOOKS, "export-for-audit")
"""What may be done with a case without changing it: it can still be taken back."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """How a case comes: `key` is the id that it will have, `about` names for the trail what it came with.

    `manager` leads the child's case from now on; without one, the director of the district gives it to somebody.
    """

    key: UUID
    school: Organisation
    about: str
    language: str = "en"
    manager: Person | None = None


@transaction.atomic
def bring_case(
    how: Bringing, told: facts.Case, contents: Mapping[str, bytes] | None = None, *, by: Person
) -> Case:  # fmt: skip
    """A new case of a school from a case file that `read_case` found whole; `by` brings it, and reads it from now on.

    What somebody of a family wrote (`entered_by`) stays the family's, and the school sees it: it came to the school.
    All else is told by the school. Facts keep their ids, and the day and person of entry where the file says them.
    Raises Refused with every fault; then nothing is written.
    """
    found = contents or {}
    check_child(told.child)
    faults = list(file_faults(told, found))
    if faults:
        raise Refused(faults)
    case = Case.objects.create(
        pk=how.key, school=how.school, language=how.language, **rows.child_columns(_placed(told.child, how.school))
    )
    case.reader = by
    note_access(case.pk, by, "bring-case", about=how.about)
    if how.manager is not None:
        make_manager(case, how.manager, by)
    keep_years(case, told.calendars, by)
    papers = keep_papers(case, told.attachments, found, by, side=Side.SCHOOL, action="bring-papers")
    dated = tuple(_entered(fact, by) for fact in told.facts)
    keep_facts(case, dated, papers, by, side_of=_side_of, action="bring-facts")
    return case


def _placed(child: facts.Child, school: Organisation) -> facts.Child:
    """The child at the school that holds the case: what a file says of another school is from before."""
    district = school.parent.name if school.parent else child.district
    return replace(child, school=school.name, district=district, state=child.state or school.state or None)


def _entered(fact: facts.Fact, by: Person) -> facts.Fact:
    if fact.entered_at:
        return fact
    return replace(fact, entered_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), entered_by=by.role)


def _side_of(fact: facts.Fact) -> Side:
    return Side.FAMILY if side_of(fact.entered_by) is Side.FAMILY else Side.SCHOOL


def children_held(schools: Iterable[UUID], names: Collection[str]) -> set[tuple[str, date | None]]:
    """Names (`names.folded`) and birth dates of children of these names whose cases these schools hold. One query."""
    found = Case.objects.filter(school__in=list(schools), child_sought__in=list(names), merged_into__isnull=True)
    return set(found.values_list("child_sought", "child_born"))


def was_among_the_first(case: Case, fact_id: str, most: int) -> bool:
    """True if a fact is one of the first so many that were written down in an opened case. One query."""
    return seeing.entries_of(case).filter(fact_id=fact_id, position__lte=most).exists()


def trail_numbers(case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of the last row in the trail of each of these cases. One query."""
    return dict(Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "trail_count"))


def changed_since(numbers: Mapping[UUID, int]) -> set[UUID]:
    """Those of these cases that somebody has changed since the row of their trail of that number, or that are gone."""
    rows_since = Access.objects.filter(case_id__in=list(numbers)).exclude(action__in=LEAVES_IT_AS_IT_WAS)
    changed = {key for key, number in rows_since.values_list("case_id", "number") if number > numbers[key]}
    typed = {one.case_id for one in Draft.objects.filter(case__in=list(numbers)) if one.case_id is not None}
    return changed | typed | (set(numbers) - set(trail_numbers(numbers)))


@transaction.atomic
def take_back(numbers: Mapping[UUID, int]) -> None:
    """Delete cases that were brought in, with all that belongs to them. `numbers`: the last row of each trail then.

    Raises Refused, and deletes nothing, if somebody has changed one since.
    """
    list(Case.objects.select_for_update().filter(pk__in=list(numbers)).values_list("pk"))
    changed = changed_since(numbers)
    if changed:
        what = _("%(count)s of these cases were changed since.") % {"count": len(changed)}
        raise Refused([Fault("cases", what, _("They stay as they are. Correct them one by one."))])
    Access._base_manager.filter(case_id__in=list(numbers)).delete()
    forget_invitations(list(numbers))
    Case.objects.filter(pk__in=list(numbers)).delete()
    transaction.on_commit(leave_no_trace)
