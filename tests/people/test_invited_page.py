"""The link of an invitation in a browser: begin an account, or sign in and accept."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from gameplan.people.invitations import invite_to_post, withdraw
from gameplan.people.models import Invitation, Post, User
from tests.shared import PASSWORD, account, school, signed_in

pytestmark = pytest.mark.usefixtures("shared")
ABOUT = {"name": "Tess Reed", "language": "es", "password": PASSWORD}


@pytest.fixture
def invitation() -> tuple[Invitation, str]:
    """An invitation to a post, and the path of its link."""
    made, token = invite_to_post("tess@school.example", organisation=school(), role="iep-manager")
    return made, f"/invited/{token}/"


def test_a_new_person_begins_an_account(client: Client, invitation: tuple[Invitation, str]) -> None:
    _made, path = invitation
    page = client.get(path).content.decode()
    assert "IEP manager" in page
    assert "Lakeside school" in page
    short = client.post(path, ABOUT | {"password": "short"})
    assert short.status_code == 422
    assert not User.objects.exists()
    done = client.post(path, ABOUT)
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    user = User.objects.get()
    assert (user.name, user.language, user.email) == ("Tess Reed", "es", "tess@school.example")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert Post.objects.get(user=user).role == "iep-manager"
    assert client.get("/").headers["Location"] == "/account/second-step/"
    assert client.get("/account/second-step/app/").status_code == 200
    assert Client().get(path).status_code == 404


def test_who_has_an_account_signs_in_first(client: Client, invitation: tuple[Invitation, str]) -> None:
    _made, path = invitation
    user = account("tess@school.example")
    page = client.get(path).content.decode()
    assert "/sign-in/?next=%2Finvited%2F" in page
    assert client.post(path, ABOUT).status_code == 200
    assert not Post.objects.exists()
    browser = signed_in(user)
    assert browser.get(path).status_code == 200
    assert not Post.objects.exists()
    assert browser.post(path).status_code == 302
    assert Post.objects.filter(user=user).exists()


def test_another_account_is_told_what_to_do(invitation: tuple[Invitation, str]) -> None:
    _made, path = invitation
    browser = signed_in(account("mallory@example.org"))
    assert browser.get(path).status_code == 403
    assert browser.post(path).status_code == 403
    assert not Post.objects.exists()


def test_a_link_that_does_not_work_says_what_to_do(client: Client, invitation: tuple[Invitation, str]) -> None:
    made, path = invitation
    withdraw(made)
    for place in (path, "/invited/guess/"):
        answer = client.get(place)
        assert answer.status_code == 404
        assert "ask the person who invited you" in answer.content.decode()
