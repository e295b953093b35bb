"""Whom a duty concerns: who is reminded of it, and in whose calendar it stands. One table, by role.

The law says which side owes a duty, not which of its people. So the IEP manager hears of all that the school owes,
the evaluator of what belongs to testing, the district of what is late; teachers and providers of nothing, unless they
ask. The people of the family who decide hear of both sides' duties: what the school owes is owed to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameplan.exchange.deadlines_ics import NOT_DATES
from gameplan.people.roles import ROLES, Side, side_of
from gameplan.watch.models import Due

OWE = {
    Side.FAMILY: frozenset({"parent", "student", "party", "anyone"}),
    Side.SCHOOL: frozenset({"school", "new-school", "old-school", "team-member", "party", "anyone"}),
}
TESTING = frozenset({"evaluation", "eligibility", "iee"})
NOT_REMINDED = NOT_DATES | {"period"}
RESTING = frozenset({"paused", "not-started"})


def owes(due: Due, side: Side) -> bool:
    """True if that side of the case has to do it."""
    return not OWE.get(side, frozenset()).isdisjoint(due.owed_by)


def _always(_due: Due) -> bool:
    return True


CONCERNS: Mapping[str, Callable[[Due], bool]] = {
    "iep-manager": lambda due: owes(due, Side.SCHOOL),
    "evaluator": lambda due: owes(due, Side.SCHOOL) and due.area in TESTING,
    "district-representative": lambda due: owes(due, Side.SCHOOL) and due.status == "late",
    **{role.id: _always for role in ROLES.values() if role.side is Side.FAMILY and role.decides},
}


def concerns(due: Due, role: str) -> bool:
    """True if somebody in this role is reminded of the duty: it has a day that counts, and it is theirs to know of."""
    if due.side != side_of(role) or due.kind in NOT_REMINDED or due.status in RESTING:
        return False
    asks = CONCERNS.get(role)
    return asks is not None and asks(due)
