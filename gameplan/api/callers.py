"""Who asks: a token, its person with what they may do now, and the one way from there into a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja.security.http import HttpAuthBase

from gameplan.api.limits import A_TOKEN, AN_ADDRESS, WRONG_TOKENS, address_of, refuse_if_spent, spend
from gameplan.api.models import Token
from gameplan.api.problems import Problem
from gameplan.api.tokens import needs_second_step, note_use, person_of_token, token_by
from gameplan.cases.doors import case_for, facts_of, held
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.trail import digest_of
from gameplan.core.casewrite import case_json
from gameplan.people.roles import Action

SCHEME: Final = "bearer"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks at an address: the token, its person, and what that address wants to do in a case."""

    token: Token
    person: Person
    action: Action | None

    def case(self, case_id: UUID) -> Case:
        """The case, if this person may do there what the address is for. Raises as `case_for`.

        A token that is bound to one case finds no other.
        """
        if self.token.case_id not in (None, case_id):
            raise Http404("There is no such case.")
        return case_for(self.person, case_id, to=self.action or Action.READ)


class NeedsToken(HttpAuthBase):
    """What an address needs: the scope of the token, what it does in a case, and which content it takes."""

    openapi_scheme = SCHEME

    def __init__(self, scope: str, action: Action | None, takes: tuple[str, ...] = ()) -> None:
        self.scope, self.action, self.takes = scope, action, takes
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller:
        """Who asks. Raises Problem for a token that does not open this address, and for too many requests."""
        token = _token_of(request)
        spend("token", str(token.pk), A_TOKEN)
        person = person_of_token(token)
        if person is None:
            raise _no_token()
        if self.scope and self.scope not in token.scopes:
            raise Problem("no-scope", scope=self.scope)
        if needs_second_step(person) and not token.second_step:
            raise Problem("second-step")
        if self.takes and (request.content_type or "") not in self.takes:
            raise Problem("wrong-type", ", ".join(self.takes))
        note_use(token)
        return Caller(token, person, self.action)


def public(request: HttpRequest) -> bool:
    """Anybody may ask at this address, though not too often. Raises Problem (429)."""
    spend("address", address_of(request), AN_ADDRESS)
    return True


def caller_of(request: HttpRequest) -> Caller:
    """Who asks at an address that needs a token."""
    found: Any = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise _no_token()
    return found


def opened(request: HttpRequest, case_id: UUID) -> Case:
    """The case of this address through its door. Raises Http404 and PermissionDenied as `case_for`."""
    return caller_of(request).case(case_id)


def seen_tag(case: Case) -> str:
    """Names the timeline of a case as its reader sees it now, for ETag and If-Match.

    It is a hash of what the reader sees and not the revision of the case: that would tell a school each time when the
    family does something by itself.
    """
    return digest_of([str(case.pk), case_json(facts_of(case))])[:32]


@contextmanager
def writing(request: HttpRequest, case_id: UUID) -> Iterator[Case]:
    """The case, held for a change. Raises Problem (412) if the request names a state that is not the newest."""
    case = opened(request, case_id)
    with transaction.atomic():
        now = held(case)
        now.can = case.can
        wanted = request.headers.get("If-Match", "").strip()
        if wanted not in ("", "*") and f'"{seen_tag(now)}"' not in [one.strip() for one in wanted.split(",")]:
            raise Problem("changed")
        yield now


def _token_of(request: HttpRequest) -> Token:
    """The token that a request shows. Raises Problem (401); who shows wrong ones too often has to wait (429)."""
    address = address_of(request)
    spend("address", address, AN_ADDRESS)
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not secret.strip():
        raise _no_token()
    refuse_if_spent("wrong", address, WRONG_TOKENS)
    found = token_by(secret.strip())
    if found is None:
        spend("wrong", address, WRONG_TOKENS)
        raise _no_token()
    return found


def _no_token() -> Problem:
    return Problem("no-token", headers={"WWW-Authenticate": "Bearer"})
