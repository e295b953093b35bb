"""The verbs of a case: the only way to change one. Each is whole or not at all, and writes down who did it.

Facts are appended, never edited. A verb that cannot do what was asked raises Refused, and nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases import rows
from gameplan.cases.doors import case_for, held, may_now, note_access
from gameplan.cases.file_types import file_name
from gameplan.cases.importing import import_case
from gameplan.cases.models import Access, Attachment, Case, Entry, Member, Proof, Shown, Year
from gameplan.cases.models_joint import KeptCopy
from gameplan.cases.named import fact_digest, pin_digest, row_digest
from gameplan.cases.people import Person
from gameplan.cases.photos import as_kept
from gameplan.cases.seeing import shared
from gameplan.core.calendars import SchoolYear, school_year_name
from gameplan.core.casefile import check_fact
from gameplan.core.casewrite import fact_json, plain
from gameplan.core.facts import Child, Fact
from gameplan.core.faults import Fault
from gameplan.law import vocabulary
from gameplan.people.invitations import forget_invitations
from gameplan.people.refusals import Refused, refuse, unkeepable
from gameplan.people.roles import Action, Side

__all__ = [
    "Refused", "add_account", "attach", "calendar_faults", "change_child", "correct_fact", "delete_case", "import_case",
    "record_fact", "remove_calendar", "save_calendar", "start_case", "withdraw_fact",
]  # fmt: skip


@transaction.atomic
def start_case(
    person: Person,
    *,
    child: Child,
    language: str = "en",
    is_sample: bool = False,
    form_key: UUID | None = None,
) -> Case:
    """A new case with this child, held by this person. The same `form_key` sent twice makes one case."""
    check_child(child)
    about = {**rows.child_columns(child), "language": language, "is_sample": is_sample}
    case, is_new = Case.objects.get_or_create(pk=form_key or uuid4(), defaults=about)
    if not is_new:
        return case_for(person, case.pk, to=Action.WRITE)
    person = person.as_family()
    Member.objects.create(case=case, person=person.id, role=person.role)
    case.reader = person
    note_access(case.pk, person, "start-case")
    return case


@transaction.atomic
def change_child(case: Case, *, by: Person, child: Child, language: str | None = None) -> Case:
    """The case with the child as now told, and the language of its letters if one is given."""
    check_child(child)
    changed = held(case)
    for column, value in rows.child_columns(child).items():
        setattr(changed, column, value)
    changed.language = language or changed.language
    changed.save()
    note_access(case.pk, by, "change-child")
    return changed


@transaction.atomic
def record_fact(
    case: Case,
    *,
    by: Person,
    kind: str,
    on: date,
    said_by: str | None = None,
    data: Mapping[str, object] | None = None,
    planned: bool = False,
    note: str = "",
    written_in: Mapping[str, str] | None = None,
    entry_attachments: Iterable[str] = (),
    form_key: UUID | None = None,
    private: bool = False,
) -> Entry:
    """Add one fact to the timeline.

    Without `said_by` it is the account of the side that writes it: the parent's or the school's.
    `private`: the family keeps it to itself, and the school that holds the case too does not see it.
    `entry_attachments` are ids of papers that `attach` gave; the same `form_key` sent twice makes one fact.
    Raises Refused if the fact does not fit the vocabulary of the law.
    """
    fact = Fact(
        "", kind, on, data or {}, said_by or _account_of(by), planned=planned, note=note, written_in=written_in or {},
        attachments=tuple(entry_attachments),
    )  # fmt: skip
    return _append(case, fact, by=by, form_key=form_key, verb="record-fact", private=private)


@transaction.atomic
def correct_fact(
    case: Case,
    *,
    by: Person,
    fact_id: str,
    on: date,
    kind: str | None = None,
    said_by: str | None = None,
    data: Mapping[str, object] | None = None,
    planned: bool = False,
    note: str = "",
    written_in: Mapping[str, str] | None = None,
    entry_attachments: Iterable[str] | None = None,
    form_key: UUID | None = None,
) -> Entry:
    """Add a fact that stands in the place of another; the other stays visible as corrected.

    What is not given (kind, who says so, data, where it is written, papers) is as it was in the other fact.
    Raises Refused if that fact was already corrected or taken back, or if the other side told it.
    """
    old = _own_fact(case, fact_id, by)
    fact = replace(
        old,
        kind=kind or old.kind,
        on=on,
        said_by=said_by or old.said_by,
        data=old.data if data is None else data,
        planned=planned,
        note=note,
        written_in=old.written_in if written_in is None else written_in,
        attachments=old.attachments if entry_attachments is None else tuple(entry_attachments),
        corrects=fact_id,
        account_of=None,
        withdrawn=False,
    )
    return _append(case, fact, by=by, form_key=form_key, verb="correct-fact")


@transaction.atomic
def withdraw_fact(case: Case, *, by: Person, fact_id: str, note: str = "", form_key: UUID | None = None) -> Entry:
    """Add a fact that takes another back; the other stays visible as taken back. Raises Refused as `correct_fact`."""
    fact = replace(
        _own_fact(case, fact_id, by), note=note, corrects=fact_id, account_of=None, withdrawn=True, attachments=()
    )
    return _append(case, fact, by=by, form_key=form_key, verb="withdraw-fact")


@transaction.atomic
def add_account(
    case: Case,
    *,
    by: Person,
    fact_id: str,
    said_by: str,
    on: date,
    data: Mapping[str, object] | None = None,
    note: str = "",
    written_in: Mapping[str, str] | None = None,
    entry_attachments: Iterable[str] = (),
    form_key: UUID | None = None,
) -> Entry:
    """Add what another side says about the same event. Both accounts stand.

    Raises Refused if the same side already tells that fact (then it is a correction).
    """
    old = _fact(case, fact_id)
    if old.said_by == said_by:
        what = _("This fact already says what that side says.")
        raise Refused([Fault("fact.said_by", what, _("Choose the other side, or correct the fact."))])
    fact = Fact(
        "", old.kind, on, old.data if data is None else data, said_by, planned=old.planned,
        account_of=fact_id, note=note, written_in=written_in or {}, attachments=tuple(entry_attachments),
    )  # fmt: skip
    return _append(case, fact, by=by, form_key=form_key, verb="add-account")


@transaction.atomic
def attach(
    case: Case, *, by: Person, name: str, content: bytes, media_type: str = "", fact_id: str | None = None
) -> Attachment:
    """Keep a paper or photo with the case, and with one of its facts if `fact_id` is given.

    The bytes tell what it is; `media_type` is only what the browser believes. A photo is written anew, and the hash
    is that of what is kept. The same bytes under the same name are kept once.
    Raises Refused for what cannot be kept: empty, over 15 MB, of an unknown kind, or a photo that cannot be shown.
    """
    content, kept_type = as_kept(content, media_type)
    locked = held(case)
    sha256 = hashlib.sha256(content).hexdigest()
    safe_name = file_name(name, kept_type)
    paper = locked.attachments.filter(sha256=sha256, name=safe_name).defer("content").first()
    if paper is None:
        paper = Attachment.objects.create(
            case=locked, attachment_id=_free_id(locked.attachments, "attachment_id", "a"), name=safe_name,
            media_type=kept_type, size=len(content), sha256=sha256, content=content, added_by=by.role, side=by.side,
        )  # fmt: skip
        note_access(case.pk, by, "attach", about=f"paper:{paper.attachment_id}", digest=row_digest(paper))
    if fact_id:
        _pin_later(_entry(locked, fact_id), paper, by)
    return paper


@transaction.atomic
def save_calendar(case: Case, *, by: Person, year: SchoolYear, source: str = "") -> Year:
    """Keep one school year of the child's school, in place of an older one of the same name.

    Raises Refused if the days do not fit together.
    """
    named = replace(year, school_year=year.school_year.strip() or school_year_name(year.first_day))
    refuse([*calendar_faults(named), *unkeepable([named.school_year, source], "calendar")])
    locked = held(case)
    locked.years.filter(school_year=named.school_year).delete()
    kept = Year.objects.create(case=locked, **rows.school_year_columns(named), source=source, saved_by=by.role)
    note_access(case.pk, by, "save-calendar")
    return kept


@transaction.atomic
def remove_calendar(case: Case, *, by: Person, school_year: str) -> None:
    """Forget one school year. Raises Http404 if the case has none of that name."""
    deleted, _by_model = held(case).years.filter(school_year=school_year).delete()
    if not deleted:
        raise Http404("There is no such school year.")
    note_access(case.pk, by, "remove-calendar")


@transaction.atomic
def delete_case(case: Case, *, by: Person) -> None:
    """Delete the case for good: facts, papers, letters, drafts, calendars and the record of access.

    Guaranteed on SQLite, once the transaction ends: no byte of the case is left in the database file or its
    log, because deleted rows are overwritten, the file is rebuilt and the log is cut. Not guaranteed: copies
    that somebody made, and what a disk keeps of old blocks by itself. On PostgreSQL the rows are gone; their
    space goes with VACUUM, and backups keep what they keep.
    Raises PermissionDenied if this person may not delete it.
    """
    locked = held(case)
    locked.reader = by
    if not may_now(locked, Action.DELETE):
        raise PermissionDenied("This person may not delete this case.")
    keys = [locked.pk, *locked.stubs.values_list("pk", flat=True)]
    Access._base_manager.filter(case_id__in=keys).delete()
    KeptCopy._base_manager.filter(case_id__in=keys, organisation__isnull=True).delete()
    forget_invitations(keys)
    locked.delete()
    transaction.on_commit(leave_no_trace)


def leave_no_trace() -> None:
    """Leave no byte of deleted rows in the database file, where that can be guaranteed (see `delete_case`)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        is_busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise OperationalError("The case is deleted, but another program reads the file. Close it and start again.")


