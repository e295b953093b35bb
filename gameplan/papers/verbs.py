"""The verbs of letters: look at one, finish it, say that it was sent, say that it arrived.

Looking never writes. Finishing freezes words, values, rules, hash and PDF together. Sending adds the fact
that starts the school's time to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan import letters
from gameplan.cases.doors import cases_of, facts_of, note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.cases.verbs import correct_fact, record_fact
from gameplan.core.facts import Fact, standing_facts
from gameplan.core.faults import Fault
from gameplan.law import law_for, vocabulary
from gameplan.papers.doors import letter_of, told_letters
from gameplan.papers.models import Letter, Sending
from gameplan.papers.named import about_sending
from gameplan.papers.pdf import NoFont, letter_pdf
from gameplan.people.refusals import Refused
from gameplan.tongues import tongue

HOWS = ("by-hand", "mail", "email", "fax", "portal")
TAKES_DAYS = frozenset({"mail"})


def suggested(case: Case, *, kind: str, lang: str, on: date, corrects: str | None = None) -> dict[str, str]:
    """What is already known for a letter: from the case, the law, and the family's last letter.

    With `corrects`, everything the corrected letter said, dated `on`. Raises UnknownLetter, Http404.
    """
    told = replace(facts_of(case), letters=told_letters(case))
    known = letters.suggest(kind, told, law_for(told.child.state, on=on), lang=lang, on=on, tongue=tongue(lang))
    if corrects is None:
        return known
    asked = {one.id for one in letters.fields_of(kind, lang) if not one.given}
    old = letter_of(case, corrects).fields
    return known | {name: value for name, value in old.items() if name in asked - {"date"}}


def preview(
    case: Case, *, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str | None = None
) -> letters.Letter:
    """The letter as it would read. Writes nothing.

    `values` are those of the fields that are asked for; what the law gives is added here and cannot be typed.
    Raises UnknownLetter, MissingFields or WrongFields, and Http404 for a letter to correct that is not there.
    """
    return letters.compose(kind, lang, _complete(case, kind, lang, values, on, corrects))


def preview_pdf(
    case: Case, *, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str | None = None
) -> bytes:
    """The letter as it would be printed, marked as a draft. Writes nothing.

    Raises as `preview`, and CannotPrint.
    """
    return letter_pdf(preview(case, kind=kind, lang=lang, values=values, on=on, corrects=corrects), draft=True)


@transaction.atomic
def finish(
    case: Case,
    *,
    by: Person,
    kind: str,
    lang: str,
    values: Mapping[str, str],
    on: date,
    corrects: str | None = None,
    form_key: UUID | None = None,
) -> Letter:
    """Freeze the letter: its words, values, rules, hash and PDF, all or nothing.

    A letter with letters that no font of the program has is frozen without a PDF: no family is kept from asking by
    its own name. It goes out as a Word file or as text.
    `corrects` is the id of the letter that this one takes the place of; the new letter names its date.
    The same `form_key` sent twice makes one letter. Raises as `preview`, and CannotPrint.
    """
    locked = _locked(case, by)
    before = form_key and Letter.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    complete = _complete(case, kind, lang, values, on, corrects)
    composed = letters.compose(kind, lang, complete)
    letter = Letter.objects.create(
        case=locked,
        letter_id=_free_id(locked),
        kind=kind,
        lang=lang,
        fields=letters.tidied(complete),
        text=composed.plain(),
        sha256=composed.sha256,
        rules=list(composed.rules),
        pdf=_printed(composed),
        corrects=corrects or "",
        finished_at=_now(),
        form_key=form_key,
    )
    note_access(case.pk, by, "finish-letter", about=f"letter:{letter.letter_id}", digest=row_digest(letter))
    return letter


def _printed(composed: letters.Letter) -> bytes:
    """The PDF; empty where no font has the letters."""
    try:
        return letter_pdf(composed)
    except NoFont:
        return b""


@transaction.atomic
def mark_sent(
    letter: Letter,
    *,
    by: Person,
    how: str,
    on: date,
    to: str = "",
    receipt: str | None = None,
    received: date | None = None,
    form_key: UUID | None = None,
) -> Sending:
    """Write down that the letter went out, and the fact that starts the school's time to answer.

    What is handed over, e-mailed, faxed or put into a portal is received the same day, unless `received` says
    otherwise. By mail it is received when it arrives: without `received` the fact is only planned until
    `mark_received`. `receipt` is the id of a paper that `cases.verbs.attach` gave. A letter sent twice is one
    request, from the earlier day. Raises Refused if the days or the way cannot be.
    """
    locked = _locked(letter.case, by)
    before = form_key and Sending.objects.filter(letter=letter, form_key=form_key).first()
    if before:
        return before
    if received is None and how not in TAKES_DAYS:
        received = on
    _refuse_wrong_way(how, on, received)
    sending = Sending(
        letter=letter, how=how, on=on, to=" ".join(to.split()), received=received, receipt=receipt or "",
        at=_now(), form_key=form_key,
    )  # fmt: skip
    sending.fact_id = _tell(locked, sending, by)
    sending.save()
    note_access(locked.pk, by, "send-letter", about=about_sending(sending), digest=row_digest(sending))
    return sending


@transaction.atomic
def mark_received(sending: Sending, *, by: Person, received: date) -> Sending:
    """Write down on which day the school got what was mailed; from that day its time to answer runs.

    Raises Refused if that day is before the day of sending, or if another day is already written down: then
    correct the fact on the timeline.
    """
    locked = _locked(sending.letter.case, by)
    sending.refresh_from_db()
    if sending.received == received:
        return sending
    if sending.received is not None:
        what = _("It is already written down when this letter was received.")
        raise Refused([Fault("received", what, _("Correct the fact on the timeline."))])
    _refuse_wrong_way(sending.how, sending.on, received)
    sending.received = received
    sending.fact_id = _tell(locked, sending, by)
    sending.save(update_fields=["received", "fact_id"])
    note_access(locked.pk, by, "letter-received", about=about_sending(sending), digest=row_digest(sending))
    return sending


def _complete(
    case: Case, kind: str, lang: str, values: Mapping[str, str], on: date, corrects: str | None
) -> dict[str, str]:
    """The values that were typed and those nobody types: the law's, and the date of the letter corrected."""
    given = {one.id for one in letters.fields_of(kind, lang) if one.given}
    asked = {name: value for name, value in values.items() if name not in given}
    asked.setdefault("date", on.isoformat())
    complete = asked | letters.given(kind, law_for(child_of(case).state, on=on), lang=lang, on=on)
    if corrects:
        complete["replaces"] = letter_of(case, corrects).fields.get("date", "")
    return complete


