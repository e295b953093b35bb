"""Sending a frozen paper to one recipient: by e-mail with a private link, by hand, by mail, or in the program.

What leaves is the paper as it is frozen, in all its languages; the hashes are written down with the delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.notices.keeping import free_id, held_delivery, mark, refuse
from gameplan.notices.links import end_links
from gameplan.notices.models import Delivery
from gameplan.notices.named import about_delivery, delivery_digest
from gameplan.notices.proofs import State, What
from gameplan.notices.recipients import Recipient, is_address
from gameplan.notices.shelf import Paper, paper_of
from gameplan.notices.telling import tell
from gameplan.people.refusals import unkeepable
from gameplan.tongues import LANGUAGES

EMAIL, BY_HAND, MAIL, PORTAL = "email", "by-hand", "mail", "portal"
WAYS: Final = (EMAIL, BY_HAND, MAIL, PORTAL)


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper goes out. `on` is the day (an e-mail: today).

    By hand: `handed_by` gave it, `signed` says if the recipient signed for it. By mail: `arrived` only if that day is
    known. `proof` is the id of a paper of the case, such as a receipt. `no_translation`: why it clearly cannot be done
    in the recipient's own language (34 CFR 300.503(c)(1)(ii)).
    """

    how: str
    on: date
    handed_by: str = ""
    signed: bool | None = None
    arrived: date | None = None
    proof: str = ""
    no_translation: str = ""


@transaction.atomic
def send(
    case: Case, about: str, *, by: Person, to: Recipient, way: Way, now: datetime, form_key: UUID | None = None
) -> Delivery:
    """The paper goes out to this recipient. An e-mail waits for the worker (`delivering`); the rest is done at once.

    The same `form_key` makes one delivery. Raises Http404 if there is no such paper, and Refused: for an e-mail that
    the recipient did not choose, for a language that they do not read, for days and names that are missing.
    """
    kept = held(case)
    before = form_key and Delivery.objects.filter(case=kept, form_key=form_key).first()
    if before:
        return before
    paper = paper_of(kept, about)
    refuse(faults_of(paper, to, way))
    is_mail = way.how == EMAIL
    delivery = Delivery.objects.create(
        case=kept, delivery_id=free_id(Delivery.objects.filter(case=kept), "delivery_id", "d"), about=about,
        leaves=dict(paper.hashes), way=way.how, person=to.person, to_name=to.name,
        address=to.address if is_mail else "", lang=to.lang, on=way.on, arrived=_arrived(way),
        handed_by=" ".join(way.handed_by.split()), signed=way.signed if way.how == BY_HAND else None, proof=way.proof,
        no_translation=way.no_translation.strip(), form_key=form_key, by_person=by.id, by_role=by.role,
        state=State.QUEUED if is_mail else State.SENT, try_at=now if is_mail else None,
        message_id=f"<{uuid4()}@papers.gameplan>" if is_mail else "", brought=kept.school_id is None,
    )  # fmt: skip
    note_access(case.pk, by, "send-notice", about=about_delivery(delivery), digest=delivery_digest(delivery))
    mark(delivery, What.QUEUED if is_mail else What.SENT, way.on, by=by)
    if delivery.arrived:
        mark(delivery, What.ARRIVED, delivery.arrived, by=by)
    if not is_mail:
        tell(delivery)
        delivery.save()
    return delivery


@transaction.atomic
def send_again(delivery: Delivery, *, by: Person, now: datetime) -> Delivery:
    """Put an e-mail that failed into the queue once more, as a mail of its own. Raises Refused if it did not fail."""
    kept = held_delivery(delivery, held(delivery.case))
    if kept.state != State.FAILED:
        refuse([Fault("state", _("This e-mail did not fail."), _("Look at the list: it is waiting or sent."))])
    kept.state, kept.reason, kept.tries, kept.try_at = State.QUEUED, "", 0, now
    kept.message_id = f"<{uuid4()}@papers.gameplan>"
    kept.save()
    mark(kept, What.QUEUED, kept.on, by=by)
    return kept


@transaction.atomic
def mark_arrived(delivery: Delivery, *, by: Person, arrived: date) -> Delivery:
    """Write down the day on which a mailed paper arrived. Raises Refused for a day that cannot be."""
    kept = held_delivery(delivery, held(delivery.case))
    faults = []
    if kept.way != MAIL or kept.arrived:
        faults.append(Fault("arrived", _("It is already known when this arrived."), _("Look at the list.")))
    if arrived < kept.on:
        faults.append(Fault("arrived", _("It cannot arrive before it was sent."), _("Check both days.")))
    refuse(faults)
    kept.arrived = arrived
    mark(kept, What.ARRIVED, arrived, by=by)
    tell(kept)
    kept.save()
    return kept


@transaction.atomic
def close_links(delivery: Delivery, *, by: Person, now: datetime, on: date) -> int:
    """Close every private link to this delivery, for example because the address was wrong. What was proved stays."""
    kept = held_delivery(delivery, held(delivery.case))
    closed = end_links(kept, now)
    if closed:
        mark(kept, What.CLOSED, on, by=by)
    return closed


def faults_of(paper: Paper, to: Recipient, way: Way) -> list[Fault]:
    """What keeps this paper from going out to this recipient in this way: all of it at once."""
    faults = list(unkeepable([way.handed_by, way.no_translation], "way"))
    if way.how not in WAYS:
        faults.append(Fault("how", _("Say how it goes out."), _("Choose one from the list.")))
    if not all(leaf.is_whole for leaf in paper.leaves):
        faults.append(Fault("paper", _("The kept words do not have their hash any more."), _("Write a new notice.")))
    return [*faults, *_email_faults(paper, to, way), *_way_faults(to, way), *_language_faults(paper, to, way)]


def _email_faults(paper: Paper, to: Recipient, way: Way) -> Iterable[Fault]:
    if way.how != EMAIL:
        return
    if paper.needs_choice and not to.by_email:
        what = _("This person has not chosen to get notices by e-mail.")
        yield Fault("how", what, _("Ask first, and write down the answer (34 CFR 300.505), or choose another way."))
    if not is_address(to.address):
        yield Fault("address", _("There is no e-mail address."), _("Write it on the page about languages and e-mail."))


def _way_faults(to: Recipient, way: Way) -> Iterable[Fault]:
    if way.how == BY_HAND and not way.handed_by.strip():
        yield Fault("handed_by", _("It does not say who handed it over."), _("Write the name."))
    if way.how == PORTAL and not to.has_account:
        yield Fault("how", _("This person has no account here."), _("Choose another way."))
    if way.arrived and way.arrived < way.on:
        yield Fault("arrived", _("It cannot arrive before it was sent."), _("Check both days."))


def _language_faults(paper: Paper, to: Recipient, way: Way) -> Iterable[Fault]:
    """A notice goes out in the recipient's own language, unless that clearly cannot be done, and then says why."""
    if not paper.needs_choice or way.no_translation.strip() or paper.leaf(to.lang):
        return
    if to.wish is not None and not to.wish.is_written:
        return
    language = LANGUAGES.get(to.lang, to.lang)
    what = _("This person reads papers in another language: {language}.").format(language=language)
    mend = _("Add a translation, or say why it clearly cannot be done (34 CFR 300.503(c)(1)(ii)).")
    yield Fault("no_translation", what, mend)


def _arrived(way: Way) -> date | None:
    """By hand it arrives at once, by mail only when somebody knows; an e-mail when it is opened."""
    if way.how == BY_HAND:
        return way.on
    return way.arrived if way.how == MAIL else None
