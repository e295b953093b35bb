"""Permission on the pages: the school asks, the family answers screen by screen, signs, takes back; or on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Case, Draft
from gameplan.cases.people import HOME
from gameplan.cases.verbs import start_case
from gameplan.consents.doors import request_of, standing_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest, Signature
from gameplan.core.facts import Child
from gameplan.people.models import User
from gameplan.web.signing import SIGNED_IN
from tests.consents import conftest as cast
from tests.consents.conftest import PDF, Ask, Open
from tests.shared import run_shared, signed_in
from tests.web.test_tell import home as home_client

home = home_client
october, shared, users, school = cast.october, cast.shared, cast.users, cast.school
case, opened, ask = cast.case, cast.opened, cast.ask

STAFF = ("manager", "teacher")
FORM = {
    "items": "Reading test\nSpeech test | one morning", "why": "Ana reads far below her grade.",
    "how": "The psychologist tests Ana at school.", "has_records": "no", "lang": "en", "family_language": "English",
    "understood": "same", "contact": "Ms. Reed", "on": "2025-09-10", "received": "2025-09-10",
}  # fmt: skip
SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(users: dict[str, User], settings: Settings, tmp_path: Path) -> SignIn:
    """A browser of somebody of the cast, where people sign in; staff have their second factor."""
    run_shared(settings, tmp_path)

    def _sign_in(name: str) -> Client:
        if name in STAFF and not is_mfa_enabled(users[name]):
            TOTP.activate(users[name], generate_totp_secret())
        return signed_in(users[name])

    return _sign_in


def at(name: str, case: Case, *more: object, step: str = "") -> str:
    return reverse(f"web:{name}", args=(case.pk, *more)) + (f"?step={step}" if step else "")


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def keyed(**more: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **more}


def agree(browser: Client, case: Case) -> None:
    sent = browser.post(at("sign-on-screen", case), {"go": "on", "opened": "on", "chose": "on"})
    assert sent.status_code == 302


def seen(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def walk(browser: Client, case: Case, **steps: Any) -> str:
    """Goes through the screens up to the signature, and gives the page where it is signed."""
    following = at("answer-consent", case, "c1", step="meaning")
    for step, data in {"meaning": {}, **steps}.items():
        sent = browser.post(at("answer-consent", case, "c1", step=step), {"x": "", **data})
        assert sent.status_code == 302, sent.content.decode()
        following = sent["Location"]
    return page(browser, following)


def test_the_school_looks_at_the_words_and_asks(case: Case, sign_in: SignIn) -> None:
    manager = sign_in("manager")
    chosen = page(manager, at("choose-consent", case))
    assert "The first evaluation" in chosen
    assert "Not asked for in this State" in chosen
    address = at("ask-consent", case, "initial-evaluation")
    assert "Which evaluation is it?" not in page(manager, address)
    looked = manager.post(address, keyed(go="look", **FORM)).content.decode()
    assert "If you say nothing:" in looked
    assert not ConsentRequest.objects.exists()
    asked = manager.post(address, keyed(go="ask", **FORM), follow=True).content.decode()
    assert "The family has not answered. Silence is not a yes." in asked
    assert "Speech test</strong>: one morning" in asked
    assert "Waits for an answer" in page(sign_in("mother"), at("consents", case))


def test_what_the_law_wants_is_named_before_it_is_asked(case: Case, sign_in: SignIn) -> None:
    manager = sign_in("manager")
    address = at("ask-consent", case, "initial-evaluation")
    sent = manager.post(address, keyed(go="ask", **(FORM | {"why": "", "how": ""})))
    assert sent.status_code == 422
    assert "34 CFR 300.9(b)" in sent.content.decode()
    assert manager.post(address, keyed(go="ask", **(FORM | {"on": "2026-09-10"}))).status_code == 422
    for kind in ("nothing", "iep-content"):
        assert manager.get(at("ask-consent", case, kind)).status_code == 404


def test_the_family_answers_screen_by_screen_and_signs(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    mother = sign_in("mother")
    first = page(mother, at("answer-consent", case, "c1"))
    assert first.index("If you say no:") < first.index("I have read this. Go on")
    agree(mother, case)
    chosen = {"way": {"way": "items"}, "items": {"item_i1": "yes", "item_i2": "no"}, "words": {"words": "Call me."}}
    to_sign = walk(mother, case, **chosen)
    assert "No, I do not give my permission: Speech test" in to_sign
    assert "In my own words: Call me." in to_sign
    assert not ConsentAnswer.objects.exists()
    signing = at("answer-consent", case, "c1", step="sign")
    assert mother.post(signing, keyed(name="", seen=seen(to_sign))).status_code == 422
    done = mother.post(signing, keyed(name="Maria Lopez", ticked="on", seen=seen(to_sign)), follow=True)
    shown = done.content.decode()
    assert "Answered in part" in shown
    assert "Your copy was sent to mother@example.org." in shown
    assert "Signed as Maria Lopez" in shown
    assert not Draft.objects.exists()
    copy = mother.get(at("signature-copy", case, "s1"))
    assert copy.content.startswith(b"%PDF-")
    (sent,) = mail.outbox
    assert sent.to == ["mother@example.org"]
    assert "Ana" not in f"{sent.subject} {sent.body}"
    assert sent.attachments[0][1] == copy.content
    assert Access.objects.filter(case_id=case.pk, action="send-copy").exists()


def test_no_school_sees_what_is_only_chosen(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    mother = sign_in("mother")
    mother.post(at("answer-consent", case, "c1", step="way"), {"way": "items"})
    mother.post(at("answer-consent", case, "c1", step="words"), {"words": "A secret worry"})
    manager = sign_in("manager")
    assert "A secret worry" not in page(manager, at("consent", case, "c1"))
    assert "A secret worry" in page(mother, at("answer-consent", case, "c1", step="words"))
    assert manager.get(at("answer-consent", case, "c1")).status_code == 403


def test_a_mail_that_cannot_be_sent_is_said(
    case: Case, ask: Ask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_told: object, **_more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    ask()
    mother = sign_in("mother")
    agree(mother, case)
    to_sign = walk(mother, case, way={"way": "yes"}, words={"words": ""})
    signing = at("answer-consent", case, "c1", step="sign")
    done = mother.post(signing, keyed(name="Maria", ticked="on", seen=seen(to_sign)), follow=True).content.decode()
    assert "could not be sent by e-mail" in done
    assert Signature.objects.count() == 1


def test_an_answer_that_is_incomplete_stays_on_its_screen(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    mother = sign_in("mother")
    assert mother.post(at("answer-consent", case, "c1", step="way"), {"x": ""}).status_code == 422
    sent = mother.post(at("answer-consent", case, "c1", step="items"), {"x": ""})
    assert sent["Location"].endswith("step=items")
    assert "Before you answer" in page(mother, at("answer-consent", case, "c1", step="sign"))
    assert "Before you answer" in page(mother, at("answer-consent", case, "c1", step="nowhere"))


def test_agreeing_to_a_screen_comes_before_the_first_signature(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    mother = sign_in("mother")
    mother.post(at("answer-consent", case, "c1", step="way"), {"way": "yes"})
    to = mother.get(at("answer-consent", case, "c1", step="sign"))["Location"]
    assert at("sign-on-screen", case) in to
    shown = page(mother, to)
    assert "It is your choice." in shown
    assert mother.get(at("screen-sample", case)).content.startswith(b"%PDF-")
    refused = mother.post(at("sign-on-screen", case), {"go": "on", "chose": "on"})
    assert refused.status_code == 422
    then = at("answer-consent", case, "c1", step="sign")
    went = mother.post(at("sign-on-screen", case), {"go": "on", "opened": "on", "chose": "on", "then": then})
    assert went["Location"] == then
    mother.post(at("sign-on-screen", case), {"go": "back"})
    assert mother.get(then).status_code == 302
    away = {"go": "on", "opened": "on", "chose": "on", "then": "//elsewhere.example"}
    assert mother.post(at("sign-on-screen", case), away)["Location"] == at("consents", case)


def test_taking_back_is_read_signed_and_stays_to_be_seen(case: Case, ask: Ask, sign_in: SignIn, opened: Open) -> None:
    ask()
    mother = sign_in("mother")
    assert mother.get(at("revoke-consent", case, "c1")).status_code == 302
    photo = SimpleUploadedFile("signed.pdf", PDF, "application/pdf")
    days = {"signed": "2025-09-11", "on": "2025-09-12"}
    on_paper = keyed(item_i1="yes", item_i2="yes", words="", photo=photo, **days)
    assert "Permission given" in mother.post(at("consent-paper", case, "c1"), on_paper, follow=True).content.decode()
    assert mother.get(at("answer-consent", case, "c1")).status_code == 302
    address = at("revoke-consent", case, "c1")
    assert mother.post(address, {"x": ""}).status_code == 422
    chosen = {"items": ["i1", "i2"], "words": "We changed our mind."}
    assert at("sign-on-screen", case) in mother.post(address, chosen)["Location"]
    agree(mother, case)
    text = mother.post(address, chosen).content.decode()
    assert "I take back my permission of September 12, 2025." in text
    assert mother.post(address, keyed(go="sign", seen=seen(text), **chosen)).status_code == 422
    signed = keyed(go="sign", name="Maria Lopez", ticked="on", seen=seen(text), **chosen)
    shown = mother.post(address, signed, follow=True).content.decode()
    assert "Permission taken back" in shown
    assert "The signed paper" in shown
    assert [one.kind for one in facts_of(opened("mother")).facts][-1] == "consent-revoked"


def test_taking_back_on_paper(case: Case, ask: Ask, sign_in: SignIn, opened: Open) -> None:
    ask()
    mother = sign_in("mother")
    days = {"signed": "2025-09-11", "on": "2025-09-12"}
    mother.post(at("consent-paper", case, "c1"), keyed(item_i1="yes", words="", **days))
    chosen = {"items": ["i1"], "words": "", "way": "paper"}
    assert "Write these words on paper" in mother.post(at("revoke-consent", case, "c1"), chosen).content.decode()
    sent = mother.post(at("revoke-consent", case, "c1"), keyed(go="sign", **chosen, **days))
    assert sent.status_code == 302
    assert standing_of(request_of(opened("mother"), "c1")).status == "revoked"


def test_the_school_keeps_a_paper_only_with_its_scan(case: Case, ask: Ask, sign_in: SignIn, opened: Open) -> None:
    ask()
    manager = sign_in("manager")
    address, said = at("file-consent", case, "c1"), {"item_i1": "yes", "signed": "2025-09-11", "on": "2025-09-12"}
    said["signed_by"] = "Maria Lopez"
    assert "Keep a form that was signed on paper" in page(manager, at("consent", case, "c1"))
    assert manager.post(address, keyed(**said)).status_code == 422
    for wrong in (SimpleUploadedFile("x.txt", b"Yes, I agree."), SimpleUploadedFile("x.exe", b"MZ\x00\xff")):
        assert manager.post(address, keyed(photo=wrong, **said)).status_code == 422
    scan = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    early = said | {"on": "2025-09-01"}
    assert manager.post(address, keyed(photo=scan, **early)).status_code == 422
    assert not opened("manager").attachments.exists()
    scan = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    assert manager.post(address, keyed(photo=scan, **said)).status_code == 302
    assert "Maria Lopez" in page(sign_in("father"), at("consent", case, "c1"))
    assert sign_in("mother").get(address).status_code == 403


def test_the_school_takes_a_request_back(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    manager = sign_in("manager")
    shown = manager.post(at("withdraw-consent", case, "c1"), follow=True).content.decode()
    assert "The school took this back" in shown
    assert "answered already" in manager.post(at("withdraw-consent", case, "c1"), follow=True).content.decode()


def test_both_languages_and_the_form_in_its_own(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask(cast.replace_lang("es"))
    mother = sign_in("mother")
    shown = page(mother, at("consent", case, "c1"))
    assert 'lang="es"' in shown
    assert "Si usted no dice nada:" in shown
    assert "How it stands" in shown


def test_the_paper_to_print(case: Case, ask: Ask, sign_in: SignIn) -> None:
    ask()
    for name in ("mother", "manager", "advocate"):
        assert sign_in(name).get(at("consent-form", case, "c1")).content.startswith(b"%PDF-")
    assert sign_in("mother").get(at("consent-form", case, "c9")).status_code == 404
    assert sign_in("stranger").get(at("consents", case)).status_code == 404


@pytest.mark.parametrize(
    ("told", "method"),
    [
        ([{"method": "password", "at": 1757512800.0}], "password"),
        ([{"method": "password", "at": 1757512800.0}, {"method": "mfa", "type": "totp"}], "second"),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], "passkey"),
        ([{"method": "socialaccount", "provider": "saml"}], "sso"),
        ([{"method": "code"}], "link"),
        ("odd", "account"),
        (None, "account"),
    ],
)
def test_the_proof_knows_how_somebody_signed_in(
    case: Case, ask: Ask, sign_in: SignIn, settings: Settings, told: Any, method: str
) -> None:
    ask()
    mother = sign_in("mother")
    session = mother.session
    if told is not None:
        session[SIGNED_IN] = told
        session.save()
        mother.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    agree(mother, case)
    to_sign = walk(mother, case, way={"way": "yes"}, words={"words": ""})
    signed = keyed(name="Maria", ticked="on", seen=seen(to_sign))
    mother.post(at("answer-consent", case, "c1", step="sign"), signed)
    made = Signature.objects.get()
    assert made.method == method
    if method == "password":
        assert made.signed_in_at == datetime.fromtimestamp(1757512800, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- at the kitchen table ---------------------------------------------------------------------------------------------


def test_at_home_the_family_writes_down_both(home: Client, db: None) -> None:
    mine = start_case(HOME, child=Child("Ana", None, "TX"))
    asked = home.post(at("ask-consent", mine, "initial-evaluation"), keyed(go="ask", **FORM))
    assert asked.status_code == 302
    home.post(at("answer-consent", mine, "c1", step="way"), {"way": "yes"})
    assert home.get(at("answer-consent", mine, "c1", step="sign"))["Location"] == at("consent-paper", mine, "c1")
    said = {"item_i1": "yes", "item_i2": "yes", "means": "household", "signed": "2025-09-11", "on": "2025-09-12"}
    shown = home.post(at("consent-paper", mine, "c1"), keyed(**said), follow=True).content.decode()
    assert "Written down at home" in shown
    assert [one.kind for one in facts_of(mine).facts] == ["consent-requested", "consent-given"]
    assert "Here nobody signs in" in page(home, at("sign-on-screen", mine))
