"""What happens beside the plan: moves, records, Section 504, a surrogate parent, a private school."""

from __future__ import annotations

from typing import Final

import numpy as np

from gameplan.audit.synth import words
from gameplan.audit.synth.arrays import NEVER, Days, Rows, Yes
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.places import NO_STATE, STATES
from gameplan.audit.synth.plan import adopt

MOVES: Final = 0.045
LEAVES: Final = 0.012
RECORDS: Final = 0.05
SURROGATE: Final = 0.004
PRIVATE: Final = 0.003


def happen(life: Life) -> None:
    """Moves, requests for records and rarer things for some of the children, at some time of their file."""
    for share, story in ((RECORDS, _records), (SURROGATE, _surrogate), (PRIVATE, _private), (MOVES, _moves)):
        who = life.everybody(share)
        story(life, who, life.some_day(who))


def leave(life: Life) -> None:
    """A few children leave their district for good: their files end there. To be called before the life lines."""
    who = life.everybody(LEAVES)
    day = life.some_day(who)
    to = [{"to_state": code} for code in STATES]
    which = life.rng.integers(0, len(to), len(who))
    life.book.tell(who, day, "child-moved", to, which=which, by=life.sides(who, 0.6))
    life.book.close(who, day)


def _moves(life: Life, who: Rows, day: Days) -> None:
    """The child comes from another district, of the same State or another, with an IEP or without."""
    kept = life.states[who] != NO_STATE
    who, day = who[kept], life.school_day(who[kept], day[kept])
    here = life.states[who]
    # A neighbour in the alphabet stands for a neighbour on the map: few pairs, so few different texts.
    there = np.where(life.chance(who, 0.25), (here + life.between(who, 1, 3)) % NO_STATE, here)
    had = life.planned_since[who] < day
    same = life.chance(who, 0.7)
    said, which = _enrolments(here, there, had, same)
    left = np.flatnonzero(life.chance(who, 0.3))
    life.book.tell(who[left], day[left] - 7, "leaving-notice", {"written": True}, by="parent")
    life.book.tell(who, day, "enrolled", said, which=which, by=life.sides(who, 0.3))
    asked = np.flatnonzero(had & life.chance(who, 0.92))
    when = day[asked] + life.wait(who[asked], 6)
    life.book.tell(who[asked], when, "transfer-records-asked", by="new-school")
    sent = np.flatnonzero(life.chance(asked, 0.94))
    rows = asked[sent]
    life.book.tell(who[rows], when[sent] + life.within(rows, 12, 0.15), "transfer-records-sent", by="old-school")
    taken = np.flatnonzero(had & same & life.chance(who, 0.85))
    adopt(life, who[taken], day[taken] + life.wait(who[taken], 28, at_least=1), words.IEPS, by="new-school")


def _enrolments(here: Rows, there: Rows, had: Yes, same: Yes) -> tuple[list[dict[str, object]], Rows]:
    keys = np.stack([here, there, had, same], axis=1).astype(np.int64)
    found, which = np.unique(keys, axis=0, return_inverse=True)
    said: list[dict[str, object]] = [
        {
            "agency": "the new district", "setting": "public", "state": STATES[one], "previous_state": STATES[other],
            "had_iep": bool(plan), "same_school_year": bool(year),
        }
        for one, other, plan, year in found.tolist()
    ]  # fmt: skip
    return said, which.reshape(-1)


