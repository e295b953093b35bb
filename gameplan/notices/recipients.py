"""Who gets notices: those who may decide for the child, with or without an account, and how they want to get them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, may_now, note_access
from gameplan.cases.inviting import seats_of
from gameplan.cases.models import LONGEST_ID, Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.notices.doors import choices_of, counting, wishes_of
from gameplan.notices.keeping import refuse
from gameplan.notices.models import Choice, Wish
from gameplan.notices.named import about_choice
from gameplan.people.doors import accounts
from gameplan.people.models import User
from gameplan.people.refusals import unkeepable
from gameplan.people.roles import ROLES, Action

NAMED: Final = "name:"
HOWS: Final = ("here", "written", "told")
"""How somebody chose: here in the program, in writing, or in spoken words that were written down."""
DECIDERS: Final = tuple(role.id for role in ROLES.values() if role.decides)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets notices. `person` is the id in the case, or starts with "name:" for who has no account.

    `wish` and `choice` are the last ones, or None if nobody asked yet.
    """

    person: str
    name: str
    role: str
    address: str
    has_account: bool
    wish: Wish | None = None
    choice: Choice | None = None

    @property
    def by_email(self) -> bool:
        """True if this person chose to get notices by e-mail."""
        return self.choice is not None and self.choice.by_email

    @property
    def lang(self) -> str:
        """The language in which this person is written to; English if nobody asked yet."""
        return self.wish.papers if self.wish else "en"


def recipients_of(case: Case) -> tuple[Recipient, ...]:
    """All who may decide for the child today, then those without an account. The queries do not grow."""
    wishes, choices = counting(case, wishes_of(case)), counting(case, choices_of(case))
    found = []
    for seat in seats_of(case):
        person, role = seat.member.person, seat.member.role
        if not (seat.is_open and seat.member.decides and role in DECIDERS):
            continue
        choice = choices.get(person)
        address = (choice.address if choice else "") or (seat.user.email if seat.user else "")
        name = str(seat.user) if seat.user else ""
        has_account = bool(seat.user and seat.user.is_active)
        found.append(Recipient(person, name, role, address, has_account, wishes.get(person), choice))
    for person in dict.fromkeys([*wishes, *choices]):
        if person.startswith(NAMED):
            wish, choice = wishes.get(person), choices.get(person)
            name = (wish or choice).to_name  # type: ignore[union-attr]
            found.append(Recipient(person, name, "", choice.address if choice else "", False, wish, choice))
    return tuple(found)


def recipient_of(case: Case, person: str) -> Recipient | None:
    """One of those who get notices, by the id in the case, or None."""
    return next((one for one in recipients_of(case) if one.person == person), None)


def key_of(name: str) -> str:
    """The key of somebody without an account: the same name is the same person."""
    return f"{NAMED}{' '.join(name.split()).casefold()}"[:LONGEST_ID]


@transaction.atomic
def choose(
    case: Case, *, by: Person, person: str, name: str = "", by_email: bool, address: str = "", on: date, how: str
) -> Choice:
    """Somebody chooses to get notices by e-mail, or not (34 CFR 300.505). The day and the way of choosing stay.

    People choose for themselves; for others only the school writes down what they said. Raises PermissionDenied, and
    Refused for an address that is none.
    """
    kept = held(case)
    refuse_for_others(kept, by, person)
    faults = [*unkeepable([name, address], "choice"), *_choice_faults(by_email, address, how)]
    refuse(faults)
    made = Choice.objects.create(
        case=kept, person=person, to_name=" ".join(name.split()), by_email=by_email, address=address.strip(), on=on,
        how=how, by_person=by.id, by_role=by.role, brought=kept.school_id is None,
        counts=kept.school_id is not None or by.id == person,
    )  # fmt: skip
    note_access(case.pk, by, "choose-delivery", about=about_choice(made), digest=row_digest(made))
    return made


def refuse_for_others(case: Case, by: Person, person: str) -> None:
    """Raises PermissionDenied if this person may not say for that one how or in which language to write to them."""
    if by.id != person and not may_now(case, Action.OFFER):
        raise PermissionDenied("Everyone says this for themselves, or the school writes it down.")


def is_address(text: str) -> bool:
    """True for what can be an e-mail address."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True


def account_of(person: str) -> User | None:
    """The account of a person in a case, if there is one that can sign in."""
    user = accounts([person]).get(person)
    return user if user and user.is_active else None


def _choice_faults(by_email: bool, address: str, how: str) -> Iterable[Fault]:
    if by_email and not is_address(address):
        yield Fault("address", _("This is not an e-mail address."), _("Write it like name@example.org."))
    if how not in HOWS:
        yield Fault("how", _("It does not say how this person chose."), _("Choose one from the list."))
