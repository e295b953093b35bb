"""Whether one changed thing of one version is in force on a day: yes, no, or cannot tell, and why.

The order of the questions is that of the law: no first services without permission; then the parent's own yes; then
what a hearing holds or orders; then what the State asks for; then the school's notice and the time of waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gameplan.core.days import Span, joined
from gameplan.core.words import Say
from gameplan.plans.effect import BIG_CHANGES, CONSENT, NOT_KNOWN, OBJECTIONS, OFFERED, REFUSAL, EffectRule, Wait
from gameplan.plans.items import REST
from gameplan.plans.life_events import (
    AGREED,
    AS_BEFORE,
    AS_PROPOSED,
    REFUSED,
    WITHOUT_MEETING,
    Answer,
    Event,
    Hold,
    Proposed,
    ServicesConsent,
)

YES, NO, UNSURE = "yes", "no", "cannot-tell"
NOTICE_CITE: Final = ("34 CFR 300.503",)
STAY_PUT: Final = ("34 CFR 300.518",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a change is in force: yes (`since` that day), no, or cannot-tell; why, and by which rules.

    `open`: what a change that is not in force waits for: services, answer, meeting, notice, start, time, dispute, or
    refused, where it was refused. `doubts`: what must be checked.
    """

    answer: str
    because: tuple[Say, ...] = ()
    cite: tuple[str, ...] = ()
    since: date | None = None
    open: str = ""
    doubts: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Era:
    """The events from a first version to the end of services, up to a day, and the rule that they are judged by."""

    events: tuple[Event, ...]
    on: date
    rule: EffectRule

    def of(self, version: Proposed) -> list[Answer]:
        """The answers to a version, in their order."""
        return [one for one in self.events if isinstance(one, Answer) and one.version == version.version]

    def services_since(self) -> date | None:
        """The day of the parent's permission for the first services; None if there is none yet."""
        yes = [
            one.on
            for one in self.events
            if isinstance(one, ServicesConsent)
            or (isinstance(one, Answer) and (one.services or (one.services is None and one.says_yes)))
        ]
        return min(yes, default=None)

    def came_after_permission(self, version: Proposed) -> bool:
        """True if the permission for the first services was an answer to an older version, on that same day."""
        day = self.services_since()
        asked = [one.version for one in self.events if isinstance(one, Answer) and one.on == day and one.services]
        return bool(asked) and version.version > min(asked)

    def holds(self) -> list[Hold]:
        """The disputes that held something."""
        return [one for one in self.events if isinstance(one, Hold)]


@dataclass(frozen=True, slots=True)
class Said:
    """What the parent's answers to one thing come to: agreed, refused or nothing, and since which day.

    `started`: the first day the yes puts it in force. `taken_back`: a no that came after that. `split`: two people said
    different things.
    """

    what: str = ""
    on: date | None = None
    started: Span | None = None
    taken_back: date | None = None
    split: bool = False


def verdict(era: Era, version: Proposed, key: str) -> Verdict:
    """Whether a changed thing of that version is in force on the day of the era; `REST` is the rest of its paper."""
    said = _said(era, version, key)
    services = era.services_since()
    if services is None:
        return _without_services(era, version)
    first = version.on < services or (version.on == services and not era.came_after_permission(version))
    found = _by_yes(era, version, said, services if first else version.on)
    if found is None and first:
        return _first(era, version, said, services)
    found = found or _held(era, version, said) or _later(era, version, key, said)
    if said.split and found.answer == NO:
        text = Say("Two people who may answer said different things. Check who may decide.")
        found = replace(found, answer=UNSURE, doubts=(*found.doubts, text))
    return found


def _without_services(era: Era, version: Proposed) -> Verdict:
    why = Say("No services may start before the parent gives written permission for the first ones.")
    refused = any(one.services is False or one.all == REFUSED for one in era.of(version))
    return Verdict(NO, (why,), era.rule.services.cite, open="refused" if refused else "services")


def _by_yes(era: Era, version: Proposed, said: Said, earliest: date) -> Verdict | None:
    """In force, or to be so, by the parent's own yes; None where there is none that counts."""
    if said.started is None:
        return None
    day = max(said.started.earliest, earliest)
    because: tuple[Say, ...] = (Say("The parent agreed to this on {day}.", {"day": said.on}),)
    if era.on < day:
        return _not_before(day, because, _consent_cite(era))
    if era.on < said.started.latest:
        return Verdict(UNSURE, because, _consent_cite(era), day, "time", said.started.missing)
    if said.taken_back is None:
        return Verdict(YES, because, _consent_cite(era), day)
    because += (Say("A no after a part has started does not undo what was done before."),)
    doubt = Say(
        "The yes was taken back on {day}, after the part had started. Check if it goes on.", {"day": said.taken_back}
    )
    return Verdict(YES, because, (*_consent_cite(era), "34 CFR 300.9(c)(2)"), day, doubts=(doubt,))


