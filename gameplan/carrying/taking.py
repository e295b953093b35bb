"""Taking a previewed batch in: all of its cases, or none, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.arriving.steps import Tell, taken, to_take
from gameplan.arriving.steps import blocks as in_blocks
from gameplan.carrying.managers import manager_of
from gameplan.carrying.matching import brought_before
from gameplan.carrying.models import Batch, Line
from gameplan.carrying.zips import how_of
from gameplan.cases.bringing import Bringing, bring_case, trail_numbers
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.casefile import read_case
from gameplan.core.faults import Fault
from gameplan.exchange.doorway import bring_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused
from gameplan.rosters.of_cases import link_brought
from gameplan.watch.hearing import marked_together
from gameplan.watch.refreshing import refresh

AT_ONCE = 100


@transaction.atomic
def take_in(batch: Batch, *, person: Person, by: str, tell: Tell | None = None) -> Batch:
    """Bring in what the preview of a batch said, all or nothing. `by`: the account, empty for the machine itself.

    `person`: who does it, in the role in which they do. What nobody has decided stays out, and so does what is here
    already. What the law owes is worked out of the cases afterwards: by `work_out`, or by the worker.
    Raises Refused if the batch is not previewed, or a student has got a case since then.
    """
    found = to_take(batch)
    _settle(found)
    done = 0
    for block in blocks(found, kind__in=(Line.Kind.NEW, Line.Kind.MATCHED)):
        _refuse_second(found, block)
        _bring(block, person)
        done += len(block)
        if tell:
            tell(done)
    Line.objects.filter(batch=found).update(told=None, packed=None)
    taken(found, by=by, counts={**found.counts, **_counted(found), "cases": done})
    return found


def work_out(batch: Batch, *, on: date, tell: Tell | None = None) -> None:
    """Work out the duties of the cases of a batch that was brought in, so that lists have them at once."""
    if not settings.GAMEPLAN_SHARED:
        return
    done = 0
    for block in blocks(batch, trail_number__isnull=False):
        done += refresh([line.case_id for line in block], on)
        if tell:
            tell(done)


def blocks(batch: Batch, **where: Any) -> Iterator[list[Line]]:
    """The lines of a batch, some at a time, in their order."""
    return in_blocks(Line.objects.filter(batch=batch, **where).select_related("school__parent"), AT_ONCE)


def _settle(batch: Batch) -> None:
    """What a person has said of unclear cases: this student's, or another child's."""
    unclear = Line.objects.filter(batch=batch, kind=Line.Kind.UNCLEAR)
    unclear.filter(decided=Line.Said.SAME).update(kind=Line.Kind.MATCHED)
    unclear.filter(decided=Line.Said.OTHER).update(kind=Line.Kind.NEW, pupil=None)


def _counted(batch: Batch) -> dict[str, int]:
    """How many cases of each kind there are, now that it is settled what becomes of the unclear ones."""
    lines = Line.objects.filter(batch=batch)
    return {kind.value: lines.filter(kind=kind).count() for kind in Line.Kind}


def _bring(block: Sequence[Line], person: Person) -> None:
    with marked_together():
        _bring_each(block, person)
    numbers = trail_numbers(line.case_id for line in block)
    for line in block:
        line.trail_number = numbers[line.case_id]
    Line.objects.bulk_update(block, ["trail_number"])


def _bring_each(block: Sequence[Line], person: Person) -> None:
    for line in block:
        try:
            case = _case_of(line, person)
        except ExchangeError as error:
            raise Refused([Fault(line.place_in_file, one.what, one.mend) for one in error.faults]) from error
        if line.pupil is not None:
            link_brought(line.pupil, case, by=person)


def _case_of(line: Line, person: Person) -> Case:
    if line.packed is not None:
        return bring_for(how_of(line), bytes(line.packed), by=person)
    how = Bringing(
        line.case_id, line.school, f"batch:{line.batch_id}", line.language, manager_of(line.manager, line.school)
    )
    return bring_case(how, read_case(line.told, vocabulary()), by=person)


def _refuse_second(batch: Batch, block: Sequence[Line]) -> None:
    """Raises Refused if somebody has brought one of these in since the preview."""
    if brought_before(batch.place, batch.source, [line.case_key for line in block]):
        what = _("Some of these cases were brought in since this file was read.")
        raise Refused([Fault("batch", what, _("Choose the file again, and look at what it brings now."))])
