"""What people write down themselves: providers of their own, and that an entry of the file is wrong.

It stays in this installation. Who sees it: the person who wrote it; or, where they wrote it for a school or district in
which they work, everybody who works there or in a school of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gameplan.care.kinds import KINDS
from gameplan.care.models import Listing, Owned, OwnEntry, WrongNote
from gameplan.care.nppes import phone_of, plain, zip_of
from gameplan.core.faults import Fault
from gameplan.people.doors import Held, chain_of, organisations_by_id
from gameplan.people.models import Organisation
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import Side, side_of

LONGEST_NOTE = 2000
LONGEST = {"name": 200, "phone": 60, "street": 200, "city": 80, "state": 2}
"""Letters of each part of an entry, at most; of the note `LONGEST_NOTE`."""
_Kept = TypeVar("_Kept", bound=Owned)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads and writes: a person by their id, the places where they work, and those whose entries they see."""

    person: str
    works_at: tuple[Organisation, ...] = ()
    sees: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """What is written of a provider. `kind`: an id of `kinds.KINDS`; all but that and the name may be empty."""

    kind: str
    name: str
    phone: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    note: str = ""


class NoSuchEntry(LookupError):
    """Raised when something of one's own is asked for that is not there, or is not this reader's to see."""


def reader_of(person: str, posts: Iterable[Held]) -> Reader:
    """The reader behind a person and the posts that they hold today. Only who works for a school writes for it."""
    places = [held.organisation for held in posts if side_of(held.role) is Side.SCHOOL]
    if not places:
        return Reader(person)
    works_at = organisations_by_id(places)
    above = frozenset(one.pk for place in works_at for one in chain_of(place))
    return Reader(person, works_at, above)


def own_entries(reader: Reader) -> QuerySet[OwnEntry]:
    """The entries that this reader sees, by name."""
    return OwnEntry.objects.filter(_seen_by(reader)).select_related("organisation")


def fitting(reader: Reader, kinds: Iterable[str] = (), name: str = "") -> list[OwnEntry]:
    """The entries that this reader sees of any of these kinds (of every kind if none is given) and of that name."""
    found, wanted = own_entries(reader), tuple(kinds)
    if wanted:
        found = found.filter(kind__in=wanted)
    for word in plain(name).split():
        found = found.filter(sort_name__contains=word)
    return [one for one in found if one.kind in KINDS]


def entry_of(reader: Reader, entry_id: UUID) -> OwnEntry:
    """An entry that this reader may change. Raises NoSuchEntry."""
    return _mine(OwnEntry.objects, reader, entry_id)


def add_entry(reader: Reader, words: Words, *, place: UUID | None = None) -> OwnEntry:
    """Write a provider down, for oneself or for a place where one works. Raises Refused with every fault."""
    owner = _owner(reader, place)
    return OwnEntry.objects.create(**owner, written_by=reader.person, **_checked(words))


def change_entry(reader: Reader, entry_id: UUID, words: Words) -> OwnEntry:
    """Write an entry anew. Raises NoSuchEntry, or Refused with every fault."""
    entry, said = entry_of(reader, entry_id), _checked(words)
    for name, value in said.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def remove_entry(reader: Reader, entry_id: UUID) -> None:
    """Take an entry away for good. Raises NoSuchEntry."""
    entry_of(reader, entry_id).delete()


def note_wrong(reader: Reader, npi: int, words: str, *, place: UUID | None = None) -> WrongNote:
    """Note that a listing is wrong, and how. Raises NoSuchEntry for no listing, or Refused with every fault."""
    if not Listing.objects.filter(pk=npi).exists():
        raise NoSuchEntry(str(npi))
    said = words.strip()
    faults = [*unkeepable(said, "words")]
    if not said:
        faults.append(Fault("words", _("Nothing is written here."), _("Say what is wrong, in a few words.")))
    if len(said) > LONGEST_NOTE:
        faults.append(_too_long("words", LONGEST_NOTE))
    refuse(faults)
    return WrongNote.objects.create(**_owner(reader, place), written_by=reader.person, npi=npi, words=said)


def notes_on(reader: Reader, npis: Iterable[int]) -> Mapping[int, Sequence[WrongNote]]:
    """What this reader sees noted of listings, by number, the oldest first. One query."""
    found: dict[int, list[WrongNote]] = {}
    for note in WrongNote.objects.filter(_seen_by(reader), npi__in=list(npis)).select_related("organisation"):
        found.setdefault(note.npi, []).append(note)
    return found


def take_note_back(reader: Reader, note_id: UUID) -> None:
    """Take a note away. Raises NoSuchEntry."""
    _mine(WrongNote.objects, reader, note_id).delete()


def _seen_by(reader: Reader) -> Q:
    return Q(person=reader.person) | Q(organisation__in=reader.sees)


def _mine(rows: models.Manager[_Kept], reader: Reader, key: UUID) -> _Kept:
    """The row, if it is the reader's own or belongs to a place where they work themselves."""
    where = Q(person=reader.person) | Q(organisation__in=[place.pk for place in reader.works_at])
    found = rows.filter(where, pk=key).first()
    if found is None:
        raise NoSuchEntry(str(key))
    return found


def _owner(reader: Reader, place: UUID | None) -> dict[str, Any]:
    if place is None:
        return {"person": reader.person}
    found = next((one for one in reader.works_at if one.pk == place), None)
    if found is None:
        raise NoSuchEntry(str(place))
    return {"organisation": found}


def _too_long(where: str, most: int) -> Fault:
    return Fault(where, _("This is too long."), _("Write no more than %(most)s letters.") % {"most": most})


def _checked(words: Words) -> dict[str, str]:
    """The columns of an entry. Raises Refused with every fault."""
    said = {name: getattr(words, name).strip() for name in Words.__dataclass_fields__}
    faults = [fault for name, value in said.items() for fault in unkeepable(value, name)]
    if said["kind"] not in KINDS:
        faults.append(Fault("kind", _("This kind is not known."), _("Choose one of the list.")))
    if not said["name"]:
        faults.append(Fault("name", _("There is no name."), _("Write the name of the person or the place.")))
    if said["zip"] and not zip_of(said["zip"]):
        faults.append(Fault("zip", _("This is not a ZIP code."), _("Write its five digits, or leave it empty.")))
    for name, value in said.items():
        most = LONGEST.get(name, LONGEST_NOTE)
        if len(value) > most:
            faults.append(_too_long(name, most))
    refuse(faults)
    said |= {"zip": zip_of(said["zip"]), "phone": phone_of(said["phone"]), "sort_name": plain(said["name"])[:120]}
    return said
