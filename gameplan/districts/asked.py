"""What somebody asks a caseload for: filters, a name, a day, and from where on. Read from an address, never trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.http import urlencode

STATUSES: Mapping[str, tuple[str, ...]] = {
    "late": ("late",),
    "soon": ("due-soon",),
    "later": ("running",),
    "cannot-tell": ("cannot-tell",),
    "waiting": ("paused", "not-started"),
}
"""How the page calls the ways in which a duty stands, and which of the engine's they are."""

NO_MANAGER = "none"
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a caseload; what is empty asks for nothing.

    `place`: a school or district. `manager`: the id of an account, or NO_MANAGER. `status`: a key of STATUSES.
    `clock`: the id of a rule. `owed_by`: who has to act, as the engine says it. `name`: part of a child's name.
    `day`: due on it.
    """

    place: UUID | None = None
    manager: str = ""
    status: str = ""
    clock: str = ""
    owed_by: str = ""
    name: str = ""
    day: date | None = None

    @property
    def names_duties(self) -> bool:
        """True if single duties are asked for, not only children."""
        return bool(self.status or self.clock or self.owed_by or self.day)

    def query(self) -> str:
        """The filters as the query of an address."""
        said = {
            "place": str(self.place or ""), "manager": self.manager, "status": self.status, "clock": self.clock,
            "owed_by": self.owed_by, "name": self.name, "day": self.day.isoformat() if self.day else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})


def read_asked(told: Mapping[str, str]) -> Asked:
    """The filters that an address names. What makes no sense is left out."""
    words = {name: told.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("clock", "owed_by", "name")}
    status = told.get("status", "")
    return Asked(
        place=uuid_in(told.get("place", "")),
        manager=NO_MANAGER if told.get("manager") == NO_MANAGER else str(uuid_in(told.get("manager", "")) or ""),
        status=status if status in STATUSES else "",
        day=day_in(told.get("day", "")),
        **words,
    )


@dataclass(frozen=True, slots=True)
class After:
    """The row after which a page begins: its day, and the key that tells rows of one day apart."""

    day: date
    key: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()}~{self.key}"


def after_in(text: str) -> After | None:
    """The row that an address names, or None."""
    first, _mark, key = text.partition("~")
    day = day_in(first)
    return After(day, key) if day and (uuid_in(key) or (key.isascii() and key.isdigit() and len(key) < 19)) else None


def day_in(text: str) -> date | None:
    """A day written as YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def uuid_in(text: str) -> UUID | None:
    """An id, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None
