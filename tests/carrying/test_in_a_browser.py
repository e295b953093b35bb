"""The pages of bringing cases in, in a real browser: on a phone in Spanish and at a desk in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from gameplan.people.models import Organisation, User
from tests.carrying.conftest import Given
from tests.carrying.made import CHILDREN, Files
from tests.districts.test_in_a_browser import faults_of, signed_in
from tests.live import own_server
from tests.web.walking import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture
def server(shared: None, transactional_db: None) -> Iterator[LiveServer]:
    with own_server() as served:
        yield served


@pytest.mark.parametrize(("width", "lang"), [(PHONE, "es"), (DESK, "en")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, server: LiveServer, director: User, district: Organisation, bring: Given, preview: Given,
    width: int, lang: str,
) -> None:  # fmt: skip
    wrong = [{**CHILDREN[0], "case_key": "B1", "born": "never"}, {**CHILDREN[1], "case_key": "B2", "grade": "x" * 300}]
    batches = bring(Files()), preview(Files(facts=[], plans=[])), preview(replace(Files(), cases=wrong))
    page = signed_in(browser, server, director, width=width, lang=lang).new_page()
    here = f"/places/{district.pk}/cases/"
    found: list[str] = []
    for path in (here, *(f"{here}{batch.pk}/" for batch in batches), f"{here}{batches[0].pk}/?kind=new"):
        found += faults_of(page, server.url, path)
    assert found == []
