"""Composing a letter: values in, the finished words out. Pure; nothing is written anywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gameplan.core.words import ENGLISH, Say
from gameplan.letters.folders import LONGEST, LetterField, LetterKind, kind_of
from gameplan.letters.phrases import day_in_words
from gameplan.letters.wording import Said, Wording, wording_of

FEDERAL = "us"
LAW_CITES = ("law.answer.cite", "law.cite.")
LINE_END = re.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")
OWN_BULLET = re.compile(r"^[-*•–]\s*")
HIDDEN_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class MissingFields(Exception):
    """Raised when a letter lacks values that it cannot do without; `fields` are those, with their labels."""

    def __init__(self, fields: tuple[LetterField, ...]) -> None:
        self.fields = fields
        self.ids = tuple(one.id for one in fields)
        super().__init__("The letter still needs: " + "; ".join(one.label for one in fields) + ".")


class WrongFields(Exception):
    """Raised when values cannot be used; `faults` maps the field's id to what is wrong with it."""

    def __init__(self, faults: Mapping[str, Say]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(f"{name}: {ENGLISH.say(fault)}" for name, fault in self.faults.items()))


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body: a `heading`, a `paragraph` (one text) or `items` (a list)."""

    kind: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of a heading or paragraph."""
        return " ".join(self.texts)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in its finished words, without any layout."""

    kind: str
    lang: str
    title: str
    sender: tuple[str, ...]
    day: date
    date: str
    recipients: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, str], ...]
    greeting: str
    blocks: tuple[Block, ...]
    closing: str
    signature: tuple[str, ...]
    notes: tuple[str, ...]
    receipt: tuple[str, ...]
    cites: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The subject line of an e-mail: the title and the child or matter it is about."""
        return f"{self.title}: {self.about[0][1]}" if self.about else self.title

    def plain(self) -> str:
        """The letter as plain text, ready for an e-mail. This is the text that is hashed."""
        parts = ["\n".join(self.sender), self.date]
        parts += ["\n".join(lines) for lines in self.recipients]
        parts.append("\n".join([self.title, *(f"{label}: {value}" for label, value in self.about)]))
        parts.append(self.greeting)
        parts += [_plain_block(block) for block in self.blocks]
        parts += [self.closing, "\n".join(self.signature)]
        parts += ["\n".join(self.notes)] if self.notes else []
        return "\n\n".join(parts) + "\n"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the plain text in UTF-8, as 64 hexadecimal digits."""
        return hash_of(self.plain())


def hash_of(text: str) -> str:
    """The SHA-256 of a letter's text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def compose(kind: str, lang: str, values: Mapping[str, str]) -> Letter:
    """The letter of that kind in that language with these values.

    Raises UnknownLetter, MissingFields (never a blank in a letter) or WrongFields.
    """
    known = kind_of(kind, lang)
    wording = wording_of(kind, lang)
    tidy = tidied(values)
    _refuse_wrong(known, tidy)
    _refuse_missing(known, tidy)
    said = {one.id: _said(one, tidy.get(one.id, ""), lang) for one in known.fields} | chosen(known, tidy)
    return _letter(known, wording, said, date.fromisoformat(tidy["date"]), lang, _rules(known, tidy))


def chosen(known: LetterKind, values: Mapping[str, str]) -> dict[str, str]:
    """The answers that were chosen, as conditions name them: {"status.iep": "yes"}."""
    return {f"{one.id}.{values[one.id]}": "yes" for one in known.fields if one.type == "choice" and values.get(one.id)}


def printed(kind: str, lang: str, values: Mapping[str, str], cite: str) -> bool:
    """True if the letter's own words print the citation with these values, whole or not. Raises UnknownLetter.

    A citation inside a value is none of its words.
    """
    said = dict(values) | chosen(kind_of(kind, lang), values)
    paragraphs = wording_of(kind, lang).sections.get("body", ())
    return any(line.stays(said) and _cited(cite, line.words) for lines in paragraphs for line in lines)


def tidied(values: Mapping[str, str]) -> dict[str, str]:
    """The values in one Unicode form, without control characters, needless white space and empty lines."""
    found = {}
    for name, value in values.items():
        text = unicodedata.normalize("NFC", LINE_END.sub("\n", value)).replace("\t", " ")
        clean = "".join(c for c in text if c == "\n" or not _is_hidden(c))
        lines = (" ".join(line.split()) for line in clean.split("\n"))
        found[name] = "\n".join(line for line in lines if line)
    return found


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in HIDDEN_MARKS


