"""Who comes into a case and who leaves it: each side its own people, each step in the trail."""

from __future__ import annotations

from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import Settings

from gameplan.cases import inviting
from gameplan.cases.doors import case_for
from gameplan.cases.inviting import accept_invitation, end_membership, invite_to_case, withdraw_invitation
from gameplan.cases.models import Access, Case, Member
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from gameplan.people.invitations import invitation_by, open_invitations
from gameplan.people.models import Organisation, Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from tests.shared import account, run_shared, school, signed_in, staff


@pytest.fixture(autouse=True)
def shared(settings: Settings, tmp_path: Path, db: None) -> None:
    """People have accounts in these tests."""
    run_shared(settings, tmp_path)


@pytest.fixture
def place() -> Organisation:
    return school()


@pytest.fixture
def ana(place: Organisation) -> User:
    """A parent whose child's case a school holds, too."""
    user = account("ana@example.org")
    case = start_case(Person(str(user.pk), "parent"), child=Child(name="Bo", state="TX"))
    Case.objects.filter(pk=case.pk).update(school=place)
    return user


@pytest.fixture
def tess(ana: User, place: Organisation) -> User:
    """Who leads the case for the school."""
    user = staff("tess@school.example", place)
    Member.objects.create(case=Case.objects.get(), person=str(user.pk), role="iep-manager")
    return user


def opened(user: User, to: Action = Action.PEOPLE) -> Case:
    return case_for(person_of_user(user), Case.objects.get().pk, to=to)


def invited(user: User, email: str, role: str, **told: object) -> str:
    case = opened(user)
    return invite_to_case(case, by=case.reader, email=email, role=role, **told)[1]  # type: ignore[arg-type]


def test_a_family_invites_an_advocate_who_then_sees_the_case(ana: User) -> None:
    token = invited(ana, "kim@example.org", "advocate")
    kim = account("kim@example.org")
    with pytest.raises(Http404):
        opened(kim, Action.READ)
    accept_invitation(token, kim)
    assert opened(kim, Action.READ).reader.role == "advocate"
    with pytest.raises(PermissionDenied):
        opened(kim)


@pytest.mark.parametrize(("who", "role"), [
    ("ana", "iep-manager"), ("ana", "surrogate"), ("ana", "district-director"), ("tess", "advocate"),
    ("tess", "helper"), ("tess", "installer"), ("tess", "state-monitor"), ("ana", "no-role"),
])  # fmt: skip
def test_nobody_invites_for_the_other_side(ana: User, tess: User, who: str, role: str) -> None:
    with pytest.raises(Refused):
        invited({"ana": ana, "tess": tess}[who], "kim@example.org", role)
    assert not open_invitations()


def test_who_may_not_lead_invites_nobody(ana: User, tess: User) -> None:
    kim = account("kim@example.org")
    accept_invitation(invited(ana, "kim@example.org", "advocate"), kim)
    case = opened(kim, Action.READ)
    with pytest.raises(PermissionDenied):
        invite_to_case(case, by=case.reader, email="x@example.org", role="helper")


def test_a_school_invites_a_parent_with_what_a_court_order_says(tess: User) -> None:
    told = {"decides": False, "limits": "No contact with the child."}
    token = invited(tess, "dad@example.org", "parent", **told)
    dad = account("dad@example.org")
    accept_invitation(token, dad)
    member = Member.objects.get(person=str(dad.pk))
    assert (member.role, member.decides, member.limits) == ("parent", False, "No contact with the child.")
    assert member.invited_by == str(tess.pk)
    with pytest.raises(PermissionDenied):
        opened(dad, Action.ANSWER)


def test_a_family_cannot_write_limits(ana: User) -> None:
    dad = account("dad@example.org")
    accept_invitation(invited(ana, "dad@example.org", "parent", decides=False, limits="none"), dad)
    member = Member.objects.get(person=str(dad.pk))
    assert (member.decides, member.limits) == (True, "")


def test_a_new_teacher_gets_a_post_at_the_school_and_a_known_one_keeps_theirs(tess: User, place: Organisation) -> None:
    new, known = account("new@school.example"), staff("known@school.example", place, "general-teacher")
    for user in (new, known):
        accept_invitation(invited(tess, user.email, "special-teacher"), user)
        assert opened(user, Action.PLAN).reader.role == "special-teacher"
    assert Post.objects.filter(user=new).get().organisation == place
    assert Post.objects.filter(user=known).get().role == "general-teacher"


def test_an_invitation_dies_with_the_right_to_invite(ana: User) -> None:
    token = invited(ana, "kim@example.org", "advocate")
    Member.objects.filter(person=str(ana.pk)).update(decides=False)
    kim = account("kim@example.org")
    with pytest.raises(Refused, match="cannot do so any more"):
        accept_invitation(token, kim)
    assert not Member.objects.filter(person=str(kim.pk)).exists()
    assert invitation_by(token), "what was refused is as it was before"


