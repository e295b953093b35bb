"""The plan (IEP): the first one, its yearly review, re-evaluations, progress reports, changes, and the way out."""

from __future__ import annotations

import numpy as np

from gameplan.audit.synth import words
from gameplan.audit.synth.arrays import NEVER, YEAR, Days, Numbers, Rows, Yes
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.pace import OFFERED

OFFERS_IN_WRITING = 0.1
EXITS = [0.0, 0.35, 0.25, 0.2, 0.1, 0.1]
WAYS_OUT = ("revoked", "moved", "transferred-to-regular-education", "ineligible", "dropped-out", "certificate")


def first_plan(life: Life, who: Rows, met: Days, serve: Days, from_then: Days) -> None:
    """A first IEP at a meeting on these days, permission, and services so many days after it.

    Services do not begin before `from_then` (the third birthday, or the day 0).
    """
    hold_meeting(life, who, met, "initial-iep", 0.9)
    pressed = life.pace.ends_with[life.states[who]] >= OFFERED
    adopted = met + np.where(pressed | life.chance(who, 0.9), 0, life.between(who, 1, 12))
    _offer(life, who, adopted)
    adopt(life, who, adopted, words.FIRST_IEPS)
    going = _consent_to_services(life, who, adopted)
    start = np.maximum(adopted + serve, np.where(pressed, 0, from_then + serve - 1))
    _serve(life, who[going], adopted[going], start[going], pressed[going])
    follow(life, who[going])


def _serve(life: Life, who: Rows, adopted: Days, start: Days, pressed: Yes) -> None:
    """Services begin on these days, in States whose time ends with them, else on the next day with school."""
    start = np.where(pressed, start, life.school_day(who, start)).astype(np.int32)
    begun = life.chance(who, np.where(pressed, 0.99, 0.97))
    some = who[begun]
    which = life.choice(some, [0.4, 0.3, 0.2, 0.1])
    life.book.tell(some, start[begun], "services-started", words.SERVICES, which=which)
    placed = life.chance(who, 0.35)
    some = who[placed]
    life.book.tell(
        some, adopted[placed], "placement-decided", words.ENVIRONMENTS, which=life.choice(some, [0.65, 0.22, 0.13])
    )


def _consent_to_services(life: Life, who: Rows, adopted: Days) -> Yes:
    """Who gave permission for the first services."""
    asked = life.chance(who, 0.7)
    life.book.tell(who[asked], adopted[asked], "consent-requested", {"for": "initial-services"})
    turn = life.choice(who, [0.955, 0.025, 0.02])
    given: Yes = turn == 0
    refused = turn == 1
    some = who[given]
    signed = adopted[given] + life.choice(some, [0.75, 0.1, 0.1, 0.05])
    days = {"signed": signed, "received": signed}
    life.book.tell(some, signed, "consent-given", {"for": "initial-services"}, by="parent", days=days)
    some = who[refused]
    no = [{"for": "initial-services", "silent": silent} for silent in (False, True)]
    life.book.tell(
        some, adopted[refused] + life.wait(some, 12), "consent-refused", no, which=life.choice(some, [0.7, 0.3]),
        by="parent",
    )  # fmt: skip
    return given


def hold_meeting(life: Life, who: Rows, met: Days, kind: str, notice: float) -> None:
    """A meeting on these days, with a notice before it for that share."""
    told = life.chance(who, notice)
    some = who[told]
    before = np.where(life.chance(some, 0.93), life.between(some, 8, 24), life.between(some, 0, 4))
    old = life.age(some, met[told]) >= 14
    which = np.where(old & life.chance(some, 0.85), 1, 2 * life.chance(some, 0.3))
    life.book.tell(
        some, met[told] - before, "meeting-notice-sent", words.invitation(kind), which=which,
        days={"for_date": met[told]},
    )  # fmt: skip
    which = life.choice(who, [0.5, 0.2, 0.1, 0.08, 0.04, 0.02, 0.04, 0.01, 0.01])
    life.book.tell(who, met, "meeting-held", words.meeting(kind), which=which)


