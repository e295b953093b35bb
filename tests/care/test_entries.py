"""One's own entries and notes: who sees them, who changes them, what is refused."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from gameplan.care import entries
from gameplan.care.entries import NoSuchEntry, Reader, Words, reader_of
from gameplan.care.models import Listing, WrongNote
from gameplan.care.samples import make_listings
from gameplan.people.doors import Held
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from tests.shared import school

pytestmark = pytest.mark.django_db
MARIA, OTHER = Reader("maria"), Reader("somebody-else")
LARK = Words("speech", "Lark Cedarling", "5055550100", zip="87102-0001", note="Ana likes her.")


@pytest.fixture
def place() -> Organisation:
    return school()


def at(person: str, place: Organisation, role: str = "special-teacher") -> Reader:
    return reader_of(person, [Held(place.pk, role)])


def test_only_who_wrote_an_entry_sees_and_changes_it() -> None:
    made = entries.add_entry(MARIA, LARK)
    assert (made.phone, made.zip, made.sort_name) == ("(505) 555-0100", "87102", "lark cedarling")
    assert list(entries.own_entries(MARIA)) == [made]
    assert list(entries.own_entries(OTHER)) == []
    for verb in (entries.entry_of, entries.remove_entry):
        with pytest.raises(NoSuchEntry):
            verb(OTHER, made.pk)
    with pytest.raises(NoSuchEntry):
        entries.change_entry(OTHER, made.pk, LARK)
    entries.change_entry(MARIA, made.pk, Words("occupational", "Wren Elm"))
    assert [(one.kind, one.name, one.phone) for one in entries.own_entries(MARIA)] == [("occupational", "Wren Elm", "")]
    entries.remove_entry(MARIA, made.pk)
    assert list(entries.own_entries(MARIA)) == []


def test_a_district_is_seen_in_its_schools_and_changed_only_there(place: Organisation) -> None:
    assert place.parent
    director = at("dana", place.parent, "district-director")
    made = entries.add_entry(director, LARK, place=place.parent.pk)
    teacher = at("tess", place)
    assert list(entries.own_entries(teacher)) == [made]
    with pytest.raises(NoSuchEntry):
        entries.change_entry(teacher, made.pk, LARK)
    assert entries.entry_of(at("rosa", place.parent, "iep-manager"), made.pk) == made
    assert list(entries.own_entries(MARIA)) == []


def test_who_only_monitors_or_installs_writes_for_no_place(place: Organisation) -> None:
    for role in ("state-monitor", "installer"):
        reader = at("max", place, role)
        assert reader.works_at == ()
        with pytest.raises(NoSuchEntry):
            entries.add_entry(reader, LARK, place=place.pk)
    with pytest.raises(NoSuchEntry):
        entries.add_entry(MARIA, LARK, place=uuid4())


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(Refused) as caught:
        entries.add_entry(MARIA, Words("wizard", " ", zip="871", note="x" * 2001, city="a\x00b", phone="1" * 61))
    assert {fault.where for fault in caught.value.faults} == {"kind", "name", "zip", "note", "city", "phone"}


def test_entries_are_found_by_kind_and_name() -> None:
    entries.add_entry(MARIA, LARK)
    assert [one.name for one in entries.fitting(MARIA, ("speech",), "cedar")] == ["Lark Cedarling"]
    assert entries.fitting(MARIA, ("nurse",)) == []
    assert entries.fitting(MARIA, (), "wren") == []


def test_notes_stay_with_who_wrote_them(place: Organisation) -> None:
    make_listings()
    npi = Listing.objects.values_list("npi", flat=True)[0]
    note = entries.note_wrong(MARIA, npi, " They moved. ")
    theirs = entries.note_wrong(at("tess", place), npi, "No children.", place=place.pk)
    assert entries.notes_on(MARIA, [npi]) == {npi: [note]}
    assert entries.notes_on(at("rosa", place, "evaluator"), [npi]) == {npi: [theirs]}
    assert entries.notes_on(OTHER, [npi]) == {}
    with pytest.raises(NoSuchEntry):
        entries.take_note_back(OTHER, note.pk)
    entries.take_note_back(MARIA, note.pk)
    assert set(WrongNote.objects.all()) == {theirs}


def test_a_note_needs_words_and_a_listing() -> None:
    make_listings()
    npi = Listing.objects.values_list("npi", flat=True)[0]
    for words in ("", "x" * 2001, "a\x00b"):
        with pytest.raises(Refused):
            entries.note_wrong(MARIA, npi, words)
    with pytest.raises(NoSuchEntry):
        entries.note_wrong(MARIA, 1, "Who is this?")
    with pytest.raises(NoSuchEntry):
        entries.take_note_back(MARIA, UUID(int=1))
