"""Extra help in class (MTSS, RTI): begin it, change how much of it, note how it goes, end it.

It is general education: nobody asks for consent, and no evaluation waits for it. Each side changes what it began; on
help of the school the family may note its own words, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.telling import tell, untell
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import Side
from gameplan.progress.doors import SUPPORT, measures_of, next_number, row_of, supports_of
from gameplan.progress.grouping import group_in
from gameplan.progress.models import Measure
from gameplan.progress.models_supports import Group, Support, SupportNote
from gameplan.progress.noted import standing
from gameplan.progress.tiers import (
    AREAS,
    CHANGE,
    FIDELITY,
    KINDS,
    NOTE,
    PER,
    REVIEW,
    TIERS,
    TOLD,
    TOLD_OF,
    WAYS,
    WHYS,
    area_said,
)

LONGEST, LONGEST_TITLE, LONGEST_WHO = 2_000, 300, 200
MOST_MINUTES, MOST_TIMES = 600, 25


@dataclass(frozen=True, slots=True)
class Dose:
    """How much help: `times` of `minutes` each `per` (day, week), by whom, in which group, until when it is planned."""

    minutes: int | None = None
    times: int | None = None
    per: str = ""
    who: str = ""
    group: UUID | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """Help as it is begun: the tier (1 to 3), a name of `AREAS`, what it is, from when on, and how much of it."""

    tier: int
    area: str
    title: str
    since: date
    dose: Dose = field(default_factory=Dose)


@dataclass(frozen=True, slots=True)
class Noting:
    """What is noted of help: `kind` is fidelity, note, review or told, `on` its day, `text` in one's own words.

    `share`: for fidelity, how much of what was planned was done, in percent. `adequate`: for a review, whether progress
    was good enough; None where the team cannot tell yet. `way` and `told_of`: how the family was told, and which of
    `TOLD_OF`. `shared`: the family was told what a review came to; None where nobody said.
    """

    kind: str
    on: date
    text: str = ""
    share: int | None = None
    adequate: bool | None = None
    way: str = ""
    told_of: tuple[str, ...] = ()
    shared: bool | None = None


def support_of(case: Case, support_id: str) -> Support:
    """One help of the case. Raises Http404 if its reader sees no such help."""
    found = supports_of(case).filter(support_id=support_id).first()
    if found is None:
        raise Http404("There is no such help.")
    found.case = case
    return found


def notes_of(support: Support) -> list[SupportNote]:
    """What was noted of it and stands, in the order of its days; also each change, with the dose before and after."""
    return standing(list(SupportNote.objects.filter(support=support)))


def measures_of_support(case: Case, support: Support) -> list[Measure]:
    """What is measured of this help, as far as the reader of the case sees it, oldest first."""
    return list(measures_of(case).filter(about=SUPPORT, support_id=support.support_id))


def is_running(support: Support, on: date) -> bool:
    """True if the child gets this help on a day."""
    return support.since <= on and (support.ended_on is None or on <= support.ended_on)


def dose_of(support: Support) -> Dose:
    """How much of it there is now."""
    return Dose(support.minutes, support.times, support.per, support.who, support.group_id, support.until)


@transaction.atomic
def begin_support(case: Case, *, by: Person, help_: Help, form_key: UUID | None = None) -> Support:
    """New help. The fact `supports-started` follows. The same `form_key` sent twice makes one.

    The other side sees it, but for what a family notes alone. Raises Refused with every fault.
    """
    locked = held(case, by=by)
    before = form_key and Support.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    refuse([*_help_faults(help_), *_dose_faults(locked, by, help_.dose, help_.since)])
    made = Support(
        case=locked, support_id=_free_id(locked), tier=help_.tier, area=help_.area, title=help_.title.strip(),
        since=help_.since, side=by.side, shown=by.side is not Side.FAMILY or locked.school_id is not None,
        person=by.id, role=by.role, form_key=form_key, **_columns(help_.dose),
    )  # fmt: skip
    told = {"date": help_.since, "tier": str(help_.tier), "about": f"{area_said(help_.area)}: {made.title}"}
    made.fact_ids = tell(locked, by, [("supports-started", help_.since, _plain(told))])
    made.save()
    _note_support(locked, by, made, "begin-support")
    return made


@transaction.atomic
def change_support(support: Support, *, by: Person, dose: Dose, why: str, form_key: UUID | None = None) -> Support:
    """From now on there is so much of it, in that group, by those people. What held before stays to be read.

    Raises Refused, and PermissionDenied for the other side.
    """
    case, support = _held_own(support, by)
    if form_key and SupportNote.objects.filter(support=support, form_key=form_key).exists():
        return support
    faults = [*_open_faults(support), *_dose_faults(case, by, dose, support.since, now=support.group_id)]
    if not why.strip():
        faults.append(Fault("why", _("Say why this changes."), _("One sentence is enough.")))
    refuse([*faults, *_text_faults(why, "why", LONGEST)])
    before = dose_of(support)
    for name, value in _columns(dose).items():
        setattr(support, name, value)
    support.save()
    _note_support(case, by, support, "change-support")
    data = {"before": _kept(before), "after": _kept(dose)}
    _keep(case, support, by, "change-support", kind=CHANGE, on=today(), note=why.strip(), data=data, form_key=form_key)
    return support


@transaction.atomic
def end_support(support: Support, *, by: Person, on: date, why: str) -> Support:
    """The child gets this help until that day and no longer; `why` is one of `WHYS`. All of it stays to be read.

    It is no precondition of anything. Raises Refused, and PermissionDenied for the other side.
    """
    case, support = _held_own(support, by)
    faults = [*_open_faults(support), *_day_faults(on, support.since)]
    if why not in WHYS:
        faults.append(Fault("why", _("Say why it ended."), _("Choose one.")))
    refuse(faults)
    support.ended_on, support.ended_why = on, why
    support.save(update_fields=["ended_on", "ended_why"])
    _note_support(case, by, support, "end-support")
    return support


@transaction.atomic
def note(support: Support, *, by: Person, noting: Noting, form_key: UUID | None = None) -> SupportNote:
    """Notes how much of it was done, words of the team, a review, or what the family was told.

    A review that can tell makes the fact `intervention-reviewed`. The same `form_key` sent twice makes one. Raises
    Refused with every fault, and PermissionDenied for anything but words on help of the other side.
    """
    locked = held(support.case, by=by)
    before = form_key and SupportNote.objects.filter(support=support, form_key=form_key).first()
    if before:
        return before
    if support.side != by.side and noting.kind != NOTE:
        raise PermissionDenied("How help goes is noted by the side that gives it.")
    refuse(_noting_faults(support, noting))
    told = {name: value for name, value in _said(noting).items() if value not in ("", None, [])}
    return _keep(
        locked, support, by, "note-support", kind=noting.kind, on=noting.on, note=noting.text.strip(),
        share=noting.share if noting.kind == FIDELITY else None, data=told, form_key=form_key,
        adequate=noting.adequate if noting.kind == REVIEW else None, fact_ids=_tell_review(locked, by, support, noting),
    )  # fmt: skip


@transaction.atomic
def withdraw_note(support: Support, number: int, *, by: Person) -> SupportNote:
    """Takes a note back, with the fact that follows from it; it stays to be read.

    Raises Http404, and PermissionDenied for what the other side noted.
    """
    locked = held(support.case, by=by)
    old = row_of([one for one in notes_of(support) if one.kind != CHANGE], number)
    if old.side != by.side:
        raise PermissionDenied("A note is taken back by the side that made it.")
    shared = {fact for one in notes_of(support) if one.number != number for fact in one.fact_ids}
    untell(locked, by, [fact for fact in old.fact_ids if fact not in shared])
    return _keep(
        locked, support, by, "withdraw-support-note", kind=old.kind, on=old.on, data={}, corrects=old.number,
        withdrawn=True,
    )  # fmt: skip


def _tell_review(case: Case, by: Person, support: Support, noting: Noting) -> list[str]:
    """A review is told once the team can tell; while it cannot, nothing follows for anybody."""
    if noting.kind != REVIEW or noting.adequate is None:
        return []
    told = {
        "date": noting.on, "area": area_said(support.area), "tier": str(support.tier),
        "adequate_progress": noting.adequate,
    }  # fmt: skip
    shared = {} if noting.shared is None else {"shared_with_parent": noting.shared}
    return tell(case, by, [("intervention-reviewed", noting.on, _plain({**told, **shared}))])


def _said(noting: Noting) -> dict[str, Any]:
    if noting.kind == TOLD:
        return {"way": noting.way, "told_of": [one for one in TOLD_OF if one in noting.told_of]}
    return {"shared": noting.shared} if noting.kind == REVIEW else {}


def _keep(case: Case, support: Support, by: Person, action: str, **told: Any) -> SupportNote:
    rows = SupportNote.objects.filter(support=support)
    made = SupportNote.objects.create(
        support=support, number=next_number(rows), person=by.id, role=by.role, side=by.side, **told
    )
    name = f"support-note:{support.support_id}/{made.number}"
    note_access(case.pk, by, action, about=name, digest=row_digest(made))
    return made


def _note_support(case: Case, by: Person, support: Support, action: str) -> None:
    note_access(case.pk, by, action, about=f"support:{support.support_id}", digest=row_digest(support))


def _held_own(support: Support, by: Person) -> tuple[Case, Support]:
    locked = held(support.case, by=by)
    found = Support.objects.select_related("group").get(pk=support.pk)
    found.case = locked
    if found.side != by.side:
        raise PermissionDenied("Help is changed by the side that began it.")
    return locked, found


def _free_id(case: Case) -> str:
    ids = set(Support.objects.filter(case=case).values_list("support_id", flat=True))
    return next(f"s{number}" for number in range(1, len(ids) + 2) if f"s{number}" not in ids)


def _columns(dose: Dose) -> dict[str, Any]:
    return {
        "minutes": dose.minutes, "times": dose.times, "per": dose.per, "who": dose.who.strip(),
        "group_id": dose.group, "until": dose.until,
    }  # fmt: skip


def _kept(dose: Dose) -> dict[str, Any]:
    """A dose as it is kept beside a change; the group by its name, which may be another one later."""
    group = Group.objects.filter(pk=dose.group).values_list("name", flat=True).first() if dose.group else ""
    told = {
        "minutes": dose.minutes, "times": dose.times, "per": dose.per, "who": dose.who.strip(), "group": group,
        "until": dose.until.isoformat() if dose.until else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _help_faults(help_: Help) -> Iterator[Fault]:
    if help_.tier not in TIERS:
        yield Fault("tier", _("There are the tiers 1, 2 and 3."), _("Choose one."))
    if help_.area not in AREAS:
        yield Fault("area", _("Say what the help is for."), _("Choose one."))
    if not help_.title.strip():
        yield Fault("title", _("It needs a name."), _("Such as: reading group with Ms. Lee."))
    yield from _text_faults(help_.title, "title", LONGEST_TITLE)
    yield from _day_faults(help_.since, where="since")


def _dose_faults(
    case: Case, by: Person, dose: Dose, since: date, *, now: UUID | None = None
) -> Iterator[Fault]:  # fmt: skip
    """`now`: the group that it is in already, which may stay although it has ended."""
    some = [dose.minutes is not None, dose.times is not None, bool(dose.per)]
    if any(some) and not all(some):
        mend = _("Write all three, such as 30 minutes, 3 times a week, or none.")
        yield Fault("minutes", _("Minutes, times and how often belong together."), mend)
    if dose.minutes is not None and not 0 < dose.minutes <= MOST_MINUTES:
        yield Fault("minutes", _("This cannot be the length of a session."), _("Write the minutes, such as 30."))
    if dose.times is not None and not 0 < dose.times <= MOST_TIMES:
        yield Fault("times", _("This cannot be how often it is."), _("Write a number, such as 3."))
    if dose.per and dose.per not in PER:
        yield Fault("per", _("Say if it is by day or by week."), _("Choose one."))
    if dose.until and dose.until < since:
        yield Fault("until", _("The end lies before the start."), _("Check both days."))
    yield from _text_faults(dose.who, "who", LONGEST_WHO)
    if dose.group and dose.group != now and (by.side is not Side.SCHOOL or not group_in(case.school, dose.group)):
        yield Fault("group", _("The school of this child has no such group."), _("Choose one from the list, or none."))


def _noting_faults(support: Support, noting: Noting) -> list[Fault]:
    faults = [*_day_faults(noting.on, support.since), *_text_faults(noting.text, "text", LONGEST)]
    if noting.kind not in KINDS or noting.kind == CHANGE:
        faults.append(Fault("kind", _("Say what you note."), _("Choose one.")))
    if noting.kind == NOTE and not noting.text.strip():
        faults.append(Fault("text", _("There are no words yet."), _("Write what should be noted.")))
    if noting.kind == FIDELITY and (noting.share is None or not 0 <= noting.share <= 100):
        faults.append(Fault("share", _("Say how much was done, in percent."), _("Write a number from 0 to 100.")))
    if noting.kind == TOLD:
        faults += _told_faults(noting)
    return faults


def _told_faults(noting: Noting) -> Iterator[Fault]:
    if noting.way not in WAYS:
        yield Fault("way", _("Say how the family was told."), _("Choose one."))
    if not set(noting.told_of) & set(TOLD_OF):
        yield Fault("told_of", _("Say what the family was told."), _("Mark at least one."))


def _open_faults(support: Support) -> Iterator[Fault]:
    if support.ended_on:
        yield Fault("support", _("This help has ended."), _("Begin new help instead."))


def _day_faults(on: date, since: date | None = None, where: str = "on") -> Iterator[Fault]:
    if on > today():
        yield Fault(where, _("This day has not come yet."), _("Write the day on which it was."))
    if since and on < since:
        yield Fault(where, _("The help had not begun on that day."), _("Check the day."))


def _text_faults(text: str, where: str, longest: int) -> Iterator[Fault]:
    yield from unkeepable(text, where)
    if len(text) > longest:
        yield Fault(where, _("This is too long."), _("Shorten it."))
