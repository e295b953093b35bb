"""The PDF of a letter: accessible, the same every time, and with every word of the letter in it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import typst

from gameplan.letters import Letter, compose, kind_of
from gameplan.papers.pdf import MADE_WITH, CannotPrint, letter_pdf
from tests.letters.golden import EXAMPLES, Example
from tests.papers.pdf_ua import Faults, Validator, fonts, tags, validators

FULL = next(one for one in EXAMPLES if str(one) == "evaluation-request-texas-en")
HEBREW = "אנה סקרנית ואדיבה."
DRAFTS = tuple({(one.kind, one.lang): one for one in EXAMPLES}.values())
VALIDATORS = validators()


def made(example: Example, **changes: str) -> Letter:
    return compose(example.kind, example.lang, example.values | changes)


def pdf_of(example: Example) -> bytes:
    """The letter of an example as it is printed; made once for all that is asked of it."""
    return _printed(str(example))


@cache
def _printed(name: str) -> bytes:
    return letter_pdf(next(one for one in EXAMPLES if str(one) == name).letter())


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every example as a letter, one of each kind as a draft, and one file that is not accessible."""
    folder = tmp_path_factory.mktemp("letters")
    files = {str(one): pdf_of(one) for one in EXAMPLES}
    files |= {f"{one}-draft": letter_pdf(one.letter(), draft=True) for one in DRAFTS}
    files["long"] = letter_pdf(made(FULL, concerns="She guesses at words. " * 250))
    files["hebrew"] = letter_pdf(made(FULL, concerns=HEBREW, child="אנה"))
    files["not-accessible"] = typst.compile(b"== A second heading first\nwords")
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return {name: folder / f"{name}.pdf" for name in files}


@pytest.fixture(scope="module", params=VALIDATORS, ids=lambda one: one.__name__)
def faults(request: pytest.FixtureRequest, printed: dict[str, Path]) -> Faults:
    """What a validator says of each file; it is asked once for all."""
    validator: Validator = request.param
    return validator(printed)


def test_every_letter_and_draft_is_accessible(faults: Faults) -> None:
    assert {name: found for name, found in faults.items() if found and name != "not-accessible"} == {}
    assert len(faults) == len(EXAMPLES) + len(DRAFTS) + 3


def test_the_validator_finds_what_is_not_accessible(faults: Faults) -> None:
    assert len(faults["not-accessible"]) >= 3


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_is_printed_is_the_letter(example: Example) -> None:
    """Title, language and author are set; every word can be copied; a letter of a family fits on one page."""
    letter, content = example.letter(), pdf_of(example)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as about:
        assert str(pdf.Root.Lang) in (letter.lang, f"{letter.lang}-US")
        assert about["dc:title"] == letter.subject
        assert about["dc:creator"] == [letter.signature[0]]
        assert letter.day.strftime("%Y%m%d") in str(pdf.docinfo["/CreationDate"])
    said = text_of(content)
    found = "".join(said.split()).replace("\ufffe", "")
    pages = len(pypdfium2.PdfDocument(content))
    foot = f"{MADE_WITH[letter.lang]}·SHA-256{letter.sha256[:12]}".replace(" ", "")
    assert foot in found
    for number in range(1, pages + 1):  # a paragraph may go on behind the foot of a page
        found = found.replace(f"{foot}{number}/{pages}", "").replace(f"{number}/{pages}{foot}", "")
    words = [text for block in letter.blocks for text in block.texts]
    words += [letter.date, letter.greeting, letter.closing, letter.title]
    assert [one for one in words if "".join(one.split()) not in found] == []
    if "parent" in kind_of(example.kind).signed_by and example.name != "rule-read-in-summary":
        assert pages == 1
    assert (f"1 / {pages}" in said) == (pages > 1)


def test_headings_paragraphs_and_lists_are_tagged_as_what_they_are() -> None:
    letter = FULL.letter()
    with pikepdf.open(io.BytesIO(letter_pdf(letter))) as pdf:
        found = tags(pdf)
    items = sum(len(block.texts) for block in letter.blocks if block.kind == "items")
    assert found.count("H1") == 1
    assert found.count("H2") == len([block for block in letter.blocks if block.kind == "heading"])
    assert found.count("LI") == items
    assert found.count("P") >= len([block for block in letter.blocks if block.kind == "paragraph"])
    assert "Table" not in found


def test_a_long_letter_goes_on_and_numbers_its_pages() -> None:
    content = letter_pdf(made(FULL, concerns="She guesses at words. " * 250))
    pages = pypdfium2.PdfDocument(content)
    words = [page.get_textpage().get_text_range() for page in pages]
    assert len(words) > 1
    assert all(f"{number} / {len(words)}" in page for number, page in enumerate(words, start=1))
    assert all(len(page.split()) > 60 for page in words)
    assert "Sincerely" in words[-1]
    assert "Please keep a dated copy" in words[-1]


def test_the_same_letter_makes_the_same_bytes() -> None:
    assert letter_pdf(FULL.letter()) == letter_pdf(FULL.letter())
    assert letter_pdf(FULL.letter()) != letter_pdf(made(FULL, child="Ana López"))


def test_a_draft_says_so_in_words_and_carries_no_hash() -> None:
    letter = FULL.letter()
    draft = text_of(letter_pdf(letter, draft=True))
    assert "Draft. This letter is not finished and was not sent." in draft
    assert letter.sha256[:12] not in draft
    assert "Draft" not in text_of(letter_pdf(letter))


def test_only_fonts_that_come_with_the_program_are_used() -> None:
    with pikepdf.open(io.BytesIO(letter_pdf(FULL.letter()))) as pdf:
        names = {name.partition("+")[2] for name, _, _ in fonts(pdf)}
    assert all(name.startswith(("LibertinusSerif", "DejaVuSansMono")) for name in names)


@pytest.mark.parametrize("name", ["Łukasz Šimůnek", "Thảo Nguyễn", "Иван", "Αννα", "O'Neill–García"])
def test_names_from_many_places_are_printed(name: str) -> None:
    assert name in text_of(letter_pdf(made(FULL, child=name)))


def test_letters_that_no_font_has_are_named_and_nothing_is_left_out() -> None:
    with pytest.raises(CannotPrint, match="王"):
        letter_pdf(made(FULL, child="王"))


def test_what_a_family_types_is_never_a_command_of_the_layout() -> None:
    typed = '#panic("x") $sum$ *bold* _it_ @ref <label> // gone? /* no */ \\ = Heading'
    printed = "".join(text_of(letter_pdf(made(FULL, concerns=typed))).split())
    assert "".join(typed.split()) in printed
