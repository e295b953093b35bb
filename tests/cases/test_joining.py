"""A family brings its case to a school: who is asked, what is seen before and after the yes, and what never is."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, cases_of, facts_of, paper_of
from gameplan.cases.joining import ask, asking_for, begin_for_school, decline, open_asking, take_back, waiting_for
from gameplan.cases.models import Access, Case, Member
from gameplan.cases.models_joint import Asking
from gameplan.cases.people import Person, person_of_user
from gameplan.core.facts import Child, SentLetter
from gameplan.letters import hash_of
from gameplan.papers.doors import letters_of
from gameplan.papers.importing import keep_letters
from gameplan.papers.models import Letter, Sending
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning.doors import plans_of
from gameplan.planning.writing import begin
from gameplan.together.joining import accept
from gameplan.together.showing import change, lines_of
from tests.sides import Sides, alone, join, make_sides

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
def lead(sides: Sides) -> Person:
    return sides.staff("kim", "iep-manager", sides.oak)


@pytest.fixture
def case(rosa: Person) -> Case:
    """Ana's case: a request with a scan (f1, a1), its correction (f2), a worry (f3), a paper of its own (a2)."""
    case = alone(rosa)
    verbs.record_fact(case, by=rosa, kind="evaluation-requested", on=DAY, data=REQUEST, note="I was nervous.")
    verbs.attach(case, by=rosa, name="scan.pdf", content=PDF, fact_id="f1")
    verbs.correct_fact(case, by=rosa, fact_id="f1", on=date(2025, 9, 4), data=REQUEST)
    verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": "reading", "by": "parent"})
    verbs.attach(case, by=rosa, name="diary.pdf", content=PDF + b"2")
    return case


def a_letter(letter_id: str) -> SentLetter:
    words = f"Please evaluate Ana. ({letter_id})"
    pdf = f"{letter_id}.pdf"
    return SentLetter(letter_id, "evaluation-request", "en", words, hash_of(words), "2025-09-03T20:15:00Z", pdf=pdf)


def seen(person: Person, case: Case) -> list[str]:
    return [fact.id for fact in facts_of(case_for(person, case.pk)).facts]


