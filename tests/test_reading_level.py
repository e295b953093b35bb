"""The words parents read stay at or below eighth grade (Flesch-Kincaid); Spanish stays readable (Fernández-Huerta)."""

from __future__ import annotations

import pytest

from gameplan import guide
from gameplan.guide.text import words_of as words_of_line
from gameplan.law.library import federal, state_pack, states
from gameplan.letters import fields_of, kinds
from scripts.catalogue import kept, messages
from tests.reading import LEAST_EASE, MOST_GRADE, ease, grade


def plain_texts() -> list[str]:
    clocks = [*federal().clocks, *(clock for code in states() for clock in state_pack(code).clocks)]
    return sorted({clock.plain for clock in clocks if not clock.not_yet})


def page_texts() -> list[str]:
    law = {text for clock in federal().clocks for text in (clock.name, clock.plain)}
    whole = [text for text, _ in messages() if isinstance(text, str) and text.endswith((".", "?", "!"))]
    return [text for text in whole if text not in law]


def test_the_plain_words_of_every_rule_together() -> None:
    assert grade(plain_texts()) <= MOST_GRADE


def test_everything_on_the_pages_together() -> None:
    assert grade(page_texts()) <= MOST_GRADE


@pytest.mark.parametrize("kind", kinds())
def test_what_a_letter_asks_for(kind: str) -> None:
    assert grade(f"{field.label}. {field.help}" for field in fields_of(kind, "en")) <= MOST_GRADE


def test_the_spanish_words_together() -> None:
    assert ease(str(m.string) for m in kept("es") if m.id and isinstance(m.string, str)) >= LEAST_EASE


@pytest.mark.parametrize("text", ["The school must answer you in time.", "You get a free copy."])
def test_the_measure_finds_easy_words_easy(text: str) -> None:
    assert grade([text]) < 5


def test_the_measure_finds_the_words_of_a_statute_hard() -> None:
    statute = (
        "The public agency responsible for the provision of individualized instruction shall, notwithstanding "
        "extraordinary circumstances, ensure determination of eligibility."
    )
    assert grade([statute]) > 14


def guide_texts(page_id: str, lang: str) -> list[str]:
    """Every sentence of a page: title, next step, text and questions; a number stands where the law fills one in."""
    page = guide.page(page_id, lang)
    number = "60 days" if lang == "en" else "60 días"
    lines = [words_of_line(line, number=number) for block in page.blocks for line in block.every_line]
    return [page.title, page.next, *lines, *page.questions]


@pytest.mark.parametrize("page_id", guide.page_ids())
def test_each_page_of_the_guide(page_id: str) -> None:
    assert grade(guide_texts(page_id, "en")) <= MOST_GRADE


@pytest.mark.parametrize("page_id", guide.page_ids())
def test_each_page_of_the_guide_in_spanish(page_id: str) -> None:
    assert ease(guide_texts(page_id, "es")) >= LEAST_EASE


def test_the_words_of_the_field_and_the_guided_check() -> None:
    for lang, measured, holds in (("en", grade, MOST_GRADE.__ge__), ("es", ease, LEAST_EASE.__le__)):
        terms = [one.means for one in guide.glossary(lang)]
        asked = [text for one in guide.check_questions(lang) for text in (one.text, one.help)]
        assert holds(measured(terms))
        assert holds(measured(asked))
