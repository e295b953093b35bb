"""From early intervention (birth to three) to the school district: told, met, evaluated, an IEP by the birthday."""

from __future__ import annotations

import numpy as np

from gameplan.audit.synth import words
from gameplan.audit.synth.arrays import NEVER, YEAR, Days, Rows
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.plan import adopt, follow, hold_meeting

TOLD_LATE = 0.08
PLAN_LATE = 0.06


def turn_three(life: Life, who: Rows) -> None:
    """The way of children whose file begins in early intervention, around their third birthday."""
    birthday = life.born[who] + 3 * YEAR + 1
    begun = life.chance(who, 0.75)
    since = birthday - life.between(who, 200, 700)
    life.book.tell(who[begun], since[begun], "part-c-services", by=life.sides(who[begun], 0.4))
    _handed_over(life, who, birthday)
    asked = birthday - life.between(who, 95, 150)
    turn = life.choice(who, [0.86, 0.05, 0.09])
    some = np.flatnonzero(turn == 0)
    _evaluated(life, who[some], asked[some], birthday[some])
    no = np.flatnonzero(turn == 1)
    life.book.tell(
        who[no], asked[no] + 8, "consent-refused", {"for": "initial-evaluation", "silent": False}, by="parent"
    )


def _handed_over(life: Life, who: Rows, birthday: Days) -> None:
    told = life.chance(who, 0.96)
    ahead = np.where(life.chance(who, TOLD_LATE), life.between(who, 10, 89), life.between(who, 91, 200))
    day = birthday - ahead
    life.book.tell(who[told], day[told], "part-c-notified", by="part-c")
    planned = life.chance(who, 0.85)
    ahead = np.where(life.chance(who, TOLD_LATE), life.between(who, 20, 89), life.between(who, 91, 240))
    life.book.tell(who[planned], (birthday - ahead)[planned], "part-c-plan-made", by="part-c")
    refused = life.chance(who, 0.03)
    life.book.tell(
        who[refused], day[refused] + 10, "consent-refused", {"for": "transition-conference", "silent": False},
        by="parent",
    )  # fmt: skip
    met = ~refused & life.chance(who, 0.95)
    ahead = np.where(life.chance(who, TOLD_LATE), life.between(who, 15, 89), life.between(who, 91, 230))
    hold_meeting(life, who[met], life.weekday((birthday - ahead)[met]), "transition-conference", 0.6)


def _evaluated(life: Life, who: Rows, asked: Days, birthday: Days) -> None:
    path = life.chance(who, 0.4)
    life.book.tell(who[path], asked[path] - 1, "special-path", {"path": "preschool"})
    some = np.flatnonzero(life.chance(who, 0.8))
    life.book.tell(who[some], asked[some], "consent-requested", {"for": "initial-evaluation"})
    signed = asked + life.between(who, 1, 14)
    received = signed + life.choice(who, [0.7, 0.15, 0.15])
    days = {"signed": signed, "received": received}
    life.book.tell(who, signed, "consent-given", {"for": "initial-evaluation"}, by="parent", days=days)
    taken = life.within(who, 58, 0.05)
    completed = life.weekday(received + taken)
    kinds = len(words.FIRST_EVALUATIONS)
    which = life.choice(who, [1 / kinds] * kinds)
    rows = life.book.tell(who, completed, "evaluation-completed", words.FIRST_EVALUATIONS, which=which)
    life.was_evaluated(who, completed, rows)
    eligible = life.chance(who, 0.87)
    decided = completed + life.between(who, 0, 10)
    said = words.ELIGIBLE + words.NOT_ELIGIBLE
    which = np.where(eligible, 5 * life.chance(who, 0.6), len(words.ELIGIBLE))
    life.book.tell(who, decided, "eligibility-determined", said, which=which)
    _first_plan_by(life, who[eligible], decided[eligible], birthday[eligible])


def _first_plan_by(life: Life, who: Rows, decided: Days, birthday: Days) -> None:
    late = life.chance(who, PLAN_LATE)
    room = np.clip(birthday - decided - 1, 1, 29)
    met = decided + np.minimum(1 + (room * life.rng.random(len(who))).astype(np.int32), room)
    met = life.weekday(np.where(late, birthday + life.tail(who), met))
    hold_meeting(life, who, met, "initial-iep", 0.9)
    adopted = np.where(met < birthday - 10, met + life.between(who, 0, 5), met)
    _instead(life, who, adopted)
    adopt(life, who, adopted, words.FIRST_IEPS)
    agreed = life.chance(who, 0.96)
    who, adopted, birthday = who[agreed], adopted[agreed], birthday[agreed]
    life.book.tell(
        who, adopted, "consent-given", {"for": "initial-services"}, by="parent",
        days={"signed": adopted, "received": adopted},
    )  # fmt: skip
    start = life.school_day(who, np.maximum(adopted, birthday) + life.between(who, 0, 6))
    life.book.tell(who, start, "services-started", words.SERVICES, which=np.ones(len(who), dtype=np.int64))
    follow(life, who)


def _instead(life: Life, who: Rows, adopted: Days) -> None:
    """For a few, the early plan goes on in the place of an IEP, by agreement."""
    some = np.flatnonzero(life.chance(who, 0.03))
    day = adopted[some] - 9
    life.book.tell(who[some], day, "agreement-made", {"about": "ifsp-as-iep", "written": True}, by="party")
    life.book.tell(who[some], day + 2, "document-given", {"what": "ifsp-iep-differences"})
    given = np.where(life.chance(some, 0.9), day + 4, NEVER).astype(np.int32)
    days = {"signed": given, "received": given}
    life.book.tell(who[some], given, "consent-given", {"for": "ifsp-as-iep"}, by="parent", days=days)
