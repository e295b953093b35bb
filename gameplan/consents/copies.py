"""The signer's copy, at once: by e-mail to the account that signed."""

from __future__ import annotations

import smtplib
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import timezone

from gameplan.cases.doors import note_access
from gameplan.cases.people import Person
from gameplan.consents.models import Signature
from gameplan.letters.phrases import day_in_words
from gameplan.letters.signing import says

FILE_NAME = "signed-copy.pdf"


def send_copy(signature: Signature, *, by: Person) -> bool:
    """Sends the PDF with its page of proof to the account that signed, in the language of what was signed.

    False if the mail could not be given to the mail server; the copy can be downloaded all the same. Call it after the
    signature is kept for good. The mail names neither the child nor what was signed; that stands in the PDF.
    """
    lang = signature.lang
    day = timezone.localtime(datetime.fromisoformat(signature.at)).date()
    body = says("copy-body", lang, day=day_in_words(day, lang))
    mail = EmailMessage(says("copy-subject", lang), body, to=[signature.account])
    mail.attach(FILE_NAME, bytes(signature.pdf), "application/pdf")
    try:
        mail.send()
    except (OSError, smtplib.SMTPException):
        return False
    note_access(signature.case_id, by, "send-copy", about=f"signature:{signature.signature_id}")
    return True
