"""A plan's life: what was proposed, agreed, held and ended, and so which plan is in force on a day.

Proposed never overwrites agreed. The plan in force is put together thing by thing, each from the newest version that
put it in force; everything else stays as it was. Where nobody can tell, the answer says so and shows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from gameplan.core.days import joined
from gameplan.core.words import Say
from gameplan.plans.composing import Made, asked, made_of, mixed, versions
from gameplan.plans.deciding import UNSURE, YES, Era, verdict
from gameplan.plans.effect import EffectRule
from gameplan.plans.items import (
    REST,
    DecideItem,
    change_of,
    items_between,
    items_of,
    parts_of,
    same,
)
from gameplan.plans.life_events import (
    Answer,
    Corrected,
    Ended,
    Event,
    Hold,
    LifeError,
    Met,
    Proposed,
    Reviewed,
    ServicesConsent,
    Shared,
    in_order,
    life_faults,
)
from gameplan.plans.plan import Plan

__all__ = [
    "Answer", "Corrected", "DecideItem", "Ended", "Event", "Hold", "InForce", "InForceItem", "LifeError", "Met",
    "OpenItem", "PlanDay", "Proposed", "Reviewed", "ServicesConsent", "Shared", "history", "in_force", "items_between",
    "items_of", "life_faults", "plan_day",
]  # fmt: skip
KEPT_ALIVE = ("34 CFR 300.323(a)", "34 CFR 300.324(b)(1)(i)")


@dataclass(frozen=True, slots=True)
class InForceItem:
    """One thing of the plan in force: the version that its words come from, since when, and why."""

    item: DecideItem
    version: int
    since: date
    because: tuple[Say, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing of the newest version that is proposed and not in force, or of which nobody can tell.

    `item.change` says whether it is new, changed or gone. `answer` is no or cannot-tell. `waits_for`: services, answer,
    meeting, notice, start, time or dispute; `refused` where the parent said no.
    """

    item: DecideItem
    version: int
    answer: str
    waits_for: str
    because: tuple[Say, ...]
    cite: tuple[str, ...]
    doubts: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """The plan in force on a day.

    `plan` holds what is certainly in force. `perhaps` is the plan with what may be in force besides, None where nothing
    is in doubt. `items`: each thing of `plan` by key. `rest`: the version that everything else comes from. `review_by`:
    the last day for the next review, as the plan says; `corrections`: each slip of the pen that was put right in it.
    """

    on: date
    plan: Plan = field(repr=False)
    perhaps: Plan | None = field(repr=False)
    items: dict[str, InForceItem]
    rest: int
    review_by: date | None
    corrections: tuple[Corrected, ...]
    open: tuple[OpenItem, ...]
    because: tuple[Say, ...]
    cite: tuple[str, ...]
    doubts: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class PlanDay:
    """How a plan stands on a day, also where none is in force: then `because` says why, and `open` what is proposed."""

    on: date
    in_force: InForce | None
    open: tuple[OpenItem, ...] = ()
    because: tuple[Say, ...] = ()
    cite: tuple[str, ...] = ()
    doubts: tuple[Say, ...] = ()


def in_force(events: Sequence[Event], on: date, rule: EffectRule) -> InForce | None:
    """The plan in force on a day; None before there is one and after the end. `rule` is that of `effect.effect_rule`.

    Raises LifeError with every fault, if the events do not fit together.
    """
    return plan_day(events, on, rule).in_force


def plan_day(events: Sequence[Event], on: date, rule: EffectRule) -> PlanDay:
    """How the plan stands on a day: in force or not, what is open, and why. Raises LifeError with every fault."""
    era, ended = _era(events, on, rule)
    if not any(isinstance(one, Proposed) for one in era.events):
        return _nothing(on, ended)
    sure = made_of(era, (YES,))
    newest = _whole(era)[-1]
    plan = sure.ground.whole()
    if plan is None:
        offered = _open(era, newest, sure)
        because, cite = joined(*(one.because for one in offered)), _cites(one.cite for one in offered)
        return PlanDay(on, None, offered, because, cite, joined(*(one.doubts for one in offered)))
    perhaps = made_of(era, (YES, UNSURE))
    found = [one for version in _still_asked(era) for one in _open(era, version, sure)]
    found += _in_doubt(era, sure, perhaps)
    now = _in_force(era, plan, sure, perhaps.ground.whole(), tuple(found))
    return PlanDay(on, now, now.open, now.because, now.cite, now.doubts)


def history(events: Sequence[Event], on: date, rule: EffectRule) -> tuple[InForce, ...]:
    """Every plan that was in force up to a day, oldest first: one for each day on which it became another one."""
    found: list[InForce] = []
    for day in _days_that_matter(in_order(events), on, rule):
        now = in_force(events, day, rule)
        if now and (not found or not _alike(found[-1], now) or _ended_between(events, found[-1].on, day)):
            found.append(now)
    return tuple(found)


def _nothing(on: date, ended: Ended | None) -> PlanDay:
    if ended is None:
        return PlanDay(on, None, because=(Say("No plan has been proposed yet."),))
    because = Say("The services ended on {day}, and the plan with them.", {"day": ended.on})
    return PlanDay(on, None, because=(because,), cite=("34 CFR 300.300(b)(4)",) if ended.reason == "revoked" else ())


def _era(events: Sequence[Event], on: date, rule: EffectRule) -> tuple[Era, Ended | None]:
    """The events since the last end, up to the day, and that end."""
    past = [one for one in in_order(events) if one.on <= on]
    ends = [at for at, one in enumerate(past) if isinstance(one, Ended)]
    since = ends[-1] + 1 if ends else 0
    last = past[ends[-1]] if ends else None
    return Era(tuple(past[since:]), on, rule), last if isinstance(last, Ended) else None


