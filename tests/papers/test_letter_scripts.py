"""Letters in other scripts: whose own words they are, they are printed, and begin on the side where they begin."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pytest_django import Settings

from gameplan.letters import compose
from gameplan.papers import extra_fonts, pdf
from gameplan.papers.letter_docx import letter_docx
from gameplan.papers.pdf import NoFont, letter_pdf
from tests.papers.pdf_ua import fonts, tags
from tests.papers.test_pdf import FULL, made, text_of

ARABIC, NAME = "تحب آنا الكتب. تبكي في البيت.", "آنا حداد"
VIETNAMESE = "Con tôi không tự đọc được một trang. Ở nhà cháu khóc."
LEFT, RIGHT = 72, 540
"""Where lines begin and end on the sheet, in points."""


def pieces_of(content: bytes) -> Iterator[tuple[str, float, float]]:
    """The pieces of text of a PDF, from where to where each goes, in points from the left."""
    for page in pypdfium2.PdfDocument(content):
        words = page.get_textpage()
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            yield words.get_text_bounded(left, bottom, right, top), left, right


def test_own_words_in_vietnamese_are_whole() -> None:
    said = text_of(letter_pdf(made(FULL, concerns=VIETNAMESE, child="Nguyễn Thị Thảo")))
    assert VIETNAMESE in said
    assert "Child: Nguyễn Thị Thảo" in said


@pytest.mark.parametrize("words", [ARABIC, "ฉันชอบสัตว์", "मुझे जानवर पसंद हैं।"])
def test_further_scripts_are_printed_in_a_font_that_has_them(words: str) -> None:
    content = letter_pdf(made(FULL, concerns=words, child=words.split()[0]))
    with pikepdf.open(io.BytesIO(content)) as made_pdf:
        used, found = list(fonts(made_pdf)), tags(made_pdf)
    assert all(is_embedded and is_readable for name, is_embedded, is_readable in used if "FiraGO" in name)
    assert any("FiraGO" in name for name, _, _ in used)
    assert (found.count("H1"), "P" in found) == (1, True)
    # Joined letters come out one by one, and in the reader's own order: none of them is missing.
    assert set(words) <= set(text_of(content))


def test_own_words_in_arabic_begin_on_the_right_and_the_rest_on_the_left() -> None:
    """A sentence in English that begins with a name in Arabic is still a sentence in English."""
    pieces = list(pieces_of(letter_pdf(made(FULL, concerns=ARABIC, child=NAME, parent="ليلى"))))
    assert max(right for words, _, right in pieces if "تحب" in words) > RIGHT - 2
    for start in ("Child:", "I am the mother", "ليلى"):
        assert min(left for words, left, _ in pieces if start in words) < LEFT + 20, start
    assert all(left < RIGHT / 2 for words, left, _ in pieces if "now gets extra help" in words)


def test_a_letter_runs_the_way_of_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are in English and Spanish today. One in Hebrew would begin on the right, down to its foot."""
    monkeypatch.setitem(pdf.MADE_WITH, "he", "נעשה עם")
    pieces = list(pieces_of(letter_pdf(replace(FULL.letter(), lang="he", greeting="שלום", closing="בברכה"))))
    for words in ("שלום", "בברכה", "נעשה"):
        assert max(right for said, _, right in pieces if words in said) > RIGHT - 2, words


def test_the_word_file_runs_the_way_of_the_words() -> None:
    letter = made(FULL, concerns=ARABIC, child=NAME)
    document = docx.Document(io.BytesIO(letter_docx(letter)))
    from_the_right = [one.text for one in document.paragraphs if one._element.xpath("./w:pPr/w:bidi")]
    assert from_the_right == [ARABIC]


def test_what_no_font_has_is_named_and_word_is_offered() -> None:
    with pytest.raises(pdf.NoFont, match=r"王.* make a Word file"):
        letter_pdf(made(FULL, child="王小明"))
    told = docx.Document(io.BytesIO(letter_docx(compose(FULL.kind, FULL.lang, FULL.values | {"child": "王小明"}))))
    assert any("王小明" in one.text for one in told.paragraphs)


def test_a_folder_of_fonts_that_the_settings_name_is_used(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No font of ours has Chinese; one that has is named by whoever runs the program. Here Thai plays that part."""
    for name in extra_fonts._of_the_package()[0].iterdir():
        shutil.copy(name, tmp_path)
    monkeypatch.setattr(extra_fonts, "_of_the_package", lambda: ())
    thai = made(FULL, concerns="ฉันชอบสัตว์")
    with without_kept_compilers(), pytest.raises(NoFont):
        letter_pdf(thai)
    settings.GAMEPLAN_FONTS = [tmp_path]
    with without_kept_compilers():
        assert set("ฉันชอบสัตว์") <= set(text_of(letter_pdf(thai)))


@contextmanager
def without_kept_compilers() -> Iterator[None]:
    """The typesetter and its fonts are made once a process; here they are made anew, and so afterwards."""
    kept = (extra_fonts.font_folders, pdf._compiler)
    for one in kept:
        one.cache_clear()
    try:
        yield
    finally:
        for one in kept:
            one.cache_clear()