def _refuse_missing(known: LetterKind, values: Mapping[str, str]) -> None:
    missing = [one.id for one in known.fields if one.required and not values.get(one.id)]
    for group in known.at_least_one:
        if not any(values.get(name) for name in group):
            missing += [name for name in group if name not in missing]
    if missing:
        raise MissingFields(tuple(one for one in known.fields if one.id in missing))


def _refuse_wrong(known: LetterKind, values: Mapping[str, str]) -> None:
    faults = {}
    for name, value in values.items():
        one = known.field(name)
        fault = Say("This letter has no such field.") if one is None else _fault(one, value)
        if fault:
            faults[name] = fault
    if faults:
        raise WrongFields(faults)


def _fault(one: LetterField, value: str) -> Say | None:
    longest = LONGEST["text" if one.type in ("text", "choices") else "line"]
    if len(value) > longest:
        counted = {"length": len(value), "longest": longest}
        return Say("This is too long: {length} characters. Shorten it to {longest}.", counted)
    if one.type == "date" and value and not _is_day(value):
        return Say("“{value}” is not a day. Write it like 2025-09-03.", {"value": value})
    if one.type == "choice" and value and value not in {option.id for option in one.options}:
        return Say("“{value}” is not one of the answers.", {"value": value})
    return None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _said(one: LetterField, value: str, lang: str) -> str:
    """The value as the letter prints it."""
    if not value:
        return ""
    if one.type == "date":
        return day_in_words(date.fromisoformat(value), lang)
    labels = {option.id: option.label for option in one.options}
    if one.type == "choice":
        return labels[value]
    if one.type == "choices":
        return "; ".join(labels.get(line, line) for line in value.split("\n"))
    return value if one.type == "text" else value.replace("\n", " ")


def _rules(known: LetterKind, values: Mapping[str, str]) -> tuple[str, ...]:
    given = [values[one.id] for one in known.fields if one.type == "rule" and values.get(one.id)]
    return tuple(dict.fromkeys(given + [f"{FEDERAL}:{rule}" for rule in known.rests_on]))


def _letter(
    known: LetterKind, wording: Wording, said: Mapping[str, str], day: date, lang: str, rules: tuple[str, ...]
) -> Letter:
    def lines(section: str) -> tuple[str, ...]:
        return tuple(line for part in wording.kept(section, said) for _, text in part for line in text.split("\n"))

    blocks = _blocks(wording.kept("body", said))
    body = "\n".join(block.text for block in blocks)
    given = tuple(said[one.id] for one in known.fields if one.source.startswith(LAW_CITES) and said[one.id])
    return Letter(
        kind=known.id,
        lang=lang,
        title=" ".join(lines("title")),
        sender=lines("from"),
        day=day,
        date=day_in_words(day, lang),
        recipients=tuple(tuple(text.replace("\n", ", ") for _, text in part) for part in wording.kept("to", said)),
        about=tuple(_labelled(line) for line in lines("about")),
        greeting=" ".join(lines("greeting")),
        blocks=blocks,
        closing=" ".join(lines("closing")),
        signature=lines("signature"),
        notes=lines("notes"),
        receipt=lines("receipt"),
        cites=tuple(one.text for one in known.cites if _cited(one.text, body)) + given,
        rules=rules,
    )


def _labelled(line: str) -> tuple[str, str]:
    label, _, value = line.partition(": ")
    return label, value


def _cited(cite: str, body: str) -> bool:
    """True if the body prints the citation, also in a list such as "34 CFR 300.301 and 300.503"."""
    section = cite.removeprefix("34 CFR ")
    return re.search(re.escape(section) + r"(?![\w(])", body) is not None


def _blocks(paragraphs: tuple[tuple[Said, ...], ...]) -> tuple[Block, ...]:
    return tuple(block for lines in paragraphs for block in _paragraph_blocks(lines))


def _paragraph_blocks(lines: tuple[Said, ...]) -> list[Block]:
    """Headings, running text and items. A value of several lines that stands alone becomes a list of them."""
    if len(lines) == 1 and lines[0][0] == "text" and "\n" in lines[0][1]:
        return [Block("items", tuple(OWN_BULLET.sub("", line) for line in lines[0][1].split("\n")))]
    blocks: list[Block] = []
    for role, group in groupby(lines, key=lambda line: line[0]):
        texts = tuple(text.replace("\n", " ") for _, text in group)
        if role == "text":
            blocks.append(Block("paragraph", (" ".join(texts),)))
        else:
            blocks += [Block("items", texts)] if role == "item" else [Block(role, (text,)) for text in texts]
    return blocks


def _plain_block(block: Block) -> str:
    if block.kind == "items":
        return "\n".join(f"- {text}" for text in block.texts)
    return block.text.upper() if block.kind == "heading" else block.text
