"""Permissions as a table: each address, each way of asking, each person (see `tests/permission_table.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.models import Case, Member
from gameplan.cases.people import HOME, Person
from gameplan.config.doorkeeper import SIGN_IN
from gameplan.config.links import OPEN, new_token
from gameplan.consents.models import ConsentRequest, Signature
from gameplan.core.facts import Child, SentLetter
from gameplan.letters import hash_of
from gameplan.notices.models import Delivery, Edition, Notice
from gameplan.papers.importing import keep_letters
from gameplan.people.roles import Action
from gameplan.planning.doors import standing_of
from gameplan.planning.models import Step, Version
from gameplan.planning.writing import Change, add_row, begin, save
from gameplan.plans.plan import plan_json
from gameplan.plans.sheets.hashing import json_hash as hash_of_plan
from gameplan.progress.models import Measure, Terms
from tests.permission_places import PLACES
from tests.permission_table import TABLE, Row
from tests.shared import account, run_shared, signed_in

METHODS = ("GET", "POST", "PUT", "DELETE")
AT_HOME = [row for row in TABLE if not row.shared]
WITH_ACCOUNTS = [row for row in TABLE if row.shared]
ASKED = [(row, method) for row in AT_HOME for method in row.asks]
CASE_ROWS = [(row, method) for row, method in ASKED if row.asks[method][0]]
REQUEST = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}
WORDS = "Please evaluate Ana."
MEANS = {"heading": "What your answer does", "blocks": [{"kind": "paragraph", "texts": ["If you say nothing: no."]}]}
FORM = {"title": "Your permission", "lang": "en", "about": [], "sections": [MEANS]}
NOWHERE = Case()
"""A case that is not there: for what is refused before anybody looks for one."""


@pytest.fixture
def case(db: None) -> Case:
    """Ana's case with one fact, one paper, one finished letter, one plan, one meeting and one measure."""
    return case_of(HOME)


@pytest.fixture
def theirs(db: None) -> Case:
    """Another family's case with the same in it."""
    return case_of(Person(id="another-family", role="parent"))


@pytest.fixture
def home(client: Client, settings: Settings, db: None) -> Client:
    """The household's browser."""
    client.raise_request_exception = False
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    return client


def case_of(person: Person) -> Case:
    case = verbs.start_case(person, child=Child(name="Ana", born=date(2016, 5, 2), state="TX"))
    verbs.record_fact(case, by=person, kind="evaluation-requested", on=date(2025, 9, 3), data=REQUEST)
    verbs.attach(case, by=person, name="scan.pdf", content=b"%PDF-1.7", fact_id="f1")
    letter = SentLetter("l1", "evaluation-request", "en", WORDS, hash_of(WORDS), "2025-09-03T20:15:00Z", pdf="l1.pdf")
    keep_letters(case, [letter], {"l1.pdf": b"%PDF-1.7"})
    plan = begin(case, by=person, form_id="iep")
    save(plan, by=person, desk="d", changes=[Change("strengths", ["Curious"])])
    add_row(plan, by=person, field_id="goals", values={"area": "Reading"})
    content = plan_json(standing_of(plan).plan)
    Version.objects.create(
        plan=plan, number=1, how="first", on=date(2025, 9, 1), data={"starts": "2025-09-02"}, content=content,
        sha256=hash_of_plan(content), pdf=b"%PDF-1.7",
    )  # fmt: skip
    said = {"all": "agreed", "services": True}
    Step.objects.create(plan=plan, kind="answered", on=date(2025, 9, 2), version=1, data=said)
    begin(case, by=person, form_id="meeting")
    ConsentRequest.objects.create(
        case=case, request_id="c1", kind="reevaluation", lang="en", on=date(2025, 9, 1), asked={}, form=FORM,
        items=[{"id": "i1", "text": "Reading test", "about": ""}], text=WORDS, sha256=hash_of(WORDS), pdf=b"%PDF-1.7",
        person=person.id, role=person.role, made_at="2025-09-01T12:00:00Z",
    )  # fmt: skip
    Signature.objects.create(
        case=case, signature_id="s1", subject="receipt:n1", title="Receipt", lang="en", text=WORDS,
        sha256=hash_of(WORDS), name="Maria", person=person.id, role=person.role, account="m@example.org",
        method="password", at="2025-09-01T12:00:00Z", zone="UTC", trail_number=0, terms_sha256="", pdf=b"%PDF-1.7",
        pdf_sha256="", shared=True,
    )  # fmt: skip
    give_notice(case, person)
    measure_reading(case, person)
    return case


def give_notice(case: Case, person: Person) -> None:
    """A notice that was handed over."""
    notice = Notice.objects.create(
        case=case, notice_id="n1", kind="prior-written-notice", on=date(2025, 9, 20), side="family",
        made_by=person.id, made_role=person.role,
    )  # fmt: skip
    Edition.objects.create(
        notice=notice, lang="en", title="Notice", values={"action": "Test Ana."}, text=WORDS, sha256=hash_of(WORDS),
        pdf=b"%PDF-1.7", made_by=person.id,
    )  # fmt: skip
    Delivery.objects.create(
        case=case, delivery_id="d1", about="notice:n1", leaves={"en": hash_of(WORDS)}, way="mail", person=person.id,
        on=date(2025, 9, 20), state="sent", by_person=person.id, by_role=person.role,
    )  # fmt: skip


