"""Taking a previewed file in: all that it changes, or nothing, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gameplan.arriving.steps import OPEN, taken, to_take
from gameplan.arriving.steps import blocks as in_blocks
from gameplan.core.faults import Fault
from gameplan.districts.places import add_place
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.rosters.models import Line, Pupil, Roster, SchoolLink, StaffMember, Take
from gameplan.rosters.rows import PUPIL, STAFF, merged, pupil_of, row_of, staff_member_of

AT_ONCE = 1_000
MOST_UNDOABLE = 10
"""So many of the newest takes of a roster can be undone; of older ones the rows of children are forgotten."""


def take_in(take: Take, *, by: str) -> Take:
    """Take in what the preview of a file said, all or nothing. `by`: the account, empty for the machine itself.

    What nobody has decided stays out, and the children it may be about stay as they are. Raises Refused if it is not
    previewed, or the roster has changed since then.
    """
    try:
        with transaction.atomic():
            return _take_in(take, by)
    except IntegrityError as error:
        raise Refused([_changed_since()]) from error


def _take_in(take: Take, by: str) -> Take:
    roster = Roster.objects.select_for_update().get(place=take.place_id)
    found = to_take(take)
    if found.revision != roster.revision:
        raise Refused([_changed_since()])
    _settle(found)
    _put_schools(found)
    for kind in (Line.Kind.GONE, Line.Kind.CHANGED, Line.Kind.ADDED):
        for block in blocks(found, what=Line.What.PUPIL, kind=kind):
            put_pupils(found.place, [(line.key, line.after) for line in block])
        for block in blocks(found, what=Line.What.STAFF, kind=kind):
            put_staff(found.place, [(line.key, line.after) for line in block])
    roster.revision += 1
    roster.save(update_fields=["revision"])
    others = {name: count for name, count in found.counts.items() if name.endswith(("same", "here"))}
    taken(found, by=by, counts={**_counted(found), **others})
    _forget_old(found)
    return found


def _changed_since() -> Fault:
    what = _("The roster has changed since this file was read.")
    return Fault("take", what, _("Choose the file again, and look at what it changes now."))


def _settle(take: Take) -> None:
    """Turn what a person has decided into plain changes, and keep as they are those of whom nobody has decided."""
    kept: set[UUID] = set()
    for block in blocks(take, what=Line.What.PUPIL, kind=Line.Kind.UNCLEAR):
        there = Pupil.objects.in_bulk([line.key for line in block if line.decided == Line.Said.SAME])
        for line in block:
            told = {"source": take.source, "sourced_id": line.sourced_id}
            if line.decided == Line.Said.SAME:
                line.before = row_of(there[line.key])
                line.kind, line.after = Line.Kind.CHANGED, merged(line.before, line.after or {}, **told)
                kept.add(line.key)
            elif line.decided == Line.Said.OTHER:
                line.kind, line.after = Line.Kind.ADDED, merged(PUPIL, line.after or {}, **told)
            else:
                kept.update(UUID(one) for one in line.candidates)
        Line.objects.bulk_update(block, ["kind", "before", "after"], batch_size=200)
    several = sorted(kept)
    for start in range(0, len(several), AT_ONCE):
        some = several[start : start + AT_ONCE]
        Line.objects.filter(take=take, kind=Line.Kind.GONE, what=Line.What.PUPIL, key__in=some).delete()


def _put_schools(take: Take) -> None:
    for line in Line.objects.filter(take=take, what=Line.What.SCHOOL).order_by("id"):
        told: Any = line.after
        if line.kind == Line.Kind.ADDED:
            add_place("school", told["name"], parent=take.place, nces_id=told.get("nces_id", ""), key=line.key)
        about = {"place": take.place, "source": take.source, "sourced_id": told["sourced_id"]}
        SchoolLink.objects.create(**about, school_id=line.key)


def put_pupils(place: Organisation, rows: Sequence[tuple[UUID, Any]]) -> None:
    """Write pupils as rows say; the cases that they have stay theirs."""
    columns = [*PUPIL, "sought", "changed_at"]
    Pupil.objects.bulk_create(
        [pupil_of(key, place, row) for key, row in rows],
        update_conflicts=True, unique_fields=["id"], update_fields=columns,
    )  # fmt: skip


def put_staff(place: Organisation, rows: Sequence[tuple[UUID, Any]]) -> None:
    """Write staff members as rows say."""
    StaffMember.objects.bulk_create(
        [staff_member_of(key, place, row) for key, row in rows],
        update_conflicts=True, unique_fields=["id"], update_fields=list(STAFF),
    )  # fmt: skip


def blocks(take: Take, **where: Any) -> Iterator[list[Line]]:
    """The lines of a take, some at a time, in their order."""
    return in_blocks(Line.objects.filter(take=take, **where), AT_ONCE)


def _counted(take: Take) -> dict[str, int]:
    pairs = Line.objects.filter(take=take).order_by().values_list("what", "kind").iterator(chunk_size=AT_ONCE)
    return {f"{what} {kind}": number for (what, kind), number in Counter(pairs).items()}


def _forget_old(take: Take) -> None:
    """Previews that hold no more are dropped, and takes that are old keep their counts only."""
    here = Take.objects.filter(place=take.place_id)
    stale = here.filter(Q(state__in=OPEN) | Q(state=Take.State.FAULTY), pk__lt=take.pk)
    Line.objects.filter(take__in=stale.values("pk")).delete()
    stale.filter(state__in=OPEN).update(state=Take.State.DROPPED)
    undoable = here.filter(state=Take.State.TAKEN).order_by("-pk").values_list("pk", flat=True)[:MOST_UNDOABLE]
    old = here.filter(pk__lt=min(undoable))
    Line.objects.filter(take__in=old.values("pk")).delete()