def _records(life: Life, who: Rows, day: Days) -> None:
    life.book.tell(who, day, "records-requested", by="parent")
    shown = np.flatnonzero(life.chance(who, 0.94))
    said = [{"scope": "all"}, {"scope": "part"}, {}]
    when = day[shown] + life.within(who[shown], 45, 0.08)
    life.book.tell(who[shown], when, "records-shown", said, which=life.choice(shown, [0.6, 0.1, 0.3]))
    wrong = np.flatnonzero(life.chance(shown, 0.1))
    some, when = who[shown][wrong], when[wrong] + life.between(wrong, 2, 40)
    life.book.tell(some, when, "record-change-requested", {"what": "a wrong date"}, by="parent")
    told: list[words.Said] = [{"amended": True}, {"amended": False, "told_of_hearing": True}]
    decided = life.choice(some, [0.7, 0.3])
    life.book.tell(some, when + life.wait(some, 20), "record-change-decided", told, which=decided)
    heard = (decided == 1) & life.chance(some, 0.4)
    rest, when = some[heard], when[heard] + 60
    life.book.tell(rest, when, "record-hearing-requested", by="parent")
    life.book.tell(rest, when + life.wait(rest, 25), "record-hearing-held")


def _surrogate(life: Life, who: Rows, day: Days) -> None:
    why = [{"why": why} for why in ("no-parent-identified", "cannot-locate", "ward-of-state")]
    life.book.tell(who, day, "surrogate-needed", why, which=life.choice(who, [0.2, 0.2, 0.6]))
    named = np.flatnonzero(life.chance(who, 0.95))
    when = day[named] + life.within(who[named], 30, 0.12)
    life.book.tell(who[named], when, "surrogate-assigned", {"who": "a trained volunteer"})


def _private(life: Life, who: Rows, day: Days) -> None:
    told = np.flatnonzero(life.chance(who, 0.7))
    said = [{"how": how, "has_concerns": True, "has_intent": True} for how in ("in-writing", "at-iep-meeting")]
    when = day[told] - life.between(who[told], 5, 30)
    life.book.tell(who[told], when, "private-notice-given", said, which=life.choice(told, [0.7, 0.3]), by="parent")
    life.book.tell(who, day, "private-removal", {"school": "a private school"}, by="parent")


def need_504(life: Life, who: Rows, day: Days) -> None:
    """Children with a health problem or disability, but no IEP: Section 504, evaluated and decided."""
    known = life.chance(who, 0.4)
    what = [{"what": what} for what in ("diabetes", "asthma", "attention", "anxiety")]
    some = who[known]
    life.book.tell(
        some, day[known], "condition-known", what, which=life.choice(some, [0.2, 0.3, 0.3, 0.2]),
        by=life.sides(some, 0.8),
    )  # fmt: skip
    asked = day + np.where(known, life.wait(who, 20), 0)
    said = life.chance(who, 0.85)
    life.book.tell(who[said], asked[said], "section-504-requested", by=life.sides(who[said], 0.7))
    _decide_504(life, who, asked)


def _decide_504(life: Life, who: Rows, asked: Days) -> None:
    done = np.flatnonzero(life.chance(who, 0.9))
    who, day = who[done], life.school_day(who[done], asked[done] + life.wait(who[done], 40, at_least=5))
    said = [{"type": "section-504", "areas": areas} for areas in (["health"], ["attention"], ["behavior"])]
    life.book.tell(who, day, "evaluation-completed", said, which=life.choice(who, [0.5, 0.3, 0.2]))
    met = np.flatnonzero(life.chance(who, 0.5))
    life.book.tell(
        who[met], day[met] + 4, "meeting-held", words.meeting("section-504"), which=life.choice(met, [1 / 9] * 9)
    )
    eligible = life.chance(who, 0.85)
    decided = day + life.between(who, 0, 20)
    life.book.tell(
        who, decided, "section-504-decided", [{"eligible": True}, {"eligible": False}], which=(~eligible).astype(int)
    )
    while len(who):
        told = np.flatnonzero(life.chance(who, 0.6))
        life.book.tell(who[told], decided[told] + 30, "document-given", {"what": "section-504-notice"})
        decided = decided + life.between(who, 340, 390)
        again = np.flatnonzero(eligible & life.chance(who, 0.35))
        life.book.tell(who[again], decided[again], "evaluation-completed", said, which=np.zeros(len(again), dtype=int))
        on = (decided <= life.until) & (decided < NEVER)
        who, decided, eligible = who[on], decided[on], eligible[on]
