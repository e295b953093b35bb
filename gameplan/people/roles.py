"""The roles: on which side of a case somebody stands, and what they may do there. One table; the door reads it.

A role in a case comes from being one of its people (`cases.Member`), or from a post in an organisation that the child's
school belongs to (`Post`). What is not in the table is not allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gameplan.core.words import Say


class Action(StrEnum):
    """What somebody wants to do with a case."""

    READ = "read"
    WRITE = "write"  # add facts, papers and calendars; comment
    LETTER = "letter"  # the family's own desk: letters, and what it keeps to itself
    PLAN = "plan"  # write what a plan, an evaluation or a meeting says, before it is offered
    OFFER = "offer"  # act for the school: propose a plan, send notices, ask for consent, invite to a meeting
    ANSWER = "answer"  # decide for the child: say yes or no, sign
    PEOPLE = "people"  # invite and remove people on one's own side
    SHOW = "show"  # say which school holds the case, and what it sees of what the family wrote
    SHARE = "share"  # take a copy out
    DELETE = "delete"


class Side(StrEnum):
    """On which side of a case somebody stands."""

    FAMILY = "family"
    SCHOOL = "school"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its id, its English title, its side, and what it may do.

    `by_post`: reached through an organisation, for all children there; otherwise case by case.
    `decides`: this person may hold the educational rights (34 CFR 300.30, 300.519, 300.520).
    """

    id: str
    title: Say
    side: Side
    may: frozenset[Action]
    by_post: bool = False
    decides: bool = False


_READ = frozenset({Action.READ})
_ADDS = _READ | {Action.WRITE}
_DRAFTS = _ADDS | {Action.PLAN}
_LEADS = _DRAFTS | {Action.OFFER, Action.PEOPLE, Action.SHARE}
_DECIDES = _ADDS | {Action.LETTER, Action.ANSWER, Action.PEOPLE, Action.SHOW, Action.SHARE}

ROLES = {
    role.id: role
    for role in (
        Role("parent", Say("Parent"), Side.FAMILY, _DECIDES, decides=True),
        Role("guardian", Say("Guardian"), Side.FAMILY, _DECIDES, decides=True),
        Role("foster-parent", Say("Foster parent"), Side.FAMILY, _DECIDES, decides=True),
        Role("surrogate", Say("Surrogate parent"), Side.FAMILY, _DECIDES, decides=True),
        Role("adult-student", Say("Adult student"), Side.FAMILY, _DECIDES, decides=True),
        Role("advocate", Say("Advocate"), Side.FAMILY, _ADDS | {Action.LETTER}),
        Role("helper", Say("Helper of the family"), Side.FAMILY, _READ),
        Role("interpreter", Say("Interpreter"), Side.NEITHER, _READ),
        Role("iep-manager", Say("IEP manager"), Side.SCHOOL, _LEADS),
        Role("special-teacher", Say("Special education teacher"), Side.SCHOOL, _DRAFTS),
        Role("general-teacher", Say("General education teacher"), Side.SCHOOL, _DRAFTS),
        Role("evaluator", Say("School psychologist or evaluator"), Side.SCHOOL, _DRAFTS),
        Role("provider", Say("Service provider"), Side.SCHOOL, _DRAFTS),
        Role("aide", Say("Classroom aide"), Side.SCHOOL, _ADDS),
        Role("district-representative", Say("District representative"), Side.SCHOOL, _LEADS),
        Role("district-director", Say("District director"), Side.SCHOOL, _LEADS, by_post=True),
        Role("state-monitor", Say("State monitor"), Side.NEITHER, _READ, by_post=True),
        Role("installer", Say("Installer"), Side.NEITHER, frozenset(), by_post=True),
    )
}

# Who leads children's cases in an organisation, and so answers for it when a case is brought to it.
LEADS = frozenset(role.id for role in ROLES.values() if {Action.OFFER, Action.PEOPLE} <= role.may)

# A case that no school has joined: the family keeps the whole file, and writes down what the school did.
ALONE = frozenset(Action)
# What only the holder of the educational rights does.
RIGHTS = frozenset({Action.ANSWER, Action.PEOPLE, Action.SHOW, Action.DELETE})


def allowed(role_id: str, *, joined: bool, decides: bool = True) -> frozenset[Action]:
    """What somebody in this role may do with a case.

    `joined`: a school holds the case too. `decides`: this person holds the educational rights; without them a parent
    sees and adds, and neither signs nor says who else comes in (34 CFR 300.30(b), 300.520; 34 CFR 99.4).
    """
    role = ROLES.get(role_id)
    if role is None:
        return frozenset()
    found = ALONE if role.decides and not joined else role.may
    return found - RIGHTS if role.decides and not decides else found


def may(role_id: str, action: Action, *, joined: bool, decides: bool = True) -> bool:
    """True if somebody in this role may do that with a case (see `allowed`)."""
    return action in allowed(role_id, joined=joined, decides=decides)


def side_of(role_id: str) -> Side:
    """The side of a role; a role that is not known stands on neither."""
    role = ROLES.get(role_id)
    return role.side if role else Side.NEITHER
