"""Is the trail of a case whole? Walked here by hand, and held against what lies in the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gameplan.cases.models import Access, Attachment, Case, Entry
from gameplan.cases.trail import hash_of
from gameplan.papers.models import Letter
from gameplan.planning.models import Version


def faults_of_trail(case: Case) -> list[str]:
    """What is wrong with the chain, its end in the case, or what it names; nothing for a whole trail."""
    return [*chain_faults(case), *_name_faults(case)]


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


def _name_faults(case: Case) -> Iterator[str]:
    """What was written and is not in the trail, was named twice, or is named and not there."""
    lies: dict[str, str | None] = {
        **{f"fact:{name}": None for name in Entry.objects.filter(case=case).values_list("fact_id", flat=True)},
        **_named("paper:{}", Attachment.objects.filter(case=case).values_list("attachment_id", "sha256")),
        **_named("letter:{}", Letter.objects.filter(case=case).values_list("letter_id", "sha256")),
        **{
            f"version:{plan}/{number}": sha256
            for plan, number, sha256 in Version.objects.filter(plan__case=case).values_list(
                "plan__plan_id", "number", "sha256"
            )
        },
    }
    rows = Access.objects.filter(case_id=case.pk).exclude(digest="").values_list("about", "digest")
    for about, times in Counter(about for about, _digest in rows).items():
        if times > 1 or about not in lies:
            yield f"{about} stands in the trail {times} times, in the tables {int(about in lies)} times"
    named = dict(rows)
    for about, digest in lies.items():
        if about not in named or digest not in (None, named[about]):
            yield f"{about} is not as the trail names it"


def _named(pattern: str, rows: object) -> dict[str, str | None]:
    assert hasattr(rows, "__iter__")
    return {pattern.format(name): sha256 for name, sha256 in rows}
