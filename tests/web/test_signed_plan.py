"""Where people sign in, a parent signs the answer to a version of a plan on the screen."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from gameplan.cases.models import Case
from gameplan.consents.doors import signature_of
from gameplan.consents.models import Signature
from gameplan.planning import life, writing
from gameplan.planning.models import Step, Version
from tests.consents.conftest import Open
from tests.web import test_consent_pages as pages
from tests.web.test_consent_pages import SignIn, agree, keyed, page, seen

case, opened, users, school = pages.case, pages.opened, pages.users, pages.school
shared, sign_in, october = pages.shared, pages.sign_in, pages.october
ANSWERS = {"everything": "agreed", "services": "agreed", "item0": "refused", "on": "2025-10-01", "means": "on-screen"}


@pytest.fixture
def version(opened: Open) -> Version:
    """The school has proposed the first plan."""
    found = opened("manager")
    plan = writing.begin(found, by=found.reader, form_id="iep")
    writing.add_row(plan, by=found.reader, field_id="goals", values={"area": "Reading"})
    writing.add_row(plan, by=found.reader, field_id="goals", values={"area": "Math"})
    return life.propose(plan, by=found.reader, on=date(2025, 9, 20), how="first", starts=date(2025, 10, 1))


def at(name: str, version: Version) -> str:
    return pages.at(name, version.plan.case, version.plan.plan_id, version.number)


def test_the_answer_is_read_once_more_and_signed(case: Case, version: Version, sign_in: SignIn, opened: Open) -> None:
    mother = sign_in("mother")
    address = at("answer-version", version)
    assert "sign-on-screen" in mother.post(address, keyed(**ANSWERS))["Location"]
    agree(mother, case)
    to_sign = mother.post(address, keyed(**ANSWERS))
    text = to_sign.content.decode()
    assert to_sign.status_code == 200
    assert version.sha256 in text
    assert "- I do not agree: " in text
    assert not Step.objects.filter(kind="answered").exists()
    signed = keyed(go="sign", seen=seen(text), name="Maria Lopez", ticked="on", **ANSWERS)
    assert mother.post(address, signed | {"name": ""}).status_code == 422
    assert mother.post(address, signed)["Location"] == at("version", version)
    step = Step.objects.get(kind="answered")
    assert (step.on, step.data["means"], step.data["signature"]) == (date(2025, 10, 15), "on-screen", "s1")
    made = signature_of(opened("manager"), "s1")
    assert made.subject == f"version:{version.plan.plan_id}/1/answer:1"
    assert "May the school begin with services at all? Yes." in made.text
    assert "The signed copy with its proof" in page(sign_in("manager"), at("version", version))
    assert mail.outbox[0].to == ["mother@example.org"]


def test_another_answer_needs_another_signature(case: Case, version: Version, sign_in: SignIn) -> None:
    mother = sign_in("mother")
    agree(mother, case)
    address = at("answer-version", version)
    first = seen(mother.post(address, keyed(**ANSWERS)).content.decode())
    changed = ANSWERS | {"item0": "agreed"}
    sent = mother.post(address, keyed(go="sign", seen=first, name="Maria", ticked="on", **changed))
    assert sent.status_code == 422
    assert "not the one that you read" in sent.content.decode()
    assert not Signature.objects.exists()


def test_paper_stays_open_and_nobody_answers_for_the_family(version: Version, sign_in: SignIn) -> None:
    mother = sign_in("mother")
    address = at("answer-version", version)
    assert mother.post(address, keyed(**(ANSWERS | {"means": "paper"})))["Location"] == at("version", version)
    assert not Signature.objects.exists()
    for name in ("manager", "teacher", "advocate"):
        assert sign_in(name).get(address).status_code == 403
