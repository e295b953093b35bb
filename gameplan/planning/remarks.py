"""Comments on a plan: make one, and say that it is taken care of."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases.doors import hold, note_access
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, unkeepable
from gameplan.planning.models import Remark, Written

LONGEST = 5_000


@transaction.atomic
def remark(plan: Written, *, by: Person, path: str, text: str, form_key: UUID | None = None) -> Remark:
    """A comment on a section (`section:ID`), a field or a row. The same `form_key` sent twice makes one.

    Raises Refused for one that is empty or far too long.
    """
    faults = list(unkeepable(text, "text"))
    if not text.strip():
        faults.append(Fault("text", _("The comment is empty."), _("Write it, or leave the page.")))
    if len(text) > LONGEST:
        faults.append(Fault("text", _("This is too long for a comment."), _("Shorten it.")))
    if faults:
        raise Refused(faults)
    hold(plan.case_id)
    before = form_key and Remark.objects.filter(plan=plan, form_key=form_key).first()
    if before:
        return before
    note_access(plan.case_id, by, "remark-on-plan")
    return Remark.objects.create(
        plan=plan, path=path, text=text.strip(), said_by=by.id, role=by.role, form_key=form_key
    )


@transaction.atomic
def settle_remark(plan: Written, *, by: Person, number: int) -> Remark:
    """Says that a comment is taken care of; it stays to be read. Raises Http404."""
    hold(plan.case_id)
    found = Remark.objects.filter(plan=plan, pk=number).first()
    if found is None:
        raise Http404("There is no such comment.")
    if found.settled_at is None:
        found.settled_at = timezone.now()
        found.save(update_fields=["settled_at"])
        note_access(plan.case_id, by, "settle-remark")
    return found
