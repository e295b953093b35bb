"""The Word file of a letter says what the letter says, in the same order."""

from __future__ import annotations

import io

import docx
import pytest

from gameplan.papers.letter_docx import letter_docx
from tests.letters.golden import EXAMPLES, Example

SOME = tuple(one for one in EXAMPLES if one.name in ("texas", "correction", "refusal"))


@pytest.mark.parametrize("example", SOME, ids=str)
def test_it_holds_every_word_of_the_letter_in_order(example: Example) -> None:
    letter = example.letter()
    document = docx.Document(io.BytesIO(letter_docx(letter)))
    told = [line for paragraph in document.paragraphs for line in paragraph.text.split("\n")]
    words = [*letter.sender, letter.date, letter.title, letter.greeting]
    words += [text for block in letter.blocks for text in block.texts] + [letter.closing, *letter.signature]
    place = 0
    for one in words:
        assert one in told[place:], one
        place = told.index(one, place)
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"] == [letter.title]
    assert document.core_properties.language == example.lang


def test_it_is_the_same_file_for_the_same_letter_and_a_draft_says_so() -> None:
    letter = SOME[0].letter()
    assert letter_docx(letter) == letter_docx(letter)
    draft = docx.Document(io.BytesIO(letter_docx(letter, draft=True)))
    assert "Draft." in draft.paragraphs[0].text or "Borrador." in draft.paragraphs[0].text
