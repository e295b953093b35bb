"""One row of the public NPPES file (National Plan and Provider Enumeration System): which rows are ours, as what.

The file has about 330 columns; they are found by their names, whatever their order, and a column that is not wanted may
lack or be called otherwise. Pure: nothing here opens a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gameplan.care.kinds import BITS

PRACTICE = "Provider Business Practice Location Address"
NAMES = {
    "npi": "NPI",
    "entity": "Entity Type Code",
    "organisation": "Provider Organization Name (Legal Business Name)",
    "last": "Provider Last Name (Legal Name)",
    "first": "Provider First Name",
    "middle": "Provider Middle Name",
    "credential": "Provider Credential Text",
    "street": "Provider First Line Business Practice Location Address",
    "street_more": "Provider Second Line Business Practice Location Address",
    "city": f"{PRACTICE} City Name",
    "state": f"{PRACTICE} State Name",
    "zip": f"{PRACTICE} Postal Code",
    "phone": f"{PRACTICE} Telephone Number",
    "updated": "Last Update Date",
    "deactivated": "NPI Deactivation Date",
    "reactivated": "NPI Reactivation Date",
}
TAXONOMY = "Healthcare Provider Taxonomy Code_"
MOST_CODES = 15
CODES = frozenset(code.encode() for code in BITS)
CODE_LENGTH = 10
AREAS = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "AS", "GU", "MP", "PR", "VI", "FM", "MH", "PW", "AA", "AE", "AP",
})  # fmt: skip
"""The letters of the post for States, territories and the forces abroad."""
NPI_PREFIX = "80840"
# Kept as they are written when the rest of a name in capitals is made readable.
CAPITALS = frozenset({
    "LLC", "PLLC", "LLP", "PC", "PA", "PSC", "LTD", "INC", "SLP", "OT", "PT", "ABA", "ISD", "USD", "II", "III", "IV",
    "NE", "NW", "SE", "SW", "PO", "US", "TX", "NM", "NY", "CA",
})  # fmt: skip


class MissingColumns(ValueError):
    """Raised for a header that lacks columns; `columns` names all of them as the file should call them."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        super().__init__(", ".join(columns))


class BadRow(ValueError):
    """Raised for a row that cannot be read; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each wanted column stands (0 is the first), where the codes stand, and how many columns there are."""

    at: dict[str, int]
    codes: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Provider:
    """A person or a place as the file lists them, at the address where they practice.

    `kinds`: a bit for each kind (`kinds.KINDS`). `sort_name`: family name first, small plain letters. `zip`: five
    digits, or empty. `phone`: ten digits, or as it is written.
    """

    npi: int
    is_organisation: bool
    name: str
    sort_name: str
    credential: str
    kinds: int
    street: str
    city: str
    state: str
    zip: str
    phone: str
    updated: date | None


def columns_of(header: Sequence[str]) -> Columns:
    """Where the wanted columns stand. Raises MissingColumns with all that lack."""
    found = {name.strip().strip("\ufeff"): place for place, name in enumerate(header)}
    first_code = f"{TAXONOMY}1"
    missing = [name for name in (*NAMES.values(), first_code) if name not in found]
    if missing:
        raise MissingColumns(missing)
    numbered = (f"{TAXONOMY}{number}" for number in range(1, MOST_CODES + 1))
    codes = tuple(found[name] for name in numbered if name in found)
    return Columns({key: found[name] for key, name in NAMES.items()}, codes, len(header))


def may_be_ours(record: bytes) -> bool:
    """False if none of our taxonomy codes stands anywhere in the bytes of a row; so most rows are never taken apart."""
    at = record.find(b"X", CODE_LENGTH - 1)
    while at >= 0:
        if record[at - CODE_LENGTH + 1 : at + 1] in CODES:
            return True
        at = record.find(b"X", at + 1)
    return False


