"""What is frozen of permission and signatures, as data: what the trail has the hash of, and what a case file tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gameplan.cases.models import Case
from gameplan.cases.trail import digest_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest, ScreenAgreement, Signature

Told = dict[str, Any]


def request_record(request: ConsentRequest) -> Told:
    """A request without its paper and its answers."""
    return {
        "id": request.request_id, "kind": request.kind, "fact_for": request.fact_for, "lang": request.lang,
        "on": request.on.isoformat(), "received": request.received.isoformat() if request.received else "",
        "asked": request.asked, "items": request.items, "form": request.form, "text": request.text,
        "sha256": request.sha256, "facts": request.fact_ids, "side": request.side, "person": request.person,
        "role": request.role, "at": request.made_at,
    }  # fmt: skip


def answer_record(answer: ConsentAnswer) -> Told:
    """An answer to a request."""
    return {
        "number": answer.number, "does": answer.does, "items": answer.items, "words": answer.words,
        "on": answer.on.isoformat(), "signed": answer.signed.isoformat(), "means": answer.means, "paper": answer.paper,
        "signed_by": answer.signed_by,
        "text": answer.text, "sha256": answer.sha256, "facts": answer.fact_ids, "person": answer.person,
        "role": answer.role, "at": answer.made_at,
    }  # fmt: skip


def signature_record(signature: Signature) -> Told:
    """A signature without its paper, of which it has the hash."""
    return {
        "id": signature.signature_id, "subject": signature.subject, "title": signature.title, "lang": signature.lang,
        "text": signature.text, "sha256": signature.sha256, "name": signature.name, "person": signature.person,
        "role": signature.role, "account": signature.account, "method": signature.method,
        "signed_in": signature.signed_in_at, "at": signature.at, "zone": signature.zone,
        "trail_number": signature.trail_number, "trail_head": signature.trail_head,
        "terms": signature.terms_sha256, "pdf_sha256": signature.pdf_sha256,
    }  # fmt: skip


def agreement_record(agreement: ScreenAgreement) -> Told:
    """What somebody agreed to before signing on a screen, or took back."""
    return {
        "person": agreement.person, "role": agreement.role, "agrees": agreement.agrees, "lang": agreement.lang,
        "text": agreement.text, "sha256": agreement.sha256, "at": agreement.at.isoformat(),
    }  # fmt: skip


def about_answer(answer: ConsentAnswer) -> str:
    """How the trail and a signature name an answer."""
    return f"consent:{answer.request.request_id}/{answer.number}"


def digests_now(case: Case) -> Iterator[tuple[str, str]]:
    """What the trail calls each thing here (`about`), and the hash that it has now.

    A row of the trail with that `about` and another `digest` shows that the thing was changed.
    """
    for request in ConsentRequest.objects.filter(case=case).defer("pdf").prefetch_related("given_answers"):
        yield f"consent:{request.request_id}", digest_of(request_record(request))
        for answer in request.given_answers.all():
            yield f"consent:{request.request_id}/{answer.number}", digest_of(answer_record(answer))
    for signature in Signature.objects.filter(case=case).defer("pdf"):
        yield f"signature:{signature.signature_id}", digest_of(signature_record(signature))
    for agreement in ScreenAgreement.objects.filter(case=case):
        yield f"agreement:{agreement.pk}", digest_of(agreement_record(agreement))