def _whole(era: Era) -> list[Proposed]:
    return [one for one in versions(era) if not one.changes] or versions(era)


def _still_asked(era: Era) -> list[Proposed]:
    """The versions that still propose something: the newest whole one, and the amendments that came after it."""
    newest = max((one.version for one in versions(era) if not one.changes), default=0)
    return [one for one in versions(era) if one.version >= newest]


def _open(era: Era, version: Proposed, made: Made) -> tuple[OpenItem, ...]:
    """What of a version is not in force, beside the plan as it stands."""
    parts = parts_of(version.plan)
    old = made.ground.whole()
    words = {one.key: one for one in (*items_of(version.plan), *(items_of(old) if old else ()))}
    words[REST] = DecideItem(REST, Say("What the team found and wrote"), REST)
    keys = asked(made.ground, version, parts)
    if old and not same(made.ground.parts[REST].part, mixed(made.ground, version, parts)):
        keys.append(REST)
    found = []
    for key in keys:
        now, new = made.ground.parts.get(key), parts.get(key)
        item = replace(words[key], change=change_of(now.part if now else None, new))
        judged = verdict(era, version, key)
        if judged.answer != YES:
            found.append(
                OpenItem(item, version.version, judged.answer, judged.open, judged.because, judged.cite, judged.doubts)
            )
    return tuple(found)


def _in_doubt(era: Era, sure: Made, perhaps: Made) -> list[OpenItem]:
    """What may be in force of versions that a newer one has followed since."""
    asked_now = {one.version for one in _still_asked(era)}
    return [
        one
        for version in versions(era)
        if version.version not in asked_now
        for one in _open(era, version, sure)
        if one.answer == UNSURE and one.item.key in perhaps.why and perhaps.why[one.item.key][0] == version.version
    ]


def _in_force(era: Era, plan: Plan, sure: Made, perhaps: Plan | None, found: tuple[OpenItem, ...]) -> InForce:
    judged = [one for _, one in sure.why.values()]
    alike = perhaps is not None and perhaps.content == plan.content
    review_by = _review_by(era, sure)
    overdue = review_by is not None and era.on > review_by
    because = joined(*(one.because for one in judged), _overdue(review_by) if overdue and review_by else ())
    cite = _cites([*(one.cite for one in judged), KEPT_ALIVE if overdue else ()])
    doubts = joined(
        *(one.doubts for one in judged), *(one.doubts for one in found), era.rule.doubts, _homeless(sure),
        _services_refused(era),
    )  # fmt: skip
    fixes = tuple(one for one in era.events if isinstance(one, Corrected) and one.version in sure.used)
    return InForce(
        era.on, plan, None if alike else perhaps, _items(plan, sure), sure.ground.parts[REST].version, review_by,
        fixes, found, because, cite, doubts,
    )  # fmt: skip


def _items(plan: Plan, made: Made) -> dict[str, InForceItem]:
    """Each thing of the plan, with the version and the day that put it in force."""
    found = {}
    for one in items_of(plan):
        _, judged = made.why[one.key]
        # A yes always has its day.
        since = cast(date, judged.since)
        found[one.key] = InForceItem(one, made.ground.parts[one.key].version, since, judged.because, judged.cite)
    return found


def _review_by(era: Era, made: Made) -> date | None:
    """The last day for the next review; an amendment does not move it."""
    day = None
    for one in versions(era):
        if one.version in made.carried and not one.changes:
            day = one.review_by or one.plan.day("review-by")
    reviewed = [one.review_by for one in era.events if isinstance(one, Reviewed) and one.review_by]
    return max([one for one in (day, *reviewed) if one], default=None)


def _overdue(review_by: date) -> tuple[Say, ...]:
    return (
        Say("The plan was to be reviewed by {day}. It stays in force until there is a new one.", {"day": review_by}),
    )


def _homeless(made: Made) -> tuple[Say, ...]:
    names = made.ground.homeless()
    words = Say("What was agreed before has no place in the new form: {fields}.", {"fields": names})
    return (words,) if names else ()


def _services_refused(era: Era) -> tuple[Say, ...]:
    """A no to all services after they began is an end of services, which must be written down as such."""
    begun = era.services_since()
    answers = [one for one in era.events if isinstance(one, Answer) and one.services is False]
    late = [one.on for one in answers if begun and one.on > begun]
    if not late:
        return ()
    no = Say("The parent said no to services on {day}, after they had begun.", {"day": late[-1]})
    return (no, Say("If all services end, write down the end."))


def _cites(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def _days_that_matter(events: Sequence[Event], on: date, rule: EffectRule) -> list[date]:
    """The days on which another plan may come into force: what happened, what was to start, and waits that end."""
    days = {one.on for one in events}
    for one in events:
        if isinstance(one, Proposed):
            days |= {one.starts, *([one.notice] if one.notice else [])}
        if isinstance(one, Hold) and one.until:
            days.add(one.until)
        if isinstance(one, Proposed | Answer):
            starts = [one.on, *([one.notice] if isinstance(one, Proposed) and one.notice else [])]
            for wait in rule.waits:
                spans = [wait.over(start) for start in starts]
                days |= {day for span in spans for day in (span.earliest, span.latest)}
    return sorted(day for day in days if day <= on)


def _ended_between(events: Sequence[Event], first: date, last: date) -> bool:
    return any(isinstance(one, Ended) and first < one.on <= last for one in events)


def _alike(one: InForce, other: InForce) -> bool:
    return (one.plan, one.perhaps, one.rest) == (other.plan, other.perhaps, other.rest)
