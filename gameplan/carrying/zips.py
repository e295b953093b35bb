"""Portable case zips in a batch: each is checked as a single one is, down to a trial that is taken back at once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from gameplan.arriving.damaged import Damaged
from gameplan.arriving.faults import Faults
from gameplan.carrying.doubts import doubts_of
from gameplan.carrying.given import LARGEST_CASE_ZIP, Given
from gameplan.carrying.matching import Child
from gameplan.carrying.models import Batch, Line
from gameplan.cases.bringing import Bringing
from gameplan.cases.whole import INSTALLER
from gameplan.core.facts import Case
from gameplan.core.faults import Fault
from gameplan.exchange.case_zip import read_zip
from gameplan.exchange.doorway import bring_for
from gameplan.exchange.faults import ExchangeError
from gameplan.exchange.zip_guard import shown
from gameplan.law import vocabulary

LONGEST_NAME = 120


class _TakenBack(Exception):
    """Raised at the end of a trial."""


def told_zips(batch: Batch, given: Given, faults: Faults) -> Iterator[tuple[Line, Child]]:
    """Each zip of a case as a line, with what its child is matched by. A damaged one is named, with all its faults."""
    if batch.school is None:
        what = _("It is not said which school holds this case.")
        faults.add("school", what, _("Choose the school."))
        return
    for name in given.files:
        key = name.rpartition("/")[2][:LONGEST_NAME]
        line = Line(batch=batch, case_key=key, place_in_file=shown(name), case_id=uuid4(), school=batch.school)
        try:
            line.packed = given.content(name, LARGEST_CASE_ZIP)
            case = read_zip(line.packed, vocabulary()).case
            _try_out(line)
        except Damaged:
            faults.add(shown(name), _("This file is damaged or too large."), _("Make the zip once more."))
        except ExchangeError as error:
            faults.note(*(Fault(f"{shown(name)}: {one.where}", one.what, one.mend) for one in error.faults))
        else:
            line.facts, line.doubts = len(case.facts), doubts_of(case)
            born = case.child.born
            line.told = {"child": {"name": case.child.name, "born": born.isoformat() if born else ""}}
            yield line, _child_of(case, key)


def how_of(line: Line) -> Bringing:
    """How the case of a line comes, without somebody who leads it."""
    return Bringing(line.case_id, line.school, f"batch:{line.batch_id}", line.language)


def _try_out(line: Line) -> None:
    """Bring the case in and take it back at once. Raises ExchangeError with all that hinders it."""
    try:
        with transaction.atomic():
            bring_for(how_of(line), bytes(line.packed or b""), by=INSTALLER)
            raise _TakenBack
    except _TakenBack:
        return
    except (DataError, IntegrityError) as error:
        what = _("Something in it is too long, or stands there twice.")
        raise ExchangeError([Fault("case.json", what, _("Make the zip once more."))]) from error


def _child_of(case: Case, key: str) -> Child:
    given, _space, family = case.child.name.rpartition(" ")
    return Child(key, given, family, case.child.born)
