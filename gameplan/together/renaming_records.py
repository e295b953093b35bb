"""Requests to amend, notices, languages and progress of a case under other ids, with all that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from gameplan.core.record_shapes import Records

Told = Mapping[str, Any]
NUMBERED: Final = {
    "amendment": "amendments", "session": "service_logs", "given": "accommodations_given", "report": "progress_reports",
}  # fmt: skip
"""Those whose id is their number in the case."""
LISTS: Final = {
    "notice": "notices", "delivery": "deliveries", "measure": "measures", "support": "supports", **NUMBERED,
}  # fmt: skip
"""The lists of a case file whose rows others refer to, by what they name."""
LINK: Final = "link:"
"""Who opened a paper by its private link is named after the delivery."""


class Names(Protocol):
    """The new ids (`renaming.Renamed`)."""

    def now(self, what: str, name: str) -> str:
        """The new id; what has none stays as it is."""

    def name(self, about: str) -> str:
        """The new form of a name like "fact:f3"."""


def renamed_records(told: Records, names: Names) -> Records:
    """The same lists under the new ids; every reference follows."""
    return {what: tuple(_RENAMED.get(what, _same)(one, names) for one in rows) for what, rows in told.items()}


def renamed_notice_files(told: Records, now: Records, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The papers of notices by the paths that they have now."""
    pairs = zip(_editions(told), _editions(now), strict=True)
    return {after["pdf"]: files[before["pdf"]] for before, after in pairs}


def renamed_report_files(told: Records, now: Records, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The papers of reports on progress by the paths that they have now."""
    pairs = zip(told.get("progress_reports", ()), now.get("progress_reports", ()), strict=True)
    return {str(after["pdf"]): files[str(before["pdf"])] for before, after in pairs}


def _editions(told: Records) -> list[Told]:
    return [each for one in told.get("notices", ()) for each in _rows(one, "editions")]


def _rows(told: Told, name: str) -> list[Told]:
    return list(told[name])


def _amendment(told: Told, names: Names) -> Told:
    steps = [
        {**one, "fact": names.now("fact", one["fact"]), "paper": names.now("paper", one["paper"])}
        for one in _rows(told, "steps")
    ]
    name, fact = names.now("amendment", told["id"]), names.now("fact", told["fact"])
    return {**told, "id": name, "about": names.name(told["about"]), "fact": fact, "steps": steps}


def _retention(told: Told, names: Names) -> Told:
    return {**told, "fact": names.now("fact", told["fact"])}


def _notice(told: Told, names: Names) -> Told:
    name = names.now("notice", told["id"])
    editions = [{**one, "pdf": f"papers/notice-{name}-{one['lang']}.pdf"} for one in _rows(told, "editions")]
    about, corrects = names.now("fact", told["about_event"]), names.now("notice", told["corrects"])
    return {**told, "id": name, "about_event": about, "corrects": corrects, "editions": editions}


def _delivery(told: Told, names: Names) -> Told:
    name = names.now("delivery", told["id"])
    visitor = {f"{LINK}{told['id']}": f"{LINK}{name}"}
    marks = [{**one, "person": visitor.get(one["person"], one["person"])} for one in _rows(told, "marks")]
    fact, proof = names.now("fact", told["fact"]), names.now("paper", told["proof"])
    return {**told, "id": name, "about": names.name(told["about"]), "fact": fact, "proof": proof, "marks": marks}


def _help(told: Told, names: Names) -> Told:
    return {**told, "about": names.name(told["about"])}


def _support(told: Told, names: Names) -> Told:
    notes = [{**one, "facts": _facts(one, names)} for one in _rows(told, "notes")]
    return {**told, "id": names.now("support", told["id"]), "facts": _facts(told, names), "notes": notes}


def _measure(told: Told, names: Names) -> Told:
    """What was noted of a measure is numbered within it, and keeps its numbers."""
    plans = [
        {**one, "measures": [names.now("measure", each) for each in one["measures"]]}
        for one in _rows(told, "behavior_plans")
    ]
    more = {"support": names.now("support", told["support"]), "behavior_plans": plans}
    return {**told, "id": names.now("measure", told["id"]), **more}


def _session(told: Told, names: Names) -> Told:
    return {**_numbered("session", told, names), "makes_up": _number("session", told["makes_up"], names)}


def _given(told: Told, names: Names) -> Told:
    return _numbered("given", told, names)


def _report(told: Told, names: Names) -> Told:
    now = _numbered("report", told, names)
    return {**now, "facts": _facts(told, names), "pdf": f"papers/progress-report-{now['id']}.pdf"}


def _numbered(what: str, told: Told, names: Names) -> Told:
    return {**told, "id": names.now(what, told["id"]), "corrects": _number(what, told["corrects"], names)}


def _number(what: str, number: int | None, names: Names) -> int | None:
    return None if number is None else int(names.now(what, str(number)))


def _facts(told: Told, names: Names) -> list[str]:
    return [names.now("fact", one) for one in told["facts"]]


def _same(told: Told, names: Names) -> Told:
    return told


_RENAMED: Final[Mapping[str, Callable[[Told, Names], Told]]] = {
    "amendments": _amendment, "retention": _retention, "notices": _notice, "deliveries": _delivery,
    "language_help": _help, "supports": _support, "measures": _measure, "service_logs": _session,
    "accommodations_given": _given, "progress_reports": _report,
}  # fmt: skip
