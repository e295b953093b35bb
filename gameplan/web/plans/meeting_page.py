"""What the page of a meeting shows: why, when, who, how early, what is lacking, what went out, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.law import law_for
from gameplan.law.content_check import ContentCheck, ContentFinding
from gameplan.planning.choosing import times_of
from gameplan.planning.doors import plan_of, proposed, standing_of
from gameplan.planning.meetings import copies_of, invitations_of, is_open_for_times
from gameplan.planning.models import Version, Written
from gameplan.planning.named import about_version
from gameplan.plans.meeting import Lead, Meeting, draft_days, notice_days
from gameplan.plans.meeting_form import (
    TIMES,
    WORKS_FOR,
    has_notice_rule,
    is_of_team,
    meeting_of,
    names_in,
    notice_of,
    team_of,
)
from gameplan.plans.plan import Plan, Row
from gameplan.plans.sheets import sheet_of
from gameplan.plans.sheets.desk import Desk
from gameplan.web.forms.meeting import WAY_NAMES
from gameplan.web.templatetags.look import page_tongue

WHEN_AND_WHERE: Final = ("purposes", "day", "time", "place", "means", "interpreter-language")
QUESTIONS: Final = {
    "regular-teacher": "regular-classes",
    "child": "child-should-come",
    "child-invited-transition": "plans-after-school",
    "transition-agency": "agency-agreed",
    "part-c-coordinator": "part-c-asked",
    "private-school-rep": "private-placement",
}
"""The question of the form that settles whether a role is needed."""
SAID_IN: Final = {
    "purpose": "purposes", "time": "day", "location": "place", "attendees": "invited",
    "may-bring-others": "invitation-words", "part-c-invite": "early-intervention",
    "transition-purpose": "plans-after-school", "student-invited": "student-invited", "agencies-invited": "agencies",
}  # fmt: skip
"""The field of the form that says an item of the invitation."""


@dataclass(frozen=True)
class Asked:
    """One thing that the law asks for, what was found, and the section and field where it is written."""

    finding: ContentFinding
    section: str
    field: str


@dataclass(frozen=True)
class OneTime:
    """A time to choose from: who can come, and whether it is the time of the meeting."""

    row: str
    on: date
    time: str
    place: str
    names: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True)
class Someone:
    """Somebody on the list: name, role, whether they will come, whether they came, in words."""

    name: str
    role: str
    answer: str
    came: str


@dataclass(frozen=True)
class Away:
    """A member who stays away with leave, and what was found of the role; None where the law does not need it."""

    name: str
    role: str
    finding: ContentFinding | None


@dataclass(frozen=True)
class Sent:
    """An invitation that went out; `late` if it was after the last day of the rule."""

    version: Version
    way: str
    late: bool

    @property
    def about(self) -> str:
        """How a delivery names this invitation."""
        return about_version(self.version)


@dataclass(frozen=True)
class MeetingPage:
    """Everything on the page. `team` and `notice` are None where the law has no such list for this kind of meeting."""

    answer: Plan
    meeting: Meeting
    about: Written | None
    facts: tuple[tuple[str, str], ...]
    times: tuple[OneTime, ...]
    is_open: bool
    people: tuple[Someone, ...]
    nameless: int
    team: tuple[Asked, ...] | None
    away: tuple[Away, ...]
    lead: Lead
    drafts: tuple[Lead, ...]
    notice: tuple[Asked, ...] | None
    sent: tuple[Sent, ...]
    outdated: bool
    copies: tuple[Version, ...]

    @property
    def lacking(self) -> tuple[Asked, ...]:
        """What the invitation surely lacks."""
        return tuple(one for one in self.notice or () if one.finding.answer == "missing")


def meeting_page(case: Case, plan: Written, on: date) -> MeetingPage:
    """What the page of a meeting shows on a day."""
    answer = standing_of(plan).plan
    meeting, desk = meeting_of(answer), Desk(answer, page_tongue(), on)
    law, calendar = law_for(case.child_state or None, on=on), facts_of(case).calendar()
    team = team_of(answer, on) if is_of_team(meeting) else None
    lead = notice_days(meeting, law, calendar)
    invitations = invitations_of(plan)
    return MeetingPage(
        answer, meeting, about_of(case, plan), tuple(_facts(desk)), _times(plan, answer), is_open_for_times(plan, on),
        tuple(_people(desk)), sum(not row.get("name") for row in answer.rows("invited")),
        _asked(answer, team, QUESTIONS) if team else None, tuple(_away(desk, team)), lead,
        draft_days(law, meeting.kinds, meeting.on, calendar) if meeting.kinds else (),
        _asked(answer, notice_of(answer, on), SAID_IN) if has_notice_rule(meeting) else None,
        tuple(_sent(one, lead, meeting) for one in invitations),
        bool(invitations) and _reads_otherwise(proposed(invitations[-1]), answer, on), tuple(copies_of(plan)),
    )  # fmt: skip


def about_of(case: Case, plan: Written) -> Written | None:
    """The plan that a meeting is about; None if there is none."""
    try:
        return plan_of(case, plan.follows) if plan.follows else None
    except Http404:
        return None


def _facts(desk: Desk) -> Iterator[tuple[str, str]]:
    for name in WHEN_AND_WHERE:
        words = desk.said(name).text
        if words:
            yield desk.say(desk.fields[name].label), words


def _times(plan: Written, answer: Plan) -> tuple[OneTime, ...]:
    names = {str(row["id"]): names_in(row.get(WORKS_FOR)) for row in answer.rows(TIMES)}
    now = (answer.day("day"), str(answer.value("time") or ""))
    return tuple(
        OneTime(one.row, one.on, one.time, one.place, names[one.row], (one.on, one.time) == now)
        for one in times_of(plan)
    )


def _people(desk: Desk) -> Iterator[Someone]:
    for row in desk.rows("invited"):
        if row.get("name"):
            yield Someone(
                _cell(desk, row, "name"), "; ".join(filter(None, (_cell(desk, row, "role"), _cell(desk, row, "also")))),
                _cell(desk, row, "answer"), _cell(desk, row, "came"),
            )  # fmt: skip


def _cell(desk: Desk, row: Row, name: str) -> str:
    return desk.cell("invited", row, name).text


def _asked(answer: Plan, check: ContentCheck, fields: dict[str, str]) -> tuple[Asked, ...]:
    found = []
    for one in check.findings:
        # Whether somebody is needed is a question; who it is stands in the list of people.
        field = fields.get(one.item, "invited")
        if fields is QUESTIONS and one.answer == "missing":
            field = "invited"
        found.append(Asked(one, answer.form.section_of(field).id, field))
    return tuple(found)


def _away(desk: Desk, team: ContentCheck | None) -> Iterator[Away]:
    found = {one.item: one for one in team.findings} if team else {}
    for row in desk.rows("excusals"):
        name, role = desk.cell("excusals", row, "name").text, desk.cell("excusals", row, "role").text
        if name or role:
            yield Away(name, role, found.get(str(row.get("role"))))


def _sent(version: Version, lead: Lead, meeting: Meeting) -> Sent:
    said = WAY_NAMES.get(str(version.data.get("way")), "")
    # The rule is counted for the day that this invitation named.
    same_day = proposed(version).day("day") == meeting.on
    return Sent(version, str(said), bool(same_day and lead.by and version.on > lead.by))


def _reads_otherwise(before: Plan, now: Plan, on: date) -> bool:
    """True if the invitation would read otherwise today than the one that went out."""
    papers = (sheet_of(one, "invitation", page_tongue(), on=on) for one in (before, now))
    return len({tuple(one.texts()) for one in papers}) > 1
