"""What the trail names of a case that two sides hold: the frozen copies that are kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from uuid import UUID

from gameplan.cases.models_joint import KeptCopy
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.core.words import Say


def _copies(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Copies with their bytes, one in memory at once."""
    for one in KeptCopy.objects.filter(case_id__in=cases).order_by("case_id", "at", "id").iterator(chunk_size=1):
        yield Lying(one.case_id, str(one.pk), row_digest(one), hashlib.sha256(one.content).hexdigest())


COPIES = Kind("copy", "copies", Say("frozen copy"), _copies)
