"""What papers, meetings and decisions must contain, as lists that can be checked, each item with its citation.

The lists stand in `contents/*.toml`. They say what belongs in an IEP or a notice, who sits on the team, which steps an
evaluation takes, and the federal code lists. `content_check` compares one with what is there; `consent` reads the
consent matrix.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from gameplan.core.faults import Fault
from gameplan.law.files import LawFileError, read_toml
from gameplan.law.schema import CITE, CONFIDENCE, FLAG, TEXT
from gameplan.law.shapes import ListOf, Shape, Table, Text

HOME = Path(__file__).parent / "contents"
MATRIX = "consent-matrix"
KINDS = ("document", "notice", "complaint", "procedure", "team", "matrix", "code-list")
# What an item may need besides the id of a circumstance.
FIXED_NEEDS = ("always", "one-of", "optional", "code", "option", "example", "exclusion")
DESCRIBED = ("optional", "code", "option", "example", "exclusion")
NEEDED = (
    "yes", "no", "agreement", "rule", "until-revoked", "only-if-all-are-asked", "no-federal-rule", "for-big-changes",
    "asked-each-year",
)  # fmt: skip
FORMS = ("written", "written-agreement", "agreement")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something an item may depend on, as a plain statement that a person can call true or false."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One thing that must be there. `need` is `always`, `one-of`, the id of a circumstance, or a word that says why
    it is not checked (optional, code, option, example, exclusion). An empty `confidence` is that of the list.
    """

    id: str
    text: str
    need: str
    cite: tuple[str, ...]
    confidence: str = ""
    excusable: bool | None = None
    edfacts: str = ""
    ages: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContentList:
    """A list that can be checked: what a document, notice, team or procedure must have, or the codes of a list."""

    id: str
    name: str
    kind: str
    law: str
    cite: tuple[str, ...]
    source: str
    confidence: str
    items: tuple[ContentItem, ...] = ()
    for_event: str = ""
    note: str = ""

    def item(self, item_id: str) -> ContentItem:
        """The item of that id. Raises NoSuchEntry, which names the nearest one."""
        return found_or_near(item_id, {one.id: one for one in self.items}, f"item of “{self.id}”")


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """Whether something needs a parent's permission, in what form, and what a no, silence and a change of mind do.

    An empty text means that the rule says nothing on it. `override` is true if a hearing can set a no aside, None where
    that is not said. `fact` is the value of `for` in facts about consent. With a State, `pack` is its code, `cite`
    names both laws, `decided_by_state` the fields that the State decides, and `doubts` what must be checked.
    """

    id: str
    text: str
    needed: str
    cite: tuple[str, ...]
    confidence: str
    source: str = ""
    form: str = ""
    time: str = ""
    refusal: str = ""
    silence: str = ""
    revocation: str = ""
    override: bool | None = None
    fact: str = ""
    note: str = ""
    pack: str = "us"
    decided_by_state: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateConsent:
    """What one State adds to or decides in a row of the consent matrix; an empty field leaves the federal one."""

    state: str
    for_: str
    cite: tuple[str, ...]
    source: str
    confidence: str
    needed: str = ""
    form: str = ""
    time: str = ""
    refusal: str = ""
    silence: str = ""
    revocation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything in `contents/`: the lists, what their items depend on, and the consent matrix with its State rows."""

    lists: Mapping[str, ContentList]
    circumstances: Mapping[str, Circumstance]
    consent: Mapping[str, ConsentRule]
    state_consent: tuple[StateConsent, ...]


Entry = TypeVar("Entry", ContentList, Circumstance, ConsentRule)
Found = TypeVar("Found")


class NoSuchEntry(LookupError):
    """Raised for the id of a list, item, circumstance or consent rule that is not there; it names the nearest one."""

    def __init__(self, what: str, wanted: str, known: Iterable[str]) -> None:
        ids = sorted(known)
        near = difflib.get_close_matches(wanted, ids, n=1)
        mend = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(ids)}."
        super().__init__(f"There is no {what} “{wanted}”. {mend}")


CIRCUMSTANCE = Table({"id": TEXT, "text": TEXT}, Circumstance, required=("id", "text"))
ITEM = Table(
    {
        "id": TEXT, "text": TEXT, "need": TEXT, "cite": CITE, "confidence": CONFIDENCE, "excusable": FLAG,
        "edfacts": TEXT, "ages": TEXT, "note": TEXT,
    },
    ContentItem,
    required=("id", "text", "need", "cite"),
)  # fmt: skip
CONTENT = Table(
    {
        "id": TEXT, "name": TEXT, "kind": Text(KINDS), "law": Text(("idea-b", "504", "ferpa")), "for_event": TEXT,
        "cite": CITE, "source": TEXT, "confidence": CONFIDENCE, "note": TEXT, "items": ListOf(ITEM),
    },
    ContentList,
    required=("id", "name", "kind", "law", "cite", "source", "confidence"),
)  # fmt: skip
EFFECTS: dict[str, Shape] = {
    "form": Text(FORMS), "time": TEXT, "refusal": TEXT, "silence": TEXT, "revocation": TEXT, "cite": CITE,
    "source": TEXT, "confidence": CONFIDENCE, "note": TEXT,
}  # fmt: skip
CONSENT = Table(
    {"id": TEXT, "text": TEXT, "needed": Text(NEEDED), "override": FLAG, "fact": TEXT, **EFFECTS},
    ConsentRule,
    required=("id", "text", "needed", "cite", "confidence"),
)
STATE_CONSENT = Table(
    {"state": TEXT, "for": TEXT, "needed": Text(NEEDED), **EFFECTS},
    StateConsent,
    required=("state", "for", "cite", "source", "confidence"),
    rename={"for": "for_"},
)
TABLES: Mapping[str, Table] = {
    "circumstance": CIRCUMSTANCE, "content": CONTENT, "consent": CONSENT, "state_consent": STATE_CONSENT,
}  # fmt: skip


@lru_cache(maxsize=1)
def contents() -> Contents:
    """All lists, read once from `contents/`. Raises LawFileError with every fault: file, entry, field, mend."""
    return read_contents(HOME)


def read_contents(folder: Path) -> Contents:
    """The lists in a folder. Raises LawFileError with every fault: file, entry, field, mend."""
    faults: list[Fault] = []
    found: list[object] = []
    for path in sorted(folder.glob("*.toml")):
        for name, rows in read_toml(path).items():
            found += _rows(name, rows, path.name, faults)
    read = Contents(
        _by_id([one for one in found if isinstance(one, ContentList)], "content", faults),
        _by_id([one for one in found if isinstance(one, Circumstance)], "circumstance", faults),
        _by_id([one for one in found if isinstance(one, ConsentRule)], "consent", faults),
        tuple(one for one in found if isinstance(one, StateConsent)),
    )
    if faults:
        raise LawFileError(faults)
    return _with_matrix(read)


def _rows(name: str, rows: object, file: str, faults: list[Fault]) -> list[object]:
    shape = TABLES.get(name)
    if shape is None or not isinstance(rows, list):
        faults.append(Fault(f"{file}: {name}", "this table is not in the schema.", f"Tables: {', '.join(TABLES)}."))
        return []
    return [shape.read(row, f"{file}: {name} {_label(row)}", faults) for row in rows]


def _label(row: object) -> str:
    """How a fault names a row: its id, or for a State's consent row the State and what it is for."""
    if not isinstance(row, dict):
        return "?"
    return str(row.get("id") or f"{row.get('state')}/{row.get('for')}")


