"""What a reader supposes, as it stands in the address of the page; nothing of it is kept anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from gameplan.core.entries import Clock, Match
from gameplan.core.facts import Fact
from gameplan.core.faults import FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE, CaseFileError, Fault
from gameplan.core.standing import Duty
from gameplan.core.supposing import read_supposed, write_supposed
from gameplan.web.asking import known_answer
from gameplan.web.likely import DERIVED
from gameplan.web.standings import Viewed
from gameplan.web.templatetags.look import page_tongue

MOST = 12
DONE_WAYS = 3


@dataclass(frozen=True)
class Supposition:
    """The supposed facts of an address, the day to look from (or None), and what could not be read."""

    case_id: UUID
    facts: tuple[Fact, ...] = ()
    day: date | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if neither a fact nor a day is supposed."""
        return not self.facts and self.day is None

    @property
    def lines(self) -> tuple[str, ...]:
        """The supposed facts, one line each."""
        return tuple(write_supposed(fact) for fact in self.facts)

    def url(self) -> str:
        """The address of the page with this supposition."""
        return _with_query(reverse("web:what-if", args=(self.case_id,)), self._pairs())

    def asking_url(self, kind: str, **more: str) -> str:
        """The address of the form for one more supposed fact of this kind; `more` is filled in already."""
        pairs = [*self._pairs(), *more.items()]
        return _with_query(reverse("web:suppose", args=(self.case_id, kind)), pairs)

    def with_fact(self, fact: Fact) -> Supposition:
        """The same with one more fact; it takes the place of one with the same id."""
        return replace(self, facts=(*(one for one in self.facts if one.id != fact.id), fact))

    def without(self, fact: Fact) -> Supposition:
        """The same without that fact."""
        return replace(self, facts=tuple(one for one in self.facts if one is not fact))

    def free_id(self) -> str:
        """An id that no supposed fact has yet."""
        taken = {fact.id for fact in self.facts}
        return next(name for number in range(1, MOST + 2) if (name := f"supposed-{number}") not in taken)

    def _pairs(self) -> list[tuple[str, str]]:
        day = [("day", self.day.isoformat())] if self.day else []
        return [*(("s", line) for line in self.lines), *day]


def supposition_of(viewed: Viewed, asked: QueryDict) -> Supposition:
    """What the address supposes: `s` once for each fact, `day` for the day to look from."""
    facts: list[Fact] = []
    faults: list[Fault] = []
    for number, line in enumerate(asked.getlist("s")[:MOST], start=1):
        try:
            facts.append(read_supposed(line, viewed.told, viewed.law.vocabulary, number=number))
        except CaseFileError as error:
            faults += error.faults
    if len(asked.getlist("s")) > MOST:
        faults.append(Fault("s", f"more than {MOST} things are supposed at once.", "Leave some out."))
    day = _day(asked.get("day", ""), faults)
    return Supposition(viewed.case.pk, tuple(facts), day, tuple(faults))


def _day(text: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY_OF_SENSE <= day <= LAST_DAY_OF_SENSE:
        faults.append(Fault("day", f'"{text}" is not a day.', "Choose a day."))
        return None
    return day


def option_what_if(viewed: Viewed, leads_to: Iterable[str]) -> str:
    """Where to suppose that an option is taken; empty if it leads to no fact."""
    kind = next((name for name in leads_to if name not in DERIVED), "")
    return Supposition(viewed.case.pk).asking_url(kind) if kind else ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question that a reason raises: another day for a fact, or the day on which the duty is done.

    `detail` tells it from others of its kind: the day of the fact, or what the done thing is about.
    """

    kind: str
    url: str
    is_done: bool
    detail: str = ""


def what_ifs_of(viewed: Viewed, duty: Duty) -> list[WhatIf]:
    """What one may ask about a duty: had its start been on another day, were it done on some day."""
    start = Supposition(viewed.case.pk)
    found = []
    fact = next((one for one in viewed.told.facts if one.id == duty.started_by), None)
    if fact and fact.kind not in DERIVED:
        url = start.asking_url(fact.kind, instead=fact.id)
        found.append(WhatIf(viewed.names[fact.kind], url, is_done=False, detail=page_tongue().date(fact.on)))
    clock = viewed.law.clock(duty.clock, duty.pack)
    for match in _done_ways(clock) if clock and duty.is_open else ():
        url = start.asking_url(match.event, **_filled(match))
        found.append(WhatIf(viewed.names[match.event], url, is_done=True, detail=known_answer(match.where.values())))
    return found


def _done_ways(clock: Clock) -> Iterable[Match]:
    ways = {match.event: match for match in reversed(clock.done_when) if match.event not in DERIVED}
    return list(reversed(ways.values()))[:DONE_WAYS]


def _filled(match: Match) -> Mapping[str, str]:
    """What the match asks for, as the form names it; a list of answers is left to the reader."""
    said: dict[str, str] = {}
    for name, value in match.where.items():
        if isinstance(value, bool):
            said[f"data_{name}"] = "yes" if value else "no"
        elif isinstance(value, str):
            said[f"data_{name}"] = value
    return said


def _with_query(address: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{address}?{query}" if query else address
