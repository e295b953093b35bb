"""The words of the field under a page: found in what a reader reads, never in what somebody types."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from gameplan.guide import terms_in
from gameplan.web.page_words import words_on
from tests.web.test_tell import home as home_client

home = home_client
FOLD = "page-words"


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


def ids(html: str, lang: str = "en") -> list[str]:
    return [one.id for one in words_on(html, lang)]


def drawn(source: str, **told: object) -> str:
    return Template("{% load page_words %}{% explained %}" + source + "{% endexplained %}").render(Context(told))


def test_words_stand_once_in_the_order_of_the_page() -> None:
    assert ids("<h2>The IEP</h2><p>FAPE in the LRE. The IEP again.</p>") == ["iep", "fape", "lre"]


@pytest.mark.parametrize(
    "html",
    [
        "<textarea>IEP</textarea>",
        '<input value="IEP">',
        "<select><option>IEP</option></select>",
        '<a href="/guide/IEP/" title="IEP">here</a>',
        "<style>IEP{}</style>",
    ],
)
def test_fields_and_tags_are_not_read(html: str) -> None:
    assert ids(html) == []


def test_letters_with_a_sign_and_long_names_are_found() -> None:
    assert ids("P&amp;A") == ["pa"]
    assert ids("an independent educational evaluation") == ["iee"]
    assert ids("Pida una evaluación educativa independiente.", "es") == ["iee"]


def test_a_word_inside_another_is_none() -> None:
    assert terms_in("IEPs-like, AIEP, replacement", "en") == ()


def test_the_page_stays_as_it_is_and_the_words_stand_below() -> None:
    page = drawn("<p>{{ note }}</p>", note="My <IEP>")
    above, _, below = page.partition("<details")
    assert above.strip() == "<p>My &lt;IEP&gt;</p>"
    assert "Individualized Education Program" in below


def test_a_page_without_such_words_has_nothing_below() -> None:
    assert drawn("<p>Lunch is at noon.</p>") == "<p>Lunch is at noon.</p>"


def test_they_come_in_the_language_of_the_page() -> None:
    with translation.override("es"):
        assert "El plan escrito de enseñanza especial" in drawn("<p>IEP</p>")


@pytest.mark.parametrize("name", ["child", "plans", "letters", "notices", "ways", "side-by-side"])
def test_pages_of_a_case_explain_their_words(home: Client, case: Case, name: str) -> None:
    assert FOLD in home.get(reverse(f"web:{name}", args=(case.pk,))).content.decode()


def test_pages_of_the_law_do_and_the_glossary_need_not(client: Client) -> None:
    assert FOLD in client.get("/law/TX/").content.decode()
    assert FOLD not in client.get("/guide/glossary/").content.decode()
    assert FOLD not in client.get("/guide/evaluation/").content.decode()
