"""Permission and signatures on their way: as a case file tells them, and taken in from one. All of them, or nothing.

What somebody agreed to before signing on a screen stays where it was: it holds for that place only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import LONGEST_ID, Case
from gameplan.cases.seeing import sees_all
from gameplan.consents.doors import requests_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest, Signature
from gameplan.consents.records import answer_record, digests_now, request_record, signature_record
from gameplan.consents.standing import ANSWERED, REVOKED, WITHDRAWN
from gameplan.core.faults import Fault
from gameplan.letters.composing import hash_of
from gameplan.letters.consent_form import read_form
from gameplan.people.refusals import Refused, unkeepable

Told = Mapping[str, Any]
Files = Mapping[str, bytes]
ANSWER_KEYS = frozenset({
    "number", "does", "items", "words", "on", "signed", "means", "paper", "signed_by", "text", "sha256", "facts",
    "person", "role", "at",
})  # fmt: skip
REQUEST_KEYS = frozenset({
    "id", "kind", "fact_for", "lang", "on", "received", "asked", "items", "form", "text", "sha256", "facts", "side",
    "person", "role", "at", "pdf", "answers",
})  # fmt: skip
SIGNATURE_KEYS = frozenset({
    "id", "subject", "title", "lang", "text", "sha256", "name", "person", "role", "account", "method", "signed_in",
    "at", "zone", "trail_number", "trail_head", "terms", "pdf_sha256", "pdf",
})  # fmt: skip


def told_consents(case: Case) -> tuple[Told, ...]:
    """The permission of a case that its reader sees, as its case file tells it, in the order in which it was asked."""
    return tuple(
        _in_order(
            {**request_record(one), "pdf": _pdf_path(one.request_id),
             "answers": [answer_record(answer) for answer in one.given_answers.all()]}
        )
        for one in sorted(requests_of(case), key=lambda one: one.pk)
    )  # fmt: skip


def told_signatures(case: Case) -> tuple[Told, ...]:
    """The signatures of a case that its reader sees, as its case file tells them."""
    found = _signatures(case, requests_of(case))
    return tuple(_in_order({**signature_record(one), "pdf": _pdf_path(one.signature_id)}) for one in found)


def consent_files(case: Case) -> dict[str, bytes]:
    """The paper of each request and each signature by its path beside the case file."""
    requests = requests_of(case)
    forms = ConsentRequest.objects.filter(pk__in=[one.pk for one in requests]).values_list("request_id", "pdf")
    signed = [(one.signature_id, one.pdf) for one in _signatures(case, requests)]
    return {_pdf_path(name): bytes(pdf) for name, pdf in (*forms, *signed)}


def _signatures(case: Case, requests: Iterable[ConsentRequest]) -> list[Signature]:
    seen = {one.request_id for one in requests}
    found = Signature.objects.filter(case=case).order_by("id")
    return [one for one in found if _is_seen(case, one, seen)]


def _is_seen(case: Case, signature: Signature, requests: set[str]) -> bool:
    kind, _colon, name = signature.subject.partition(":")
    return name.partition("/")[0] in requests if kind == "consent" else sees_all(case) or signature.shared


def _pdf_path(name: str) -> str:
    """Where a paper lies beside the case file."""
    return f"papers/{name}.pdf"


@transaction.atomic
def keep_consents(case: Case, consents: Iterable[Told], signatures: Iterable[Told], files: Files) -> None:
    """Keep the permission and signatures that a case file tells. `files` has the papers by path.

    Call it in the transaction that takes in the case. Raises Refused with every fault, and writes nothing.
    """
    requests, signed = list(consents), list(signatures)
    faults = [fault for one in requests for fault in _request_faults(one, files)]
    faults += [fault for one in signed for fault in _signature_faults(one, files)]
    if faults:
        raise Refused(faults)
    before = dict(digests_now(case))
    for one in requests:
        _keep_request(case, one, files)
    Signature.objects.bulk_create(_signature(case, one, files) for one in signed)
    for about, digest in digests_now(case):
        if about not in before:
            note_access(case.pk, case.reader, "import-consents", about=about, digest=digest)


def _keep_request(case: Case, one: Told, files: Files) -> None:
    request = ConsentRequest.objects.create(
        case=case, request_id=one["id"], kind=one["kind"], fact_for=one["fact_for"], lang=one["lang"],
        on=date.fromisoformat(one["on"]), received=date.fromisoformat(one["received"]) if one["received"] else None,
        asked=one["asked"], items=one["items"], form=one["form"], text=one["text"], sha256=one["sha256"],
        pdf=files[one["pdf"]], fact_ids=one["facts"], side=one["side"], person=one["person"], role=one["role"],
        made_at=one["at"],
    )  # fmt: skip
    ConsentAnswer.objects.bulk_create(
        ConsentAnswer(
            request=request, number=said["number"], does=said["does"], items=said["items"], words=said["words"],
            on=date.fromisoformat(said["on"]), signed=date.fromisoformat(said["signed"]), means=said["means"],
            paper=said["paper"], signed_by=said["signed_by"], text=said["text"], sha256=said["sha256"],
            fact_ids=said["facts"], person=said["person"], role=said["role"], made_at=said["at"],
        )
        for said in one["answers"]
    )  # fmt: skip


def _signature(case: Case, one: Told, files: Files) -> Signature:
    return Signature(
        case=case, signature_id=one["id"], subject=one["subject"], title=one["title"], lang=one["lang"],
        text=one["text"], sha256=one["sha256"], name=one["name"], person=one["person"], role=one["role"],
        account=one["account"], method=one["method"], signed_in_at=one["signed_in"], at=one["at"], zone=one["zone"],
        trail_number=one["trail_number"], trail_head=one["trail_head"], terms_sha256=one["terms"],
        pdf=files[one["pdf"]], pdf_sha256=one["pdf_sha256"],
    )  # fmt: skip


def _request_faults(one: Told, files: Files) -> Iterator[Fault]:
    where = f"consents ({str(one.get('id'))[:40]})"
    yield from _shape_faults(one, REQUEST_KEYS, where, files)
    try:
        answers = list(one["answers"])
        _check_request(one)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield _odd(where, error)
        return
    if read_form(one["form"]).plain() != one["text"]:
        yield _changed(f"{where}.form")
    for index, said in enumerate(answers):
        yield from _answer_faults(said, f"{where}.answers[{index}]")


def _check_request(one: Told) -> None:
    """Raises an error if a day, a thing or the form is not what it should be."""
    date.fromisoformat(one["on"])
    date.fromisoformat(one["received"] or one["on"])
    read_form(one["form"])
    for item in one["items"]:
        str(item["id"] + item["text"] + item["about"])
    _words(one, ("kind", "fact_for", "lang", "side", "person", "role", "at"))


def _answer_faults(said: Told, where: str) -> Iterator[Fault]:
    yield from _shape_faults(said, ANSWER_KEYS, where, None)
    try:
        date.fromisoformat(said["on"])
        date.fromisoformat(said["signed"])
        int(said["number"])
        dict(said["items"])
        _words(said, ("words", "means", "paper", "signed_by", "person", "role", "at"))
        if said["does"] not in (ANSWERED, REVOKED, WITHDRAWN):
            raise ValueError(said["does"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield _odd(where, error)


def _signature_faults(one: Told, files: Files) -> Iterator[Fault]:
    where = f"signatures ({str(one.get('id'))[:40]})"
    yield from _shape_faults(one, SIGNATURE_KEYS, where, files)
    try:
        _words(one, tuple(SIGNATURE_KEYS - {"trail_number"}))
        int(one["trail_number"])
    except (KeyError, TypeError, ValueError) as error:
        yield _odd(where, error)
        return
    if hashlib.sha256(files.get(one["pdf"], b"")).hexdigest() != one["pdf_sha256"]:
        yield _changed(f"{where}.pdf")


def _shape_faults(one: Told, keys: frozenset[str], where: str, files: Files | None) -> Iterator[Fault]:
    """Names that are not part of the format, broken letters, a text with another hash, a paper that is missing."""
    yield from unkeepable(one, where)
    for name in sorted(set(one) - keys):
        yield Fault(f"{where}.{name}", _("This name is not part of the format."), _("Take it out."))
    text = one.get("text")
    if isinstance(text, str) and (text or one.get("sha256")) and hash_of(text) != one.get("sha256"):
        yield _changed(f"{where}.text")
    if files is None:
        return
    if len(str(one.get("id"))) > LONGEST_ID or "/" in str(one.get("id")):
        yield Fault(f"{where}.id", _("This id cannot stand in an address."), _("Use letters and numbers."))
    if one.get("pdf") not in files:
        yield Fault(f"{where}.pdf", _("This PDF is missing."), _("Make the file again from the first case."))


def _words(one: Told, names: Iterable[str]) -> None:
    for name in names:
        if not isinstance(one[name], str):
            raise TypeError(f"{name} is not a text")


def _changed(where: str) -> Fault:
    return Fault(where, _("This was changed after it was written down."), _("Make the file again from the first case."))


def _odd(where: str, error: Exception) -> Fault:
    what = _("Something is not written as it should be: {what}.").format(what=error)
    return Fault(where, what, _("Make the file again from the first case."))


def _in_order(value: Any) -> Any:
    """The same with the names of every table in order: a database may give them in another one."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    return [_in_order(one) for one in value] if isinstance(value, list) else value
