"""Two cases of one child become one: what is matched, what both sides say yes to, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import WentInto, case_for, cases_of, facts_of, paper_of
from gameplan.cases.joining import ask, asking_for, begin_for_school
from gameplan.cases.merging import (
    CARRIED,
    family_agrees,
    open_merging,
    others_of,
    pairs_of,
    propose,
    twins_at,
    where_now,
    withdraw,
)
from gameplan.cases.models import Access, Case, Entry
from gameplan.cases.models_joint import KeptCopy, Merging
from gameplan.cases.moving import copies_of, read_copy
from gameplan.cases.people import Person
from gameplan.cases.verifying import verdicts
from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Child, SentLetter, standing_facts
from gameplan.exchange.case_zip import read_zip
from gameplan.law import vocabulary
from gameplan.letters import hash_of as letter_hash
from gameplan.papers.doors import letters_of, pdf_of
from gameplan.papers.importing import keep_letters
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning import writing
from gameplan.planning.doors import plans_of, standing_of, versions_of
from gameplan.planning.life import propose as propose_plan
from gameplan.planning.remarks import remark
from gameplan.together import merging as together
from gameplan.together.merging import bring_together, preview, put_together
from tests.sides import Sides, alone, make_sides

DAY = date(2025, 9, 3)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
REQUEST = {"received": DAY, "type": "initial", "by": "parent", "written": True}


@pytest.fixture
def sides(db: None) -> Sides:
    return make_sides()


@pytest.fixture
def rosa(sides: Sides) -> Person:
    return sides.family("rosa")


@pytest.fixture
def kim(sides: Sides) -> Person:
    return sides.staff("kim", "iep-manager", sides.oak)


@pytest.fixture
def mine(rosa: Person) -> Case:
    """The family's: a request, corrected (f1, f2) with a scan (a1), a worry (f3), a letter (l1), a plan (p1)."""
    case = alone(rosa, school="Oak")
    verbs.record_fact(case, by=rosa, kind="evaluation-requested", on=DAY, data=REQUEST, note="I was nervous.")
    verbs.attach(case, by=rosa, name="scan.pdf", content=PDF, fact_id="f1")
    later = {**REQUEST, "received": date(2025, 9, 5), "letter": "l1"}
    verbs.correct_fact(case, by=rosa, fact_id="f1", on=date(2025, 9, 5), data=later)
    verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": "reading", "by": "parent"})
    words = "Please evaluate Ana."
    sent = ({"how": "email", "on": "2025-09-05", "fact": "f2", "receipt": "a1"},)
    about = ("l1", "evaluation-request", "en", words, letter_hash(words), "2025-09-03T20:15:00Z")
    keep_letters(case, [SentLetter(*about, sent=sent, pdf="x")], {"x": PDF})
    plan = writing.begin(case, by=rosa, form_id="iep")
    writing.save(plan, by=rosa, desk="d", changes=[writing.Change("strengths", ["Curious"])])
    remark(plan, by=rosa, path="section:goals", text="Too few?")
    propose_plan(plan, by=rosa, on=DAY, how="first", starts=DAY)
    return case


@pytest.fixture
def theirs(sides: Sides, kim: Person, rosa: Person) -> Case:
    """The school's: it got the request on the 9th (f1), held a meeting (f2), keeps a paper (a1) and a draft (p1)."""
    case = begin_for_school(
        kim, school=sides.oak, child=Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3")
    )
    by = case.reader
    got = {**REQUEST, "received": date(2025, 9, 9)}
    verbs.record_fact(case, by=by, kind="evaluation-requested", on=date(2025, 9, 9), data=got)
    verbs.record_fact(case, by=by, kind="meeting-held", on=DAY, data={"date": DAY})
    verbs.attach(case, by=by, name="minutes.pdf", content=PDF + b"2", fact_id="f2")
    verbs.save_calendar(case, by=by, year=SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)))
    plan = writing.begin(case, by=by, form_id="iep")
    writing.save(plan, by=by, desk="s", changes=[writing.Change("strengths", ["Kind"])])
    propose_plan(plan, by=by, on=date(2025, 9, 20), how="first", starts=date(2025, 9, 21))
    case.members.create(person=rosa.id, role="parent")
    return case


def agreed(mine: Case, theirs: Case, rosa: Person, *, pairs: list[tuple[str, str]], chosen: list[str]) -> Merging:
    found = propose(mine, theirs, by=rosa)
    return family_agrees(found, by=rosa, pairs=pairs, chosen=chosen)


def merged(
    mine: Case, theirs: Case, rosa: Person, kim: Person, chosen: Any = ("fact:f2", "paper:a1", "letter:l1")
) -> Case:
    told, other = facts_of(case_for(rosa, mine.pk)), facts_of(case_for(rosa, theirs.pk))
    yes = agreed(mine, theirs, rosa, pairs=pairs_of(told, other), chosen=list(chosen))
    return put_together(yes, by=case_for(kim, theirs.pk).reader, seen=yes.agreed_on)


