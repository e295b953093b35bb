"""Counts that were taken before: what follows from each child is worked out now, as it is when a child is read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import migrations

from gameplan.reports.kept_children import counted_in, faults_with, files_with

AT_ONCE = 500


def work_out(apps: Any, _editor: Any) -> None:
    """Write the rows of every child of every count."""
    child, claim, fault = (apps.get_model("reports", name) for name in ("CountedChild", "CountedIn", "CountedFault"))
    rows = child.objects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        for row in some:
            row.lea, row.school, row.student = (row.data[name] for name in ("lea", "school", "student"))
        child.objects.bulk_update(some, ["lea", "school", "student"])
        claim.objects.bulk_create(claim(**one) for one in _claims(some))
        fault.objects.bulk_create(fault(**one) for one in _faults(some))


def _claims(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for file, codes in files_with(counted_in(str(row.case_id), row.data)):
            yield {"count_id": row.count_id, "child_id": row.pk, "file": file, "codes": codes}


def _faults(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for check, files in faults_with(counted_in(str(row.case_id), row.data)):
            yield {"count_id": row.count_id, "child_id": row.pk, "check_id": check, "files": files}


class Migration(migrations.Migration):
    """Writes rows only."""

    dependencies = [("reports", "0002_counted_rows")]
    operations = [migrations.RunPython(work_out, migrations.RunPython.noop)]
