"""What webhooks are told of: facts, and dates that moved. Written down in the transaction that changes the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from gameplan.api.models import Event, Hook
from gameplan.cases.models import Case
from gameplan.cases.seeing import entries_of
from gameplan.people.roles import Side

DATES: Final = "dates.changed"
FACTS: Final[Mapping[str, str]] = {
    "record-fact": "fact.recorded", "add-account": "fact.recorded", "correct-fact": "fact.corrected",
    "withdraw-fact": "fact.withdrawn", "show": "fact.shown",
}  # fmt: skip
"""What the trail calls it, and what a webhook is told."""
KINDS: Final = (*dict.fromkeys(FACTS.values()), DATES)


def case_changed(case_id: UUID, action: str = "", about: str = "", **_more: Any) -> None:
    """A fact was told, put right, taken back or shown: for whoever sees it."""
    sort, _colon, fact_id = about.partition(":")
    if action in FACTS and sort == "fact" and anybody_listens():
        Event.objects.create(case_id=case_id, kind=FACTS[action], about=[fact_id])


def dates_moved(case_id: UUID, side: Side, clocks: Sequence[str], **_more: Any) -> None:
    """Days of duties are others than before, as one side sees the case."""
    if anybody_listens():
        Event.objects.create(case_id=case_id, kind=DATES, about=list(clocks), side=side)


def anybody_listens() -> bool:
    """True if there is a webhook at all. One query."""
    now = timezone.now()
    return Hook.objects.filter(token__revoked_at__isnull=True, token__expires_at__gt=now).exists()


def fact_kind_seen(case: Case, event: Event) -> str | None:
    """The kind of the fact of an event as the reader of the case sees it; None if the reader does not see it."""
    return entries_of(case).filter(fact_id=event.about[0]).values_list("kind", flat=True).first()


def is_told(case: Case, event: Event) -> bool:
    """True if the reader of the case is told of that event. Who stands on neither side sees what the school sees."""
    if event.kind != DATES:
        return fact_kind_seen(case, event) is not None
    side = Side.FAMILY if case.reader.side is Side.FAMILY else Side.SCHOOL
    return event.side == side


def payload(event: Event) -> dict[str, Any]:
    """What is sent: ids and kinds, never a name, a text or a day."""
    told: dict[str, Any] = {"id": event.pk, "event": event.kind, "at": event.made_at, "case": event.case_id}
    if event.kind == DATES:
        return {**told, "clocks": event.about}
    return {**told, "fact": {"id": event.about[0], "kind": event.fact_kind}}
