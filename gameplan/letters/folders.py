"""The kinds of letter: one folder each, read from its `letter.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gameplan.core.entries import Match
from gameplan.letters.phrases import LANGUAGES

ROOM = Path(__file__).parent
FRAMES = ROOM / "frame"
FRAME_FIELDS = {"family": "fields.toml", "school": "school-fields.toml"}
FIRST = "child"
CFR = re.compile(r"(\d+) CFR (\d+\.\d+)(?:\([A-Za-z0-9]+\))*")
FIELD_TYPES = ("line", "text", "date", "choice", "choices", "yes", "rule")
LONGEST = {"line": 300, "text": 6000}


class UnknownLetter(Exception):
    """Raised when no letter of that kind, or no such language, is here."""


class BrokenLetter(Exception):
    """Raised when a letter's own folder is wrong; the message names the file, the place and the mend."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: its id and its words in the language asked for."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class LetterField:
    """One value that a letter needs.

    `type`: line, text (several lines), date (ISO), choice (an option id), choices (option ids or own words,
    one a line), yes ("yes" or empty), rule (an entry of the law). What is `given` comes from the case or the
    law, and nobody is asked. What is to `remember` is taken over from the last letter of the case.
    """

    id: str
    label: str
    help: str
    type: str
    required: bool
    given: bool
    group: str
    example: str
    source: str
    remember: bool = False
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation that the letter may print, and where its official text stands."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Record:
    """The fact that sending the letter adds to the timeline.

    `arrives` is the field of the fact with the day on which the other side has the letter. `taken` says which field of
    the fact is filled from which field of the letter, `sends` which field holds the day of sending, and `latest` which
    field names the latest fact of which kind. `only_with`: the field, or the answer of a choice
    (`what.evaluation`), without which nothing is recorded, or what `otherwise` says.
    """

    kind: str
    arrives: str
    facts: Mapping[str, object]
    taken: Mapping[str, str] = field(default_factory=dict)
    only_with: str = ""
    sends: str = "sent"
    latest: Mapping[str, str] = field(default_factory=dict)
    otherwise: Record | None = None


@dataclass(frozen=True, slots=True)
class Contains:
    """What the law wants in it: a list of `law.contents`, and for each item the fields any of which holds it.

    `words` are the items that the letter's own words hold, each with the citations that those words print.
    `circumstances` are those that a field of the letter answers, or one answer of a choice (`discussed.yes`).
    """

    list_id: str
    items: Mapping[str, tuple[str, ...]]
    circumstances: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Use:
    """In plain words: when to write this letter, when not, and what happens next."""

    when: str
    when_not: str
    then: str


