"""The children behind the numbers of B-11, B-12 and B-13: each case with the number of the worksheet it is in.

For whoever may see the children: the tables themselves name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gameplan.audit.indicators import child_find as b11
from gameplan.audit.indicators import early_childhood as b12
from gameplan.audit.indicators.child_find import Outcomes, first_reasons, moved_away
from gameplan.audit.indicators.early_childhood import Toddlers
from gameplan.audit.indicators.parts import NEVER, Array


@dataclass(frozen=True, slots=True)
class Behind:
    """One child: the number of the case in the folder, the column of the worksheet in which the child is counted.

    `days_late`: calendar days, where they are known. `code`: the reason of P002116, "" where the file gives none, and
    None where no reason is asked for.
    """

    case: int
    column: str
    days_late: int | None = None
    code: str | None = None


_B11: Final = {
    b11.IN_TIME: "b_in_time", b11.BY_STATE: "b_by_state_exception", b11.ENDED: "time_ended",
    b11.RUNNING: "still_running", b11.UNKNOWN: "cannot_tell", b11.LATE_DONE: "late_finished",
    b11.LATE_OPEN: "late_not_finished", b11.NOT_PRODUCED: "excused_not_produced", b11.MOVED: "excused_moved",
}  # fmt: skip
_B12: Final = {
    b12.B: "b", b12.C: "c", b12.D: "d", b12.E: "e", b12.LATE: "delayed_iep_late",
    b12.IN_FORCE_LATE: "delayed_in_force_late", b12.NOT_ELIGIBLE_LATE: "delayed_not_eligible_late",
    b12.NO_IEP: "delayed_no_iep", b12.RUNNING: "still_running", b12.UNKNOWN: "cannot_tell",
    b12.PERHAPS_E: "cannot_tell_if_e",
}  # fmt: skip


def behind_child_find(children: Outcomes) -> list[Behind]:
    """Each child with a permission in the period, with the reason and the days late."""
    away = moved_away(children)
    codes: list[str | None] = [None] * len(children.case)
    for code, mask in first_reasons(children):
        for row in np.flatnonzero(mask).tolist():
            codes[row] = code
    return [
        Behind(int(case), "moved_away" if away[row] else _B11[int(children.outcome[row])],
               _days(children.days_late[row]), codes[row])
        for row, case in enumerate(children.case)
    ]  # fmt: skip


def behind_early_childhood(children: Toddlers) -> list[Behind]:
    """Each child who was in Part C and turned three in the period."""
    return [
        Behind(int(case), _B12[int(children.outcome[row])] if children.referred[row] else "referral_not_in_file",
               _days(children.days_late[row]))
        for row, case in enumerate(children.case)
    ]  # fmt: skip


def behind_transition(cases: Sequence[int], yes: Array, no: Array) -> list[Behind]:
    """Each young person with an IEP in force; `yes` and `no`: what the IEP says of transition."""
    columns = np.where(yes, "plan_says_transition", np.where(no, "plan_without_transition", "plan_does_not_say"))
    return [Behind(int(case), str(column)) for case, column in zip(cases, columns, strict=True)]


def _days(found: Array) -> int | None:
    return None if found == NEVER or found <= 0 else int(found)
