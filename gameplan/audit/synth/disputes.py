"""Disagreements: due process, complaints to the State, mediation, and evaluations by somebody outside."""

from __future__ import annotations

from typing import Final

import numpy as np

from gameplan.audit.synth import words
from gameplan.audit.synth.arrays import NEVER, Days, Rows, Yes
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.plan import hold_meeting

DUE_PROCESS: Final = 0.012
STATE_COMPLAINT: Final = 0.012
MEDIATION: Final = 0.008
OUTSIDE: Final = 0.02
ISSUES: Final = (["fape"], ["placement", "fape"], ["evaluation"], ["identification"])


def disagree(life: Life) -> None:
    """The disputes of a few of the children, at some time of their file."""
    for share, story in (
        (DUE_PROCESS, _due_process), (STATE_COMPLAINT, _state_complaint), (MEDIATION, _mediation), (OUTSIDE, _outside),
    ):  # fmt: skip
        who = life.everybody(share)
        story(life, who, life.some_day(who))


def _violation(life: Life, who: Rows, day: Days) -> None:
    told = life.chance(who, 0.5)
    some = who[told]
    happened = day[told] - life.between(some, 20, 600)
    known = np.where(life.chance(some, 0.6), happened + life.between(some, 0, 40), NEVER)
    known = np.minimum(known, np.where(known < NEVER, day[told], NEVER))
    life.book.tell(
        some, happened, "violation-happened", {"what": "services were not given"}, by="parent", days={"known": known}
    )


def _due_process(life: Life, who: Rows, filed: Days) -> None:
    _violation(life, who, filed)
    by = life.chance(who, 0.92)
    fast = by & life.chance(who, 0.06)
    said = [
        {"by": side, "expedited": expedited, "issues": issues, "pwn_already_sent": sent}
        for side in ("parent", "school")
        for expedited in (False, True)
        for sent in (True, False)
        for issues in ISSUES
    ]
    which = 16 * ~by + 8 * fast + 4 * life.chance(who, 0.5) + life.choice(who, [0.5, 0.25, 0.15, 0.1])
    received = filed + life.choice(who, [0.5, 0.2, 0.2, 0.1])
    copied = np.where(life.chance(who, 0.85), filed + 5 * life.chance(who, 0.1), NEVER).astype(np.int32)
    complaint = life.book.tell(
        who, filed, "due-process-filed", said, which=which, by="parent",
        days={"filed": filed, "received": received, "copy_to_sea": copied},
    )  # fmt: skip
    _papers(life, who, received)
    _resolve(life, who[by], received[by], fast[by])
    _end(life, who, received, complaint, fast)


def _papers(life: Life, who: Rows, received: Days) -> None:
    told, helped, answered = (np.flatnonzero(life.chance(who, share)) for share in (0.85, 0.7, 0.75))
    life.book.tell(
        who[told], received[told] + life.wait(who[told], 4), "safeguards-given", {"reason": "first-due-process"}
    )
    said = {"what": "legal-help-information"}
    life.book.tell(who[helped], received[helped] + life.wait(who[helped], 5), "document-given", said)
    day = received[answered] + life.within(who[answered], 10, 0.1)
    life.book.tell(who[answered], day, "due-process-answered", {"by": "school"})
    doubted = np.flatnonzero(life.chance(who, 0.05))
    day = received[doubted] + life.between(who[doubted], 3, 14)
    life.book.tell(who[doubted], day, "sufficiency-challenged", by="party", days={"received_by_officer": day + 1})
    ruled = day + 1 + life.within(who[doubted], 5, 0.1)
    life.book.tell(who[doubted], ruled, "sufficiency-ruled", {"sufficient": True}, by="hearing-officer")


def _resolve(life: Life, who: Rows, received: Days, fast: Yes) -> None:
    turn = life.choice(who, [0.72, 0.2, 0.08])
    met, waived = np.flatnonzero(turn == 0), np.flatnonzero(turn == 1)
    limit = np.where(fast, 7, 15).astype(np.int32)
    day = received + life.within(who, limit, 0.12)
    hold_meeting(life, who[met], day[met], "resolution", 0.5)
    said = [{"about": about, "written": True} for about in ("waive-resolution", "use-mediation")]
    some = who[waived]
    life.book.tell(
        some, received[waived] + life.between(some, 3, 15), "agreement-made", said, by="party",
        which=life.choice(some, [0.6, 0.4]),
    )  # fmt: skip


def _end(life: Life, who: Rows, received: Days, complaint: Rows, fast: Yes) -> None:
    turn = life.choice(who, [0.45, 0.25, 0.05, 0.2, 0.05])
    hows = [{"how": how} for how in ("settled", "withdrawn", "dismissed")]
    closed = np.flatnonzero(turn < 3)
    some = who[closed]
    day = received[closed] + life.between(some, 8, 70)
    named = np.where(life.chance(some, 0.5), complaint[closed], -1)
    agreed = turn[closed] == 0
    life.book.tell(some[agreed], day[agreed] - 1, "settlement-signed", {"from": "resolution"}, by="party")
    life.book.tell(some, day, "due-process-closed", hows, which=turn[closed], by="party", refs={"of": named})
    heard = np.flatnonzero(turn == 3)
    _hear(life, who[heard], received[heard], complaint[heard], fast[heard])


