"""Where to turn in each State: its education agency, State complaints, mediation, hearings, parent centers.

One file a State (`contacts/NM.toml`), and `contacts/us.toml` for the directories of the whole country. Each contact has
its source, the day on which it was read there and how sure it is. What nothing supports is left out of the file: then
`offices_of` gives the directory to look in, and says that nothing is known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gameplan.core.faults import Fault
from gameplan.core.words import Say
from gameplan.law import states

FOLDER = Path(__file__).with_name("contacts")
AGENCY, COMPLAINT, MEDIATION, HEARING, PARENT_CENTER = "agency", "complaint", "mediation", "hearing", "parent_center"
TITLES: Mapping[str, Say] = {
    AGENCY: Say("The State’s education agency"),
    COMPLAINT: Say("To make a State complaint"),
    MEDIATION: Say("To ask for mediation"),
    HEARING: Say("To ask for a due process hearing"),
    PARENT_CENTER: Say("Parent centers"),
}
WHATS: Mapping[str, Say] = {
    AGENCY: Say("It answers for special education in the whole State."),
    COMPLAINT: Say("Anybody may write that a school broke the rules. The agency looks into it."),
    MEDIATION: Say("Somebody neutral helps you and the school to agree. It is free, and both have to want it."),
    HEARING: Say("Somebody like a judge hears both sides and decides."),
    PARENT_CENTER: Say("They help parents free of charge, in every State. They know the schools and the law there."),
}
CONFIDENCES = ("high", "medium", "low")
FIELDS = ("name", "web", "phone", "email", "address", "serves", "says", "source", "confidence", "checked")
REACHED = ("web", "phone", "email", "address")
US = "us"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it was read in its source. `serves`: which part of the State, or whom; `says`: what else to know.

    `confidence`: `high` (read on the office's own page of that day), `medium` (read in a stored copy of its own page,
    which may be older), `low` (an old copy, or somebody else's page).
    """

    name: str
    source: str
    confidence: str
    checked: date
    web: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    serves: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """One thing that a family needs in a State: the contacts that are known for it, and where else to look.

    `contacts` is empty where nothing is supported; `look` is then all that can be said honestly.
    """

    kind: str
    contacts: tuple[Contact, ...]
    look: tuple[Contact, ...]

    @property
    def title(self) -> Say:
        """What it is for."""
        return TITLES[self.kind]

    @property
    def what(self) -> Say:
        """What it does."""
        return WHATS[self.kind]


class ContactsFileError(ValueError):
    """Raised for a file of contacts that cannot be read; `faults` has all that is wrong and how to mend it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(slots=True)
class _Reading:
    name: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, where: str, what: str, mend: str) -> None:
        self.faults.append(Fault(f"{self.name}, {where}", what, mend))


def offices_of(state: str) -> tuple[Office, ...]:
    """The five things of a State (two letters), always all of them. Raises KeyError for what is no State."""
    if state not in states():
        raise KeyError(state)
    known, everywhere = _file(state), _file(US)
    return tuple(Office(kind, known.get(kind, ()), everywhere.get(kind, ())) for kind in TITLES)


def all_texts() -> set[str]:
    """Every sentence of the files that pages show in the reader's language."""
    found = (one for code in (US, *states()) for rows in _file(code).values() for one in rows)
    return {text for one in found for text in (one.serves, one.says) if text}


def check() -> tuple[Fault, ...]:
    """All that is wrong in the files of contacts: none lacks, and each reads."""
    faults = [
        Fault(code, "there is no file of contacts.", "Add one.") for code in states() if not _path(code).is_file()
    ]
    for path in sorted(FOLDER.glob("*.toml")):
        try:
            read(path.stem, path.read_text("utf-8"))
        except ContactsFileError as error:
            faults += error.faults
    return tuple(faults)


@cache
def _file(code: str) -> Mapping[str, tuple[Contact, ...]]:
    path = _path(code)
    return read(code, path.read_text("utf-8")) if path.is_file() else {}


def _path(code: str) -> Path:
    return FOLDER / f"{code}.toml"


def read(code: str, text: str) -> Mapping[str, tuple[Contact, ...]]:
    """The contacts of a file by what they are for. Raises ContactsFileError with every fault."""
    reading = _Reading(f"{code}.toml")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContactsFileError([Fault(reading.name, f"this is not TOML: {error}.", "Mend that place.")]) from error
    if raw.get("state") != code:
        reading.fault("state", "it is not that of the file's name.", f'Write state = "{code}".')
    checked = raw.get("checked")
    if not isinstance(checked, date):
        reading.fault("checked", "it is not a day.", "Write the day on which the sources were read, as 2026-11-27.")
        checked = date.min
    for key in raw:
        if key not in ("state", "checked", *TITLES):
            reading.fault(key, "this name is not known.", f"Known are: {', '.join(TITLES)}.")
    found = {
        kind: tuple(_contact(one, f"{kind} {number}", checked, reading) for number, one in _rows(raw.get(kind)))
        for kind in TITLES
    }
    if reading.faults:
        raise ContactsFileError(reading.faults)
    return found


def _rows(raw: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(raw if isinstance(raw, list) else [raw] if raw is not None else [], start=1)


def _contact(raw: Any, where: str, checked: date, reading: _Reading) -> Contact:
    if not isinstance(raw, dict):
        reading.fault(where, "it is not a table.", f"Write [{where.split()[0]}] and a line for each value.")
        return Contact("", "", "low", checked)
    for key in raw:
        if key not in FIELDS:
            reading.fault(f"{where}.{key}", "this name is not known.", f"Known are: {', '.join(FIELDS)}.")
    for key in ("name", "source", "confidence"):
        if not raw.get(key):
            reading.fault(f"{where}.{key}", "it lacks.", "Fill it in; without a source leave the contact out.")
    if raw.get("confidence") not in CONFIDENCES:
        reading.fault(f"{where}.confidence", "it is none of these.", f"Write one of: {', '.join(CONFIDENCES)}.")
    if not any(raw.get(key) for key in REACHED):
        reading.fault(where, "it says no way to reach it.", f"Give one of: {', '.join(REACHED)}.")
    for key in ("web", "source"):
        if raw.get(key) and not str(raw[key]).startswith(("https://", "http://")):
            reading.fault(f"{where}.{key}", "it is no address of a page.", "Begin it with https://.")
    said = {key: value for key, value in raw.items() if key in FIELDS}
    return Contact(**({"name": "", "source": "", "confidence": "low", "checked": checked} | said))
