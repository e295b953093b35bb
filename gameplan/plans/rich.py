"""Simple safe rich text: paragraphs, lists, bold and italic, written as a small part of Markdown. No HTML, no links.

What is kept is always the plain text that was typed; pages and papers draw the blocks that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARAGRAPH: Final = "paragraph"
BULLET: Final = "bullet"
NUMBER: Final = "number"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; `text` may hold line breaks."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: plain, or of a list, which can stand inside another list (`depth` 0 is the outermost).

    `number` is that of an item of a numbered list; `follows` is true for the second paragraph of an item and later.
    """

    kind: str
    runs: tuple[Run, ...]
    depth: int = 0
    number: int = 0
    follows: bool = False

    @property
    def text(self) -> str:
        """The words without their style."""
        return "".join(run.text for run in self.runs)


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and list items that stand in a text.

    >>> [(one.kind, one.text) for one in blocks("Reads *well*.\\n\\n- slowly\\n- with help")]
    [('paragraph', 'Reads well.'), ('bullet', 'slowly'), ('bullet', 'with help')]
    """
    return tuple(_blocks(_reader().parse(text)))


def plain(text: str) -> str:
    """The words of a text without marks, one paragraph a line."""
    return "\n".join(one.text for one in blocks(text))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("zero").enable(["list", "emphasis", "escape", "newline"])


@dataclass
class _List:
    kind: str
    number: int
    fresh: bool = True


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[_List] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrGet("start") or 1)
            lists.append(_List(BULLET if token.type.startswith("bullet") else NUMBER, first - 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1].number += 1
            lists[-1].fresh = True
        elif token.type == "inline":
            yield _block(tuple(_runs(token.children or [])), lists)


def _block(runs: tuple[Run, ...], lists: list[_List]) -> Block:
    if not lists:
        return Block(PARAGRAPH, runs)
    one = lists[-1]
    follows, one.fresh = not one.fresh, False
    return Block(one.kind, runs, len(lists) - 1, one.number if one.kind == NUMBER else 0, follows)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if words:
            yield Run(words, bold > 0, italic > 0)
