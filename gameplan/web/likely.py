"""Which facts are likely to come next: those that meet an open duty, then those an option leads to, then the rest."""

from __future__ import annotations

from collections.abc import Iterable

from gameplan.core.entries import EventKind
from gameplan.core.standing import Standing
from gameplan.web.standings import Viewed

USUAL_FACTS = (
    "concern-raised", "school-wrote", "meeting-held", "supports-started", "evaluation-requested", "records-requested",
    "child-absent",
)  # fmt: skip
DERIVED = ("child-born", "age-reached", "school-year-started", "proceedings-ended", "rights-transferred")
MOST = 8


def likely_kinds(viewed: Viewed) -> list[EventKind]:
    """The kinds of fact that are likely next, the likeliest first, at most eight."""
    kinds = viewed.law.vocabulary.kinds
    names = [*_meeting_duties(viewed), *_from_options(viewed.standing), *USUAL_FACTS]
    order = [name for name in dict.fromkeys(names) if name in kinds and name not in DERIVED]
    return [kinds[name] for name in order[:MOST]]


def other_kinds(viewed: Viewed, shown: Iterable[EventKind]) -> list[EventKind]:
    """Every other kind that a person can write down, the common ones first."""
    known = {kind.id for kind in shown}
    rest = [k for k in viewed.law.vocabulary.kinds.values() if k.id not in known and k.id not in DERIVED]
    return sorted(rest, key=lambda kind: (not kind.core, kind.name))


def _meeting_duties(viewed: Viewed) -> Iterable[str]:
    for duty in viewed.standing.open_duties():
        clock = next((c for c in viewed.law.clocks if c.id == duty.clock and c.pack == duty.pack), None)
        yield from (match.event for match in (clock.done_when if clock else ()))


def _from_options(standing: Standing) -> Iterable[str]:
    for option in standing.options:
        if not option.always and not option.closed:
            yield from option.leads_to
