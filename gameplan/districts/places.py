"""Making and closing organisations: a State agency, the districts in it, the schools in those."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.law import states
from gameplan.people.models import Invitation, Organisation, Post, SchoolYear
from gameplan.people.refusals import Refused, unkeepable
from gameplan.people.stamps import touch

Kind = Organisation.Kind
LIES_IN: dict[str, tuple[str, ...]] = {
    Kind.STATE: (), Kind.DISTRICT: (Kind.STATE,), Kind.SCHOOL: (Kind.DISTRICT, Kind.STATE),
}  # fmt: skip
LONGEST_NAME, LONGEST_NCES_ID = 200, 20


@transaction.atomic
def add_place(
    kind: str,
    name: str,
    *,
    parent: Organisation | None = None,
    state: str = "",
    nces_id: str = "",
    key: UUID | None = None,
) -> Organisation:
    """A new organisation of that kind ("state", "district" or "school") in another.

    `state` is its State with two letters; without it, the State of its parent. Only a State agency and a district lie
    in nothing. `key`: the id that it gets, where it is known before. Raises Refused with every fault.
    """
    name, nces_id = name.strip(), nces_id.strip()
    code = state.strip().upper() or (parent.state if parent else "")
    faults = [*_kind_faults(kind, parent), *_name_faults(kind, name, parent), *_code_faults(code, nces_id)]
    if faults:
        raise Refused(faults)
    about = {"kind": kind, "name": name, "parent": parent, "state": code, "nces_id": nces_id}
    made = Organisation.objects.create(id=key or uuid4(), **about)
    touch([made.pk])
    return made


@transaction.atomic
def remove_place(organisation: Organisation) -> None:
    """Take back that an organisation was made. Raises Refused if anything belongs to it: then it can only be closed."""
    held = Post.objects.filter(organisation=organisation).exists()
    asked = Invitation.objects.filter(organisation=organisation).exists()
    written = SchoolYear.objects.filter(organisation=organisation).exists()
    if held or asked or written or Organisation.objects.filter(parent=organisation).exists():
        raise Refused([_in_use(organisation)])
    touch([organisation.pk])
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError as protected:
        raise Refused([_in_use(organisation)]) from protected


def _in_use(organisation: Organisation) -> Fault:
    what = _("%(name)s is in use already.") % {"name": organisation.name}
    return Fault("place", what, _("Close it instead, or take away what belongs to it first."))


@transaction.atomic
def close_place(organisation: Organisation, *, on: date) -> Organisation:
    """The organisation closes with that day: its posts open nothing any more. Its children keep their cases."""
    organisation.closed_on = on
    organisation.save(update_fields=["closed_on"])
    touch([organisation.pk])
    return organisation


def _kind_faults(kind: str, parent: Organisation | None) -> Iterable[Fault]:
    if kind not in LIES_IN:
        yield Fault("kind", _("There is no such kind of place."), _("Choose a State agency, a district or a school."))
    elif parent and parent.kind not in LIES_IN[kind]:
        yield Fault(
            "parent", _("It cannot lie in that place."), _("A district lies in a State, a school in a district.")
        )
    elif parent is None and kind == Kind.SCHOOL:
        yield Fault("parent", _("A school lies in a district."), _("Say in which one."))


def _name_faults(kind: str, name: str, parent: Organisation | None) -> Iterable[Fault]:
    yield from unkeepable(name, "name")
    if not name:
        yield Fault("name", _("It has no name."), _("Fill in the name."))
    elif len(name) > LONGEST_NAME:
        yield Fault("name", _("The name is too long."), _("Use a shorter name."))
    elif "\x00" not in name and Organisation.objects.filter(kind=kind, name__iexact=name, parent=parent).exists():
        yield Fault("name", _("There is one of that name already."), _("Use the one that is there, or another name."))


def _code_faults(state: str, nces_id: str) -> Iterable[Fault]:
    if state and state not in states():
        yield Fault("state", _("There is no such State."), _("Use its two letters, for example TX."))
    if nces_id and not (nces_id.isalnum() and nces_id.isascii() and len(nces_id) <= LONGEST_NCES_ID):
        yield Fault("nces_id", _("This is no NCES number."), _("Use its 7 digits for a district, or 12 for a school."))
