"""Working cases out again and keeping the result, so that the stored duties say what the engine says."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from gameplan.audit.fingerprint import fingerprint
from gameplan.cases.machine import Place, View, places_of, told_by_side
from gameplan.core import facts
from gameplan.people.roles import Side
from gameplan.people.stamps import touch
from gameplan.watch.models import NEVER, SIDES, Due, Looked
from gameplan.watch.working_out import COLUMNS, Worked, digest_of_view, work_out

logger = logging.getLogger(__name__)
TOGETHER = 50
moved = Signal()
"""Sent with `case_id`, `side` and the ids of the `clocks` whose days are others than those stored, within the
transaction that stores the new ones."""
COUNTED = ("late", "due_soon", "running", "cannot_tell", "paused", "not_started")


@dataclass(frozen=True, slots=True)
class Found:
    """What one view came to; `worked` is None where the rows that are there still hold."""

    place: Place
    worked: Worked | None


def refresh(case_ids: Iterable[UUID], on: date) -> int:
    """Work these cases out for that day, each side as it sees them, and keep the result; the number of cases done.

    What changes meanwhile is left to the next turn. Each few cases are written together, in one transaction. A case
    that cannot be worked out is told in the log and tried again later: the others do not wait for it.
    """
    unique = list(dict.fromkeys(case_ids))
    return sum(_refresh(unique[start : start + TOGETHER], on) for start in range(0, len(unique), TOGETHER))


def _refresh(case_ids: Sequence[UUID], on: date) -> int:
    places, looks = places_of(case_ids), _looks(case_ids)
    told = told_by_side(places)
    found: dict[View, Found] = {}
    for key, place in places.items():
        try:
            found |= _work_out(key, place, told, looks, on)
        except Exception:  # whatever it is, it concerns this case alone
            logger.exception("Case %s cannot be worked out. Its stored dates are old.", key)
            _put_off(key, on)
    return _keep(found, on)


@transaction.atomic
def _put_off(key: UUID, on: date) -> None:
    """Try this case again tomorrow."""
    found = Looked.objects.filter(case=key)
    touch(found.order_by().values_list("school", flat=True))
    found.update(changes_on=on + timedelta(days=1))


def _looks(case_ids: Iterable[UUID]) -> dict[View, Looked]:
    return {(one.case_id, Side(one.side)): one for one in Looked.objects.filter(case__in=list(case_ids))}


def _work_out(
    key: UUID, place: Place, told: Mapping[View, facts.Case], looks: Mapping[View, Looked], on: date
) -> dict[View, Found]:
    """What each side's view of a case comes to. Where both sides see the same, it is worked out once."""
    found: dict[View, Found] = {}
    by_digest: dict[str, Worked] = {}
    for view in [(key, side) for side in SIDES if (key, side) in told]:
        digest, worked = digest_of_view(told[view]), None
        if not _holds(looks.get(view), place, digest, on):
            worked = by_digest[digest] = by_digest.get(digest) or work_out(told[view], digest, on)
        found[view] = Found(place, worked)
    return found


def _holds(look: Looked | None, place: Place, digest: str, on: date) -> bool:
    """True if the rows come from the same facts, place and law, and no day has come that changes one."""
    if look is None or not look.as_of <= on < look.holds_until:
        return False
    now = (digest, fingerprint(), place.school, place.district)
    return (look.told, look.law, look.school_id, look.district_id) == now


@transaction.atomic
def _keep(found: Mapping[View, Found], on: date) -> int:
    """Put what was worked out in the place of what is there, for each case that has not changed since."""
    now = places_of({key for key, _side in found}, hold=True)
    done = {view: one for view, one in found.items() if now.get(view[0]) == one.place}
    keys = {key for key, _side in done}
    _keep_rows(keys, done)
    _keep_looks(keys, done, on)
    return len(keys)


