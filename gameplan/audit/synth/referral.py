"""From a first concern to the decision if the child qualifies."""

from __future__ import annotations

import numpy as np

from gameplan.audit.synth import words
from gameplan.audit.synth.arrays import NEVER, Days, Numbers, Rows, Yes
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.pace import DECIDED, OFFERED, REPORTED, SERVED
from gameplan.audit.synth.plan import first_plan, hold_meeting

LATE = 0.06
"""Share of first evaluations that end after the State's time. With those never done, about 6 in 100."""

NEVER_DONE = 0.006


def refer(life: Life, who: Rows, day: Days) -> None:
    """The children's story begins on these days with a concern, or at once with a request."""
    asked = _concern(life, who, day)
    kept = life.chance(who, np.where(asked > day, 0.86, 1.0))
    who, asked = who[kept], asked[kept]
    _request(life, who, asked)
    given = _answer(life, who, asked)
    evaluate(life, who, given, asked, np.full(len(who), NEVER))


def _concern(life: Life, who: Rows, day: Days) -> Days:
    """The day on which an evaluation is asked for, after concern and supports where there were some."""
    raised = life.chance(who, 0.55)
    some, since = who[raised], life.school_day(who[raised], day[raised])
    which = life.choice(some, [1 / len(words.CONCERNS)] * len(words.CONCERNS))
    life.book.tell(some, since, "concern-raised", words.CONCERNS, which=which, by=life.sides(some, 0.5))
    helped = life.chance(some, 0.5)
    after = since + life.wait(some, 30)
    _supports(life, some[helped], since[helped])
    after[helped] += life.between(some[helped], 50, 130)
    asked = day.copy()
    asked[raised] = np.maximum(after, since + 1)
    return asked


def _supports(life: Life, who: Rows, since: Days) -> None:
    begun = life.school_day(who, since + life.wait(who, 14))
    tiers = [{"tier": tier, "about": about} for tier in ("1", "2", "3") for about in ("reading", "math", "behavior")]
    which = life.choice(who, [1 / 9] * 9)
    life.book.tell(who, begun, "supports-started", tiers, which=which)
    reviews = [
        {"area": area, "tier": "2", "adequate_progress": enough, "shared_with_parent": True}
        for enough in (True, False)
        for area in ("reading", "math", "behavior")
    ]
    seen = life.school_day(who, begun + life.between(who, 35, 70))
    life.book.tell(who, seen, "intervention-reviewed", reviews, which=which % 3 + 3 * life.chance(who, 0.6))


def _request(life: Life, who: Rows, asked: Days) -> None:
    by = life.choice(who, [0.56, 0.2, 0.2, 0.04])
    spoken = life.chance(who, 0.14)
    sent = np.where(life.chance(who, 0.25), asked - life.between(who, 0, 4), NEVER).astype(np.int32)
    days = {"received": asked, "sent": sent}
    life.book.tell(who, asked, "evaluation-requested", words.REQUESTS, which=2 * by + spoken, by="parent", days=days)
    noted = spoken & life.chance(who, 0.4)
    life.book.tell(who[noted], asked[noted] + life.between(who[noted], 0, 3), "oral-request-recorded")
    told = life.chance(who, 0.75)
    some = who[told]
    life.book.tell(some, asked[told] + life.wait(some, 5), "safeguards-given", {"reason": "referral"})
    back = life.chance(who, 0.015)
    life.book.tell(
        who[back], asked[back] + life.between(who[back], 2, 30), "request-withdrawn", {"written": True}, by="parent"
    )


def _answer(life: Life, who: Rows, asked: Days) -> Days:
    """The day on which permission came, or NEVER."""
    turn = life.choice(who, [0.89, 0.075, 0.035])
    answered = life.weekday(asked + 1 + life.within(who, 15, 0.08))
    yes, no = turn == 0, turn == 1
    notices = [
        words.notice("propose", ["evaluation"], "An evaluation"),
        words.notice("refuse", ["evaluation"], "The evaluation that was asked for"),
    ]
    written = no | (yes & life.chance(who, 0.8))
    some, day = who[written], answered[written]
    life.book.tell(some, day, "pwn-sent", notices, which=no[written].astype(int), days={"given": day})
    given: Days = np.full(len(who), NEVER)
    given[yes] = consent(life, who[yes], answered[yes], "initial-evaluation", 0.91)
    return given


