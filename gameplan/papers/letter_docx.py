"""The Word file of a letter: the same words in the same order as the PDF, for who wants to change them by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.document import Document
from docx.shared import Inches, Pt

from gameplan.letters import Block, Letter, MissingFields, UnknownLetter, WrongFields, compose
from gameplan.papers.pdf import DRAFT_SENTENCE, DRAFT_WORD
from gameplan.papers.sheet_docx import run_as_written, same_bytes, set_styles

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
if TYPE_CHECKING:  # the command line makes Word files without a database
    from gameplan.papers.models import Letter as Frozen

STYLES = {"heading": "Heading 2", "items": "List Bullet"}


def letter_docx(letter: Letter, *, draft: bool = False) -> bytes:
    """The letter as a Word file (DOCX), the same bytes for the same letter. A draft says so at the top."""
    document = docx.Document()
    _set_up(document, letter, draft=draft)
    if draft:
        document.add_paragraph().add_run(DRAFT_SENTENCE[letter.lang]).bold = True
    _lines(document, letter.sender)
    _lines(document, [letter.date])
    for lines in letter.recipients:
        _lines(document, lines)
    document.add_paragraph(letter.title, "Heading 1")
    _lines(document, [f"{label}: {value}" for label, value in letter.about])
    document.add_paragraph(letter.greeting)
    for block in letter.blocks:
        _block(document, block)
    document.add_paragraph(letter.closing).paragraph_format.space_before = Pt(10)
    _lines(document, letter.signature, before=Pt(36))
    _lines(document, letter.notes)
    _receipt(document, letter.receipt)
    return same_bytes(document)


def word_file(frozen: Frozen) -> bytes:
    """A finished letter as a Word file: laid out if its kind still says these words, else the frozen text as it is."""
    try:
        letter = compose(frozen.kind, frozen.lang, frozen.fields)
    except (UnknownLetter, MissingFields, WrongFields):
        return _plain_docx(frozen)
    return letter_docx(letter) if letter.plain() == frozen.text else _plain_docx(frozen)


def _plain_docx(frozen: Frozen) -> bytes:
    document = docx.Document()
    set_styles(document, frozen.lang)
    for part in frozen.text.split("\n\n"):
        _lines(document, part.strip("\n").split("\n"))
    return same_bytes(document)


def _set_up(document: Document, letter: Letter, *, draft: bool) -> None:
    about = document.core_properties
    about.title = f"{letter.subject} ({DRAFT_WORD[letter.lang].lower()})" if draft else letter.subject
    about.language, about.author, about.comments, about.last_modified_by = letter.lang, "", "", ""
    about.created = about.modified = datetime(letter.day.year, letter.day.month, letter.day.day, tzinfo=UTC)
    about.revision = 1
    page = document.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    set_styles(document, letter.lang)


def _lines(document: Document, lines: Iterable[str], *, before: Pt | None = None) -> None:
    """Lines that belong together, as one paragraph."""
    told = list(lines)
    if not told:
        return
    written = document.add_paragraph()
    written.paragraph_format.space_before, written.paragraph_format.space_after = before, Pt(10)
    for number, line in enumerate(told):
        if number:
            written.runs[-1].add_break()
        written.add_run(line)
    run_as_written(written)


def _block(document: Document, block: Block) -> None:
    for text in block.texts:
        run_as_written(document.add_paragraph(text, STYLES.get(block.kind, "Normal")))


def _receipt(document: Document, lines: Iterable[str]) -> None:
    """The strip that the school fills in: what to do, then one ruled line for each thing."""
    for number, line in enumerate(lines):
        document.add_paragraph(f"{line}: {'_' * 40}" if number else line)
