"""What a case says of services, progress, a move and requests that are open, for letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameplan.core.facts import Fact
from gameplan.letters.known import Known
from gameplan.letters.phrases import day_in_words
from gameplan.letters.sources_meetings import day_of, happened, is_rough, with_day

Words = Mapping[str, str]

SINCE: Words = {"en": "since {day}", "es": "desde el {day}"}
MAKE_UP: Words = {
    "en": "make up for the services that were not given",
    "es": "reponer los servicios que no se dieron",
}
BEHAVIOR: Words = {
    "en": "a functional behavioral assessment (FBA) and a behavior intervention plan (BIP)",
    "es": "una evaluación funcional de la conducta (functional behavioral assessment, FBA) y un plan de intervención "
          "para la conducta (behavior intervention plan, BIP)",
}  # fmt: skip
REQUESTS: Mapping[str, str] = {
    "evaluation-requested": "evaluation", "mediation-asked": "mediation", "state-complaint-filed": "state-complaint",
}  # fmt: skip
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "service-missed": frozenset({"service"}),
    "document-given": frozenset({"what"}),
    "enrolled": frozenset({"had_iep", "state", "previous_state", "previous_agency"}),
}


def _missed(known: Known) -> str:
    """Each service that was not given on a line, with its day; a day without a service named says nothing."""
    told = [fact for fact in happened(known, "service-missed") if fact.data.get("service")]
    return "\n".join(with_day(fact, str(fact.data["service"]), known.lang) for fact in told)


def _since(known: Known) -> str:
    """From when services are missing, in words."""
    told = [fact for fact in happened(known, "service-missed") if not is_rough(fact)]
    return SINCE[known.lang].format(day=day_in_words(told[0].on, known.lang)) if told else ""


def _last_report(known: Known) -> str:
    given = happened(known, "document-given")
    return day_of([fact for fact in given if fact.data.get("what") == "progress-report"])


def _moved(known: Known) -> Fact | None:
    """The last time the child, who had an IEP, started at a school."""
    found = [fact for fact in happened(known, "enrolled") if fact.data.get("had_iep") is True]
    return found[-1] if found else None


def _move(known: Known) -> str:
    """Which choice fits the move: in-state or out-of-state; "" where the case does not say."""
    fact = _moved(known)
    here, before = (fact.data.get("state"), fact.data.get("previous_state")) if fact else (None, None)
    if not here or not before:
        return ""
    return "in-state" if here == before else "out-of-state"


def _started(known: Known) -> str:
    fact = _moved(known)
    return day_of([fact]) if fact else ""


def _school_before(known: Known) -> str:
    fact = _moved(known)
    return str(fact.data.get("previous_agency", "")) if fact else ""


def _request(known: Known) -> Fact | None:
    """The last request that may be taken back; one for an evaluation only if it was not taken back already."""
    asked = happened(known, *REQUESTS)
    back = happened(known, "request-withdrawn")
    return next(
        (
            fact
            for fact in reversed(asked)
            if fact.kind != "evaluation-requested" or not [one for one in back if one.on >= fact.on]
        ),
        None,
    )


def _request_kind(known: Known) -> str:
    fact = _request(known)
    return REQUESTS[fact.kind] if fact else ""


def _request_day(known: Known) -> str:
    fact = _request(known)
    return day_of([fact]) if fact else ""


SOURCES: Mapping[str, Callable[[Known], str]] = {
    "services.missed": _missed,
    "services.since": _since,
    "services.make-up": lambda known: MAKE_UP[known.lang],
    "behavior.ask": lambda known: BEHAVIOR[known.lang],
    "report.last": _last_report,
    "move.kind": _move,
    "move.started": _started,
    "move.from": _school_before,
    "request.kind": _request_kind,
    "request.day": _request_day,
}
