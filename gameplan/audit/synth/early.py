"""From early intervention (birth to three) to the school district: told, met, evaluated, an IEP by the birthday."""

from __future__ import annotations

import numpy as np

from gameplan.audit.synth.arrays import NEVER, YEAR, Days, Rows
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.plan import hold_meeting
from gameplan.audit.synth.referral import consent, evaluate

TOLD_LATE = 0.08


def turn_three(life: Life, who: Rows) -> None:
    """The way of children whose file begins in early intervention, around their third birthday."""
    birthday = life.born[who] + 3 * YEAR + 1
    begun = life.chance(who, 0.75)
    since = birthday - life.between(who, 200, 700)
    life.book.tell(who[begun], since[begun], "part-c-services", by=life.sides(who[begun], 0.4))
    _handed_over(life, who, birthday)
    asked = birthday - life.between(who, 95, 150)
    some = np.flatnonzero(life.chance(who, 0.91))
    _evaluated(life, who[some], asked[some], birthday[some])


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
    given = consent(life, who, asked, "initial-evaluation", 0.95, asked=0.8)
    _instead(life, who, birthday)
    evaluate(life, who, given, asked, birthday)


def _instead(life: Life, who: Rows, birthday: Days) -> None:
    """For a few, the early plan goes on in the place of an IEP, by agreement."""
    some = np.flatnonzero(life.chance(who, 0.03))
    day = birthday[some] - 20
    life.book.tell(who[some], day, "agreement-made", {"about": "ifsp-as-iep", "written": True}, by="party")
    life.book.tell(who[some], day + 2, "document-given", {"what": "ifsp-iep-differences"})
    given = np.where(life.chance(some, 0.9), day + 4, NEVER).astype(np.int32)
    days = {"signed": given, "received": given}
    life.book.tell(who[some], given, "consent-given", {"for": "ifsp-as-iep"}, by="parent", days=days)
