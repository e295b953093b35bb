"""The life of a meeting: begun about a plan, a time chosen, people invited, held; each paper is frozen as it was sent.

What was invited to and what was held follows as facts: nobody types a date twice. `plans.meeting_form` reads the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.telling import retell, tell
from gameplan.core.faults import Fault
from gameplan.law.content_check import MISSING
from gameplan.planning import writing
from gameplan.planning.doors import Standing, show, standing_of, versions_of
from gameplan.planning.events import versions_of_kind
from gameplan.planning.keeping import Frozen, freeze, locked, put_step, refuse
from gameplan.planning.models import Step, Version, Written
from gameplan.planning.named import about_version
from gameplan.planning.writing import Change
from gameplan.plans.agenda import draft_agenda
from gameplan.plans.facts import PaperFact, facts_of_meeting_held, facts_of_meeting_notice
from gameplan.plans.meeting import Meeting
from gameplan.plans.meeting_form import KIND, TIMES, has_notice_rule, meeting_of, notice_of
from gameplan.plans.meeting_start import agenda_rows, meeting_about
from gameplan.plans.plan import Plan
from gameplan.tongues import tongue

INVITATION, MINUTES = "invitation", "minutes"
"""The papers of a meeting: how its versions are called."""
INVITED, HELD = "invited", "held"
WAYS: Final = ("by-hand", "mail", "email", "portal", "phone", "other")
CHOSEN: Final = ("day", "time", "place")


def begin_meeting(
    case: Case, *, by: Person, on: date, about: Written | None = None, lang: str = "en", form_key: UUID | None = None
) -> Written:
    """A new meeting; if it is `about` a plan, with what the plan tells: why, who, an interpreter, an agenda.

    `on` is today. The same `form_key` sent twice makes one meeting.
    """
    plan = standing_of(about).plan if about else None
    start = meeting_about(plan, on, tongue(lang), state=case.child_state)
    return writing.begin(
        case, by=by, form_id=KIND, lang=lang, follows=about.plan_id if about else "", start=start, form_key=form_key
    )


@transaction.atomic
def suggest_agenda(plan: Written, *, by: Person, about: Written | None = None) -> None:
    """Puts a sensible agenda for the purposes of the meeting below what stands there already."""
    standing = standing_of(plan)
    said = meeting_of(standing.plan)
    found = draft_agenda(
        said.kinds, standing_of(about).plan if about else None,
        transition=bool(standing.plan.value("plans-after-school")),
    )  # fmt: skip
    there = {str(row.get("topic")) for row in standing.plan.rows("agenda")}
    for row in agenda_rows(found, tongue(plan.lang)):
        if row["topic"] not in there:
            values = {name: value for name, value in row.items() if name != "id"}
            writing.add_row(plan, by=by, field_id="agenda", values=values)


@transaction.atomic
def choose_time(plan: Written, *, by: Person, row: str) -> None:
    """Makes one of the times to choose from the day, time and place of the meeting. Raises Http404, and Refused
    for a time without a day.
    """
    standing = standing_of(plan)
    if row not in (standing.values.get(TIMES) or ()):
        raise Http404("There is no such time.")
    found = {name: standing.values.get(f"{TIMES}/{row}/{name}") for name in CHOSEN}
    if not found["day"]:
        refuse([Fault(TIMES, _("This time has no day."), _("Write the day first."))])
    _put(plan, standing, by, {name: str(value) for name, value in found.items() if value})


@transaction.atomic
def invite(
    plan: Written, *, by: Person, on: date, how: str, anyway: bool = False, form_key: UUID | None = None
) -> Version:
    """Freezes the invitation as it went out on that day, in that way (of `WAYS`), and tells it on the timeline.

    Raises Refused with all that the invitation lacks, unless it went out all the same (`anyway`); without a day and a
    purpose it is never told. The same `form_key` sent twice makes one invitation. Raises CannotPrint.
    """
    case = locked(plan)
    before = form_key and Version.objects.filter(plan=plan, form_key=form_key).first()
    if before:
        return before
    whole = standing_of(plan).plan
    meeting = meeting_of(whole)
    lacking = list(_lacking(whole, on))
    faults = [
        *_not_yet(meeting),
        *_way_faults(meeting, on, how),
        *([] if anyway else (fault for _id, fault in lacking)),
    ]
    refuse(faults)
    data = {"way": how, "lacking": [item for item, _fault in lacking]}
    made = freeze(plan, Frozen(whole, INVITATION, INVITATION, on, data), by=by, number=_next(plan), form_key=form_key)
    put_step(
        plan, INVITED, on, by=by, version=made.number, data={"way": how},
        fact_ids=tell(case, by, facts_of_meeting_notice(meeting, on)),
    )  # fmt: skip
    show(plan)
    note_access(case.pk, by, "invite-to-meeting", about=about_version(made), digest=row_digest(made))
    return made


@transaction.atomic
def hold(plan: Written, *, by: Person, on: date, form_key: UUID | None = None) -> Version:
    """Says that the meeting was held on its day as it is written: freezes the copy, and tells it on the timeline.

    `on` is today, which the day of the meeting cannot be after. Held once more, it puts right what was told before.
    Raises Refused with what is not written yet, and CannotPrint.
    """
    case = locked(plan)
    before = form_key and Version.objects.filter(plan=plan, form_key=form_key).first()
    if before:
        return before
    whole = standing_of(plan).plan
    meeting = meeting_of(whole)
    refuse([*_not_yet(meeting), *_held_faults(meeting, on)])
    day = meeting.on or on
    made = freeze(plan, Frozen(whole, MINUTES, MINUTES, day, {}), by=by, number=_next(plan), form_key=form_key)
    put_step(plan, HELD, day, by=by, version=made.number, fact_ids=_tell_held(case, plan, by, meeting))
    show(plan)
    note_access(case.pk, by, "hold-meeting", about=about_version(made), digest=row_digest(made))
    return made


def invitations_of(plan: Written) -> list[Version]:
    """The invitations that went out, oldest first, without their PDFs."""
    return [one for one in versions_of(plan) if one.how == INVITATION]


def copies_of(plan: Written) -> list[Version]:
    """The copies that were made at the end of the meeting, oldest first, without their PDFs."""
    return [one for one in versions_of(plan) if one.how == MINUTES]


def is_open_for_times(plan: Written, on: date) -> bool:
    """True while people can still say which times suit them: it was not held, and its day is open or still to come."""
    day = standing_of(plan).plan.day("day")
    return not Step.objects.filter(plan=plan, kind=HELD).exists() and (day is None or day >= on)


def _tell_held(case: Case, plan: Written, by: Person, meeting: Meeting) -> list[str]:
    """The facts of the meeting; written input names the meeting, so that it is told once the meeting is."""
    last = Step.objects.filter(plan=plan, kind=HELD).order_by("-id").first()
    ids = retell(case, by, last.fact_ids if last else (), _only_held(facts_of_meeting_held(meeting)))
    more = [one for one in facts_of_meeting_held(meeting, ids[0]) if one[0] != "meeting-held"]
    return [*ids, *tell(case, by, more)]


def _only_held(facts: Iterable[PaperFact]) -> list[PaperFact]:
    return [one for one in facts if one[0] == "meeting-held"]


def _not_yet(meeting: Meeting) -> Iterator[Fault]:
    if not meeting.on:
        yield Fault("day", _("The meeting has no day."), _("Write its day, or choose one of the times."))
    if not meeting.kinds:
        yield Fault("purposes", _("It does not say why the meeting is held."), _("Choose a purpose."))


def _way_faults(meeting: Meeting, on: date, how: str) -> Iterator[Fault]:
    if how not in WAYS:
        yield Fault("how", _("Say how it was sent."), _("Choose one from the list."))
    if meeting.on and on > meeting.on:
        yield Fault("on", _("The invitation cannot go out after the meeting."), _("Look at both days."))


def _lacking(plan: Plan, on: date) -> Iterator[tuple[str, Fault]]:
    """What the law asks for and the invitation lacks, by the id of the item."""
    if not has_notice_rule(meeting_of(plan)):
        return
    speak = tongue(plan.language)
    for finding in notice_of(plan, on).findings:
        if finding.answer == MISSING and finding.item != "purpose":
            text = _("The invitation does not say: {item}.").format(item=speak.text(finding.text))
            yield finding.item, Fault(finding.item, text, f"({', '.join(finding.cite)})")


def _held_faults(meeting: Meeting, on: date) -> Iterator[Fault]:
    if meeting.on and meeting.on > on:
        yield Fault("day", _("The day of the meeting is still to come."), _("Come back once it was held."))
    if not meeting.written_down:
        yield Fault("invited", _("It does not say who was there."), _("Say it for each person on the list."))
    if not meeting.filling("parents"):
        yield Fault("invited", _("No parent is on the list."), _("Add the parents, even if they did not come."))


def _next(plan: Written) -> int:
    return len(versions_of_kind(plan.case, KIND)) + 1


def _put(plan: Written, standing: Standing, by: Person, values: Mapping[str, str]) -> None:
    """Writes values into single fields, from what stands there now."""
    changes = [Change(name, [value], standing.revisions.get(name, 0)) for name, value in values.items()]
    writing.save(plan, by=by, desk="meeting", changes=changes)