def _append(case: Case, fact: Fact, *, by: Person, form_key: UUID | None, verb: str, private: bool = False) -> Entry:
    locked = held(case)
    sent_before = form_key and locked.entries.filter(form_key=form_key).first()
    if sent_before:
        return sent_before
    if fact.corrects:
        _refuse_second_correction(locked, fact.corrects)
    checked = _checked(
        replace(fact, id=_free_id(locked.entries, "fact_id", "f"), entered_at=_now(), entered_by=by.role)
    )
    last = locked.entries.aggregate(last=models.Max("position"))["last"] or 0
    columns = rows.fact_columns(checked, position=last + 1)
    entry = Entry.objects.create(case=locked, form_key=form_key, side=_side_of(by), **columns)
    papers = tuple(dict.fromkeys(checked.attachments))
    _pin(locked, entry, papers)
    note_access(case.pk, by, verb, about=f"fact:{checked.id}", digest=fact_digest(entry, papers))
    if not private and locked.school_id and by.side is Side.FAMILY and _may_be_seen(locked, fact.corrects):
        Shown.objects.create(entry=entry, is_shown=True, person=by.id)
    return entry


def _checked(fact: Fact) -> Fact:
    """The fact as the vocabulary has it. Raises Refused with all that does not fit."""
    raw = fact_json(fact)
    checked, faults = check_fact(raw, vocabulary())
    faults = [*faults, *unkeepable(raw, "fact")]
    if faults or checked is None:
        raise Refused(faults)
    return checked