def measure_reading(case: Case, person: Person) -> None:
    """Something that is measured."""
    measure = Measure.objects.create(
        case=case, measure_id="m1", about="behavior", way="count", person=person.id, role=person.role
    )
    Terms.objects.create(measure=measure, title="Raises a hand", person=person.id, role=person.role)


def named(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            yield f"{prefix}{one.name}", one


# Programs of others show a token at theirs: tests/api/route_table.py has those.
ADDRESSES = {name: one for name, one in named(get_resolver().url_patterns) if not name.startswith("api:")}


def address(row: Row, case: Case) -> str:
    places: dict[str, Any] = {"case_id": case.pk, **PLACES, **row.where}
    return reverse(row.name, kwargs={name: places[name] for name in ADDRESSES[row.name].pattern.converters})


def ask(browser: Client, method: str, path: str) -> int:
    """The status of the answer; a form is sent with nothing filled in."""
    if method == "POST":
        return browser.post(path, {"form": "empty"}).status_code
    return browser.generic(method, path).status_code


@contextmanager
def undone() -> Iterator[None]:
    """What is asked for leaves nothing behind, so that one case serves for all addresses."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def otherwise(browser: Client, case: Case, asked: Iterable[tuple[Row, str, int]]) -> list[str]:
    """The addresses that answer otherwise than they should, each asked in a browser that has been nowhere else."""
    cookies, found = browser.cookies.output(header="", sep=";"), []
    for row, method, expected in asked:
        fresh = Client(raise_request_exception=False)
        fresh.cookies.load(cookies)
        with undone():
            got = ask(fresh, method, address(row, case))
        if got != expected:
            found.append(f"{method} {row.name}: {got}, not {expected}")
    return found


def demote(person: Person, case: Case) -> None:
    Member.objects.filter(case=case, person=person.id).update(role="helper")


def test_every_address_has_one_row() -> None:
    assert sorted(row.name for row in TABLE) == sorted(ADDRESSES)


def test_the_household_gets_in(home: Client, case: Case) -> None:
    asked = [(row, method, row.asks[method][1]) for row, method in ASKED]
    assert otherwise(home, case, asked) == []


@pytest.mark.parametrize("method", METHODS)
def test_without_the_cookie_the_door_is_closed(client: Client, db: None, method: str) -> None:
    assert otherwise(client, NOWHERE, [(row, method, closed(row, method)) for row in TABLE]) == []


def closed(row: Row, method: str) -> int:
    """What somebody without the cookie gets."""
    if row.public and method in row.asks:
        return row.asks[method][1]
    return 405 if row.name == "open" and method not in row.asks else 403


@pytest.mark.parametrize("row", [row for row in TABLE if row.public], ids=lambda row: row.name)
def test_what_is_public_asks_for_no_case(row: Row) -> None:
    assert {needs for needs, _status in row.asks.values()} == {None}
    assert "case_id" not in ADDRESSES[row.name].pattern.converters


def test_another_familys_case_is_not_there(home: Client, theirs: Case) -> None:
    assert otherwise(home, theirs, [(row, method, 404) for row, method in CASE_ROWS]) == []


def test_a_helper_may_only_look(home: Client, case: Case) -> None:
    demote(HOME, case)
    asked = [
        (row, method, row.asks[method][1] if row.asks[method][0] is Action.READ else 403) for row, method in CASE_ROWS
    ]
    assert otherwise(home, case, asked) == []


@pytest.mark.parametrize("method", METHODS)
def test_another_way_of_asking_is_refused(home: Client, method: str) -> None:
    for row in AT_HOME:
        with undone():
            status = ask(home, method, address(row, NOWHERE))
        assert (status == 405) == (method not in row.asks), f"{method} {row.name}: {status}"


def test_a_form_without_its_token_is_refused(home: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = home.cookies
    for row in AT_HOME:
        if "POST" in row.asks and row.name != "open":
            assert strict.post(address(row, NOWHERE)).status_code == 403, row.name


def test_at_home_the_pages_of_accounts_are_not_there(home: Client, case: Case) -> None:
    for row in WITH_ACCOUNTS:
        has_case = "case_id" in ADDRESSES[row.name].pattern.converters
        asked = [(row, method, 405 if has_case and method not in row.asks else 404) for method in METHODS]
        assert otherwise(home, case, asked) == []


def test_an_account_with_nothing_else_gets_what_the_table_says(settings: Settings, tmp_path: Path, db: None) -> None:
    run_shared(settings, tmp_path)
    user = account("nobody@example.org")
    for row in WITH_ACCOUNTS:
        for method, (_needs, status) in row.asks.items():
            if not row.name.startswith("web:"):
                with undone():
                    got = ask(signed_in(user), method, address(row, NOWHERE))
                assert got == status, f"{method} {row.name}: {got}"


def test_with_accounts_a_stranger_is_led_to_sign_in(
    client: Client, settings: Settings, tmp_path: Path, db: None
) -> None:
    run_shared(settings, tmp_path)
    places = {row.name: address(row, NOWHERE) for row in TABLE if not row.public}
    closed = {name: place for name, place in places.items() if not place.startswith((*SIGN_IN, OPEN))}
    assert len(closed) > 80
    for place in closed.values():
        assert client.get(place).headers["Location"].startswith("/sign-in/?next=")
        assert client.post(place).status_code == 403
