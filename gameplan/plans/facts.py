"""Facts follow from papers: what a finished paper, meeting or answer says on the timeline of the case.

Each function gives facts as `(kind, day, data)`, data as a case file writes them (days as YYYY-MM-DD), so that
`core.casefile.check_fact` takes them and nobody types a date twice. Whoever records them adds who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from gameplan.plans.items import items_between
from gameplan.plans.life_events import AGREED, REFUSED, WITHOUT_MEETING, Answer, Proposed
from gameplan.plans.meeting import CAME, Invited, Meeting
from gameplan.plans.plan import Plan, is_filled

PaperFact = tuple[str, date, dict[str, object]]
NOT_KNOWN: Final = "not-known"
ROLES: Final = {"parents": "parent", "child": "student", "child-invited-transition": "student"}
"""The words of the timeline for roles of the list `iep-team`; the other roles stay as they are."""
PLACEMENT: Final = "placement"
TRANSITION: Final = ("transition-assessments", "after-education", "after-work", "after-living", "transition-services")
SERVICES: Final = ("special-education", "related-services", "supplementary-aids")


def facts_of_meeting_notice(meeting: Meeting, sent: date) -> list[PaperFact]:
    """The invitation went out on `sent`: one fact for each purpose. Raises ValueError if the meeting has no day."""
    day = _day(meeting)
    data = {"date": _iso(sent), "for_date": _iso(day), "invited": _words(meeting.invited)}
    return [("meeting-notice-sent", sent, {**data, "kind": kind}) for kind in meeting.kinds]


def facts_of_meeting_held(meeting: Meeting, meeting_ref: str = "") -> list[PaperFact]:
    """The meeting took place: who was there, and each member who stayed away with leave.

    Before the meeting the same facts can be recorded as planned, for then nobody is said to have come. `meeting_ref`:
    the id of the fact of the meeting, which written input names. Raises ValueError if the meeting has no day.
    """
    day = _day(meeting)
    came = [one for one in meeting.invited if one.took_part in CAME]
    data: dict[str, object] = {"date": _iso(day), "present": _words(came), "means": meeting.means}
    if meeting.written_down:
        data["parent_took_part"] = any("parents" in one.roles for one in came)
    else:
        data["parent_took_part"] = NOT_KNOWN
    held: list[PaperFact] = [("meeting-held", day, {**data, "kind": kind}) for kind in meeting.kinds]
    return [*held, *_leaves(meeting, meeting_ref)]


def facts_of_shared_draft(given: date, meeting_on: date | None = None, papers: Sequence[str] = ("draft-iep",)) -> list[
    PaperFact
]:  # fmt: skip
    """A draft or report was given to the family before a meeting; `papers` as in `document-given.what`."""
    return [_given(given, paper, meeting_on) for paper in papers]


def facts_of_proposal(
    version: Proposed,
    before: Plan | None = None,
    *,
    matter: str,
    received: date | None = None,
    start_agreed: bool = False,
) -> list[PaperFact]:
    """A version was offered, with its written notice if there is one, and the school's question for first permission.

    `before`: the plan in force, None for the first one. `matter`: what the notice is about, in words. `received`: the
    day it reached the family, if that is another one. `start_agreed`: both sides agreed on the day it starts.
    """
    first = before is None
    offer: dict[str, object] = {"given": _iso(version.on), "received": _iso(received or version.on), "first": first}
    if start_agreed:
        offer["start_agreed"] = _iso(version.starts)
    found: list[PaperFact] = [("iep-offered", version.on, offer)]
    if first:
        asked = {"date": _iso(version.on), "for": "initial-services", "received": _iso(received or version.on)}
        found.append(("consent-requested", version.on, dict(asked)))
    if version.notice:
        changed = [one.key for one in items_between(before, version.plan) if one.change != "kept"]
        subject = ["fape", *([PLACEMENT] if PLACEMENT in changed else [])]
        notice: dict[str, object] = {
            "given": _iso(version.notice), "decision": "propose", "subject": subject, "matter": matter,
            "effective": _iso(version.starts),
        }  # fmt: skip
        found.append(("pwn-sent", version.notice, notice))
    return found


def facts_of_answer(
    answer: Answer,
    version: Proposed,
    before: Plan | None = None,
    *,
    state_asks: bool = False,
    signed: date | None = None,
) -> list[PaperFact]:
    """What a parent answered: the answer, and the permission or the no that lies in it.

    `before`: the plan in force, None for the first one: then a yes to anything is permission for the first services,
    and a no to all of it refuses them. `state_asks`: State law asks for permission for the content of each plan, so
    that the answer to a later one is permission too. `signed`: the day on the paper, if that is another one. A yes to
    an earlier start is an agreement of its own.
    """
    whole = _whole(answer, version, before)
    found: list[PaperFact] = []
    day = _iso(answer.on)
    if whole:
        found.append(("iep-answered", answer.on, {"date": day, "answer": whole, "received": day}))
    if answer.at_once:
        found.append(("agreement-made", answer.on, {"date": day, "about": "earlier-start", "written": True}))
    what = "initial-services" if before is None else "state-added"
    if before is not None and not state_asks:
        return found
    services = answer.services if before is None else None
    if services or (services is None and answer.says_yes):
        data: dict[str, object] = {"signed": _iso(signed or answer.on), "received": day, "for": what}
        if whole == "partly":
            data["scope"] = ", ".join(sorted(_agreed(answer, version, before)))
        found.append(("consent-given", answer.on, data))
    elif services is False or whole == "rejected":
        found.append(("consent-refused", answer.on, {"date": day, "for": what, "silent": False}))
    return found


def facts_of_adoption(
    plan: Plan, on: date, effective: date, *, first: bool, review_by: date | None = None, copy_given: date | None = None
) -> list[PaperFact]:
    """The plan was finished on `on` and holds from `effective`; with the day the parents got their copy, and each day
    on which staff were told their part (as the plan itself notes).

    When services start is the earliest start of a service in it, else the day from which it holds.
    """
    starts = [str(row["start"]) for name in SERVICES for row in plan.rows(name) if row.get("start")]
    data: dict[str, object] = {
        "date": _iso(on), "effective": _iso(effective), "services_start": min(starts, default=_iso(effective)),
        "progress_schedule": _schedule(plan), "has_transition": _any(plan, TRANSITION),
        "has_majority_statement": _any(plan, ("majority-told",)), "first": first,
    }  # fmt: skip
    last = review_by or plan.day("review-by")
    if last:
        data["review_by"] = _iso(last)
    found: list[PaperFact] = [("iep-adopted", on, data)]
    if copy_given:
        found.append(_given(copy_given, "iep-copy"))
    return [*found, *_staff_told(plan)]


def facts_of_amendment(
    version: Proposed, on: date, *, team_told: bool | None = None, copy_given: date | None = None
) -> list[PaperFact]:
    """A change between two yearly reviews came into force on `on`, at a meeting or by a written agreement without one.

    `team_told`: the team knows of it; None where nobody said. `copy_given`: the day of the copy with the change in it.
    """
    alone = version.how == WITHOUT_MEETING
    change: dict[str, object] = {"date": _iso(on), "how": "written-agreement" if alone else "team-meeting"}
    if team_told is not None:
        change["team_told"] = team_told
    found: list[PaperFact] = [("iep-changed", on, change)]
    if alone:
        agreed = {"date": _iso(on), "about": "change-iep-without-meeting", "written": True}
        found.insert(0, ("agreement-made", on, dict(agreed)))
    if copy_given:
        found.append(_given(copy_given, "amended-iep-copy"))
    return found


def facts_of_504(on: date, eligible: bool, plan_ref: str = "") -> list[PaperFact]:
    """It was decided under Section 504; `plan_ref` names the 504 plan, if there is one."""
    data: dict[str, object] = {"date": _iso(on), "eligible": eligible}
    if plan_ref:
        data["plan"] = plan_ref
    return [("section-504-decided", on, data)]


def facts_of_evaluation_report(
    finished: date, type_: str, areas: Iterable[str], *, given: date | None = None, meeting_on: date | None = None,
    report_ref: str = "", suspected_sld: bool | None = None,
) -> list[PaperFact]:  # fmt: skip
    """The evaluation is done and written up; `type_` is initial, reevaluation or section-504.

    `given`: the day the family got the report, for the meeting of the day `meeting_on`.
    """
    data: dict[str, object] = {"date": _iso(finished), "type": type_, "areas": list(areas)}
    if report_ref:
        data["report"] = report_ref
    if suspected_sld is not None:
        data["suspected_sld"] = suspected_sld
    found: list[PaperFact] = [("evaluation-completed", finished, data)]
    return [*found, _given(given, "evaluation-report", meeting_on)] if given else found


def facts_of_eligibility(
    on: date, eligible: bool, categories: Iterable[str] = (), *, excluded_because: str = "",
    considered_sld: bool | None = None, record_given: date | None = None,
) -> list[PaperFact]:  # fmt: skip
    """It was decided if the child qualifies; `record_given`: the day the family got the written decision."""
    data: dict[str, object] = {"date": _iso(on), "eligible": eligible, "categories": list(categories)}
    if excluded_because:
        data["excluded_because"] = excluded_because
    if considered_sld is not None:
        data["considered_sld"] = considered_sld
    found: list[PaperFact] = [("eligibility-determined", on, data)]
    return [*found, _given(record_given, "eligibility-record")] if record_given else found


def facts_of_decision_504(plan: Plan, on: date, plan_ref: str = "") -> list[PaperFact]:
    """What a finished 504 plan says of the decision; nothing if it says that more facts are needed, or says nothing."""
    eligible = {"plan": True, "no-plan": True, "no": False}.get(str(plan.value("decision")))
    return [] if eligible is None else facts_of_504(on, eligible, plan_ref if eligible else "")


def facts_of_evaluation(plan: Plan, finished: date, *, copy_given: date | None = None) -> list[PaperFact]:
    """What a finished evaluation says: that it is done, which areas, and the decision if one is in it.

    `copy_given`: the day the family got it.
    """
    first = plan.value("occasion") in ("first", "transfer")
    areas = list(dict.fromkeys(str(row["area"]) for row in plan.rows("findings") if row.get("area")))
    suspected = plan.content.get("sld-suspected")
    found = facts_of_evaluation_report(
        finished, "initial" if first else "reevaluation", areas, given=copy_given, suspected_sld=suspected
    )  # fmt: skip
    eligible = {"yes": True, "still": True, "no": False, "no-longer": False}.get(str(plan.value("decision")))
    day = plan.day("decided-on")
    if eligible is None or day is None:
        return found
    categories = [one for one in (plan.value("category"), *(plan.value("category-others") or ())) if one]
    return found + facts_of_eligibility(
        day, eligible, categories, excluded_because="" if eligible else _excluded_because(plan),
        considered_sld=suspected, record_given=copy_given,
    )  # fmt: skip


def _excluded_because(plan: Plan) -> str:
    """Which of the main reasons of 34 CFR 300.306(b) stood in the way, if the paper says one."""
    reasons = {
        "taught-reading": "reading-instruction", "taught-math": "math-instruction", "not-english": "limited-english",
        "needs-special": "no-need",
    }  # fmt: skip
    return next((word for name, word in reasons.items() if plan.content.get(name) is False), "")


def facts_of_end(on: date, reason: str, *, revoked_on: date | None = None) -> list[PaperFact]:
    """The services ended on `on`; where the parent ended them in writing, also the day of that."""
    found: list[PaperFact] = []
    if revoked_on:
        data = {"date": _iso(revoked_on), "for": "services", "written": True}
        found.append(("consent-revoked", revoked_on, dict(data)))
    return [*found, ("services-stopped", on, {"date": _iso(on), "reason": reason})]


def _leaves(meeting: Meeting, meeting_ref: str) -> list[PaperFact]:
    """The parent's written yes that a member stays away, and the member's written input."""
    found: list[PaperFact] = []
    for one in meeting.leaves:
        if one.agreed_on and one.excusal.parent_in_writing and one.excusal.discussed is not None:
            found.append(_leave(one.agreed_on, one.excusal.member, one.excusal.discussed))
        if one.input_on and meeting_ref:
            found.append(("member-input-given", one.input_on, {"date": _iso(one.input_on), "meeting": meeting_ref}))
    return found


def _leave(on: date, member: str, discussed: bool) -> PaperFact:
    if not discussed:
        return "agreement-made", on, {"date": _iso(on), "about": "member-not-needed", "written": True}
    day = _iso(on)
    return "consent-given", on, {"signed": day, "received": day, "for": "excuse-member", "scope": member}


def _given(on: date, what: str, for_date: date | None = None) -> PaperFact:
    data: dict[str, object] = {"date": _iso(on), "what": what}
    return "document-given", on, {**data, "for_date": _iso(for_date)} if for_date else data


def _whole(answer: Answer, version: Proposed, before: Plan | None) -> str:
    """What the answer comes to for the whole plan: accepted, rejected or partly; empty if it is on services only."""
    if not answer.all and not answer.items:
        return ""
    asked = _asked(version, before)
    said = {answer.to(key) for key in asked} if asked else {answer.all}
    if said == {AGREED}:
        return "accepted"
    return "rejected" if said == {REFUSED} else "partly"


def _agreed(answer: Answer, version: Proposed, before: Plan | None) -> list[str]:
    return [key for key in _asked(version, before) if answer.to(key) == AGREED]


def _asked(version: Proposed, before: Plan | None) -> list[str]:
    """The things that the answer is about: what changes, or all of a plan in which nothing does."""
    found = items_between(before, version.plan)
    changed = [one.key for one in found if one.change != "kept"]
    if version.changes:
        return [key for key in changed if key in version.changes]
    return changed or [one.key for one in found]


def _staff_told(plan: Plan) -> list[PaperFact]:
    """Staff who were told their part, one fact a day."""
    days: dict[str, list[str]] = {}
    for row in plan.rows("informed"):
        if row.get("on"):
            days.setdefault(str(row["on"]), []).append(str(row.get("role") or row.get("name") or "staff"))
    return [("staff-informed", date.fromisoformat(day), {"date": day, "who": who}) for day, who in sorted(days.items())]


def _schedule(plan: Plan) -> str:
    """When progress is reported, in the words of the form or the writer's own."""
    said = plan.value("progress-schedule")
    choice = plan.form.field("progress-schedule").choice(said) if said else None
    return choice.label if choice else str(said or NOT_KNOWN)


def _any(plan: Plan, names: Iterable[str]) -> bool:
    return any(is_filled(plan.content.get(name)) for name in names)


def _words(people: Iterable[Invited]) -> list[str]:
    """The roles as the timeline names them, each once."""
    return list(dict.fromkeys(ROLES.get(role, role) for one in people for role in one.roles))


def _day(meeting: Meeting) -> date:
    if meeting.on is None:
        raise ValueError("The meeting has no day yet. Choose one of its times first.")
    return meeting.on


def _iso(day: date) -> str:
    return day.isoformat()
