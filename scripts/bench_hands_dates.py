"""The stored dates of a made-up State: worked out once for all children with the same life, and copied to the others.

Thousands of children share one life and show the school the same of it, to the ids of the facts. `refresh` works out
the first of them; for the others the same rows are written with their own case, school and district, as `refresh`
would write them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from scripts.bench_hands_lives import ON

if TYPE_CHECKING:
    from gameplan.watch.models import OfCase

TOGETHER: Final = 2_000
"""Children whose dates are copied in one transaction."""
OWN: Final = {"case_id": "alike.case_id", "school_id": "child.school_id", "district_id": "school.parent_id"}
"""The columns that are each child's own."""


def work_out_all() -> None:
    """The stored dates of every child, as `gameplan work` keeps them; how long that took."""
    from django.db import connection

    from gameplan.watch.refreshing import refresh

    begin = time.perf_counter()
    groups = list(alike())
    refresh((group[0] for group in groups), ON)
    pairs = [(one, group[0]) for group in groups for one in group[1:]]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-500000")  # rows of a case lie anywhere in nine indexes
        for start in range(0, len(pairs), TOGETHER):
            _copy(cursor, pairs[start : start + TOGETHER])
    took = time.perf_counter() - begin
    told = f"Worked out the dates of {len(groups):,} children and copied them to {len(pairs):,} others"
    print(f"{told} in {took:.0f} s", file=sys.stderr)


def alike() -> Iterator[list[UUID]]:
    """The children in groups: of one life (its digest stands in the trail), with the same facts shown to the school."""
    from gameplan.cases.models import Access, Shown

    shown: dict[UUID, list[int]] = {}
    rows = Shown.objects.order_by("entry__case_id", "entry__position")
    for key, position in rows.values_list("entry__case_id", "entry__position").iterator():
        shown.setdefault(key, []).append(position)
    groups: dict[tuple[str, tuple[int, ...]], list[UUID]] = {}
    told = Access.objects.filter(action="import-case").order_by("case_id").values_list("case_id", "digest")
    for key, life in told.iterator():
        groups.setdefault((life, tuple(shown.get(key, ()))), []).append(key)
    yield from groups.values()


def _copy(cursor: Any, pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Write for each first child of these pairs what is stored of the second one."""
    from django.db import connection, transaction

    from gameplan.cases.models import Case
    from gameplan.watch.models import Due, Looked

    key = Case._meta.pk
    kind = key.db_type(connection)
    with transaction.atomic():
        cursor.execute("DROP TABLE IF EXISTS bench_alike")
        cursor.execute(f"CREATE TEMPORARY TABLE bench_alike (case_id {kind}, first_id {kind})")
        rows = [tuple(key.get_db_prep_value(one, connection) for one in pair) for pair in pairs]
        cursor.executemany("INSERT INTO bench_alike VALUES (%s, %s)", rows)
        for model in (Due, Looked):
            cursor.execute(_copying(model))


def _copying(model: type[OfCase]) -> str:
    """The statement that copies the rows of a table."""
    from gameplan.cases.models import Case
    from gameplan.people.models import Organisation

    names = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(OWN.get(name, f'first."{name}"') for name in names)
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {values} FROM bench_alike AS alike "  # noqa: S608
        f"JOIN {Case._meta.db_table} AS child ON child.id = alike.case_id "
        f"JOIN {Organisation._meta.db_table} AS school ON school.id = child.school_id "
        f"JOIN {model._meta.db_table} AS first ON first.case_id = alike.first_id"
    )