def test_nobody_changes_their_own_role_by_a_second_invitation(ana: User, tess: User) -> None:
    token = invited(tess, ana.email, "surrogate")
    with pytest.raises(Refused, match="already"):
        accept_invitation(token, ana)
    assert Member.objects.get(person=str(ana.pk)).role == "parent"


def test_ending_shuts_the_door_at_once_and_the_row_stays(ana: User) -> None:
    kim = account("kim@example.org")
    accept_invitation(invited(ana, kim.email, "advocate"), kim)
    case = opened(ana)
    member = Member.objects.get(person=str(kim.pk))
    end_membership(case, by=case.reader, member=member)
    with pytest.raises(Http404):
        opened(kim, Action.READ)
    assert Member.objects.filter(person=str(kim.pk), role="advocate").exists()
    accept_invitation(invited(ana, kim.email, "helper"), kim)
    assert opened(kim, Action.READ).reader.role == "helper"


def test_nobody_ends_a_parent_or_somebody_of_the_other_side(ana: User, tess: User) -> None:
    dad = account("dad@example.org")
    accept_invitation(invited(tess, dad.email, "parent"), dad)
    seats = {seat.member.person: seat.member for seat in inviting.seats_of(opened(ana))}
    for who, whom in ((ana, dad), (ana, tess), (tess, ana), (tess, dad)):
        case = opened(who)
        with pytest.raises(PermissionDenied):
            end_membership(case, by=case.reader, member=seats[str(whom.pk)])


def test_each_step_stands_in_the_trail(ana: User) -> None:
    token = invited(ana, "kim@example.org", "advocate")
    kim = account("kim@example.org")
    accept_invitation(token, kim)
    case = opened(ana)
    end_membership(case, by=case.reader, member=Member.objects.get(person=str(kim.pk)))
    made, _token = invite_to_case(case, by=case.reader, email="x@example.org", role="helper")
    withdraw_invitation(case, by=case.reader, invitation=made)
    actions = list(Access.objects.exclude(action="read").values_list("action", "person"))
    assert actions == [
        ("start-case", str(ana.pk)), ("invite", str(ana.pk)), ("join", str(kim.pk)), ("end-member", str(ana.pk)),
        ("invite", str(ana.pk)), ("withdraw-invitation", str(ana.pk)),
    ]  # fmt: skip


def test_the_page_shows_who_is_in_and_sends_invitations(ana: User, tess: User) -> None:
    browser = signed_in(ana)
    place = f"/case/{Case.objects.get().pk}/people/"
    page = browser.get(place).content.decode()
    assert "Tess" in page
    assert "court order" not in page
    bad = browser.post(place, {"email": "kim@example.org", "role": "iep-manager", "language": "en"})
    assert bad.status_code == 422
    browser.post(place, {"email": "kim@example.org", "role": "advocate", "language": "es"})
    assert mail.outbox[0].to == ["kim@example.org"]
    text = str(mail.outbox[0].body)
    assert "Bo" not in text.replace(text[text.index("http") :].split()[0], "")
    assert "kim@example.org" in browser.get(place).content.decode()
    made = open_invitations().get()
    browser.post(f"{place}invitation/{made.pk}/withdraw/")
    assert not open_invitations()


def test_nobody_is_invited_by_a_mail_that_does_not_go_out(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_told: object) -> None:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("gameplan.web.views.people.send_invitation", refuse)
    told = {"email": "kim@example.org", "role": "advocate", "language": "en"}
    answer = signed_in(ana).post(f"/case/{Case.objects.get().pk}/people/", told)
    assert (answer.status_code, "could not be sent" in answer.content.decode()) == (422, True)
    assert not open_invitations()


def test_limits_are_shown_to_those_who_lead_and_to_nobody_else(ana: User, tess: User) -> None:
    Member.objects.filter(person=str(ana.pk)).update(limits="Weekends only.")
    kim = account("kim@example.org")
    accept_invitation(invited(ana, kim.email, "advocate"), kim)
    place = f"/case/{Case.objects.get().pk}/people/"
    shown = {user.email: "Weekends only." in signed_in(user).get(place).content.decode() for user in (tess, kim)}
    assert shown == {"tess@school.example": True, "kim@example.org": False}


def test_a_stranger_finds_nothing(ana: User) -> None:
    browser = signed_in(account("mallory@example.org"))
    place = f"/case/{Case.objects.get().pk}/people/"
    number = Member.objects.get().pk
    for address in (place, f"{place}{number}/end/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code == 404
