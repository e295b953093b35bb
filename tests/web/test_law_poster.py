"""The poster as a page and as a file: open to everybody, the same words as on paper, linked from law and child."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings

from gameplan.cases.people import HOME
from gameplan.cases.today import today
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from gameplan.law.library import states
from gameplan.law.poster import poster
from gameplan.papers.poster_pdf import poster_words
from gameplan.tongues import tongue
from tests.web.test_tell import home as home_client

home = home_client
PAGE, FILE = "/law/TX/poster/", "/law/TX/poster.pdf"


def text_of(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_page_says_what_the_paper_says(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    found = text_of(page)
    words = poster_words(poster("TX", on=today()), tongue("en"))
    for step in words["steps"] + words["sides"]:
        assert step["name"] in found
        assert step["plain"] in found
        for one in step["owed"]:
            assert all(one[part] in found for part in ("who", "what", "time", "since", "ask", "cite")), one
    assert all(note in found for note in words["notes"])
    assert page.count('class="poster__number"') == len(words["steps"])


@pytest.mark.parametrize("place", ["us", *list(states())[:5]])
def test_the_page_of_a_place(client: Client, place: str) -> None:
    assert client.get(f"/law/{place}/poster/").status_code == 200


def test_it_is_open_without_the_link(client: Client, settings: Settings) -> None:
    settings.GAMEPLAN_TOKEN = "k" * 40
    assert client.get(PAGE).status_code == 200
    assert client.get(FILE).status_code == 200


def test_the_file_is_a_pdf_in_the_language_that_is_asked_for(client: Client) -> None:
    answer = client.get(f"{FILE}?lang=es")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="poster-TX-es.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert client.get(FILE)["Content-Disposition"] == 'inline; filename="poster-TX-en.pdf"'
    assert client.get(f"{FILE}?lang=en&paper=tabloid").content != client.get(FILE).content


@pytest.mark.parametrize("address", [f"{FILE}?lang=xx", f"{FILE}?paper=a4", "/law/ZZ/poster.pdf", "/law/ZZ/poster/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_can_be_written_to_it(client: Client) -> None:
    assert client.post(PAGE).status_code in (403, 405)
    assert client.post(FILE).status_code in (403, 405)


def test_the_rules_of_a_state_lead_to_it(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/law/TX/").content.decode()
    assert 'href="/law/us/poster/"' in client.get("/law/us/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "address"), [("TX", PAGE), (None, "/law/us/poster/")])
def test_the_childs_page_leads_to_the_poster_of_its_state(home: Client, state: str | None, address: str) -> None:
    case = start_case(HOME, child=Child("Ana Lopez", None, state))
    page = home.get(f"/case/{case.pk}/").content.decode()
    assert f'href="{address}"' in page
    assert ("with the times of Texas" in page) == bool(state)
