"""A meeting as data: why, when, who; and its checks against the law: team, notice, and how early papers go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import Counter
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Law
from gameplan.core.facts import Fact
from gameplan.core.faults import Fault, nearest, shown
from gameplan.core.matching import fits
from gameplan.core.words import Say
from gameplan.law import vocabulary
from gameplan.law.content_check import Answers, ContentCheck, check_content
from gameplan.law.contents import content_list
from gameplan.law.team import TEAM, Excusal, team_check

PART: Final = "part"
TOOK_PART: Final = ("there", "remote", PART, "in-writing", "excused", "absent")
"""As in the field `team-members` of the form, and for a part of the meeting; empty: not written down yet."""
CAME: Final = ("there", "remote", PART)
MEANS: Final = ("in-person", "video", "phone")
INVITED_ONLY: Final = ("child-invited-transition", "transition-agency", "part-c-coordinator", "private-school-rep")
"""Roles of which the law asks that they were invited, not that they came."""
DRAFTS: Final = ("draft-iep", "evaluation-report")
EARLY_ENOUGH: Final = ("34 CFR 300.322(a)(1)",)
WEIGHT: Final = {"hour": 1 / 24, "school-day": 7 / 5, "business-day": 7 / 5, "instructional-day": 7 / 5}
WEAK: Final = ("medium", "low")


@dataclass(frozen=True, slots=True)
class PossibleTime:
    """A time that was suggested (`at` as 14:30), and the names of those who can and cannot come."""

    on: date
    at: str = ""
    can_come: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is asked to come: the roles (of the list `iep-team`) that this person fills, and since when asked.

    `required`: the law wants this person there. `took_part` is one of `TOOK_PART`, empty before the meeting.
    """

    name: str
    roles: tuple[str, ...]
    required: bool = False
    invited_on: date | None = None
    took_part: str = ""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter: for which language, when the family asked, when one was found, and who."""

    language: str
    asked: date | None = None
    arranged: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """A member who stays away with leave: the law's questions, the day of the parent's yes, and the written input."""

    excusal: Excusal
    agreed_on: date | None = None
    input_text: str = ""
    input_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of the agenda. `minutes`: how long, None if nobody said."""

    id: str
    text: Say
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, planned or held.

    `kinds`: why, in the words of the fact `meeting-held`. `notice_says`: items of the list `meeting-notice` that the
    invitation says in words and that nothing else here shows. `parents_tried`: no parent could be brought to come, and
    the school kept a record of how it tried. `decisions` and `dissent` are words: what was decided, who disagrees.
    """

    kinds: tuple[str, ...]
    on: date | None = None
    at: str = ""
    place: str = ""
    means: str = "in-person"
    times: tuple[PossibleTime, ...] = ()
    invited: tuple[Invited, ...] = ()
    interpreter: Interpreter | None = None
    agenda: tuple[AgendaItem, ...] = ()
    leaves: tuple[Leave, ...] = ()
    notice_says: frozenset[str] = field(default_factory=frozenset)
    parents_tried: bool | None = None
    notes: str = ""
    decisions: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()

    @property
    def written_down(self) -> bool:
        """True once it is written down who took part."""
        return any(one.took_part for one in self.invited)

    def filling(self, role: str) -> tuple[Invited, ...]:
        """Those who fill a role."""
        return tuple(one for one in self.invited if role in one.roles)


@dataclass(frozen=True, slots=True)
class Lead:
    """How early something must be in the family's hands before a meeting.

    `length` and `unit` are None and empty where the law has no number. `by` is the last day for this meeting, None if
    its day is open; `missing` says what would settle it. `unless`: what shortens or ends it; `only_if`: what it depends
    on; `papers`: which papers. `check`: it rests on less than the text of the law.
    """

    words: Say
    cite: tuple[str, ...]
    source: str
    confidence: str
    length: int | None = None
    unit: str = ""
    by: date | None = None
    missing: tuple[Say, ...] = ()
    unless: tuple[Say, ...] = ()
    only_if: tuple[Say, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def check(self) -> bool:
        """True if somebody should look the rule up."""
        return self.confidence in WEAK


def purposes() -> tuple[str, ...]:
    """The kinds of meeting that there are: those of the fact `meeting-held`."""
    shape = vocabulary().kinds["meeting-held"].field("kind")
    return shape.values if shape else ()


def meeting_faults(meeting: Meeting) -> list[Fault]:
    """What is wrong with a meeting: every word that is not one of the law's, with where and the mend."""
    return [Fault(where, what, mend) for where, what, mend in _faults(meeting)]


def roster_check(meeting: Meeting, circumstances: Answers | None = None) -> ContentCheck:
    """The team against 34 CFR 300.321: by who took part once that is written down, before by who is invited.

    Raises NoSuchEntry for a role, member or circumstance that is not there.
    """
    present = {item.id: _is_filled(meeting, item.id) for item in content_list(TEAM).items}
    return team_check(
        present,
        excused=[one.excusal for one in meeting.leaves],
        circumstances=circumstances,
        parents_tried=meeting.parents_tried,
    )


