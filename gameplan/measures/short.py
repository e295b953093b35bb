"""When a service falls short in a way that a family should act on, and what it can ask for.

This is a rule of practice of this project and not the law: no federal rule says how many minutes may be missing. The
law asks that services are given as the plan says (34 CFR 300.17(d), 300.323(c)(2)). Time missed because the child was
absent is not counted here, and neither is time of which nobody wrote anything down: that is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say
from gameplan.measures.ledger import Cell, Ledger
from gameplan.measures.log import CHILD_ABSENT, NOT_RECORDED
from gameplan.measures.said import ASK_TEAM, reasons_said
from gameplan.plans.minutes import number_text

WEEKS_BELOW, WEEKS_TOLD, SHARE = 2, 4, Fraction(4, 5)
BELOW, UNDER, NOTHING_WRITTEN = "weeks-below", "under-80-percent", "nothing-written"
LETTER, MEETING, RECORDS = "letter", "meeting", "records"
AS_PLANNED: Final = ("34 CFR 300.17(d)", "34 CFR 300.323(c)(2)")
REVIEW: Final = ("34 CFR 300.324(b)(1)(ii)",)
RECORD_RIGHT: Final = ("34 CFR 300.613",)
RULE_OF_PRACTICE = Say(
    "When a family should act is a rule of practice here, not the law: less than promised in 2 school weeks in a row, "
    "or less than 80 percent over the last 4. Absences of the child do not count."
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that a family can ask for: a letter, a meeting or the records; in words, and by which rules."""

    kind: str
    say: Say
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A service that falls short, from one week to another (both by their Mondays).

    `rule`: weeks-below, under-80-percent or nothing-written. `due`: the promised minutes of these weeks that were
    written about and that no absence of the child explains; `given`: what of them was given or made up.
    """

    service: str
    rule: str
    first: date
    last: date
    due: Fraction
    given: Fraction
    because: tuple[Say, ...]
    asks: tuple[Ask, ...]
    cite: tuple[str, ...] = AS_PLANNED


@dataclass(frozen=True, slots=True)
class _Week:
    cell: Cell

    @property
    def due(self) -> Fraction:
        """What the school says it had to give: promised, less absences of the child and what nobody wrote about."""
        sums = self.cell.sums
        return sums.promised - sum(sums.missed_by.get(one, Fraction(0)) for one in (CHILD_ABSENT, NOT_RECORDED))

    @property
    def lacking(self) -> Fraction:
        """What of it was neither given nor made up."""
        owed = self.cell.sums.owed_by
        return sum((owed[one] for one in owed if one not in (CHILD_ABSENT, NOT_RECORDED)), Fraction(0))

    @property
    def is_blank(self) -> bool:
        """True if nobody wrote down anything about the promised minutes."""
        return self.cell.sums.missed_by.get(NOT_RECORDED) == self.cell.sums.promised


def short(ledger: Ledger, on: date | None = None) -> tuple[Shortfall, ...]:
    """The services that fall short as of a day (that of the ledger), in the order of the ledger.

    Only weeks that are over count, in which something was promised and nothing is still to come.
    """
    day = on or ledger.on
    found: list[Shortfall] = []
    for service in ledger.services:
        over = [_Week(one) for one in ledger.weeks(service.id) if _is_over(one, day)]
        told = [one for one in over if one.due > 0]
        found += _below(told, service.name) or _under(told, service.name)
        found += _blank(over, service.name)
    return tuple(found)


def _is_over(cell: Cell, day: date) -> bool:
    sums = cell.sums
    return sums.promised > 0 and not sums.upcoming and cell.cannot_tell is None and cell.week + timedelta(7) <= day


def _below(told: Sequence[_Week], name: Say | str) -> list[Shortfall]:
    run: list[_Week] = []
    for one in reversed(told):
        if not one.lacking:
            break
        run.insert(0, one)
    if len(run) < WEEKS_BELOW:
        return []
    said = Say(
        "{service}: in {weeks} school weeks in a row, from the week of {first} on, less was given than promised.",
        {"service": name, "weeks": len(run), "first": run[0].cell.week},
    )
    return [_shortfall(run, BELOW, said, name)]


def _under(told: Sequence[_Week], name: Say | str) -> list[Shortfall]:
    last = list(told[-WEEKS_TOLD:])
    due, lacking = _sum(last)
    if len(last) < WEEKS_TOLD or due - lacking >= SHARE * due:
        return []
    said = Say(
        "{service}: over the last {weeks} school weeks less than 80 percent of the promised minutes were given.",
        {"service": name, "weeks": len(last)},
    )
    return [_shortfall(last, UNDER, said, name)]


def _blank(over: Sequence[_Week], name: Say | str) -> list[Shortfall]:
    run: list[_Week] = []
    for one in reversed(over):
        if not one.is_blank:
            break
        run.insert(0, one)
    if len(run) < WEEKS_BELOW:
        return []
    said = Say(
        "{service}: for {weeks} school weeks in a row, from the week of {first} on, nobody wrote down what happened.",
        {"service": name, "weeks": len(run), "first": run[0].cell.week},
    )
    ask = Ask(RECORDS, Say("Ask the school for its records of these sessions."), RECORD_RIGHT)
    due, lacking = _sum(run)
    weeks = run[0].cell.week, run[-1].cell.week
    return [Shortfall(run[0].cell.service, NOTHING_WRITTEN, *weeks, due, due - lacking, (said,), (ask,), ())]


def _sum(weeks: Sequence[_Week]) -> tuple[Fraction, Fraction]:
    return sum((one.due for one in weeks), Fraction(0)), sum((one.lacking for one in weeks), Fraction(0))


def _shortfall(weeks: Sequence[_Week], rule: str, said: Say, name: Say | str) -> Shortfall:
    due, lacking = _sum(weeks)
    values = {"due": number_text(due), "given": number_text(due - lacking), "lacking": number_text(lacking)}
    numbers = Say("Of {due} minutes, {given} were given or made up; {lacking} are open.", values)
    reasons: dict[str, Fraction] = {}
    for one in weeks:
        for reason, minutes in one.cell.sums.owed_by.items():
            if minutes and reason not in (CHILD_ABSENT, NOT_RECORDED):
                reasons[reason] = reasons.get(reason, Fraction(0)) + minutes
    extra = sum((one.cell.sums.extra for one in weeks), Fraction(0))
    because = [said, numbers, *reasons_said(reasons)]
    if extra:
        because.append(
            Say(
                "In the same weeks {minutes} minutes were given beyond what was promised. If they make up for missed "
                "ones, the school can write that down.",
                {"minutes": number_text(extra)},
            )
        )
    return Shortfall(
        weeks[0].cell.service, rule, weeks[0].cell.week, weeks[-1].cell.week, due, due - lacking,
        (*because, ASK_TEAM, RULE_OF_PRACTICE), _asks(name),
    )  # fmt: skip


def _asks(name: Say | str) -> tuple[Ask, ...]:
    letter = Say(
        "Write a letter that asks how and when the missed minutes of {service} are made up.", {"service": name}
    )
    meeting = Say("Ask for a meeting of the team about {service}.", {"service": name})
    return Ask(LETTER, letter, AS_PLANNED), Ask(MEETING, meeting, REVIEW)
