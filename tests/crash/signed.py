"""The writes that are killed where people sign in: permission asked and signed, the signer's copy, notices, deliveries.

One case, which a mother and a school hold together. What is there of each kind is looked at in `signed_there`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.cases.verbs import record_fact
from gameplan.consents import asking, electronic
from gameplan.consents.answering import ELECTRONIC, Given, answer, answer_to_sign
from gameplan.consents.copies import send_next
from gameplan.consents.doors import request_of, requests_of, standing_of
from gameplan.consents.models import ConsentRequest, SignedCopy
from gameplan.consents.records import about_answer
from gameplan.consents.signing import Hand, Identity
from gameplan.consents.standing import WAITING
from gameplan.core import facts
from gameplan.letters.consent_form import YES, Asked, Item, Said
from gameplan.notices import recipients, sending, writing
from gameplan.notices.delivering import deliver_next
from gameplan.notices.doors import deliveries_of, notices_of
from gameplan.notices.mails import Mail
from gameplan.notices.models import Delivery
from gameplan.notices.opening import leaf_for, paper_delivered, write_down
from gameplan.notices.proofs import State, What
from gameplan.notices.recipients import Recipient
from gameplan.notices.sending import BY_HAND, EMAIL, Way
from gameplan.people.models import User
from gameplan.people.roles import Action
from tests.crash import signed_there as there
from tests.crash.kinds import Kind, Mix
from tests.sides import alone, join, make_sides

ON = date(2025, 9, 20)
MOTHER, MANAGER = "rosa", "hill"
ITEMS = (Item("i1", "Reading test"), Item("i2", "Speech test", "one morning"))
ASKED = Asked(
    "initial-evaluation", "en", ON, "", items=ITEMS, why="Ana reads far below her grade.",
    how="The psychologist tests Ana at school.", has_records=False, family_language="English", understood="same",
    contact="Ms. Reed, 555-0100",
)  # fmt: skip
ASKED_FOR = date(2025, 9, 3)
WANTED = {"received": ASKED_FOR, "type": "initial", "by": "parent", "written": True}
TYPED = {
    "options": "Wait until spring. That is too slow.", "factors": "Nothing else mattered.",
    "safeguards_copy": "Ask the school office.", "sender": "Ms. Karen Hill", "parents": "Rosa Lopez",
    "phone": "512-555-0100", "plain_words": "yes",
}  # fmt: skip
WORKERS_WAIT = timedelta(days=1)
"""How much later than now a worker comes, so that everything is due. What a killed one had in hand stays there."""


@dataclass
class Desk:
    """Where somebody writes or looks: the case as the mother opened it, and as the school did."""

    case: Case
    school: Case
    chance: random.Random = field(default_factory=random.Random)

    @cached_property
    def told(self) -> facts.Case:
        """The facts as they were when somebody first looked from this desk; a writer does not look."""
        return facts_of(self.case)

    @property
    def mother(self) -> Recipient:
        """The mother as somebody who gets notices."""
        found = recipients.recipient_of(self.school, self.case.reader.id)
        assert found
        return found


def start() -> UUID:
    """The case in which everything happens: both hold it, and the mother agreed to the screen and to e-mail."""
    sides = make_sides()
    case = alone(sides.family(MOTHER))
    record_fact(case, by=case.reader, kind="evaluation-requested", on=ASKED_FOR, data=WANTED)
    join(case, sides.oak, sides.staff(MANAGER, "iep-manager", sides.oak), ["fact:f1"], case.reader)
    mine = sit_down(case.pk).case
    electronic.agree(mine, by=mine.reader, lang="en", chose=True, opened=True)
    recipients.choose(
        mine, by=mine.reader, person=mine.reader.id, by_email=True, address=address_of(MOTHER), on=ON, how="here"
    )
    return case.pk


def address_of(name: str) -> str:
    """The account of one of both."""
    return f"{name}@example.org"


def sit_down(case_id: UUID) -> Desk:
    """The desk of a new writer, or of somebody who looks."""
    mother, manager = (person_of_user(User.objects.get(email=address_of(name))) for name in (MOTHER, MANAGER))
    return Desk(case_for(mother, case_id, to=Action.WRITE), case_for(manager, case_id, to=Action.OFFER))


def write_request(desk: Desk) -> str:
    """The school asks for permission: the form with its paper, and the fact."""
    asked = replace(ASKED, why=f"Ana reads far below her grade. {os.urandom(20).hex()}")
    return asking.ask(desk.school, by=desk.school.reader, asked=asked, received=ON).request_id


def write_signature(desk: Desk) -> str:
    """The mother says yes to a request that waits and signs: the answer, its facts, the signature, the copy to send."""
    request = _waiting(desk) or request_of(desk.case, write_request(desk))
    said = Said(dict.fromkeys((one.id for one in ITEMS), YES), os.urandom(20).hex())
    identity = Identity(desk.case.reader.id, address_of(MOTHER), "password", timezone.now())
    hand = Hand("Rosa Lopez", ticked=True, identity=identity, seen=answer_to_sign(request, said).sha256)
    return about_answer(answer(request, by=desk.case.reader, said=said, given=Given(ON, ELECTRONIC, hand=hand)))


def write_copy(desk: Desk) -> str:
    """A worker sends a copy; somebody signs first if none waits."""
    sent = send_next(_later())
    while sent is None:
        write_signature(desk)
        sent = send_next(_later())
    assert sent.state == SignedCopy.State.SENT
    return sent.signature.subject


def write_notice(desk: Desk) -> str:
    """The school finishes a notice, frozen with its paper."""
    kind, case = "prior-written-notice", desk.school
    known = writing.suggested(case, kind=kind, lang="en", on=ON, by=case.reader, fact="f1", decision="propose")
    values = known | TYPED | {"why": f"Ana reads far below her grade. {os.urandom(20).hex()}"}
    made = writing.finish(case, by=case.reader, kind=kind, lang="en", values=values, on=ON, about_event="f1")
    return made.notice_id


def write_by_hand(desk: Desk) -> str:
    """A notice is given to the mother, which tells a fact."""
    return _send(desk, Way(BY_HAND, ON, handed_by="Ms. Hill", signed=True)).delivery_id


def write_email(desk: Desk) -> str:
    """A notice goes into the outbox."""
    return _send(desk, Way(EMAIL, ON)).delivery_id


def write_mailing(desk: Desk) -> str:
    """A worker sends an e-mail from the outbox, which tells a fact; one is put there first if it is empty."""
    sent = deliver_next(_later(), hand_over, link=_link)
    while sent is None:
        write_email(desk)
        sent = deliver_next(_later(), hand_over, link=_link)
    assert sent.state == State.SENT
    return sent.delivery_id


def write_opening(desk: Desk) -> str:
    """The mother opens what was sent to her by e-mail, which says in the fact when she got it."""
    sent = deliveries_of(desk.case).filter(way=EMAIL, state=State.SENT, arrived=None).first()
    sent = sent or Delivery.objects.get(case=desk.case, delivery_id=write_mailing(desk))
    sent.case = desk.case
    leaf = leaf_for(paper_delivered(sent, desk.case), sent)
    return write_down(sent, What.OPENED, leaf, by=desk.case.reader, on=sent.on).delivery_id


def finish(_desk: Desk) -> None:
    """A worker comes when every claim has run out, and sends what waits."""
    after = timezone.now() + 2 * WORKERS_WAIT
    while send_next(after) or deliver_next(after, hand_over, link=_link):
        pass


def hand_over(mail: Mail) -> None:
    """Give an e-mail to the mail server: here it is a folder."""
    EmailMessage(mail.subject, mail.text, to=[mail.to], headers={"Message-ID": mail.message_id}).send()


def _waiting(desk: Desk) -> ConsentRequest | None:
    found: Sequence[ConsentRequest] = requests_of(desk.case)
    waiting = next((one for one in reversed(found) if standing_of(one).status == WAITING), None)
    if waiting:
        waiting.case = desk.case
    return waiting


def _send(desk: Desk, way: Way) -> Delivery:
    """Send the oldest notice that did not go out yet, or a new one."""
    gone = set(deliveries_of(desk.school).values_list("about", flat=True))
    left = [one for one in notices_of(desk.school) if one.about not in gone]
    about = left[-1].about if left else f"notice:{write_notice(desk)}"
    return sending.send(desk.school, about, by=desk.school.reader, to=desk.mother, way=way, now=timezone.now())


def _later() -> datetime:
    return timezone.now() + WORKERS_WAIT


def _link(token: str) -> str:
    return f"https://school.example/paper/{token}/"


KINDS: tuple[Kind[Desk], ...] = (
    Kind("request", 2, write_request, there.requests, prints=True),
    Kind("signature", 4, write_signature, there.signatures, prints=True),
    Kind("copy", 4, write_copy, there.copies, prints=True),
    Kind("notice", 2, write_notice, there.notices, prints=True),
    Kind("by-hand", 3, write_by_hand, there.by_hand, prints=True),
    Kind("email", 3, write_email, there.emails, prints=True),
    Kind("mailing", 4, write_mailing, there.mailings, prints=True),
    Kind("opening", 4, write_opening, there.openings, prints=True),
)

SHARED_MIX = Mix(start, sit_down, KINDS, more=there.strays, finish=finish, twice=there.sent_twice)