def consent(life: Life, who: Rows, day: Days, what: str, share: float, asked: float = 0.9) -> Days:
    """Permission is asked for on these days: the day on which it came, or NEVER. The rest refuse or stay silent."""
    told = life.chance(who, asked)
    life.book.tell(who[told], day[told], "consent-requested", {"for": what})
    given = life.chance(who, share)
    some = who[given]
    signed = day[given] + life.wait(some, 7)
    received = signed + np.where(life.chance(some, 0.4), life.between(some, 1, 4), 0)
    days = {"signed": signed, "received": received}
    life.book.tell(some, signed, "consent-given", {"for": what}, by="parent", days=days)
    _without_consent(life, who[~given], day[~given], what)
    found: Days = np.full(len(who), NEVER)
    found[given] = received
    return found


def _without_consent(life: Life, who: Rows, day: Days, what: str) -> None:
    silent = life.chance(who, 0.45)
    refused = [{"for": what, "silent": False}, {"for": what, "silent": True}]
    said = ~silent | life.chance(who, 0.7)
    after = day + life.wait(who, 25, at_least=3)
    life.book.tell(
        who[said], after[said], "consent-refused", refused, which=silent[said].astype(int),
        by=life.sides(who[said], 0.5),
    )  # fmt: skip
    tries = [{"purpose": "consent", "method": method} for method in ("phone", "mail", "email")]
    some = who[silent]
    for number in range(2):
        tried = day[silent] + 5 + 7 * number + life.between(some, 0, 4)
        life.book.tell(some, tried, "contact-tried", tries, which=life.choice(some, [0.5, 0.25, 0.25]))


def evaluate(life: Life, who: Rows, given: Days, asked: Days, by: Days) -> None:
    """A first evaluation for whom permission came, and what follows from it.

    `by` is a day on which an IEP should be there (the third birthday), or NEVER.
    """
    kept = given < NEVER
    who, given, asked, by = who[kept], given[kept], asked[kept], by[kept]
    states = life.states[who]
    start = np.where(life.pace.from_request[states], asked, given).astype(np.int32)
    # Where the time runs from the signature, it began some days before the permission came.
    due = life.due(who, start) - 6 * life.pace.from_signing[states]
    early = (np.minimum(due - given - 12, 45) * life.rng.beta(1.2, 2.6, len(who))).astype(np.int32)
    end = np.minimum(due - np.maximum(early, 0) - 1, by - life.between(who, 28, 45))
    end = life.weekday(end)
    late = life.chance(who, LATE)
    end[late] = (due + life.tail(who))[late]
    _reasons(life, who[late], given[late], due[late], end[late])
    done = ~life.chance(who, NEVER_DONE)
    _finish(life, who[done], given[done], end[done], by[done])


def _reasons(life: Life, who: Rows, given: Days, due: Days, end: Days) -> None:
    """Why an evaluation is late, where somebody wrote it down."""
    why = life.choice(who, [0.12, 0.08, 0.05, 0.08, 0.67])
    middle = given + ((due - given) * 0.6).astype(np.int32)
    hidden, agreed, more, away = (np.flatnonzero(why == number) for number in range(4))
    life.book.tell(
        who[hidden], middle[hidden], "child-not-produced", {"record": "three appointments missed"},
        days={"from": middle[hidden]},
    )  # fmt: skip
    life.book.tell(
        who[agreed], middle[agreed], "agreement-made", {"about": "sld-extra-time", "written": True},
        days={"until": end[agreed] + 3},
    )  # fmt: skip
    life.book.tell(
        who[more], middle[more], "time-extended", {"about": "initial-evaluation"}, by="sea",
        days={"until": end[more] + 1, "asked": middle[more] - 5},
    )  # fmt: skip
    some = who[away]
    missed = [life.school_days_after(some, middle[away], np.full(len(some), number)) for number in range(1, 6)]
    count = life.between(some, 1, 5)
    listed = np.stack(missed, axis=1) if len(some) else np.empty((0, 5), dtype=np.int32)
    listed = np.where(np.arange(5) < count[:, None], listed, NEVER)
    life.book.tell(some, missed[0] + 7, "child-absent", days={"from": missed[0]}, lists={"days": listed})