def test_before_the_yes_a_school_learns_who_asks(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    ask(case, by=rosa, school=sides.oak, chosen=["fact:f2"])
    (one,) = waiting_for(lead)
    assert (one.child_name, one.child_born, one.asked_by, one.asked_role) == ("Ana", date(2016, 5, 2), "Rosa", "parent")
    with pytest.raises(Http404):
        case_for(lead, case.pk)
    assert not cases_of(lead).exists()


@pytest.mark.parametrize("role", ["iep-manager", "district-representative", "district-director"])
def test_whoever_leads_there_or_above_is_asked(case: Case, rosa: Person, sides: Sides, role: str) -> None:
    ask(case, by=rosa, school=sides.oak, chosen=[])
    for place in (sides.oak, sides.district):
        assert len(waiting_for(sides.staff(f"{role}-{place.kind}", role, place))) == 1
    assert not waiting_for(sides.staff(f"{role}-far", role, sides.elm))


@pytest.mark.parametrize("role", ["special-teacher", "provider", "evaluator", "state-monitor"])
def test_nobody_else_of_the_school_is_asked(case: Case, rosa: Person, sides: Sides, role: str) -> None:
    asking = ask(case, by=rosa, school=sides.oak, chosen=[])
    person = sides.staff("pat", role, sides.oak)
    assert not waiting_for(person)
    with pytest.raises(Http404):
        asking_for(person, asking.pk)


def test_with_the_yes_the_school_sees_what_was_chosen(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    join(case, sides.oak, lead, ["fact:f2", "paper:a1"], rosa)
    assert seen(lead, case) == ["f1", "f2"]
    told = facts_of(case_for(lead, case.pk))
    assert [one.id for one in told.attachments] == ["a1"]
    assert {one.note for one in told.facts} == {""}
    assert seen(rosa, case) == ["f1", "f2", "f3"]
    assert case_for(lead, case.pk, to=Action.OFFER).reader.role == "iep-manager"
    case.refresh_from_db()
    assert (case.school, case.child_school, case.child_district) == (sides.oak, "Oak School", "Hill District")


def test_a_paper_that_was_not_chosen_stays_although_its_fact_is_shown(
    case: Case, rosa: Person, lead: Person, sides: Sides
) -> None:
    join(case, sides.oak, lead, ["fact:f2"], rosa)
    opened = case_for(lead, case.pk)
    assert facts_of(opened).attachments == ()
    assert facts_of(opened).facts[0].attachments == ()
    with pytest.raises(Http404):
        paper_of(opened, "a1")


def test_a_paper_can_be_shown_by_itself(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    join(case, sides.oak, lead, ["paper:a2"], rosa)
    assert [one.id for one in facts_of(case_for(lead, case.pk)).attachments] == ["a2"]


def test_letters_and_plans_are_chosen_one_by_one(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    keep_letters(case, [a_letter("l1"), a_letter("l2"), a_letter("l3")], {"l1.pdf": PDF, "l2.pdf": PDF, "l3.pdf": PDF})
    for letter in Letter.objects.exclude(letter_id="l3"):
        Sending.objects.create(letter=letter, how="email", on=DAY)
    begin(case, by=rosa, form_id="iep")
    begin(case, by=rosa, form_id="iep")
    assert [one.name for one in lines_of(case_for(rosa, case.pk))] == [
        "fact:f3", "fact:f2", "paper:a1", "paper:a2", "letter:l1", "letter:l2", "plan:p1", "plan:p2",
    ]  # fmt: skip
    join(case, sides.oak, lead, ["letter:l2", "plan:p1"], rosa)
    opened = case_for(lead, case.pk)
    assert [one.letter_id for one in letters_of(opened)] == ["l2"]
    assert [one.plan_id for one in plans_of(opened)] == ["p1"]


def test_what_comes_after_the_question_is_not_shown_by_it(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    asked = ask(case, by=rosa, school=sides.oak, chosen=["fact:f2"])
    verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": "math", "by": "parent"})
    verbs.correct_fact(case, by=rosa, fact_id="f2", on=date(2025, 9, 5), data=REQUEST)
    asking, person = asking_for(lead, asked.pk)
    accept(asking, by=person)
    assert seen(lead, case) == []
    change(case_for(rosa, case.pk), by=rosa, shown={"fact:f5"}, listed={"fact:f5"})
    assert seen(lead, case) == ["f1", "f2", "f5"]


def test_the_yes_is_said_once(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    asked = ask(case, by=rosa, school=sides.oak, chosen=[])
    asking, person = asking_for(lead, asked.pk)
    accept(asking, by=person)
    with pytest.raises(Http404):
        accept(asking, by=person)
    with pytest.raises(Http404):
        asking_for(lead, asked.pk)


def test_a_no_is_read_and_another_school_can_be_asked(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    asked = ask(case, by=rosa, school=sides.oak, chosen=[])
    with pytest.raises(Refused):
        ask(case, by=rosa, school=sides.pine, chosen=[])
    asking, person = asking_for(lead, asked.pk)
    decline(asking, by=person, words="Not our child.")
    assert Asking.objects.get().words == "Not our child."
    ask(case, by=rosa, school=sides.pine, chosen=[])


def test_a_question_is_taken_back(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    ask(case, by=rosa, school=sides.oak, chosen=[])
    take_back(case, by=rosa)
    assert open_asking(case) is None
    assert waiting_for(lead) == []


def test_somebody_else_can_be_named_to_lead(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    teacher = sides.staff("lee", "special-teacher", sides.oak)
    asked = ask(case, by=rosa, school=sides.oak, chosen=[])
    asking, person = asking_for(lead, asked.pk)
    with pytest.raises(Refused):
        accept(asking, by=person, manager=User.objects.get(pk=rosa.id))
    accept(asking, by=person, manager=User.objects.get(pk=teacher.id))
    assert case_for(teacher, case.pk).reader.role == "iep-manager"
    with pytest.raises(Http404):
        case_for(lead, case.pk)


def test_everything_is_in_the_trail(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    join(case, sides.oak, lead, ["fact:f2"], rosa)
    change(case_for(rosa, case.pk), by=rosa, shown={"fact:f3"}, listed={"fact:f2", "fact:f3"})
    rows = Access.objects.filter(case_id=case.pk).exclude(action="read").order_by("number")
    assert [(row.action, row.about, row.role) for row in rows][-5:] == [
        ("ask-school", f"school:{sides.oak.pk}", "parent"),
        ("take-on-case", f"school:{sides.oak.pk}", "iep-manager"),
        ("show-chosen", "", "iep-manager"),
        ("show", "fact:f3", "parent"),
        ("stop-showing", "fact:f2", "parent"),
    ]
    assert seen(lead, case) == ["f3"]


def test_only_the_family_says_what_it_shows(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    joined = join(case, sides.oak, lead, ["fact:f2"], rosa)
    with pytest.raises(PermissionDenied):
        change(joined, by=joined.reader, shown=set(), listed={"fact:f2"})


def test_what_the_page_did_not_list_stays_as_it_is(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    join(case, sides.oak, lead, ["fact:f2", "fact:f3"], rosa)
    assert change(case_for(rosa, case.pk), by=rosa, shown=set(), listed={"fact:f3"}) == (0, 1)
    assert seen(lead, case) == ["f1", "f2"]


def test_an_account_of_a_fact_that_is_not_shown_any_more_still_reads(
    case: Case, rosa: Person, lead: Person, sides: Sides
) -> None:
    joined = join(case, sides.oak, lead, ["fact:f2"], rosa)
    account = verbs.add_account(joined, by=joined.reader, fact_id="f2", said_by="school", on=date(2025, 9, 9))
    change(case_for(rosa, case.pk), by=rosa, shown=set(), listed={"fact:f2"})
    (told,) = facts_of(case_for(lead, case.pk)).facts
    assert (told.id, told.account_of) == (account.fact_id, None)
    mine = facts_of(case_for(rosa, case.pk)).facts
    assert next(one for one in mine if one.id == account.fact_id).account_of == "f2"


def test_each_side_tells_its_own_account_by_itself(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    joined = join(case, sides.oak, lead, [], rosa)
    told = verbs.record_fact(
        joined, by=joined.reader, kind="meeting-held", on=DAY, data={"date": DAY, "kind": "iep-other"}
    )
    mine = verbs.record_fact(joined, by=rosa, kind="concern-raised", on=DAY, data={"about": "x", "by": "parent"})
    assert (told.said_by, told.side, mine.said_by, mine.side) == ("school", "school", "parent", "family")
    assert seen(lead, case) == ["f4", "f5"]


def test_a_school_begins_a_case(sides: Sides, lead: Person) -> None:
    case = begin_for_school(lead, school=sides.oak, child=Child(name="Ben", state="TX"))
    assert (case.child_school, case.child_district, case.school) == ("Oak School", "Hill District", sides.oak)
    assert case_for(lead, case.pk, to=Action.OFFER).reader.role == "iep-manager"
    assert list(Member.objects.values_list("person", "role", "decides")) == [(lead.id, "iep-manager", False)]
    assert Access.objects.filter(case_id=case.pk, action="start-case").get().role == "iep-manager"


def test_who_does_not_lead_there_begins_none(sides: Sides, lead: Person, rosa: Person) -> None:
    for person in (rosa, sides.staff("lee", "special-teacher", sides.oak)):
        with pytest.raises(PermissionDenied):
            begin_for_school(person, school=sides.oak, child=Child(name="Ben"))
    with pytest.raises(PermissionDenied):
        begin_for_school(lead, school=sides.pine, child=Child(name="Ben"))
    with pytest.raises(Refused):
        begin_for_school(lead, school=sides.oak, child=Child(name="Ben", state="ZZ"))
    assert not Case.objects.exists()


def test_a_post_that_ended_answers_for_nothing(case: Case, rosa: Person, lead: Person, sides: Sides) -> None:
    ask(case, by=rosa, school=sides.oak, chosen=[])
    user = User.objects.get(pk=lead.id)
    user.posts.update(until=date(2021, 1, 1))
    assert waiting_for(person_of_user(user)) == []
