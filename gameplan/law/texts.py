"""Every English text of the law files that a person reads, for the one catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from gameplan.core import days
from gameplan.core.entries import Clock, Option
from gameplan.core.sentences import all_sentences
from gameplan.law.consent import TEXTS as CONSENT_TEXTS
from gameplan.law.contents import ConsentRule, StateConsent, contents
from gameplan.law.library import federal, holidays, state_pack, states
from gameplan.law.paths import WORDS, dispute_paths


def all_texts() -> set[str]:
    """The messages of the engine and of the law: names, plain words, exceptions, options, stages, kinds of fact."""
    pack = federal()
    found = all_sentences()
    found |= {
        days.WEEKEND,
        days.NO_SCHOOL,
        days.SUMMER,
        days.HOLIDAY,
        days.LONG_BREAK,
        days.ABSENT,
        days.WAITING,
        days.UNKNOWN,
    }
    found |= set(holidays(None).named.values())
    for clock in pack.clocks:
        found |= set(_of_clock(clock))
    for option in pack.options:
        found |= set(_of_option(option))
    for way in dispute_paths():
        found |= {getattr(way, word) for word in (*WORDS, "first")}
        found |= {condition.text for condition in way.if_ + way.if_any}
    found |= {stage.name for stage in pack.stages}
    found |= {kind.name for kind in pack.kinds.values()}
    for code in states():
        own = state_pack(code)
        found |= set(holidays(code).named.values())
        for clock in own.clocks:
            found |= set(_of_clock(clock))
        for option in own.options:
            found |= set(_of_option(option))
    found |= set(_of_contents())
    return {text for text in found if text}


def _of_option(option: Option) -> Iterator[str]:
    yield option.do
    yield option.note
    yield from (condition.text for condition in option.if_ + option.if_any)


def _of_clock(clock: Clock) -> Iterator[str]:
    yield clock.name
    yield clock.plain
    yield clock.not_yet
    yield from clock.doubts
    yield from (rule.text for rule in clock.exceptions)
    yield from (rule.text for rule in clock.near_year_end)
    yield from (reading.text for reading in clock.readings)
    yield from (condition.text for condition in clock.applies_if + clock.unless)
    if clock.summer:
        yield clock.summer.text


def _of_contents() -> Iterator[str]:
    """The content lists, what their items depend on, and the consent matrix with its State rows."""
    read = contents()
    for one in read.lists.values():
        yield one.name
        yield from (item.text for item in one.items)
    yield from (one.text for one in read.circumstances.values())
    rows: list[ConsentRule | StateConsent] = [*read.consent.values(), *read.state_consent]
    for row in rows:
        yield from (row.time, row.refusal, row.silence, row.revocation)
    yield from CONSENT_TEXTS
