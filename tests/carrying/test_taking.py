"""Cases come in whole, are marked as brought, and go again as long as nobody has changed them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gameplan.carrying.deciding import decide
from gameplan.carrying.doors import came_with
from gameplan.carrying.models import Batch, Line
from gameplan.carrying.taking import take_in
from gameplan.carrying.undoing import undo
from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Access, Case, Entry
from gameplan.cases.people import person_of_user
from gameplan.cases.record_words import SENTENCES
from gameplan.cases.verifying import verdicts
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from gameplan.rosters.models import Pupil
from tests.carrying.conftest import DIRECTOR, Given
from tests.carrying.made import Files
from tests.districts.conftest import TODAY


@pytest.fixture
def ben(district: Organisation, oak: Organisation) -> Pupil:
    """Ben, as the roster has him."""
    return Pupil.objects.create(
        place=district, school=oak, source="sis", sourced_id="501", state_id="9501", given="Ben", family="Brook",
        born="2015-03-09",
    )  # fmt: skip


def kinds(batch: Batch) -> dict[str, tuple[str, str]]:
    """How each case comes in, and why that is unclear, by its key."""
    return {one.case_key: (one.kind, one.reason) for one in Line.objects.filter(batch=batch)}


def test_every_fact_says_where_it_came_from(bring: Given) -> None:
    batch = bring(Files())
    assert (batch.counts["cases"], Case.objects.count()) == (3, 3)
    told = {one.kind: one for one in Entry.objects.filter(case__child_name="Ben Brook")}
    assert told["consent-given"].data == {"for": "initial-services", "signed": "2019-10-01"}
    assert told["consent-given"].written_in == {"document": "Former IEP system", "page": "facts.csv, row 2"}
    assert told["iep-adopted"].written_in["page"].startswith("plans.csv, row ")
    assert {(one.side, one.said_by, one.entered_by) for one in told.values()} == {
        ("school", "school", "district-director")
    }
    case = Case.objects.get(child_name="Ben Brook")
    trail = list(Access.objects.filter(case_id=case.pk).values_list("action", "person", "about"))
    assert trail == [("bring-case", "dora", f"batch:{batch.pk}"), ("bring-facts", "dora", "facts:1-7")]
    assert {action for action, _person, _about in trail} <= set(SENTENCES)
    assert [one.findings for one in verdicts()] == [(), (), ()]
    assert not Line.objects.exclude(told=None).exists()


def test_a_fact_that_came_says_so_and_one_of_here_does_not(bring: Given, director: User) -> None:
    batch = bring(Files())
    case = case_for(person_of_user(director), Case.objects.get(child_name="Cara Diaz").pk)
    later = verbs.record_fact(case, by=case.reader, kind="safeguards-given", on=TODAY)
    assert came_with(case, "f2") == batch
    assert came_with(case, later.fact_id) is None


def test_a_student_of_the_roster_gets_the_case(bring: Given, preview: Given, ben: Pupil) -> None:
    bring(Files())
    ben.refresh_from_db()
    assert ben.case_id == Case.objects.get(child_name="Ben Brook").pk
    assert {kind for kind, _reason in kinds(preview(Files())).values()} == {"there"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("born", "2014-03-09", "number"), ("given", "Bela", "number"), ("local_id", "777", "name-and-birth")],
)
def test_who_is_unclear_stays_out_until_somebody_says(
    preview: Given, ben: Pupil, column: str, value: str, reason: str
) -> None:
    files = Files()
    files.cases[0] |= {"state_id": "", column: value}
    batch = preview(files)
    assert kinds(batch)["A1"] == ("unclear", reason)
    line = Line.objects.get(batch=batch, case_key="A1")
    assert line.candidates == [str(ben.pk)]
    decide(batch, line.pk, same_as=ben.pk, by="dora")
    assert take_in(batch, person=DIRECTOR, by="dora").counts["cases"] == 3
    ben.refresh_from_db()
    assert ben.case_id == line.case_id


def test_nothing_is_put_together_silently(preview: Given, bring: Given, ben: Pupil, district: Organisation) -> None:
    files = Files()
    files.cases[0]["state_id"] = "9777"
    Pupil.objects.create(place=district, source="sis", sourced_id="7", state_id="9777", given="Bo", family="Ray")
    files.cases.append({**files.cases[1], "case_key": "A4"})
    batch = preview(files)
    assert kinds(batch) == {
        "A1": ("unclear", "two-numbers"), "A2": ("new", ""), "A3": ("new", ""), "A4": ("unclear", "twice"),
    }  # fmt: skip
    assert take_in(batch, person=DIRECTOR, by="dora").counts["cases"] == 2
    other = Files()
    other.cases = [{**other.cases[1], "case_key": "B2"}]
    other.facts, other.plans = [], []
    assert kinds(preview(other)) == {"B2": ("unclear", "case-there")}


def test_it_is_undone_while_nobody_has_changed_a_case(bring: Given, ben: Pupil, director: User) -> None:
    batch = bring(Files())
    case = case_for(person_of_user(director), Case.objects.get(child_name="Ben Brook").pk)
    assert undo(batch, by="dora").state == "undone"
    assert not Case.objects.exists()
    assert not Line.objects.filter(batch=batch, kind__in=("new", "matched")).exists()
    assert not Access.objects.filter(case_id=case.pk).exists()
    ben.refresh_from_db()
    assert ben.case_id is None
    again = bring(Files())
    case = case_for(person_of_user(director), Case.objects.get(child_name="Ben Brook").pk)
    verbs.record_fact(case, by=case.reader, kind="safeguards-given", on=TODAY)
    with pytest.raises(Refused, match="1 of these cases were changed since"):
        undo(again, by="dora")
    assert Case.objects.count() == 3


def test_a_preview_that_nobody_wants_is_forgotten(preview: Given) -> None:
    old = preview(Files())
    Batch.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=15))
    preview(Files())
    assert Batch.objects.get(pk=old.pk).state == "dropped"
    assert not Line.objects.filter(batch=old).exists()


def test_a_student_who_got_a_case_meanwhile_stops_all_of_it(preview: Given, ben: Pupil, oak: Organisation) -> None:
    batch = preview(Files())
    ben.case = Case.objects.create(child_name="Ben Brook", school=oak)
    ben.save()
    with pytest.raises(Refused, match="has got a case since"):
        take_in(batch, person=DIRECTOR, by="dora")
    assert Case.objects.count() == 1
