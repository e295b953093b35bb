"""kill -9 of a real server while a mother signs on its pages: what a page confirmed is signed, with her copy."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.crash.looking import Looker
from tests.crash.mixes import SHARED
from tests.crash.test_kill import names_of
from tests.crash.waiting import case_with_requests
from tests.served import Browser, Forms, Served
from tests.shared import PASSWORD

SERVER_KILLS = 3
REQUESTS_OF_A_LIFE = 12
SHORTEST_LIFE_IN_SECONDS, LONGEST_LIFE_IN_SECONDS = 0.6, 1.6
MOTHER = "rosa@example.org"


@pytest.mark.slow_process
def test_every_signature_that_a_page_confirmed_survives_a_kill_of_the_server(tmp_path: Path) -> None:
    chance = random.Random(11)
    place = {"GAMEPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    place |= {"GAMEPLAN_SHARED": "1", "DATABASE_URL": ""}
    case_id = case_with_requests(place, SERVER_KILLS * REQUESTS_OF_A_LIFE)
    confirmed: list[str] = []
    for kill in range(SERVER_KILLS):
        with Served(tmp_path, shared=True) as server:
            mother = signed_in(server.address)
            life = chance.uniform(SHORTEST_LIFE_IN_SECONDS, LONGEST_LIFE_IN_SECONDS)
            first = 1 + kill * REQUESTS_OF_A_LIFE
            numbers = range(first, first + REQUESTS_OF_A_LIFE)
            confirmed += sign_and_be_killed(server, mother, case_id, numbers, life)
            server.kill()
    with Looker(place, case_id, SHARED) as looker:
        seen = looker.look()
    there = set(seen["there"])
    assert seen["half"] == []
    assert seen["twice"] == []
    assert seen["integrity"] == "ok"
    assert confirmed
    assert set(confirmed) <= names_of("signature", there)
    assert set(confirmed) <= names_of("copy", there)
    assert len(names_of("signature", there)) <= len(confirmed) + SERVER_KILLS


def signed_in(address: str) -> Browser:
    """A browser in which the mother is signed in."""
    browser = Browser(address)
    _, page = browser.get("/sign-in/")
    status, page = browser.post("/sign-in/", Forms(page).fields | {"login": MOTHER, "password": PASSWORD})
    assert status == 200, page
    return browser


def sign_and_be_killed(server: Served, browser: Browser, case_id: str, numbers: range, life: float) -> list[str]:
    """Sign one request after the other; a while after the first is signed the server is killed. What was confirmed."""
    confirmed: list[str] = []
    killer = threading.Timer(life, server.process.kill)
    with suppress(URLError, HTTPException, ConnectionError):
        for number in numbers:
            sign(browser, f"/case/{case_id}/consent/c{number}/answer/")
            confirmed.append(f"consent:c{number}/1")
            if number == numbers[0]:
                killer.start()
    killer.join()
    return confirmed


def sign(browser: Browser, address: str) -> None:
    """Answer a request screen by screen and sign it."""
    _, page = browser.get(f"{address}?step=way")
    token = {"csrfmiddlewaretoken": Forms(page).fields["csrfmiddlewaretoken"]}
    browser.post(f"{address}?step=way", token | {"way": "yes"}, follow=False)
    browser.post(f"{address}?step=words", token | {"words": "Thank you."}, follow=False)
    _, page = browser.get(f"{address}?step=sign")
    hand = Forms(page).fields | {"name": "Rosa Lopez", "ticked": "on"}
    status, answer = browser.post(f"{address}?step=sign", hand, follow=False)
    assert status == 302, answer
