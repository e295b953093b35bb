"""A meeting as it was written on the form `meeting`: read into a `Meeting`, and the circumstances that it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from gameplan.core.words import Say
from gameplan.law.content_check import ContentCheck
from gameplan.law.contents import content_list
from gameplan.law.team import TEAM, Excusal
from gameplan.plans.circumstances import circumstances_of
from gameplan.plans.meeting import (
    PART,
    AgendaItem,
    Interpreter,
    Invited,
    Leave,
    Meeting,
    PossibleTime,
    notice_check,
    roster_check,
)
from gameplan.plans.plan import Plan, Row

KIND: Final = "meeting"
YEARLY: Final = ("initial-iep", "annual-review")
TEAM_KINDS: Final = (*YEARLY, "iep-other", "reevaluation-planning")
"""Meetings of the whole IEP team (34 CFR 300.321, 300.305). For the others the law names other people."""
OTHER_NOTICE: Final = ("section-504", "resolution", "transition-conference")
"""Meetings whose invitation 34 CFR 300.322(b) and 300.501(b) say nothing of."""
FIRST: Final = "initial-iep"
TIMES: Final = "times"
WORKS_FOR: Final = "works-for"
CAME_AS: Final = {"left-early": PART}
"""Where the word of the form is not that of `meeting.TOOK_PART`."""
OTHERS: Final = "others"
NOT_OF_AGE: Final = ("student-invited", "agencies")
"""A younger child may be invited too: that alone does not make it a meeting on life after school."""
PRINTED: Final = frozenset({"may-bring-others", "part-c-invite"})


def meeting_of(plan: Plan) -> Meeting:
    """The meeting that is written in a plan on the form `meeting`. Rows without a name or a day are not there yet."""
    said = plan.value
    return Meeting(
        kinds=tuple(said("purposes") or ()),
        on=plan.day("day"),
        at=str(said("time") or ""),
        place=str(said("place") or ""),
        means=str(said("means") or "in-person"),
        times=tuple(_time(row) for row in plan.rows(TIMES) if row.get("day")),
        invited=tuple(_invited(row) for row in plan.rows("invited") if row.get("name")),
        interpreter=_interpreter(plan),
        agenda=tuple(_topic(row) for row in plan.rows("agenda") if row.get("topic")),
        leaves=tuple(_leave(row, plan.day("day")) for row in plan.rows("excusals") if row.get("role")),
        notice_says=frozenset(_notice_says(plan)),
        parents_tried=True if said("tries") else None,
        notes=str(said("notes") or ""),
        decisions=tuple(str(row["what"]) for row in plan.rows("decisions") if row.get("what")),
        dissent=tuple(_joined(row.get("who"), row.get("view")) for row in plan.rows("dissents") if row.get("view")),
    )


def names_in(words: object) -> tuple[str, ...]:
    """The names in a line of names, each once."""
    return tuple(dict.fromkeys(one.strip() for one in str(words or "").split(",") if one.strip()))


def is_of_team(meeting: Meeting) -> bool:
    """True if the whole IEP team meets, as far as the purposes say; so too while there is no purpose yet."""
    return not meeting.kinds or bool(set(meeting.kinds) & set(TEAM_KINDS))


def has_notice_rule(meeting: Meeting) -> bool:
    """True if the law says what the invitation to such a meeting must hold; so too while there is no purpose yet."""
    return not meeting.kinds or not set(meeting.kinds) <= set(OTHER_NOTICE)


def meeting_circumstances(plan: Plan, on: date) -> dict[str, bool | None]:
    """The circumstances of a meeting: from its questions, the child's age on its day, and its purposes.

    `on` is today; it counts only while the meeting has no day.
    """
    kinds, day = tuple(plan.value("purposes") or ()), plan.day("day")
    content = {name: value for name, value in plan.content.items() if name not in NOT_OF_AGE}
    if day and set(kinds) & set(YEARLY):
        # The plan of this meeting is in use for a year from it.
        content["start"] = day.isoformat()
    known = circumstances_of(replace(plan, content=content), day or on)
    if kinds and not set(kinds) & set(TEAM_KINDS):
        known["age-16"] = False
    if kinds and FIRST not in kinds:
        known["was-in-part-c"] = False
    if known["transition-discussed"] is None and known["age-16"] is False:
        known["transition-discussed"] = False
    for needed, name in (("transition-discussed", "transition-agency-consent"), ("was-in-part-c", "part-c-asked")):
        if known[needed] is False:
            known[name] = False
    return known


def team_of(plan: Plan, on: date) -> ContentCheck:
    """The people of a written meeting against 34 CFR 300.321."""
    return roster_check(meeting_of(plan), meeting_circumstances(plan, on))


def notice_of(plan: Plan, on: date) -> ContentCheck:
    """The invitation of a written meeting against 34 CFR 300.322(b), as the printed invitation says it."""
    return notice_check(meeting_of(plan), meeting_circumstances(plan, on))


def _time(row: Row) -> PossibleTime:
    return PossibleTime(date.fromisoformat(row["day"]), str(row.get("time") or ""), names_in(row.get(WORKS_FOR)))


def _invited(row: Row) -> Invited:
    came = str(row.get("came") or "")
    return Invited(str(row["name"]), roles_of(row), took_part=CAME_AS.get(came, came))


def roles_of(row: Row) -> tuple[str, ...]:
    """The roles of the law that somebody fills. Words of their own, such as "Grandmother", are the role `others`."""
    known = {item.id for item in content_list(TEAM).items}
    said = (row.get("role"), row.get("also"))
    return tuple(dict.fromkeys(one if one in known else OTHERS for one in said if one))


def _interpreter(plan: Plan) -> Interpreter | None:
    if not plan.value("interpreter"):
        return None
    return Interpreter(str(plan.value("interpreter-language") or ""), arranged=plan.day("interpreter-arranged"))


def _topic(row: Row) -> AgendaItem:
    minutes = row.get("minutes")
    return AgendaItem(str(row["id"]), Say("{topic}", {"topic": row["topic"]}), int(minutes) if minutes else None)


def _leave(row: Row, day: date | None) -> Leave:
    agreed, came = _day(row, "agreed-on"), _day(row, "input-on")
    in_writing = True if agreed and row.get("parent-agreed") is None else row.get("parent-agreed")
    # Input of the day itself may have come before the meeting or after it.
    before = came < day if came and day and came != day else None
    excusal = Excusal(str(row["role"]), row.get("discussed"), in_writing, row.get("school-agreed"), before)
    return Leave(excusal, agreed, str(row.get("input") or ""), came)


def _day(row: Row, name: str) -> date | None:
    return date.fromisoformat(row[name]) if row.get(name) else None


def _notice_says(plan: Plan) -> set[str]:
    found = set(PRINTED)
    if plan.value("purpose-words"):
        found.add("purpose")
    if plan.value("plans-after-school"):
        found.add("transition-purpose")
    if plan.value("student-invited"):
        found.add("student-invited")
    if plan.value("agencies"):
        found.add("agencies-invited")
    return found


def _joined(who: object, words: object) -> str:
    return f"{who}: {words}" if who else str(words)
