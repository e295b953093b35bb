"""Which letters a case needs now, and why: from what the law says of the case, and what each letter says it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from gameplan.core.facts import Fact
from gameplan.core.standing import Duty, OptionView, Standing
from gameplan.core.words import Say
from gameplan.law import vocabulary
from gameplan.letters.after import fits_after, fitting_after, happened
from gameplan.letters.folders import LetterKind, kind_of, kinds

FAMILY = "parent"
SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that fits now: `because` of what is open or late, with its citations, until `closes` if that is known.

    `presses` is True where the school is late.
    """

    kind: str
    because: Say
    cite: tuple[str, ...]
    closes: date | None = None
    presses: bool = False


def offers(standing: Standing, facts: Iterable[Fact] = ()) -> tuple[Offer, ...]:
    """The letters that the family may need now, each once: what is late first, then what closes soonest.

    What is open at every stage is no reason to offer a letter; it stands with the other letters. `facts` are those of
    the case: some letters fit after something that happened.
    """
    found = [*_late(standing), *_open(standing), *_owed(standing), *_after(standing, facts)]
    found.sort(key=lambda offer: (not offer.presses, offer.closes is None, offer.closes or date.max))
    first: dict[str, Offer] = {}
    for offer in found:
        first.setdefault(offer.kind, offer)
    return tuple(first.values())


def letters_of_option(option: OptionView) -> tuple[str, ...]:
    """The ids of the letters with which a family does this, the law's own first; none for what the school does."""
    fitting = [kind.id for kind in family_letters() if option.id in kind.fits.options]
    return tuple(dict.fromkeys([*([option.letter] if option.letter else []), *fitting]))


def letters_of_duty(duty: Duty) -> tuple[str, ...]:
    """The ids of the letters that ask after a duty of the school that is late."""
    if duty.status != "late" or duty.lapsed or FAMILY in duty.owed_by:
        return ()
    return tuple(kind.id for kind in family_letters() if {duty.clock, duty.base} & set(kind.fits.late))


def letters_of_fact(fact: Fact, facts: Iterable[Fact], on: date) -> tuple[str, ...]:
    """The ids of the letters that a family may want after this fact of a case, those that give something up too."""
    told = happened(facts, on)
    is_told = any(one.id == fact.id for one in told)
    return tuple(kind.id for kind in family_letters() if is_told and fits_after(kind, fact, told, on))


def letters_of_way(way: str) -> tuple[str, ...]:
    """The ids of the letters with which a family takes a way to disagree."""
    return tuple(kind.id for kind in family_letters() if way in kind.fits.ways)


def needed_notices(standing: Standing) -> tuple[tuple[str, Duty], ...]:
    """The notices of the school that an open duty asks for, each once with the duty: what is late or due first."""
    found = [
        (kind.id, duty)
        for duty in standing.duties
        if duty.is_open and not duty.lapsed and set(duty.owed_by) - {FAMILY}
        for kind in school_notices()
        if {duty.clock, duty.base} & set(kind.fits.duties)
    ]
    found.sort(key=lambda one: (one[1].status != "late", one[1].due is None, one[1].due or date.max))
    first: dict[str, Duty] = {}
    for kind_id, duty in found:
        first.setdefault(kind_id, duty)
    return tuple(first.items())


@cache
def school_notices() -> tuple[LetterKind, ...]:
    """Every notice that a school may sign, in English."""
    return tuple(known for known in map(kind_of, kinds()) if SCHOOL in known.signed_by)


@cache
def family_letters() -> tuple[LetterKind, ...]:
    """Every letter that a family may sign, in English."""
    return tuple(known for known in map(kind_of, kinds()) if FAMILY in known.signed_by)


def _late(standing: Standing) -> Iterator[Offer]:
    for duty in standing.duties:
        for kind in letters_of_duty(duty):
            yield Offer(kind, duty.title, duty.cite, presses=True)


def _open(standing: Standing) -> Iterator[Offer]:
    for option in standing.options:
        if option.who == FAMILY and option.power != "must-not" and not option.closed and not option.always:
            fitting = (kind for kind in letters_of_option(option) if not kind_of(kind).fits.quiet)
            yield from (Offer(kind, option.do, option.cite, option.closes) for kind in fitting)


def _owed(standing: Standing) -> Iterator[Offer]:
    """What speaks of a duty of the school that is still open."""
    for duty in standing.duties:
        if duty.is_open and not duty.lapsed and FAMILY not in duty.owed_by:
            fitting = (kind for kind in family_letters() if {duty.clock, duty.base} & set(kind.fits.duties))
            yield from (Offer(kind.id, duty.title, duty.cite, duty.due) for kind in fitting)


def _after(standing: Standing, facts: Iterable[Fact]) -> Iterator[Offer]:
    loud = [kind for kind in family_letters() if not kind.fits.quiet]
    for kind, fact in fitting_after(loud, facts, standing.on):
        what = Say(vocabulary().kinds[fact.kind].name)
        yield Offer(kind.id, Say("{what}, {day}", {"what": what, "day": fact.on}), ())
