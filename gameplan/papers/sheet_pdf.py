"""The PDF of a printable paper of a plan: tagged (PDF/UA-1), the same bytes for the same paper, no system fonts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from gameplan.core.words import Say
from gameplan.papers.extra_fonts import font_folders
from gameplan.papers.pdf import LAYOUT, STANDARD, CannotPrint, cannot_print, one_at_a_time
from gameplan.plans.rich import Run
from gameplan.plans.sheets.nesting import ListTree, Paragraph, is_right_to_left, tree_of
from gameplan.plans.sheets.sheet import (
    Beside,
    Card,
    Fact,
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
)  # fmt: skip

HASH_DIGITS = 16


def sheet_pdf(sheet: Sheet, *, draft: bool = False, sha256: str = "") -> bytes:
    """The sheet as a tagged PDF.

    A draft says so in words and across each page. `sha256` (64 hexadecimal digits, of the plan it was made from) goes
    into the foot of a final paper. Raises CannotPrint, for example for a letter that no font of the program has.
    """
    words = json.dumps(_words(sheet, draft=draft, sha256=sha256), ensure_ascii=False, sort_keys=True)
    day = datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC)
    try:
        with one_at_a_time:
            made = _compiler().compile(
                format="pdf", sys_inputs={"sheet": words}, pdf_standards=[STANDARD], timestamp=day
            )
    except typst.TypstError as error:
        raise cannot_print(error) from error
    if not isinstance(made, bytes):
        raise CannotPrint(Say("The PDF could not be made: {reason}", {"reason": type(made).__name__}))
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = [str(folder) for folder in font_folders()]
    return typst.Compiler(
        input=str(LAYOUT / "sheet.typ"), root=str(LAYOUT), ignore_system_fonts=True, font_paths=list(fonts)
    )


def _words(sheet: Sheet, *, draft: bool, sha256: str) -> dict[str, object]:
    made = sheet.made if draft or not sha256 else f"{sheet.made} · SHA-256 {sha256[:HASH_DIGITS]}"
    word, sentence = sheet.draft
    return {
        "lang": sheet.lang,
        "document_title": f"{sheet.name} ({word.lower()})" if draft else sheet.name,
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "child": sheet.child,
        "head": sheet.head,
        "pages": sheet.pages,
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "footer": made,
        "mark": {"word": word, "sentence": sentence} if draft else None,
        "one_page": sheet.one_page,
        "parts": [_part(part) for part in sheet.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    """A part as the layout reads it: its `kind`, and its words as trees of paragraphs and lists."""
    match part:
        case Heading():
            return {
                "kind": "heading", "text": _line(part.text), "level": part.level, "new_page": part.new_page,
            }  # fmt: skip
        case Words():
            return {"kind": "words", "body": _passage(part.passage), "quiet": part.quiet}
        case Note():
            return {"kind": "note", "body": _passage(part.passage)}
        case Facts():
            return {"kind": "facts", "short": part.short, "facts": [_fact(one) for one in part.facts]}
        case ListPart():
            rtl = any(is_right_to_left(one.text) for one in part.items[:1])
            return {"kind": "list", "items": [_passage(one) for one in part.items], "rtl": rtl}
        case TablePart():
            return _table(part)
        case SignHere():
            signers = [[one.name, one.role] for one in part.signers]
            return {"kind": "sign", "columns": list(part.columns), "signers": signers}
        case Card():
            return {"kind": "card", "title": _line(part.title), "level": part.level, "parts": _parts(part.parts)}
        case Beside():
            return {"kind": "beside", "columns": [_parts(column) for column in part.columns]}


def _parts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    return [_part(one) for one in parts]


def _table(part: TablePart) -> dict[str, Any]:
    return {
        "kind": "table", "caption": part.caption, "cite": ", ".join(part.cite), "header": list(part.header),
        "rows": [[_passage(cell) for cell in row] for row in part.rows], "widths": list(part.widths),
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {"label": fact.label, "cite": ", ".join(fact.cite), "value": _passage(fact.value)}


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "lang": passage.lang, "missing": passage.missing, "nodes": [_node(node) for node in tree_of(passage.blocks)],
    }  # fmt: skip


def _node(node: Paragraph | ListTree) -> dict[str, Any]:
    if isinstance(node, Paragraph):
        return {"kind": "par", "rtl": node.right_to_left, "runs": [_run(run) for run in node.runs]}
    items = [[_node(inner) for inner in item] for item in node.items]
    return {
        "kind": "list", "numbered": node.numbered, "start": node.start, "items": items, "rtl": _runs_left(node),
    }  # fmt: skip


def _runs_left(node: ListTree) -> bool:
    """True if the marks of the list stand on the right: its first item is written from right to left."""
    first = next((inner for item in node.items for inner in item), None)
    return first.right_to_left if isinstance(first, Paragraph) else False


def _run(run: Run) -> list[object]:
    return [run.text, run.bold, run.italic]


def _line(text: str) -> dict[str, object]:
    return {"text": text, "rtl": is_right_to_left(text)}
