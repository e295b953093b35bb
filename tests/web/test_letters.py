"""Letters on the page: looking writes nothing, finishing freezes, sending starts the clock; and keeping it all."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.papers.doors import letters_of
from tests.small_photos import PNG
from tests.web import test_facts
from tests.web.test_facts import page, post

WORDS = {
    "child": "Ana Lopez", "concerns": "She reads slowly.", "school": "Oak", "district": "Elm", "parent": "Maria Lopez",
    "relation": "mother", "phone": "555-0100", "date": "2025-10-15",
}  # fmt: skip
case, home, october = test_facts.case, test_facts.home, test_facts.october


def named(told: str, case: Case, letter_id: str) -> str:
    """What the link to a finished letter is called."""
    return told.partition(f'href="{reverse("web:letter", args=(case.pk, letter_id))}">')[2].partition("</a>")[0]


@pytest.fixture
def finished(case: Case, home: Client) -> str:
    post(home, case, "write", "evaluation-request", **WORDS, go="finish")
    return letters_of(case)[0].letter_id


def test_looking_at_the_letter_writes_nothing(case: Case, home: Client) -> None:
    answer = post(home, case, "write", "evaluation-request", **WORDS, go="show")
    assert "15 school days" in answer.content.decode()
    assert not letters_of(case)
    assert facts_of(case).facts == ()


def test_the_shelf_shows_all_letters_and_those_that_fit(case: Case, home: Client) -> None:
    told = page(home, case, "letters")
    assert "These fit now" in told
    assert reverse("web:write", args=(case.pk, "evaluation-request")) in told


@pytest.mark.parametrize("where", ["letters", "child"])
def test_letters_of_one_kind_and_day_are_told_apart(case: Case, home: Client, where: str) -> None:
    for _letter in range(2):
        post(home, case, "write", "evaluation-request", **WORDS, go="finish")
    told = page(home, case, where)
    names = [named(told, case, letter.letter_id) for letter in letters_of(case)]
    assert [name.partition(", letter ")[2] for name in names] == ["1 of 2", "2 of 2"]
    assert all(re.match(r"Ask for an evaluation, \w+ \d+, \d{4}, ", name) for name in names)


def test_before_writing_it_says_when_to_use_it_and_what_it_starts_if_it_arrives_today(case: Case, home: Client) -> None:
    told = page(home, case, "write", "evaluation-request")
    assert "Is this the right letter?" in told
    assert "If the school has it today" in told
    assert "November 5, 2025" in told
    assert facts_of(case).facts == ()


def test_a_complaint_to_the_state_names_its_office_and_where_to_look(case: Case, home: Client) -> None:
    told = page(home, case, "write", "state-complaint")
    assert "Texas Education Agency, Special Education Dispute Resolution" in told
    assert reverse("web:care-office", args=("TX",)) in told


def test_a_finished_letter_is_a_word_file_too(case: Case, home: Client, finished: str) -> None:
    answer = home.get(reverse("web:letter-docx", args=(case.pk, finished)))
    told = [part.text for part in docx.Document(BytesIO(answer.content)).paragraphs]
    assert any("Ana Lopez" in line for line in told)


def test_the_draft_pdf_writes_nothing(case: Case, home: Client) -> None:
    assert post(home, case, "preview-pdf", "evaluation-request", **WORDS).content.startswith(b"%PDF")
    assert not letters_of(case)


def test_a_look_while_typing_finishes_nothing_wherever_the_focus_is(case: Case, home: Client) -> None:
    """The button with the focus comes along with what is typed, as if it had been pressed."""
    address = reverse("web:write", args=(case.pk, "evaluation-request"))
    answer = home.post(address, {**WORDS, "form_key": str(uuid4()), "go": "finish"}, headers={"HX-Request": "true"})
    assert "Maria Lopez" in answer.content.decode()
    assert not letters_of(case)


def test_a_name_that_no_font_has_is_finished_and_word_is_offered(case: Case, home: Client) -> None:
    drafted = post(home, case, "preview-pdf", "evaluation-request", **{**WORDS, "parent": "王"}).content.decode()
    assert "The PDF cannot show: 王" in drafted
    post(home, case, "write", "evaluation-request", **{**WORDS, "parent": "王"}, go="finish")
    (letter,) = letters_of(case)
    shown = page(home, case, "letter", letter.letter_id)
    assert "This letter has no PDF" in shown
    assert reverse("web:letter-docx", args=(case.pk, letter.letter_id)) in shown
    assert reverse("web:letter-pdf", args=(case.pk, letter.letter_id)) not in shown
    assert home.get(reverse("web:letter-pdf", args=(case.pk, letter.letter_id))).status_code == 404


def test_a_missing_value_is_named_and_nothing_is_frozen(case: Case, home: Client) -> None:
    answer = post(home, case, "write", "evaluation-request", **{**WORDS, "parent": ""}, go="finish")
    assert answer.status_code == 422
    assert not letters_of(case)


def test_finishing_freezes_text_hash_and_pdf(case: Case, home: Client, finished: str) -> None:
    letter = letters_of(case)[0]
    assert letter.sha256 in page(home, case, "letter", finished)
    pdf = home.get(reverse("web:letter-pdf", args=(case.pk, finished)))
    assert pdf.content.startswith(b"%PDF")
    text = home.get(reverse("web:letter-text", args=(case.pk, finished)))
    assert text.content.decode() == letter.text


def test_sending_by_hand_starts_the_states_clock(case: Case, home: Client, finished: str) -> None:
    receipt = SimpleUploadedFile("stamp.png", PNG, content_type="image/png")
    post(home, case, "letter-sent", finished, how="by-hand", on="2025-10-15", to="Ms. Hill", receipt=receipt)
    fact = facts_of(case).facts[0]
    assert (fact.kind, fact.on.isoformat(), fact.attachments) == ("evaluation-requested", "2025-10-15", ("a1",))
    assert "November 5, 2025" in page(home, case, "letter", finished)


def test_a_mailed_letter_starts_it_when_it_arrives(case: Case, home: Client, finished: str) -> None:
    post(home, case, "letter-sent", finished, how="mail", on="2025-10-10")
    assert facts_of(case).facts[0].planned
    sending = letters_of(case)[0].went_out[0]
    post(home, case, "letter-received", finished, str(sending.pk), received="2025-10-14")
    assert "November 4, 2025" in page(home, case, "letter", finished)


def test_a_day_before_the_letter_was_sent_is_refused(case: Case, home: Client, finished: str) -> None:
    answer = post(home, case, "letter-sent", finished, how="mail", on="2025-10-10", received="2025-10-09")
    assert answer.status_code == 422
    assert facts_of(case).facts == ()


def test_the_spanish_letter_is_spanish(case: Case, home: Client) -> None:
    address = reverse("web:write", args=(case.pk, "evaluation-request")) + "?lang=es"
    assert "15 días" in home.post(address, {**WORDS, "go": "show"}).content.decode()


def test_an_unknown_letter_is_not_found(case: Case, home: Client) -> None:
    assert home.get(reverse("web:write", args=(case.pk, "love-letter"))).status_code == 404


def test_the_whole_case_goes_out_and_comes_back(case: Case, home: Client, finished: str) -> None:
    post(home, case, "letter-sent", finished, how="by-hand", on="2025-10-15")
    whole = home.get(reverse("web:zip", args=(case.pk,))).content
    assert "case.json" in zipfile.ZipFile(BytesIO(whole)).namelist()
    before = facts_of(case)
    post(home, case, "delete", sure="on")
    assert home.get(reverse("web:child", args=(case.pk,))).status_code == 404
    answer = home.post(reverse("web:import"), {"file": SimpleUploadedFile("case.zip", whole)})
    assert answer.status_code == 302
    back = case_for(HOME, Case.objects.get().pk)
    assert facts_of(back) == before
    assert home.get(reverse("web:zip", args=(back.pk,))).content == whole


def test_a_broken_file_is_refused_with_every_reason_and_nothing_is_written(db: None, home: Client) -> None:
    answer = home.post(reverse("web:import"), {"file": SimpleUploadedFile("case.zip", b"no zip")})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_deleting_asks_first(case: Case, home: Client) -> None:
    assert post(home, case, "delete").status_code == 422
    assert Case.objects.filter(pk=case.pk).exists()


def test_the_dates_go_out_without_the_childs_name(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **test_facts.REQUEST)
    dates = home.get(reverse("web:dates", args=(case.pk,))).content.decode()
    assert "BEGIN:VCALENDAR" in dates
    assert "20250924" in dates
    assert "Ana" not in dates


def test_letters_that_fit_a_fact_stand_beside_it(home: Client, case: Case) -> None:
    day = date(2025, 9, 15)
    data = {"signed": day, "received": day, "for": "initial-evaluation"}
    given = verbs.record_fact(case, by=HOME, kind="consent-given", on=day, data=data)
    address = reverse("web:write", args=(case.pk, "consent-withdrawal"))
    assert address in page(home, case, "fact", given.fact_id)
    assert address not in page(home, case, "letters").partition("All letters")[0]


def test_after_a_talk_the_shelf_offers_to_confirm_it(case: Case, home: Client) -> None:
    day = date(2025, 10, 10)
    data = {"date": day, "kind": "iep-other", "present": ["parent"], "parent_took_part": True}
    verbs.record_fact(case, by=HOME, kind="meeting-held", on=day, data=data)
    told = page(home, case, "letters").partition("All letters")[0]
    assert "A meeting, October 10, 2025" in told
    assert "2025-10-10" in page(home, case, "write", "talk-confirmation")
