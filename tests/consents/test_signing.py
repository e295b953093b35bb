"""Signing on a screen: intent, identity, time, the exact words and their hash; what is lacking; what was changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import Settings

from gameplan.cases.models import Access, Case, OnlyGrows
from gameplan.cases.people import HOME
from gameplan.cases.verbs import start_case
from gameplan.consents import asking, electronic
from gameplan.consents.answering import Given, answer, answer_to_sign, revocation_to_sign, revoke
from gameplan.consents.doors import request_of, signature_of, signatures_of, standing_of
from gameplan.consents.models import ConsentAnswer, ScreenAgreement, Signature
from gameplan.consents.records import digests_now
from gameplan.consents.signing import Hand, Identity, ToSign, sign
from gameplan.core.facts import Child
from gameplan.letters.consent_form import Said
from gameplan.letters.signing import (
    METHODS,
    PlanAnswer,
    Proof,
    plan_answer_text,
    proof_lines,
    says,
    terms_hash,
    terms_lines,
    terms_text,
)  # fmt: skip
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from tests.consents.conftest import ASKED, BOTH, Ask, MakeHand, Open
from tests.papers.pdf_ua import tags, validators

TODAY = date(2025, 10, 15)
WORDS = ToSign(
    "receipt:n1", "I got this notice", "I got this notice on October 15, 2025.\n\n- Page 1\n- Page 2\n", "en"
)


@pytest.fixture
def signed(ask: Ask, opened: Open, hand: MakeHand) -> ConsentAnswer:
    """Ana's mother has said yes to the first evaluation, on a screen."""
    request, found = ask(), opened("mother")
    said = Said(BOTH, "Thank you.")
    given = Given(TODAY, "electronic", hand=hand(answer_to_sign(request, said).sha256))
    return answer(request_of(found, "c1"), by=found.reader, said=said, given=given)


def test_a_signature_says_who_what_when_and_how_they_were_known(
    signed: ConsentAnswer, opened: Open, case: Case
) -> None:
    found = signatures_of(request_of(opened("manager"), "c1"))[1]
    whole = signature_of(opened("manager"), found.signature_id)
    assert (whole.subject, whole.name, whole.role) == ("consent:c1/1", "Maria Lopez", "parent")
    assert (whole.account, whole.method) == ("mother@example.org", "password")
    assert whole.text == signed.text
    assert whole.sha256 == hashlib.sha256(whole.text.encode()).hexdigest() == signed.sha256
    assert whole.terms_sha256 == terms_hash("en")
    assert datetime.fromisoformat(whole.at).tzinfo is not None
    before = Access.objects.get(case_id=case.pk, number=whole.trail_number)
    assert before.hash == whole.trail_head
    assert hashlib.sha256(bytes(whole.pdf)).hexdigest() == whole.pdf_sha256


def test_the_proof_is_a_page_of_the_pdf(signed: ConsentAnswer) -> None:
    whole = Signature.objects.get()
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(bytes(whole.pdf))]
    proof = " ".join(pages[-1].split())
    assert proof.count("Proof of this signature") >= 1
    assert "Proof of this signature" not in pages[0]
    flat = proof.replace(" ", "")
    for part in ("Maria Lopez", "mother@example.org", "America/Chicago", whole.at, whole.sha256, whole.trail_head):
        assert part.replace(" ", "") in flat
    assert "Yes, I give my permission: Reading test" in " ".join(" ".join(pages).split())


def test_the_papers_are_accessible(signed: ConsentAnswer, tmp_path: Path) -> None:
    files: dict[str, Path] = {}
    for name, content in (("form", signed.request.pdf), ("signed", Signature.objects.get().pdf)):
        files[name] = tmp_path / f"{name}.pdf"
        files[name].write_bytes(bytes(content))
    for validate in validators():
        assert validate(files) == {"form": (), "signed": ()}
    with pikepdf.open(files["form"]) as pdf:
        assert {"H1", "H2", "Table", "TH", "L"} <= set(tags(pdf))


