"""The road of a case: its stops, where we are on it, and where it leaves the main way. No drawing here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say

DONE, HERE, AHEAD, BLOCKED = "done", "here", "ahead", "blocked"
Told = Callable[[Fact], bool]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the road. `state` is done, here, ahead, or blocked (the answer was no)."""

    id: str
    name: Say
    state: str
    number: int
    on: date | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class SidePath:
    """A way that leaves the road at a stop: taken (the answer was no) or only possible."""

    leaves: str
    name: Say
    taken: bool
    ways: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The whole road with the one place that is ours now and the duties whose day matters most."""

    stops: tuple[Stop, ...]
    side: SidePath | None
    late: Duty | None
    next: Duty | None

    @property
    def here(self) -> Stop:
        """The stop where the case is now."""
        return next(stop for stop in self.stops if stop.state in (HERE, BLOCKED))


def _told(kind: str, /, **wanted: str) -> Told:
    def fits(fact: Fact) -> bool:
        return fact.kind == kind and all(_says(fact.data.get(key), value) for key, value in wanted.items())

    return fits


def _says(value: object, wanted: str) -> bool:
    return wanted in value if isinstance(value, list | tuple) else value == wanted


def _any(*ways: Told) -> Told:
    return lambda fact: any(way(fact) for way in ways)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place on the road: its name, what shows that it was reached, the stages of the law there."""

    id: str
    name: Say
    reached: Told
    stages: tuple[str, ...]
    again: bool = False


PLACES: tuple[_Place, ...] = (
    _Place(
        "supports",
        Say(_("Extra help in class")),
        _any(_told("intervention-reviewed"), _told("concern-raised")),
        ("supports",),
    ),
    _Place("request", Say(_("Ask for an evaluation")), _told("evaluation-requested", type="initial"), ()),
    _Place(
        "answer",
        Say(_("The school answers")),
        _any(
            _told("pwn-sent", subject="evaluation"),
            _told("pwn-sent", subject="identification"),
            _told("consent-requested", **{"for": "initial-evaluation"}),
        ),
        ("request", "request-refused"),
    ),
    _Place(
        "consent",
        Say(_("You give permission")),
        _told("consent-given", **{"for": "initial-evaluation"}),
        ("consent-evaluation",),
    ),
    _Place("evaluation", Say(_("Evaluation")), _told("evaluation-completed", type="initial"), ("evaluation",)),
    _Place(
        "eligibility",
        Say(_("Report and decision")),
        _told("eligibility-determined"),
        ("eligibility", "found-ineligible"),
    ),
    _Place(
        "iep-meeting",
        Say(_("Meeting to write the IEP")),
        _any(_told("meeting-held", kind="initial-iep"), _told("iep-adopted")),
        ("iep-meeting",),
    ),
    _Place(
        "offer",
        Say(_("You say yes to services")),
        _told("consent-given", **{"for": "initial-services"}),
        ("offer-of-services",),
    ),
    _Place(
        "in-force",
        Say(_("The IEP is in use")),
        _any(_told("iep-adopted"), _told("services-started")),
        ("in-force",),
    ),
    _Place(
        "annual-review",
        Say(_("Review every year")),
        _told("meeting-held", kind="annual-review"),
        (),
        again=True,
    ),
    _Place(
        "reevaluation",
        Say(_("New evaluation every three years")),
        _told("evaluation-completed", type="reevaluation"),
        ("reevaluation",),
        again=True,
    ),
)
_ORDER = tuple(place.id for place in PLACES)
_STAND_AT = {stage: place.id for place in PLACES for stage in place.stages}
_STOPPED = ("request-refused", "found-ineligible")

_REFUSED_WAYS = (
    Say(_("Ask for the reasons in writing")),
    Say(_("Talk with a neutral mediator")),
    Say(_("Complain to the State, or ask for a hearing")),
    Say(_("Ask about a 504 plan")),
    Say(_("Ask again when something changes")),
)
_NOT_ELIGIBLE_WAYS = (
    Say(_("Ask for an outside evaluation that the school pays for")),
    Say(_("Talk with a neutral mediator")),
    Say(_("Complain to the State, or ask for a hearing")),
    Say(_("Ask about a 504 plan")),
    Say(_("Ask again when something changes")),
)


def route_of(standing: Standing, case: Case) -> Route:
    """The road as the case stands: what is behind and when, where we are, what can come, and the next day."""
    known = [fact for fact in standing_facts(case.facts) if not fact.planned and fact.on <= standing.on]
    reached = {place.id: _day_reached(place, known) for place in PLACES}
    places = [place for place in PLACES if place.id != "supports" or reached["supports"]]
    here = _STAND_AT.get(standing.stage) or _first_open(reached)
    if here == "supports" and not reached["supports"]:
        here = "request"
    mine = next(number for number, place in enumerate(places, 1) if place.id == here)
    stops = tuple(_stop(place, number, mine, reached[place.id], standing) for number, place in enumerate(places, 1))
    return Route(stops, _side_path(standing.stage, here), _late(standing), _next(standing))


def _day_reached(place: _Place, known: Iterable[Fact]) -> date | None:
    days = [fact.on for fact in known if place.reached(fact)]
    if not days:
        return None
    return max(days) if place.again else min(days)


def _first_open(reached: dict[str, date | None]) -> str:
    """For stages off this road: the first stop after the last one that was reached."""
    behind = [n for n, name in enumerate(_ORDER) if reached[name]]
    after = max(behind, default=0) + 1 if behind else 1
    in_force = _ORDER.index("in-force")
    return _ORDER[min(after, in_force)]


def _stop(place: _Place, number: int, mine: int, on: date | None, standing: Standing) -> Stop:
    behind = number < mine and (on is not None or not place.again)
    state = DONE if behind else AHEAD
    if number == mine:
        state = BLOCKED if standing.stage in _STOPPED else HERE
    return Stop(place.id, place.name, state, number, on if number <= mine else None, place.again)


def _side_path(stage: str, here: str) -> SidePath | None:
    if stage == "request-refused":
        return SidePath("answer", Say(_("The school said no. You still have ways on:")), True, _REFUSED_WAYS)
    if stage == "found-ineligible":
        return SidePath("eligibility", Say(_("The answer was no. You still have ways on:")), True, _NOT_ELIGIBLE_WAYS)
    if here in ("request", "answer", "evaluation", "eligibility"):
        leaves = "answer" if here in ("request", "answer") else "eligibility"
        return SidePath(leaves, Say(_("If the answer is no, there are other ways on.")), False)
    return None


def _late(standing: Standing) -> Duty | None:
    late = [duty for duty in standing.duties if duty.status == "late" and duty.due and not duty.lapsed]
    return max(late, key=lambda duty: duty.due or date.min, default=None)


def _next(standing: Standing) -> Duty | None:
    coming = [duty for duty in standing.duties if not duty.done and _still_comes(duty, standing.on)]
    return min(coming, key=lambda duty: duty.due or duty.due_earliest or date.max, default=None)


def _still_comes(duty: Duty, on: date) -> bool:
    """True if the day of the duty, or the last day that it may be, is today or later."""
    last = duty.due or (duty.due_latest if duty.due_earliest else None)
    return duty.status in ("running", "due-soon", "cannot-tell") and last is not None and last >= on
