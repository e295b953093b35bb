"""Undoing a take: every row is again as it was before, exactly; or nothing is, if a later change stands on one."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults
from gameplan.arriving.steps import to_undo, undone
from gameplan.core.faults import Fault
from gameplan.districts.places import remove_place
from gameplan.people.doors import organisations_by_id
from gameplan.people.refusals import Refused
from gameplan.rosters.models import Line, Pupil, Roster, SchoolLink, StaffMember, Take
from gameplan.rosters.rows import row_of
from gameplan.rosters.taking import blocks, put_pupils, put_staff

CHANGES = (Line.Kind.GONE, Line.Kind.CHANGED)


@transaction.atomic
def undo(take: Take, *, by: str) -> Take:
    """Put every row back as it was before this take. `by`: the account, empty for the machine itself.

    Raises Refused, and changes nothing, if it is not taken in, too long ago, or if something later stands on it: a row
    that was changed since, or a child who has got a case.
    """
    roster = Roster.objects.select_for_update().get(place=take.place_id)
    found = to_undo(take)
    _refuse_later(found)
    for block in blocks(found, what=Line.What.PUPIL, kind=Line.Kind.ADDED):
        Pupil.objects.filter(pk__in=[line.key for line in block]).delete()
    for block in blocks(found, what=Line.What.STAFF, kind=Line.Kind.ADDED):
        StaffMember.objects.filter(pk__in=[line.key for line in block]).delete()
    for block in blocks(found, what=Line.What.PUPIL, kind__in=CHANGES):
        put_pupils(found.place, [(line.key, line.before) for line in block])
    for block in blocks(found, what=Line.What.STAFF, kind__in=CHANGES):
        put_staff(found.place, [(line.key, line.before) for line in block])
    _take_schools_back(found)
    roster.revision += 1
    roster.save(update_fields=["revision"])
    undone(found, by=by)
    return found


def _refuse_later(take: Take) -> None:
    """Raises Refused if a row of the take is not as the take left it."""
    changed = sum(count for key, count in take.counts.items() if key.endswith(("added", "changed", "gone")))
    if changed and not Line.objects.filter(take=take).exists():
        what = _("This was too long ago: what was before is not kept any more.")
        raise Refused([Fault("take", what, _("Take in a file from your system as it is today."))])
    faults = Faults()
    for block in blocks(take, what__in=(Line.What.PUPIL, Line.What.STAFF)):
        faults.note(*_later(take, block))
    if faults:
        newer = Take.objects.filter(place=take.place_id, state=Take.State.TAKEN, pk__gt=take.pk).order_by("-pk").first()
        mend = (
            _("Undo take %(number)s first.") % {"number": newer.pk} if newer else _("Take the child’s case off first.")
        )
        what = _("%(count)s rows were changed since by something else.") % {"count": faults.count}
        raise Refused([Fault("take", what, mend)])


def _later(take: Take, block: list[Line]) -> Iterator[Fault]:
    pupils = Pupil.objects.in_bulk([line.key for line in block if line.what == Line.What.PUPIL])
    staff = StaffMember.objects.in_bulk([line.key for line in block if line.what == Line.What.STAFF])
    for line in block:
        if line.kind == Line.Kind.UNCLEAR:
            continue
        one = pupils.get(line.key) if line.what == Line.What.PUPIL else staff.get(line.key)
        has_case = isinstance(one, Pupil) and one.case_id is not None and line.kind == Line.Kind.ADDED
        if one is None or row_of(one) != line.after or has_case:
            yield Fault(line.place_in_file or line.sourced_id, _("This row was changed since."), "")


def _take_schools_back(take: Take) -> None:
    """The links of the take, and the schools that it made."""
    for line in Line.objects.filter(take=take, what=Line.What.SCHOOL).order_by("-id"):
        SchoolLink.objects.filter(place=take.place_id, source=take.source, sourced_id=line.sourced_id).delete()
        made = organisations_by_id([line.key]) if line.kind == Line.Kind.ADDED else ()
        for school in made:
            remove_place(school)