def _offer(life: Life, who: Rows, adopted: Days) -> None:
    from_there = life.pace.ends_with[life.states[who]] == OFFERED
    offered = np.where(from_there, 0.99, OFFERS_IN_WRITING)
    some_of = life.chance(who, offered)
    some, day = who[some_of], adopted[some_of] + 1
    received = np.where(life.chance(some, 0.5), day + life.between(some, 0, 4), NEVER).astype(np.int32)
    life.book.tell(some, day, "iep-offered", {"first": True}, days={"given": day, "received": received})
    answers = [{"answer": answer} for answer in ("accepted", "partly", "rejected", "meeting-asked")]
    replied = life.chance(some, 0.8)
    some = some[replied]
    life.book.tell(
        some, day[replied] + life.wait(some, 9), "iep-answered", answers,
        which=life.choice(some, [0.88, 0.06, 0.03, 0.03]), by="parent",
    )  # fmt: skip


def adopt(life: Life, who: Rows, day: Days, plans: list[words.Said], by: str = "school") -> None:
    """An IEP is adopted on these days; copies, notices and the staff's information with it for most."""
    age = life.age(who, day)
    transition = (age >= 13.1) & life.chance(who, np.where(age >= 15.1, 0.96, 0.75))
    grown = (age >= 17) & life.chance(who, 0.85)
    which = life.choice(who, [0.55, 0.2, 0.15, 0.1]) + 4 * transition + 4 * (grown & transition)
    review = np.where(life.chance(who, 0.3), day + YEAR - 1, NEVER).astype(np.int32)
    start = day + life.choice(who, [0.6, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05])
    days = {"effective": start, "services_start": start, "review_by": review}
    life.book.tell(who, day, "iep-adopted", plans, which=which, by=by, days=days)
    life.adopted[who] = day
    life.planned_since[who] = np.minimum(life.planned_since[who], day)
    copied, told, noticed = (np.flatnonzero(life.chance(who, share)) for share in (0.38, 0.1, 0.8))
    life.book.tell(who[copied], day[copied] + life.wait(who[copied], 5), "document-given", {"what": "iep-copy"})
    life.book.tell(who[told], day[told] + life.wait(who[told], 4), "staff-informed")
    given = (day - life.between(who, 0, 9))[noticed]
    said = [words.notice("propose", subject, "The IEP") for subject in (["fape", "placement"], ["fape"])]
    life.book.tell(
        who[noticed], given, "pwn-sent", said, which=life.choice(who[noticed], [0.6, 0.4]), days={"given": given}
    )


def begin_in_the_middle(life: Life, who: Rows, day: Days) -> None:
    """Children whose file begins with an IEP that was already there; the last evaluation lies some time before."""
    age = life.between(who, 5, 1000)
    known = life.chance(who, 0.85)
    some = who[known]
    evaluated = day[known] - age[known]
    # Of older first evaluations the file does not tell: the meetings that followed them are not in it either.
    decided = age[known] < 28
    first = len(words.FIRST_EVALUATIONS)
    said = words.FIRST_EVALUATIONS + words.REEVALUATIONS
    which = life.choice(some, [1 / first] * first)
    which = np.where(decided, which, first + which % len(words.REEVALUATIONS))
    life.was_evaluated(some, evaluated, life.book.tell(some, evaluated, "evaluation-completed", said, which=which))
    rest = some[decided]
    which = life.choice(rest, [1 / 9] * 9)
    life.book.tell(rest, evaluated[decided] + 1, "eligibility-determined", words.ELIGIBLE, which=which)
    adopt(life, who, day, words.IEPS)
    served = life.chance(who, 0.75)
    some = who[served]
    life.book.tell(
        some, life.school_day(some, day[served]), "services-started", words.SERVICES,
        which=life.choice(some, [0.4, 0.3, 0.2, 0.1]),
    )  # fmt: skip
    follow(life, who)


def follow(life: Life, who: Rows) -> None:
    """The years after an IEP: each of them with what its school year brings, until the file ends."""
    while len(who):
        _year_of_reports(life, who, life.adopted[who])
        _reevaluate(life, who)
        who = _leave(life, who)
        who = _review(life, who)