def _consent_cite(era: Era) -> tuple[str, ...]:
    return era.rule.content.cite if era.rule.mode == CONSENT else ("34 CFR 300.9",)


def _first(era: Era, version: Proposed, said: Said, services: date) -> Verdict:
    """What the parent said nothing of, or no to, in a plan that was on the table when first services were agreed to."""
    if said.what == REFUSED:
        because = Say("The parent said no to this part. A no to one part may not cost the child another.")
        return Verdict(NO, (because,), ("34 CFR 300.300(b)", "34 CFR 300.300(d)(3)"), open="refused")
    if said.split or era.rule.mode == CONSENT or not _services_as_a_whole(era):
        because = Say("The parent has not agreed to this part yet.")
        return Verdict(NO, (because,), ("34 CFR 300.300(b)",), open="answer")
    if _newer_offer(era, version, services):
        because = Say("A newer version was on the table when the parent gave permission.")
        return Verdict(NO, (because,), ("34 CFR 300.300(b)",), open="answer")
    day = max(services, version.starts)
    given, cite = (
        (Say("The parent gave permission for the first services on {day}.", {"day": services}),),
        era.rule.services.cite,
    )
    return _not_before(day, given, cite) if era.on < day else Verdict(YES, given, cite, day)


def _newer_offer(era: Era, version: Proposed, services: date) -> bool:
    """True if another whole version took the place of this one before the parent gave permission."""
    return any(
        isinstance(one, Proposed) and one.version > version.version and one.on <= services and not one.changes
        for one in era.events
    )


def _services_as_a_whole(era: Era) -> bool:
    """True if permission was given for the services by themselves, and not thing by thing."""
    return any(isinstance(one, ServicesConsent) or (isinstance(one, Answer) and one.services) for one in era.events)


def _held(era: Era, version: Proposed, said: Said) -> Verdict | None:
    """What a dispute does: the child stays put, or what it came to; None where none touches the version."""
    day, _ = _notice_day(era, version, said)
    for hold in era.holds():
        if hold.until is not None and hold.until < version.on:
            continue
        if day is not None and day < hold.on and _goes_by_notice(era, version, said):
            continue
        running = hold.until is None or era.on < hold.until
        if running:
            because = Say("A hearing was asked for on {day}. Until it is over, the child stays put.", {"day": hold.on})
            return Verdict(NO, (because,), STAY_PUT, open="dispute")
        ended = {"day": hold.until}
        if hold.outcome == AS_PROPOSED:
            because = Say("The dispute ended on {day}, and this was ordered or agreed.", ended)
            start = max(hold.until or version.starts, version.starts)
            waits = _not_before(start, (because,), STAY_PUT)
            return waits if era.on < start else Verdict(YES, (because,), STAY_PUT, start)
        if hold.outcome == AS_BEFORE:
            because = Say("The dispute ended on {day}, and what was agreed before goes on.", ended)
            return Verdict(NO, (because,), STAY_PUT, open="refused")
        doubt = Say("The dispute ended on {day}. Tell us what it came to.", ended)
        return Verdict(UNSURE, (doubt,), STAY_PUT, open="dispute", doubts=(doubt,))
    return None


def _goes_by_notice(era: Era, version: Proposed, said: Said) -> bool:
    """True if the version could come into force without a yes, so that it can have been there before a dispute."""
    if version.how == WITHOUT_MEETING or era.rule.mode == CONSENT:
        return False
    return not (era.rule.mode == OBJECTIONS and said.what == REFUSED)


def _later(era: Era, version: Proposed, key: str, said: Said) -> Verdict:
    """A change that the parent did not agree to, in a plan after the first."""
    rule = era.rule
    if version.how == WITHOUT_MEETING:
        because = Say("Without a meeting, a plan changes only if parent and school agree.")
        return Verdict(NO, (because,), rule.amendment.cite, open="meeting" if said.what == REFUSED else "answer")
    if rule.mode == CONSENT:
        return _needs_yes(era, said, Say("State law asks for the parent's written yes to each new plan."))
    if rule.mode == OBJECTIONS and said.what == REFUSED:
        return _needs_yes(era, said, Say("The parent did not accept this part. What was agreed before goes on."))
    found = _by_notice(era, version, said)
    if rule.mode == BIG_CHANGES:
        return _perhaps_big(era, version, key, said, found)
    if found.answer == YES and rule.mode == NOT_KNOWN:
        return replace(found, answer=UNSURE, open="answer", doubts=(*found.doubts, *rule.doubts))
    if found.answer == YES and said.what == REFUSED and rule.state_words("refusal"):
        doubt = Say("The parent said no. Check what State law makes of that.")
        words = (*found.because, *rule.state_words("refusal"))
        return Verdict(UNSURE, words, rule.content.cite, found.since, "refused", (*found.doubts, doubt))
    return found


