"""The guide pages: open to everybody, nothing kept, the State's own numbers, each word of the field one tap away."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from gameplan import guide
from gameplan.guide.text import Run
from gameplan.law.library import federal
from gameplan.tongues import LANGUAGES
from gameplan.web.guiding import in_place
from gameplan.web.pictures.bell_curve import bell_curve
from gameplan.web.templatetags.guide import with_ends


def read(client: Client, address: str, lang: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": lang})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_opens_in_each_language(client: Client, lang: str) -> None:
    for one in guide.pages(lang):
        page = read(client, f"/guide/{one.id}/?state=TX", lang)
        assert f"<h1>{one.title}" in page.replace("&quot;", '"').replace("&#x27;", "'")
        assert "{clock" not in page


def test_a_page_has_the_numbers_of_the_state_and_carries_it_on(client: Client) -> None:
    page = read(client, "/guide/evaluation/?state=tx")
    assert "45 school days (Texas)" in page
    assert "/guide/state-complaint/?state=TX" in page
    assert "/law/TX/initial-evaluation/" in page
    assert "60 calendar days (federal rule; your State may have its own number)" in read(client, "/guide/evaluation/")


@pytest.mark.parametrize("state", ["XX", "", "us", "<script>"])
def test_what_is_no_state_is_federal_law(client: Client, state: str) -> None:
    page = read(client, f"/guide/evaluation/?state={state}")
    assert "The numbers are those of federal law." in page
    assert "<script>" not in page.partition("<main")[2]


def test_every_marked_word_has_its_card(client: Client) -> None:
    page = read(client, "/guide/school-said-no/")
    marked = re.findall(r'popovertarget="([^"]+)"', page)
    assert marked
    assert set(marked) == set(re.findall(r'popover id="([^"]+)"', page))


def test_the_state_page_lists_what_the_state_sets_itself(client: Client) -> None:
    assert "Meet again after you did not agree" in read(client, "/guide/my-state/?state=TX")
    assert 'id="own"' not in read(client, "/guide/my-state/")


def test_the_report_page_draws_the_curve_and_says_it_in_a_table(client: Client) -> None:
    page = read(client, "/guide/reading-a-report/")
    assert 'class="bell"' in page
    assert '<th scope="row">85</th>' in page


def test_the_curve_is_a_picture_with_a_name_and_words() -> None:
    drawn = ElementTree.fromstring(bell_curve())
    assert drawn.attrib["role"] == "img"
    assert [one.tag for one in drawn][:2] == ["title", "desc"]


def test_an_unknown_page_is_not_there(client: Client) -> None:
    assert client.get("/guide/nothing/").status_code == 404


# ---- search and check


def test_a_question_is_answered_and_kept_as_typed(client: Client) -> None:
    page = read(client, "/guide/search/?q=school+said+%22no%22+to+testing&state=TX")
    assert "/guide/school-said-no/?state=TX" in page
    assert 'value="school said &quot;no&quot; to testing"' in page


@pytest.mark.parametrize("typed", ["qqqq", "%3Czzzz%3E", "x" * 3000])
def test_what_fits_nothing_says_so(client: Client, typed: str) -> None:
    assert "Nothing fits." in read(client, f"/guide/search/?q={typed}")


def test_an_empty_search_only_asks(client: Client) -> None:
    assert "Nothing fits." not in read(client, "/guide/search/?q=+")


def test_the_check_ends_in_next_steps_and_says_who_decides(client: Client) -> None:
    page = read(client, "/guide/check/?worry=yes&school-day=yes&extra-help=maybe")
    assert "Ask the school in writing for an evaluation." in page
    assert "Nobody can tell from these questions" in page
    assert page.count("checked") == 2
    assert "Who decides" not in read(client, "/guide/check/")


def test_the_pages_are_only_read(client: Client) -> None:
    for place in ("", "search/", "check/", "glossary/", "mtss/"):
        answer = client.get(f"/guide/{place}")
        assert "gameplan_case" not in answer.cookies
        assert 'method="post"' not in answer.content.decode().partition("<main")[2]


# ---- in place


@pytest.mark.parametrize("stage", [stage.id for stage in federal().stages])
def test_every_stage_of_a_case_opens_a_page_of_the_guide(stage: str) -> None:
    found = in_place(stage, "TX", on=date(2026, 11, 27))
    page = found["page"]
    assert isinstance(page, guide.Page)
    assert stage in page.stages


def test_a_sign_stays_with_the_word_before_it() -> None:
    line = (Run("Ask for a "), Run("notice", term="pwn"), Run(". Then "), Run("wait", bold=True))
    told = [(run.text, ends) for run, ends in with_ends(line)]
    assert told == [("Ask for a ", ""), ("notice", "."), (" Then ", ""), ("wait", "")]


def test_an_option_of_a_case_leads_to_its_page() -> None:
    found = guide.page_of_option("mediate", "es")
    assert found is not None
    assert (found.id, found.lang) == ("mediation", "es")
    assert guide.page_of_option("nothing-of-the-kind") is None


def test_a_page_that_is_fetched_is_only_its_text(client: Client) -> None:
    answer = client.get("/guide/evaluation/?state=TX", headers={"hx-request": "true"})
    page = answer.content.decode()
    assert "45 school days (Texas)" in page
    assert "<html" not in page
    assert page.count("<h3>") == 1


def test_two_pages_opened_beside_each_other_keep_their_words_apart(client: Client) -> None:
    once, again = (client.get("/guide/school-said-no/", headers={"hx-request": "true"}).content.decode() for _ in "ab")
    cards = re.findall(r'popover id="([^"]+)"', once)
    assert cards
    assert set(re.findall(r'popovertarget="([^"]+)"', once)) == set(cards)
    assert not set(cards) & set(re.findall(r'popover id="([^"]+)"', again))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_says_what_the_person_does(lang: str) -> None:
    with translation.override(lang):
        opens = '{% include "parts/guide_opens.html" with label="?" %}'
        source = '{% load guide %}{% for about in "aide"|role_pages %}' + opens + "{% endfor %}"
        drawn = Template(source).render(Context({"guide": {"carry": "?state=TX"}}))
    assert 'hx-get="/guide/role-aide/?state=TX"' in drawn
    assert guide.page("role-aide", lang).title in drawn