def faults_in(case_id: UUID) -> list[str]:
    """What `gameplan trail verify` finds in a case."""
    (verdict,) = verdicts(case_id)
    assert not [name for name in verdict.unknown if name.startswith(("fact", "paper", "letter", "copy"))]
    return [f"{one.what} {one.about} {one.since}" for one in verdict.findings]


def test_what_both_tell_is_found(mine: Case, theirs: Case, rosa: Person) -> None:
    told, other = facts_of(case_for(rosa, mine.pk)), facts_of(case_for(rosa, theirs.pk))
    assert ("f2", "f1") in pairs_of(told, other)
    assert "f3" not in dict(pairs_of(told, other))
    assert pairs_of(other, other)[0] == ("f1", "f1")


def test_both_accounts_stand_and_each_side_is_kept(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    before = {one.id for one in facts_of(case_for(rosa, theirs.pk)).facts}
    merged(mine, theirs, rosa, kim)
    told = [one for one in facts_of(case_for(rosa, theirs.pk)).facts if one.id not in before]
    request, later = told[0], told[1]
    assert (request.note, request.account_of, later.corrects) == ("I was nervous.", "f1", request.id)
    assert (later.data["received"], later.said_by) == (date(2025, 9, 5), "parent")
    standing = {one.id: one for one in standing_facts(facts_of(case_for(rosa, theirs.pk)).facts)}
    assert standing[later.id].account_of == "f1"
    assert standing["f1"].said_by == "school"
    assert Entry.objects.get(case=theirs, fact_id=later.id).side == "family"
    assert Entry.objects.get(case=theirs, fact_id="f1").side == "school"


def test_papers_letters_plans_and_calendars_come_along(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    verbs.save_calendar(mine, by=rosa, year=SchoolYear("2024-25", date(2024, 8, 13), date(2025, 5, 21)))
    merged(mine, theirs, rosa, kim)
    case = case_for(rosa, theirs.pk)
    told = facts_of(case)
    assert [one.name for one in told.attachments] == ["minutes.pdf", "scan.pdf"]
    scan = told.attachments[1].id
    assert bytes(paper_of(case, scan).content) == PDF
    (letter,) = letters_of(case)
    (sending,) = letter.went_out
    facts = {one.id: one for one in told.facts}
    assert (sending.receipt, facts[sending.fact_id].data["letter"]) == (scan, letter.letter_id)
    assert pdf_of(letter) == PDF
    assert {year.school_year for year in told.calendars} == {"2024-25", "2025-26"}
    plans = {one.plan_id: one for one in plans_of(case)}
    assert set(plans) == {"p1", "p2"}
    plans["p2"].case = case
    assert standing_of(plans["p2"]).plan.content["strengths"] == "Curious"
    assert [one.number for one in versions_of(plans["p2"])] == [2]
    assert case.child_grade == "3"


def test_the_school_sees_only_what_was_chosen(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    known = {one.id for one in facts_of(case_for(kim, theirs.pk)).facts}
    merged(mine, theirs, rosa, kim)
    case = case_for(kim, theirs.pk)
    new = [one for one in facts_of(case).facts if one.id not in known]
    assert [one.kind for one in new] == ["evaluation-requested", "evaluation-requested"]
    assert {one.note for one in new} == {""}
    assert [one.name for one in facts_of(case).attachments] == ["minutes.pdf", "scan.pdf"]
    assert [one.plan_id for one in plans_of(case)] == ["p1"]


def test_permission_and_its_signature_come_along(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    case = case_for(rosa, mine.pk)
    given = {"received": DAY, "signed": DAY, "for": "initial-evaluation"}
    verbs.record_fact(case, by=rosa, kind="consent-given", on=DAY, data=given)
    merged(mine, theirs, rosa, kim)
    told = [one for one in facts_of(case_for(rosa, theirs.pk)).facts if one.kind == "consent-given"]
    assert [one.said_by for one in told] == ["parent"]


def test_nothing_of_it_is_lost(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    counts = [len(facts_of(case_for(rosa, one.pk)).facts) for one in (mine, theirs)]
    merged(mine, theirs, rosa, kim)
    assert len(facts_of(case_for(rosa, theirs.pk)).facts) == sum(counts)
    assert KeptCopy.objects.get().organisation is None
    (copy,) = copies_of(case_for(rosa, theirs.pk))
    kept = read_zip(bytes(read_copy(rosa, copy.pk).content), vocabulary())
    assert len(kept.case.facts) == counts[0]
    assert kept.case.facts[0].note == "I was nervous."
    with pytest.raises(Http404):
        read_copy(kim, copy.pk)


def test_the_closed_case_leads_to_the_other_and_both_trails_hold(
    mine: Case, theirs: Case, rosa: Person, kim: Person, sides: Sides
) -> None:
    rows = Access.objects.filter(case_id=mine.pk).count()
    merged(mine, theirs, rosa, kim)
    with pytest.raises(WentInto) as gone:
        case_for(rosa, mine.pk)
    assert gone.value.case_id == theirs.pk
    with pytest.raises(Http404) as strange:
        case_for(sides.family("eve"), mine.pk)
    assert not isinstance(strange.value, WentInto)
    assert list(cases_of(rosa)) == [theirs]
    assert faults_in(mine.pk) == []
    assert faults_in(theirs.pk) == []
    assert Access.objects.filter(case_id=mine.pk).count() > rows
    assert where_now(mine.pk, "fact", "f3").startswith("f")
    assert where_now(mine.pk, "fact", "f3") != "f3"


def test_it_takes_both_and_the_same_thing(mine: Case, theirs: Case, rosa: Person, kim: Person) -> None:
    lead = case_for(kim, theirs.pk).reader
    found = propose(mine, theirs, by=rosa)
    with pytest.raises(Refused):
        put_together(found, by=lead, seen="")
    first = family_agrees(found, by=rosa, pairs=[], chosen=["fact:f2"])
    family_agrees(found, by=rosa, pairs=[("f2", "f1")], chosen=["fact:f2", "fact:f3"])
    with pytest.raises(Refused):
        put_together(first, by=lead, seen=first.agreed_on)
    assert case_for(rosa, mine.pk).merged_into_id is None


def test_either_side_can_say_no(mine: Case, theirs: Case, rosa: Person) -> None:
    withdraw(propose(mine, theirs, by=rosa), by=theirs.reader)
    assert open_merging(mine) is None


def test_the_school_sees_before_its_yes_only_what_was_chosen(
    mine: Case, theirs: Case, rosa: Person, kim: Person
) -> None:
    found = agreed(mine, theirs, rosa, pairs=[("f2", "f1")], chosen=["fact:f2", "letter:l1"])
    seen = preview(case_for(rosa, mine.pk), case_for(kim, theirs.pk), found)
    assert [(one.id, other.id) for one, other in seen.pairs] == [("f2", "f1")]
    assert (seen.alone, [one.name for one in seen.lines]) == ((), ["letter:l1"])


def test_a_fault_leaves_both_as_they_were(
    mine: Case, theirs: Case, rosa: Person, kim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_told: object) -> None:
        raise Refused([])

    before = [(one.fact_id, one.case_id) for one in Entry.objects.order_by("id")]
    monkeypatch.setitem(together.CARRIERS, "something", broken)
    with pytest.raises(Refused):
        merged(mine, theirs, rosa, kim)
    assert [(one.fact_id, one.case_id) for one in Entry.objects.order_by("id")] == before
    assert case_for(rosa, mine.pk).merged_into_id is None
    assert not KeptCopy.objects.exists()


@pytest.mark.parametrize("wrong", ["same", "joined", "twice"])
def test_what_cannot_go_together_is_refused(
    mine: Case, theirs: Case, rosa: Person, sides: Sides, kim: Person, wrong: str
) -> None:
    other = begin_for_school(kim, school=sides.oak, child=Child(name="Ben"))
    if wrong == "twice":
        propose(mine, theirs, by=rosa)
    pair = {"same": (mine, mine), "joined": (theirs, other), "twice": (mine, other)}[wrong]
    with pytest.raises(Refused):
        propose(*pair, by=rosa)


def test_a_fact_stands_in_one_pair_only(mine: Case, theirs: Case, rosa: Person) -> None:
    with pytest.raises(Refused):
        agreed(mine, theirs, rosa, pairs=[("f2", "f1"), ("f3", "f1")], chosen=[])


def test_a_school_that_knows_the_child_lets_the_family_in(
    mine: Case, theirs: Case, rosa: Person, kim: Person, sides: Sides
) -> None:
    theirs.members.filter(person=rosa.id).delete()
    asked = ask(mine, by=rosa, school=sides.oak, chosen=[])
    asking, person = asking_for(kim, asked.pk)
    (twin,) = twins_at(sides.oak.pk, "ana", date(2016, 5, 2))
    found = bring_together(asking, twin, by=person)
    assert (found.source_id, found.into_id, found.family_yes) == (mine.pk, theirs.pk, "")
    assert case_for(rosa, theirs.pk).reader.role == "parent"
    assert [one.pk for one in others_of(rosa, mine)] == [theirs.pk]
    with pytest.raises(Http404):
        case_for(kim, mine.pk)


def test_everything_that_hangs_on_a_case_is_known(mine: Case, theirs: Case) -> None:
    """A new table that points at a case must say how it comes along (`CARRIED`, or `together.merging.CARRIERS`)."""
    named = {one.get_accessor_name() for one in Case._meta.related_objects}
    assert named - CARRIED - set(together.CARRIERS) == set()


def test_who_was_about_to_write_into_the_closed_case_is_told_that_it_is_gone(
    mine: Case, theirs: Case, rosa: Person, kim: Person
) -> None:
    opened = case_for(rosa, mine.pk, to=Action.WRITE)
    merged(mine, theirs, rosa, kim)
    with pytest.raises(Http404):
        verbs.record_fact(opened, by=opened.reader, kind="evaluation-requested", on=date(2025, 9, 3), data={})
