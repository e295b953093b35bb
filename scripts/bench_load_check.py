"""After `make bench ARGS=load`: is everything that was confirmed there, once, and is the record of access whole?

    python -m scripts.bench_load_check < kept.json

reads what was sent to be kept (`bench_load_people.Kept`) and writes one line of JSON: a number for each kind of fault,
and examples. GAMEPLAN_DATA and DATABASE_URL choose the database, as always.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import django

from scripts.bench_load_acts import FACT_KIND
from scripts.bench_load_people import Kept

MOST_SAID: Final = 10
Faults = Iterator[tuple[str, str]]
"""What is wrong in a word or two, and of what."""


def faults(kept: Sequence[Kept]) -> Faults:
    """Everything that is lost, there twice, or not as it was sent; and what does not fit a record of access."""
    by_kind: dict[str, list[Kept]] = {}
    for one in kept:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, look in LOOKS.items():
        yield from look(by_kind.get(kind, []))
    yield from _trails(_cases(kept))


def _cases(sent: Iterable[Kept]) -> set[UUID]:
    return {UUID(one.case) for one in sent}


def _once(sent: Sequence[Kept], there: Iterable[str]) -> Faults:
    """What was confirmed is there once; what was not may be there once."""
    found = Counter(there)
    for one in sent:
        if found[one.word] > 1:
            yield "there twice", f"{one.kind} {one.word}"
        elif one.confirmed and not found[one.word]:
            yield "lost", f"{one.kind} {one.word}"


def _facts(sent: Sequence[Kept]) -> Faults:
    from gameplan.cases.models import Entry

    cases = _cases(sent)
    there = [(one.note, one.corrects) for one in Entry.objects.filter(case__in=cases, kind=FACT_KIND).iterator()]
    corrects = dict(there)
    yield from _once(sent, (note for note, _corrects in there))
    for one in sent:
        if one.told and one.word in corrects and f"corrects {corrects[one.word]}" != one.told:
            yield "another fact corrected", f"{one.word}: {corrects[one.word]}, not {one.told}"


def _papers(sent: Sequence[Kept]) -> Faults:
    from gameplan.cases.models import Attachment

    papers = Attachment.objects.filter(case__in=_cases(sent))
    yield from _once(sent, (name.removesuffix(".pdf") for name in papers.values_list("name", flat=True)))
    wanted = {f"{one.word}.pdf": one.told for one in sent}
    for paper in papers.filter(name__in=list(wanted)).iterator(chunk_size=50):
        if hashlib.sha256(bytes(paper.content)).hexdigest() != wanted[paper.name]:
            yield "another paper", paper.name


def _sessions(sent: Sequence[Kept]) -> Faults:
    from gameplan.progress.models_minutes import ServiceLog

    logs = ServiceLog.objects.filter(case__in=_cases(sent))
    yield from _once(sent, (log.note for log in logs.iterator()))


def _drafts(sent: Sequence[Kept]) -> Faults:
    """The last one that somebody typed on a page is there: it took the place of those before."""
    from gameplan.cases.models import Draft

    there = {str(draft.data.get("note")) for draft in Draft.objects.filter(case__in=_cases(sent)).iterator()}
    yield from _last(sent, lambda one: one.word in there)


def _fields(sent: Sequence[Kept]) -> Faults:
    """The last text that was saved in a field stands there."""
    from gameplan.planning.models import Cell

    cells = Cell.objects.filter(plan__case__in=_cases(sent)).select_related("plan")
    there = {(str(cell.plan.case_id), f"{cell.plan.plan_id} {cell.path}"): str(cell.value) for cell in cells.iterator()}
    yield from _last(sent, lambda one: one.word in there.get((one.case, one.told), ""))


def _last(sent: Sequence[Kept], is_there: Callable[[Kept], bool]) -> Faults:
    """Of each place the last thing is there; where the last was not confirmed, that or the one before."""
    by_place: dict[tuple[str, str], list[Kept]] = {}
    for one in sent:
        by_place.setdefault((one.case, one.told), []).append(one)
    for some in by_place.values():
        newest = [number for number, one in enumerate(some) if one.confirmed][-1:]
        if newest and not any(map(is_there, some[newest[0] :])):
            yield "lost", f"{some[newest[0]].kind} {some[newest[0]].word}"


def _trails(cases: Iterable[UUID]) -> Faults:
    from gameplan.cases.verifying import verdicts

    for case in cases:
        for verdict in verdicts(case):
            for one in verdict.findings:
                yield "record of access", f"{one.case}: {one.what} {one.about}"


LOOKS: Final[Mapping[str, Callable[[Sequence[Kept]], Faults]]] = {
    "fact": _facts, "paper": _papers, "session": _sessions, "draft": _drafts, "field": _fields,
}  # fmt: skip


def told(found: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """How many faults of each kind there are, and the first of them."""
    some = list(found)
    return {"faults": Counter(what for what, _about in some), "said": [": ".join(one) for one in some[:MOST_SAID]]}


def main() -> None:
    """Reads what was kept, looks, and says what is wrong."""
    from gameplan.config.serve import prepare

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    kept = [Kept(**one) for one in json.load(sys.stdin)]
    sys.stdout.write(json.dumps(told(faults(kept))) + "\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main()
