"""Reading plans: those of a case, one of them, what stands in it now, its versions, what was kept beside or before.

Whoever asks has come through `cases.doors.case_for`; a plan is only ever found within its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.people.roles import ROLES, Side
from gameplan.planning.models import Beside, Cell, Earlier, Remark, Step, Version, Written
from gameplan.plans.cells import content_of
from gameplan.plans.plan import Plan, PlanChild, cells
from gameplan.plans.plan_file import read_plan

FAMILY_ROLES = tuple(role.id for role in ROLES.values() if role.side is Side.FAMILY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a plan now: the value of each path with its revision, and the whole as a plan."""

    values: Mapping[str, Any]
    revisions: Mapping[str, int]
    plan: Plan


def plans_of(case: Case) -> QuerySet[Written]:
    """The plans of a case that its reader sees, newest first: those of the reader's side, and those that are shown."""
    return Written.objects.filter(Q(side=case.reader.side) | Q(shown=True), case=case).order_by("-id")


def show(plan: Written, *, shown: bool = True) -> None:
    """From now on the other side sees the plan, too; or not any more."""
    Written.objects.filter(pk=plan.pk).update(shown=shown)


def set_shown(plan: Written, *, by: Person, shown: bool) -> None:
    """The side that writes a plan shows it to the other side, or stops; the trail has each word.

    Raises PermissionDenied for somebody of the other side.
    """
    if by.side != plan.side:
        raise PermissionDenied("A plan is shown by the side that writes it.")
    show(plan, shown=shown)
    action = "show" if shown else "stop-showing"
    note_access(plan.case_id, by, action, about=f"plan:{plan.plan_id}")


def plan_ids(case: Case) -> list[str]:
    """The ids that the plans of a case have, also of those that its reader does not see: to choose a free one."""
    return list(Written.objects.filter(case=case).values_list("plan_id", flat=True))


def kinds_kept(cases: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The kinds of plan of which these cases keep a version that nobody has ended, for lists. One query.

    That one is kept does not say that it is in force: `events.day_of` says that of one case.
    """
    wanted = list(cases)
    ended = Step.objects.filter(kind="ended", plan__case__in=wanted).values("plan")
    kept = Version.objects.filter(plan__case__in=wanted).exclude(plan__in=ended).select_related("plan")
    found: dict[UUID, set[str]] = {}
    for one in kept.defer("pdf", "content"):
        found.setdefault(one.plan.case_id, set()).add(one.plan.form.kind)
    return {case: tuple(sorted(kinds)) for case, kinds in found.items()}


def plan_of(case: Case, plan_id: str) -> Written:
    """One plan of the case. Raises Http404 if the case has no such plan."""
    found = plans_of(case).filter(plan_id=plan_id).first()
    if found is None:
        raise Http404("There is no such plan.")
    found.case = case
    return found


def standing_of(plan: Written) -> Standing:
    """What stands in the plan now. One query. The other side does not get what was taken out and could come back."""
    written = Cell.objects.filter(plan=plan).values_list("path", "value", "revision")
    values = {path: value for path, value, _ in written}
    revisions = {path: revision for path, _, revision in written}
    whole = Plan(plan.form, plan_child(plan.case), content_of(plan.form, values), plan.lang)
    if plan.case.is_open and not _is_theirs(plan):
        inside = {path for path, _value in cells(whole)}
        values = {path: value for path, value in values.items() if path in inside}
    return Standing(values, revisions, whole)


def own_plan(plan: Written, by: Person) -> None:
    """Raises PermissionDenied for somebody of the other side: each side writes its own plans."""
    if by.side not in (plan.side, Side.NEITHER):
        raise PermissionDenied("This plan is written by the other side.")


def plan_child(case: Case) -> PlanChild:
    """The child of a case as a plan names the child."""
    child = child_of(case)
    return PlanChild(child.name, child.born, child.state or "", child.grade, child.school, child.district)


def versions_of(plan: Written) -> QuerySet[Version]:
    """The versions of a plan as they were proposed, oldest first, without their PDFs."""
    return Version.objects.filter(plan=plan).defer("pdf").order_by("number")


def proposed_ones(plans: Iterable[Written]) -> set[int]:
    """The keys of those of the plans of which a version was proposed."""
    return set(Version.objects.filter(plan__in=list(plans)).values_list("plan_id", flat=True))


def versions_seen(case: Case) -> list[tuple[str, int]]:
    """Plan and number of each version that the reader of the case sees, oldest first."""
    found = Version.objects.filter(plan__in=plans_of(case).values("pk")).order_by("id")
    return list(found.values_list("plan__plan_id", "number"))


def version_of(plan: Written, number: int) -> Version:
    """One version of a plan. Raises Http404 if there is none of that number."""
    found = versions_of(plan).filter(number=number).first()
    if found is None:
        raise Http404("There is no such version.")
    found.plan = plan
    return found


def steps_of(version: Version) -> QuerySet[Step]:
    """What happened to a version, such as answers and what was put right, oldest first."""
    return Step.objects.filter(plan=version.plan, version=version.number).order_by("id")


def proposed(version: Version) -> Plan:
    """The plan as it stood in that version."""
    return read_plan(version.content)


def pdf_of(version: Version) -> bytes:
    """The PDF of a version as it was made."""
    return bytes(version.pdf)


def beside_of(plan: Written) -> QuerySet[Beside]:
    """The texts kept beside fields because two people wrote at once, oldest first; for the side that writes."""
    return Beside.objects.filter(plan=plan).order_by("id") if _is_theirs(plan) else Beside.objects.none()


def earlier_of(plan: Written, path: str | None = None) -> QuerySet[Earlier]:
    """What stood in a field before (in any, without a path), newest first; for the side that writes the plan."""
    if not _is_theirs(plan):
        return Earlier.objects.none()
    found = Earlier.objects.filter(plan=plan).order_by("-id")
    return found if path is None else found.filter(path=path)


def remarks_of(plan: Written) -> QuerySet[Remark]:
    """The comments on a plan, oldest first; settled ones too.

    What the family says to itself beside its own plan is a note: with the plan the school does not get it.
    """
    found = Remark.objects.filter(plan=plan).order_by("id")
    if _is_theirs(plan) or plan.side != Side.FAMILY:
        return found
    return found.exclude(role__in=FAMILY_ROLES)


def _is_theirs(plan: Written) -> bool:
    """True if the reader of the case stands on the side that writes the plan, or the family's, which sees all."""
    return plan.case.reader.side in (plan.side, Side.FAMILY)


def changed_since(plan: Written, moment: str) -> QuerySet[Cell]:
    """The values that were saved since a moment (ISO, with zone); none for words that are no moment."""
    try:
        since = datetime.fromisoformat(moment)
    except ValueError:
        return Cell.objects.none()
    if since.tzinfo is None:
        return Cell.objects.none()
    return Cell.objects.filter(plan=plan, saved_at__gt=since)


def was_sent(plan: Written, form_key: UUID | None) -> bool:
    """True if the form with this key has made a step of the plan already: it was sent twice."""
    return form_key is not None and Step.objects.filter(plan=plan, form_key=form_key).exists()
