"""Signing on a screen: anything in words that has a name can be signed, once, by somebody with an account.

What is signed is a text. The signature keeps it with its hash, who signed, how they were known, when, where the record
of the case stood, and a PDF of all that with a page of proof.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.trail import digest_of
from gameplan.consents.copies import wait_for_copy
from gameplan.consents.electronic import agreement_of
from gameplan.consents.keeping import free_id, held_for, moment, refuse, told
from gameplan.consents.models import ScreenAgreement, Signature
from gameplan.consents.records import signature_record
from gameplan.consents.sheets import signed_sheet
from gameplan.core.faults import Fault
from gameplan.letters.composing import hash_of
from gameplan.letters.phrases import day_in_words
from gameplan.letters.signing import Proof
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import ROLES, Action
from gameplan.tongues import tongue

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """How a person who signs is known: their account, how they signed in, and since when (None: not known)."""

    person: str
    account: str
    method: str = "account"
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is to be signed: `subject` names it in the trail, `text` is all of it, in the language `lang`."""

    subject: str
    title: str
    text: str
    lang: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hash_of(self.text)


@dataclass(frozen=True, slots=True)
class Hand:
    """The act of signing: the name that was typed, the tick "I sign this", who it is, and what was on the screen.

    `seen`: the SHA-256 of the text that was shown.
    """

    name: str
    ticked: bool
    identity: Identity | None
    seen: str


@transaction.atomic
def sign(
    case: Case, what: ToSign, hand: Hand, *, by: Person, to: Action = Action.ANSWER, form_key: UUID | None = None
) -> Signature:
    """A signature under a text. The same subject is signed once; the same `form_key` sent twice makes one.

    With it is written down that the signer's copy has to go out (`copies`).
    Raises Refused with everything that it lacks, PermissionDenied for somebody who may not do `to` in this case, and
    CannotPrint.
    """
    before = form_key and Signature.objects.filter(case=case, form_key=form_key).first()
    if before:
        return before
    held = held_for(case, to)
    refuse(faults_of(held, what, hand, by))
    agreed, identity = agreement_of(held, by), hand.identity
    if agreed is None or identity is None:
        raise PermissionDenied("Nobody signs without an account and without having agreed to it.")
    signature = _signature(held, what, hand.name, identity, by, agreed)
    signature.form_key = form_key
    signature.save()
    about = f"signature:{signature.signature_id}"
    note_access(held.pk, by, "sign", about=about, digest=digest_of(signature_record(signature)))
    wait_for_copy(signature, moment())
    return signature


def faults_of(case: Case, what: ToSign, hand: Hand, by: Person) -> list[Fault]:
    """Everything that stands in the way of a signature; nothing if it can be made."""
    faults = list(unkeepable(hand.name, "name"))
    if not settings.GAMEPLAN_SHARED or hand.identity is None:
        mend = _("Sign on paper, and keep a photo of it here.")
        return [Fault("identity", _("Here nobody signs in, so nobody can sign on a screen."), mend)]
    if hand.identity.person != by.id:
        raise PermissionDenied("Nobody signs for somebody else.")
    name = " ".join(hand.name.split())
    if not name:
        faults.append(Fault("name", _("The name is missing."), _("Type your name, as you write it on paper.")))
    if len(name) > LONGEST_NAME:
        faults.append(Fault("name", _("This is too long for a name."), _("Type your name, as you write it on paper.")))
    if not hand.ticked:
        faults.append(Fault("ticked", _("It is not signed yet."), _("Tick “I sign this”, or go back.")))
    if hand.seen != what.sha256:
        mend = _("Read it again, then sign.")
        faults.append(Fault("seen", _("The text is not the one that you read."), mend))
    if agreement_of(case, by) is None:
        mend = _("Agree to sign on a screen first, or sign on paper.")
        faults.append(Fault("agreed", _("You have not agreed to sign on a screen."), mend))
    if Signature.objects.filter(case=case, subject=what.subject).exists():
        faults.append(Fault("subject", _("This is signed already."), _("Look at the signature that is there.")))
    return faults


def _signature(
    case: Case, what: ToSign, name: str, identity: Identity, by: Person, agreed: ScreenAgreement
) -> Signature:
    """The row with its paper; not saved yet."""
    at = moment()
    signature = Signature(
        case=case, signature_id=free_id(Signature.objects.filter(case=case), "signature_id", "s"),
        subject=what.subject, title=what.title, lang=what.lang, text=what.text, sha256=what.sha256,
        name=" ".join(name.split()), person=by.id, role=by.role, account=identity.account,
        method=identity.method, signed_in_at=told(identity.since) if identity.since else "", at=told(at),
        zone=timezone.get_current_timezone_name(), trail_number=case.trail_count, trail_head=case.trail_head,
        terms_sha256=agreed.sha256, shared=case.school_id is not None,
    )  # fmt: skip
    proof = _proof(signature, at, identity.since, agreed)
    sheet = signed_sheet(what.title, what.text, proof, what.lang, timezone.localtime(at).date())
    signature.pdf = sheet_pdf(sheet, sha256=what.sha256)
    signature.pdf_sha256 = hashlib.sha256(signature.pdf).hexdigest()
    return signature


def _proof(signature: Signature, at: datetime, since: datetime | None, agreed: ScreenAgreement) -> Proof:
    lang = signature.lang
    role = ROLES.get(signature.role)
    return Proof(
        name=signature.name, role=tongue(lang).say(role.title) if role else signature.role, account=signature.account,
        method=signature.method, signed_in=_in_words(since, lang) if since else "",
        at=_in_words(at, lang), at_utc=signature.at,
        agreed=f"{_in_words(agreed.at, lang)}, SHA-256 {agreed.sha256}", sha256=signature.sha256,
        subject=f"{signature.subject} ({signature.signature_id})", trail_number=signature.trail_number,
        trail_head=signature.trail_head,
    )  # fmt: skip


def _in_words(at: datetime, lang: str) -> str:
    """A moment in the family's time zone, as the page of proof writes it."""
    local = timezone.localtime(at)
    return f"{day_in_words(local.date(), lang)}, {local:%H:%M:%S} ({local:%Z}, {timezone.get_current_timezone_name()})"
