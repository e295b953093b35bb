"""The pages of the guide: alike in both languages, each with its sources, and all of the law with a page."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gameplan import guide
from gameplan.guide.pages import CFR, KINDS, BrokenPage, address_of, languages
from gameplan.guide.shown import letters_for
from gameplan.guide.text import PICTURE, TABLE, Block, blocks_of, line_of, words_of
from gameplan.law import law_for
from gameplan.law.library import federal, states
from gameplan.law.paths import dispute_paths
from gameplan.letters import kinds
from gameplan.people.roles import ROLES
from gameplan.tongues import LANGUAGES, tongue

ON = date(2026, 11, 27)
LEAST_WORDS, MOST_WORDS = 110, 350
PICTURES = {"bell-curve"}
# Nobody meets an installer.
WITHOUT_PAGE = {"installer"}
EVERY = [(page_id, lang) for page_id in guide.page_ids() for lang in LANGUAGES]


def shape(block: Block) -> tuple[object, ...]:
    """What two languages must have in common: kind, entries, rows and columns, links and places."""
    places = [(run.page, run.clock) for line in block.every_line for run in line if run.page or run.clock]
    return block.kind, len(block.lines), [len(row) for row in block.rows], block.name, sorted(places)


def text_of(page: guide.Page) -> str:
    lines = [words_of(line) for block in page.blocks for line in block.every_line]
    return " ".join([page.title, page.next, *lines, *page.questions])


@pytest.mark.parametrize("page_id", guide.page_ids())
def test_a_page_says_the_same_in_each_language(page_id: str) -> None:
    english, *others = (guide.page(page_id, lang) for lang in LANGUAGES)
    for other in others:
        assert [shape(block) for block in other.blocks] == [shape(block) for block in english.blocks]
        assert len(other.questions) == len(english.questions)
        assert other.title != english.title


def test_the_guide_speaks_every_language_of_the_program() -> None:
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize(("page_id", "lang"), EVERY)
def test_a_page_is_short_and_says_what_to_do_next(page_id: str, lang: str) -> None:
    page = guide.page(page_id, lang)
    assert LEAST_WORDS <= len(text_of(page).split()) <= MOST_WORDS
    assert page.next.endswith((".", "?", '"', "»"))
    assert page.phrases


@pytest.mark.parametrize("page_id", guide.page_ids())
def test_a_page_names_its_sources_and_only_what_there_is(page_id: str) -> None:
    page = guide.page(page_id)
    assert page.kind in KINDS
    assert page.cite
    assert [cite for cite in page.cite if not CFR.fullmatch(cite)] == []
    named = {run.page for block in page.blocks for line in block.every_line for run in line if run.page}
    assert (named | set(page.see)) - set(guide.page_ids()) == set()
    assert page_id not in named | set(page.see)
    assert {block.name for block in page.blocks if block.kind == PICTURE} <= PICTURES
    assert set(page.roles) <= set(ROLES)
    assert set(page.stages) <= {stage.id for stage in federal().stages}
    assert set(page.ways) <= {way.id for way in dispute_paths()}
    assert set(page.letters) <= set(kinds())


@pytest.mark.parametrize("page_id", guide.page_ids())
def test_a_number_of_days_comes_from_a_rule_that_the_page_names(page_id: str) -> None:
    page = guide.page(page_id)
    places = {run.clock for block in page.blocks for line in block.every_line for run in line if run.clock}
    assert places <= set(page.clocks)
    assert set(page.clocks) <= {clock.id for clock in federal().clocks}


def test_every_stage_option_and_role_has_a_page() -> None:
    pages = guide.pages()
    law = [law_for(state) for state in (None, *states())]
    assert {stage.id for stage in federal().stages} - {stage for page in pages for stage in page.stages} == set()
    assert {one.id for one in law[0].options} - {option for page in pages for option in page.options} == set()
    assert set(ROLES) - WITHOUT_PAGE - {role for page in pages for role in page.roles} == set()


def test_every_page_stands_in_one_part() -> None:
    for lang in LANGUAGES:
        standing = [page.id for _, pages in guide.parts(lang).values() for page in pages]
        assert sorted(standing) == sorted(guide.page_ids())


def test_no_page_names_an_option_that_is_not_there() -> None:
    assert {option for page in guide.pages() for option in page.options} <= {one.id for one in law_for(None).options}


@pytest.mark.parametrize("state", [None, "TX", "NY"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_can_be_shown(state: str | None, lang: str) -> None:
    for page in guide.pages(lang):
        found = guide.shown(page, law_for(state), tongue(lang), on=ON)
        runs = [run for block in found.blocks for line in block.every_line for run in line]
        assert all(run.text for run in runs)
        assert all(cite and address for cite, address in found.sources)


@pytest.mark.parametrize("state", sorted(states()))
def test_every_number_on_a_page_can_be_said_in_every_state(state: str) -> None:
    clocks = {clock for page in guide.pages() for clock in page.clocks}
    said = [guide.number_of(clock, law_for(state), tongue("en"), on=ON).text for clock in clocks]
    assert all("{" not in text and text for text in said)


def test_a_page_takes_the_number_of_the_state() -> None:
    page = guide.page("evaluation")

    def said(state: str | None) -> str:
        found = guide.shown(page, law_for(state), tongue("en"), on=ON)
        return " ".join(run.text for block in found.blocks for line in block.lines for run in line if run.clock)

    assert said("TX") == "45 school days (Texas)"
    assert said(None) == "60 calendar days (federal rule; your State may have its own number)"


def test_a_word_of_the_field_is_marked_once_and_never_inside_a_link() -> None:
    found = guide.shown(guide.page("iep-meeting"), law_for(None), tongue("en"), on=ON)
    terms = [run.term for block in found.blocks for line in block.every_line for run in line if run.term]
    assert len(terms) == len(set(terms))
    assert all(not run.page for block in found.blocks for line in block.every_line for run in line if run.term)


def test_letters_come_to_a_page_by_what_they_fit() -> None:
    assert "evaluation-request" in letters_for(guide.page("ask-in-writing"))
    assert {letter for page in guide.pages() for letter in letters_for(page)} <= set(kinds())


# ---- the glossary


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_field_has_a_page(lang: str) -> None:
    terms = guide.glossary(lang)
    assert len(terms) >= 90
    assert len({one.id for one in terms}) == len(terms)
    assert {one.page for one in terms} <= set(guide.page_ids())
    assert all(one.means.endswith(".") for one in terms)


@pytest.mark.parametrize(("page_id", "lang"), EVERY)
def test_no_acronym_stands_unexplained(page_id: str, lang: str) -> None:
    known = {mark for one in guide.glossary(lang) for mark in one.marks}
    known |= {mark for one in guide.glossary("en") for mark in one.marks if lang != "en"} | {"EE", "UU", "NO"}
    text = text_of(guide.page(page_id, lang))
    assert set(re.findall(r"\b[A-ZÁÉÍÓÚÑ]{2,}(?:&[A-Z])?\b", text)) - known == set()


# ---- the format


def test_the_format_reads_lists_tables_links_and_places() -> None:
    blocks = blocks_of("## Go\nnow\n\n1. one\n2. two\n\n| a | b |\n| **c** | [[mtss]] |\n\n!bell-curve")
    assert [block.kind for block in blocks] == ["heading", "paragraph", "numbers", TABLE, PICTURE]
    assert blocks[3].rows[1][0][0].bold
    assert blocks[3].rows[1][1][0].page == "mtss"
    assert [run.clock for run in line_of("within {clock:initial-evaluation}.")] == ["", "initial-evaluation", ""]


def test_nothing_in_a_text_becomes_markup() -> None:
    assert line_of("<b>no</b>")[0].text == "<b>no</b>"


def test_an_unknown_page_is_refused_by_name() -> None:
    with pytest.raises(guide.UnknownPage, match="no page"):
        guide.page("nothing")
    with pytest.raises(guide.UnknownPage, match="not written"):
        guide.page("mtss", "xx")
    assert issubclass(BrokenPage, ValueError)


def test_a_citation_leads_to_the_official_text() -> None:
    assert address_of("34 CFR 300.301(b)") == "https://www.ecfr.gov/current/title-34/section-300.301"
    assert address_of("practice") == ""