@dataclass(frozen=True, slots=True)
class AfterFact:
    """A fact after which a letter fits: where one of `needs` came before it, if any are named, and for `days` after it.

    What fits `until` and came on that day or later ends it. `days` is None where nothing but that ends it.
    """

    match: Match
    needs: tuple[Match, ...] = ()
    until: tuple[Match, ...] = ()
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Fits:
    """Where a case needs the letter: while one of these options is open, one of these duties is late, on these ways.

    `options` are ids of `[[option]]`, `late` of clocks, `ways` of the ways to disagree, all of the law files. `duties`
    are the clocks that a notice of the school meets or serves, or that a letter of a family speaks of: it fits as long
    as one of them is open. `after` names facts of the case after which a family may want it.
    A `quiet` letter gives something up: it stands beside its options and facts, and is pressed on nobody.
    """

    options: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    after: tuple[AfterFact, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The federal rule that says how soon it must be answered, and the kind of fact that starts its clock."""

    rule: str
    event: str


@dataclass(frozen=True, slots=True)
class LetterKind:
    """Everything the `letter.toml` of one letter says, in one language, with what its frame adds."""

    id: str
    name: str
    about: str
    fields: tuple[LetterField, ...]
    at_least_one: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    cites: tuple[Citation, ...]
    signed_by: tuple[str, ...]
    records: Record | None = None
    contains: Contains | None = None
    frame: str = ""
    topic: str = ""
    use: Use | None = None
    fits: Fits = Fits()
    answer: Answer | None = None

    def field(self, field_id: str) -> LetterField | None:
        """The field of that id, or None."""
        return next((one for one in self.fields if one.id == field_id), None)


def kinds() -> tuple[str, ...]:
    """The ids of all letters that can be written."""
    return tuple(sorted(path.parent.name.replace("_", "-") for path in ROOM.glob("*/letter.toml")))


@cache
def topics(lang: str = "en") -> dict[str, str]:
    """The headings under which letters stand, by id, in their order."""
    table = tomllib.loads((FRAMES / "topics.toml").read_text(encoding="utf-8"))
    return {row["id"]: row[lang] for row in table["topic"]}


def fields_of(kind: str, lang: str = "en") -> tuple[LetterField, ...]:
    """The fields of a letter with labels and help in the language, in the order in which to ask.

    Raises UnknownLetter.
    """
    return kind_of(kind, lang).fields


def folder_of(kind: str) -> Path:
    """The folder of a letter. Raises UnknownLetter."""
    if kind not in kinds():
        raise UnknownLetter(f'There is no letter "{kind}". There are: {", ".join(kinds())}.')
    return ROOM / kind.replace("-", "_")


@cache
def kind_of(kind: str, lang: str = "en") -> LetterKind:
    """What the letter's folder says about it, in the language. Raises UnknownLetter or BrokenLetter."""
    if lang not in LANGUAGES:
        raise UnknownLetter(f'Letters are written in {" and ".join(LANGUAGES)}, not in "{lang}".')
    path = folder_of(kind) / "letter.toml"
    table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    if table.get("id") != kind:
        raise BrokenLetter(f'{path}: id is {table.get("id")!r}. Write id = "{kind}", like the folder.')
    table = framed(table, path)
    groups = {row["id"]: row[lang] for row in table.get("group", ())}
    return LetterKind(
        id=kind,
        name=table["name"][lang],
        about=table["about"][lang],
        fields=tuple(_field(row, groups, lang, path) for row in table["field"]),
        at_least_one=tuple(tuple(row) for row in table.get("at_least_one", ())),
        rests_on=tuple(table["rests_on"]),
        cites=tuple(_cites(table, path)),
        signed_by=tuple(table["signed_by"]),
        records=_record(table.get("records")),
        contains=_contains(table.get("contains")),
        frame=str(table.get("frame", "")),
        topic=str(table.get("topic", "")),
        use=_use(table.get("use"), lang),
        fits=_fits(table.get("fits", {})),
        answer=Answer(**table["answer"]) if "answer" in table else None,
    )


def framed(table: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The table of a letter with the fields, groups and signers that its frame adds; as it is if it names none.

    The fields about the child stand first, then the letter's own, then the others. Raises BrokenLetter.
    """
    if "frame" not in table:
        return table
    if table["frame"] not in FRAME_FIELDS:
        raise BrokenLetter(f"{path}: frame is {table['frame']!r}. Use one of {', '.join(FRAME_FIELDS)}.")
    shared = tomllib.loads((FRAMES / FRAME_FIELDS[table["frame"]]).read_text(encoding="utf-8"))
    uses, fields = set(table.get("uses", ())), shared["field"]
    known = {name for row in fields if not row.get("always") for name in (row["id"], row.get("bundle"))} - {None}
    if uses - known:
        strange = ", ".join(sorted(uses - known))
        raise BrokenLetter(f"{path}: uses names {strange}. The frame has: {', '.join(sorted(known))}.")
    left_out = set(table.get("without", ()))
    taken = [row for row in fields if row.get("always") or {row["id"], row.get("bundle")} & uses]
    taken = [row for row in taken if row["id"] not in left_out]
    first = [row for row in taken if row.get("group") == FIRST]
    rest = [row for row in taken if row.get("group") != FIRST]
    return {
        "signed_by": shared["signed_by"], "at_least_one": shared["at_least_one"], **table,
        "group": [*shared["group"], *table.get("group", ())], "field": [*first, *table.get("field", ()), *rest],
    }  # fmt: skip


def source_of(cite: str) -> str:
    """The address of the official text of a federal regulation, such as "34 CFR 300.301(a)"; "" for anything else."""
    found = CFR.fullmatch(cite)
    return f"https://www.ecfr.gov/current/title-{found[1]}/section-{found[2]}" if found else ""


def _cites(table: Mapping[str, Any], path: Path) -> Iterator[Citation]:
    for cite in table.get("cites", ()):
        source = source_of(cite)
        if not source:
            raise BrokenLetter(f'{path}: "{cite}" is no federal regulation. Give it as [[cite]] with its source.')
        yield Citation(cite, source)
    yield from (Citation(row["text"], row["source"]) for row in table.get("cite", ()))


def _fits(row: Mapping[str, Any]) -> Fits:
    ids = {name: tuple(told) for name, told in row.items() if name not in ("quiet", "after")}
    return Fits(**ids, quiet=row.get("quiet") is True, after=tuple(map(_after, row.get("after", ()))))


def _after(row: Mapping[str, Any]) -> AfterFact:
    needs, until = (tuple(map(_match, row.get(name, ()))) for name in ("needs", "until"))
    return AfterFact(_match(row), needs, until, row.get("days"))


def _match(row: Mapping[str, Any]) -> Match:
    return Match(row["event"], row.get("where", {}))


def _use(row: object, lang: str) -> Use | None:
    if not isinstance(row, Mapping):
        return None
    return Use(**{name: _words(row[name], lang) for name in ("when", "when_not", "then")})


def _field(row: Mapping[str, object], groups: Mapping[str, str], lang: str, path: Path) -> LetterField:
    field_id, kind = str(row.get("id")), str(row.get("type"))
    if kind not in FIELD_TYPES:
        allowed = ", ".join(FIELD_TYPES)
        raise BrokenLetter(f'{path}: field "{field_id}": type is {kind!r}. Use one of {allowed}.')
    return LetterField(
        id=field_id,
        label=_words(row.get("label"), lang),
        help=_words(row.get("help"), lang),
        type=kind,
        required=row.get("required") is True,
        given=row.get("given") is True,
        group=groups.get(str(row.get("group", "")), ""),
        example=_words(row.get("example"), lang),
        source=str(row.get("from", "")),
        remember=row.get("remember") is True,
        options=_options(row.get("options"), lang),
    )


def _record(row: object) -> Record | None:
    if not isinstance(row, Mapping):
        return None
    return Record(
        kind=str(row["kind"]), arrives=str(row["arrives"]), facts=dict(row["data"]), taken=dict(row.get("from", {})),
        only_with=str(row.get("only_with", "")), sends=str(row.get("sends", "sent")),
        latest=dict(row.get("latest", {})), otherwise=_record(row.get("otherwise")),
    )  # fmt: skip


def _contains(row: object) -> Contains | None:
    if not isinstance(row, Mapping):
        return None
    items = {str(name): tuple(fields) for name, fields in row.get("items", {}).items()}
    words = {str(name): tuple(cites) for name, cites in row.get("words", {}).items()}
    return Contains(str(row["list"]), items, dict(row.get("circumstances", {})), words)


def _options(rows: object, lang: str) -> tuple[Choice, ...]:
    if not isinstance(rows, Sequence):
        return ()
    return tuple(Choice(str(row["id"]), str(row[lang])) for row in rows)


def _words(raw: object, lang: str) -> str:
    if isinstance(raw, Mapping):
        return str(raw[lang])
    return str(raw or "")
