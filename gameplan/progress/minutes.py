"""Minutes: what the plan in force promises against what was given, and noting a session of a service.

The numbers are counted from what both sides see, so that both get the same. Where a school holds the case, its notes
make them; what the family notes is an account of its own, and stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gameplan.cases.doors import as_both_see, facts_of, held, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.core import facts
from gameplan.core.faults import Fault
from gameplan.measures.ledger import Ledger, ledger
from gameplan.measures.log import DELIVERED, LONGEST, MISSED, REASONS, LogEntry
from gameplan.measures.promised import Spell, spells_of
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import Side
from gameplan.planning.events import IEP, SECTION_504, events_of, in_force_by
from gameplan.progress.doors import next_number, row_of
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.noted import standing
from gameplan.tongues import tongue

KINDS: Final = (IEP, SECTION_504)
LONGEST_NOTE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it is noted: the service of the plan (`related-services/r1`), its day, minutes, given or missed.

    `what` is delivered or missed, `reason` why it was missed (`measures.log.REASONS`). `makes_up`: the number of the
    missed session that this one makes up for.
    """

    service: str
    on: date
    minutes: int
    what: str = DELIVERED
    reason: str = ""
    makes_up: int | None = None
    in_group: bool | None = None
    note: str = ""
    plan_kind: str = IEP


def counts(case: Case) -> str:
    """The side whose notes make the numbers."""
    return (Side.SCHOOL if case.school_id else Side.FAMILY).value


def told_to_both(case: Case) -> facts.Case:
    """What both sides see of a case. Whoever asks for several of these numbers asks for it once and hands it on."""
    return facts_of(as_both_see(case))


def spells_in(case: Case, until: date, kind: str = IEP, told: facts.Case | None = None) -> tuple[Spell, ...]:
    """Which services were in force on which days up to a day, by what both sides see (`told`)."""
    told = told or told_to_both(case)
    events = events_of(as_both_see(case), kind, told)
    return spells_of(in_force_by(events, told, until, kind), events)


def ledger_of(
    case: Case, on: date, kind: str = IEP, until: date | None = None, told: facts.Case | None = None
) -> Ledger:
    """The minutes of a case as they stand on a day; the same for both sides. Nothing is written.

    `until`: how far upcoming minutes are shown, by default to the end of the school year of `on`. `told`: what both
    sides see.
    """
    told = told or told_to_both(case)
    calendar = told.calendar()
    year = calendar.year_of(on)
    horizon = max(until or (year.last_day if year else on), on)
    spells, entries = spells_in(case, horizon, kind, told), entries_of(as_both_see(case), kind)
    return ledger(spells, calendar, entries, on, until=until, counts=counts(case))


def logs_of(case: Case, kind: str = IEP) -> list[ServiceLog]:
    """Every session that the reader sees as it was noted, also what was put right since, in the order it was kept.

    What the family notes while a school holds the case, the school sees; what it noted alone before, it keeps.
    """
    found = ServiceLog.objects.filter(case=case, plan_kind=kind).order_by("id")
    return list(found if sees_all(case) else found.filter(shown=True))


def session_of(case: Case, number: int) -> ServiceLog:
    """One session that stands and that the reader sees. Raises Http404."""
    return row_of([one for kind in KINDS for one in logs_of(case, kind)], number)


def entries_of(case: Case, kind: str = IEP) -> tuple[LogEntry, ...]:
    """The sessions as the pure room `measures` knows them."""
    return tuple(_entry(one) for one in logs_of(case, kind))


@transaction.atomic
def log_session(case: Case, *, by: Person, session: Session, form_key: UUID | None = None) -> ServiceLog:
    """Notes a session that was given or missed. The same `form_key` sent twice, also days later, makes one.

    Raises Refused with every fault.
    """
    locked = held(case, by=by)
    before = form_key and ServiceLog.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    refuse(session_faults(locked, session))
    return _keep(locked, by, session, "log-session", form_key=form_key)


@transaction.atomic
def correct_session(case: Case, number: int, *, by: Person, session: Session) -> ServiceLog:
    """Puts the note of a session right; the old one stays to be read.

    Raises Refused, Http404, and PermissionDenied for what the other side noted.
    """
    locked = held(case, by=by)
    old = _own(locked, number, by)
    refuse(session_faults(locked, session, instead_of=old.number))
    return _keep(locked, by, session, "correct-session", corrects=old)


@transaction.atomic
def withdraw_session(case: Case, number: int, *, by: Person) -> ServiceLog:
    """Takes the note of a session back; it stays to be read. Raises Http404 and PermissionDenied as above."""
    locked = held(case, by=by)
    old = _own(locked, number, by)
    return _keep(locked, by, _session(old), "withdraw-session", corrects=old, withdrawn=True)


