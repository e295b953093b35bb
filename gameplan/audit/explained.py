"""The explaining engine's answer for one case in the columns of the audit: for what is too large, and for checking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from gameplan.audit.rows import DUTY, NO_DAY, REASON_CODES, STATUS_CODES, derived_id
from gameplan.audit.tables import ClockName, number_of
from gameplan.core.assess import assess
from gameplan.core.entries import Law
from gameplan.core.facts import Case
from gameplan.core.standing import Duty


def explained(number: int, case: Case, law: Law, on: date, clocks: Sequence[ClockName]) -> Any:
    """The duties of one case as an array of `rows.DUTY`; `number` is the case's, `clocks` the compiled law's names.

    Fact ids in the case are numbers written as text, as `audit.cases` makes them.
    """
    first = {
        (one.id, one.pack): row for row, one in reversed(list(enumerate(clocks))) if one.state == (law.state or "")
    }
    duties = assess(case, law, on=on).duties
    rows = np.zeros(len(duties), DUTY)
    for row, duty in zip(rows, duties, strict=True):
        row["case"], row["clock"] = number, first[duty.clock, duty.pack]
        row["status"], row["reason"] = STATUS_CODES[duty.status], REASON_CODES[duty.reason]
        row["started_by"], row["done_by"] = fact_number(duty.started_by), fact_number(duty.done_by)
        row["days_left"], row["days_late"] = _or_none(duty.days_left), _or_none(duty.days_late)
        for name, day in _days(duty):
            row[name] = NO_DAY if day is None else number_of(day)
    return rows


def fact_number(fact_id: str) -> int:
    """The number of a fact by its id: below zero for what nobody types, `NO_DAY` for none."""
    if not fact_id:
        return NO_DAY
    return derived_id(fact_id) if ":" in fact_id else int(fact_id)


def _or_none(value: int | None) -> int:
    return NO_DAY if value is None else value


def _days(duty: Duty) -> tuple[tuple[str, date | None], ...]:
    return (
        ("started", duty.started), ("due", duty.due), ("due_earliest", duty.due_earliest),
        ("due_latest", duty.due_latest), ("done", duty.done),
    )  # fmt: skip