def _finish(life: Life, who: Rows, given: Days, end: Days, by: Days) -> None:
    """The last steps so that the one that ends the State's time falls on its day."""
    eligible = life.chance(who, 0.8)
    last = life.pace.ends_with[life.states[who]]
    last = np.where(~eligible & (last > DECIDED), DECIDED, last)
    decide, meet = life.between(who, 0, 8), life.between(who, 2, 24)
    serve = life.between(who, 1, 9)
    before = np.where(last > REPORTED, decide, 0) + np.where(last > DECIDED, meet, 0)
    before += np.where(last == OFFERED, 1, 0) + np.where(last == SERVED, serve, 0)
    completed = np.maximum(end - before, given + 2).astype(np.int32)
    _completed(life, who, given, completed, last == REPORTED)
    decided = completed + np.where(last <= REPORTED, life.wait(who, 9), decide)
    decided = np.maximum(decided, completed).astype(np.int32)
    _decided(life, who, decided, eligible, np.where(last == DECIDED, 0.995, 0.96))
    room = np.where(by < NEVER, np.clip(by - decided - 1, 3, 29), 30).astype(np.int32)
    met = decided + np.where(last > DECIDED, meet, life.within(who, room))
    met = np.maximum(met, decided).astype(np.int32)
    from_then = np.where(by < NEVER, by, 0).astype(np.int32)
    first_plan(life, who[eligible], met[eligible], serve[eligible], from_then[eligible])


def _completed(life: Life, who: Rows, given: Days, completed: Days, by_report: Yes) -> None:
    begun = life.chance(who, 0.3)
    some = who[begun]
    start = given[begun] + ((completed - given)[begun] * life.rng.random(len(some)) * 0.6).astype(np.int32)
    life.book.tell(some, start, "evaluation-started", {"type": "initial"})
    kinds = len(words.FIRST_EVALUATIONS)
    which = life.choice(who, [1 / kinds] * kinds)
    rows = life.book.tell(who, completed, "evaluation-completed", words.FIRST_EVALUATIONS, which=which)
    life.was_evaluated(who, completed, rows)
    given_out = life.chance(who, np.where(by_report, 0.99, 0.7))
    day = completed + np.where(by_report, 0, life.between(who, 0, 2))
    life.book.tell(who[given_out], day[given_out], "document-given", {"what": "evaluation-report"})


def _decided(life: Life, who: Rows, day: Days, eligible: Yes, written_down: Numbers) -> None:
    met = life.chance(who, 0.3)
    hold_meeting(life, who[met], day[met], "eligibility", 0.85)
    said = words.ELIGIBLE + words.NOT_ELIGIBLE
    which = np.where(eligible, life.choice(who, [0.3, 0.2, 0.16, 0.12, 0.06, 0.05, 0.04, 0.02, 0.05]), 0)
    which = np.where(eligible, which, len(words.ELIGIBLE) + life.choice(who, [0.4, 0.2, 0.1, 0.3]))
    written = life.chance(who, written_down)
    life.book.tell(who[written], day[written], "eligibility-determined", said, which=which[written])
    refused = ~eligible & life.chance(who, 0.85)
    after = day[refused] + life.between(who[refused], 0, 9)
    matter = words.notice("refuse", ["identification"], "The child does not qualify")
    life.book.tell(who[refused], after, "pwn-sent", matter, days={"given": after})
