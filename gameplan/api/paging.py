"""Pages that go on behind a row: what stands in a cursor is signed, and nobody else's business."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Final, TypeVar

from django.core import signing
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from gameplan.api.problems import Problem
from gameplan.core.faults import Fault

Row = TypeVar("Row")
MOST: Final = 200
USUAL: Final = 50
SALT: Final = "gameplan.api.cursor"

Limit = Annotated[int, Query(), Field(ge=1, le=MOST, description="How many at most.")]
After = Annotated[str, Query(), Field(max_length=2000, description="The cursor `next` of the page before.")]


def mark_of(of: str, place: Any) -> str:
    """The cursor that goes on behind a place in a list; `of` names the list, whose cursors fit no other."""
    return signing.dumps(place, salt=f"{SALT}.{of}", compress=True)


def place_in(of: str, text: str) -> Any:
    """The place that a cursor names; None for the beginning. Raises Problem for one that is not ours."""
    if not text:
        return None
    try:
        return signing.loads(text, salt=f"{SALT}.{of}")
    except signing.BadSignature as wrong:
        mend = _("Leave it out to begin anew, or use `next` of the page before.")
        raise Problem("refused", faults=[Fault("after", _("This is no cursor of this list."), mend)]) from wrong


def page(rows: Sequence[Row], more: bool, of: str, key: Callable[[Row], Any], told: Callable[[Row], Any]) -> Any:
    """One page as it goes out: the rows, and the cursor behind the last of them if there are more."""
    return {"items": [told(row) for row in rows], "next": mark_of(of, key(rows[-1])) if more and rows else None}


def page_of(
    rows: Iterable[Row], of: str, after: str, limit: int, key: Callable[[Row], Any], told: Callable[[Row], Any]
) -> Any:
    """A page of a list that is at hand. `key` names a row; a cursor whose row is gone begins anew."""
    found, place = list(rows), place_in(of, after)
    start = next((number for number, row in enumerate(found, 1) if key(row) == place), 0) if place is not None else 0
    some = found[start : start + limit]
    return page(some, len(found) > start + limit, of, key, told)