def _review(life: Life, who: Rows) -> Rows:
    """The yearly review: who goes on with a new IEP that lies before the day of the audit."""
    before = life.adopted[who]
    taken = YEAR - 1 - life.wait(who, 16)
    late = life.chance(who, 0.06)
    taken = np.where(late, YEAR + life.tail(who), taken)
    met = life.weekday(before + taken)
    done = life.chance(who, 0.985)
    who, met = who[done], met[done]
    hold_meeting(life, who, met, "annual-review", 0.93)
    adopted = met + np.where(life.chance(who, 0.92), 0, life.between(who, 1, 10))
    adopt(life, who, adopted, words.IEPS)
    return who[(adopted <= life.until) & (life.book.closed[who] > adopted)]


def _year_of_reports(life: Life, who: Rows, since: Days) -> None:
    for quarter in range(1, 5):
        told = life.chance(who, 0.2)
        some = who[told]
        day = life.school_day(some, since[told] + 88 * quarter + life.between(some, -6, 8))
        period = [{"what": "progress-report", "for_period": f"quarter {number}"} for number in range(1, 5)]
        life.book.tell(some, day, "document-given", period, which=np.full(len(some), quarter - 1))
    annual = life.chance(who, 0.85)
    some = who[annual]
    day = since[annual] + np.where(life.chance(some, 0.85), 0, life.between(some, 1, 90))
    life.book.tell(some, day, "safeguards-given", {"reason": "annual"})
    _changes(life, who, since)
    _benefits(life, who, since)


def _changes(life: Life, who: Rows, since: Days) -> None:
    wanted = life.chance(who, 0.06)
    some = who[wanted]
    day = since[wanted] + life.between(some, 20, 300)
    asked = [
        {"about": about, "written": written, "what": "more help"}
        for about in ("services", "placement", "iep-meeting")
        for written in (True, False)
    ]
    which = life.choice(some, [0.25, 0.1, 0.2, 0.1, 0.25, 0.1])
    life.book.tell(some, day, "change-requested", asked, which=which, by="parent", days={"received": day})
    turn = life.choice(some, [0.4, 0.35, 0.15, 0.1])
    no, yes, moved = (np.flatnonzero(turn == number) for number in range(3))
    given = day[no] + life.wait(some[no], 9)
    said = words.notice("refuse", ["fape"], "The change that was asked for")
    life.book.tell(some[no], given, "pwn-sent", said, days={"given": given})
    hold_meeting(life, some[yes], day[yes] + life.wait(some[yes], 18, at_least=3), "iep-other", 0.8)
    how: list[words.Said] = [
        {"how": "written-agreement", "team_told": True},
        {"how": "team-meeting"},
        {"how": "written-agreement"},
    ]
    which = life.choice(some[moved], [0.4, 0.3, 0.3])
    life.book.tell(some[moved], day[moved] + life.wait(some[moved], 15), "iep-changed", how, which=which)


def _benefits(life: Life, who: Rows, since: Days) -> None:
    used = life.chance(who, 0.03)
    some = who[used]
    day = since[used] + life.between(some, 5, 200)
    life.book.tell(some, day - 4, "consent-requested", {"for": "public-benefits"})
    life.book.tell(
        some, day, "consent-given", {"for": "public-benefits"}, by="parent", days={"signed": day, "received": day}
    )
    life.book.tell(some, day + 10, "benefits-used", {"program": "Medicaid"})
    told = life.chance(some, 0.7)
    life.book.tell(some[told], day[told] - 1, "document-given", {"what": "public-benefits-notice"})


