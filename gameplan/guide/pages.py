"""The pages of the guide: one folder each, with what is the same in every language and one file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gameplan.guide.text import Block, blocks_of

ROOM = Path(__file__).parent
PAGES = ROOM / "pages"
KINDS = ("step", "topic", "role")
FENCE = "+++"
PRACTICE = "practice"
CFR = re.compile(r"(\d+) CFR (\d+)\.(\d+)(?:\([A-Za-z0-9]+\))*(?:-\([A-Za-z0-9]+\))?")


class UnknownPage(LookupError):
    """Raised when the guide has no page of that id, or not in that language."""


class BrokenPage(ValueError):
    """Raised when a page's own files are wrong; the message names the file, the place and the mend."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language.

    `next` is the one thing to do next, in a sentence. `phrases` are everyday words for what the page is about;
    `questions` are those to ask at its meeting. `stages`, `options`, `clocks` and `ways` are ids of the law files,
    `roles` those of `people.roles`, `see` other pages, `letters` those that
    fit none of these ids. `practice` is true where the page holds advice that is no law.
    `part` is the part of the guide in which it stands, see `parts`.
    """

    id: str
    lang: str
    kind: str
    title: str
    next: str
    blocks: tuple[Block, ...]
    phrases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    practice: bool = False
    confidence: str = "high"
    part: str = ""
    order: int = 0


@cache
def languages() -> tuple[str, ...]:
    """The languages in which there is at least one page, by code."""
    return tuple(sorted({path.stem for path in PAGES.glob("*/*.md")}))


@cache
def page_ids() -> tuple[str, ...]:
    """The ids of all pages in the order of the way: steps, then topics, then roles."""
    tables = {path.parent.name: _table(path) for path in PAGES.glob("*/page.toml")}
    return tuple(
        sorted(
            tables, key=lambda one: (KINDS.index(tables[one].get("kind", "topic")), tables[one].get("order", 0), one)
        )
    )


@cache
def page(page_id: str, lang: str = "en") -> Page:
    """The page of that id in that language. Raises UnknownPage or BrokenPage."""
    if page_id not in page_ids():
        raise UnknownPage(f'The guide has no page "{page_id}".')
    path = PAGES / page_id / f"{lang}.md"
    if not path.exists():
        raise UnknownPage(f'The page "{page_id}" is not written in "{lang}" yet. Add {path.name} to its folder.')
    shared, (head, body) = _table(path.parent / "page.toml"), _split(path)
    if shared.get("kind") not in KINDS:
        raise BrokenPage(f"{path.parent}/page.toml: kind is {shared.get('kind')!r}. Use one of {', '.join(KINDS)}.")
    try:
        return Page(
            id=page_id, lang=lang, title=head.pop("title"), next=head.pop("next"), blocks=blocks_of(body),
            **_tuples(shared), **_tuples(head),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise BrokenPage(f"{path}: {error}. A page has a title and a next; README.md lists every other word.") from None


def pages(lang: str = "en", kind: str = "") -> tuple[Page, ...]:
    """All pages in a language, of one kind (step, topic, role) if one is named."""
    found = (page(one, lang) for one in page_ids())
    return tuple(one for one in found if not kind or one.kind == kind)


def pages_at(stage: str, lang: str = "en") -> tuple[Page, ...]:
    """The pages that belong to a stage of the law, the page of the stage itself first."""
    return tuple(one for one in pages(lang) if stage in one.stages)


def page_of_option(option: str, lang: str = "en") -> Page | None:
    """The page about an option of the law, the first of several; None for an option of a State alone."""
    return next((one for one in pages(lang) if option in one.options), None)


def pages_of_role(role: str, lang: str = "en") -> tuple[Page, ...]:
    """The pages about a role."""
    return tuple(one for one in pages(lang) if role in one.roles)


def pages_of_clock(clock: str, lang: str = "en") -> tuple[Page, ...]:
    """The pages that say a rule's number of days."""
    return tuple(one for one in pages(lang) if clock in one.clocks)


@cache
def parts(lang: str = "en") -> dict[str, tuple[str, tuple[Page, ...]]]:
    """The parts of the guide by id, in their order: the name of each and its pages."""
    rows = tomllib.loads((ROOM / "parts.toml").read_text(encoding="utf-8"))["part"]
    return {row["id"]: (row[lang], tuple(one for one in pages(lang) if one.part == row["id"])) for row in rows}


def address_of(cite: str) -> str:
    """The address of the official text of a federal regulation, such as "34 CFR 300.301(b)"; "" for anything else."""
    found = CFR.fullmatch(cite)
    return f"https://www.ecfr.gov/current/title-{found[1]}/section-{found[2]}.{found[3]}" if found else ""


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenPage(f"{path}: this is not TOML: {error}.") from None


def _split(path: Path) -> tuple[dict[str, Any], str]:
    """The head and the body of a file: the head stands between two lines of plus signs."""
    parts = path.read_text(encoding="utf-8").split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BrokenPage(f"{path}: it must begin with {FENCE}, the head, and {FENCE}.")
    try:
        return tomllib.loads(parts[1]), parts[2]
    except tomllib.TOMLDecodeError as error:
        raise BrokenPage(f"{path}: its head is not TOML: {error}.") from None