def session_faults(case: Case, session: Session, instead_of: int | None = None) -> list[Fault]:
    """Everything that is wrong with a session before it is noted; `instead_of`: the number of the note it replaces."""
    faults = [*plain_faults(session), *unkeepable(session.note, "note")]
    if session.plan_kind not in KINDS:
        return [*faults, Fault("plan_kind", _("This kind of plan has no services."), _("Choose a service."))]
    spells = spells_in(case, max(session.on, today()), session.plan_kind)
    known = {row.service for spell in spells for row in spell.rows}
    if session.service not in known:
        faults.append(Fault("service", _("No plan in force names this service."), _("Choose one from the list.")))
    if session.makes_up is not None and not _can_make_up(case, session, instead_of):
        mend = _("Choose a missed session of the same service, or none.")
        faults.append(Fault("makes_up", _("There is no such session to make up for."), mend))
    return faults


def known_services(case: Case) -> dict[str, str]:
    """The services that the plans in force named up to today, by key ("iep:related-services/r1") and by name.

    A name that two services have, such as one in an IEP and one in a 504 plan, names none of them.
    """
    said = tongue(get_language() or "en")
    keys: dict[str, set[str]] = {}
    told = told_to_both(case)
    for kind in KINDS:
        for row in (row for spell in spells_in(case, today(), kind, told) for row in spell.rows):
            key, name = f"{kind}:{row.service}", row.name if isinstance(row.name, str) else said.say(row.name)
            for one in (key, " ".join(name.casefold().split())):
                keys.setdefault(one, set()).add(key)
    return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1}


def plain_faults(session: Session) -> Iterator[Fault]:
    """What is wrong with a session whatever the case: how it ended, why, how long, on which day, the note."""
    if session.what not in (DELIVERED, MISSED):
        yield Fault("what", _("Say if it was given or missed."), _("Choose one."))
    if session.what == MISSED and session.reason not in REASONS:
        yield Fault("reason", _("Say why it was missed."), _("Choose one."))
    if session.what != MISSED and session.reason:
        yield Fault("reason", _("A session that was given has no reason."), _("Leave the reason empty."))
    if not 0 < session.minutes <= LONGEST:
        yield Fault("minutes", _("This cannot be the length of a session."), _("Write the minutes, such as 30."))
    if session.on > today():
        yield Fault("on", _("This day has not come yet."), _("Write the day on which it was."))
    if len(session.note) > LONGEST_NOTE:
        yield Fault("note", _("This is too long."), _("Shorten it."))


def _can_make_up(case: Case, session: Session, instead_of: int | None) -> bool:
    if session.what != DELIVERED or session.makes_up == instead_of:
        return False
    found = standing(logs_of(case, session.plan_kind))
    side = case.reader.side
    return any(
        one.number == session.makes_up and one.what == MISSED and _service(one) == session.service and one.side == side
        for one in found
    )


def _keep(
    case: Case, by: Person, session: Session, action: str, *, corrects: ServiceLog | None = None,
    withdrawn: bool = False, form_key: UUID | None = None,
) -> ServiceLog:  # fmt: skip
    field, _slash, row_id = session.service.partition("/")
    made = ServiceLog.objects.create(
        case=case, number=next_number(ServiceLog.objects.filter(case=case)), on=session.on, note=session.note.strip(),
        person=by.id, role=by.role, side=by.side, form_key=form_key,
        corrects=corrects.number if corrects else None, withdrawn=withdrawn,
        plan_kind=session.plan_kind, field=field, row_id=row_id, minutes=session.minutes, what=session.what,
        reason=session.reason, makes_up=session.makes_up, in_group=session.in_group,
        shown=corrects.shown if corrects else by.side is not Side.FAMILY or case.school_id is not None,
    )  # fmt: skip
    note_access(case.pk, by, action, about=f"session:{made.number}", digest=row_digest(made))
    return made


def _own(case: Case, number: int, by: Person) -> ServiceLog:
    old = session_of(case, number)
    if old.side != by.side:
        raise PermissionDenied("The note of a session is put right by the side that made it.")
    return old


def _service(row: ServiceLog) -> str:
    return f"{row.field}/{row.row_id}"


def _session(row: ServiceLog) -> Session:
    return Session(
        _service(row), row.on, row.minutes, row.what, row.reason, row.makes_up, row.in_group, row.note, row.plan_kind
    )


def _entry(row: ServiceLog) -> LogEntry:
    return LogEntry(
        id=str(row.number), service=_service(row), on=row.on, minutes=row.minutes, what=row.what, reason=row.reason,
        makes_up=_text(row.makes_up), group=bool(row.in_group), by=row.person, role=row.role, at=row.made_at,
        corrects=_text(row.corrects), withdrawn=row.withdrawn, side=row.side,
    )  # fmt: skip


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def services_on(spells: Iterable[Spell], on: date) -> tuple[str, ...]:
    """The services in force on a day, in the order of the plan."""
    return tuple(row.service for spell in spells if spell.holds(on) for row in spell.rows)