def notice_check(meeting: Meeting, circumstances: Answers | None = None) -> ContentCheck:
    """The invitation against 34 CFR 300.322(b). Raises NoSuchEntry for a circumstance that is not there."""
    shown_by = {
        "purpose": bool(meeting.kinds),
        "time": bool(meeting.on and meeting.at),
        "location": bool(meeting.place) or meeting.means != "in-person",
        "attendees": bool(meeting.invited),
        "student-invited": bool(meeting.filling("child") or meeting.filling("child-invited-transition")),
        "agencies-invited": True if meeting.filling("transition-agency") else None,
    }
    items = [item.id for item in content_list("meeting-notice").items]
    return check_content(
        "meeting-notice",
        {name: True if name in meeting.notice_says else shown_by.get(name) for name in items},
        circumstances,
    )


def notice_days(meeting: Meeting, law: Law, calendar: SchoolCalendar | None = None) -> Lead:
    """How early the invitation must go out: the State's number if there is one, else early enough to come.

    Of several kinds of meeting at once the longest time counts. `calendar` counts school days.
    """
    clocks = [clock for clock in _before(law, "meeting-notice-sent", meeting.kinds) if clock.length]
    leads = [_lead(clock, law, meeting.on, calendar) for clock in clocks]
    if leads:
        return max(leads, key=_weight)
    federal = law.clock("meeting-notice", "us")
    return Lead(
        Say("The law has no number of days: early enough for the parents to come."), EARLY_ENOUGH,
        federal.source if federal else "", "high",
    )  # fmt: skip


def draft_days(
    law: Law, kinds: Iterable[str] | None = None, on: date | None = None, calendar: SchoolCalendar | None = None
) -> tuple[Lead, ...]:
    """How early the draft of the IEP and the reports must be given before a meeting; empty where the law has no number.

    `kinds`: of which meetings, all if left out. `on`: the day of the meeting, if it is set. Longest time first.
    """
    wanted = purposes() if kinds is None else tuple(kinds)
    clocks = [clock for clock in _before(law, "document-given", wanted) if clock.length and _papers(clock)]
    return tuple(sorted((_lead(clock, law, on, calendar) for clock in clocks), key=_weight, reverse=True))


def _faults(meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    roles = [item.id for item in content_list(TEAM).items]
    if not meeting.kinds:
        yield "kinds", "nothing says why the meeting is held.", f"Name one of: {', '.join(purposes())}."
    for kind in meeting.kinds:
        if kind not in purposes():
            yield "kinds", f"{shown(kind)} is no kind of meeting.", nearest(kind, purposes())
    if meeting.means not in MEANS:
        yield "means", f"{shown(meeting.means)} is no way to meet.", nearest(meeting.means, MEANS)
    for one in meeting.invited:
        for role in one.roles:
            if role not in roles:
                yield f"invited {one.name}", f"{shown(role)} is no role.", nearest(role, roles)
        if one.took_part and one.took_part not in TOOK_PART:
            yield f"invited {one.name}", f"{shown(one.took_part)} is no answer.", nearest(one.took_part, TOOK_PART)
        if one.took_part and meeting.on is None:
            yield f"invited {one.name}", "took part in a meeting without a day.", "Give the day of the meeting."


def _is_filled(meeting: Meeting, role: str) -> bool | None:
    """Whether a role is filled; None while it is not written down whether that person came."""
    who = meeting.filling(role) or (meeting.filling("child") if role == "child-invited-transition" else ())
    if not who or role in INVITED_ONLY or not meeting.written_down:
        return bool(who)
    if any(one.took_part in CAME and one.took_part != PART for one in who):
        return True
    if any(one.took_part == PART for one in who):
        # A member with a task may miss a part only with leave; whether that part was theirs, nobody wrote down.
        return None if content_list(TEAM).item(role).excusable else True
    return False if all(one.took_part for one in who) else None


def _before(law: Law, done_by: str, kinds: Iterable[str]) -> list[Clock]:
    """The clocks that want something done before a meeting of one of these kinds."""
    meetings = [Fact("meeting", "meeting-held", date.min, {"kind": kind}) for kind in kinds]
    return [
        clock
        for clock in law.clocks
        if clock.direction == "before"
        and not clock.not_yet
        and any(match.event == done_by for match in clock.done_when)
        and any(fits(one, match) for one in meetings for match in clock.trigger)
    ]


def _papers(clock: Clock) -> tuple[str, ...]:
    found: list[str] = []
    for match in clock.done_when:
        said = match.where.get("what", ())
        found += [said] if isinstance(said, str) else [str(one) for one in said] if isinstance(said, tuple) else []
    return tuple(one for one in found if one in DRAFTS)


def _lead(clock: Clock, law: Law, on: date | None, calendar: SchoolCalendar | None) -> Lead:
    counter = Counter(clock.unit, calendar or SchoolCalendar(()), law.holidays, clock.leaves_out)
    span = counter.before(on, clock.length or 0) if on else None
    return Lead(
        Say("At least {length} {unit} before the meeting.", number_words(clock.length or 0, clock.unit)),
        clock.cite, clock.source, clock.confidence, clock.length, clock.unit,
        # Where the school calendar leaves it open, the earlier day is the safe one.
        span.earliest if span else None, span.missing if span else (),
        tuple(Say(one.text) for one in clock.exceptions), tuple(Say(one.text) for one in clock.applies_if),
        _papers(clock),
    )  # fmt: skip


def _weight(lead: Lead) -> float:
    return (lead.length or 0) * WEIGHT.get(lead.unit, 1)
