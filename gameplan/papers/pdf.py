"""The PDF of a letter: tagged (PDF/UA-1), the same bytes for the same letter, no network, no system fonts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, Literal

import typst
from babel import Locale

from gameplan.core.words import ENGLISH, Say
from gameplan.letters import Letter
from gameplan.papers.extra_fonts import font_folders
from gameplan.plans.sheets.nesting import is_mostly_right_to_left

LAYOUT = Path(__file__).parent / "layout"
STANDARD: Literal["ua-1"] = "ua-1"
UNKNOWN_LETTER = re.compile(r"the text `\"(.+?)\"` could not be displayed")

MADE_WITH: Mapping[str, str] = {"en": "Made with gameplan", "es": "Hecha con gameplan"}
DRAFT_WORD: Mapping[str, str] = {"en": "DRAFT", "es": "BORRADOR"}
DRAFT_SENTENCE: Mapping[str, str] = {
    "en": "Draft. This letter is not finished and was not sent.",
    "es": "Borrador. Esta carta no está terminada y no se ha enviado.",
}

NO_FONT: Final = Say("The PDF cannot show: {letters}. Write it in another way, or make a Word file.")

one_at_a_time = Lock()


class CannotPrint(Exception):
    """Raised when a letter cannot become an accessible PDF; `say` tells a family what stands in the way."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(ENGLISH.say(say))


class NoFont(CannotPrint):
    """Raised for letters that no font of the program has; a Word file can still show them."""


def letter_pdf(letter: Letter, *, draft: bool = False) -> bytes:
    """The letter as a tagged PDF; a draft says so in words and across the page.

    A paragraph in Arabic or Hebrew runs from right to left; the whole letter does where its language does.
    Raises NoFont for a character that no font of the program can show, and CannotPrint for all else.
    """
    words = json.dumps(_words(letter, draft=draft), ensure_ascii=False, sort_keys=True)
    day = datetime(letter.day.year, letter.day.month, letter.day.day, tzinfo=UTC)
    try:
        with one_at_a_time:
            made = _compiler().compile(
                format="pdf", sys_inputs={"letter": words}, pdf_standards=[STANDARD], timestamp=day
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
        input=str(LAYOUT / "letter.typ"), root=str(LAYOUT), ignore_system_fonts=True, font_paths=list(fonts)
    )


def _words(letter: Letter, *, draft: bool) -> dict[str, object]:
    lang = letter.lang
    title = f"{letter.subject} ({DRAFT_WORD[lang].lower()})" if draft else letter.subject
    return {
        "lang": lang,
        "rtl": Locale.parse(lang, sep="-").text_direction == "rtl",
        "document_title": title,
        "author": letter.signature[0] if letter.signature else "",
        "title": letter.title,
        "sender": letter.sender,
        "day": [letter.day.year, letter.day.month, letter.day.day],
        "date": letter.date,
        "recipients": letter.recipients,
        "about": [{"label": label, "value": value} for label, value in letter.about],
        "greeting": letter.greeting,
        "blocks": [{"kind": block.kind, "texts": [_text(text) for text in block.texts]} for block in letter.blocks],
        "closing": letter.closing,
        "signature": letter.signature,
        "notes": letter.notes,
        "receipt": letter.receipt,
        "footer": MADE_WITH[lang] if draft else f"{MADE_WITH[lang]} · SHA-256 {letter.sha256[:12]}",
        "mark": {"word": DRAFT_WORD[lang], "sentence": DRAFT_SENTENCE[lang]} if draft else None,
    }


def _text(text: str) -> dict[str, object]:
    """A paragraph as the layout reads it: its words, and whether they run from right to left."""
    return {"text": text, "rtl": is_mostly_right_to_left(text)}


def cannot_print(error: typst.TypstError) -> CannotPrint:
    """What stands in the way: letters that no font of the program has, or else what the typesetter says."""
    found = dict.fromkeys(UNKNOWN_LETTER.findall(str(error)))
    if found:
        return NoFont(Say(NO_FONT.text, {"letters": " ".join(found)}))
    return CannotPrint(Say("The PDF could not be made: {reason}", {"reason": str(error)}))
