"""The pages of joining in a real browser: axe finds nothing, on a phone and on a desk; nothing is too wide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gameplan.cases import verbs
from gameplan.cases.joining import ask, begin_for_school
from gameplan.cases.merging import family_agrees, propose
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.facts import Child
from gameplan.people.models import User
from tests.live import own_server
from tests.shared import run_shared
from tests.sides import Sides, alone, browser_of, join, make_sides
from tests.web.looking import TOO_WIDE, complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = date(2025, 9, 3)
PHONE, DESK = 390, 1280
ON_A_DESK_TOO = 3


@pytest.fixture
def server(settings: Settings, transactional_db: None, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that begins once people sign in here."""
    run_shared(settings, tmp_path)
    with own_server() as begun:
        yield begun


@pytest.fixture
def pages(server: LiveServer) -> dict[str, list[str]]:
    """The pages to look at, by who looks."""
    sides = make_sides()
    rosa, kim = sides.family(), sides.staff("kim", "iep-manager", sides.oak)
    asked = alone(rosa)
    _tell(asked, rosa)
    asking = ask(asked, by=rosa, school=sides.oak, chosen=[])
    joined = join(_other(rosa), sides.oak, kim, ["fact:f1"], rosa)
    own, theirs = _merging(sides, rosa, kim)
    free = alone(rosa, name="Eva")
    _tell(free, rosa)
    school, elm = str(sides.oak.pk), str(sides.elm.pk)
    return {
        "rosa": [
            _at("web:join", asked.pk), f"{_at('web:join', free.pk)}?school={school}", _at("web:merge", own.pk),
            _at("web:child", asked.pk), _at("web:child", joined.pk), _at("web:shared", joined.pk),
            _at("web:move", joined.pk), f"{_at('web:move', joined.pk)}?school={elm}",
            f"{_at('web:join', free.pk)}?q=oak",
            _at("web:fact", joined.pk, "f1"), _at("web:add-fact", joined.pk, "concern-raised"),
        ],
        "kim": [
            _at("web:joining"), _at("web:joining-answer", asking.pk), _at("web:joining-begin"),
            _at("web:child", joined.pk), _at("web:fact", joined.pk, "f1"), _at("web:account", joined.pk, "f1"),
            _at("web:move", joined.pk) + f"?school={elm}", _at("web:merge", theirs.pk), _at("web:calendar", joined.pk),
        ],
    }  # fmt: skip


def _at(name: str, *args: object) -> str:
    return reverse(name, args=args)


def _tell(case: Case, rosa: Person) -> None:
    for about in ("reading", "math"):
        verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": about, "by": "parent"})
    verbs.attach(case, by=rosa, name="a-very-long-name-of-a-scan-from-a-phone.pdf", content=b"%PDF-1.7\n", fact_id="f1")


def _other(rosa: Person) -> Case:
    case = alone(rosa, name="Ben")
    _tell(case, rosa)
    return case


def _merging(sides: Sides, rosa: Person, kim: Person) -> tuple[Case, Case]:
    own = alone(rosa, name="Cleo")
    _tell(own, rosa)
    theirs = begin_for_school(kim, school=sides.oak, child=Child(name="Cleo", state="TX"))
    theirs.members.create(person=rosa.id, role="parent")
    verbs.record_fact(
        theirs, by=theirs.reader, kind="concern-raised", on=DAY, data={"about": "reading", "by": "teacher"}
    )
    yes = propose(own, theirs, by=rosa)
    family_agrees(yes, by=rosa, pairs=[("f1", "f1")], chosen=["fact:f1", "fact:f2", "paper:a1"])
    return own, theirs


def _looked_at(page: Page, address: str, width: int) -> list[object]:
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, page.url) == (200, address)
    return [address, width, *complaints(page, address, ("light",)), *page.evaluate(TOO_WIDE)]


def test_axe_finds_nothing(
    browser: Browser, server: LiveServer, settings: Settings, pages: dict[str, list[str]]
) -> None:
    found = []
    for name, paths in pages.items():
        person = Person(str(User.objects.get(email=f"{name}@example.org").pk), "account")
        cookie = browser_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
        page = context.new_page()
        windows = [(path, PHONE) for path in paths] + [(path, DESK) for path in paths[:ON_A_DESK_TOO]]
        looked = [_looked_at(page, server.url + path, width) for path, width in windows]
        found += [one for one in looked if len(one) > 2]
        context.close()
    assert found == []
