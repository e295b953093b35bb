"""The second factor: for everybody who wants one, and before anything else for who works with children."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from pytest_django import Settings

from gameplan.cases.models import Member
from gameplan.cases.people import person_of_user
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from gameplan.people.models import User
from tests.shared import PASSWORD, account, code_for, code_of, school, signed_in, staff

pytestmark = pytest.mark.usefixtures("shared")
SET_UP = "/account/second-step/"


@pytest.fixture
def teacher() -> User:
    """Somebody with a post and without a second factor."""
    return staff("tess@school.example", school(), second_factor=False)


def test_staff_without_one_comes_only_to_the_pages_that_set_one_up(teacher: User) -> None:
    client = signed_in(teacher)
    for address in ("/", "/help/", "/account/", "/account/sessions/", "/account/email/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    assert client.post("/start/").status_code == 403
    assert client.get(SET_UP).status_code == 200
    assert client.get("/law/").status_code == 200
    assert client.get("/account/sign-out/").status_code == 200


def test_somebody_with_a_school_role_in_a_case_is_staff_too() -> None:
    user = account("tess@school.example")
    case = start_case(person_of_user(account("ana@example.org")), child=Child(name="Bo"))
    Member.objects.create(case=case, person=str(user.pk), role="provider")
    assert signed_in(user).get("/").headers["Location"] == SET_UP


def test_a_family_may_go_without() -> None:
    assert signed_in(account("ana@example.org")).get("/").status_code == 200


def test_setting_up_an_app_opens_the_way_and_gives_spare_codes(teacher: User) -> None:
    client = Client()
    client.post("/sign-in/", {"login": teacher.email, "password": PASSWORD})
    asked = client.get(f"{SET_UP}app/")
    assert asked.headers["Location"].startswith("/account/sure/")
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": f"{SET_UP}app/"})
    page = client.get(done.headers["Location"]).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    secret = re.findall(r'<code class="long-code">(\w+)</code>', page)[0]
    assert client.post(f"{SET_UP}app/", {"code": "000000"}).status_code == 200
    done = client.post(f"{SET_UP}app/", {"code": code_for(secret)})
    assert done.headers["Location"] == f"{SET_UP}codes/"
    codes = client.get(f"{SET_UP}codes/").content.decode()
    assert len(re.findall(r"<li><code>", codes)) == 10
    assert client.get("/").status_code == 200
    assert "<li><code>" not in client.get(f"{SET_UP}codes/").content.decode()
    kept = Authenticator.objects.get(user=teacher, type="totp")
    assert secret not in str(kept.data)


def test_signing_in_asks_for_the_code(client: Client) -> None:
    user = staff("tess@school.example", school())
    step = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert step.headers["Location"] == "/sign-in/second-step/"
    assert client.get("/").status_code == 302
    assert "is not right" in client.post("/sign-in/second-step/", {"code": "123"}).content.decode()
    assert client.post("/sign-in/second-step/", {"code": code_of(user)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_code_works_once() -> None:
    user = staff("tess@school.example", school())
    code, results = code_of(user), []
    for _ in range(2):
        client = Client()
        client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        results.append(client.post("/sign-in/second-step/", {"code": code}).status_code)
    assert results == [302, 200]


def test_wrong_codes_close_the_second_step_too() -> None:
    user = staff("tess@school.example", school())
    pages = []
    for _ in range(6):
        client = Client()
        client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        pages.append(client.post("/sign-in/second-step/", {"code": "000000"}).content.decode())
    assert "too many tries" in pages[-1]


def test_with_another_key_of_the_house_no_code_fits(settings: Settings) -> None:
    user = account("ana@example.org")
    TOTP.activate(user, generate_totp_secret())
    kept = Authenticator.objects.get(user=user, type="totp").wrap()
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert not any(kept.validate_code(code) for code in (code_for(""), "000000", "328482"))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert code_of(user)


def test_removing_it_shuts_the_door_again() -> None:
    user = staff("tess@school.example", school())
    client = signed_in(user)
    assert client.get("/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/").headers["Location"] == SET_UP
