"""The ledger in sentences, the same for the family and the school; and what is known about making up missed time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say
from gameplan.measures.ledger import Cell, Ledger, Sums
from gameplan.measures.log import (
    CHILD_ABSENT,
    DELIVERED,
    FAMILY,
    NOT_RECORDED,
    NOT_SCHEDULED,
    OTHER,
    PROVIDER_ABSENT,
    SCHOOL_EVENT,
    Differs,
    LogEntry,
)
from gameplan.plans.minutes import number_text

REASON_WORDS: Final[Mapping[str, Say]] = {
    CHILD_ABSENT: Say("the child was absent"),
    PROVIDER_ABSENT: Say("the provider was absent"),
    SCHOOL_EVENT: Say("something else took place at school"),
    NOT_SCHEDULED: Say("it was not scheduled"),
    OTHER: Say("another reason"),
    NOT_RECORDED: Say("nobody wrote down whether this happened"),
}
HOW_COUNTED: Final = (
    Say("Each week with school in it counts in full, also with a holiday in it; a week without school counts nothing."),
    Say("This is because the plan names minutes for every week. No federal rule says that a holiday takes from them."),
    Say("Where the plan, the service or the school year begins or ends inside a week, its school days count."),
    Say("What is promised by the month, quarter or year is spread over its school days. Any of its weeks will do."),
    Say("A quarter is a fourth of the days of the school year, and a year is a school year."),
    Say("The family and the school see the same numbers."),
)  # fmt: skip
PROMISED: Final = Say("Promised {promised} minutes: {delivered} given, {missed} missed, {upcoming} still to come.")
PROMISED_AND_UNKNOWN: Final = Say(
    "Promised {promised} minutes: {delivered} given, {missed} missed, {unknown} of which nobody wrote down whether "
    "they were given, {upcoming} still to come."
)
ASK_TEAM: Final = Say(
    "Federal law does not say which missed minutes must be made up. The team looks at what the child lost by it "
    "and decides for this child. Ask."
)


@dataclass(frozen=True, slots=True)
class MakingUp:
    """What is known about making up minutes that were missed for a reason; never a verdict.

    `usually`: often, seldom or ask. `source`: where it is said; `confidence`: high where the letter itself was read,
    medium or low where it was read in another's words or follows from a letter on something like it.
    """

    usually: str
    say: Say
    source: str
    confidence: str


CLARKE: Final = "OSEP, Letter to Clarke, March 8, 2007"
MAKING_UP: Final[Mapping[str, MakingUp]] = {
    CHILD_ABSENT: MakingUp(
        "seldom",
        Say(
            "If the school had it ready at the usual time, it need not always be made up. The team looks at what the "
            "child lost by it."
        ),
        f"{CLARKE}; OSEP, Letter to Balkman, 1995, as reported",
        "medium",
    ),
    PROVIDER_ABSENT: MakingUp(
        "often",
        Say("The plan must go on when a provider is absent. Ask who steps in, and when it is made up."),
        CLARKE,
        "medium",
    ),
    SCHOOL_EVENT: MakingUp(
        "ask",
        Say("The school chose the event. Ask whether it is made up, or given at another time next time."),
        f"{CLARKE}; OSEP, Letter to Kane, April 18, 2018 (tests)",
        "medium",
    ),
    NOT_SCHEDULED: MakingUp("often", Say("The plan promises it, so it has to be scheduled. Ask when."), CLARKE, "low"),
    OTHER: MakingUp("ask", ASK_TEAM, CLARKE, "medium"),
    NOT_RECORDED: MakingUp("ask", Say("Ask first whether these sessions took place."), "", "high"),
}
"""By reason. Both letters of OSEP that were read say that it is decided for each child; neither gives a number.
The letter about a strike (OSEP, Letter to Pergament, December 20, 2013) is about schools that were closed."""


def sums_said(sums: Sums) -> tuple[Say, ...]:
    """What became of the promised minutes, and what was given beside them."""
    unknown = sums.missed_by.get(NOT_RECORDED, Fraction(0))
    owed = sums.owed - sums.owed_by.get(NOT_RECORDED, Fraction(0))
    values = {name: number_text(getattr(sums, name)) for name in ("promised", "delivered", "upcoming")}
    values |= {"missed": number_text(sums.missed - unknown), "unknown": number_text(unknown)}
    found = [Say((PROMISED_AND_UNKNOWN if unknown else PROMISED).text, values)]
    found += reasons_said({name: minutes for name, minutes in sums.missed_by.items() if name != NOT_RECORDED})
    found += _if(Say("{minutes} minutes of the missed ones were made up.", _of(sums.made_up)), sums.made_up)
    found += _if(Say("{minutes} missed minutes are not made up.", _of(owed)), owed)
    found += _if(Say("{minutes} minutes were given beyond what was promised.", _of(sums.extra)), sums.extra)
    found += _if(
        Say("{minutes} minutes were given in weeks of which nobody can tell what is promised.", _of(sums.apart)),
        sums.apart,
    )
    return tuple(found)


def reasons_said(missed: Mapping[str, Fraction]) -> tuple[Say, ...]:
    """The missed minutes by reason, the most first."""
    ordered = sorted(missed.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Say("{minutes} minutes missed: {reason}.", {**_of(minutes), "reason": REASON_WORDS[reason]})
        for reason, minutes in ordered
        if minutes
    )


def cell_said(cell: Cell) -> tuple[Say, ...]:
    """One week of a service."""
    if cell.cannot_tell is None:
        return sums_said(cell.sums)
    unknown = Say(
        "Nobody can tell what is promised in this week. It would help to know: {what}.", {"what": cell.cannot_tell}
    )
    return (unknown, *(sums_said(cell.sums) if cell.sums.promised or cell.sums.given else ()))


def said(ledger: Ledger) -> tuple[Say, ...]:
    """The whole ledger in sentences: each service, all together, what is not known, and how it was counted."""
    found: list[Say] = []
    for one in ledger.services:
        if one.not_counted:
            found += [Say("Service: {service}.", {"service": one.name}), one.not_counted]
        elif ledger.weeks(one.id):
            found += [Say("Service: {service}.", {"service": one.name}), *sums_said(ledger.total(one.id))]
    found += [Say("All services together:"), *sums_said(ledger.total())]
    if ledger.total().owed:
        found.append(ASK_TEAM)
    return (*found, *not_known_said(ledger), *HOW_COUNTED)


def not_known_said(ledger: Ledger) -> tuple[Say, ...]:
    """What nobody can tell: calendars that are missing, days without a plan, services in doubt."""
    missing = tuple(
        Say("Nobody can tell what is promised in some weeks. It would help to know: {what}.", {"what": one})
        for one in ledger.would_settle
    )
    gaps = tuple(
        Say(
            "From {first} to {last} no plan was in force here. When a child changes schools, the new school gives "
            "services that compare to the old plan until it has its own.",
            {"first": first, "last": last},
        )
        for first, last in ledger.gaps
    )
    return (*missing, *gaps, *ledger.doubts)


COMPARABLE: Final = ("34 CFR 300.323(e)", "34 CFR 300.323(f)")


def differs_said(one: Differs) -> Say:
    """Where the two sides wrote down different things; the numbers follow the side that counts."""
    values: dict[str, object] = {"day": one.entry.on, "what": entry_said(one.entry)}
    family = one.entry.side == FAMILY
    if one.other is None and family:
        return Say("{day}: the family wrote “{what}”. The school wrote nothing for that day.", values)
    if one.other is None:
        return Say("{day}: the school wrote “{what}”. The family wrote nothing for that day.", values)
    values["other"] = entry_said(one.other)
    if family:
        return Say("{day}: the family wrote “{what}”, the school “{other}”. The numbers follow the school.", values)
    return Say("{day}: the school wrote “{what}”, the family “{other}”. The numbers follow the family.", values)


def entry_said(entry: LogEntry) -> Say:
    """One entry of the log in a few words."""
    if entry.what == DELIVERED and entry.makes_up:
        return Say("{minutes} minutes given to make up", {"minutes": entry.minutes})
    if entry.what == DELIVERED:
        return Say("{minutes} minutes given", {"minutes": entry.minutes})
    values = {"minutes": entry.minutes, "reason": REASON_WORDS[entry.reason]}
    return Say("{minutes} minutes missed: {reason}", values)


def _of(minutes: Fraction) -> dict[str, object]:
    return {"minutes": number_text(minutes)}


def _if(say: Say, minutes: Fraction) -> list[Say]:
    return [say] if minutes else []
