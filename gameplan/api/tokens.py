"""Tokens: made by a person, shown once, kept as a hash, ended by the person or by time."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.api.models import Token
from gameplan.api.scopes import WITHOUT_A_CASE, scopes_here
from gameplan.cases.doors import case_for
from gameplan.cases.people import HOME, Person, person_of_user, works_here
from gameplan.core.faults import Fault
from gameplan.people.invitations import hash_of
from gameplan.people.models import User
from gameplan.people.refusals import refuse, unkeepable

USUAL_DAYS: Final = 90
MOST_DAYS: Final = 365
MOST_TOKENS: Final = 50
LONGEST_NAME: Final = 100
LETTERS: Final = 32
PREFIX: Final = "gameplan_"
"""So that programs that look for secrets in files know one when they see it."""
SHOWN: Final = len(PREFIX) + 6
USE_WRITTEN_EVERY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token as somebody wants it: its name, scopes, for how many days, and the only case it opens, if any."""

    name: str
    scopes: tuple[str, ...]
    days: int = USUAL_DAYS
    case_id: UUID | None = None


def make_token(person: Person, wanted: Wanted, *, user: User | None = None, second_step: bool = False) -> str:
    """The new token, which nobody can see again. `user`: the person's account, where people sign in.

    `second_step`: the person had signed in with one. Raises Refused with every fault, and Http404 for a case that is
    not theirs.
    """
    refuse(_faults(person, wanted, second_step=second_step))
    case = case_for(person, wanted.case_id) if wanted.case_id else None
    secret = PREFIX + secrets.token_urlsafe(LETTERS)
    Token.objects.create(
        person=person.id, user=user, name=wanted.name.strip(), token_hash=hash_of(secret), start=secret[:SHOWN],
        scopes=sorted(set(wanted.scopes)), case=case, second_step=second_step,
        expires_at=timezone.now() + timedelta(days=wanted.days),
    )  # fmt: skip
    return secret


def _faults(person: Person, wanted: Wanted, *, second_step: bool) -> Iterator[Fault]:
    known = scopes_here(shared=settings.GAMEPLAN_SHARED)
    name = wanted.name.strip()
    if not name or len(name) > LONGEST_NAME:
        yield Fault("name", _("The token needs a short name."), _("Write which program it is for."))
    yield from unkeepable(name, "name")
    if not wanted.scopes or not set(wanted.scopes) <= set(known):
        yield Fault("scopes", _("It is not said what the token may do."), _("Choose one or more from the list."))
    elif wanted.case_id and WITHOUT_A_CASE & set(wanted.scopes):
        yield Fault("scopes", _("A token for one case cannot read schools."), _("Take that out, or name no case."))
    if not 1 <= wanted.days <= MOST_DAYS:
        yield Fault("days", _("A token lasts from one day to one year."), _("Write a number from 1 to 365."))
    if needs_second_step(person) and not second_step:
        yield Fault("token", _("You need a second step to sign in first."), _("Set it up in your account."))
    if tokens_of(person).count() >= MOST_TOKENS:
        yield Fault("token", _("You have too many tokens."), _("End those that you do not use."))


def needs_second_step(person: Person) -> bool:
    """True for somebody who works with other people's children, and so signs in with a second step."""
    return settings.GAMEPLAN_SHARED and works_here(person)


def tokens_of(person: Person) -> QuerySet[Token]:
    """The tokens of a person that still work, newest first."""
    now = timezone.now()
    return Token.objects.filter(person=person.id, revoked_at__isnull=True, expires_at__gt=now).select_related("case")


def all_tokens(scope: Collection[UUID] = ()) -> QuerySet[Token]:
    """Every token that still works, for whoever runs the machine; with ids, only these."""
    found = Token.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).select_related("user")
    return found.filter(pk__in=scope) if scope else found


def revoke(person: Person | None, token_id: UUID) -> Token:
    """The token, ended at once: all that it opened is closed, and its webhooks fall silent.

    `person`: whose it must be; None for whoever runs the machine. Raises Http404 for one that is not there.
    """
    mine = tokens_of(person) if person else all_tokens()
    found = mine.filter(pk=token_id).first()
    if found is None:
        raise Http404("There is no such token.")
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    return found


def token_by(secret: str) -> Token | None:
    """The token, while it works; otherwise None. One query."""
    found = Token.objects.select_related("user").filter(token_hash=hash_of(secret)).first()
    return found if found and found.works else None


def person_of_token(token: Token) -> Person | None:
    """Whose token it is, with what they may do now; None for one of the other way of running, or a closed account."""
    if not settings.GAMEPLAN_SHARED:
        return HOME if token.user_id is None else None
    if token.user is None or not token.user.is_active:
        return None
    return person_of_user(token.user)


def note_use(token: Token) -> None:
    """Write down that the token was used now, at most once in ten minutes."""
    now = timezone.now()
    long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_WRITTEN_EVERY)
    if token.last_used_at is None or now - token.last_used_at >= USE_WRITTEN_EVERY:
        Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
