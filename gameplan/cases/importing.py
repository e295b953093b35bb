"""Taking in a whole case that came from a file: all of it, or nothing. `bringing` stands on the same pieces."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases import rows
from gameplan.cases.doors import note_access
from gameplan.cases.file_types import LARGEST_PAPER, media_type_of
from gameplan.cases.models import LONGEST_ID, Attachment, Case, Entry, Member, Proof, Shown, Year
from gameplan.cases.named import fact_digest, many_digest, row_digest
from gameplan.cases.people import Person
from gameplan.core import facts
from gameplan.core.calendars import SchoolYear
from gameplan.core.casewrite import case_json
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, unkeepable
from gameplan.people.roles import Side


@transaction.atomic
def import_case(
    person: Person, told: facts.Case, contents: Mapping[str, bytes] | None = None, *, language: str = "en"
) -> Case:
    """A new case from a case file that `read_case` found whole, held by this person.

    `contents` has the bytes of each paper by its id. Facts keep their ids, and the day and person of entry.
    Letters are not taken in here: whoever keeps letters adds them in the same transaction.
    Raises Refused with every fault (a paper missing, changed on the way, or of an unknown kind); then nothing
    is written.
    """
    person, found = person.as_family(), contents or {}
    faults = list(file_faults(told, found))
    if faults:
        raise Refused(faults)
    case = Case.objects.create(**rows.child_columns(told.child), language=language)
    Member.objects.create(case=case, person=person.id, role=person.role)
    case.reader = person
    keep_years(case, told.calendars, person)
    papers = _papers(case, told.attachments, found, person, Side.FAMILY)
    keep_facts(case, told.facts, papers, person, side_of=lambda _fact: Side.FAMILY, action="import-case")
    _note_papers(case, papers, person, "import-papers")
    return case


def file_faults(told: facts.Case, contents: Mapping[str, bytes]) -> Iterable[Fault]:
    """What of a case file cannot be kept, with the bytes of its papers by id."""
    yield from unkeepable(case_json(told), "case")
    yield from _id_faults(told)
    yield from _paper_faults(told, contents)


def keep_years(case: Case, years: Iterable[SchoolYear], by: Person) -> None:
    """Keep the school years of a case file with a new case."""
    Year.objects.bulk_create(
        Year(case=case, **rows.school_year_columns(year), source="import", saved_by=by.role) for year in years
    )


def keep_papers(
    case: Case, told: Sequence[facts.Attachment], contents: Mapping[str, bytes], by: Person, *, side: Side, action: str
) -> list[Attachment]:
    """Keep the papers of a case file with a new case, and name them in its trail."""
    papers = _papers(case, told, contents, by, side)
    _note_papers(case, papers, by, action)
    return papers


def keep_facts(
    case: Case, told: Sequence[facts.Fact], papers: Iterable[Attachment], by: Person,
    *, side_of: Callable[[facts.Fact], Side], action: str,
) -> None:  # fmt: skip
    """Keep the facts of a case file with a new case, each on its side, and name them in its trail.

    The school that holds the case sees what is the family's: it has read the file.
    """
    by_id = {paper.attachment_id: paper for paper in papers}
    entries = Entry.objects.bulk_create(
        Entry(case=case, side=side_of(fact), **rows.fact_columns(fact, position=position))
        for position, fact in enumerate(told, start=1)
    )
    Proof.objects.bulk_create(
        Proof(entry=entry, attachment=by_id[paper_id])
        for entry, fact in zip(entries, told, strict=True)
        for paper_id in dict.fromkeys(fact.attachments)
    )
    if case.school_id is not None:
        family = (entry for entry in entries if entry.side == Side.FAMILY)
        Shown.objects.bulk_create(Shown(entry=entry, is_shown=True, person=by.id) for entry in family)
    facts_as_kept = [
        fact_digest(entry, tuple(dict.fromkeys(fact.attachments))) for entry, fact in zip(entries, told, strict=True)
    ]
    note_access(case.pk, by, action, about=f"facts:1-{len(entries)}", digest=many_digest(facts_as_kept))


def _papers(
    case: Case, told: Sequence[facts.Attachment], contents: Mapping[str, bytes], by: Person, side: Side
) -> list[Attachment]:
    return Attachment.objects.bulk_create(_paper(case, one, contents[one.id], by, side) for one in told)


def _note_papers(case: Case, papers: Sequence[Attachment], by: Person, action: str) -> None:
    if papers:
        digest = many_digest([row_digest(paper) for paper in papers])
        note_access(case.pk, by, action, about=f"papers:1-{len(papers)}", digest=digest)


def _paper(case: Case, told: facts.Attachment, content: bytes, by: Person, side: Side) -> Attachment:
    return Attachment(
        case=case, attachment_id=told.id, name=told.name, media_type=told.media_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), content=content, added_by=by.role, side=side,
    )  # fmt: skip


def _id_faults(told: facts.Case) -> Iterable[Fault]:
    ids = Counter(paper.id for paper in told.attachments)
    for paper_id, times in ids.items():
        if times > 1:
            yield Fault("attachments", f'"{paper_id}" stands there {times} times.', "Give each paper its own id.")
    for one_id in (*(fact.id for fact in told.facts), *ids):
        if "/" in one_id or one_id in (".", ".."):
            yield Fault(one_id[:40], "this id cannot stand in an address.", "Use letters and numbers.")
        if len(one_id) > LONGEST_ID:
            yield Fault(f"{one_id[:40]}...", f"the id is longer than {LONGEST_ID} letters.", "Use a shorter id.")


def _paper_faults(told: facts.Case, found: Mapping[str, bytes]) -> Iterable[Fault]:
    for index, paper in enumerate(told.attachments):
        where = f"attachments[{index}] ({paper.id})"
        content = found.get(paper.id)
        if content is None:
            yield Fault(where, _("The paper itself is missing."), _("Make the file again with its papers."))
        elif len(content) > LARGEST_PAPER:
            yield Fault(where, _("The file is too large."), _("Take it out, or make it smaller than 15 MB."))
        elif hashlib.sha256(content).hexdigest() != paper.sha256 or len(content) != paper.size:
            yield Fault(where, _("The paper was changed on the way."), _("Make the file again from the first case."))
        elif media_type_of(content) != paper.media_type:
            yield Fault(where, _("The paper is not of the kind it says it is."), _("Take it out of the file."))
