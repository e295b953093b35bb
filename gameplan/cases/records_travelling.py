"""Requests to amend the record, and steps to the end of the records, on their way: told as a case file tells them, and
taken in from one or from another case. All of them, or nothing.

What is taken in was `brought` by the family: the school sees a request once it sees all that tells of it, and what
another school said about its own records counts for nothing here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases import amending, retention
from gameplan.cases.doors import note_access
from gameplan.cases.models import Attachment, Case, Entry
from gameplan.cases.models_records import Amendment, AmendmentStep, RetentionStep
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.record import seen_names
from gameplan.cases.seeing import entries_of, papers_of
from gameplan.core.faults import Fault
from gameplan.core.record_shapes import SHAPES, Records, Told, columns_of, part_of, told_row
from gameplan.people.refusals import Refused, unkeepable

AMENDMENTS, RETENTION = "amendments", "retention"
LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader sees of a case: a name of anything else is left out of what is told."""

    facts: Collection[str]
    papers: Collection[str]
    names: Collection[str] = ()

    def fact(self, name: str) -> str:
        """The id of a fact that is seen, or ""."""
        return name if name in self.facts else ""

    def paper(self, name: str) -> str:
        """The id of a paper that is seen, or ""."""
        return name if name in self.papers else ""


def seen_of(case: Case, names: Collection[str] = ()) -> Seen:
    """What the reader of a case sees of its facts and papers; `names` are further names, as the trail names them."""
    facts = entries_of(case).values_list("fact_id", flat=True)
    papers = papers_of(case).values_list("attachment_id", flat=True)
    return Seen(frozenset(facts), frozenset(papers), names)


def told_amending(case: Case) -> Records:
    """The requests to amend and the steps to the end of the records that the reader of a case sees."""
    requests, steps = list(amending.amendments_of(case))[::-1], retention.steps_of(case)
    if not (requests or steps):
        return {}
    seen = seen_of(case, seen_names(case))
    asked = tuple(_told_amendment(one, seen) for one in requests)
    done = tuple(
        {"id": str(number), **told_row(SHAPES[RETENTION], one), "fact": seen.fact(one.fact_id)}
        for number, one in enumerate(steps, start=1)
    )
    return {name: rows for name, rows in ((AMENDMENTS, asked), (RETENTION, done)) if rows}


def _told_amendment(one: Amendment, seen: Seen) -> Told:
    steps = [
        {**told_row(part_of(AMENDMENTS, "steps"), step), "fact": seen.fact(step.fact_id),
         "paper": seen.paper(step.paper_id)}
        for step in amending.steps_of(one)
    ]  # fmt: skip
    about = one.about if one.about in seen.names else ""
    told = {**told_row(SHAPES[AMENDMENTS], one), "about": about, "fact": seen.fact(one.fact_id), "steps": steps}
    return {"id": str(one.number), **told}


def numbers_of(case: Case) -> list[str]:
    """The numbers of the requests of a case, whoever sees them."""
    return [str(number) for number in Amendment.objects.filter(case=case).values_list("number", flat=True)]


@transaction.atomic
def keep_amending(case: Case, records: Records, *, by: Person) -> None:
    """Keep the requests and steps that a case file tells, after those of the case; the numbers are free already.

    Call it in the transaction that takes in the case, once facts and papers are there. Raises Refused with every fault.
    """
    asked, done = records.get(AMENDMENTS, ()), records.get(RETENTION, ())
    if not (asked or done):
        return
    faults = [*_faults(case, asked, done)]
    if faults:
        raise Refused(faults)
    for one in asked:
        _keep_amendment(case, one, by)
    for one in done:
        columns: dict[str, Any] = columns_of(SHAPES[RETENTION], one)
        step = RetentionStep.objects.create(case=case, brought=True, **columns)
        note_access(case.pk, by, "import-retention", about=retention.about_step(step), digest=row_digest(step))