def _reevaluate(life: Life, who: Rows) -> None:
    """Within the year of this IEP: the re-evaluation that is due three years after the last one, or sooner."""
    since, last = life.adopted[who], life.evaluated[who]
    in_time = last + 3 * YEAR - 8 - life.wait(who, 45)
    day = np.where(life.chance(who, 0.07), last + 3 * YEAR + life.tail(who), in_time)
    due = (last < NEVER) & (day < since + YEAR) & life.chance(who, 0.98)
    who, day = who[due], life.weekday(np.maximum(day, since + 20)[due])
    turn = life.choice(who, [0.8, 0.14, 0.06])
    agreed = turn == 1
    life.book.tell(
        who[agreed], day[agreed], "agreement-made", {"about": "reevaluation-unnecessary", "written": True}, by="party"
    )
    reviewed = life.chance(who, 0.35)
    data = [{"more_data_needed": need, "type": "reevaluation"} for need in (True, False)]
    before = day[reviewed] - life.between(who[reviewed], 40, 70)
    which = (turn[reviewed] == 2).astype(int)
    life.book.tell(who[reviewed], before, "data-review-done", data, which=which, days={"parent_told": before + 3})
    life.evaluated[who] = day
    full = turn == 0
    _evaluate_again(life, who[full], day[full])


def _evaluate_again(life: Life, who: Rows, day: Days) -> None:
    asked = day - life.between(who, 45, 75)
    some = np.flatnonzero(life.chance(who, 0.7))
    life.book.tell(who[some], asked[some], "consent-requested", {"for": "reevaluation"})
    signed = asked + life.between(who, 1, 14)
    life.book.tell(
        who, signed, "consent-given", {"for": "reevaluation"}, by="parent", days={"signed": signed, "received": signed}
    )
    kinds = len(words.REEVALUATIONS)
    which = life.choice(who, [1 / kinds] * kinds)
    rows = life.book.tell(who, day, "evaluation-completed", words.REEVALUATIONS, which=which)
    life.was_evaluated(who, day, rows)
    decided = life.chance(who, 0.35)
    some, after = who[decided], day[decided] + life.between(who[decided], 0, 12)
    which = life.choice(some, [1 / 9] * 9)
    life.book.tell(some, after, "eligibility-determined", words.ELIGIBLE, which=which)
    met = after + life.within(some, 29)
    hold_meeting(life, some, met, "iep-other", 0.9)
    adopt(life, some, met, words.IEPS)


def _leave(life: Life, who: Rows) -> Rows:
    """Who leaves in the year of this IEP, and how; the others, who stay."""
    since = life.adopted[who]
    age = life.age(who, since)
    grown = age >= 17.2
    out = life.chance(who, np.where(grown, 0.0, 0.03))
    day = since + life.between(who, 20, 340)
    _graduate(life, who[grown], day[grown])
    some, when = who[out], day[out]
    which: Numbers = life.choice(some, EXITS)
    revoked = life.chance(some, 0.12)
    which = np.where(revoked, 0, which)
    life.book.tell(
        some[revoked], when[revoked] - 6, "consent-revoked", {"for": "services", "written": True}, by="parent"
    )
    noticed = life.chance(some, 0.85)
    said = words.notice("propose", ["identification", "fape"], "The end of services")
    life.book.tell(some[noticed], when[noticed] - 2, "pwn-sent", said, days={"given": when[noticed] - 2})
    stopped = [{"reason": reason} for reason in WAYS_OUT]
    life.book.tell(some, when, "services-stopped", stopped, which=which)
    life.book.close(some, when + 2)
    return who[~(grown | out)]


def _graduate(life: Life, who: Rows, day: Days) -> None:
    kinds = [{"diploma": diploma} for diploma in ("regular", "certificate", "alternate")]
    which = life.choice(who, [0.82, 0.12, 0.06])
    planned = day - life.between(who, 40, 120)
    life.book.tell(who, planned, "graduation-planned", kinds, which=which, days={"decided": planned, "graduation": day})
    told = life.chance(who, 0.8)
    given = planned[told] + life.between(who[told], 5, 40)
    said = words.notice("propose", ["placement"], "Graduation")
    life.book.tell(who[told], given, "pwn-sent", said, days={"given": given})
    reasons = [{"reason": reason} for reason in ("regular-diploma", "certificate", "alternate-diploma")]
    life.book.tell(who, day, "services-stopped", reasons, which=which)
    summed = life.chance(who, 0.8)
    after = day[summed] + life.between(who[summed], -10, 20)
    life.book.tell(who[summed], after, "document-given", {"what": "summary-of-performance"})
    life.book.close(who, day + 25)
