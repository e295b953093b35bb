"""A draft agenda of a meeting: the family speaks first, placement comes late, and at the end all know who does what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.items import items_of
from gameplan.plans.meeting import AgendaItem
from gameplan.plans.plan import Plan, is_filled

IEP_KINDS: Final = ("initial-iep", "annual-review", "iep-other")
OPENING: Final = (
    AgendaItem("welcome", Say("Who is here, and what each of us does")),
    AgendaItem("why", Say("Why we meet, and what we want to have at the end")),
    AgendaItem("rights", Say("The family's rights: questions, a copy of the notice")),
)
VOICES: Final = (
    AgendaItem("student", Say("What the student says")),
    AgendaItem("family", Say("What the family sees, hopes for and worries about")),
)
CLOSING: Final = (
    AgendaItem("read-out", Say("What we decided, read out loud; what we do not agree on, written down")),
    AgendaItem("next", Say("Who does what, and by when; when the family gets the papers")),
)
PLAN: Final = (
    AgendaItem("findings", Say("What tests, records and the teachers show")),
    AgendaItem("levels", Say("How the child does now, and what the child needs")),
    AgendaItem("special-factors", Say("Special factors: behavior, English, vision, hearing, communication, devices")),
    AgendaItem("goals", Say("Goals for the year, and how we will know")),
    AgendaItem("services", Say("Services, aids and accommodations: how much, where, from when")),
    AgendaItem("tests", Say("State and district tests")),
    AgendaItem("esy", Say("Summer and breaks")),
)
TRANSITION: Final = AgendaItem("transition", Say("Life after high school: wishes, goals, services"))
PLACEMENT: Final = AgendaItem("placement", Say("Where the child learns, with other children as much as it works well"))
OTHERS: Final = {
    "referral": (
        AgendaItem("concern", Say("What made somebody ask, and what was tried")),
        AgendaItem("evaluate", Say("Whether to evaluate, in which areas, and by whom")),
    ),
    "reevaluation-planning": (
        AgendaItem("known", Say("What we know already")),
        AgendaItem("evaluate", Say("Whether to evaluate, in which areas, and by whom")),
    ),
    "eligibility": (
        AgendaItem("reports", Say("Each report in plain words, with time for questions")),
        AgendaItem("eligible", Say("Whether the child has a disability and needs special education")),
    ),
    "placement": (PLACEMENT,),
    "manifestation": (
        AgendaItem("happened", Say("What happened, told from each side")),
        AgendaItem("caused", Say("Whether it came from the disability, or from the plan not being carried out")),
        AgendaItem("after", Say("What follows: the return, a behavior plan, services")),
    ),
    "resolution": (
        AgendaItem("complaint", Say("What the complaint says, and what would settle it")),
        AgendaItem("offer", Say("What each side offers, in writing")),
    ),
    "transition-conference": (
        AgendaItem("early", Say("What early intervention does, and what comes after it")),
        AgendaItem("steps", Say("The steps until the third birthday")),
    ),
    "section-504": (
        AgendaItem("reports", Say("Each report in plain words, with time for questions")),
        AgendaItem("504", Say("Whether a disability limits the child, and what the child needs to take part")),
    ),
}


def draft_agenda(kinds: Iterable[str], plan: Plan | None = None, *, transition: bool = False) -> tuple[AgendaItem, ...]:
    """A sensible agenda for a meeting of these kinds (of the fact `meeting-held`), each point once.

    `plan`: the plan that is reviewed; then each of its goals has a point. `transition`: life after high school is to be
    talked about; it is too where the plan speaks of it.
    """
    found: dict[str, AgendaItem] = {}
    for one in _points(tuple(kinds), plan, transition):
        found.setdefault(one.id, one)
    return tuple(found.values())


def _points(kinds: tuple[str, ...], plan: Plan | None, transition: bool) -> Iterator[AgendaItem]:
    yield from OPENING
    yield from VOICES
    for kind in kinds:
        yield from (one for one in OTHERS.get(kind, ()) if one.id != PLACEMENT.id)
    if set(kinds) & set(IEP_KINDS):
        if plan is not None and "initial-iep" not in kinds:
            yield from _progress(plan)
        yield from PLAN
        if transition or (plan is not None and _speaks_of_transition(plan)):
            yield TRANSITION
    if set(kinds) & {*IEP_KINDS, "placement"}:
        yield PLACEMENT
    yield from CLOSING


def _progress(plan: Plan) -> Iterator[AgendaItem]:
    for one in items_of(plan):
        if one.where == "goals":
            yield AgendaItem(f"progress/{one.key}", Say("Progress: {goal}", {"goal": one.label}))


def _speaks_of_transition(plan: Plan) -> bool:
    section = next((one for one in plan.form.sections if one.id == "transition"), None)
    return section is not None and any(is_filled(plan.content.get(one.id)) for one in section.fields)