def _hear(life: Life, who: Rows, received: Days, complaint: Rows, fast: Yes) -> None:
    first = life.school_day(who, received + np.where(fast, 22, life.between(who, 45, 60)))
    last = life.school_day(who, first + life.between(who, 0, 3))
    longer = ~fast & life.chance(who, 0.3)
    more = life.between(who, 15, 60)
    some = who[longer]
    life.book.tell(
        some, first[longer] - 8, "hearing-extended", {"asked_by": "parent"}, by="hearing-officer",
        days={"until": (received + 75 + more)[longer], "asked": first[longer] - 10},
    )  # fmt: skip
    shown = np.flatnonzero(life.chance(who, 0.8))
    life.book.tell(
        who[shown], first[shown] - life.between(who[shown], 5, 12), "evidence-disclosed", {"by": "school"}, by="party"
    )
    days = {"first_day": first, "last_day": last}
    life.book.tell(who, first, "hearing-held", by="hearing-officer", days=days)
    decided = np.where(longer, received + 70 + more, last + life.between(who, 6, 16)).astype(np.int32)
    decided = np.maximum(decided + np.where(life.chance(who, 0.08), life.tail(who), 0), last + 1)
    said = [{"for": side} for side in ("school", "parent", "mixed")]
    named = np.where(life.chance(who, 0.7), complaint, -1)
    life.book.tell(
        who, decided, "hearing-decided", said, which=life.choice(who, [0.55, 0.2, 0.25]), by="hearing-officer",
        days={"mailed": decided + life.between(who, 0, 2)}, refs={"of": named},
    )  # fmt: skip
    sued = np.flatnonzero(life.chance(who, 0.12))
    life.book.tell(
        who[sued], decided[sued] + life.between(who[sued], 20, 95), "civil-action-filed", {"court": "federal"},
        by="party",
    )  # fmt: skip


def _state_complaint(life: Life, who: Rows, filed: Days) -> None:
    _violation(life, who, filed)
    received = filed + life.choice(who, [0.4, 0.2, 0.2, 0.2])
    copied = np.where(life.chance(who, 0.8), filed + 6 * life.chance(who, 0.1), NEVER).astype(np.int32)
    said = [{"by": by, "issues": issues} for by in ("parent", "advocate") for issues in ISSUES]
    life.book.tell(
        who, filed, "state-complaint-filed", said, which=life.choice(who, [1 / 8] * 8), by="parent",
        days={"filed": filed, "received": received, "copy_to_agency": copied},
    )  # fmt: skip
    told = np.flatnonzero(life.chance(who, 0.7))
    said = [{"reason": "first-state-complaint"}]
    life.book.tell(who[told], received[told] + life.wait(who[told], 6), "safeguards-given", said)
    longer = life.chance(who, 0.08)
    some = who[longer]
    why = [{"why": why} for why in ("exceptional-circumstances", "agreed-mediation-or-adr")]
    life.book.tell(
        some, received[longer] + 50, "state-complaint-extended", why, which=life.choice(some, [0.6, 0.4]), by="sea",
        days={"until": received[longer] + 90},
    )  # fmt: skip
    decided = received + np.where(longer, life.between(who, 65, 90), life.within(who, 60, 0.08))
    done = np.flatnonzero(life.chance(who, 0.97))
    who, decided = who[done], decided[done]
    found = life.chance(who, 0.6)
    ways = [{"violation_found": True}, {"violation_found": False}]
    life.book.tell(who, decided, "state-complaint-decided", ways, which=(~found).astype(int), by="sea")
    some, day = who[found], decided[found]
    life.book.tell(some, day, "noncompliance-found", {"about": "services"}, by="sea")
    mended = np.flatnonzero(life.chance(some, 0.93))
    life.book.tell(
        some[mended], day[mended] + life.within(some[mended], 365, 0.06), "noncompliance-corrected", by="sea"
    )


def _mediation(life: Life, who: Rows, asked: Days) -> None:
    life.book.tell(who, asked, "mediation-asked", {"issues": "services"}, by=life.sides(who, 0.8))
    agreed = life.chance(who, 0.8)
    some, day = who[agreed], (asked + life.between(who, 3, 20))[agreed]
    life.book.tell(some, day, "agreement-made", {"about": "use-mediation", "written": True}, by="party")
    begun = day + life.wait(some, 25, at_least=2)
    life.book.tell(some, begun, "mediation-started", by="mediator")
    results = [{"result": result} for result in ("agreement", "no-agreement", "withdrawn")]
    which = life.choice(some, [0.7, 0.25, 0.05])
    ended = begun + life.between(some, 0, 30)
    life.book.tell(some, ended, "mediation-ended", results, which=which, by="mediator")
    signed = which == 0
    life.book.tell(some[signed], ended[signed], "settlement-signed", {"from": "mediation"}, by="party")


def _outside(life: Life, who: Rows, day: Days) -> None:
    """The parents want an evaluation by somebody outside, after one of the school that they do not agree with."""
    kept = life.tested[who] < day - 3
    who, day = who[kept], day[kept]
    said = [{"expense": expense, "areas": areas} for expense in ("public", "private") for areas in words.AREAS]
    asked = life.book.tell(
        who, day, "iee-requested", said, which=8 * life.chance(who, 0.12) + life.choice(who, [1 / 8] * 8),
        by="parent", refs={"of_evaluation": life.evaluation[who]},
    )  # fmt: skip
    who, day = who[asked >= 0], day[asked >= 0]
    told, agreed = (np.flatnonzero(life.chance(who, share)) for share in (0.7, 0.72))
    life.book.tell(who[told], day[told] + life.wait(who[told], 8), "document-given", {"what": "iee-information"})
    life.book.tell(who[agreed], day[agreed] + life.wait(who[agreed], 16), "iee-agreed")
    some = who[agreed]
    shared = day[agreed] + life.between(some, 60, 150)
    life.book.tell(some, shared, "outside-evaluation-shared", {"expense": "public"}, by="parent")
    seen = np.flatnonzero(life.chance(some, 0.85))
    life.book.tell(some[seen], shared[seen] + life.wait(some[seen], 20), "outside-evaluation-considered")
