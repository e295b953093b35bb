"""The words of the field, each explained in one sentence, and where they stand in a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from gameplan.guide.pages import ROOM
from gameplan.guide.text import Line, Run


class UnknownTerm(LookupError):
    """Raised when the glossary has no word of that id."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word: `short` as people say it (often letters), its `long` name, what it means, and the page about it.

    `is_english`: the long name is what schools say in English. `marks` are the spellings that are explained on a tap
    where they stand in a text, as the long name is.
    """

    id: str
    short: str
    long: str
    means: str
    page: str = ""
    marks: tuple[str, ...] = ()
    is_english: bool = False

    @property
    def is_acronym(self) -> bool:
        """True for a word made of letters, such as IEP, whose capitals count."""
        return self.short.isupper() or any(character.isdigit() for character in self.short)


@cache
def glossary(lang: str = "en") -> tuple[Term, ...]:
    """All words in a language, by the alphabet."""
    rows = tomllib.loads((ROOM / "glossary.toml").read_text(encoding="utf-8"))["term"]
    found = [
        Term(row["id"], words["short"], words.get("long", ""), words["means"], row.get("page", ""),
             tuple(words.get("marks", ()) or (words["short"],)), lang != "en" and words.get("long") in _said(row["en"]))
        for row in rows
        for words in [row[lang]]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.short.casefold()))


def _said(english: Mapping[str, str]) -> tuple[str, ...]:
    return english["short"], english.get("long", "")


def term(term_id: str, lang: str = "en") -> Term:
    """The word of that id. Raises UnknownTerm."""
    try:
        return _by_id(lang)[term_id]
    except KeyError:
        raise UnknownTerm(f'The glossary has no word "{term_id}".') from None


@cache
def _by_id(lang: str) -> dict[str, Term]:
    return {one.id: one for one in glossary(lang)}


@cache
def _pattern(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {
        spelling: one.id for one in glossary(lang) for spelling in (one.long, one.long.lower(), *one.marks) if spelling
    }
    ids |= {mark[0].upper() + mark[1:]: name for mark, name in ids.items() if not mark[0].isupper()}
    longest_first = sorted(ids, key=len, reverse=True)
    by_letter: dict[str, list[str]] = {}  # a word of the page is held only against those that begin as it does
    for spelling in longest_first:
        by_letter.setdefault(spelling[0], []).append(re.escape(spelling[1:]))
    words = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_letter.items())
    return re.compile(rf"(?<![\w-])({words})(?![\w-])"), ids


def terms_in(text: str, lang: str) -> tuple[Term, ...]:
    """The words of the glossary that stand in a text, in the order in which they stand there first."""
    pattern, ids = _pattern(lang)
    return tuple(term(name, lang) for name in dict.fromkeys(ids[found[1]] for found in pattern.finditer(text)))


def marked(line: Line, lang: str, seen: set[str]) -> Line:
    """The line with each word of the glossary as a run of its own, the first time it stands; `seen` keeps which did."""
    return tuple(part for run in line for part in _marked_run(run, lang, seen))


def _marked_run(run: Run, lang: str, seen: set[str]) -> Iterator[Run]:
    if run.page or run.clock or run.term:
        yield run
        return
    pattern, ids = _pattern(lang)
    end = 0
    for found in pattern.finditer(run.text):
        name = ids[found[1]]
        if name in seen:
            continue
        seen.add(name)
        if found.start() > end:
            yield replace(run, text=run.text[end : found.start()])
        yield replace(run, text=found[1], term=name)
        end = found.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])
