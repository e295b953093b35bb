"""What is wrong with a file: by file, row and column, all at once, the first of them in full.

No message repeats what stands in a cell: who runs a place need not be somebody who may see a child.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gameplan.core.faults import Fault

MOST_SHOWN = 200


def where(file: str, row: int | None = None, column: str = "") -> str:
    """The place in a file, in words: "users.csv, row 7, column grades"."""
    words = [file]
    if row is not None:
        words.append(_("row %(row)s") % {"row": row})
    if column:
        words.append(_("column %(column)s") % {"column": column[:60]})
    return ", ".join(words)


@dataclass
class Faults:
    """Collects faults while a file is read: the first `MOST_SHOWN` of them whole, and how many there are."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, what: str, mend: str, *, row: int | None = None, column: str = "") -> None:
        """Note one thing that is wrong at a place of a file."""
        self.note(Fault(where(file, row, column), what, mend))

    def note(self, *faults: Fault) -> None:
        """Note faults that are made already."""
        self.count += len(faults)
        self.first.extend(faults[: MOST_SHOWN - len(self.first)])

    def __bool__(self) -> bool:
        return self.count > 0


def kept(fault: Fault) -> dict[str, str]:
    """A fault as a take keeps it."""
    return {"where": fault.where, "what": fault.what, "mend": fault.mend}


def read_kept(raw: Iterable[Mapping[str, str]]) -> list[Fault]:
    """The faults that a take has kept."""
    return [Fault(one["where"], one["what"], one["mend"]) for one in raw]
