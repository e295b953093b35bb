"""The Word file of a printable paper of a plan: real headings, tables and lists, the same content as the PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Written

from gameplan.plans.rich import BULLET, NUMBER, Block, Run
from gameplan.plans.sheets.nesting import is_mostly_right_to_left, is_right_to_left
from gameplan.plans.sheets.sheet import (
    Beside,
    Card,
    Facts,
    Heading,
    ListPart,
    Note,
    Part,
    Passage,
    Sheet,
    SignHere,
    TablePart,
    Words,
    passage,
)  # fmt: skip

Place = Document | _Cell
INK, QUIET, ACCENT = RGBColor(0x1D, 0x2A, 0x33), RGBColor(0x4F, 0x5B, 0x65), RGBColor(0x1A, 0x5F, 0x5B)
SIZES: Final = {"Heading 1": 18, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10}
FACE = "Calibri"
WIDTH = Inches(6.7)
MADE_THEN = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the archive: the same paper gives the same bytes."""
HASH_DIGITS = 16
DEEPEST_LIST = 3


def sheet_docx(sheet: Sheet, *, draft: bool = False, sha256: str = "") -> bytes:
    """The sheet as a Word file (DOCX).

    A draft says so at the top. `sha256` (64 hexadecimal digits, of the plan it was made from) goes into the foot of a
    final paper.
    """
    document = docx.Document()
    _set_up(document, sheet, draft=draft)
    writer = _Writer(document, sheet.lang)
    word, sentence = sheet.draft
    if draft:
        writer.words(document, passage(sentence, bold=True))
    writer.heading(document, sheet.title, 1)
    writer.words(document, passage(sheet.subtitle), quiet=True)
    writer.composed(document, sheet.child)
    for part in sheet.parts:
        writer.part(document, part)
    made = sheet.made if draft or not sha256 else f"{sheet.made} · SHA-256 {sha256[:HASH_DIGITS]}"
    _edges(document, sheet, f"{word} · {made}" if draft else made)
    return same_bytes(document)


