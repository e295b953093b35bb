"""What the trail names of permission: each request and answer, each signature, each word on signing on a screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names
from gameplan.cases.trail import digest_of
from gameplan.consents.doors import requests_of
from gameplan.consents.models import ConsentRequest, ScreenAgreement, Signature
from gameplan.consents.records import agreement_record, answer_record, request_record, signature_record
from gameplan.consents.travelling import told_signatures
from gameplan.core.words import Say


def _consents(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = ConsentRequest.objects.filter(case__in=cases).defer("pdf").prefetch_related("given_answers")
    for request in found.order_by("case_id", "id").iterator(chunk_size=200):
        yield Lying(request.case_id, request.request_id, digest_of(request_record(request)))
        for answer in request.given_answers.all():
            yield Lying(request.case_id, f"{request.request_id}/{answer.number}", digest_of(answer_record(answer)))


def _signatures(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Each with its paper: one whose paper is not the one that was made has another digest."""
    for one in Signature.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=20):
        told = {**signature_record(one), "pdf_sha256": hashlib.sha256(one.pdf).hexdigest()}
        yield Lying(one.case_id, one.signature_id, digest_of(told))


def _agreements(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    for one in ScreenAgreement.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        yield Lying(one.case_id, str(one.pk), digest_of(agreement_record(one)))


def _seen_consents(case: Case) -> Iterable[str]:
    for request in requests_of(case):
        yield request.request_id
        yield from (f"{request.request_id}/{answer.number}" for answer in request.given_answers.all())


def _seen_signatures(case: Case) -> Iterable[str]:
    return (str(one["id"]) for one in told_signatures(case))


CONSENTS = Kind("consent", "consents", Say("permission"), _consents, _seen_consents)
SIGNATURES = Kind("signature", "signatures", Say("signature"), _signatures, _seen_signatures)
AGREEMENTS = Kind("agreement", "agreements", Say("word on signing on a screen"), _agreements)
