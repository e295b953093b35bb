"""Opening a delivered paper: what was opened, saved or confirmed is written down with its language and its hash.

By the private link or signed in, what is proved is the same, but the link alone does not prove who held the device:
each mark says by which of the two it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from gameplan.cases.doors import held
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.notices.doors import VISITOR
from gameplan.notices.keeping import held_delivery, mark
from gameplan.notices.links import delivery_by
from gameplan.notices.models import Delivery, Mark
from gameplan.notices.proofs import State, What
from gameplan.notices.recipients import account_of
from gameplan.notices.shelf import Leaf, Paper, paper_of
from gameplan.notices.telling import tell


class NotWhole(Exception):
    """Raised when the kept words no longer are those that were delivered. Nobody gets to read them as if they were."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a private link leads to: the delivery, and whether its recipient must sign in first."""

    delivery: Delivery
    needs_account: bool

    def is_for(self, person: Person | None) -> bool:
        """True if this person (None: nobody is signed in) may open it by the link."""
        return not self.needs_account or (person is not None and person.id == self.delivery.person)


def waiting(token: str, now: datetime) -> Waiting:
    """What a private link leads to, without opening it. Raises Http404 for a wrong, old or closed link."""
    delivery = delivery_by(token, now)
    delivery.case.reader = visitor_of(delivery)
    return Waiting(delivery, account_of(delivery.person) is not None)


def visitor_of(delivery: Delivery) -> Person:
    """Whoever holds the link, without an account."""
    return Person(f"link:{delivery.delivery_id}", VISITOR)


def paper_delivered(delivery: Delivery, case: Case) -> Paper:
    """The paper of a delivery in the languages in which it went out. Raises Http404, and NotWhole."""
    paper = paper_of(case, delivery.about)
    leaves = []
    for leaf in paper.leaves:
        sent = delivery.leaves.get(leaf.lang)
        if sent is None:
            continue
        if not leaf.is_whole or leaf.sha256 != sent:
            raise NotWhole(f"{delivery}: {leaf.lang}")
        leaves.append(leaf)
    if not leaves:
        raise NotWhole(f"{delivery}: nothing of it is there")
    return Paper(paper.about, paper.name, paper.on, tuple(leaves), paper.needs_choice)


def leaf_for(paper: Paper, delivery: Delivery, lang: str = "") -> Leaf:
    """The language version that was asked for, else that of the recipient, else the original."""
    return paper.leaf(lang) or paper.leaf(delivery.lang) or paper.leaves[0]


@transaction.atomic
def write_down(
    delivery: Delivery, what: What, leaf: Leaf, *, by: Person, on: date, by_link: bool = False
) -> Delivery:  # fmt: skip
    """Write down that a paper was opened, saved or confirmed: once a day for each language and person.

    The first sign that the recipient has it is the day on which it arrived, and goes to the timeline.
    """
    kept = held_delivery(delivery, held(delivery.case))
    same = Mark.objects.filter(delivery=kept, what=what, lang=leaf.lang, person=by.id)
    if (same if what == What.CONFIRMED else same.filter(on=on)).exists():
        return kept
    mark(kept, what, on, by=by, lang=leaf.lang, sha256=leaf.sha256, by_link=by_link)
    if kept.arrived is None:
        kept.arrived = on
        tell(kept)
        kept.save()
    return kept


def mine(case: Case, about: str) -> Delivery | None:
    """The newest delivery of this paper to the reader of the case that went out, or None."""
    found = Delivery.objects.filter(case=case, about=about, person=case.reader.id)
    delivery = found.exclude(state=State.FAILED).order_by("-id").first()
    if delivery:
        delivery.case = case
    return delivery


def is_confirmed(delivery: Delivery) -> bool:
    """True if the recipient confirmed that they have it."""
    return Mark.objects.filter(delivery=delivery, what=What.CONFIRMED).exists()


def refuse_stranger(waits: Waiting, person: Person | None) -> None:
    """Raises Http404 if this person may not open the paper by its link."""
    if not waits.is_for(person):
        raise Http404("This paper is for somebody else.")
