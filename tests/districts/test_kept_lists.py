"""The pages of a caseload are kept, and made anew as soon as anything on them could be another one.

Every test looks at a page, changes something through its verb, and looks again. `Desk.look` holds each answer against
the page as it is made from nothing, so that an old page cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import constants
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.assigning import assign, unassign
from gameplan.cases.doors import case_for
from gameplan.cases.inviting import end_membership
from gameplan.cases.joining import ask, asking_for, begin_for_school, take_on
from gameplan.cases.merging import family_agrees, propose
from gameplan.cases.models import Case, Member
from gameplan.cases.moving import let_go
from gameplan.cases.people import Person
from gameplan.cases.showing import set_shown
from gameplan.core.facts import Child
from gameplan.districts.assignments import move_caseload, substitute
from gameplan.districts.places import add_place, close_place
from gameplan.people.accounts import change_account
from gameplan.people.models import Organisation, Post, User
from gameplan.people.roles import Action
from gameplan.people.verbs import end_post, give_post
from gameplan.together.joining import accept
from gameplan.together.merging import put_together
from gameplan.together.moving import move_away
from gameplan.watch import refreshing
from gameplan.watch.doors import work_out_anew
from gameplan.watch.models import Looked
from gameplan.watch.refreshing import refresh
from gameplan.watch.stale import mark_what_nobody_marked
from gameplan.web import kept_pages
from tests.districts.conftest import TODAY, Hire, Join, Window, as_person

LIST, MONTH, MEETINGS = (reverse(f"web:{name}") for name in ("caseload", "caseload-month", "caseload-meetings"))
AGAIN = "This is being worked out again."
SEPTEMBER = date(2026, 9, 9)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Desk:
    """Somebody's browser."""

    client: Client

    def look(self, page: str = LIST, status: int = 200) -> str:
        """What the page says: kept or not, it is the page that is made from nothing now."""
        kept = self.client.get(page)
        with patch.object(kept_pages, "kept_page", lambda _place, _key, make: make().encode()):
            fresh = self.client.get(page)
        assert (kept.status_code, fresh.status_code) == (status, status)
        assert _said(kept.content) == _said(fresh.content)
        return _said(kept.content)


def _said(page: bytes) -> str:
    return TOKEN.sub("", page.decode())


@pytest.fixture(autouse=True)
def fresh() -> None:
    kept_pages.forget_pages()


Sit = Callable[[User], Desk]


@pytest.fixture
def sit(window: Window) -> Sit:
    return lambda user: Desk(window(user))


@pytest.fixture
def dora(sit: Sit, director: User) -> Desk:
    """The director's desk."""
    return sit(director)


@pytest.fixture
def born(ana: Case, mother: User) -> Case:
    """Ana's case, with what is needed to work something out, worked out for today."""
    child = Child(name="Ana Lopez", born=date(2016, 5, 2), state="TX", grade="3")
    verbs.change_child(ana, by=family(mother), child=child)
    request = {"received": SEPTEMBER, "type": "initial", "by": "parent", "written": True}
    verbs.record_fact(ana, by=family(mother), kind="evaluation-requested", on=SEPTEMBER, data=request)
    refresh([ana.pk], TODAY)
    return ana


def family(user: User) -> Person:
    return Person(str(user.pk), "parent")


def opened(user: User, case: Case, to: Action = Action.PEOPLE) -> Case:
    return case_for(as_person(user), case.pk, to=to)


def test_a_kept_page_asks_for_nothing_but_who_looks_and_whether_it_holds(dora: Desk, born: Case) -> None:
    for page in (LIST, MONTH, MEETINGS, f"{LIST}?status=late", f"{LIST}?print=1"):
        first = dora.client.get(page)
        with CaptureQueriesContext(connection) as asked:
            again = dora.client.get(page)
        tables = [found[1] for query in asked if (found := re.search(r'FROM "(\w+)"', query["sql"]))]
        assert tables == ["django_session", "people_user", "people_post", "mfa_authenticator", "people_stamp"]
        assert _said(again.content) == _said(first.content)


def test_a_fact_is_told_and_its_duty_is_worked_out(dora: Desk, born: Case, mother: User) -> None:
    before, month = dora.look(), dora.look(f"{MONTH}?month=2026-09")
    assert AGAIN not in before
    given = {"for": "initial-evaluation", "received": TODAY}
    verbs.record_fact(born, by=family(mother), kind="consent-given", on=TODAY, data=given)
    marked = dora.look()
    assert AGAIN in marked
    refresh([born.pk], TODAY)
    worked = dora.look()
    assert AGAIN not in worked
    assert worked != before
    assert dora.look(f"{MONTH}?month=2026-09") != month


