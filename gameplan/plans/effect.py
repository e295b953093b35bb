"""What puts a later version of a plan into force: the parent's yes, or the school's notice and a time of waiting.

Read from the consent matrix and from the clocks of the law, so that no rule is written down twice. Where a State's rule
was not checked, the mode is `NOT_KNOWN`: then nobody may guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import Counter, Span
from gameplan.core.entries import Clock, Law
from gameplan.core.facts import Fact
from gameplan.core.matching import fits
from gameplan.core.words import Say
from gameplan.law.consent import NOT_CHECKED, WEAK, consent_rule
from gameplan.law.contents import ConsentRule

NOTICE, CONSENT, BIG_CHANGES, OBJECTIONS, NOT_KNOWN = "notice", "consent", "big-changes", "objections", "not-known"
OFFERED, TOLD, REFUSAL = "offered", "told", "refusal"
MODES: Final[Mapping[str, str]] = {
    "yes": CONSENT, "agreement": CONSENT, "no": NOTICE, "for-big-changes": BIG_CHANGES, "asked-each-year": OBJECTIONS,
}  # fmt: skip
# A clock waits for a version if it is started by one of these facts, which every later version brings about.
TRIALS: Final[Mapping[str, Fact]] = {
    OFFERED: Fact("offer", "iep-offered", date.min, {"first": False}),
    TOLD: Fact("notice", "pwn-sent", date.min, {"decision": "propose", "subject": ("fape", "placement")}),
    REFUSAL: Fact("no", "iep-answered", date.min, {"answer": "rejected"}),
}
ACCEPTED: Final = Fact("yes", "iep-answered", date.min, {"answer": "accepted"})


@dataclass(frozen=True)
class Wait:
    """A time that must pass before a later version starts without the parent's yes.

    `starts` is what it runs from: the offer, the written notice, or the parent's no. `ended_by_yes`: who agrees to a
    change need not wait.
    """

    clock: Clock
    counter: Counter
    starts: str
    ended_by_yes: bool

    def over(self, start: date) -> Span:
        """The first day on which the change may start, counted from `start`; a range where a calendar is missing."""
        span = self.counter.after(start, self.clock.length or 0, first_day=self.clock.first_day)
        if self.clock.kind == "floor" or _is_before_acting(self.clock):
            return span
        # The parent's own time to answer: its last day is still the parent's.
        day = timedelta(days=1)
        return Span(span.earliest + day, span.latest + day, span.missing)


@dataclass(frozen=True)
class EffectRule:
    """How versions come into force: the mode, the rows of the consent matrix, the waiting times, and what is open."""

    mode: str
    content: ConsentRule
    services: ConsentRule
    amendment: ConsentRule
    waits: tuple[Wait, ...] = ()

    @property
    def doubts(self) -> tuple[Say, ...]:
        """What must be checked before anybody relies on the rule."""
        return tuple(Say(text) for text in self.content.doubts)

    def state_words(self, name: str) -> tuple[Say, ...]:
        """What the State itself says of `refusal`, `silence` or `time`, if it decides that."""
        return (Say(getattr(self.content, name)),) if name in self.content.decided_by_state else ()


def effect_rule(law: Law, calendar: SchoolCalendar | None = None) -> EffectRule:
    """The rule for the law of one State (or federal law alone); the calendar counts waiting times in school days.

    >>> from datetime import date
    >>> from gameplan.law import law_for
    >>> effect_rule(law_for("MA", on=date(2025, 9, 1))).mode
    'consent'
    """
    content = consent_rule("iep-content", law.state)
    return EffectRule(
        _mode(law, content), content, consent_rule("initial-services", law.state),
        consent_rule("amendment-without-meeting", law.state), tuple(_waits(law, calendar or SchoolCalendar(()))),
    )  # fmt: skip


def _mode(law: Law, content: ConsentRule) -> str:
    if {NOT_CHECKED, WEAK} & set(content.doubts):
        return NOT_KNOWN
    if content.needed in MODES:
        return MODES[content.needed]
    return CONSENT if law.facts.get("consent_for_every_iep") is True else NOTICE


def _waits(law: Law, calendar: SchoolCalendar) -> Iterator[Wait]:
    for clock in law.clocks:
        starts = _starts(clock)
        if starts and _is_wait(clock):
            counter = Counter(clock.unit, calendar, law.holidays, clock.leaves_out)
            yield Wait(clock, counter, starts, _ended_by_yes(clock))


def _starts(clock: Clock) -> str:
    if _is_before_acting(clock):
        return TOLD
    return next((name for name, fact in TRIALS.items() if any(fits(fact, match) for match in clock.trigger)), "")


def _is_wait(clock: Clock) -> bool:
    """A time not before which the school may go ahead, or the parent's own time to answer a later version."""
    other_case = any(one.fact is None or not _holds(one.fact.event) for one in clock.applies_if)
    if clock.not_yet or not clock.length or other_case:
        return False
    own_time = clock.kind == "window" and any(match.event == "iep-answered" for match in clock.done_when)
    return clock.kind == "floor" or own_time or _is_before_acting(clock)


def _is_before_acting(clock: Clock) -> bool:
    """A written notice that must be there so long before a change: the time runs from the notice."""
    if clock.direction != "before" or not any(match.event == "iep-changed" for match in clock.trigger):
        return False
    return any(fits(TRIALS[TOLD], match) for match in clock.done_when)


def _holds(event: str) -> bool:
    """A child with a plan in force gets services; what else a clock asks for is another case than a new version."""
    return event == "services-started"


def _ended_by_yes(clock: Clock) -> bool:
    if clock.kind == "window" or clock.trigger[0].event == "iep-answered" or _is_before_acting(clock):
        return True
    waived = [one.when for one in clock.exceptions if one.effect == "waived" and one.when]
    return any(fits(ACCEPTED, match) for match in waived)
