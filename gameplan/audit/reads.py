"""What kinds of fact each clock of a law looks at: what can stay as it is when a day of one kind of fact changes.

Too many kinds cost time, one too few would be a wrong answer. So the matches of an entry are gathered wherever they
stand in it, and a clock counts as looking at all that the clocks look at whose rows it can touch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gameplan.audit.fields import matches_in
from gameplan.core.counters import SERVICES
from gameplan.core.duties import may_run_out, replaced_by
from gameplan.core.entries import Clock, Law, Vocabulary

CONSENTS = ("consent-requested", "consent-given")
REMOVALS = ("removal-ordered", "child-returned", SERVICES)
ABSENCES = ("child-absent",)
REFUSALS = ("request-withdrawn", "pwn-sent")
MOVES = ("enrolled",)

Link = Callable[[Clock, Clock], bool]


def kinds_read(law: Law, vocabulary: Vocabulary) -> list[frozenset[str]]:
    """For each clock of the law, in its order, the kinds of fact whose days can change its duties.

    Clocks whose duties are told apart by their number, or give way to each other, look at the same kinds.
    """
    own = [_own_kinds(clock, vocabulary) for clock in law.clocks]
    looks = [_looks_at(law, clock) for clock in law.clocks]
    return _spread(_spread(own, looks), _together(law.clocks))


def _own_kinds(clock: Clock, vocabulary: Vocabulary) -> frozenset[str]:
    found: set[str] = set()
    for match in matches_in(clock):
        kind = vocabulary.kinds.get(match.event)
        found |= {match.event, match.undone_by, *(kind.shown_by if kind else ())}
    for kinds, told in (
        (CONSENTS, clock.falls_away_when or any(rule.what == "waiting-for-consent" for rule in clock.leaves_out)),
        (REMOVALS, clock.kind in ("cap", "counter")),
        (ABSENCES, clock.adds or clock.near_year_end or any(rule.what == "absence" for rule in clock.leaves_out)),
        (REFUSALS, clock.near_year_end),
        (MOVES, clock.pack != "us"),
    ):
        found |= set(kinds) if told else set()
    return frozenset(found - {""})


def _looks_at(law: Law, clock: Clock) -> list[int]:
    """The places of the other clocks that this one asks when they begin, are due or are done."""
    names = {clock.base, *(name.rpartition("/")[2] for name in clock.within)}
    names |= {after.clock for after in (clock.after, clock.ends_after) if after}
    others = {id(one) for one in (*replaced_by(law, clock), *may_run_out(law, clock))}
    return [place for place, one in enumerate(law.clocks) if one.id in names or id(one) in others]


def _together(clocks: Sequence[Clock]) -> list[list[int]]:
    """For each clock the places of those that share its rows: other versions, and a federal one and the State's own."""
    by_key: dict[tuple[str, ...], list[int]] = {}
    for place, clock in enumerate(clocks):
        for key in _keys(clock):
            by_key.setdefault(key, []).append(place)
    return [[place for key in _keys(clock) for place in by_key[key]] for clock in clocks]


def _keys(clock: Clock) -> list[tuple[str, ...]]:
    """What a clock shares with others: its number among them, and the federal clock whose place it may take."""
    return [(clock.pack, clock.id, clock.name), ("us", clock.id if clock.pack == "us" else clock.base)]


def _spread(kinds: Sequence[frozenset[str]], looks: Sequence[Sequence[int]]) -> list[frozenset[str]]:
    """The kinds of each clock with those of the clocks it looks at, and of those that these look at."""
    found, before = list(kinds), list[frozenset[str]]()
    while found != before:
        before = found
        found = [one.union(*(before[place] for place in places)) for one, places in zip(before, looks, strict=True)]
    return found
