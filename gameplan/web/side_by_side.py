"""An IEP and a 504 plan side by side for one child: what there is now, what happened, what a change would move.

It compares and never says which of the two is right: a group of people who know the child decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gameplan import guide
from gameplan.core.casefile import check_fact
from gameplan.core.facts import Fact, standing_facts
from gameplan.core.standing import Duty, Standing
from gameplan.core.what_if import Comparison, compare
from gameplan.guide.side_by_side import IEP, SECTION_504, WAYS
from gameplan.law import vocabulary
from gameplan.planning.events import day_of
from gameplan.plans.life import InForce
from gameplan.web.standings import Viewed
from gameplan.web.supposition import Supposition
from gameplan.web.templatetags.look import page_tongue

LAWS = {IEP: "idea-b", SECTION_504: "504"}
"""The law that each way rests on, as the entries of the law name it."""
STAGES = (
    "request", "request-refused", "consent-evaluation", "evaluation", "eligibility", "found-ineligible", "iep-meeting",
    "offer-of-services", "in-force", "reevaluation", "exit", "section-504",
)  # fmt: skip
"""The steps of the road at which the child's page leads here by itself."""


@dataclass(frozen=True, slots=True)
class Now:
    """How one way stands for the child.

    `name`: how a page calls the way. `has`: what the timeline tells of a plan. `in_force`: the plan that is kept here,
    with `counts` of its goals, services and other rows by the name of the list. `duties`: those that are open.
    """

    way: str
    name: str
    has: guide.Has
    in_force: InForce | None
    counts: tuple[tuple[str, int], ...]
    duties: tuple[Duty, ...]

    @property
    def holds(self) -> bool:
        """True if the child has such a plan, by the plan kept here or by the timeline."""
        return self.in_force is not None or (self.has.begun is not None and self.has.ended is None)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of the case on a page: its name in English, and where it is shown."""

    name: str
    fact: Fact
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """A step from one way towards the other, and what it would change today; `url` leads to all of it."""

    name: str | Promise
    found: Comparison
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """A supposed step: its name, and for each fact its kind, its date field and what it says."""

    name: str | Promise
    facts: tuple[tuple[str, str, dict[str, object]], ...]


FROM_IEP = Step(
    _("If the IEP ended and a 504 plan took its place"),
    (("consent-revoked", "date", {"for": "services", "written": True}),
     ("section-504-decided", "date", {"eligible": True})),
)  # fmt: skip
ASK_IEP = Step(
    _("If an evaluation for an IEP was asked for today"),
    (("evaluation-requested", "received", {"type": "initial", "by": "parent", "written": True}),),
)
ASK_504 = Step(_("If a 504 plan was asked for today"), (("section-504-requested", "date", {}),))


def compares(viewed: Viewed) -> bool:
    """True where the two ways matter for the case: at these steps, or when either is in its timeline."""
    told = _told(viewed)
    return viewed.standing.stage in STAGES or any(guide.has_plan(told, way).begun for way in WAYS)


def now_of(viewed: Viewed) -> tuple[Now, ...]:
    """How each way stands for the child today, the IEP first."""
    told, names = _told(viewed), guide.names_of_ways(page_tongue().lang)
    return tuple(_now(viewed, way, names[way], guide.has_plan(told, way)) for way in WAYS)


def matters_of(viewed: Viewed) -> Iterator[tuple[guide.Matter, list[tuple[str, guide.Half, list[Told]]]]]:
    """Each matter with both halves: the name of the way, what it gives, and what happened for this child."""
    told, said = _told(viewed), page_tongue()
    names = guide.names_of_ways(said.lang)
    for matter in guide.matters(viewed.law, said, on=viewed.standing.on):
        yield (
            matter,
            [
                (names[way], half, [_link(viewed, one) for one in guide.happened(told, half.facts)])
                for way, half in matter.halves.items()
            ],
        )


def changes_of(viewed: Viewed, now: Sequence[Now]) -> list[Change]:
    """What the steps that are open to the child would change if they were taken today."""
    holds = {one.way: one.holds for one in now}
    steps = [FROM_IEP] if holds[IEP] else [ASK_IEP]
    if not any(holds.values()):
        steps.append(ASK_504)
    return [_change(viewed, step) for step in steps]


def _now(viewed: Viewed, way: str, name: str, has: guide.Has) -> Now:
    plan = day_of(viewed.case, viewed.standing.on, way).in_force
    return Now(way, name, has, plan, _counts(plan) if plan else (), tuple(_running(viewed, viewed.standing, way)))


def _running(viewed: Viewed, standing: Standing, way: str) -> Iterator[Duty]:
    for duty in standing.open_duties():
        clock = viewed.law.clock(duty.clock, duty.pack)
        if clock and clock.law == LAWS[way] and not duty.lapsed:
            yield duty


def _counts(plan: InForce) -> tuple[tuple[str, int], ...]:
    """How many rows stand in each list of the plan on which a parent decides, by the list's English name."""
    rows = Counter(key.partition("/")[0] for key in plan.items if "/" in key)
    return tuple((one.label, rows[one.id]) for one in plan.plan.form.fields() if rows[one.id])


def _change(viewed: Viewed, step: Step) -> Change:
    day = viewed.standing.on.isoformat()
    facts = tuple(
        _supposed({"id": f"supposed-{number}", "kind": kind, "on": day, "data": {when: day, **data}})
        for number, (kind, when, data) in enumerate(step.facts, start=1)
    )
    found = compare(viewed.told, viewed.law, on=viewed.standing.on, supposed=facts)
    return Change(step.name, found, Supposition(viewed.case.pk, facts).url())


def _supposed(raw: dict[str, object]) -> Fact:
    fact, faults = check_fact(raw, vocabulary())
    if fact is None:
        raise ValueError(f"A supposed step cannot be read: {faults}. Mend the steps of this module.")
    return fact


def _told(viewed: Viewed) -> list[Fact]:
    return [one for one in standing_facts(viewed.told.facts) if not one.planned]


def _link(viewed: Viewed, fact: Fact) -> Told:
    return Told(viewed.names[fact.kind], fact, reverse("web:fact", args=(viewed.case.pk, fact.id)))
