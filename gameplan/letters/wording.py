"""The words of a letter: reading its `text.en.txt` or `text.es.txt` and filling in the values.

The form is line by line and tiny on purpose; `README.md` beside this file describes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gameplan.letters.folders import FRAMES, BrokenLetter, folder_of, kind_of

SECTIONS = (
    "title", "from", "to", "about", "greeting", "body", "closing", "signature", "notes", "receipt",
)  # fmt: skip
CONDITION = re.compile(r"([?!])([a-z_]+(?:\.[a-z0-9-]+)?)(:?)\s*")
PLACE = re.compile(r"\{([a-z_]+)\}")
ROLES = {"## ": "heading", "- ": "item"}
SENTENCE_END = ".!?"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: its words, what must be given (`needs`) or missing (`needs_not`) to keep it.

    A need is a field, or one answer of a choice: `status` or `status.iep`. `role` is text, heading or item. It comes
    from the file, never from a value: what a family types is words.
    """

    words: str
    role: str = "text"
    needs: tuple[str, ...] = ()
    needs_not: tuple[str, ...] = ()

    def stays(self, values: Mapping[str, str]) -> bool:
        """True if the line belongs into the letter with these values."""
        return all(values.get(name) for name in self.needs) and not any(values.get(name) for name in self.needs_not)


Paragraph = tuple[Line, ...]
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a letter in one language: for each section its paragraphs."""

    sections: Mapping[str, tuple[Paragraph, ...]]

    def places(self) -> frozenset[str]:
        """The ids of all fields that the text names, in places and in conditions."""
        lines = [line for part in self.sections.values() for paragraph in part for line in paragraph]
        named = (name for line in lines for name in (*PLACE.findall(line.words), *line.needs, *line.needs_not))
        return frozenset(name.partition(".")[0] for name in named)

    def answers(self) -> frozenset[str]:
        """The answers of choices on which a line depends, such as `status.iep`."""
        lines = [line for part in self.sections.values() for paragraph in part for line in paragraph]
        return frozenset(name for line in lines for name in (*line.needs, *line.needs_not) if "." in name)

    def kept(self, section: str, values: Mapping[str, str]) -> tuple[tuple[Said, ...], ...]:
        """The section's paragraphs as lines with roles, values filled in; what does not stay is gone."""
        found = []
        for paragraph in self.sections.get(section, ()):
            lines = tuple((line.role, filled(line.words, values)) for line in paragraph if line.stays(values))
            if lines:
                found.append(lines)
        return tuple(found)


@cache
def wording_of(kind: str, lang: str) -> Wording:
    """The words of a letter in a language. Raises UnknownLetter, or BrokenLetter with the line."""
    path = folder_of(kind) / f"text.{lang}.txt"
    own = read_wording(path.read_text(encoding="utf-8"), path.name)
    frame = kind_of(kind, lang).frame
    return Wording({**_frame(frame, lang).sections, **own.sections}) if frame else own


@cache
def _frame(name: str, lang: str) -> Wording:
    """The words around every letter of that frame."""
    path = FRAMES / f"{name}.{lang}.txt"
    return read_wording(path.read_text(encoding="utf-8"), path.name)


def read_wording(text: str, name: str) -> Wording:
    """The wording that a text file holds. Raises BrokenLetter naming the file, the line and the mend."""
    sections: dict[str, list[Paragraph]] = {}
    section = ""
    open_lines: list[Line] = []
    for number, raw in enumerate([*text.splitlines(), ""], start=1):
        line = raw.rstrip()
        heading = re.fullmatch(r"\[([a-z]+)\]", line)
        if heading or not line:
            if open_lines:
                sections[section].append(tuple(open_lines))
                open_lines = []
            section = _section(heading[1], sections, f"{name}:{number}") if heading else section
        elif not re.match(r"#(?!#)", line):
            if not section:
                raise BrokenLetter(f"{name}:{number}: words before the first section. Start with [title].")
            open_lines.append(_line(line, f"{name}:{number}"))
    return Wording({name: tuple(paragraphs) for name, paragraphs in sections.items()})


def _section(found: str, sections: dict[str, list[Paragraph]], where: str) -> str:
    if found not in SECTIONS or found in sections:
        allowed = ", ".join(SECTIONS)
        raise BrokenLetter(f"{where}: [{found}] is unknown or stands twice. Use once each: {allowed}.")
    sections[found] = []
    return found


def _line(line: str, where: str) -> Line:
    needs: list[str] = []
    needs_not: list[str] = []
    rest, open_condition = line, False
    while rest[:1] in ("?", "!") and (open_condition or not needs + needs_not):
        match = CONDITION.match(rest)
        if match is None:
            raise BrokenLetter(f"{where}: a condition reads ?field: or !field: and then the words.")
        (needs if match[1] == "?" else needs_not).append(match[2])
        rest, open_condition = rest[match.end() :], not match[3]
    if open_condition:
        raise BrokenLetter(f"{where}: the colon after the last condition is missing.")
    for mark, role in ROLES.items():
        if rest.startswith(mark):
            return Line(rest.removeprefix(mark), role, tuple(needs), tuple(needs_not))
    return Line(rest, "text", tuple(needs), tuple(needs_not))


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each {field} filled in; no second full stop where a value already ends a sentence."""
    text, position = "", 0
    for place in PLACE.finditer(words):
        value = values.get(place[1], "").strip()
        text += words[position : place.start()] + value
        position = place.end()
        if words[position : position + 1] == "." and value[-1:] in SENTENCE_END and value:
            position += 1
    return text + words[position:]
