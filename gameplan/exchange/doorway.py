"""A case out to a zip, and in from one, through the doors of the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from gameplan.cases.bringing import Bringing, bring_case
from gameplan.cases.doors import case_for, facts_of, paper_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.records_travelling import keep_amending, told_amending
from gameplan.cases.verbs import import_case
from gameplan.consents.travelling import consent_files, keep_consents, told_consents, told_signatures
from gameplan.core import facts
from gameplan.core.facts import SentLetter
from gameplan.core.faults import Fault
from gameplan.exchange.case_zip import ReadCase, export_case, read_zip
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from gameplan.notices.travelling import keep_notices, notice_files, told_notices
from gameplan.papers.doors import letter_files, told_letters
from gameplan.papers.importing import keep_letters
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.planning.travelling import keep_plans, plan_files, told_plans
from gameplan.progress.travelling import keep_progress, progress_files, told_progress


@transaction.atomic
def export_for(person: Person, case_id: UUID | str) -> bytes:
    """The whole case as one zip, for a person who may give it away.

    Raises Http404 or PermissionDenied as `case_for` does, and ExchangeError if a paper was damaged.
    """
    return packed(case_for(person, case_id, to=Action.SHARE))


def packed(case: Case) -> bytes:
    """A case as its reader sees it, as one zip. Raises ExchangeError if a paper was damaged."""
    told = told_case(case)
    papers = {one.id: bytes(paper_of(case, one.id).content) for one in told.attachments}
    files = letter_files(case)
    pdfs = {one.id: files[one.pdf] for one in told.letters if files.get(one.pdf)}
    others = {**plan_files(case), **consent_files(case), **notice_files(case), **progress_files(case)}
    return export_case(told, papers, pdfs, others)


def told_case(case: Case) -> facts.Case:
    """All of a case that its reader sees, as the case file has it, without the bytes of papers."""
    return replace(
        facts_of(case), letters=_whole(told_letters(case)), plans=told_plans(case), consents=told_consents(case),
        signatures=told_signatures(case),
        records={**told_amending(case), **told_notices(case), **told_progress(case)},
    )  # fmt: skip


def _whole(letters: Sequence[SentLetter]) -> tuple[SentLetter, ...]:
    """The letters without a word of one that is not among them."""
    there = {one.id for one in letters}
    return tuple(one if one.corrects in there else replace(one, corrects=None) for one in letters)


def import_for(person: Person, content: bytes, *, language: str = "en") -> Case:
    """A new case of this person from a zip: all of it or nothing.

    Raises ExchangeError with everything that is wrong; then nothing is written.
    """
    read = read_zip(content, vocabulary())

    def start() -> Case:
        return import_case(person, read.case, read.attachments, language=language)

    return _taken_in(read, start, Side.FAMILY)


def bring_for(how: Bringing, content: bytes, *, by: Person) -> Case:
    """A new case that a school holds, from a zip: all of it or nothing. The same checks as for a single one.

    `by`: who brings it, let in by a door of the room that calls. Raises ExchangeError with everything that is wrong.
    """
    read = read_zip(content, vocabulary())

    def start() -> Case:
        return bring_case(how, read.case, read.attachments, by=by)

    return _taken_in(read, start, Side.SCHOOL)


def _taken_in(read: ReadCase, start: Callable[[], Case], side: Side) -> Case:
    """A case that `start` begins, with all that a zip has beside facts and papers; `side` writes its plans on."""
    pdfs = {one.pdf: read.letter_pdfs[one.id] for one in read.case.letters if one.pdf}
    try:
        with transaction.atomic():
            case = start()
            told, files, by = read.case, read.other_pdfs, case.reader
            _each(
                lambda: keep_letters(case, told.letters, pdfs),
                lambda: keep_plans(case, told.plans, files, by=by, side=side),
                lambda: keep_consents(case, told.consents, told.signatures, files),
            )
            _each(
                lambda: keep_progress(case, told.records, files, by=by),
                lambda: keep_notices(case, told.records, files, by=by),
                lambda: keep_amending(case, told.records, by=by),
            )
    except Refused as refused:
        raise ExchangeError(refused.faults) from refused
    return case


def _each(*takings: Callable[[], None]) -> None:
    """Take in one kind after the other. Raises Refused with the faults of all of them at once."""
    faults: list[Fault] = []
    for take_in in takings:
        try:
            take_in()
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
