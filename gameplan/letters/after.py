"""Letters that fit after something happened: a talk to confirm, a meeting to prepare, a permission to take back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from gameplan.core.facts import Fact, standing_facts
from gameplan.core.matching import fits
from gameplan.letters.folders import AfterFact, LetterKind

# The fields of facts that decide whether a letter fits, by kind of fact.
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "change-requested": frozenset({"about"}),
    "concern-raised": frozenset({"written"}),
    "consent-given": frozenset({"for"}),
    "consent-refused": frozenset({"for"}),
    "consent-revoked": frozenset({"for"}),
    "evaluation-completed": frozenset({"type"}),
    "evaluation-requested": frozenset({"by"}),
    "meeting-held": frozenset({"kind", "parent_took_part"}),
    "meeting-notice-sent": frozenset({"kind"}),
    "pwn-sent": frozenset({"decision", "subject"}),
    "removal-ordered": frozenset({"kind"}),
}


def fitting_after(kinds: Iterable[LetterKind], facts: Iterable[Fact], on: date) -> Iterator[tuple[LetterKind, Fact]]:
    """Each of these letters that fits on a day, with the latest fact after which it does."""
    told = happened(facts, on)
    for kind in kinds:
        found = [fact for fact in told if fits_after(kind, fact, told, on)]
        if found:
            yield kind, found[-1]


def fits_after(kind: LetterKind, fact: Fact, told: Sequence[Fact], on: date) -> bool:
    """True if the letter fits on that day after this one of the facts that happened, see `happened`."""
    return any(_fits(after, fact, told, on) for after in kind.fits.after)


def happened(facts: Iterable[Fact], on: date) -> list[Fact]:
    """The facts that stand and happened by that day, oldest first."""
    told = (fact for fact in standing_facts(tuple(facts)) if not fact.planned and fact.on <= on)
    return sorted(told, key=lambda fact: fact.on)


def _fits(after: AfterFact, fact: Fact, told: Sequence[Fact], on: date) -> bool:
    if not fits(fact, after.match) or (after.days is not None and on > fact.on + timedelta(days=after.days)):
        return False
    earlier = [one for one in told if one.on <= fact.on and one.id != fact.id]
    later = [one for one in told if one.on >= fact.on and one.id != fact.id]
    needed = not after.needs or any(fits(one, match) for one in earlier for match in after.needs)
    return needed and not any(fits(one, match) for one in later for match in after.until)
