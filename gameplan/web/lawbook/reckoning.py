"""The deadline calculator: one fact, a State and a school calendar in; every clock that the fact starts out.

Lines of the calendar that could mean school or no school are taken both ways: where that moves a date, the answer
is the range between, never a guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gameplan.core import sentences as s
from gameplan.core.assess import assess
from gameplan.core.calendars import SchoolYear
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say
from gameplan.exchange.calendar_proposal import Proposal
from gameplan.law.library import law_for
from gameplan.web.lawbook.starting import Start

FACT = "f1"
# Sentences that name one day: they do not hold where the answer is a range.
ONE_DAY_ONLY = (s.COUNT_TO, s.COUNT_SKIPPED, s.LAST_DAY_STANDS)


@dataclass(frozen=True)
class Asked:
    """What is asked of the calculator."""

    state: str | None
    start: Start
    on: date
    details: Mapping[str, object]
    calendars: tuple[Proposal, ...] = ()

    @property
    def unsure(self) -> tuple[Say, ...]:
        """The lines of the calendar of which it is not clear if there is school."""
        return tuple(line.sentence() for proposal in self.calendars for line in proposal.unsure)


@dataclass(frozen=True)
class Answer:
    """What comes out: the duties with a day, those without one, and what to know."""

    standing: Standing
    dated: tuple[Duty, ...]
    open: tuple[Duty, ...]
    notes: tuple[Say, ...]


def answer_to(asked: Asked) -> Answer:
    """Every clock that the fact starts, as it stands on the day it starts; the earliest date first."""
    law = law_for(asked.state)
    standing = _standing(asked, law, unsure_closed=False)
    if any(proposal.unsure for proposal in asked.calendars):
        standing = _either(standing, _standing(asked, law, unsure_closed=True))
    dated = [duty for duty in standing.duties if duty.due or duty.due_earliest]
    dated.sort(key=lambda duty: (duty.due or duty.due_earliest or date.max, duty.pack == "us"))
    others = [duty for duty in standing.duties if not (duty.due or duty.due_earliest)]
    return Answer(standing, tuple(dated), tuple(others), standing.warnings)


def key_of(asked: Asked) -> str:
    """A name for what is asked, the same whenever the same is asked; it tells nobody what it was."""
    told = (asked.state, asked.start.id, asked.on, sorted(asked.details.items()), asked.calendars)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _standing(asked: Asked, law: Law, *, unsure_closed: bool) -> Standing:
    kind = asked.start.kind
    data: dict[str, object] = {**asked.details, **asked.start.data}
    main = kind.field(kind.main_date)
    if main and main.name != "date":
        data[main.name] = asked.on
    if kind.field("state") and asked.state:
        data["state"] = asked.state
    years = tuple(year for one in asked.calendars if (year := _year(one, unsure_closed=unsure_closed)))
    fact = Fact(FACT, kind.id, asked.on, data)
    case = Case(child=Child(state=asked.state), calendars=years, facts=(fact,))
    standing = assess(case, law, on=asked.on)
    duties = tuple(_as_rule(duty) for duty in standing.duties if duty.started_by == FACT)
    return replace(standing, duties=duties, options=())


def _as_rule(duty: Duty) -> Duty:
    """The duty without what only speaks of a case: nobody has told here what was done since."""
    return replace(duty, because=tuple(one for one in duty.because if one.text != s.NOT_DONE))


def _year(proposal: Proposal, *, unsure_closed: bool) -> SchoolYear | None:
    return proposal.year(*(proposal.unsure if unsure_closed else ()))


def _either(one: Standing, other: Standing) -> Standing:
    """The same duties, each with the range between its two answers where they differ."""
    others = {(*duty.key, duty.started): duty for duty in other.duties}
    duties = tuple(_range(duty, others.get((*duty.key, duty.started))) for duty in one.duties)
    return replace(one, duties=duties)


def _range(one: Duty, other: Duty | None) -> Duty:
    """The duty with the days from the earlier to the later of two answers; the same duty where they agree."""
    if other is None or _days(one) == _days(other):
        return one
    first = min((day for day in (_first(one), _first(other)) if day), default=None)
    lasts = (one.due or one.due_latest, other.due or other.due_latest)
    last = max((day for day in lasts if day), default=None) if all(lasts) else None
    because = [reason for reason in one.because if reason.text not in ONE_DAY_ONLY]
    if first and last:
        because.append(Say(s.COUNT_RANGE, {"earliest": first, "latest": last}))
    return replace(
        one, due=None, due_earliest=first, due_latest=last, status="cannot-tell", days_left=None,
        count=one.count if last == lasts[0] else other.count,
        because=tuple(because), would_settle=(*one.would_settle, Say("Which of these days there is school")),
    )  # fmt: skip


def _days(duty: Duty) -> tuple[date | None, ...]:
    return duty.due, duty.due_earliest, duty.due_latest


def _first(duty: Duty) -> date | None:
    return duty.due or duty.due_earliest
