"""A printable paper as plain data: what stands on it, in which order, without any layout.

A page, a PDF and a Word file draw the same `Sheet`; none of them adds, leaves out or rewords anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gameplan.plans.rich import PARAGRAPH, Block, Run


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in their blocks. `lang` is the language they were written in, where it may differ from the sheet's.

    `missing`: nobody wrote anything here, and the words say so.
    """

    blocks: tuple[Block, ...] = ()
    lang: str = ""
    missing: bool = False

    @property
    def text(self) -> str:
        """The words without style, one block a line."""
        return "\n".join(one.text for one in self.blocks)

    def __bool__(self) -> bool:
        return bool(self.blocks)


def passage(text: str, *, bold: bool = False, lang: str = "") -> Passage:
    """One paragraph of these words; empty words give an empty passage."""
    return Passage((Block(PARAGRAPH, (Run(text, bold=bold),)),) if text else (), lang)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. The title of the sheet is level 1, so `level` is 2 or more. `new_page`: it begins a page."""

    text: str
    level: int = 2
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Running text. `quiet`: it explains or gives a source and is not the matter itself."""

    passage: Passage
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands there. `cite`: the rules that ask for it."""

    label: str
    value: Passage
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Some facts that belong together. `short`: each is a few words, so that two fit beside each other."""

    facts: tuple[Fact, ...]
    short: bool = True


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table: a caption, one header row, and rows of as many cells. `widths`: the share of each column."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Passage, ...], ...]
    widths: tuple[int, ...]
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list, each item with its own blocks."""

    items: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that must be seen, set apart from the text."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may sign; without a name a line is left for it."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SignHere:
    """Places to sign. `columns`: the words for name, role, signature and date."""

    signers: tuple[Signer, ...]
    columns: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A thing with a title and parts of its own, such as a goal; it stays on one page if it can."""

    title: str
    parts: tuple[Words | Facts | TablePart | ListPart, ...]
    level: int = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts that stand beside each other where there is room for it; they are read one column after the other."""

    columns: tuple[tuple[Heading | Words | Facts | ListPart, ...], ...]


Part = Heading | Words | Facts | TablePart | ListPart | Note | SignHere | Card | Beside


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole paper.

    `name` is what a list of papers or the window of a reader shows. `subtitle` says in a few words what it is for,
    `child` is the line about the child, `head` stands on top of the later pages, `pages` counts them ("Page {page} of
    {pages}"), `made` says where it comes from. `draft` is the word and the sentence of a draft. `one_page`: use smaller
    type, within reason, where that saves the second page.
    """

    kind: str
    name: str
    title: str
    lang: str
    day: date
    subtitle: str
    child: str
    head: str
    pages: str
    made: str
    draft: tuple[str, str]
    parts: tuple[Part, ...]
    one_page: bool = False

    def texts(self) -> Iterator[str]:
        """Every piece of text of the sheet in reading order."""
        yield from (one for one in (self.title, self.subtitle, self.child) if one)
        for part in self.parts:
            yield from texts_of(part)


def texts_of(part: Part) -> Iterator[str]:
    """Every piece of text of a part in reading order."""
    match part:
        case Heading():
            yield part.text
        case Words() | Note():
            yield part.passage.text
        case Facts():
            yield from (text for fact in part.facts for text in (fact.label, *fact.cite, fact.value.text))
        case TablePart():
            yield from (part.caption, *part.cite, *part.header)
            yield from (cell.text for row in part.rows for cell in row)
        case ListPart():
            yield from (item.text for item in part.items)
        case SignHere():
            yield from (*part.columns, *(text for one in part.signers for text in (one.name, one.role)))
        case Card():
            yield from (part.title, *(text for inner in part.parts for text in texts_of(inner)))
        case Beside():
            yield from (text for column in part.columns for inner in column for text in texts_of(inner))
