"""The one function: a case, the law and a day in; who owes whom what by when, and why, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gameplan.core import sentences as s
from gameplan.core.accounts import merge
from gameplan.core.days import joined
from gameplan.core.duties import DutyMaker
from gameplan.core.entries import Clock, Law, Stage
from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.matching import World, fits, worlds
from gameplan.core.options import options_of
from gameplan.core.rough import is_rough, ranges, settled
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say

ORDER = ("late", "due-soon", "running", "cannot-tell", "paused", "not-started", "met-late", "met", "excused")


def assess(case: Case, law: Law, *, on: date) -> Standing:
    """Where the case stands on the day `on`: its stage, every duty with its reasons, every option, every warning.

    Pure: the same case, law and day give the same answer, for any day past or future.
    """
    views = worlds(case, law, on)
    duties = _in_order(views, law)
    world = first_variant(next(iter(views.values())))
    stage = stage_of(world, law)
    name = next((one.name for one in law.stages if one.id == stage), stage)
    return Standing(
        on=on,
        stage=stage,
        stage_name=Say(name),
        duties=tuple(duties),
        options=options_of(world, law, stage, duties),
        warnings=joined(tuple(_warnings(case, world, law, duties))),
    )


def duties_of(case: Case, law: Law, *, on: date) -> tuple[Duty, ...]:
    """The duties of `assess`, the same in the same order, for who needs nothing else of the standing."""
    return tuple(_in_order(worlds(case, law, on), law))


def _in_order(views: Mapping[str, World], law: Law) -> list[Duty]:
    """The duties under each account of the case, brought together, the most pressing first."""
    found = {side: _duties(world, law) for side, world in views.items()}
    duties = merge(found) if len(found) > 1 else next(iter(found.values()))
    return sorted(duties, key=_order)


def _duties(world: World, law: Law) -> list[Duty]:
    """The duties of one account of the case; ranges where it gives days only roughly."""
    if not is_rough(world.facts):
        return DutyMaker(world, law).duties()
    variants = [DutyMaker(world.with_facts(facts), law).duties() for facts in settled(world.facts, law.vocabulary)]
    return ranges(variants, world.facts, {kind.id: kind.name for kind in law.vocabulary.kinds.values()})


def first_variant(world: World) -> World:
    """The account with exact days: of those that can have been, the first ones."""
    if not is_rough(world.facts):
        return world
    return world.with_facts(next(settled(world.facts, world.vocabulary)))


def _order(duty: Duty) -> tuple[object, ...]:
    soonest = duty.due or duty.due_earliest or date.max
    return ORDER.index(duty.status), soonest, duty.started or date.max, duty.pack, duty.clock, duty.started_by


def stage_of(world: World, law: Law) -> str:
    """The stage the case is at: the one that the latest fact entered; of several on one day the furthest.

    What goes on beside everything else, such as extra help in class, takes a case back from no later stage.
    """
    at = ""
    for _day, _order, stage, is_beside in sorted(_entries(world, law), key=lambda one: one[:2]):
        if not is_beside or at in ("", stage.id, *stage.back_from):
            at = stage.id
    return at or law.stages[0].id


def _entries(world: World, law: Law) -> Iterator[tuple[date, int, Stage, bool]]:
    """Each day on which a fact brings the case to a stage, and whether that fact goes on beside everything else."""
    for stage in law.stages:
        for matches, is_beside in ((stage.entered_by, False), (stage.entered_beside, True)):
            for fact, match, answer in world.matching(matches):
                if answer is True and world.happened(fact, match.on) and fact.said_by != "system":
                    yield world.day(fact, match.on), stage.order, stage, is_beside


def _warnings(case: Case, world: World, law: Law, duties: list[Duty]) -> Iterable[Say]:
    if law.state is None:
        yield Say(s.NO_STATE)
    calendars = joined(*(d.would_settle for d in duties if d.is_open))
    for ask in calendars:
        if ask.text.startswith("The school calendar"):
            yield Say(s.CALENDAR_NEEDED, {"missing": ask})
    for fact in sorted(standing_facts(case.facts), key=lambda one: (one.on, one.id)):
        if fact.planned and world.day(fact) < world.on:
            yield Say(s.PLAN_PASSED, {"event": event_name(law, fact), "day": world.day(fact)})
    for duty in duties:
        if duty.status == "cannot-tell":
            yield from (one for one in duty.because if one.text in (s.NOT_IN_FORCE, s.NOT_CHECKED_BACK))
    yield from _not_yet(world, law)


def _not_yet(world: World, law: Law) -> Iterable[Say]:
    """Rules that a fact of the case starts and that do not run yet: said out loud instead of passed over."""
    for kind, facts in world.by_kind.items():
        for clock in law.by_trigger.get(kind, ()):
            if clock.not_yet and any(_touches(world, clock, fact) for fact in facts):
                values = {"title": Say(clock.name), "cite": ", ".join(clock.cite), "why": Say(clock.not_yet)}
                yield Say(s.NOT_YET_RUNS, values)


def _touches(world: World, clock: Clock, fact: Fact) -> bool:
    if fact.said_by == "system" or not world.happened(fact):
        return False
    if any(world.holds(condition, fact.on) is False for condition in clock.applies_if):
        return False
    return any(fits(fact, match) is not False for match in clock.trigger + clock.also_from)


def event_name(law: Law, fact: Fact) -> Say:
    """The plain name of what happened."""
    kind = law.vocabulary.kinds.get(fact.kind)
    return Say(kind.name if kind else fact.kind)
