"""What the audit says of one duty: the columns of its answer, as Arrow and as NumPy records."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from gameplan.audit.layout import DAY, WORD
from gameplan.core.standing import REASONS, STATUSES

NO_DAY: Final = -(2**31)
"""Stands for a day that is not known, in every array of days (days since January 1, 1970)."""

AGES: Final = -1_000_000
NAMED_AGES: Final = {"majority": -2_000_001, "fape-end": -2_000_002}

STATUS_CODES: Final = {status: code for code, status in enumerate(STATUSES)}

REASON_CODES: Final = {reason: code for code, reason in enumerate(REASONS)}

DUTY: Final = np.dtype([
    ("case", "i8"),
    ("clock", "i4"),  # row of the clock in the compiled law
    ("started_by", "i4"),  # id of the fact; below zero: a birthday or a school year, see `derived_id`
    ("started", "i4"),
    ("due", "i4"),
    ("due_earliest", "i4"),
    ("due_latest", "i4"),
    ("done", "i4"),
    ("done_by", "i4"),
    ("days_left", "i4"),
    ("days_late", "i4"),
    ("status", "i1"),
    ("reason", "i1"),
])  # fmt: skip

ROWS: Final = pa.schema([
    pa.field("case", pa.int64(), nullable=False),
    pa.field("state", WORD),
    pa.field("district", WORD),
    pa.field("school", WORD),
    pa.field("clock", WORD, nullable=False),
    pa.field("pack", WORD, nullable=False),  # "us" or the State whose rule it is
    pa.field("kind", WORD, nullable=False),
    pa.field("started_by", pa.int32()),
    pa.field("started", DAY),
    pa.field("due", DAY),
    pa.field("due_earliest", DAY),
    pa.field("due_latest", DAY),
    pa.field("done", DAY),
    pa.field("done_by", pa.int32()),
    pa.field("days_left", pa.int32()),
    pa.field("days_late", pa.int32()),
    pa.field("status", WORD, nullable=False),
    pa.field("reason", WORD, nullable=False),
])  # fmt: skip


def derived_id(name: str) -> int:
    """The number, below zero, of a fact that nobody types: "year:2025-08-13", "age:16", "age:majority"."""
    what, _, value = name.partition(":")
    if what == "year":
        return -(date.fromisoformat(value) - date(1970, 1, 1)).days
    if value in NAMED_AGES:
        return NAMED_AGES[value]
    return AGES - round(12 * float(value))
