"""An answer as facts: what a screen wants on the timeline, beside what is there already.

A screen has slots. A slot holds at most one standing fact, of one of its kinds. Keeping an answer records a
fact where the slot is empty, corrects the fact that is there if the answer differs, and takes it back if the
answer is no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import correct_fact, record_fact, withdraw_fact
from gameplan.core.facts import Fact


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of fact, and what its data must say to be meant."""

    kind: str
    where: Mapping[str, object] = field(default_factory=dict)

    def fits(self, fact: Fact) -> bool:
        """True if the fact is of this kind and says nothing else than what is asked for."""
        said = {name: fact.data.get(name, wanted) for name, wanted in self.where.items()}
        return fact.kind == self.kind and all(_same(said[name], self.where[name]) for name in said)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the timeline for one fact, of the first of these shapes that is found."""

    name: str
    shapes: tuple[Shape, ...]

    def fact_in(self, facts: Iterable[Fact]) -> Fact | None:
        """The newest fact that stands in this place, or None."""
        own = [fact for fact in facts if fact.account_of is None]
        for shape in self.shapes:
            found = [fact for fact in own if shape.fits(fact)]
            if found:
                return max(found, key=lambda fact: fact.on)
        return None


@dataclass(frozen=True, slots=True)
class Telling:
    """A fact as an answer tells it. In `data`, None means: the answer leaves this out."""

    kind: str
    on: date
    data: Mapping[str, object] = field(default_factory=dict)
    planned: bool = False

    def data_over(self, old: Fact | None) -> dict[str, object]:
        """The data of the fact: what was there and is not asked stays."""
        before = dict(old.data) if old and old.kind == self.kind else {}
        return {name: value for name, value in {**before, **self.data}.items() if value not in (None, "")}

    def says_the_same(self, old: Fact) -> bool:
        """True if the old fact already says all this."""
        then = (old.kind, old.on, old.planned, dict(old.data))
        return then == (self.kind, self.on, self.planned, self.data_over(old))


@transaction.atomic
def keep_tellings(
    case: Case,
    *,
    by: Person,
    before: Mapping[str, Fact | None],
    told: Mapping[str, Telling | None],
    form_key: UUID,
) -> None:
    """Make the timeline say what the answer says, slot by slot; nothing happens where it says so already.

    `before` are the facts that stand in the slots. The same answer sent twice at once is kept once.
    Raises Refused, and then nothing is written.
    """
    for slot, telling in told.items():
        old = before.get(slot)
        key = uuid5(form_key, f"{slot} {old.id if old else ''} {telling}")
        if telling is None:
            if old:
                withdraw_fact(case, by=by, fact_id=old.id, form_key=key)
        elif old is None:
            record_fact(
                case, by=by, kind=telling.kind, on=telling.on, data=telling.data_over(None),
                planned=telling.planned, form_key=key,
            )  # fmt: skip
        elif not telling.says_the_same(old):
            correct_fact(
                case, by=by, fact_id=old.id, kind=telling.kind, on=telling.on, data=telling.data_over(old),
                planned=telling.planned, note=old.note, form_key=key,
            )  # fmt: skip


def _same(said: object, wanted: object) -> bool:
    return wanted in said if isinstance(said, tuple | list) and isinstance(wanted, str) else said == wanted