def _keep_amendment(case: Case, told: Told, by: Person) -> None:
    columns: dict[str, Any] = columns_of(SHAPES[AMENDMENTS], told)
    made = Amendment.objects.create(case=case, number=int(str(told["id"])), brought=True, **columns)
    about = amending.about_amendment(made)
    note_access(case.pk, by, "import-amendment", about=about, digest=row_digest(made))
    for one in rows_in(told, "steps"):
        inside: dict[str, Any] = columns_of(part_of(AMENDMENTS, "steps"), one)
        step = AmendmentStep.objects.create(amendment=made, **inside)
        about = amending.about_step(step)
        note_access(case.pk, by, "import-amendment", about=about, digest=row_digest(step))


def rows_in(told: Told, name: str) -> Sequence[Told]:
    """The rows that lie in a row of a case file."""
    found = told[name]
    return found if isinstance(found, list) else ()


def kept_of(case: Case, names: Collection[str] = ()) -> Seen:
    """The facts and papers that a case has, whoever sees them: what a row that is taken in may name."""
    facts = Entry.objects.filter(case=case).values_list("fact_id", flat=True)
    papers = Attachment.objects.filter(case=case).values_list("attachment_id", flat=True)
    return Seen(frozenset(facts), frozenset(papers), names)


def _faults(case: Case, asked: Iterable[Told], done: Iterable[Told]) -> Iterator[Fault]:
    kept = kept_of(case, seen_names(case))
    taken = set(Amendment.objects.filter(case=case).values_list("number", flat=True))
    for one in asked:
        where = f"{AMENDMENTS} ({str(one['id'])[:40]})"
        yield from unkeepable(one, where)
        yield from _number_faults(str(one["id"]), taken, where)
        yield from reference_faults(one, where, kept)
        yield from _order_faults(rows_in(one, "steps"), where)
        for index, step in enumerate(rows_in(one, "steps")):
            yield from reference_faults(step, f"{where}.steps[{index}]", kept)
    for one in done:
        where = f"{RETENTION} ({str(one['id'])[:40]})"
        yield from unkeepable(one, where)
        yield from word_faults(one, "kind", retention.STEPS, where)
        yield from reference_faults(one, where, kept)


def _number_faults(name: str, taken: Collection[int], where: str) -> Iterator[Fault]:
    if not (name.isascii() and name.isdecimal() and 0 < int(name[:9]) < LARGEST_NUMBER and str(int(name)) == name):
        yield Fault(f"{where}.id", _("This is not the number of a request."), _("Use 1, 2, 3 and so on."))
    elif int(name) in taken:
        yield Fault(f"{where}.id", _("This number stands there already."), _("Give each request its own number."))


def reference_faults(told: Told, where: str, kept: Seen) -> Iterator[Fault]:
    """A fault for a fact or paper that a row names and that is not in this file."""
    mend = _("Name one that is in this file, or leave it empty.")
    for name, there in (("fact", kept.facts), ("paper", kept.papers), ("about_event", kept.facts)):
        if told.get(name) and told[name] not in there:
            yield Fault(f"{where}.{name}", _("What this names is not in the file."), mend)
    if told.get("about") and told["about"] not in kept.names:
        yield Fault(f"{where}.about", _("What this names is not in the file."), mend)


def word_faults(told: Told, name: str, known: Collection[str], where: str) -> Iterator[Fault]:
    """A fault for a word that is none of those that this program knows."""
    if told[name] not in known:
        what = _("This is none of the words that can stand here: {word}.").format(word=str(told[name])[:40])
        yield Fault(f"{where}.{name}", what, _("Use one of these: {words}.").format(words=", ".join(known)))


def _order_faults(steps: Sequence[Told], where: str) -> Iterator[Fault]:
    """Each step follows from where the request stood before it; a statement stands beside and changes nothing."""
    stage = amending.ASKED
    for index, told in enumerate(steps):
        step = amending.STEPS.get(str(told["kind"]))
        if step is None:
            yield from word_faults(told, "kind", amending.STEPS, f"{where}.steps[{index}]")
            return
        if stage not in step.after:
            mend = _("Put the steps in the order in which they were taken.")
            yield Fault(f"{where}.steps[{index}]", _("This step does not follow here."), mend)
            return
        stage = stage if told["kind"] == amending.STATEMENT else str(told["kind"])
