"""Taking a roster in: what is kept, what is previewed, what a second time changes, and undoing."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.rosters.models import Line, Pupil, SchoolLink, StaffMember, Take
from gameplan.rosters.plain.mapping import guess
from gameplan.rosters.rows import row_of
from gameplan.rosters.taking import take_in
from gameplan.rosters.undoing import undo
from tests.districts.conftest import TODAY
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, BEN, CHILDREN, HEADER, TWINS, Child, changed, edfi, edfi_zip, oneroster, plain

MAPPING = guess(HEADER).as_json()
Rows = dict[str, dict[str, object]]


def rows() -> Rows:
    """All pupils as they are kept, by id."""
    return {str(one.pk): row_of(one) for one in Pupil.objects.all()}


def pupil(key: str) -> Pupil:
    return Pupil.objects.get(sourced_id=key, active=True)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_whole_roster_is_kept(bring: Given, version: str, oak: Organisation, elm: Organisation) -> None:
    take = bring(oneroster(version=version))
    ana = pupil("u1")
    assert (ana.given, ana.family, ana.born, ana.school, ana.grade) == ("Ana", "Lopez", date(2015, 3, 4), oak, "05")
    assert (ana.state_id, ana.sex, ana.asian, ana.hispanic, ana.black) == ("900001", "female", False, True, None)
    assert (ana.enrolled_since, ana.enrolled_until, ana.english_learner) == (date(2026, 8, 12), None, "unknown")
    assert ana.guardians == [
        {"id": "g1", "name": "Lucia Lopez", "given": "Lucia", "family": "Lopez", "email": "lucia@home.example",
         "phone": "555-0100", "relation": "guardian"}
    ]  # fmt: skip
    assert pupil("u2").school == elm
    assert (take.form, take.kind, take.source) == (f"oneroster-{version}", "bulk", "Made Up SIS")
    assert (take.counts["pupil added"], take.counts["staff added"]) == (4, 1)
    assert StaffMember.objects.get().email == "maya@school.example"


def test_no_password_is_kept_anywhere(preview: Given) -> None:
    take = preview(oneroster())
    lines = list(Line.objects.filter(take=take).values_list("after", flat=True))
    assert lines
    assert "hunter2" not in str(lines)


def test_nothing_changes_before_somebody_says_yes(preview: Given) -> None:
    take = preview(oneroster())
    assert take.state == Take.State.PREVIEWED
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(
    ("file", "about"),
    [(oneroster(), {}), (plain(), {"mapping": MAPPING}), (edfi_zip(edfi()), {})],
    ids=["oneroster", "csv", "ed-fi"],
)
def test_a_second_time_changes_nothing(bring: Given, preview: Given, file: bytes, about: dict[str, object]) -> None:
    bring(file, **about)
    before = rows()
    again = preview(file, **about)
    assert {name for name, count in again.counts.items() if count} <= {"pupil same", "staff same"}
    take_in(again, by="")
    assert rows() == before


def test_a_whole_roster_lets_go_who_is_missing(bring: Given) -> None:
    bring(oneroster())
    take = bring(oneroster([ANA, *TWINS]))
    ben = Pupil.objects.get(sourced_id="u2")
    assert (ben.active, ben.enrolled_until) == (False, TODAY)
    assert take.counts["pupil gone"] == 1


def test_a_delta_changes_only_what_it_names(bring: Given) -> None:
    bring(oneroster())
    gone, moved = changed(BEN, status="tobedeleted"), changed(ANA, school="s2", family="Lopez-Diaz")
    bring(oneroster([gone, moved, Child("u9", "Zoe", "New")], kind="delta"))
    assert not Pupil.objects.get(sourced_id="u2").active
    ana = pupil("u1")
    assert (ana.family, ana.school and ana.school.name) == ("Lopez-Diaz", "Elm School")
    assert ana.guardians[0]["phone"] == "555-0100"
    assert pupil("u9").given == "Zoe"
    assert pupil("u3").active


def test_a_delta_may_tell_only_of_demographics(bring: Given) -> None:
    bring(oneroster())
    bring(oneroster([changed(ANA, born="2015-03-05")], kind="delta", only=["demographics"]))
    ana = pupil("u1")
    assert (ana.born, ana.given, ana.school and ana.school.name) == (date(2015, 3, 5), "Ana", "Oak School")


def test_a_child_who_comes_back_is_the_same_one(bring: Given) -> None:
    bring(oneroster())
    key = pupil("u2").pk
    bring(oneroster([ANA]))
    bring(oneroster())
    assert (pupil("u2").pk, pupil("u2").enrolled_until) == (key, None)


def test_a_school_that_is_not_there_is_made_and_taken_back(bring: Given, district: Organisation) -> None:
    take = bring(oneroster([changed(ANA, school="s7")]))
    made = Organisation.objects.get(name="School s7")
    assert (made.parent, pupil("u1").school) == (district, made)
    undo(take, by="")
    assert not Organisation.objects.filter(name="School s7").exists()
    assert not SchoolLink.objects.exists()


def test_undo_puts_every_row_back(bring: Given) -> None:
    bring(oneroster())
    before = rows()
    take = bring(oneroster([changed(ANA, given="Anna", grade="06"), *TWINS, Child("u8", "Kai", "Chen")]))
    assert rows() != before
    undo(take, by="x")
    assert rows() == before
    take.refresh_from_db()
    assert (take.state, take.undone_by) == (Take.State.UNDONE, "x")


def test_undo_refuses_when_something_later_stands_on_it(bring: Given) -> None:
    first = bring(oneroster())
    second = bring(oneroster([changed(ANA, grade="06"), BEN, *TWINS]))
    now = rows()
    with pytest.raises(Refused, match=f"Undo take {second.pk} first"):
        undo(first, by="")
    assert rows() == now
    undo(second, by="")
    undo(first, by="")
    assert rows() == {}
    with pytest.raises(Refused, match="not taken in"):
        undo(first, by="")


def test_a_preview_holds_only_while_the_roster_stays(preview: Given, bring: Given) -> None:
    old = preview(oneroster())
    bring(oneroster([ANA]))
    with pytest.raises(Refused, match="is not waiting"):
        take_in(old, by="")
    assert Pupil.objects.count() == 1


def test_plain_csv_and_edfi_tell_the_same_children(bring: Given) -> None:
    bring(plain(), mapping=MAPPING)
    ana = pupil("u1")
    assert (ana.white, ana.asian, ana.hispanic, ana.english_learner) == (True, False, True, "no")
    assert ana.guardians[0]["name"] == "Lucia Lopez"
    take = bring(edfi_zip(edfi()))
    assert take.counts["pupil changed"] == len(CHILDREN)
    ana = pupil("u1")
    assert (ana.source, ana.black, ana.white, ana.english_learner, ana.sex) == ("ed-fi", True, False, "yes", "female")
