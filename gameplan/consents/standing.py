"""How a request stands: what was said to each thing, what counts now, and where two people differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from gameplan.letters.consent_form import NO, YES

ANSWERED, REVOKED, WITHDRAWN = "answered", "revoked", "withdrawn"
WAITING, PARTLY = "waiting", "partly"
STATUSES: Final = (WAITING, YES, PARTLY, NO, REVOKED, WITHDRAWN)


class SaidSo(Protocol):
    """One answer, as far as standing depends on it."""

    does: str
    items: Mapping[str, str]
    on: date

    @property
    def speaker(self) -> str:
        """Whose word it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`items`: yes, no or revoked for each thing by its id, nothing where it is open. `status`: one of `STATUSES`.

    `differ`: the things to which two people who may decide last said different things. `yes_since`: for each thing
    that stands at yes, the day from which the school had it.
    """

    status: str
    items: Mapping[str, str]
    differ: frozenset[str] = frozenset()
    yes_since: Mapping[str, date] | None = None

    @property
    def agreed(self) -> tuple[str, ...]:
        """The ids of the things that stand at yes."""
        return tuple(name for name, said in self.items.items() if said == YES)

    @property
    def open(self) -> tuple[str, ...]:
        """The ids of the things that can be answered now: those not answered, and those at no or taken back."""
        return () if self.status == WITHDRAWN else tuple(name for name, said in self.items.items() if said != YES)


def standing(ids: Iterable[str], answers: Iterable[SaidSo]) -> Standing:
    """How things with these ids stand after the answers, in their order."""
    items, by_person = dict.fromkeys(ids, ""), dict[tuple[str, str], str]()
    since: dict[str, date] = {}
    for one in answers:
        if one.does == WITHDRAWN:
            return Standing(WITHDRAWN, dict.fromkeys(items, ""))
        for name, said in one.items.items():
            items[name] = said
            by_person[name, one.speaker] = said
            since[name] = one.on
    differ = frozenset(name for name in items if len({by_person[key] for key in by_person if key[0] == name}) > 1)
    yes_since = {name: since[name] for name, said in items.items() if said == YES}
    return Standing(_status(items), items, differ, yes_since)


def _status(items: Mapping[str, str]) -> str:
    said = set(items.values())
    if len(said) == 1:
        return {"": WAITING}.get(only := said.pop(), only)
    if YES not in said and REVOKED in said:
        return REVOKED
    return PARTLY
