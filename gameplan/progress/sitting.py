"""One sitting: several measures at once, as they are noted on a phone, all of them kept or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.progress.measuring import note_point, point_faults
from gameplan.progress.models import Measure, Point


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen of one measure: `data` as its way wants it (`measures.ways`), and a note."""

    measure: Measure
    data: Mapping[str, Any]
    note: str = ""


@transaction.atomic
def note_sitting(told: Sequence[Told], *, by: Person, on: date, form_key: UUID | None = None) -> list[Point]:
    """Notes one point of each measure. The same `form_key` sent twice, also days later, makes each of them once.

    Raises Refused with every fault of all of them, each at "m1.count" (measure and field); then none is kept.
    """
    faults = [
        Fault(f"{one.measure.measure_id}.{fault.where}", fault.what, fault.mend)
        for one in told
        for fault in point_faults(one.measure, on, one.data, one.note)
    ]
    if not told:
        faults.append(Fault("", _("Nothing is filled in yet."), _("Fill in at least one result.")))
    if faults:
        raise Refused(faults)
    return [note_point(one.measure, by=by, on=on, data=one.data, note=one.note, form_key=form_key) for one in told]
