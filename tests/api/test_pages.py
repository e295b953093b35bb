"""The pages of programs: making and ending a token, what was told, the documentation; and the command line."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from typer.testing import CliRunner

from gameplan.api.models import Delivery, Event, Hook, Token
from gameplan.api.routing import ROUTES
from gameplan.cases.people import HOME
from gameplan.cases.verbs import start_case
from gameplan.cli.token import token_app
from gameplan.config.links import new_token
from gameplan.core.facts import Child
from tests.api.house import House, Program
from tests.shared import PASSWORD

WANTED = {"name": "Watch", "scopes": ["cases:read"], "case": "", "days": "90"}


@pytest.fixture
def home(client: Client, settings: Settings, db: None) -> Client:
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    return client


def shown(page: str) -> str:
    [found] = set(re.findall(r"gameplan_[\w-]{43}", page))
    return str(found)


def test_at_home_a_token_is_made_and_ended_on_a_page(home: Client) -> None:
    case = start_case(HOME, child=Child(name="Ana", state="TX"))
    page = home.post("/programs/", {**WANTED, "case": str(case.pk)}).content.decode()
    program = Program(shown(page))
    assert program.get("/me")["case"] == str(case.pk)
    again = home.get("/programs/").content.decode()
    assert program.token not in again
    assert "Only in the case of Ana." in again
    home.post(reverse("web:end-program", args=[Token.objects.get().pk]))
    program.get("/me", 401)


def test_what_cannot_be_is_told_on_the_page(home: Client) -> None:
    answer = home.post("/programs/", {**WANTED, "scopes": ["webhooks"]})
    assert answer.status_code == 422
    assert not Token.objects.exists()


def browser_of(house: House, role: str, *, sure: bool = True) -> Client:
    browser = Client()
    user, _person = house.person(role)
    user.set_password(PASSWORD)
    user.save()
    browser.force_login(user)
    if sure:
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def test_where_people_sign_in_they_say_first_who_they_are(house: House) -> None:
    assert browser_of(house, "parent", sure=False).post("/programs/", WANTED).status_code == 302
    assert not Token.objects.exists()
    page = browser_of(house, "parent").post("/programs/", WANTED).content.decode()
    assert Program(shown(page)).get("/cases")["items"]
    assert not Token.objects.get().second_step


def test_nobody_ends_the_token_of_another(house: House) -> None:
    house.token("parent")
    browser = browser_of(house, "helper")
    assert browser.post(reverse("web:end-program", args=[Token.objects.get().pk])).status_code == 404
    hook = Hook.objects.create(token=Token.objects.get(), url="https://example.org/")
    assert browser.get(reverse("web:webhook", args=[hook.pk])).status_code == 404


def test_what_a_program_was_told_is_shown(house: House) -> None:
    house.token("parent")
    hook = Hook.objects.create(token=Token.objects.get(), url="https://example.org/")
    event = Event.objects.create(case=house.case, kind="fact.recorded", about=["f1"], fact_kind="consent-given")
    Delivery.objects.create(hook=hook, event=event, state="given-up", trouble="no-answer", tries=8)
    Hook.objects.update(paused_at=event.made_at)
    browser, place = browser_of(house, "parent"), reverse("web:webhook", args=[hook.pk])
    assert "no-answer" in browser.get(place).content.decode()
    browser.post(place, {"again": "1"})
    assert Hook.objects.get().paused_at is None
    browser.post(place, {"end": "1"})
    assert not Hook.objects.exists()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_documentation_names_every_address(client: Client, db: None, lang: str) -> None:
    page = client.get("/api/v1/docs/", headers={"Accept-Language": lang}).content.decode()
    for route in ROUTES:
        path = re.sub(r"\{[a-z]+:", "{", route.path)
        assert f"<code>{route.method} {path}</code>" in page
    assert "<script" not in page.split("</head>")[1]


def test_the_description_is_public_and_whole(client: Client, db: None) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    operations = [one for ways in told["paths"].values() for one in ways.values()]
    assert len(operations) == len(ROUTES)
    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert {"400", "404", "405", "422", "429", "500"} <= set(one["responses"])
        assert bool(one["security"]) == ("401" in one["responses"])


@pytest.mark.django_db
def test_a_token_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.cli.token._open", lambda _data, *, shared: None)
    run = CliRunner()
    made = run.invoke(token_app, ["make", "--name", "Watch", "--scope", "cases:read"])
    assert Program(made.output.strip()).get("/me")["name"] == "Watch"
    assert "Watch" in run.invoke(token_app, ["list"]).output
    assert run.invoke(token_app, ["make", "--name", "x", "--scope", "all"]).exit_code == 2
    assert (
        run.invoke(token_app, ["make", "--name", "x", "--scope", "cases:read", "--for", "no@example.org"]).exit_code
        == 2
    )
    assert run.invoke(token_app, ["end", str(Token.objects.get().pk)]).exit_code == 0
    assert run.invoke(token_app, ["end", "nonsense"]).exit_code == 2