def _side_of(by: Person) -> Side:
    """The side that tells a fact. Raises PermissionDenied for somebody who stands on neither."""
    if by.side is Side.NEITHER:
        raise PermissionDenied("Only the family and the school write in a case.")
    return by.side


def _account_of(by: Person) -> str:
    """Whose account it is that this person tells."""
    return "school" if by.side is Side.SCHOOL else "parent"


def _may_be_seen(case: Case, corrected: str | None) -> bool:
    """A correction is seen by the school where what it corrects is seen."""
    return corrected is None or shared(case.entries.filter(fact_id=corrected)).exists()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _own_fact(case: Case, fact_id: str, by: Person) -> Fact:
    """A fact that this side told. Nobody corrects the other side's words: a second account stands beside them."""
    if _entry(case, fact_id).side != by.side:
        what = _("The other side told this fact. It can be corrected only by them.")
        raise Refused([Fault("fact.corrects", what, _("Tell it as it was for you: both accounts stand."))])
    return _fact(case, fact_id)


def _entry(case: Case, fact_id: str) -> Entry:
    found = case.entries.filter(fact_id=fact_id).first()
    if found is None:
        raise Http404("There is no such fact.")
    return found


def _fact(case: Case, fact_id: str) -> Fact:
    entry = _entry(case, fact_id)
    papers = entry.proofs.values_list("attachment__attachment_id", flat=True)
    return rows.fact_of(tuple(getattr(entry, column) for column in rows.FACT_COLUMNS), tuple(papers))


def _refuse_second_correction(case: Case, fact_id: str) -> None:
    later = case.entries.filter(corrects=fact_id).first()
    if later:
        what = _("This fact was already corrected or taken back.")
        raise Refused([Fault("fact.corrects", what, _("Go back to the timeline and choose the newest one."))])


def _free_id(taken: models.Manager[models.Model], column: str, letter: str) -> str:
    number = taken.count() + 1
    while taken.filter(**{column: f"{letter}{number}"}).exists():
        number += 1
    return f"{letter}{number}"


def _pin(case: Case, entry: Entry, attachment_ids: Iterable[str]) -> None:
    for attachment_id in attachment_ids:
        paper = case.attachments.filter(attachment_id=attachment_id).only("pk").first()
        if paper is None:
            raise Http404("There is no such paper.")
        Proof.objects.get_or_create(entry=entry, attachment=paper)


def check_child(child: Child) -> None:
    """Raises Refused with all that cannot be kept of what is told of a child."""
    refuse(_child_faults(child))


def _pin_later(entry: Entry, paper: Attachment, by: Person) -> None:
    """Put a paper to a fact that was written before: the trail names that, because the fact's own digest is older."""
    _proof, is_new = Proof.objects.get_or_create(entry=entry, attachment=paper)
    if is_new:
        about = f"{entry.fact_id}/{paper.attachment_id}"
        digest = pin_digest(entry.fact_id, paper.attachment_id, paper.sha256)
        note_access(entry.case_id, by, "pin-paper", about=f"pin:{about}", digest=digest)


def _child_faults(child: Child) -> Iterable[Fault]:
    yield from unkeepable({key: plain(value) for key, value in rows.child_columns(child).items()}, "child")
    if child.state and child.state not in vocabulary().states:
        yield Fault("child.state", _("There is no such State."), _("Choose the State from the list."))


def calendar_faults(year: SchoolYear) -> Iterable[Fault]:
    """What does not fit together in a school year, each with a way to mend it."""
    if year.first_day >= year.last_day:
        yield Fault("last_day", _("The last day of school is not after the first day."), _("Check both days."))
    elif (year.last_day - year.first_day).days > 400:
        yield Fault("last_day", _("A school year is not that long."), _("Check the year of both days."))
    for index, closure in enumerate(year.closed):
        if closure.last < closure.first:
            yield Fault(f"closed[{index}]", _("A break ends before it begins."), _("Put the first day first."))
