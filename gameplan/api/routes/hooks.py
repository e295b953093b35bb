"""Webhooks: register an address, change its secret, see what was sent, and take it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gameplan.api.answers import JSON, NOTHING, Answer, said
from gameplan.api.callers import caller_of
from gameplan.api.events import payload
from gameplan.api.hooks import add_hook, deliveries_of, hook_of, hooks_of, new_secret, remove, resume
from gameplan.api.models import Delivery, Hook
from gameplan.api.paging import USUAL, After, Limit, page, place_in
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import WEBHOOKS
from gameplan.api.shapes import Json, Told

router = Router(tags=["Webhooks"])
READS = Needs(WEBHOOKS)
KEY = "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01"
HOOK = {"id": KEY, "url": "https://example.org/changes", "state": "on", "failures": 0, "made": "2025-10-09T12:00:00Z"}
EVENT = {"id": KEY, "event": "fact.recorded", "at": "2025-10-09T12:00:00Z", "case": KEY,
         "fact": {"id": "f3", "kind": "consent-given"}}  # fmt: skip
SENT = {"event": EVENT, "state": "sent", "tries": 1, "answer": 200, "trouble": "", "tried": "2025-10-09T12:00:05Z",
        "next": None}  # fmt: skip


class HookShape(Schema):
    """An address that is told of changes."""

    id: UUID
    url: str
    state: str = Field(description="on, or paused after ten failures in a row.")
    failures: int
    made: datetime


class HookWithSecret(HookShape):
    """The same with its secret, which is shown only now."""

    secret: str | None


class Hooks(Schema):
    """The webhooks of this token."""

    items: list[HookShape]


class HookTold(Told):
    """Where changes are told."""

    url: str = Field(min_length=1, max_length=2000, description="An https address that anybody can reach.")


class DeliveryShape(Schema):
    """What was sent, or waits."""

    event: Json
    state: str = Field(description="waiting, sent or given-up.")
    tries: int
    answer: int = Field(description="The status of the last answer; 0 for none.")
    trouble: str
    tried: datetime | None
    next: datetime | None


class Deliveries(Schema):
    """A page of the log."""

    items: list[DeliveryShape]
    next: str | None


@route(router, "GET", "/webhooks", READS, Gives(Hooks, example={"items": [HOOK]}), about="Your webhooks")
def hooks(request: HttpRequest) -> Answer:
    """The webhooks of this token."""
    return said({"items": [_hook(one) for one in hooks_of(caller_of(request).token)]})


@route(router, "POST", "/webhooks", READS,
       Gives(HookWithSecret, 201, example={**HOOK, "secret": "gameplan_hook_…"}, takes=(JSON,),
             sample={"url": "https://example.org/changes"}), about="Register a webhook")  # fmt: skip
def register(request: HttpRequest, body: HookTold) -> Answer:
    """From now on this address is told when facts or dates change in cases that the token opens. What is sent has ids
    and kinds only. The secret is shown this once, also if you send the same request again.
    """
    made, secret = add_hook(caller_of(request).token, body.url)
    return _with_secret(made, secret, 201)


@route(router, "GET", "/webhooks/{uuid:hook_id}", READS, Gives(HookShape, example=HOOK), about="One webhook")
def hook(request: HttpRequest, hook_id: UUID) -> Answer:
    """One webhook of this token."""
    return said(_hook(hook_of(caller_of(request).token, hook_id)))


@route(router, "DELETE", "/webhooks/{uuid:hook_id}", READS, Gives(status=204), about="Take a webhook away")
def away(request: HttpRequest, hook_id: UUID) -> Answer:
    """Nothing is sent there any more."""
    remove(hook_of(caller_of(request).token, hook_id))
    return NOTHING


@route(router, "POST", "/webhooks/{uuid:hook_id}/secret", READS,
       Gives(HookWithSecret, example={**HOOK, "secret": "gameplan_hook_…"}), about="A new secret")  # fmt: skip
def secret(request: HttpRequest, hook_id: UUID) -> Answer:
    """The next secret, shown this once. For a day both sign, so that you can change over."""
    found = hook_of(caller_of(request).token, hook_id)
    return _with_secret(found, new_secret(found), 200)


@route(router, "POST", "/webhooks/{uuid:hook_id}/resume", READS, Gives(HookShape, example=HOOK),
       about="Start a paused webhook again")  # fmt: skip
def again(request: HttpRequest, hook_id: UUID) -> Answer:
    """It is told again from now on, and of what happened in the last day."""
    return said(_hook(resume(hook_of(caller_of(request).token, hook_id))))


@route(router, "GET", "/webhooks/{uuid:hook_id}/deliveries", READS,
       Gives(Deliveries, example={"items": [SENT], "next": None}), about="What was sent")  # fmt: skip
def deliveries(request: HttpRequest, hook_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """The log of the last month, the newest first."""
    found = deliveries_of(hook_of(caller_of(request).token, hook_id))
    place = place_in("deliveries", after)
    rows = list((found.filter(pk__lt=place) if place else found)[: limit + 1])
    return said(page(rows[:limit], len(rows) > limit, "deliveries", lambda one: one.pk, _delivery))


def _hook(one: Hook) -> dict[str, Any]:
    return {"id": one.pk, "url": one.url, "state": one.state, "failures": one.failures, "made": one.made_at}


def _with_secret(one: Hook, shown: str, status: int) -> Answer:
    return said({**_hook(one), "secret": shown}, status=status, again={**_hook(one), "secret": None})


def _delivery(one: Delivery) -> dict[str, Any]:
    waits = one.state == Delivery.State.WAITING
    return {
        "event": payload(one.event), "state": one.state, "tries": one.tries, "answer": one.answer,
        "trouble": one.trouble, "tried": one.tried_at, "next": one.next_at if waits else None,
    }  # fmt: skip
