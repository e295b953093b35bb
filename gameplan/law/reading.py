"""Which fields of which kinds of fact the rules read: what a form must ask for, and what it need not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gameplan.core.entries import Clock, Condition, Law, Match

# What the engine itself reads of a fact, whatever entry names it, by kind.
BY_THE_ENGINE: Mapping[str, tuple[str, ...]] = {
    "child-absent": ("days",),
    "consent-given": ("signed", "received"),
    "consent-requested": ("for",),
    "due-process-filed": ("expedited", "issues"),
    "pwn-sent": ("decision",),
    "removal-ordered": (
        "from", "school_days", "served_days", "part_days", "part_day_counts", "kind", "kept_learning",
        "change_of_placement",
    ),
    "services-in-removal": ("given",),
    "state-complaint-filed": ("issues",),
}  # fmt: skip
# What an exception reads of the fact that brings it.
BY_EFFECT: Mapping[str, tuple[str, ...]] = {
    "extends": ("until", "days", "from_date", "asked"),
    "suspends": ("to", "until", "issues"),
}


def fields_read(law: Law) -> Mapping[str, frozenset[str]]:
    """For each kind of fact, the fields that some rule, option or stage of this law reads (its main date always)."""
    found = {kind.id: {kind.main_date} for kind in law.vocabulary.kinds.values()}
    for kind, names in _reads(law):
        found.get(kind, set()).update(names)
    known = {kind.id: {field.name for field in kind.fields} for kind in law.vocabulary.kinds.values()}
    return {kind: frozenset(names & known[kind]) for kind, names in found.items()}


def _reads(law: Law) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from BY_THE_ENGINE.items()
    for clock in law.clocks:
        yield from _by_clock(clock)
    for option in law.options:
        yield from _by_conditions(option.if_ + option.if_any)
    for stage in law.stages:
        yield from map(_by_match, stage.entered_by + stage.entered_beside)


def _by_clock(clock: Clock) -> Iterator[tuple[str, tuple[str, ...]]]:
    starts = clock.trigger + clock.also_from
    matches = starts + clock.blocks + clock.done_when + clock.falls_away_when
    yield from map(_by_match, matches)
    yield from _by_conditions(clock.applies_if + clock.unless)
    for rule in clock.exceptions:
        yield from (_by_match(match) for match in (rule.when, rule.until) if match)
        if rule.when:
            yield rule.when.event, BY_EFFECT.get(rule.effect, ())
    for added in clock.adds:
        yield from _by_conditions(added.unless)
    for near in clock.near_year_end:
        yield from (_by_match(match) for match in (near.since,) if match)
    yield from map(_by_match, clock.summer.unless if clock.summer else ())
    of_the_start = (*clock.capped_by, *((clock.counted_by,) if clock.counted_by else ()))
    pairs = tuple(name for one in clock.applies_if + clock.unless for name in one.alike + one.differ)
    theirs = tuple(other for match in clock.done_when for other in match.same.values())
    for match in starts:
        yield match.event, of_the_start + pairs + theirs


def _by_match(match: Match) -> tuple[str, tuple[str, ...]]:
    named = tuple(name for name in (match.on, match.belongs) if name)
    return match.event, (*match.where, *match.unlike, *match.same, *named)


def _by_conditions(conditions: tuple[Condition, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for condition in conditions:
        yield from (_by_match(match) for match in (condition.fact, condition.no_fact) if match)
