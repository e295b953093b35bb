"""Removals from school: most children none, some one, a few so many that the days add up."""

from __future__ import annotations

from typing import Final

import numpy as np

from gameplan.audit.synth.arrays import NEVER, Days, Rows, Yes
from gameplan.audit.synth.life import Life
from gameplan.audit.synth.plan import hold_meeting

SHARE: Final = 0.05
"""Children of school age who are removed in some year of their file."""

AGAIN: Final = 0.55
MOST: Final = 7
KINDS: Final = ("suspension", "in-school-suspension", "sent-home", "other-setting")
CONDUCT: Final = [
    {"what": "fight"}, {"what": "disruption"}, {"what": "threat"},
    {"what": "brought a knife", "special": "weapon"}, {"what": "had pills", "special": "drugs"},
]  # fmt: skip


def remove(life: Life) -> None:
    """The removals of one school year for that share of the children."""
    who = life.everybody(SHARE)
    day = life.some_day(who)
    old = life.age(who, day) > 6
    who, day = who[old], day[old]
    served = np.zeros(len(who), dtype=np.int64)
    for _ in range(MOST):
        day = life.school_day(who, day)
        served += _one(life, who, day, served)
        again = life.chance(who, AGAIN)
        who, day, served = who[again], day[again] + life.between(who[again], 12, 45), served[again]


def _one(life: Life, who: Rows, day: Days, before: Rows) -> Rows:
    """One removal of each child: how many school days of it count."""
    what = life.choice(who, [0.4, 0.4, 0.15, 0.03, 0.02])
    conduct = life.book.tell(who, day, "conduct-happened", CONDUCT, which=what)
    number = life.choice(who, [0.0, 0.34, 0.2, 0.22, 0.06, 0.15, 0.0, 0.0, 0.0, 0.0, 0.03])
    number = np.where(life.chance(who, 0.012), 15, np.where(life.chance(who, 0.008), 45, number))
    special = (what >= 3) & life.chance(who, 0.6)
    kind = life.choice(who, [0.68, 0.22, 0.05, 0.05])
    changes = (number > 10) | special | ((before + number > 10) & life.chance(who, 0.6))
    said, which = _orders(number, np.where(special, len(KINDS), kind), changes, life.chance(who, 0.8))
    begun = life.school_days_after(who, day, np.ones(len(who), dtype=np.int64))
    served, lists = _served(life, who, begun, number)
    life.book.tell(
        who, day, "removal-ordered", said, which=which, days={"decided": day, "from": begun},
        refs={"conduct": conduct}, lists=lists,
    )  # fmt: skip
    told = life.chance(who, np.where(changes, 0.9, 0.3))
    life.book.tell(who[told], day[told], "parent-told-of-removal")
    _long(life, who[changes], day[changes])
    _add_up(life, who, served, before + number)
    back = life.chance(who, np.where(number > 9, 0.8, 0.15))
    after = life.school_days_after(who, begun, number)
    life.book.tell(who[back], after[back], "child-returned")
    return np.where(kind == 1, 0, number)


def _orders(number: Rows, kind: Rows, changes: Yes, kept: Yes) -> tuple[list[dict[str, object]], Rows]:
    """The different orders that occur here, and which of them each child got."""
    keys = np.stack([number, kind, changes, kept & (kind == 1)], axis=1).astype(np.int64)
    found, which = np.unique(keys, axis=0, return_inverse=True)
    names = (*KINDS, "iaes")
    orders: list[dict[str, object]] = []
    for days, name, change, learns in found.tolist():
        order: dict[str, object] = {"school_days": days, "kind": names[name], "change_of_placement": bool(change)}
        if names[name] == "in-school-suspension":
            order["kept_learning"] = bool(learns)
        orders.append(order)
    return orders, which.reshape(-1)


def _served(life: Life, who: Rows, begun: Days, number: Rows) -> tuple[Days, dict[str, Days]]:
    """The last day out as ordered, and for some children the very days they were out."""
    steps = [begun] + [life.school_days_after(who, begun, np.full(len(who), step)) for step in range(1, 10)]
    days = np.stack(steps, axis=1) if len(who) else np.empty((0, 10), dtype=np.int32)
    listed = (np.arange(10) < number[:, None]) & (life.chance(who, 0.2) & (number <= 10))[:, None]
    listed &= days <= life.until
    last = np.clip(number - 1, 0, 9)
    return days[np.arange(len(who)), last], {"served_days": np.where(listed, days, NEVER).astype(np.int32)}


def _long(life: Life, who: Rows, day: Days) -> None:
    """What a change of placement brings: rights, a review of the reasons, a plan for the behavior."""
    told = life.chance(who, 0.85)
    late = np.where(life.chance(who, 0.9), 0, life.between(who, 1, 6))
    life.book.tell(who[told], (day + late)[told], "safeguards-given", {"reason": "discipline"})
    met = life.school_days_after(who, day, np.where(life.chance(who, 0.08), 14, life.between(who, 3, 10)))
    held = life.chance(who, 0.93)
    who, met = who[held], met[held]
    hold_meeting(life, who, met, "manifestation", 0.6)
    said: list[dict[str, object]] = [
        {"is_manifestation": True, "because": "disability"},
        {"is_manifestation": True, "because": "iep-not-implemented"},
        {"is_manifestation": False},
    ]
    which = life.choice(who, [0.38, 0.07, 0.55])
    life.book.tell(who, met, "manifestation-decided", said, which=which)
    planned = (which < 2) & life.chance(who, 0.85)
    some = who[planned]
    after = met[planned] + life.wait(some, 15)
    plans = [{"what": what} for what in ("fba", "bip-new", "bip-reviewed")]
    life.book.tell(some, after, "behavior-plan-done", plans, which=life.choice(some, [0.4, 0.4, 0.2]))


def _add_up(life: Life, who: Rows, last: Days, total: Rows) -> None:
    """After ten days in all: services, and somebody compares what happened each time."""
    over = total > 10
    helped = over & life.chance(who, 0.7)
    some = who[helped]
    after = last[helped] + life.between(some, 0, 4)
    given = [{"given": True}, {"given": False}]
    life.book.tell(some, after, "services-in-removal", given, which=life.choice(some, [0.9, 0.1]))
    compared = over & life.chance(who, 0.6)
    some = who[compared]
    similar = [{"similar": True}, {"similar": False}]
    day = last[compared] + life.between(some, 0, 7)
    life.book.tell(some, day, "conduct-compared", similar, which=life.choice(some, [0.4, 0.6]))
