"""Letters: those of a case, those that fit now, and any of them put together without keeping it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gameplan.api.answers import JSON, Answer, said
from gameplan.api.callers import opened
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routes.standing import InLang, On, viewed
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ
from gameplan.api.shapes import Day, Json, Lang, Told
from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.core.facts import SentLetter
from gameplan.letters import Letter, kind_of, offers
from gameplan.papers.doors import told_letters
from gameplan.papers.pdf import letter_pdf
from gameplan.papers.verbs import preview, suggested
from gameplan.people.roles import Action
from gameplan.tongues import tongue

router = Router(tags=["Letters"])
WRITES = Needs(CASES_READ, Action.LETTER)
KEPT = {
    "id": "l1", "kind": "evaluation-request", "lang": "en", "text": "Please evaluate Ana.", "sha256": "9f86d081…",
    "finished": "2025-09-03T20:15:00Z", "corrects": None, "sent": [{"how": "email", "on": "2025-09-03"}],
}  # fmt: skip
OFFER = {
    "kind": "evaluation-request", "name": "Ask for an evaluation", "because": "You may ask at any time.",
    "cite": ["34 CFR 300.301(b)"], "closes": None, "presses": False,
}  # fmt: skip
COMPOSED = {
    "kind": "evaluation-request",
    "lang": "en",
    "subject": "Evaluation of Ana",
    "text": "…",
    "sha256": "9f86d081…",
}
SENT = {"lang": "en", "fields": {"parent": "Maria Lopez"}}


class KeptLetter(Schema):
    """A letter as it was finished, and when it was sent."""

    id: str
    kind: str
    lang: str
    text: str
    sha256: str
    finished: str
    corrects: str | None
    sent: list[Json]


class KeptLetters(Schema):
    """A page of letters."""

    items: list[KeptLetter]
    next: str | None


class OfferShape(Schema):
    """A letter that fits now, and why."""

    kind: str
    name: str
    because: str
    cite: list[str]
    closes: date | None
    presses: bool = Field(description="The school is late with something.")


class Offers(Schema):
    """The letters that fit now."""

    items: list[OfferShape]


class ToCompose(Told):
    """What the letter says. What is left out is filled in from the case where the case knows it."""

    lang: Lang = "en"
    on: Day | None = Field(None, description="The date of the letter; today if left out.")
    fields: dict[str, str] = Field({}, max_length=100)


class Composed(Schema):
    """A letter as it would read."""

    kind: str
    lang: str
    subject: str
    text: str
    sha256: str


@route(router, "GET", "/cases/{uuid:case_id}/letters", Needs(CASES_READ, Action.READ),
       Gives(KeptLetters, example={"items": [KEPT], "next": None}), about="The letters of a case")  # fmt: skip
def kept(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """Every finished letter that your side sees: a school sees those that were sent."""
    case = opened(request, case_id)
    return said(page_of(told_letters(case), f"letters.{case.pk}", after, limit, lambda one: one.id, _json))


@route(router, "GET", "/cases/{uuid:case_id}/letters/fitting", WRITES, Gives(Offers, example={"items": [OFFER]}),
       about="The letters that fit now")  # fmt: skip
def fitting(request: HttpRequest, case_id: UUID, on: On = None, lang: InLang = "en") -> Answer:
    """The letters that a family may need now: what is late first, then what closes soonest."""
    words = tongue(lang)
    items = [
        {"kind": one.kind, "name": kind_of(one.kind, lang).name, "because": words.say(one.because),
         "cite": list(one.cite), "closes": one.closes, "presses": one.presses}
        for one in offers(viewed(request, case_id, on).standing)
    ]  # fmt: skip
    return said({"items": items})


@route(router, "POST", "/cases/{uuid:case_id}/letters/{kind}/preview", WRITES,
       Gives(Composed, example=COMPOSED, takes=(JSON,), sample=SENT), about="A letter as text")  # fmt: skip
def as_text(request: HttpRequest, case_id: UUID, kind: str, body: ToCompose) -> Answer:
    """The letter as it would read. Nothing is kept."""
    made = _composed(opened(request, case_id), kind, body)
    told = {"kind": kind, "lang": body.lang, "subject": made.subject, "text": made.plain(), "sha256": made.sha256}
    return said(told)


@route(router, "POST", "/cases/{uuid:case_id}/letters/{kind}/pdf", WRITES,
       Gives(media=("application/pdf",), takes=(JSON,), sample=SENT), about="A letter as a PDF")  # fmt: skip
def as_pdf(request: HttpRequest, case_id: UUID, kind: str, body: ToCompose) -> Answer:
    """The letter as it would be printed, marked as a draft. Nothing is kept."""
    made = _composed(opened(request, case_id), kind, body)
    return Answer(letter_pdf(made, draft=True), 200, "application/pdf", {"Content-Disposition": "attachment"})


def _composed(case: Case, kind: str, body: ToCompose) -> Letter:
    """The letter from what was sent and what the case knows. Raises as `preview`."""
    on = body.on or today()
    known = suggested(case, kind=kind, lang=body.lang, on=on)
    return preview(case, kind=kind, lang=body.lang, values={**known, **body.fields}, on=on)


def _json(one: SentLetter) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "lang": one.lang, "text": one.text, "sha256": one.sha256,
        "finished": one.finished, "corrects": one.corrects, "sent": [dict(each) for each in one.sent],
    }  # fmt: skip
