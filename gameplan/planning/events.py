"""What happened to the plans of a case, as `plans.life` reads it, and so which plan is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.core import facts
from gameplan.core.facts import standing_facts
from gameplan.law import law_for
from gameplan.planning.doors import plans_of, proposed
from gameplan.planning.models import Step, Version
from gameplan.plans.effect import NOTICE, EffectRule, effect_rule
from gameplan.plans.life import InForce, PlanDay, history, plan_day
from gameplan.plans.life_events import (
    AGREED,
    Answer,
    Corrected,
    Ended,
    Event,
    Hold,
    Proposed,
    Reviewed,
    ServicesConsent,
    Shared,
    corrected,
)  # fmt: skip
from gameplan.plans.plan import cells

IEP, SECTION_504, EVALUATION = "iep", "section-504", "evaluation"
SHARED, ANSWERED, CORRECTED, REVIEWED, ENDED = "shared", "answered", "corrected", "reviewed", "ended"
FIRST_SERVICES = "initial-services"


def versions_of_kind(case: Case, kind: str) -> list[Version]:
    """All versions of plans of that kind in a case, by number, without their PDFs."""
    rows = Version.objects.filter(plan__case=case).defer("pdf").select_related("plan").order_by("number")
    return [one for one in rows if one.plan.form.kind == kind]


def events_of(case: Case, kind: str = IEP, told: facts.Case | None = None) -> tuple[Event, ...]:
    """Everything that happened to the plans of that kind that the reader of the case sees, as `plans.life` reads it.

    Beside versions and steps it takes from the timeline what was recorded there by itself: a hearing that holds things
    as they are, and permission for first services that was given before the plan was kept here. `told`: the facts of
    the case, from whoever has them already.
    """
    seen = set(plans_of(case).values_list("pk", flat=True))
    versions = [one for one in versions_of_kind(case, kind) if one.plan_id in seen]
    steps = Step.objects.filter(plan__in=seen).select_related("plan").order_by("id")
    events = [proposal(one) for one in versions]
    return (*events, *steps_told(steps, kind), *(_of_timeline(case, told) if kind == IEP else ()))


def day_of(case: Case, on: date, kind: str = IEP, events: Sequence[Event] | None = None) -> PlanDay:
    """How the plan of that kind stands on a day: what is in force, what is open, and why.

    For a 504 plan no permission is asked for: what was decided last is in force from its first day on.
    """
    told = facts_of(case)
    found = events_of(case, kind, told) if events is None else events
    return plan_day(_asked(found, kind), on, rule_of(told, on, kind))


def in_force_days(case: Case, until: date, kind: str = IEP) -> tuple[InForce, ...]:
    """Every plan of that kind that was in force up to a day, oldest first."""
    told = facts_of(case)
    return in_force_by(events_of(case, kind, told), told, until, kind)


def in_force_by(events: Sequence[Event], told: facts.Case, until: date, kind: str = IEP) -> tuple[InForce, ...]:
    """The same from what happened to these plans and the facts of the case. No query."""
    return history(_asked(events, kind), until, rule_of(told, until, kind))


def rule_of(told: facts.Case, on: date, kind: str = IEP) -> EffectRule:
    """How versions of plans of that kind come into force for a child on a day."""
    rule = effect_rule(law_for(told.child.state, on=on), told.calendar())
    return rule if kind == IEP else replace(rule, mode=NOTICE, waits=())


def _asked(events: Sequence[Event], kind: str) -> tuple[Event, ...]:
    return tuple(events) if kind == IEP else tuple(_unasked(events))


def proposal(version: Version) -> Proposed:
    """A version as the life of a plan knows it."""
    data, plan = version.data, proposed(version)
    notice = data.get("notice")
    return Proposed(
        version.number, plan, version.on, date.fromisoformat(data["starts"]), version.how,
        notice=date.fromisoformat(notice) if notice else None, review_by=plan.day("review-by"),
        changes=tuple(data.get("changes") or ()),
    )  # fmt: skip


def _shared(step: Step) -> Event:
    return Shared(step.on, tuple(step.data.get("to") or ()))


def _answered(step: Step) -> Event:
    said = step.data
    return Answer(
        step.version or 0, step.on, said.get("by", ""), said.get("all", ""), said.get("items") or {},
        said.get("services"), means=said.get("means", "paper"),
    )  # fmt: skip


def _corrected(step: Step) -> Event:
    said = step.data
    return Corrected(step.version or 0, step.on, said["path"], said["was"], said["now"], said["why"], step.made_by)


def _reviewed(step: Step) -> Event:
    last = step.data.get("review_by")
    return Reviewed(step.on, date.fromisoformat(last) if last else None)


def _ended(step: Step) -> Event:
    return Ended(step.on, step.data.get("reason", ""))


_READERS = {SHARED: _shared, ANSWERED: _answered, CORRECTED: _corrected, REVIEWED: _reviewed, ENDED: _ended}


def _event(step: Step) -> Event:
    return _READERS[step.kind](step)


def steps_told(steps: Iterable[Step], kind: str = IEP) -> list[Event]:
    """What happened to plans of that kind, of these steps."""
    return [_event(one) for one in steps if one.plan.form.kind == kind and one.kind in _READERS]


def _of_timeline(case: Case, told: facts.Case | None) -> Iterator[Event]:
    return of_timeline(told or facts_of(case), Step.objects.filter(plan__case=case, kind=ANSWERED))


def of_timeline(case: facts.Case, answers: Iterable[Step]) -> Iterator[Event]:
    """A dispute that holds the plan, and permission for first services that came from elsewhere than these answers."""
    answered = {name for step in answers for name in step.fact_ids}
    told = [one for one in standing_facts(case.facts) if not one.planned]
    over = sorted(one.on for one in told if one.kind in ("proceedings-ended", "due-process-closed"))
    for one in told:
        if one.kind == "due-process-filed" and not one.data.get("expedited"):
            yield Hold(one.on, next((day for day in over if day >= one.on), None))
        elif one.kind == "consent-given" and one.data.get("for") == FIRST_SERVICES and one.id not in answered:
            yield ServicesConsent(one.on, one.said_by)


def _unasked(events: Iterable[Event]) -> Iterator[Event]:
    """The events of a plan for which nobody is asked: each version as if a yes had come with it."""
    for one in events:
        yield one
        if isinstance(one, Proposed):
            yield Answer(one.version, one.on, "", AGREED, services=True)


def since_end(events: Sequence[Event]) -> Sequence[Event]:
    """The events since the plan last ended."""
    last = max((one.on for one in events if isinstance(one, Ended)), default=date.min)
    return [one for one in events if one.on >= last and not isinstance(one, Ended)]


def without_later(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without answers to and corrections of versions that are not among them."""
    there = {one.version for one in events if isinstance(one, Proposed)}
    return tuple(one for one in events if not isinstance(one, Answer | Corrected) or one.version in there)


def value_at(case: Case, kind: str, version: Version, path: str) -> Any:
    """What stands at a path of a version, with the slips of the pen that were put right; None if nothing does."""
    fixes = [one for one in events_of(case, kind) if isinstance(one, Corrected)]
    return dict(cells(corrected(proposal(version), fixes))).get(path)