def _needs_yes(era: Era, said: Said, why: Say) -> Verdict:
    words = era.rule.state_words("refusal" if said.what == REFUSED else "silence")
    return Verdict(NO, (why, *words), era.rule.content.cite, open="refused" if said.what == REFUSED else "answer")


def _perhaps_big(era: Era, version: Proposed, key: str, said: Said, found: Verdict) -> Verdict:
    """State law asks for a yes to big changes only: whether this is one must be told."""
    big = False if key == REST else version.big.get(key)
    if big:
        return _needs_yes(era, said, Say("State law asks for the parent's written yes to a big change."))
    if found.answer != YES or big is False:
        return found
    doubt = Say("State law asks for the parent's yes to big changes. Tell us if this change is a big one.")
    return replace(found, answer=UNSURE, open="answer", doubts=(*found.doubts, doubt))


def _by_notice(era: Era, version: Proposed, said: Said) -> Verdict:
    """After the written notice and the State's waiting times, without a yes."""
    if version.notice is None or era.on < version.notice:
        none = Say("No written notice of this change is known yet. Without one it may not start.")
        return Verdict(NO, (none,), NOTICE_CITE, open="notice")
    day, waits = _notice_day(era, version, said)
    because: tuple[Say, ...] = (Say("The school gave written notice of this on {day}.", {"day": version.notice}),)
    cite = (*NOTICE_CITE, *(one for wait in waits for one in wait.clock.cite))
    if day is not None and era.on < day:
        waits_for = "time" if day > max(version.on, version.starts, version.notice) else "start"
        return replace(_not_before(day, because, cite), open=waits_for)
    last = max((wait.over(_start_of(wait, version, said)).latest for wait in waits), default=date.min)
    if era.on < last:
        missing = tuple(one for wait in waits for one in wait.over(_start_of(wait, version, said)).missing)
        return Verdict(UNSURE, because, cite, day, "time", missing)
    because += (Say("Federal law does not ask for the parent's yes to a later plan."),)
    return Verdict(YES, because, cite, day)


def _notice_day(era: Era, version: Proposed, said: Said) -> tuple[date | None, list[Wait]]:
    """The first day on which the version may start by notice, and the waiting times that count; None without notice."""
    if version.notice is None:
        return None, []
    waits = [wait for wait in era.rule.waits if _counts(wait, era, version, said)]
    over = [wait.over(_start_of(wait, version, said)).earliest for wait in waits]
    return max(version.on, version.starts, version.notice, *over), waits


def _counts(wait: Wait, era: Era, version: Proposed, said: Said) -> bool:
    if any(one.at_once for one in era.of(version)):
        return False
    if wait.starts == REFUSAL:
        return said.what == REFUSED
    return not (wait.ended_by_yes and said.what == AGREED)


def _start_of(wait: Wait, version: Proposed, said: Said) -> date:
    if wait.starts == REFUSAL:
        return said.on or version.on
    return version.on if wait.starts == OFFERED else version.notice or version.on


def _not_before(day: date, because: tuple[Say, ...], cite: tuple[str, ...]) -> Verdict:
    return Verdict(NO, (*because, Say("It starts on {day}.", {"day": day})), cite, open="start")


def _said(era: Era, version: Proposed, key: str) -> Said:
    """What the answers to one thing come to, in their order."""
    answers = [(one, what) for one in era.of(version) if (what := _to(one, key))]
    last = {one.by: what for one, what in answers}
    found = Said()
    for one, what in answers:
        found = _heard(era, version, found, one, what)
    # Where the yes had its effect before the other one's no, that stays so; else nobody can tell whose word counts.
    return Said(split=True) if found.taken_back is None and len(set(last.values())) > 1 else found


def _to(one: Answer, key: str) -> str:
    """What an answer says to a thing; to the rest of the paper it says yes with any yes."""
    if key != REST:
        return one.to(key)
    return AGREED if one.says_yes else REFUSED if one.all == REFUSED or one.items else ""


def _heard(era: Era, version: Proposed, before: Said, one: Answer, what: str) -> Said:
    if what == AGREED:
        if before.what == AGREED and before.taken_back is None:
            return before
        if before.started is not None:
            return replace(before, what=AGREED, taken_back=None)
        return Said(AGREED, one.on, _after_waits(era, version, Said(AGREED, one.on), one.on))
    if before.started is not None and before.started.latest < one.on:
        return replace(before, taken_back=one.on)
    return Said(REFUSED, one.on)


def _after_waits(era: Era, version: Proposed, said: Said, day: date) -> Span:
    """When a thing that was agreed to starts: some States' waiting times count even then."""
    waits = [one for one in era.rule.waits if not one.ended_by_yes and _counts(one, era, version, said)]
    over = [one.over(_start_of(one, version, said)) for one in waits]
    first = max(day, version.on, version.starts)
    return Span(
        max([first, *(one.earliest for one in over)]), max([first, *(one.latest for one in over)]),
        joined(*(one.missing for one in over)),
    )  # fmt: skip
