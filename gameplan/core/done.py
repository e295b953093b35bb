"""What met a duty: the first fact that fits, one that may fit, or one that shows it had been done by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gameplan.core.entries import Clock, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import World
from gameplan.core.starts import Start

LOOK_BACK = timedelta(days=400)
MEETING_LOOK_BACK = timedelta(days=120)
AGE_LOOK_BACK = timedelta(days=800)
NOT_SAID = (None, "", "not-known")


@dataclass(frozen=True, slots=True)
class Done:
    """When a duty was met and by which fact; `by_then` if the fact only shows that it was done by that day.

    `maybe` is a fact that may have met it, but leaves open what `open_match` asks for.
    """

    day: date | None = None
    fact: Fact | None = None
    maybe: Fact | None = None
    by_then: bool = False
    open_match: Match | None = None


NOT_DONE = Done()


def done(world: World, clock: Clock, start: Start, following: date | None) -> Done:
    """What has met the clock that began with `start`; `following` is the day its next round began, if any."""
    if clock.kind == "floor":
        return NOT_DONE
    found = [_first(world, clock, match, start, following) for match in clock.done_when]
    hits = [one for one in found if one.day]
    if hits and (clock.done_mode == "any" or len(hits) == len(found)):
        if clock.done_mode == "all":
            return max(hits, key=_day)
        return hits[0] if len(hits) == 1 else min(hits, key=lambda one: (_day(one), one.by_then))
    return next((one for one in found if one.maybe), NOT_DONE)


def _day(one: Done) -> date:
    return one.day or date.max


def _first(world: World, clock: Clock, match: Match, start: Start, following: date | None) -> Done:
    maybe: Fact | None = None
    for fact, _, answer in world.hits(match):
        day = world.day(fact, match.on)
        if not _counts(world, clock, match, start, following, fact, day):
            continue
        if match.belongs and answer:
            answer = _belongs(world, clock, match, start, fact)
        if answer is False:
            continue
        if answer:
            return Done(day, fact)
        maybe = maybe or fact
    return Done(maybe=maybe, open_match=match) if maybe else _shown(world, clock, match, start)


def _counts(
    world: World, clock: Clock, match: Match, start: Start, following: date | None, fact: Fact, day: date
) -> bool:
    back = clock.direction == "before" or clock.kind == "gate"
    if not world.happened(fact, match.on):
        return False
    if start.fact and fact.id == start.fact.id and not back and not _says_more(world, match, start, fact):
        return False
    if back and (day < start.day - _look_back(start) or (day > start.day and not _may_follow(clock, start))):
        return False
    if not back and (day < first_day(clock, start) or (clock.repeats == "from-last" and day <= start.day)):
        return False
    if clock.repeats and clock.repeats != "from-last" and following and day > following:
        return False
    if (match.later and day <= start.day) or (match.since and day < start.day):
        return False
    if match.on and not _said(world, fact, match.on):
        return False
    if _undone(world, match, day):
        return False
    return _same(match, fact, start)


def _undone(world: World, match: Match, day: date) -> bool:
    """True if a later fact took back what was done."""
    takers = _of_kind(world, match.undone_by) if match.undone_by else ()
    return any(world.day(one) >= day and world.happened(one) for one in takers)


def _of_kind(world: World, kind: str) -> tuple[Fact, ...]:
    return world.by_kind.get(kind, ())


def _said(world: World, fact: Fact, name: str) -> bool:
    """False where a date that a fact need not have is not given: nothing stands in for it."""
    kind = world.vocabulary.kinds.get(fact.kind)
    shape = kind.field(name) if kind else None
    return world.says_date(fact, name) or shape is None or shape.required


def _belongs(world: World, clock: Clock, match: Match, start: Start, fact: Fact) -> bool | None:
    """Does the fact speak of what started this clock? Not known where it does not say and others are open too."""
    if start.fact is None:
        return True
    named = fact.data.get(match.belongs)
    if named not in NOT_SAID:
        return named == start.fact.id
    day = world.day(fact)
    others = [one for one in _of_kind(world, start.fact.kind) if one.id != start.fact.id and world.day(one) <= day]
    still = [one for one in others if not _closed(world, clock, world.day(one), fact)]
    return None if still else True


def _closed(world: World, clock: Clock, begun: date, fact: Fact) -> bool:
    """True if another fact than this one ended, before it, what began on that day."""
    enders = (one for match in clock.done_when for one, _, answer in world.hits(match) if answer)
    return any(one.id != fact.id and begun <= world.day(one) <= world.day(fact) for one in enders)


def _look_back(start: Start) -> timedelta:
    kind = start.fact.kind if start.fact else ""
    return {"meeting-held": MEETING_LOOK_BACK, "age-reached": AGE_LOOK_BACK}.get(kind, LOOK_BACK)


def _may_follow(clock: Clock, start: Start) -> bool:
    """True where what was owed before a day can still be done after it: a birthday passes, a held meeting does not."""
    aged = start.fact is not None and start.fact.kind == "age-reached"
    return aged or clock.can_follow or bool(clock.kind == "gate" and clock.trigger)


def _says_more(world: World, match: Match, start: Start, fact: Fact) -> bool:
    """True if the fact that started the clock also says that it was met: a date, or an answer, of its own for that."""
    if match.on:
        return world.says_date(fact, match.on) and match.on != (start.match.on if start.match else None)
    return bool(match.where) and start.match is not None and dict(match.where) != dict(start.match.where)


def _same(match: Match, fact: Fact, start: Start) -> bool:
    """False where the fact says it belongs to another event than the one that started the clock."""
    for mine, theirs in match.same.items():
        said = fact.data.get(mine)
        if said in NOT_SAID or start.fact is None:
            continue
        other = start.day if theirs == "date" else start.fact.data.get(theirs)
        if other not in NOT_SAID and said != other:
            return False
    return True


def _shown(world: World, clock: Clock, match: Match, start: Start) -> Done:
    """A later fact that shows that the one looked for had happened: permission given shows it was asked for."""
    kind = world.vocabulary.kinds.get(match.event)
    for shown_by in kind.shown_by if kind and _may_be_shown(clock) else ():
        other = world.vocabulary.kinds.get(shown_by)
        where = {name: value for name, value in match.where.items() if other and other.field(name)}
        for fact, _, answer in world.hits(Match(shown_by, where)):
            if answer and world.day(fact) >= start.day and world.happened(fact):
                return Done(world.day(fact), fact, by_then=True)
    return NOT_DONE


def _may_be_shown(clock: Clock) -> bool:
    """Only for one-time counts forward: in a round that repeats, a later fact belongs to another round."""
    return clock.direction == "after" and clock.kind != "gate" and not clock.repeats


def earliest_act(clock: Clock, start: Start) -> date:
    """The first day on which something can end the duty: for one counted back from a birthday, well before it."""
    aged = start.fact is not None and start.fact.kind == "age-reached"
    return start.day - AGE_LOOK_BACK if aged and clock.direction == "before" else first_day(clock, start)


def first_day(clock: Clock, start: Start) -> date:
    """The first day that can meet the clock: one that starts on another's due day, or in the middle of a removal,
    may be met before that day."""
    if clock.after and clock.after.edge == "due" and start.fact:
        return start.fact.on
    if clock.kind == "counter" and start.fact:
        return min(start.day, start.fact.on)
    return start.day
