"""Keeping the children of a count: each as they stood, and what follows from that, worked out once.

What follows from one child alone is written beside the child: in which files they are counted, with which codes, and
what is wrong or open. The pages (`results`) add these rows up; no page goes through the children again.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gameplan.reports.counting.counted import Counted
from gameplan.reports.kept_children import counted_json, faults_with, files_with
from gameplan.reports.models import Count, CountedChild, CountedFault, CountedIn

WRITTEN_AT_ONCE = 1000


def keep_children(count: Count, children: Iterable[Counted]) -> int:
    """Keep these children of a count; how many there are. Call it within a transaction: it writes three tables."""
    told = list(children)
    rows = CountedChild.objects.bulk_create(_child(count, one) for one in told)
    pairs = list(zip(rows, told, strict=True))
    claims = (
        CountedIn(count=count, child=row, file=file, codes=codes)
        for row, one in pairs
        for file, codes in files_with(one)
    )
    faults = (
        CountedFault(count=count, child=row, check_id=check, files=files)
        for row, one in pairs
        for check, files in faults_with(one)
    )
    CountedIn.objects.bulk_create(claims, batch_size=WRITTEN_AT_ONCE)
    CountedFault.objects.bulk_create(faults, batch_size=WRITTEN_AT_ONCE)
    return len(rows)


def _child(count: Count, one: Counted) -> CountedChild:
    places = {"lea": one.lea, "school": one.school, "student": one.student}
    return CountedChild(count=count, case_id=UUID(one.id), data=counted_json(one), **places)
