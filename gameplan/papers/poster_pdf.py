"""The PDF of a poster of the law: one page, tagged (PDF/UA-1), the same bytes for the same poster, no system fonts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final

import typst

from gameplan.core.words import Say, Tongue
from gameplan.law.poster import Owed, Poster, Step, poster
from gameplan.papers.extra_fonts import font_folders
from gameplan.papers.pdf import LAYOUT, STANDARD, CannotPrint, cannot_print, one_at_a_time
from gameplan.tongues import tongue

PAPERS: Final = ("letter", "tabloid")


@lru_cache(maxsize=128)
def poster_pdf(state: str | None, lang: str, *, on: date, paper: str = "letter") -> bytes:
    """The poster of a State (None: federal law alone) by the law of the day `on`, on one page of `PAPERS`.

    Raises CannotPrint, ValueError for another paper, NoSuchTongue for a language that is not spoken here, KeyError
    for an unknown State. What was drawn is kept: everybody may ask for it.
    """
    if paper not in PAPERS:
        raise ValueError(f'"{paper}" is not a paper size of the poster. Use one of: {", ".join(PAPERS)}.')
    made = poster(state, on=on)
    words = json.dumps(poster_words(made, tongue(lang)) | {"paper": paper}, ensure_ascii=False, sort_keys=True)
    day = datetime(on.year, on.month, on.day, tzinfo=UTC)
    try:
        with one_at_a_time:
            printed = _compiler().compile(
                format="pdf", sys_inputs={"poster": words}, pdf_standards=[STANDARD], timestamp=day
            )
    except typst.TypstError as error:
        raise cannot_print(error) from error
    if not isinstance(printed, bytes):
        raise CannotPrint(Say("The PDF could not be made: {reason}", {"reason": type(printed).__name__}))
    return printed


def poster_words(made: Poster, words: Tongue) -> dict[str, Any]:
    """Every word of the poster in a language, as the layout reads them."""
    return {
        "lang": words.lang,
        "title": words.say(made.title),
        "lead": words.say(Say("Who owes what, and by when. Start at 1.")),
        "picture": words.say(made.picture),
        "steps": [_step(step, words) for step in made.steps],
        "sides": [_step(step, words) for step in made.sides],
        "notes": [words.say(note) for note in made.notes],
        "made": words.say(Say("Made with gameplan")),
        "day": [made.on.year, made.on.month, made.on.day],
    }


def _step(step: Step, words: Tongue) -> dict[str, Any]:
    return {
        "number": step.number,
        "name": words.say(step.name),
        "plain": words.say(step.plain),
        "owed": [_owed(one, words) for one in step.owed],
        "note": words.say(step.note) if step.note else "",
    }


def _owed(one: Owed, words: Tongue) -> dict[str, Any]:
    cite = f"{one.cite} ({words.say(Say('federal rule'))})" if one.federal else one.cite
    return {
        "who": words.say(one.who) if one.who else "",
        "what": words.say(one.what),
        "time": _begun(words.say(one.time)) if one.time else "",
        "since": words.say(one.since) if one.since else "",
        "ask": words.say(one.ask) if one.ask else "",
        "mark": "*" if one.doubtful else "",
        "cite": cite,
    }


def _begun(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


@cache
def _compiler() -> typst.Compiler:
    fonts = [str(folder) for folder in font_folders()]
    return typst.Compiler(
        input=str(LAYOUT / "poster.typ"), root=str(LAYOUT), ignore_system_fonts=True, font_paths=list(fonts)
    )
