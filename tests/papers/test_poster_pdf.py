"""The poster as a PDF: exactly one page for every State in both languages, accessible, with all its words."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from gameplan.law.library import states
from gameplan.law.poster import poster
from gameplan.papers.poster_pdf import poster_pdf, poster_words
from gameplan.tongues import LANGUAGES, NoSuchTongue, tongue
from tests.papers.pdf_ua import Faults, Validator, tags, validators

ON = date(2026, 11, 27)
PLACES = (None, *states())
SMALLEST = 24


def squeezed(text: str) -> str:
    """The letters alone: lines of a page break anywhere."""
    return "".join(text.replace("\ufffe", "").split())


def words_in(value: Any) -> list[str]:
    """Every text in the words of a poster."""
    if isinstance(value, dict):
        return [one for part in value.values() for one in words_in(part)]
    if isinstance(value, list):
        return [one for part in value for one in words_in(part)]
    return [value] if isinstance(value, str) else []


def printed_words(state: str | None, lang: str) -> list[str]:
    words = poster_words(poster(state, on=ON), tongue(lang))
    return words_in({name: part for name, part in words.items() if name not in ("lang", "picture")})


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A poster in each language, as files."""
    folder = tmp_path_factory.mktemp("posters")
    for lang in LANGUAGES:
        (folder / f"{lang}.pdf").write_bytes(poster_pdf("TX", lang, on=ON))
    return {lang: folder / f"{lang}.pdf" for lang in LANGUAGES}


@pytest.mark.parametrize("validator", validators(), ids=lambda one: one.__name__)
def test_the_poster_is_accessible(validator: Validator, printed: dict[str, Path]) -> None:
    faults: Faults = validator(printed)
    assert {name: found for name, found in faults.items() if found} == {}
    assert set(faults) == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_fits_on_exactly_one_page_with_all_its_words(lang: str) -> None:
    for state in PLACES:
        pdf = pypdfium2.PdfDocument(poster_pdf(state, lang, on=ON))
        assert len(pdf) == 1, state
        page = pdf[0].get_textpage()
        found = squeezed(page.get_text_range())
        assert [one for one in printed_words(state, lang) if squeezed(one) not in found] == [], state
        boxes = [page.get_charbox(at) for at in range(0, page.count_chars(), 5)]
        assert min(box[1] for box in boxes if any(box)) >= SMALLEST - 1, state
        assert max(box[2] for box in boxes) <= pdf[0].get_width() - SMALLEST, state


def test_title_language_headings_and_the_words_for_the_picture(printed: dict[str, Path]) -> None:
    with pikepdf.open(printed["en"]) as pdf, pdf.open_metadata() as about:
        found = tags(pdf)
        assert about["dc:title"] == "The road to special education: Texas"
        assert str(pdf.Root.Lang) == "en-US"
        assert found.count("H1") == 1
        assert found.count("H2") == len(poster("TX", on=ON).steps) + len(poster("TX", on=ON).sides)
        alt = [str(node.Alt) for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
    assert alt == ["A winding road with 10 stops, from “A concern” to “A new evaluation”."]


def test_a_large_one_is_one_page_of_tabloid() -> None:
    with pikepdf.open(io.BytesIO(poster_pdf("TX", "en", on=ON, paper="tabloid"))) as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 792, 1224]


def test_the_same_poster_is_the_same_bytes() -> None:
    assert poster_pdf.__wrapped__("TX", "en", on=ON) == poster_pdf.__wrapped__("TX", "en", on=ON)


def test_what_cannot_be_asked_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a paper size"):
        poster_pdf("TX", "en", on=ON, paper="a4")
    with pytest.raises(NoSuchTongue):
        poster_pdf("TX", "xx", on=ON)
    with pytest.raises(KeyError):
        poster_pdf("ZZ", "en", on=ON)