def is_npi(number: str) -> bool:
    """True for ten digits whose last is right: the Luhn sum over 80840 and the number."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed(NPI_PREFIX + number)):
        value = int(digit) << (place & 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def npi_of(row: Sequence[str], columns: Columns) -> int:
    """The number of a row. Raises BadRow for a wrong count of columns or a number that is none."""
    if len(row) != columns.width:
        raise BadRow(f"it has {len(row)} columns, the header has {columns.width}")
    number = row[columns.at["npi"]].strip()
    if not is_npi(number):
        raise BadRow(f'"{number[:20]}" is not an NPI: its last digit does not fit')
    return int(number)


def provider_of(row: Sequence[str], columns: Columns, states: Collection[str] = ()) -> Provider | None:
    """The provider of a row; None if it is not ours: another kind, deactivated, or outside these States.

    `states`: two letters each; empty takes every State. Raises BadRow for a row that cannot be read.
    """
    npi, at = npi_of(row, columns), columns.at
    kinds = 0
    for place in columns.codes:
        kinds |= BITS.get(row[place].strip(), 0)
    state = row[at["state"]].strip().upper()
    if not kinds or (states and state not in states) or not _is_active(row, at):
        return None
    is_organisation = row[at["entity"]].strip() == "2"
    name, sort_name = _names(row, at, is_organisation=is_organisation)
    if not name:
        raise BadRow("it has no name")
    street = ", ".join(filter(None, (readable(row[at["street"]]), readable(row[at["street_more"]]))))
    return Provider(
        npi, is_organisation, name, sort_name, " ".join(row[at["credential"]].split())[:60], kinds, street[:200],
        readable(row[at["city"]])[:80], state[:2] if len(state) == 2 else "", zip_of(row[at["zip"]]),
        phone_of(row[at["phone"]]), _day(row[at["updated"]]),
    )  # fmt: skip


def _is_active(row: Sequence[str], at: dict[str, int]) -> bool:
    if not row[at["deactivated"]]:
        return True
    ended, begun_again = _day(row[at["deactivated"]]), _day(row[at["reactivated"]])
    return ended is None or (begun_again is not None and begun_again >= ended)


def _names(row: Sequence[str], at: dict[str, int], *, is_organisation: bool) -> tuple[str, str]:
    if is_organisation:
        name = readable(row[at["organisation"]])
        return name[:200], plain(name)[:120]
    last, first, middle = (readable(row[at[part]]) for part in ("last", "first", "middle"))
    return " ".join(filter(None, (first, middle, last)))[:200], plain(f"{last} {first} {middle}")[:120]


def plain(words: str) -> str:
    """Words in small letters without accents and signs, one space between: what names are sorted and searched by."""
    if not words.isascii():
        words = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    return " ".join(_SIGNS.sub(" ", words.lower().replace("'", "").replace("’", "")).split())


_SIGNS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1 << 14)
def readable(words: str) -> str:
    """Words that are written in capitals with a capital first letter each; other words as they are."""
    words = " ".join(words.split())
    if words.upper() != words:
        return words
    return " ".join(word if word.strip(".,") in CAPITALS else _with_capital(word) for word in words.split(" "))


def _with_capital(word: str) -> str:
    made = word.title() if "-" in word or "'" in word[:2] else word.capitalize()
    return "Mc" + made[2:].capitalize() if made.startswith("Mc") and len(made) > 4 else made


def zip_of(words: str) -> str:
    """The five digits of a ZIP code (of five or nine digits, with or without a dash); empty if it is none."""
    digits = words.strip().replace("-", "")
    return digits[:5] if len(digits) in (5, 9) and digits.isascii() and digits.isdigit() else ""


def phone_of(words: str) -> str:
    """A phone number as (575) 555-0100 if it has ten digits; otherwise as it is written."""
    digits = "".join(letter for letter in words if letter.isdigit())
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else words.strip()[:30]


@lru_cache(maxsize=1 << 13)
def _day(words: str) -> date | None:
    """A day written as MM/DD/YYYY, or None."""
    month, _, rest = words.strip().partition("/")
    day, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
