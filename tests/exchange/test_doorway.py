"""A case out of one household and into another: the same case, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import cases_of, facts_of
from gameplan.cases.models import Access, Attachment, Case, Entry, Member
from gameplan.cases.people import HOME, Person
from gameplan.core import facts
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json
from gameplan.core.facts import Child
from gameplan.exchange.case_zip import export_case, read_zip
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import vocabulary
from gameplan.papers import verbs as letters
from gameplan.papers.doors import told_letters
from gameplan.papers.models import Letter
from tests.exchange.told import PAPERS, PDFS, TOLD
from tests.papers.request import DAY, TYPED

OTHER = Person(id="another-family", role="parent")
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"


@pytest.fixture
def case(db: None) -> Case:
    """Ana's case, told in full: a calendar, papers, two accounts, letters, one of them sent."""
    case = verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3", "Oak", "Sample"))
    closed = (Closure(date(2025, 11, 24), date(2025, 11, 28), "Thanksgiving"),)
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), closed, weekdays=frozenset(range(4)))
    verbs.save_calendar(case, by=HOME, year=year)
    receipt = verbs.attach(case, by=HOME, name="Recibo niña.pdf", content=PDF).attachment_id
    letter = letters.finish(case, by=HOME, kind="evaluation-request", lang="es", values=TYPED, on=DAY)
    letters.mark_sent(letter, by=HOME, how="mail", on=DAY, to="the principal", receipt=receipt)
    letters.finish(case, by=HOME, kind="evaluation-request", lang="en", values=TYPED, on=DAY, corrects="l1")
    fact = verbs.record_fact(case, by=HOME, kind="meeting-held", on=date(2025, 10, 1), said_by="school")
    verbs.add_account(case, by=HOME, fact_id=fact.fact_id, said_by="parent", on=date(2025, 10, 2))
    verbs.withdraw_fact(case, by=HOME, fact_id=fact.fact_id, note="Not so.")
    return case


@pytest.fixture
def nothing(db: None) -> Iterator[None]:
    """Sees to it that the test writes nothing."""
    tables = (Case, Entry, Attachment, Letter, Member)
    before = [table._base_manager.count() for table in tables]
    yield
    assert [table._base_manager.count() for table in tables] == before


def test_the_imported_case_is_the_identical_case(case: Case) -> None:
    content = export_for(HOME, case.pk)
    again = import_for(OTHER, content)
    assert again.pk != case.pk
    assert facts_of(again) == facts_of(case)
    assert told_letters(again) == told_letters(case)
    assert export_for(OTHER, again.pk) == content
    assert [one.pk for one in cases_of(OTHER)] == [again.pk]


def test_it_survives_the_deletion_of_the_first_case(case: Case) -> None:
    content = export_for(HOME, case.pk)
    verbs.delete_case(case, by=HOME)
    assert export_for(HOME, import_for(HOME, content).pk) == content


def test_the_case_file_in_the_zip_is_the_case_file(case: Case) -> None:
    with ZipFile(BytesIO(export_for(HOME, str(case.pk)))) as archive:
        raw = json.loads(archive.read("case.json"))
        names = set(archive.namelist())
    told = replace(facts_of(case), letters=told_letters(case))
    assert case_json(read_case(raw, vocabulary()))["facts"] == case_json(told)["facts"]
    assert {"attachments/a1-Recibo-nina.pdf", "papers/l1.pdf", "papers/l2.pdf", "README.txt"} <= names


def test_a_case_from_elsewhere_keeps_ids_stamps_and_order(db: None) -> None:
    read = read_zip(export_case(TOLD, PAPERS, PDFS), vocabulary())
    case = import_for(OTHER, export_case(TOLD, PAPERS, PDFS))
    kept = replace(facts_of(case), letters=told_letters(case))
    assert kept.facts == read.case.facts == TOLD.facts
    assert kept.letters == TOLD.letters


def test_a_letter_without_a_pdf_comes_and_goes(db: None) -> None:
    content = export_case(TOLD, PAPERS, {})
    assert export_for(OTHER, import_for(OTHER, content).pk) == content


def test_a_stranger_finds_no_case(case: Case) -> None:
    for unknown in (case.pk, uuid4(), "no-such-case"):
        with pytest.raises(Http404):
            export_for(OTHER, unknown)


def test_a_helper_who_may_only_look_cannot_take_it_away(case: Case) -> None:
    helper = Person(id="helper", role="helper")
    Member.objects.create(case=case, person=helper.id, role=helper.role)
    with pytest.raises(PermissionDenied):
        export_for(helper, case.pk)


def test_giving_it_away_and_taking_it_in_are_written_down(case: Case) -> None:
    again = import_for(OTHER, export_for(HOME, case.pk))
    assert Access.objects.filter(case_id=case.pk, person=HOME.id, action="share").count() == 1
    assert Access.objects.filter(case_id=again.pk, person=OTHER.id, action="import-case").count() == 1


@pytest.mark.usefixtures("nothing")
def test_a_broken_zip_writes_nothing() -> None:
    with pytest.raises(ExchangeError, match="not a whole zip"):
        import_for(OTHER, b"PK broken")


def broken_letter(**changes: object) -> facts.Case:
    return replace(TOLD, letters=(replace(TOLD.letters[0], **changes), TOLD.letters[1]))  # type: ignore[arg-type]


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(
    "told",
    [
        broken_letter(sent=({"how": "mail", "on": "soon"},)),
        broken_letter(id="l" * 80),
        replace(TOLD, attachments=(replace(TOLD.attachments[0], media_type="image/png"), TOLD.attachments[1])),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(told: facts.Case) -> None:
    content = export_case(told, PAPERS, PDFS | {"l" * 80: PDFS["l1"]})
    with pytest.raises(ExchangeError) as caught:
        import_for(OTHER, content)
    assert caught.value.faults