def test_a_change_that_is_taken_back_changes_no_page(dora: Desk, born: Case, mother: User) -> None:
    before = dora.look()
    with transaction.atomic():
        verbs.change_child(born, by=family(mother), child=Child(name="Nobody", state="TX"))
        transaction.set_rollback(True)
    assert dora.look() == before


def test_a_name_is_corrected(dora: Desk, born: Case, mother: User) -> None:
    assert "Ana Lopez" in dora.look()
    assert "Núria" not in dora.look(f"{LIST}?name=nuria")
    verbs.change_child(born, by=family(mother), child=Child(name="Núria Soler", state="TX"))
    assert "Ana Lopez" not in dora.look()
    assert "Núria Soler" in dora.look(f"{LIST}?name=nuria")


def test_a_day_passes(dora: Desk, born: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    dora.look()
    Looked.objects.filter(case=born).update(changes_on=TODAY + timedelta(days=1))
    monkeypatch.setenv("GAMEPLAN_TODAY", (TODAY + timedelta(days=1)).isoformat())
    assert AGAIN in dora.look()
    assert "November 28, 2026, today" in " ".join(dora.look(MONTH).split())


def test_a_child_is_given_stood_in_for_and_taken_away(
    sit: Sit, dora: Desk, born: Case, director: User, manager: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya, sam = sit(manager), sit(second)
    assert "No IEP manager yet" in dora.look()
    assert "Ana Lopez" not in maya.look()
    case = opened(director, born)
    assign(case, manager, "iep-manager", by=case.reader)
    assert "IEP manager: Maya" in dora.look()
    assert "Ana Lopez" in maya.look()
    assert "Ana Lopez" not in sam.look()
    substitute(case, second, str(manager.pk), until=date(2026, 12, 4), by=case.reader)
    assert "IEP manager: Maya, Sam" in dora.look()
    assert "Ana Lopez" in sam.look()
    unassign(case, str(manager.pk), by=case.reader)
    assert "IEP manager: Sam" in dora.look()
    assert "Ana Lopez" not in maya.look()
    monkeypatch.setenv("GAMEPLAN_TODAY", "2026-12-04")
    assert "Ana Lopez" in sam.look()
    monkeypatch.setenv("GAMEPLAN_TODAY", "2026-12-05")
    assert "No IEP manager yet" in dora.look()
    for page in (LIST, MONTH, MEETINGS):
        assert "Ana Lopez" not in sam.look(page)


def test_a_caseload_is_moved_and_a_place_in_the_case_ends(
    sit: Sit, dora: Desk, born: Case, director: User, manager: User, second: User
) -> None:
    case = opened(director, born)
    assign(case, manager, "iep-manager", by=case.reader)
    maya, sam = sit(manager), sit(second)
    assert "Ana Lopez" in maya.look()
    assert "Ana Lopez" not in sam.look()
    move_caseload(as_person(director), manager, second)
    assert "Ana Lopez" not in maya.look()
    assert "Ana Lopez" in sam.look()
    end_membership(opened(director, born), by=case.reader, member=Member.objects.get(case=born, person=str(second.pk)))
    assert "Ana Lopez" not in sam.look()
    assert "No IEP manager yet" in dora.look()


def test_a_post_ends_and_another_begins(
    sit: Sit, born: Case, director: User, district: Organisation, elm: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    dora = sit(director)
    assert "Ana Lopez" in dora.look()
    end_post(Post.objects.get(user=director), until=TODAY)
    assert "Ana Lopez" in dora.look()
    monkeypatch.setenv("GAMEPLAN_TODAY", (TODAY + timedelta(days=1)).isoformat())
    assert "Ana Lopez" not in dora.look(status=404)
    give_post(director, elm, "iep-manager", since=TODAY)
    assert "Ana Lopez" not in dora.look()
    give_post(director, district, "district-director", since=TODAY)
    assert "Ana Lopez" in dora.look()


def test_people_and_places_are_added_closed_and_called_otherwise(
    dora: Desk, born: Case, director: User, district: Organisation, manager: User, hire: Hire, oak: Organisation
) -> None:
    case = opened(director, born)
    assign(case, manager, "iep-manager", by=case.reader)
    assert "Maya" in dora.look()
    change_account(manager, name="Maya Lind", language="en")
    assert "Maya Lind" in dora.look()
    manager.name = ""
    manager.save()
    manager.email = "lind@oak.example"
    manager.save(update_fields=["email"])
    assert "lind@oak.example" in dora.look()
    assert "Nina" not in dora.look()
    hire("Nina", "iep-manager", oak)
    assert "Nina" in dora.look()
    add_place("school", "Fir School", parent=district)
    assert "Fir School" in dora.look()
    close_place(district, on=TODAY)
    dora.look(status=404)


def test_a_case_moves_to_another_school_and_leaves(
    sit: Sit, dora: Desk, born: Case, director: User, manager: User, mother: User, elm: Organisation, away: User
) -> None:
    case = opened(director, born)
    assign(case, manager, "iep-manager", by=case.reader)
    wes, maya = sit(away), sit(manager)
    assert "Oak School" in dora.look()
    assert ("Ana Lopez" in wes.look(), "Ana Lopez" in maya.look()) == (False, True)
    asking = ask(case_for(family(mother), born.pk), by=family(mother), school=elm, chosen=None)
    there, by = asking_for(as_person(director), asking.pk)
    accept(there, by=by, manager=away)
    assert "Ana Lopez" not in maya.look()
    wes.look()
    refresh([born.pk], TODAY)
    assert "Elm School<br>IEP manager: Wes" in dora.look()
    assert ("Ana Lopez" in wes.look(), "Ana Lopez" in maya.look()) == (True, False)
    move_away(opened(director, born), by=by, on=TODAY)
    assert "Ana Lopez" not in wes.look()
    dora.look()
    refresh([born.pk], TODAY)
    for page in (LIST, MONTH, MEETINGS):
        assert "Ana Lopez" not in dora.look(page)


def test_a_case_moves_on_before_anybody_has_worked_it_out_again(
    sit: Sit, born: Case, director: User, mother: User, oak: Organisation, elm: Organisation, away: User
) -> None:
    wes, mine = sit(away), case_for(family(mother), born.pk)
    plan_meeting(born, family(mother), date(2026, 12, 10))
    asking = ask(mine, by=family(mother), school=elm, chosen=None)
    there, by = asking_for(as_person(director), asking.pk)
    accept(there, by=by, manager=away)
    assert "Ana Lopez" in wes.look(MEETINGS)
    asking = ask(case_for(family(mother), born.pk), by=family(mother), school=oak, chosen=None)
    there, by = asking_for(as_person(director), asking.pk)
    assert "Ana Lopez" in wes.look(MEETINGS)
    take_on(there, by=by)
    assert "Ana Lopez" not in wes.look(MEETINGS)
    asking = ask(case_for(family(mother), born.pk), by=family(mother), school=elm, chosen=None)
    there, by = asking_for(as_person(director), asking.pk)
    accept(there, by=by, manager=away)
    assert "Ana Lopez" in wes.look(MEETINGS)
    case = opened(director, born)
    assert "Ana Lopez" in wes.look(MEETINGS)
    let_go(case, by=by)
    assert "Ana Lopez" not in wes.look(MEETINGS)


def test_a_child_is_named_where_the_list_is_not_worked_out_yet(
    dora: Desk, born: Case, mother: User, elm: Organisation, texas: Organisation, sit: Sit, hire: Hire
) -> None:
    """The list still has the child at the old school, in another district than the new one."""
    other = add_place("school", "Far School", parent=add_place("district", "Mesa", parent=texas))
    far = hire("Fay", "district-director", other.parent)
    asking = ask(case_for(family(mother), born.pk), by=family(mother), school=other, chosen=None)
    there, by = asking_for(as_person(far), asking.pk)
    accept(there, by=by)
    dora.look()
    verbs.change_child(born, by=family(mother), child=Child(name="Núria Soler", state="TX"))
    dora.look()
    refresh([born.pk], TODAY)
    assert "Soler" not in dora.look()
    assert "Soler" in sit(far).look()


def test_two_cases_become_one(dora: Desk, join: Join, director: User, mother: User, oak: Organisation) -> None:
    mine = join("Ana", None)
    theirs = begin_for_school(as_person(director), school=oak, child=Child(name="Anna L", state="TX"))
    theirs.members.create(person=str(mother.pk), role="parent")
    refresh([mine.pk, theirs.pk], TODAY)
    plan_meeting(mine, family(mother), date(2026, 12, 10))
    dora.look()
    assert "Anna L" not in dora.look(MEETINGS)
    agreed = family_agrees(
        propose(mine, theirs, by=family(mother)), by=family(mother), pairs=[], chosen=["fact:f1"]
    )  # fmt: skip
    put_together(agreed, by=opened(director, theirs).reader, seen=agreed.agreed_on)
    assert AGAIN in dora.look()
    assert "Anna L" in dora.look(MEETINGS)
    refresh([mine.pk, theirs.pk], TODAY)
    assert AGAIN not in dora.look()


def test_a_case_is_begun_and_deleted(dora: Desk, born: Case, director: User, oak: Organisation) -> None:
    assert "Ben" not in dora.look()
    ben = begin_for_school(as_person(director), school=oak, child=Child(name="Ben", state="TX"))
    refresh([ben.pk], TODAY)
    assert "Ben" in dora.look()
    Case.objects.filter(pk=born.pk).delete()
    assert "Ana Lopez" not in dora.look()


def test_meetings_are_planned_corrected_shown_and_kept_back(dora: Desk, born: Case, mother: User) -> None:
    assert "Ana Lopez" not in dora.look(MEETINGS)
    fact = plan_meeting(born, family(mother), date(2026, 12, 10))
    assert "December 10, 2026" in dora.look(MEETINGS)
    mine = case_for(family(mother), born.pk)
    verbs.correct_fact(mine, by=family(mother), fact_id=fact, on=date(2026, 12, 9), planned=True)
    assert "December 9, 2026" in dora.look(MEETINGS)
    names = [f"fact:{one.fact_id}" for one in born.entries.filter(kind="meeting-held")]
    set_shown(mine, by=family(mother), names=names, shown=False)
    assert "Ana Lopez" not in dora.look(MEETINGS)
    set_shown(mine, by=family(mother), names=names, shown=True)
    assert "Ana Lopez" in dora.look(MEETINGS)


def plan_meeting(case: Case, by: Person, on: date) -> str:
    data = {"date": on, "kind": "annual-review", "present": ["parent"], "parent_took_part": True}
    told = verbs.record_fact(case, by=by, kind="meeting-held", on=on, data=data, planned=True, said_by="school")
    return told.fact_id


def test_a_calendar_a_law_and_a_fault_have_a_case_worked_out_again(
    dora: Desk, born: Case, district: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert AGAIN not in dora.look()
    work_out_anew([district.pk])
    assert AGAIN in dora.look()
    refresh([born.pk], TODAY)
    assert AGAIN not in dora.look()
    Looked.objects.filter(case=born).update(law="another")
    mark_what_nobody_marked(TODAY)
    assert AGAIN in dora.look()
    Looked.objects.filter(case=born).update(told="another")
    with monkeypatch.context() as broken:
        broken.setattr(refreshing, "work_out", None)
        refresh([born.pk], TODAY)
    assert AGAIN not in dora.look()


def test_a_command_without_accounts_beside_the_server_is_noticed(
    dora: Desk, born: Case, mother: User, settings: Settings
) -> None:
    dora.look()
    settings.GAMEPLAN_SHARED = False
    verbs.change_child(born, by=family(mother), child=Child(name="Núria Soler", state="TX"))
    settings.GAMEPLAN_SHARED = True
    assert "Núria Soler" in dora.look()


def test_a_page_is_kept_for_its_language_look_filters_and_reader(
    sit: Sit, dora: Desk, born: Case, monitor: User, installer: User
) -> None:
    assert "The children you work for" in dora.look()
    dora.client.cookies["django_language"] = "es"
    assert "The children you work for" not in dora.look()
    del dora.client.cookies["django_language"]
    dora.client.cookies["look"] = "dark"
    assert 'data-look="dark"' in dora.look()
    del dora.client.cookies["look"]
    assert "data-look" not in dora.look()
    assert "Ana Lopez" not in dora.look(f"{LIST}?name=ben")
    assert 'value="ben"' in dora.look(f"{LIST}?name=ben")
    assert dora.look(f"{MONTH}?month=2026-10") != dora.look(f"{MONTH}?month=2026-12")
    assert "As a table" not in sit(monitor).look()
    assert "Ana Lopez" not in sit(installer).look()


def test_a_message_is_shown_once_and_every_reader_has_a_token_of_their_own(
    sit: Sit, dora: Desk, born: Case, director: User, manager: User, second: User
) -> None:
    case = opened(director, born)
    assign(case, manager, "iep-manager", by=case.reader)
    dora.look()
    sent = dora.client.post(
        reverse("web:move-caseload"), {"leaves": str(manager.pk), "takes": str(second.pk)}, follow=True
    )
    said = "1 child is handed over"
    assert said in sent.content.decode()
    assert sent.redirect_chain[-1][0].startswith(LIST)
    assert constants.SUCCESS in {one.level for one in sent.context["messages"]}
    assert said not in dora.look()
    other = sit(director)
    tokens = [set(TOKEN.findall(desk.client.get(LIST).content.decode())) for desk in (dora, other, dora)]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_who_loses_the_second_factor_or_the_account_gets_no_kept_page(sit: Sit, born: Case, director: User) -> None:
    dora = sit(director)
    assert "Ana Lopez" in dora.look()
    Authenticator.objects.filter(user=director).delete()
    assert dora.client.get(LIST).status_code == 302
    director.is_active = False
    director.save()
    assert dora.client.get(LIST).status_code == 302


def test_a_director_of_many_schools_asks_for_a_few_stamps(dora: Desk, born: Case, district: Organisation) -> None:
    for number in range(40):
        add_place("school", f"School {number}", parent=district)
    dora.client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        dora.client.get(LIST)
    (stamp,) = [query["sql"] for query in asked if "people_stamp" in query["sql"]]
    assert len(re.findall(r"[0-9a-f]{32}|[0-9a-f-]{36}", stamp)) == 2