def _tell(case: Case, sending: Sending, by: Person) -> str:
    """Add to the timeline what the sending means, and give the fact's id.

    "" if this kind adds nothing, or names a fact that the case does not have: then the family writes it down itself.
    """
    record = _record_of(sending.letter)
    refs = letters.refs_of(record, standing_facts(facts_of(case).facts)) if record else None
    if record is None or refs is None:
        return ""
    known = _standing_fact(case, sending.letter)
    says = _says(sending, record, refs)
    if known is None:
        return record_fact(
            case, by=by, kind=record.kind, on=sending.received or sending.on, data=says,
            planned=sending.received is None, entry_attachments=[sending.receipt] if sending.receipt else [],
        ).fact_id  # fmt: skip
    if sending.received and (known.planned or sending.received < known.on):
        papers = dict.fromkeys((*known.attachments, *([sending.receipt] if sending.receipt else [])))
        return correct_fact(
            case, by=by, fact_id=known.id, on=sending.received, data={**known.data, **says},
            note=known.note, entry_attachments=papers,
        ).fact_id  # fmt: skip
    return known.id


def _record_of(letter: Letter) -> letters.Record | None:
    """What sending this letter records, if anything: some record it only where a field says so."""
    known = letter.kind in letters.kinds()
    return letters.recorded(letters.kind_of(letter.kind).records, letter.fields) if known else None


def _says(sending: Sending, record: letters.Record, refs: Mapping[str, str]) -> dict[str, object]:
    """The data of the fact, as far as the vocabulary has words for it. What the letter says comes first."""
    kind = vocabulary().kinds[record.kind]
    says: dict[str, object] = {
        record.sends: sending.on, "how": sending.how, "letter": sending.letter.letter_id,
        **letters.data_of(record, kind, sending.letter.fields), **refs,
    }  # fmt: skip
    if sending.to:
        says["to"] = sending.to
    if sending.received:
        says[record.arrives] = sending.received
    return {name: value for name, value in says.items() if kind.field(name)}


def _standing_fact(case: Case, letter: Letter) -> Fact | None:
    """The fact that still stands from an earlier sending of this letter, or of one that it corrects."""
    told = facts_of(case).facts
    by_id = {fact.id: fact for fact in told}
    later = {fact.corrects: fact for fact in told if fact.corrects}
    line = [letter]
    while line[-1].corrects:
        line.append(letter_of(case, line[-1].corrects))
    for sent in Sending.objects.filter(letter__in=line).exclude(fact_id="").order_by("-id"):
        fact = by_id.get(sent.fact_id)
        while fact and fact.id in later:
            fact = later[fact.id]
        if fact and not fact.withdrawn:
            return fact
    return None


def _refuse_wrong_way(how: str, on: date, received: date | None) -> None:
    faults = []
    if how not in HOWS:
        faults.append(Fault("how", _("This way of sending is not known."), _("Choose one from the list.")))
    if received and received < on:
        what = _("The school cannot have it before it was sent.")
        faults.append(Fault("received", what, _("Check both days.")))
    if faults:
        raise Refused(faults)


def _locked(case: Case, by: Person) -> Case:
    """The case as it is now, held until the end of the transaction.

    Raises Http404 if this person has no such case.
    """
    found = cases_of(by).select_for_update(of=("self",), no_key=True).filter(pk=case.pk).first()
    if found is None:
        raise Http404("There is no such case any more.")
    found.reader = by
    return found


def _free_id(case: Case) -> str:
    taken = set(Letter.objects.filter(case=case).values_list("letter_id", flat=True))
    number = len(taken) + 1
    while f"l{number}" in taken:
        number += 1
    return f"l{number}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
