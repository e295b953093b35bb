"""Is the trail of a case whole? Its chain is walked here by hand; what it names, the program itself verifies."""

from __future__ import annotations

from collections.abc import Iterator

from gameplan.cases.models import Access, Case
from gameplan.cases.trail import hash_of
from gameplan.cases.verifying import verdicts

NOT_CHECKED = "school:"
"""What was chosen to be shown to a school: the trail names it, and no room of the program checks it yet."""


def faults_of_trail(case: Case) -> list[str]:
    """What is wrong with the chain, its end in the case, or what it names; nothing for a whole trail."""
    return [*chain_faults(case), *_finding_faults(case)]


def chain_faults(case: Case) -> Iterator[str]:
    """What is wrong with the chain, and with its end in the case."""
    number, head = 0, ""
    for row in Access.objects.filter(case_id=case.pk).order_by("number"):
        if (row.number, row.before) != (number + 1, head):
            yield f"row {row.number} does not follow row {number}"
        if hash_of(row) != row.hash:
            yield f"row {row.number} has another hash"
        number, head = row.number, row.hash
    now = Case.objects.get(pk=case.pk)
    if (now.trail_count, now.trail_head) != (number, head):
        yield f"the case knows {now.trail_count} rows and the trail has {number}"


def _finding_faults(case: Case) -> Iterator[str]:
    """What `gameplan trail verify` finds: in the chain, and in what the trail names."""
    for verdict in verdicts(only=case.pk):
        yield from (f"{one.about}: {one.what}" for one in verdict.findings)
        unknown = (name for name in verdict.unknown if not name.startswith(NOT_CHECKED))
        yield from (f"{name}: nobody knows how to check it" for name in unknown)
