"""The pages of a roster in a real browser: on a phone and at a desk, in two languages, and a file taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from gameplan.people.models import Organisation, User
from gameplan.rosters.models import Take
from gameplan.rosters.plain.mapping import guess
from tests.districts.test_in_a_browser import faults_of, signed_in
from tests.live import own_server
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, BEN, HEADER, TWINS, Child, changed, oneroster, plain
from tests.rosters.test_taking import pupil
from tests.web.walking import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture
def server(shared: None, transactional_db: None) -> Iterator[LiveServer]:
    with own_server() as served:
        yield served


@pytest.fixture
def takes(bring: Given, preview: Given) -> list[Take]:
    """One file taken in, one with something unclear and something changed, one with faults."""
    new = [
        changed(ANA, id="n1", state_id=""),
        changed(BEN, grade="07", school="s1"),
        TWINS[0],
        Child("u8", "Kai", "Chen"),
    ]
    return [
        bring(oneroster()), preview(plain(), mapping=guess(HEADER).as_json()), preview(oneroster(new)),
        preview(oneroster([changed(ANA, born="never"), changed(BEN, sex="none")])),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "lang"), [(PHONE, "es"), (DESK, "en")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser,
    server: LiveServer,
    director: User,
    district: Organisation,
    takes: list[Take],
    width: int,
    lang: str,
) -> None:
    page, found = signed_in(browser, server, director, width=width, lang=lang).new_page(), []
    here = f"/places/{district.pk}/roster/"
    paths = [here, f"{here}staff/", f"{here}pupils/", f"{here}pupils/{pupil('u1').pk}/"]
    paths += [f"{here}{take.pk}/" for take in takes] + [f"{here}{takes[2].pk}/?kind=changed"]
    for path in paths:
        found += faults_of(page, server.url, path)
    assert found == []


def test_a_file_is_given_by_hand_and_taken_in(
    browser: Browser, server: LiveServer, director: User, district: Organisation, oak: Organisation,
    elm: Organisation, tmp_path: Path,
) -> None:  # fmt: skip
    file = tmp_path / "pupils.csv"
    file.write_bytes(plain())
    page = signed_in(browser, server, director, width=DESK).new_page()
    page.goto(f"{server.url}/places/{district.pk}/")
    page.get_by_role("link", name="Roster: files from your student system").click()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which column is what?")
    expect(page.get_by_label("First name", exact=True)).to_have_value("First Name")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="Ana Lopez")).to_be_visible()
    page.get_by_role("button", name="Take this file in").click()
    expect(page.get_by_role("button", name="Undo all of it")).to_be_visible()
    page.get_by_role("link", name="Students").click()
    page.get_by_label("Name").fill("reed")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=3)).to_have_text(["Leo Reed", "Max Reed"])