def _by_id(entries: Iterable[Entry], name: str, faults: list[Fault]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for one in entries:
        if one.id in found:
            faults.append(Fault(f"{name} {one.id}", "two entries have this id.", "Give one of them another id."))
        found[one.id] = one
    return found


def _with_matrix(read: Contents) -> Contents:
    """The rows of the matrix as items of its list too; a row without a source has that of the list."""
    matrix = read.lists[MATRIX]
    rules = {name: replace(rule, source=rule.source or matrix.source) for name, rule in read.consent.items()}
    items = tuple(ContentItem(rule.id, rule.text, "option", rule.cite, rule.confidence) for rule in rules.values())
    return replace(read, lists={**read.lists, MATRIX: replace(matrix, items=items)}, consent=rules)


def content_lists() -> tuple[ContentList, ...]:
    """Every list, sorted by id; the consent matrix is one of them."""
    return tuple(one for _, one in sorted(contents().lists.items()))


def content_list(list_id: str) -> ContentList:
    """The list of that id. Raises NoSuchEntry, which names the nearest one."""
    return found_or_near(list_id, contents().lists, "list")


def circumstance(circumstance_id: str) -> Circumstance:
    """What an item depends on, in words. Raises NoSuchEntry, which names the nearest one."""
    return found_or_near(circumstance_id, contents().circumstances, "circumstance")


def found_or_near(wanted: str, entries: Mapping[str, Found], what: str) -> Found:
    """The entry of that id. Raises NoSuchEntry, which names the nearest one."""
    if wanted not in entries:
        raise NoSuchEntry(what, wanted, entries)
    return entries[wanted]
