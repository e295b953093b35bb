"""One case of a batch, as a page shows it to somebody who may see children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from gameplan.carrying.doors import lines_of
from gameplan.carrying.models import Batch, Line
from gameplan.rosters.doors import pupils_named
from gameplan.rosters.models import Pupil
from gameplan.web.arrived import number_in, one_page

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REASONS: Mapping[str, StrOrPromise] = {
    "number": gettext_lazy("The number is this student’s. Name or birth date speak for somebody else."),
    "two-numbers": gettext_lazy("The two numbers are those of two students."),
    "name-and-birth": gettext_lazy("Name and birth date are this student’s. The number is another one."),
    "twice": gettext_lazy("Another case of the file seems to be this child’s too."),
    "case-there": gettext_lazy("A school here has a case of a child with this name and birth date already."),
}  # fmt: skip
DOUBTS: Mapping[str, StrOrPromise] = {
    "review": gettext_lazy("The yearly review is not within a year of its plan. The law’s day holds."),
    "reevaluation": gettext_lazy("The next evaluation is not three years after one in the file."),
    "before-birth": gettext_lazy("Something happened before the child was born."),
    "no-consent": gettext_lazy("There is an IEP and no permission for the first services. The child is not counted."),
    "no-category": gettext_lazy("There is an IEP and no disability that the child count knows."),
    "no-environment": gettext_lazy("There is an IEP, and it is not said where the child is taught."),
    "late-plan": gettext_lazy("No IEP within 30 days after the child qualified. Is an earlier plan missing?"),
    "weekend": gettext_lazy("A meeting or a plan is on a Saturday or Sunday."),
}  # fmt: skip


@dataclass(frozen=True)
class ShownLine:
    """A case with the child's name, as far as it is still kept, what is odd in it, and whose it may be."""

    line: Line
    name: str
    born: date | None
    reason: StrOrPromise
    doubts: Sequence[StrOrPromise]
    candidates: Sequence[Pupil]


def odd_counts(batch: Batch) -> list[tuple[StrOrPromise, int]]:
    """What is odd in a batch, in words, and in how many cases."""
    return [(words, batch.counts[f"doubt {name}"]) for name, words in DOUBTS.items() if f"doubt {name}" in batch.counts]


def page_of_lines(batch: Batch, kind: str, after: str) -> tuple[list[ShownLine], int]:
    """Some cases of a kind with names, and the number after which the next page begins; 0 for the last one.

    `after`: as an address says it; nonsense is the beginning. Two queries.
    """
    lines, following = one_page(lines_of(batch, kind, after=number_in(after)))
    return _shown_lines(lines), following


def _shown_lines(lines: Iterable[Line]) -> list[ShownLine]:
    several = list(lines)
    pupils = pupils_named([key for line in several for key in line.candidates])
    return [_shown(line, pupils) for line in several]


def _shown(line: Line, pupils: Mapping[str, Pupil]) -> ShownLine:
    child = (line.told or {}).get("child", {})
    born = child.get("born")
    return ShownLine(
        line, child.get("name", ""), date.fromisoformat(born) if born else None, REASONS.get(line.reason, ""),
        [DOUBTS[one] for one in line.doubts if one in DOUBTS],
        [pupils[key] for key in line.candidates if key in pupils],
    )  # fmt: skip
