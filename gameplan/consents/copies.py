"""The signer's copy: by e-mail to the account that signed, at once, and again by a worker where that did not work.

That a copy has to go out is written down with the signature (`wait_for_copy`), in one transaction: whatever ends the
process after that, the copy still goes out. Whoever sends one claims it for `LEASE` first, so that a page and any
number of workers never send one together. It goes out **at least once**: where a process dies between the server's
yes and our writing it down, it goes out again once the claim has run out, with the same Message-ID, which mail
programs show once.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gameplan.cases.doors import hold, note_access
from gameplan.cases.people import Person
from gameplan.consents.models import Signature, SignedCopy
from gameplan.letters.phrases import day_in_words
from gameplan.letters.signing import says

FILE_NAME: Final = "signed-copy.pdf"
LEASE: Final = timedelta(minutes=10)
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=6)
MOST_TRIES: Final = 12
WAITING, SENT, FAILED = SignedCopy.State.WAITING, SignedCopy.State.SENT, SignedCopy.State.FAILED


def wait_for_copy(signature: Signature, now: datetime) -> None:
    """Writes down, with the signature, that its copy has to go out; until `FIRST_WAIT` is over only a page sends it."""
    message_id = f"<{uuid4()}@copies.gameplan>"
    SignedCopy.objects.create(signature=signature, try_at=now + FIRST_WAIT, message_id=message_id)


def send_copy(signature: Signature, *, by: Person) -> bool:
    """Sends the PDF with its page of proof to the account that signed, in the language of what was signed.

    False if the mail could not be given to the mail server: a worker tries again, and the copy can be downloaded all
    the same. A copy that went out is not sent again. Call it after the signature is kept for good. The mail names
    neither the child nor what was signed; that stands in the PDF.
    """
    mine, now = SignedCopy.objects.filter(signature=signature), timezone.now()
    claimed = _claim(mine.filter(_free(now), state=WAITING), now)
    if claimed is None:
        return mine.filter(state=SENT).exists()
    return _send(claimed, by, now)


def send_next(now: datetime) -> SignedCopy | None:
    """Sends one copy that is due, for the worker; what became of it stands in its `state`. None if none is due.

    Call it outside a transaction, until it gives None or one that still waits: then the server is not there now.
    """
    claimed = _claim(_due(now), now)
    if claimed is None:
        return None
    _send(claimed, Person(claimed.signature.person, claimed.signature.role), now)
    claimed.refresh_from_db(fields=["state"])
    return claimed


def _free(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def _due(now: datetime) -> QuerySet[SignedCopy]:
    return SignedCopy.objects.filter(_free(now), state=WAITING, try_at__lte=now).order_by("try_at", "id")


def _claim(waiting: QuerySet[SignedCopy], now: datetime) -> SignedCopy | None:
    """One of those that wait, in this one's hand alone until its claim ends; None if there is none."""
    while True:
        key = waiting.values_list("pk", flat=True).first()
        if key is None:
            return None
        if waiting.filter(pk=key).update(claimed_until=now + LEASE, tries=F("tries") + 1):
            return SignedCopy.objects.select_related("signature").get(pk=key)


def _send(copy: SignedCopy, by: Person, now: datetime) -> bool:
    try:
        _mail_of(copy).send()
    except (OSError, smtplib.SMTPException) as error:
        _not_sent(copy, now, type(error).__name__)
        return False
    _sent(copy, by)
    return True


def _mail_of(copy: SignedCopy) -> EmailMessage:
    signature = copy.signature
    lang = signature.lang
    day = timezone.localtime(datetime.fromisoformat(signature.at)).date()
    mail = EmailMessage(
        says("copy-subject", lang), says("copy-body", lang, day=day_in_words(day, lang)), to=[signature.account],
        headers={"Message-ID": copy.message_id},
    )  # fmt: skip
    mail.attach(FILE_NAME, bytes(signature.pdf), "application/pdf")
    return mail


@transaction.atomic
def _sent(copy: SignedCopy, by: Person) -> None:
    """The server took it; the trail says so once, whoever else sent it too."""
    signature = copy.signature
    hold(signature.case_id)
    waiting = SignedCopy.objects.filter(pk=copy.pk).exclude(state=SENT)
    if waiting.update(state=SENT, reason="", try_at=None, claimed_until=None):
        note_access(signature.case_id, by, "send-copy", about=f"signature:{signature.signature_id}")


def _not_sent(copy: SignedCopy, now: datetime, reason: str) -> None:
    """Wait and try again, longer each time, or give up."""
    waits = now + min(FIRST_WAIT * 2 ** (copy.tries - 1), LONGEST_WAIT)
    state, try_at = (WAITING, waits) if copy.tries < MOST_TRIES else (FAILED, None)
    SignedCopy.objects.filter(pk=copy.pk, state=WAITING).update(
        state=state, try_at=try_at, reason=reason, claimed_until=None
    )
