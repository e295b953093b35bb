"""The trail: each row of the record of access carries the hash of the row before, so that a changed one shows.

Only this module writes rows of `Access`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.http import Http404
from django.utils import timezone

from gameplan.cases.models import Access, Case
from gameplan.cases.people import Person

LOOKS = ("read", "share")
"""Actions that change nothing in the case."""
changed = Signal()
"""Sent with `case_id`, `action` and `about` when a case got a new revision, within the transaction that changes it."""
going = Signal()
"""Sent with `case_id` before a case is deleted, within the transaction that deletes it."""


def tell_that_it_goes(instance: Case, **_more: object) -> None:
    """Send `going` for a case that is about to be deleted, however that is done."""
    going.send(sender=Case, case_id=instance.pk)


def digest_of(content: object) -> str:
    """The SHA-256 of something that JSON can say, however its keys are ordered."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of(row: Access) -> str:
    """The hash of a row of the trail: all that it says, and the hash of the row before."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_of([
        str(row.case_id), row.number, row.person, row.role, row.action, row.about, row.digest, at, row.before,
    ])  # fmt: skip


def linked(row: Access) -> Access:
    """The row with its hash."""
    row.hash = hash_of(row)
    return row


@transaction.atomic
def note(case_id: UUID, person: Person, action: str, *, about: str = "", digest: str = "") -> Access:
    """Add a row to the trail of a case, and a new revision to the case if the action changes it.

    Raises Http404 if the case is not there any more.
    """
    end = _ends([case_id]).get(case_id)
    if end is None:
        raise Http404("There is no such case any more.")
    row = _next(case_id, end, person, action, timezone.now(), about, digest)
    row.save()
    changes = 0 if action in LOOKS else 1
    Case.objects.filter(pk=case_id).update(
        trail_count=row.number, trail_head=row.hash, revision=F("revision") + changes
    )
    if changes:
        changed.send(sender=Case, case_id=case_id, action=action, about=about)
    return row


@transaction.atomic
def note_many(case_ids: Sequence[UUID], person: Person, action: str) -> None:
    """Add a row to the trail of each of these cases, for what is done with all of them at once and changes none."""
    now = timezone.now()
    rows = [_next(key, end, person, action, now) for key, end in sorted(_ends(case_ids).items())]
    Access.objects.bulk_create(rows)
    ends = [Case(pk=row.case_id, trail_count=row.number, trail_head=row.hash) for row in rows]
    Case.objects.bulk_update(ends, ["trail_count", "trail_head"], batch_size=200)


def _ends(case_ids: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    """Number and hash of the last row of each case, held until the end of the transaction."""
    held = Case.objects.select_for_update(no_key=True).filter(pk__in=case_ids).order_by("pk")
    return {key: (number, head) for key, number, head in held.values_list("pk", "trail_count", "trail_head")}


def _next(
    case_id: UUID, end: tuple[int, str], person: Person, action: str, at: datetime, about: str = "", digest: str = ""
) -> Access:
    number, head = end
    return linked(Access(
        case_id=case_id, number=number + 1, person=person.id, role=person.role, action=action, about=about,
        digest=digest, at=at, before=head,
    ))  # fmt: skip
