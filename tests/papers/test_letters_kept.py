"""Finished letters: a look writes nothing, finishing freezes all of it, and nothing of it changes again."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import docx
import pytest
from django.db import IntegrityError, connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gameplan.cases.models import Case, OnlyGrows
from gameplan.cases.people import Person
from gameplan.cases.verbs import delete_case, record_fact
from gameplan.core.words import Say
from gameplan.letters import MissingFields, UnknownLetter, WrongFields, hash_of
from gameplan.papers import doors, verbs
from gameplan.papers.letter_docx import word_file
from gameplan.papers.models import Letter, Sending
from gameplan.papers.pdf import CannotPrint, letter_pdf
from tests.papers.request import DAY, TYPED

Finish = Callable[..., Letter]
LOOK: dict[str, Any] = {"kind": "evaluation-request", "lang": "en", "values": TYPED, "on": DAY}


def test_a_preview_writes_nothing(case: Case) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        letter = verbs.preview(case, **LOOK)
        content = verbs.preview_pdf(case, **LOOK)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert "15 school days" in letter.plain()
    assert content.startswith(b"%PDF-")
    assert not Letter.objects.exists()


def test_the_finished_letter_is_the_one_that_was_looked_at(case: Case, finish: Finish) -> None:
    seen = verbs.preview(case, **LOOK)
    letter = finish()
    assert letter.text == seen.plain()
    assert letter.sha256 == hash_of(letter.text) == seen.sha256
    assert doors.pdf_of(letter) == letter_pdf(seen)
    assert letter.rules == list(seen.rules)
    assert letter.rules[0].startswith("TX:request-response")
    assert letter.fields["answer_length"] == "15 school days"
    assert letter.fields["parent"] == "Rosa Lopez"
    assert letter.finished_on is not None


def test_what_the_law_gives_cannot_be_typed(case: Case) -> None:
    typed = TYPED | {"answer_length": "2 days", "answer_sure": "", "replaces": "2020-01-01"}
    text = verbs.preview(case, **(LOOK | {"values": typed})).plain()
    assert "2 days" not in text
    assert "Under TEC 29.004(c)" in text
    assert "takes the place" not in text


def test_without_a_date_the_letter_has_the_day_it_is_written(case: Case) -> None:
    typed = {name: value for name, value in TYPED.items() if name != "date"}
    assert verbs.preview(case, **(LOOK | {"values": typed})).date == "September 3, 2025"


def test_a_frozen_letter_never_changes(finish: Finish) -> None:
    letter = finish()
    letter.text = "other words"
    with pytest.raises(OnlyGrows):
        letter.save()
    with pytest.raises(OnlyGrows):
        letter.delete()
    with pytest.raises(OnlyGrows):
        Letter.objects.filter(pk=letter.pk).update(text="other words")
    with pytest.raises(OnlyGrows):
        Letter.objects.all().delete()
    assert Letter.objects.get().text != "other words"


def test_a_name_that_no_font_has_keeps_nobody_from_asking(case: Case, finish: Finish) -> None:
    """The words are frozen all the same; there is no PDF, and Word can show them."""
    finish(values=TYPED | {"parent": "王"})
    (letter,) = doors.letters_of(case)
    assert "王" in letter.text
    assert letter.sha256 == hash_of(letter.text)
    assert not letter.has_pdf
    assert doors.letter_files(case) == {}
    assert [one.pdf for one in doors.told_letters(case)] == [""]
    with pytest.raises(Http404):
        doors.pdf_of(letter)
    told = [part.text for part in docx.Document(io.BytesIO(word_file(letter))).paragraphs]
    assert any("王" in line for line in told)


def test_another_fault_of_the_typesetter_still_stops_it(finish: Finish, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_letter: object) -> bytes:
        raise CannotPrint(Say("The PDF could not be made: {reason}", {"reason": "broken"}))

    monkeypatch.setattr(verbs, "letter_pdf", broken)
    with pytest.raises(CannotPrint):
        finish()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("changes", "stop"),
    [
        ({"values": TYPED | {"parent": ""}}, MissingFields),
        ({"values": TYPED | {"born": "May"}}, WrongFields),
        ({"kind": "love-letter"}, UnknownLetter),
        ({"lang": "xx"}, UnknownLetter),
        ({"corrects": "l7"}, Http404),
    ],
)
def test_a_letter_that_cannot_be_finished_leaves_nothing_behind(
    finish: Finish, changes: dict[str, Any], stop: type[Exception]
) -> None:
    with pytest.raises(stop):
        finish(**changes)
    assert not Letter.objects.exists()


def test_letters_get_ids_in_their_order(case: Case, finish: Finish) -> None:
    assert [finish().letter_id for _ in range(3)] == ["l1", "l2", "l3"]
    with pytest.raises(IntegrityError):
        Letter.objects.create(case=case, letter_id="l1")


def test_a_form_sent_twice_makes_one_letter(finish: Finish) -> None:
    key = uuid4()
    assert finish(form_key=key) == finish(form_key=key)
    assert Letter.objects.count() == 1


def test_a_stranger_finishes_nothing(case: Case, stranger: Person) -> None:
    with pytest.raises(Http404):
        verbs.finish(case, by=stranger, **LOOK)
    assert not Letter.objects.exists()


def test_a_correction_is_a_new_letter_that_names_the_old_one(case: Case, finish: Finish) -> None:
    old = finish()
    start = verbs.suggested(case, kind=old.kind, lang="en", on=DAY, corrects="l1")
    new = finish(values=start | {"school": "Elm School"}, corrects="l1")
    assert new.corrects == "l1"
    assert "In place of: my letter of September 3, 2025" in new.text
    assert "Elm School" in new.text
    assert "Elm School" not in doors.letter_of(case, "l1").text
    assert doors.correction_of(old) == new
    assert doors.correction_of(new) is None


def test_the_next_letter_remembers_the_family_and_the_case_fills_in_the_rest(
    case: Case, finish: Finish, mother: Person
) -> None:
    record_fact(
        case, by=mother, kind="concern-raised", on=DAY,
        data={"by": "parent", "written": False, "about": "She cries over homework."},
    )  # fmt: skip
    finish(values=TYPED | {"principal": "Ms. Hill", "grade": "9", "copy_to": "Mr. Cole"})
    found = verbs.suggested(case, kind="evaluation-request", lang="es", on=DAY)
    assert (found["parent"], found["phone"], found["principal"]) == ("Rosa Lopez", "512-555-0142", "Ms. Hill")
    assert (found["grade"], found["concerns"]) == ("3", "She cries over homework.")
    assert found["answer_length"] == "15 días escolares"
    assert "copy_to" not in found


def test_looking_at_the_letters_of_a_case_costs_two_queries(case: Case, finish: Finish) -> None:
    for _ in range(3):
        finish()
    with CaptureQueriesContext(connection) as asked:
        found = [(letter.name_in("es"), list(letter.went_out)) for letter in doors.letters_of(case)]
    assert len(asked.captured_queries) == 2
    assert found == [("Pedir una evaluación", [])] * 3
    asked_of_pdfs = asked.captured_queries[0]["sql"].replace('LENGTH("papers_letter"."pdf")', "")
    assert '"papers_letter"."pdf"' not in asked_of_pdfs


def test_a_letter_that_is_not_there_is_not_found(case: Case) -> None:
    with pytest.raises(Http404):
        doors.letter_of(case, "l1")


def test_deleting_the_case_deletes_its_letters(
    case: Case, finish: Finish, mother: Person, django_capture_on_commit_callbacks: Any
) -> None:
    verbs.mark_sent(finish(), by=mother, how="email", on=DAY, to="the school")
    delete_case(case, by=mother)
    assert not Letter.objects.exists()
    assert not Sending.objects.exists()
