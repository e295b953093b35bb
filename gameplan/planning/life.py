"""The life of a plan: share the draft, propose, answer, put a slip of the pen right, review, end; and what is in force.

Each verb writes what happened once, and the facts that the law reads follow from it: nobody types a date twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.telling import tell
from gameplan.consents.signing import Hand, sign
from gameplan.core.faults import Fault
from gameplan.law import law_for
from gameplan.people.refusals import Refused, unkeepable
from gameplan.planning.answer_words import answer_to_sign
from gameplan.planning.doors import own_plan, show, standing_of
from gameplan.planning.events import (
    ANSWERED,
    CORRECTED,
    ENDED,
    EVALUATION,
    IEP,
    REVIEWED,
    SECTION_504,
    SHARED,
    day_of,
    events_of,
    proposal,
    since_end,
    value_at,
    versions_of_kind,
    without_later,
)  # fmt: skip
from gameplan.planning.keeping import Frozen, freeze, locked, put_step, refuse
from gameplan.planning.models import Cell, Step, Version, Written
from gameplan.planning.named import about_step, about_version
from gameplan.plans.carry import touched
from gameplan.plans.cells import NoSuchPlace, WrongValue, place_of, typed
from gameplan.plans.effect import CONSENT, effect_rule
from gameplan.plans.facts import (
    PaperFact,
    facts_of_adoption,
    facts_of_amendment,
    facts_of_answer,
    facts_of_decision_504,
    facts_of_end,
    facts_of_evaluation,
    facts_of_proposal,
    facts_of_shared_draft,
)  # fmt: skip
from gameplan.plans.life import InForce
from gameplan.plans.life_events import (
    ANNUAL,
    FIRST,
    HOW,
    WITH_MEETING,
    WITHOUT_MEETING,
    Answer,
    Corrected,
    Proposed,
    life_faults,
)  # fmt: skip
from gameplan.tongues import tongue

PAPERS: Final[Mapping[str, str]] = {IEP: "iep", SECTION_504: "504", EVALUATION: "evaluation"}
"""The paper that is frozen with each version, by the kind of the form."""


@transaction.atomic
def share_draft(
    plan: Written, *, by: Person, on: date, to: Sequence[str] = (), meeting_on: date | None = None,
    form_key: UUID | None = None,
) -> Step:  # fmt: skip
    """Says that the draft was given to the family before the meeting. The same `form_key` sent twice makes one step."""
    locked(plan)
    before = _sent_before(plan, form_key)
    if before:
        return before
    own_plan(plan, by)
    what = "evaluation-report" if plan.form.kind == "evaluation" else "draft-iep"
    facts = facts_of_shared_draft(on, meeting_on, (what,)) if plan.form.kind != SECTION_504 else []
    show(plan)
    return _step(plan, by, SHARED, on, None, {"to": list(to)}, facts, form_key)


def ways_to_propose(plan: Written, on: date) -> tuple[str, ...]:
    """How a version made of this plan on that day can be called: the first one, or a yearly one, or a change."""
    now = day_of(plan.case, on, plan.form.kind)
    is_first = not any(isinstance(one, Proposed) for one in since_end(events_of(plan.case, plan.form.kind)))
    if is_first:
        return (FIRST,)
    return (ANNUAL, WITH_MEETING, WITHOUT_MEETING) if now.in_force else (ANNUAL,)


@transaction.atomic
def propose(
    plan: Written, *, by: Person, on: date, how: str, starts: date, notice: date | None = None,
    copy_given: date | None = None, matter: str = "", note: str = "", form_key: UUID | None = None,
) -> Version:  # fmt: skip
    """Freezes what stands in the plan as a version that is proposed: its words, its hash and its paper, all or nothing.

    `on`: the day it was in the family's hands. `starts`: the first day it is meant for. `notice`: the day of the
    written notice of it. Raises Refused where the version does not fit what came before, and CannotPrint.
    """
    case, kind = locked(plan), plan.form.kind
    before = form_key and Version.objects.filter(plan=plan, form_key=form_key).first()
    if before:
        return before
    own_plan(plan, by)
    whole = standing_of(plan).plan
    events = events_of(case, kind)
    now = day_of(case, on, kind, events).in_force
    changes = touched(now.plan, whole) if now and how in (WITH_MEETING, WITHOUT_MEETING) else ()
    number = len(versions_of_kind(case, kind)) + 1
    version = Proposed(
        number, whole, on, starts, how, notice=notice, review_by=whole.day("review-by"), changes=tuple(changes)
    )  # fmt: skip
    refuse([*_proposal_faults(version, now), *life_faults((*events, version)), *unkeepable([note, matter], "note")])
    data = {"starts": starts.isoformat(), "notice": notice and notice.isoformat(), "changes": list(changes)}
    made = freeze(plan, Frozen(whole, PAPERS[kind], how, on, data, note), by=by, number=number, form_key=form_key)
    tell(case, by, _facts_of_version(version, now, matter=matter or note or whole.form.name, copy_given=copy_given))
    show(plan)
    note_access(case.pk, by, "propose-plan", about=about_version(made), digest=row_digest(made))
    return made


@transaction.atomic
def answer(
    version: Version, *, by: Person, on: date, all_: str = "", items: Mapping[str, str] | None = None,
    services: bool | None = None, means: str = "paper", hand: Hand | None = None, form_key: UUID | None = None,
) -> Step:  # fmt: skip
    """Writes down what the parent answered to a version: agreed or refused for all, or thing by thing.

    `hand`: the parent signs the words of the answer on the screen (`answer_words`). Silence is no answer and is not
    written down. Raises Refused with what does not fit.
    """
    plan = version.plan
    case, kind = locked(plan), plan.form.kind
    before = _sent_before(plan, form_key)
    if before:
        return before
    said = Answer(version.number, on, by.id, all_, dict(items or {}), services, means=means)
    events = events_of(case, kind)
    refuse(life_faults((*events, said)))
    signed = _signed(version, said, hand, by) if hand else {}
    earlier = [one for one in events if not (isinstance(one, Proposed) and one.version >= version.number)]
    now = day_of(case, version.on, kind, without_later(earlier)).in_force
    law = law_for(case.child_state or None, on=on)
    asks = effect_rule(law).mode == CONSENT
    data = {"all": all_, "items": dict(items or {}), "services": services, "by": by.id, "means": means, **signed}
    facts = facts_of_answer(said, proposal(version), now.plan if now else None, state_asks=asks)
    return _step(plan, by, ANSWERED, on, version.number, data, facts if kind == IEP else [], form_key)


def _signed(version: Version, said: Answer, hand: Hand, by: Person) -> dict[str, str]:
    """The signature under an answer, as the step names it."""
    what = answer_to_sign(version, all_=said.all, items=said.items, services=said.services)
    return {"signature": sign(version.plan.case, what, hand, by=by).signature_id}


@transaction.atomic
def correct(
    version: Version, *, by: Person, on: date, path: str, now: str, why: str, form_key: UUID | None = None
) -> Step:
    """Puts a slip of the pen right in a version, with its trail: what stood there, what stands there now, and why.

    The words can be put right anywhere; what somebody agreed to (numbers, days, choices) changes by an amendment only.
    The draft follows if it still says the old words. Raises Refused.
    """
    plan = version.plan
    case, kind = locked(plan), plan.form.kind
    before = _sent_before(plan, form_key)
    if before:
        return before
    was, value = value_at(case, kind, version, path), _typed(plan, path, now)
    said = Corrected(version.number, on, path, was, value, why.strip(), by.role)
    faults = life_faults((*events_of(case, kind), said))
    if not why.strip():
        faults.append(Fault("why", _("It does not say why."), _("Say in a few words what was wrong.")))
    refuse([*faults, *unkeepable([now, why], "why")])
    Cell.objects.filter(plan=plan, path=path, value=was).update(value=value)
    data = {"path": path, "was": was, "now": value, "why": why.strip()}
    return _step(plan, by, CORRECTED, on, version.number, data, [], form_key)


def _typed(plan: Written, path: str, words: str) -> Any:
    """What was typed, as the place keeps it. Raises Refused."""
    try:
        return typed(place_of(plan.form, path).asks, [words])
    except NoSuchPlace:
        raise Refused([Fault("path", _("The form has no such place."), _("Choose one from the list."))]) from None
    except WrongValue as wrong:
        said = tongue(get_language() or "en").say(wrong.say)
        raise Refused([Fault(path, said, "")]) from None


@transaction.atomic
def reviewed(plan: Written, *, by: Person, on: date, review_by: date | None, form_key: UUID | None = None) -> Step:
    """Says that the plan was reviewed and stays as it is."""
    locked(plan)
    before = _sent_before(plan, form_key)
    if before:
        return before
    data = {"review_by": review_by.isoformat() if review_by else None}
    return _step(plan, by, REVIEWED, on, None, data, [], form_key)


@transaction.atomic
def end(
    plan: Written, *, by: Person, on: date, reason: str, revoked_on: date | None = None, form_key: UUID | None = None
) -> Step:
    """Says that services and plan ended on that day, and why. Raises Refused for a reason the law does not have."""
    locked(plan)
    before = _sent_before(plan, form_key)
    if before:
        return before
    facts = facts_of_end(on, reason, revoked_on=revoked_on) if plan.form.kind == IEP else []
    return _step(plan, by, ENDED, on, None, {"reason": reason}, facts, form_key)


def _facts_of_version(
    version: Proposed, now: InForce | None, *, matter: str, copy_given: date | None
) -> Iterator[PaperFact]:
    kind, plan = version.plan.form.kind, version.plan
    if kind == SECTION_504:
        yield from facts_of_decision_504(plan, version.on)
    if kind == EVALUATION:
        yield from facts_of_evaluation(plan, version.on, copy_given=copy_given)
    if kind != IEP:
        return
    yield from facts_of_proposal(version, now.plan if now else None, matter=matter)
    if version.changes:
        yield from facts_of_amendment(version, version.on, copy_given=copy_given)
    else:
        yield from facts_of_adoption(
            version.plan, version.on, version.starts, first=version.how == FIRST, copy_given=copy_given
        )


def _proposal_faults(version: Proposed, now: InForce | None) -> Iterator[Fault]:
    if version.how not in HOW:
        yield Fault("how", _("Say what kind of version it is."), _("Choose one from the list."))
    if version.how in (WITH_MEETING, WITHOUT_MEETING) and now and not version.changes:
        yield Fault("plan", _("Nothing is different from the plan in force."), _("Change what is to change first."))
    if not version.plan.content:
        yield Fault("plan", _("The plan is empty."), _("Write it first."))


def _step(
    plan: Written, by: Person, kind: str, on: date, version: int | None, data: Mapping[str, Any],
    facts: Iterable[PaperFact], form_key: UUID | None,
) -> Step:  # fmt: skip
    case = locked(plan)
    fact_ids = tell(case, by, facts)
    made = put_step(plan, kind, on, by=by, version=version, data=data, fact_ids=fact_ids, form_key=form_key)
    note_access(case.pk, by, f"{kind}-plan", about=about_step(made), digest=row_digest(made))
    return made


def _sent_before(plan: Written, form_key: UUID | None) -> Step | None:
    return Step.objects.filter(plan=plan, form_key=form_key).first() if form_key else None
