"""A count as somebody looks at it: each file as tables of one unit, what is wrong, and the children behind a number.

Everything is added up by the database from the rows that were written when the children were read (`keeping_counts`).
So it is right again at once when a case has gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, QuerySet

from gameplan.reports.counting.checks import CHECKS, Check
from gameplan.reports.counting.edit_checks import TWICE, SetSum, set_sums
from gameplan.reports.counting.file_forms import FileForm, file_names
from gameplan.reports.counting.tally import Row, Tally, Unit
from gameplan.reports.models import Count, CountedChild, CountedFault, CountedIn

_PLACE = {"SEA": (), "LEA": ("lea",), "SCH": ("lea", "school")}
"""The columns that name the unit of a child, by level."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One check, and how many children it is about."""

    check: Check
    children: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A count at a glance: how many each file counts (children, or times), and what is wrong, the grave first."""

    amounts: Mapping[str, int]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One file of a count: the rows of one unit, the sums of its sets, what is wrong, and all units that there are."""

    rows: tuple[Row, ...]
    sums: tuple[SetSum, ...]
    wrong: tuple[Wrong, ...]
    units: tuple[Unit, ...]


def overview(count: Count) -> Overview:
    """The count at a glance. Three queries."""
    found = CountedIn.objects.filter(count=count).order_by().values_list("file").annotate(Number("pk"))
    return Overview(dict.fromkeys(file_names(), 0) | dict(found), wrong_in(count))


def result_of(count: Count, form: FileForm, level: str, unit: Unit, units: Iterable[Unit]) -> Result:
    """One file for one unit of a level. `units`: those that are there even where nobody is counted."""
    here = CountedChild.objects.filter(count=count).order_by().values_list(*_PLACE[level]).distinct()
    known = {*units, *(Unit(*place) for place in here)} if _PLACE[level] else {*units, Unit()}
    tally = tally_of(count, form, level, unit)
    rows = tuple(row for row in tally.rows([unit]) if row.unit == unit and row.amount)
    return Result(rows, tuple(set_sums(form, rows)), wrong_in(count, form.id), tuple(sorted(known)))


def tally_of(count: Count, form: FileForm, level: str, unit: Unit) -> Tally:
    """What one unit of a level comes to in a file. One query: children with the same codes come as one row."""
    tally = Tally(form, level)
    found = _claims(count, form, level, unit).order_by().values_list("codes").annotate(Number("pk"))
    for codes, times in found.iterator():
        tally.put(unit, codes, times)
    return tally


def behind_row(count: Count, form: FileForm, level: str, row: Row) -> QuerySet[CountedChild]:
    """The children behind a row."""
    found = _claims(count, form, level, row.unit).filter(**{f"codes__{name}": code for name, code in row.codes.items()})
    return CountedChild.objects.filter(pk__in=found.order_by().values("child"))


def wrong_in(count: Count, file: str = "") -> tuple[Wrong, ...]:
    """How many children each check is about, the grave ones first; with `file` only those that matter in it."""
    about: Counter[str] = Counter()
    told = CountedFault.objects.filter(count=count).order_by().values_list("check_id", "files")
    for name, files, children in told.annotate(Number("child", distinct=True)):
        if not file or file in files.split():
            about[name] += children
    about[TWICE] = twins(count, file).count()
    listed = (Wrong(CHECKS[name], about[name]) for name in CHECKS if about[name])
    return tuple(sorted(listed, key=lambda one: not one.check.is_grave))


def children_with(count: Count, check: str, file: str = "") -> QuerySet[CountedChild]:
    """The children of a check; with `file`, only where it matters in that."""
    if check == TWICE:
        return twins(count, file)
    told = CountedFault.objects.filter(count=count, check_id=check)
    if file:
        matter = {
            files for files in told.order_by().values_list("files", flat=True).distinct() if file in files.split()
        }
        told = told.filter(files__in=matter)
    return CountedChild.objects.filter(pk__in=told.order_by().values("child"))


def twins(count: Count, file: str = "") -> QuerySet[CountedChild]:
    """The children of whom there are two or more: they are in a file, and share a number of the State."""
    counted = CountedIn.objects.filter(child=OuterRef("pk"), **({"file": file} if file else {}))
    here = CountedChild.objects.filter(count=count).exclude(student="")
    shared = here.filter(Exists(CountedIn.objects.filter(child=OuterRef("pk"))))
    numbers = shared.order_by().values("student").annotate(children=Number("pk")).filter(children__gt=1)
    return here.filter(Exists(counted), student__in=numbers.values("student"))


def _claims(count: Count, form: FileForm, level: str, unit: Unit) -> QuerySet[CountedIn]:
    """Each time that a child of this unit is counted in the file."""
    place = {f"child__{name}": getattr(unit, name) for name in _PLACE[level]}
    return CountedIn.objects.filter(count=count, file=form.id, **place)
