"""The text of a guide page as blocks: a small safe format, read line by line. There is no HTML in it.

    ## words              a heading
    - words               one entry of a list
    1. words              one entry of a numbered list
    | a | b |             one row of a table; the first row names the columns
    !bell-curve           a picture by its name
    (empty line)          ends a paragraph; the lines of a paragraph run together

Inside a line: `**bold**`, `[[page-id]]` or `[[page-id|words]]` for a link, `{clock:initial-evaluation}` for a number
of days that the law room fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
BULLETS: Final = "bullets"
NUMBERS: Final = "numbers"
TABLE: Final = "table"
PICTURE: Final = "picture"

_MARK = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\[\[(?P<page>[a-z0-9-]+)(?:\|(?P<words>[^\]]+))?\]\]|\{clock:(?P<clock>[a-z0-9-]+)\}"
)
_NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words: plain, bold, a link to a `page`, a place for the number of a `clock`, or a glossary `term`.

    A link without words of its own, and a place, have an empty `text` until the page is shown.
    """

    text: str = ""
    bold: bool = False
    page: str = ""
    clock: str = ""
    term: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page. `lines` are the words of a heading or paragraph (one line) or the entries of a list.

    `rows` are the rows of a table, the first with the names of the columns; `name` is the name of a picture.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    name: str = ""

    @property
    def every_line(self) -> tuple[Line, ...]:
        """All lines of the block, those of a table cell by cell."""
        return (*self.lines, *(cell for row in self.rows for cell in row))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks that stand in a text.

    >>> [(one.kind, one.lines[0][0].text) for one in blocks_of("## Ask\\n\\nWrite it\\ndown.\\n\\n- today")]
    [('heading', 'Ask'), ('paragraph', 'Write it down.'), ('bullets', 'today')]
    """
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        found += _blocks([line.strip() for line in part.splitlines() if line.strip()])
    return tuple(found)


def _blocks(lines: list[str]) -> Iterator[Block]:
    while lines:
        kind = _kind(lines[0])
        alike = 1
        while kind not in (HEADING, PICTURE) and alike < len(lines) and _kind(lines[alike]) == kind:
            alike += 1
        yield _block(kind, lines[:alike])
        lines = lines[alike:]


def _kind(line: str) -> str:
    starts = {"## ": HEADING, "- ": BULLETS, "| ": TABLE, "!": PICTURE}
    found = next((kind for start, kind in starts.items() if line.startswith(start)), PARAGRAPH)
    return NUMBERS if _NUMBERED.match(line) else found


def _block(kind: str, lines: list[str]) -> Block:
    if kind == TABLE:
        cells = (line.removeprefix("|").removesuffix("|").split("|") for line in lines)
        return Block(kind, rows=tuple(tuple(line_of(cell.strip()) for cell in row) for row in cells))
    if kind == PICTURE:
        return Block(kind, name=lines[0][1:].strip())
    if kind == PARAGRAPH:
        return Block(kind, (line_of(" ".join(lines)),))
    words = (_NUMBERED.sub("", line, count=1) if kind == NUMBERS else line.partition(" ")[2] for line in lines)
    return Block(kind, tuple(line_of(one) for one in words))


def line_of(text: str) -> Line:
    """The runs of one line."""
    runs: list[Run] = []
    end = 0
    for mark in _MARK.finditer(text):
        runs += [Run(text[end : mark.start()])] if mark.start() > end else []
        runs.append(_run(mark))
        end = mark.end()
    return tuple([*runs, Run(text[end:])] if end < len(text) else runs)


def _run(mark: re.Match[str]) -> Run:
    if mark["bold"]:
        return Run(mark["bold"], bold=True)
    if mark["clock"]:
        return Run(clock=mark["clock"])
    return Run(mark["words"] or "", page=mark["page"])


def words_of(line: Line, *, number: str = "60 days") -> str:
    """The words of a line as plain text, `number` standing where the law fills one in."""
    return "".join(run.text or (number if run.clock else run.page.replace("-", " ")) for run in line)


def with_lines(block: Block, lines: list[Line]) -> Block:
    """The block with other lines, as many as `every_line` has."""
    if not block.rows:
        return replace(block, lines=tuple(lines))
    rest = iter(lines)
    return replace(block, rows=tuple(tuple(next(rest) for _ in row) for row in block.rows))