def _keep_rows(keys: Collection[UUID], done: Mapping[View, Found]) -> None:
    """Write the rows that differ from those that are there, and no other."""
    gone: list[int] = []
    new: list[Due] = []
    old = _rows(keys)
    for view in {*old, *done}:
        one, before = done.get(view), old.get(view, {})
        if one is not None and one.worked is None:
            continue
        fresh = _named(view, one.place, one.worked) if one and one.worked else {}
        _tell_moved(view, {name: values for name, (_pk, values) in before.items()}, fresh)
        gone += [pk for name, (pk, values) in before.items() if fresh.get(name) != values]
        new += [_due(view, values) for name, values in fresh.items() if name not in before or before[name][1] != values]
    if gone:
        Due.objects.filter(pk__in=gone).delete()
    Due.objects.bulk_create(new)


STORED = ("school_id", "district_id", *COLUMNS)
CLOCK, NEXT_ON = STORED.index("clock"), STORED.index("next_on")
Values = tuple[Any, ...]


def _tell_moved(view: View, before: Mapping[Values, Values], fresh: Mapping[Values, Values]) -> None:
    """Send `moved` where a duty has another day now, is new, or asks nothing of anybody any more."""
    was, will = ({name: values[NEXT_ON] for name, values in rows.items()} for rows in (before, fresh))
    names = [name for name in {*was, *will} if was.get(name) != will.get(name)]
    clocks = sorted({(fresh.get(name) or before[name])[CLOCK] for name in names})
    if clocks:
        moved.send(sender=Due, case_id=view[0], side=view[1], clocks=clocks)


def _rows(keys: Collection[UUID]) -> dict[View, dict[Values, tuple[int, Values]]]:
    """The rows that are there: of each view by name, with their key and the values of STORED."""
    found: dict[View, dict[Values, tuple[int, Values]]] = {}
    rows = Due.objects.filter(case__in=keys).order_by().values_list("case_id", "side", "pk", *STORED)
    for key, side, pk, *values in rows:
        found.setdefault((key, Side(side)), {})[_name(values)] = (pk, tuple(values))
    return found


def _named(view: View, place: Place, worked: Worked) -> dict[Values, Values]:
    """The rows worked out, by name, as the values of STORED."""
    told = ((place.school, place.district, *row.values()) for row in worked.rows)
    return {_name(values): values for values in told}


def _name(values: Sequence[Any]) -> Values:
    """What tells a row from the others of its view: rule, start and number."""
    return tuple(values[2:6])


def _due(view: View, values: Values) -> Due:
    return Due(case_id=view[0], side=view[1].value, **dict(zip(STORED, values, strict=True)))


def _keep_looks(keys: Collection[UUID], done: Mapping[View, Found], on: date) -> None:
    """Write down for which revision, day and law the rows hold. A side that holds the case no more has no look."""
    old = _looks(keys)
    touch({*(look.school_id for look in old.values()), *(one.place.school for one in done.values())})
    left = [look.pk for view, look in old.items() if view not in done]
    if left:
        Looked.objects.filter(pk__in=left).delete()
    looks = [_look(view, one, old.get(view), on) for view, one in done.items()]
    Looked.objects.bulk_create(looks, update_conflicts=True, unique_fields=["case", "side"], update_fields=LOOK_COLUMNS)


LOOK_COLUMNS = (
    "school", "district", "next_on", "revision", "as_of", "law", "told", "holds_until", "changes_on", *COUNTED,
)  # fmt: skip


def _look(view: View, one: Found, look: Looked | None, on: date) -> Looked:
    look = look or Looked(case_id=view[0], side=view[1].value)
    look.pk = None
    look.school_id, look.district_id, look.revision = one.place.school, one.place.district, one.place.revision
    if one.worked is not None:
        look.as_of, look.law, look.told = on, fingerprint(), one.worked.told
        look.holds_until = one.worked.changes_on
        look.next_on = min((row["next_on"] for row in one.worked.rows), default=NEVER)
        counted = Counter(str(row["status"]) for row in one.worked.rows)
        for name in COUNTED:
            setattr(look, name, counted[name.replace("_", "-")])
    look.changes_on = look.holds_until
    return look
