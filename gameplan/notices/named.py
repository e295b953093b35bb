"""What the trail names of notices: each in the language in which it was written, and each translation beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.core.words import Say
from gameplan.letters import hash_of
from gameplan.notices.doors import notices_of
from gameplan.notices.models import Edition
from gameplan.notices.proofs import Help

SPEAKING: Final = (
    "send-notice", "open-notice", "save-notice", "confirm-notice", "choose-delivery", "set-language",
    *(f"ask-{one}" for one in Help), *(f"{one}-done" for one in Help),
)  # fmt: skip
"""Actions with a paper or a language: their digest is not of the notice that they speak of."""


def _editions(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Edition.objects.filter(notice__case__in=cases).select_related("notice")
    for edition in found.order_by("notice__case_id", "id").iterator(chunk_size=50):
        yield Lying(edition.notice.case_id, _name(edition), row_digest(edition), hash_of(edition.text))


def _seen_editions(case: Case) -> Iterable[str]:
    return (_name(edition) for notice in notices_of(case) for edition in notice.editions.all())


def _name(edition: Edition) -> str:
    return edition.notice.notice_id if edition.is_original else f"{edition.notice.notice_id}/{edition.lang}"


NOTICES = Kind("notice", "notices", Say("notice"), _editions, _seen_editions)
