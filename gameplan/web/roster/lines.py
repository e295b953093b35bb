"""What a file would change of a student, as a page shows it to somebody who may see children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gameplan.people.doors import organisations_by_id
from gameplan.rosters.deciding import ONLY_SAME
from gameplan.rosters.doors import lines_of, pupils_named
from gameplan.rosters.models import Line, Pupil, Take
from gameplan.rosters.plain.mapping import NAMES
from gameplan.web.arrived import number_in, one_page
from gameplan.web.templatetags.look import in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS: Mapping[str, StrOrPromise] = {
    **NAMES, "guardians": gettext_lazy("Parents and guardians"), "race_words": gettext_lazy("Race, in other words"),
    "sourced_id": gettext_lazy("Id in your system"), "source": gettext_lazy("System"),
    "active": gettext_lazy("On the roster"),
}  # fmt: skip
REASONS: Mapping[str, StrOrPromise] = {
    "reused-id": gettext_lazy(
        "The id was this student’s until now. Name, birth date or State number speak for somebody else."
    ),
    "twins": gettext_lazy("The id is one student’s, and the name is that of another one who was born on the same day."),
    "state-id": gettext_lazy("The State’s number is this student’s. Name or birth date speak for somebody else."),
    "name-and-birth": gettext_lazy("Name and birth date are this student’s. The id is new."),
}
DAYS = ("born", "enrolled_since", "enrolled_until")


@dataclass(frozen=True)
class Change:
    """One thing that becomes another."""

    label: StrOrPromise
    before: str
    after: str


@dataclass(frozen=True)
class ShownLine:
    """A line with names: the student as the file tells them, what changes, and who they may be."""

    line: Line
    name: str
    born: date | None
    school: str
    changes: Sequence[Change]
    reason: StrOrPromise
    candidates: Sequence[Pupil]
    may_be_another: bool


def page_of_lines(take: Take, kind: str, after: str) -> tuple[list[ShownLine], int]:
    """Some lines of a kind with names, and the number after which the next page begins; 0 for the last one.

    `after`: as an address says it; nonsense is the beginning. Three queries.
    """
    lines, following = one_page(lines_of(take, kind, after=number_in(after)))
    return _shown_lines(lines), following


def _shown_lines(lines: Iterable[Line]) -> list[ShownLine]:
    several = list(lines)
    rows = [row for line in several for row in (line.before, line.after) if row]
    keys = {UUID(row["school"]) for row in rows if row.get("school")}
    schools = {str(one.pk): one.name for one in organisations_by_id(keys)}
    pupils = pupils_named([key for line in several for key in line.candidates])
    return [_shown(line, schools, pupils) for line in several]


def _shown(line: Line, schools: Mapping[str, str], pupils: Mapping[str, Pupil]) -> ShownLine:
    row: Mapping[str, Any] = line.after or line.before or {}
    born = row.get("born")
    changed = line.kind == Line.Kind.CHANGED and line.before and line.after
    return ShownLine(
        line=line,
        name=f"{row.get('given', '')} {row.get('family', '')}".strip(),
        born=date.fromisoformat(born) if born else None,
        school=schools.get(row.get("school") or "", ""),
        changes=list(_changes(line.before or {}, line.after or {}, schools)) if changed else (),
        reason=REASONS.get(line.reason, ""),
        candidates=[pupils[key] for key in line.candidates if key in pupils],
        may_be_another=line.reason not in ONLY_SAME,
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], schools: Mapping[str, str]) -> Iterable[Change]:
    for column, label in LABELS.items():
        if column in after and before.get(column) != after[column]:
            yield Change(label, _word(column, before.get(column), schools), _word(column, after[column], schools))


def _word(column: str, value: Any, schools: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return "–"
    if column == "school":
        return schools.get(value, "–")
    if column in DAYS:
        return in_words(date.fromisoformat(value))
    if column == "guardians":
        told = ([one.get(part) for part in ("name", "email", "phone")] for one in value)
        return "; ".join(", ".join(filter(None, several)) for several in told)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
