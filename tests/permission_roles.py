"""What each role may do in a case that family and school hold together, written down once more, by hand."""

from __future__ import annotations

import os

from gameplan.people.roles import ROLES, Action
from tests.drill import IS_DRILL

READ, WRITE, SHARE = Action.READ, Action.WRITE, Action.SHARE
LETTER, PLAN, OFFER, ANSWER, PEOPLE = Action.LETTER, Action.PLAN, Action.OFFER, Action.ANSWER, Action.PEOPLE
SHOW = Action.SHOW

# The test holds the program's own table (`people.roles`) against it. Who is not in a case, or without a post there,
# gets 404.
_DECIDES = {READ, WRITE, LETTER, ANSWER, PEOPLE, SHOW, SHARE}
_LEADS = {READ, WRITE, PLAN, OFFER, PEOPLE, SHARE}
_DRAFTS = {READ, WRITE, PLAN}
MAY: dict[str, set[Action]] = {
    "parent": _DECIDES,
    "guardian": _DECIDES,
    "foster-parent": _DECIDES,
    "surrogate": _DECIDES,
    "adult-student": _DECIDES,
    "advocate": {READ, WRITE, LETTER},
    "helper": {READ},
    "interpreter": {READ},
    "iep-manager": _LEADS,
    "special-teacher": _DRAFTS,
    "general-teacher": _DRAFTS,
    "evaluator": _DRAFTS,
    "provider": _DRAFTS,
    "aide": {READ, WRITE},
    "district-representative": _LEADS,
    "district-director": _LEADS,
    "state-monitor": {READ},
}
# A parent from whom a court took the educational rights sees and adds, and decides nothing.
WITHOUT_RIGHTS = {READ, WRITE, LETTER, SHARE}


def _alike() -> tuple[str, ...]:
    kinds = {(ROLES[role].side, ROLES[role].by_post, frozenset(MAY[role])): role for role in reversed(MAY)}
    return tuple(role for role in MAY if role in kinds.values())


ALIKE = _alike()
"""One role of each kind: of those that may the same, the first."""

IS_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
WALKED = tuple(MAY) if IS_DRILL else ("parent", "iep-manager") if IS_POSTGRESQL else ALIKE
"""The roles that are walked through every page: one of each kind at each change, all of them in a drill.

Who may what is settled by side, post and what a role may; nothing else of it is known to the doors. It is settled
before anything is asked of a database, so a second database is tried with one role of each side.
"""
