"""Lists inside lists: the flat blocks of a text as a tree, and which way its letters run."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from gameplan.plans.rich import NUMBER, PARAGRAPH, Block, Run

RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the tree."""

    runs: tuple[Run, ...]
    right_to_left: bool


@dataclass(slots=True)
class ListTree:
    """A list of the tree; each item holds paragraphs and lists. `start` is the first number of a numbered one."""

    numbered: bool
    start: int
    items: list[list[Paragraph | ListTree]] = field(default_factory=list)


def tree_of(blocks: Sequence[Block]) -> list[Paragraph | ListTree]:
    """The blocks as paragraphs and lists, as deep as they were written."""
    top: list[Paragraph | ListTree] = []
    open_lists: list[ListTree] = []
    for block in blocks:
        paragraph = Paragraph(block.runs, is_right_to_left(block.text))
        if block.kind == PARAGRAPH:
            open_lists.clear()
            top.append(paragraph)
            continue
        del open_lists[block.depth + 1 :]
        if len(open_lists) > block.depth and not block.follows and not _goes_on(open_lists[-1], block):
            open_lists.pop()
        while len(open_lists) <= block.depth:
            opened = ListTree(block.kind == NUMBER, block.number)
            (open_lists[-1].items[-1] if open_lists else top).append(opened)
            opened.items.append([])
            open_lists.append(opened)
        _add(open_lists[-1], paragraph, follows=block.follows)
    return top


def is_right_to_left(text: str) -> bool:
    """True if the first letter with a direction of its own belongs to a script that runs from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in RIGHT_TO_LEFT:
            return True
    return False


def is_mostly_right_to_left(text: str) -> bool:
    """True if most letters run from right to left: a sentence in English may begin with a name in Arabic."""
    ways = [unicodedata.bidirectional(letter) for letter in text]
    return 2 * sum(way in RIGHT_TO_LEFT for way in ways) > sum(way == "L" or way in RIGHT_TO_LEFT for way in ways)


def _goes_on(one: ListTree, block: Block) -> bool:
    numbered = block.kind == NUMBER
    return one.numbered == numbered and (not numbered or block.number == one.start + len(one.items))


def _add(one: ListTree, paragraph: Paragraph, *, follows: bool) -> None:
    if not follows and one.items[-1]:
        one.items.append([])
    one.items[-1].append(paragraph)
