"""What is there of signatures and notices, and whether each is whole: its words, papers, facts, mails and trail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pypdfium2  # type: ignore[import-untyped]
from django.conf import settings

from gameplan.cases.models import Access
from gameplan.config.mail import FOLDER
from gameplan.consents.doors import answers_of, requests_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest, Signature, SignedCopy
from gameplan.consents.records import about_answer
from gameplan.letters import hash_of as hash_of_text
from gameplan.notices.models import Delivery, Edition, Notice
from gameplan.notices.proofs import State, What
from gameplan.notices.sending import BY_HAND, EMAIL
from tests.crash.kinds import AnyDesk, There, hash_of, is_pdf

MESSAGE_ID = re.compile(rb"^Message-ID: *\r?\n? *(<[^>]+>)", re.MULTILINE)
HEADERS = 4096
FINAL_LINE = b"-" * 79 + b"\n"
"""With this line the folder that stands for a mail server ends a mail."""


def requests(desk: AnyDesk) -> There:
    """Each request: the words of its hash, its paper, its fact, one row in the trail."""
    told, rows = _fact_ids(desk), _rows(desk, "ask-consent")
    for one in ConsentRequest.objects.filter(case=desk.case):
        words = hash_of_text(one.text) == one.sha256 and is_pdf(bytes(one.pdf))
        yield one.request_id, words and _told(one.fact_ids, told) and rows[f"consent:{one.request_id}"] == 1


def signatures(desk: AnyDesk) -> There:
    """Each answer or signature, by what is signed: whole if both are there, with facts, paper, copy and trail."""
    told, signed, answered = _fact_ids(desk), _rows(desk, "sign"), _rows(desk, "answer-consent")
    answers = {about_answer(one): one for asked in requests_of(desk.case) for one in answers_of(asked)}
    found = {one.subject: one for one in Signature.objects.filter(case=desk.case).select_related("signed_copy")}
    for name in answers.keys() | found.keys():
        one, said = found.get(name), answers.get(name)
        if one is None or said is None:
            yield name, False
            continue
        rows = (signed[f"signature:{one.signature_id}"], answered[name])
        yield name, rows == (1, 1) and _is_signed(one, said) and _told(said.fact_ids, told)


def _is_signed(one: Signature, said: ConsentAnswer) -> bool:
    """The words are those of the answer and of both hashes, the paper is the one that was made, its copy waits."""
    words = one.text == said.text and hash_of_text(one.text) == one.sha256 == said.sha256
    paper = is_pdf(bytes(one.pdf)) and hash_of(bytes(one.pdf)) == one.pdf_sha256
    return words and paper and hasattr(one, "signed_copy") and one.sha256 in _proof_in(bytes(one.pdf))


@cache
def _proof_in(pdf: bytes) -> str:
    """The words of the page of proof, which is the last one, without spaces; each paper is read once."""
    *_others, last = pypdfium2.PdfDocument(pdf)
    words = "".join(last.get_textpage().get_text_range().split())
    return words if "Proofofthissignature" in words else ""


def copies(desk: AnyDesk) -> There:
    """Each copy that went out: one row in the trail, and its mail."""
    rows, mails = _rows(desk, "send-copy"), mails_there()
    for one in SignedCopy.objects.filter(signature__case=desk.case).select_related("signature"):
        times = rows[f"signature:{one.signature.signature_id}"]
        if one.state == SignedCopy.State.SENT:
            yield one.signature.subject, times == 1 and one.message_id in mails
        elif one.state == SignedCopy.State.FAILED or times:
            yield one.signature.subject, False


def notices(desk: AnyDesk) -> There:
    """Each notice: one version with the words of its hash and its paper, and one row in the trail for both."""
    finished = _rows(desk)
    for one in Notice.objects.filter(case=desk.case).prefetch_related("editions"):
        editions = list(one.editions.all())
        rows = (finished[one.about], sum(finished[f"edition:{one.notice_id}/{edition.lang}"] for edition in editions))
        yield one.notice_id, len(editions) == 1 and rows == (1, 1) and _is_frozen(editions[0])


def _is_frozen(edition: Edition) -> bool:
    return hash_of_text(edition.text) == edition.sha256 and is_pdf(bytes(edition.pdf))


def by_hand(desk: AnyDesk) -> There:
    """Each notice that was given: when it came, its fact, and what is proved, once."""
    told = _fact_ids(desk)
    for one, marks, whole in _deliveries(desk, BY_HAND):
        proved = marks == Counter({What.SENT: 1, What.ARRIVED: 1})
        yield one.delivery_id, whole and proved and bool(one.arrived) and one.fact_id in told


def emails(desk: AnyDesk) -> There:
    """Each e-mail in the outbox, sent or not: that it was put there, once; one that was not sent tells no fact."""
    for one, marks, whole in _deliveries(desk, EMAIL):
        is_out = one.state == State.SENT
        kept = bool(one.fact_id) == is_out and marks[What.SENT] == int(is_out) and bool(one.message_id)
        yield one.delivery_id, whole and kept and marks[What.QUEUED] == 1 and one.state != State.FAILED


def mailings(desk: AnyDesk) -> There:
    """Each e-mail that was sent: its mail, and its fact."""
    told, mails = _fact_ids(desk), mails_there()
    for one, _marks, whole in _deliveries(desk, EMAIL):
        if one.state == State.SENT:
            yield one.delivery_id, whole and one.fact_id in told and one.message_id in mails


def openings(desk: AnyDesk) -> There:
    """Each e-mail that was opened: once, with the day, which its fact has too."""
    received = {fact.id for fact in desk.told.facts if "received" in fact.data}
    for one, marks, whole in _deliveries(desk, EMAIL):
        if marks[What.OPENED] or one.arrived:
            got = bool(one.arrived) and one.fact_id in received
            yield one.delivery_id, whole and marks[What.OPENED] == 1 and got


def strays(_desk: AnyDesk) -> Mapping[str, There]:
    """Each mail, with whether something here sends it."""
    known = {*Delivery.objects.values_list("message_id", flat=True)}
    known |= {*SignedCopy.objects.values_list("message_id", flat=True)}
    return {"mail": ((name, name in known) for name in mails_there())}


def sent_twice() -> list[str]:
    """The mails that went out more than once."""
    return [name for name, times in mails_there().items() if times > 1]


def mails_there() -> Counter[str]:
    """How often each mail went out, by its Message-ID: those that the mail server has whole."""
    folder = settings.GAMEPLAN_DATA / FOLDER
    return Counter(name for path in folder.glob("*.log") for name in _names_in(path.read_bytes()))


def _names_in(file: bytes) -> Iterator[str]:
    """The mails of a file: several of one second may share one. What stands after the last line is cut off."""
    *whole, _cut_off = file.split(FINAL_LINE)
    for mail in whole:
        found = MESSAGE_ID.search(mail[:HEADERS])
        if found:
            yield found[1].decode()


def _deliveries(desk: AnyDesk, way: str) -> Iterator[tuple[Delivery, Counter[str], bool]]:
    """Each delivery with how often each thing is proved, and whether its paper and its row in the trail are there."""
    rows = _rows(desk, "send-notice")
    papers = {
        f"notice:{one.notice.notice_id}": {one.lang: one.sha256}
        for one in Edition.objects.filter(notice__case=desk.case).select_related("notice").defer("pdf")
    }
    for one in Delivery.objects.filter(case=desk.case, way=way).prefetch_related("proved"):
        marks = Counter(mark.what for mark in one.proved.all())
        whole = papers.get(one.about) == one.leaves and not one.reason
        yield one, marks, whole and rows[f"delivery:{one.delivery_id}"] == 1


def _fact_ids(desk: AnyDesk) -> set[str]:
    return {fact.id for fact in desk.told.facts}


def _told(ids: list[str], told: set[str]) -> bool:
    return bool(ids) and set(ids) <= told


def _rows(desk: AnyDesk, action: str = "") -> Counter[str]:
    """How many rows of the trail there are about each thing: those of one action, or all."""
    rows = Access.objects.filter(case_id=desk.case.pk)
    return Counter((rows.filter(action=action) if action else rows).values_list("about", flat=True))
