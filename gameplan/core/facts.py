"""The timeline: what happened, when, and who says so. Facts are appended, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gameplan.core.calendars import SchoolCalendar, SchoolYear, calendar_of


@dataclass(frozen=True, slots=True)
class Rough:
    """A day that is known only roughly: it lies between `first` and `last`, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """As the case file writes it: a month ("2025-02"), else two days with a stroke between."""
        following = date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)
        if self.first.day == 1 and self.last == following - timedelta(days=1):
            return f"{self.first:%Y-%m}"
        return f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact of a case.

    `kind` and `data` follow the vocabulary of the law. `on` is the day it happened (or is planned for); where that is
    known only roughly, its main date in `data` is a `Rough` and `on` the first day it can have been.
    `corrects` names the fact that this one replaces; with `withdrawn` it takes that fact back.
    `account_of` names the fact of which this is the other side's account: both stand.
    """

    id: str
    kind: str
    on: date
    data: Mapping[str, object] = field(default_factory=dict)
    said_by: str = "parent"
    planned: bool = False
    corrects: str | None = None
    account_of: str | None = None
    withdrawn: bool = False
    note: str = ""
    written_in: Mapping[str, str] = field(default_factory=dict)
    entered_at: str = ""
    entered_by: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """The child, as far as the family wants to say. `state` is a postal code, or None for federal law only."""

    name: str = ""
    born: date | None = None
    state: str | None = None
    grade: str = ""
    school: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or paper kept with the case; its bytes travel beside the case file at `path`."""

    id: str
    name: str
    media_type: str
    sha256: str
    size: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A frozen letter as the case file carries it: the text as finished, its hash, and each sending."""

    id: str
    kind: str
    lang: str
    text: str
    sha256: str
    finished: str
    fields: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    corrects: str | None = None
    sent: tuple[Mapping[str, str], ...] = ()
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A child's whole case: who, the school calendars, the timeline, and what is kept with it.

    `plans` are the plans as they travel (docs/plans.md), `consents` the permission that was asked for and `signatures`
    what was signed (docs/consents.md): the engine reads nothing in them but their `id`. `records` is the rest that is
    kept of it, list by list (`core.record_shapes`).
    """

    child: Child = field(default_factory=Child)
    calendars: tuple[SchoolYear, ...] = ()
    facts: tuple[Fact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    letters: tuple[SentLetter, ...] = ()
    plans: tuple[Mapping[str, object], ...] = ()
    consents: tuple[Mapping[str, object], ...] = ()
    signatures: tuple[Mapping[str, object], ...] = ()
    records: Mapping[str, tuple[Mapping[str, object], ...]] = field(default_factory=dict)

    def with_facts(self, *more: Fact) -> Case:
        """The same case with further facts, for "what if"."""
        return replace(self, facts=self.facts + more)

    def calendar(self) -> SchoolCalendar:
        """The school calendar made of all the years that are known."""
        return calendar_of(self.calendars)


def standing_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts that stand: those not corrected or withdrawn by a later one, in the order of the timeline.

    A correction of another side's account stays that side's account.
    """
    last = {fact.corrects: fact.id for fact in facts if fact.corrects}
    gone = set(last) | {fact.id for fact in facts if fact.corrects and last[fact.corrects] != fact.id}
    by_id = {fact.id: fact for fact in facts}
    standing = []
    for fact in facts:
        if fact.id in gone or fact.withdrawn:
            continue
        account_of = fact.account_of or _inherited_account(fact, by_id)
        if account_of in gone:
            account_of = _successor(account_of, facts)
        standing.append(fact if account_of == fact.account_of else replace(fact, account_of=account_of))
    known = {fact.id for fact in standing}
    return tuple(
        replace(fact, account_of=None) if fact.account_of and fact.account_of not in known else fact
        for fact in standing
    )


def _inherited_account(fact: Fact, by_id: Mapping[str, Fact]) -> str | None:
    seen: set[str] = set()
    step = fact
    while step.corrects and step.corrects in by_id and step.corrects not in seen:
        seen.add(step.corrects)
        step = by_id[step.corrects]
        if step.account_of:
            return step.account_of
    return None


def _successor(fact_id: str | None, facts: tuple[Fact, ...]) -> str | None:
    seen: set[str | None] = set()
    while fact_id is not None and fact_id not in seen:
        seen.add(fact_id)
        later = next((fact for fact in facts if fact.corrects == fact_id), None)
        if later is None:
            return fact_id
        fact_id = None if later.withdrawn else later.id
    return None