@dataclass
class _Writer:
    """Writes parts into a document; `lang` is the language of the sheet."""

    document: Document
    lang: str

    def part(self, place: Place, part: Part) -> None:
        match part:
            case Words():
                self.words(place, part.passage, quiet=part.quiet)
            case Facts():
                self.facts(place, part)
            case ListPart():
                self.items(place, part.items)
            case TablePart():
                self.table(part)
            case Heading():
                self.heading(place, part.text, part.level, new_page=part.new_page)
            case _:
                self._rarer_part(place, part)

    def _rarer_part(self, place: Place, part: Note | SignHere | Card | Beside) -> None:
        match part:
            case Note():
                self.words(place, part.passage, style="Intense Quote")
            case SignHere():
                self.sign(part)
            case Card():
                self.card(place, part)
            case Beside():
                for inner in (inner for column in part.columns for inner in column):
                    self.part(place, inner)

    def heading(self, place: Place, text: str, level: int, *, new_page: bool = False) -> None:
        written = self._paragraph(place, f"Heading {level}")
        written.paragraph_format.page_break_before = new_page or None
        self._runs(written, (Run(text),), text, "")

    def words(self, place: Place, body: Passage, *, style: str = "", quiet: bool = False) -> None:
        """The blocks of a passage as paragraphs and list items."""
        lists: dict[int, tuple[int, int]] = {}
        for block in body.blocks:
            written = self._paragraph(place, style or _style(block))
            if block.kind == NUMBER and not block.follows:
                _number(self.document, written, block, lists)
            self._runs(written, block.runs, block.text, body.lang, quiet=quiet or body.missing)

    def composed(self, place: Place, text: str) -> None:
        """A line put together of pieces, which runs as the language of the sheet does, whatever its first letter is."""
        self._runs(self._paragraph(place, "Normal"), (Run(text, bold=True),), "", "")

    def facts(self, place: Place, part: Facts) -> None:
        for fact in part.facts:
            label = self._paragraph(place, "Fact label")
            self._runs(label, (Run(fact.label, bold=True),), fact.label, "")
            if fact.cite:
                self._runs(label, (Run(f"   {', '.join(fact.cite)}"),), fact.label, "", quiet=True)
            self.words(place, fact.value)

    def items(self, place: Place, items: Sequence[Passage]) -> None:
        for item in items:
            for at, block in enumerate(item.blocks):
                depth = min(block.depth + (block.kind != "paragraph"), DEEPEST_LIST - 1)
                style = _list_style("List Continue" if at and block.kind == "paragraph" else "List Bullet", depth)
                written = self._paragraph(place, style)
                self._runs(written, block.runs, block.text, item.lang)

    def card(self, place: Place, part: Card) -> None:
        self.heading(place, part.title, part.level)
        for inner in part.parts:
            if isinstance(inner, TablePart):
                self.table(inner, level=part.level + 1)
            else:
                self.part(place, inner)

    def table(self, part: TablePart, *, level: int = 3) -> None:
        if part.caption:
            written = self._paragraph(self.document, f"Heading {level}")
            self._runs(written, (Run(part.caption),), part.caption, "")
            self._runs(written, (Run(f"   {', '.join(part.cite)}"),) if part.cite else (), part.caption, "", quiet=True)
        head = tuple(passage(one, bold=True) for one in part.header)
        self._grid((head, *part.rows), part.widths, part.caption)

    def sign(self, part: SignHere) -> None:
        head = tuple(passage(one, bold=True) for one in part.columns)
        rows = [(passage(one.name), passage(one.role), Passage(), Passage()) for one in part.signers]
        self._grid((head, *rows), (3, 3, 4, 2), part.columns[2], lowest=Inches(0.45))

    def _grid(
        self, rows: Sequence[Sequence[Passage]], widths: Sequence[int], name: str, *, lowest: int | None = None
    ) -> None:
        drawn = self.document.add_table(rows=len(rows), cols=len(widths))
        element: Any = drawn._element
        element.tblPr.style = self._styles["Table Grid"]
        drawn.autofit = False
        _name_table(drawn, name)
        for at, (cells, row) in enumerate(zip(rows, drawn.rows, strict=True)):
            _row_manners(row, is_head=at == 0)
            if lowest and at:
                row.height = lowest
            for cell, body, share in zip(row.cells, cells, widths, strict=True):
                cell.width = int(WIDTH * share / sum(widths))
                self._cell(cell, body)
        self._paragraph(self.document, "After table")

    def _paragraph(self, place: Place, style: str) -> Written:
        """A new paragraph in that style. The library would look the style up again for each paragraph, slowly."""
        written = place.add_paragraph()
        if style != "Normal":
            element: Any = written._element
            element.style = self._styles[style]
        return written

    @cached_property
    def _styles(self) -> dict[str, str]:
        """The id of each style by its name."""
        return {str(one.name): str(one.style_id) for one in self.document.styles}

    def _cell(self, cell: _Cell, body: Passage) -> None:
        empty = cell.paragraphs[0]
        if body:
            self.words(cell, body)
            empty._element.getparent().remove(empty._element)

    def _runs(self, written: Written, runs: Sequence[Run], text: str, lang: str, *, quiet: bool = False) -> None:
        is_rtl = is_right_to_left(text)
        if is_rtl:
            _flag(written._element.get_or_add_pPr(), "w:bidi")
        for one in runs:
            made = written.add_run(one.text)
            if one.bold:
                made.bold = True
                made.font.cs_bold = is_rtl or None
            if one.italic:
                made.italic = True
            if quiet:
                made.font.color.rgb = QUIET
                made.font.size = Pt(9)
            properties = made._element.get_or_add_rPr()
            if is_rtl:
                _flag(properties, "w:rtl")
            if lang and lang != self.lang:
                _language(properties, lang)


def _style(block: Block) -> str:
    if block.kind == "paragraph":
        return "Normal"
    if block.follows:
        return _list_style("List Continue", block.depth)
    return _list_style("List Bullet" if block.kind == BULLET else "List Number", block.depth)


def _list_style(name: str, depth: int) -> str:
    depth = min(depth, DEEPEST_LIST - 1)
    return f"{name} {depth + 1}" if depth else name