def test_the_facts_follow_and_both_sides_see_the_signature(signed: ConsentAnswer, opened: Open) -> None:
    assert standing_of(request_of(opened("manager"), "c1")).status == "yes"
    assert signed.fact_ids == ["f2"]
    for name in ("mother", "father", "advocate", "teacher"):
        assert signature_of(opened(name), "s1").pk


def test_taking_back_is_signed_too(signed: ConsentAnswer, opened: Open, hand: MakeHand) -> None:
    found = opened("mother")
    request = request_of(found, "c1")
    what = revocation_to_sign(request, ["i1", "i2"], "We changed our mind.")
    assert "I take back my permission of October 15, 2025." in what.text
    given = Given(TODAY, "electronic", hand=hand(what.sha256))
    revoke(request, by=found.reader, items=["i1", "i2"], words="We changed our mind.", given=given)
    assert sorted(signatures_of(request_of(found, "c1"))) == [1, 2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "  "}, "The name is missing"),
        ({"name": "x" * 300}, "too long for a name"),
        ({"ticked": False}, "It is not signed yet"),
        ({"seen": "0" * 64}, "not the one that you read"),
        ({"agrees": False}, "have not agreed to sign on a screen"),
        ({"identity": None}, "nobody signs in"),
    ],
)
def test_what_is_lacking_stops_it(ask: Ask, opened: Open, hand: MakeHand, change: dict[str, Any], words: str) -> None:
    request, found = ask(), opened("mother")
    held = hand(**({"seen": answer_to_sign(request, Said(BOTH)).sha256} | change))
    with pytest.raises(Refused, match=words):
        answer(request_of(found, "c1"), by=found.reader, said=Said(BOTH), given=Given(TODAY, "electronic", hand=held))
    assert not Signature.objects.exists()
    assert not ConsentAnswer.objects.exists()


def test_nobody_signs_for_somebody_else(opened: Open, hand: MakeHand) -> None:
    found = opened("mother")
    other = Identity(opened("father").reader.id, "father@example.org")
    with pytest.raises(PermissionDenied):
        sign(found, WORDS, hand(WORDS.sha256, identity=other), by=found.reader)


@pytest.mark.parametrize("name", ["advocate", "teacher"])
def test_only_those_who_decide_sign_an_answer(opened: Open, hand: MakeHand, name: str) -> None:
    found = opened(name)
    with pytest.raises(PermissionDenied):
        sign(found, WORDS, hand(WORDS.sha256, name), by=found.reader)


def test_anything_with_a_name_is_signed_once(opened: Open, hand: MakeHand) -> None:
    found = opened("teacher")
    key = "0b9b1d3e-6f6f-4f2e-9d39-0d7f3a3f3d11"
    held = hand(WORDS.sha256, "teacher", name="T. Reed")
    made = sign(found, WORDS, held, by=found.reader, to=Action.READ, form_key=key)  # type: ignore[arg-type]
    assert sign(found, WORDS, held, by=found.reader, to=Action.READ, form_key=key).pk == made.pk  # type: ignore[arg-type]
    with pytest.raises(Refused, match="signed already"):
        sign(found, WORDS, held, by=found.reader, to=Action.READ)
    assert signature_of(opened("mother"), "s1").pk == made.pk
    Signature._base_manager.update(shared=False)
    with pytest.raises(Http404):
        signature_of(opened("manager"), "s1")
    with pytest.raises(Http404):
        signature_of(opened("mother"), "s9")


def test_at_home_nobody_signs_on_a_screen(db: None) -> None:
    case = start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX"))
    asking.ask(case, by=HOME, asked=ASKED)
    with pytest.raises(Refused, match="nobody signs in"):
        answer(
            request_of(case, "c1"), by=HOME, said=Said(BOTH),
            given=Given(TODAY, "electronic", hand=Hand("Maria", True, Identity("home", "home"), "")),
        )  # fmt: skip


