"""Days known only roughly: the case is worked out for the days they can have been, and the answers become ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from gameplan.core import sentences as s
from gameplan.core.days import joined
from gameplan.core.entries import Vocabulary
from gameplan.core.facts import Fact, Rough
from gameplan.core.standing import Duty, Mark, told_apart
from gameplan.core.words import Say

# Up to so many rough days, each mix of first and last days is looked at; and so many steps in between.
MIXES, STEPS = 4, 31


def is_rough(facts: Sequence[Fact]) -> bool:
    """True if some day of these facts is known only roughly."""
    return any(isinstance(value, Rough) for fact in facts for value in fact.data.values())


def settled(facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterator[tuple[Fact, ...]]:
    """The facts with exact days: all at their first and last day, each mix of the two, and steps in between."""
    places = [
        (index, name, value)
        for index, fact in enumerate(facts)
        for name, value in sorted(fact.data.items())
        if isinstance(value, Rough)
    ]
    for shares in _shares(places):
        found = list(facts)
        for (index, name, rough), share in zip(places, shares, strict=True):
            day = rough.first + timedelta(days=round((rough.last - rough.first).days * share))
            found[index] = _with_day(found[index], name, day, vocabulary)
        yield tuple(found)


def _shares(places: Sequence[tuple[int, str, Rough]]) -> Iterator[tuple[float, ...]]:
    number = len(places)
    longest = max((rough.last - rough.first).days for _, _, rough in places)
    steps = max(1, min(STEPS, longest))
    yield from ((step / steps,) * number for step in range(steps + 1))
    if 1 < number <= MIXES:
        yield from (mix for mix in product((0.0, 1.0), repeat=number) if len(set(mix)) > 1)
    elif number > MIXES:
        for one in range(number):
            yield tuple(1.0 if index == one else 0.0 for index in range(number))
            yield tuple(0.0 if index == one else 1.0 for index in range(number))


def _with_day(fact: Fact, name: str, day: date, vocabulary: Vocabulary) -> Fact:
    kind = vocabulary.kinds.get(fact.kind)
    on = day if kind and name == kind.main_date else fact.on
    return replace(fact, on=on, data={**fact.data, name: day})


def ranges(variants: Sequence[Sequence[Duty]], facts: Sequence[Fact], names: Mapping[str, str]) -> list[Duty]:
    """One list of duties from the duties of each variant; what differs becomes a range, and what settles it is said."""
    by_mark: dict[Mark, list[Duty]] = {}
    for duties in variants:
        for mark, duty in told_apart(duties):
            by_mark.setdefault(mark, []).append(duty)
    asks = {fact.id: _ask(fact, names) for fact in facts if is_rough((fact,))}
    return [_range(found, len(variants), _asked_of(found, asks)) for found in by_mark.values()]


def _asked_of(found: Sequence[Duty], asks: Mapping[str, Say]) -> tuple[Say, ...]:
    """The rough days of the facts that began or met the duty; all of them where it is neither."""
    own = {fact_id for duty in found for fact_id in (duty.started_by, duty.done_by)}
    return tuple(ask for fact_id, ask in asks.items() if fact_id in own) or tuple(asks.values())


def _ask(fact: Fact, names: Mapping[str, str]) -> Say:
    rough = next(value for value in fact.data.values() if isinstance(value, Rough))
    event = Say(names.get(fact.kind, fact.kind))
    return Say(s.ROUGH_DAY, {"event": event, "first": rough.first, "last": rough.last})


def _range(found: list[Duty], number: int, asks: tuple[Say, ...]) -> Duty:
    first = found[0]
    answers = {(d.started, d.due, d.due_earliest, d.due_latest, d.status, d.done) for d in found}
    if len(answers) == 1 and len(found) == number:
        return first
    days = [day for duty in found for day in (duty.due, duty.due_earliest, duty.due_latest) if day]
    statuses, dues, dones = {d.status for d in found}, {d.due for d in found}, {d.done for d in found}
    whole = len(found) == number
    same_status = len(statuses) == 1 and whole
    return replace(
        first,
        status=first.status if same_status else "cannot-tell",
        reason=first.reason if same_status else "rough-day",
        due=first.due if len(dues) == 1 and whole else None,
        due_earliest=min(days) if days else None,
        due_latest=max(days) if days else None,
        done=first.done if len(dones) == 1 else None,
        days_left=min((d.days_left for d in found if d.days_left is not None), default=None),
        days_late=None,
        because=(*first.because, Say(s.ROUGH)),
        would_settle=joined(*(duty.would_settle for duty in found), asks),
    )