def _number(document: Document, written: Written, block: Block, lists: dict[int, tuple[int, int]]) -> None:
    """Lets each numbered list begin with its own first number; Word would go on counting from the list before.

    `lists` holds, for each depth, the last number and the id of the list that is open there.
    """
    last, list_id = lists.get(block.depth, (0, 0))
    if not list_id or block.number != last + 1:
        list_id = _new_list(document, written, block.number)
    for deeper in [depth for depth in lists if depth > block.depth]:
        del lists[deeper]
    lists[block.depth] = (block.number, list_id)
    element: Any = written._element
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


def _new_list(document: Document, written: Written, start: int) -> int:
    """The id of a new numbered list that looks like the style of the paragraph and begins with that number."""
    numbering: Any = document.part.numbering_part.element
    style: Any = written.style
    base = style.element.pPr.numPr.numId.val
    abstract = next(one for one in numbering.num_lst if one.numId == base).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def _set_up(document: Document, sheet: Sheet, *, draft: bool) -> None:
    about = document.core_properties
    about.title = f"{sheet.name} ({sheet.draft[0].lower()})" if draft else sheet.name
    about.language, about.author, about.comments = sheet.lang, "", ""
    about.created = about.modified = datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC)
    about.last_modified_by, about.revision = "", 1
    page = document.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(0.9)
    page.top_margin = page.bottom_margin = Inches(0.85)
    set_styles(document, sheet.lang)


def set_styles(document: Document, lang: str) -> None:
    """Gives the document the face, sizes and language of our papers."""
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FACE, Pt(10.5), INK
    normal.paragraph_format.space_after = Pt(4)
    for name, size in SIZES.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FACE, Pt(size), True, False
        style.font.color.rgb = ACCENT if name == "Heading 2" else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    for name, points, before in (("Fact label", 9.5, 6), ("After table", 4, 0)):
        style = styles.add_style(name, 1)
        style.base_style, style.font.size = normal, Pt(points)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(0)
    styles["Fact label"].paragraph_format.keep_with_next = True
    styles["Fact label"].font.color.rgb = ACCENT
    note = styles["Intense Quote"].font
    note.color.rgb, note.bold, note.italic = INK, False, False
    for one in styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), f"{lang}-US")


def _edges(document: Document, sheet: Sheet, foot: str) -> None:
    page = document.sections[0]
    page.header.paragraphs[0].text = sheet.head
    written = page.footer.paragraphs[0]
    written.add_run(f"{foot}\t\t")
    for piece in sheet.pages.replace("{pages}", "|NUMPAGES|").replace("{page}", "|PAGE|").split("|"):
        if piece in ("PAGE", "NUMPAGES"):
            _field(written, piece)
        else:
            written.add_run(piece)
    for one in (page.header.paragraphs[0], written):
        for run in one.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), QUIET


def _field(written: Written, code: str) -> None:
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    inner, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    inner.append(text)
    field.append(inner)
    written._element.append(field)


def _name_table(drawn: Any, name: str) -> None:
    if name:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), name)
        drawn._element.tblPr.append(caption)


def _row_manners(row: Any, *, is_head: bool) -> None:
    """A row stays on one page; the first one stands again on top of each page."""
    properties = row._element.get_or_add_trPr()
    _flag(properties, "w:cantSplit")
    if is_head:
        _flag(properties, "w:tblHeader")


def run_as_written(written: Written) -> None:
    """Let a paragraph in Arabic or Hebrew run from right to left."""
    if is_mostly_right_to_left(written.text):
        _flag(written._element.get_or_add_pPr(), "w:bidi")
        for run in written.runs:
            _flag(run._element.get_or_add_rPr(), "w:rtl")


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _language(properties: Any, lang: str) -> None:
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), lang)
    made.set(qn("w:bidi"), lang)
    properties.append(made)


def same_bytes(document: Document) -> bytes:
    """The file, with the same date for each of its parts."""
    first, again = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            about = zipfile.ZipInfo(name, MADE_THEN)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            kept.writestr(about, made.read(name))
    return again.getvalue()