def test_agreeing_to_a_screen_needs_both_ticks_and_can_be_taken_back(opened: Open, case: Case) -> None:
    found = opened("mother")
    with pytest.raises(Refused) as refused:
        electronic.agree(found, by=found.reader, lang="en", chose=False, opened=False)
    assert [one.where for one in refused.value.faults] == ["chose", "opened"]
    assert electronic.take_back(found, by=found.reader, lang="en") is None
    made = electronic.agree(found, by=found.reader, lang="es", chose=True, opened=True)
    assert electronic.agree(found, by=found.reader, lang="en", chose=True, opened=True).pk == made.pk
    assert made.text == terms_text("es")
    assert electronic.agreement_of(opened("father"), opened("father").reader) is None
    electronic.take_back(found, by=found.reader, lang="en")
    assert electronic.agreement_of(found, found.reader) is None
    assert [one.agrees for one in ScreenAgreement.objects.all()] == [True, False]


TAMPERED = [
    (Signature, "signature:s1", {"name": "Somebody Else"}),
    (Signature, "signature:s1", {"text": "Another text"}),
    (Signature, "signature:s1", {"at": "2025-01-01T00:00:00Z"}),
    (Signature, "signature:s1", {"pdf_sha256": "0" * 64}),
    (ConsentAnswer, "consent:c1/1", {"words": "No!"}),
    (ScreenAgreement, "agreement:", {"agrees": False}),
]


@pytest.mark.parametrize(("model", "about", "change"), TAMPERED)
def test_a_change_shows_against_the_trail(
    signed: ConsentAnswer, case: Case, model: Any, about: str, change: dict[str, Any]
) -> None:
    with pytest.raises(OnlyGrows):
        model.objects.update(**change)
    noted = {row.about: row.digest for row in Access.objects.filter(case_id=case.pk) if row.digest}
    assert dict(digests_now(case)).items() <= noted.items()
    model._base_manager.update(**change)
    changed = {name for name, digest in digests_now(case) if noted[name] != digest}
    assert len(changed) == 1
    assert changed.pop().startswith(about)


def test_two_texts_that_differ_in_a_letter_have_two_hashes() -> None:
    assert WORDS.sha256 != ToSign(WORDS.subject, WORDS.title, WORDS.text + " ", "en").sha256


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("method", [*METHODS, "unheard-of"])
def test_the_words_of_the_proof(lang: str, method: str) -> None:
    proof = Proof(
        "Maria", "Parent", "m@example.org", method, "9:00", "10:00", "15:00Z", "", "0" * 64, "receipt:n1", 0, ""
    )
    lines = dict(proof_lines(proof, lang))
    assert len(lines) == 10
    assert says("trail-none", lang) in lines.values()


def test_what_is_agreed_to_before_says_all_that_the_law_wants() -> None:
    said = " ".join(terms_lines("en"))
    for word in ("paper", "take this back", "copies", "e-mail address", "web browser", "15 U.S.C. 7001(c)", "money"):
        assert word in said
    assert len(terms_lines("es")) == len(terms_lines("en"))


PLAN = PlanAnswer(2, "Ana", date(2025, 9, 20), "ab" * 32, "agreed", (("Goal 1", "refused"), ("Goal 2", "")), True)


def test_the_words_of_an_answer_to_a_plan() -> None:
    assert plan_answer_text(PLAN, "en") == (
        "Answer to version 2 of the plan\n\n"
        "This is my answer to version 2 of the plan of Ana, as it was given to me on September 20, 2025. "
        f"The fingerprint of that version (SHA-256) is {'ab' * 32}.\n\n"
        "May the school begin with services at all? Yes.\n\n"
        "I agree to all things, but for what stands below.\n\n"
        "- I do not agree: Goal 1\n- No answer yet: Goal 2\n\n"
        "What I do not name here is not answered. What I do not agree to stays as it was, as far as the law says so.\n"
    )
    assert "Respuesta a la versión 2 del plan" in plan_answer_text(PLAN, "es")


def test_a_moment_is_written_in_the_time_zone_of_the_family(signed: ConsentAnswer, settings: Settings) -> None:
    whole = Signature.objects.get()
    assert whole.zone == settings.TIME_ZONE == "America/Chicago"
    assert datetime.fromisoformat(whole.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == whole.at
