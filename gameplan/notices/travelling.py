"""Notices, deliveries and languages on their way: told as a case file tells them, taken in from one or another case.

All of them, or nothing. What is taken in was `brought` by the family. Links, and e-mails that still wait, stay where
they were: a link is for one place, and nobody's mail goes out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.records_travelling import Seen, rows_in, seen_of
from gameplan.cases.seeing import sees_all
from gameplan.core.faults import Fault
from gameplan.core.record_shapes import SHAPES, Records, Told, columns_of, part_of, told_row
from gameplan.notices import doors
from gameplan.notices.keeping import mark, refuse
from gameplan.notices.links import end_links
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Mark, Notice, Wish
from gameplan.notices.named import (
    about_choice,
    about_delivery,
    about_edition,
    about_help,
    about_mark,
    about_wish,
    delivery_digest,
)
from gameplan.notices.proofs import State, What
from gameplan.notices.shelf import paper_of
from gameplan.notices.travel_checks import faults_of

NOTICES, DELIVERIES, CHOICES, WISHES, HELP = (
    "notices", "deliveries", "delivery_choices", "language_wishes", "language_help",
)  # fmt: skip
WAITED: Final = "it still waited when the file was saved or went into another one"
"""Why an e-mail that waited did not go out: it is the old file's, and is not sent from the new one."""


def pdf_path(notice_id: str, lang: str) -> str:
    """Where the paper of a notice in a language lies beside the case file."""
    return f"papers/notice-{notice_id}-{lang}.pdf"


def told_notices(case: Case) -> Records:
    """The notices, deliveries, choices, wishes, interpreters and translations that the reader of a case sees."""
    told: dict[str, tuple[Told, ...]] = {
        NOTICES: tuple(_notices(case)),
        DELIVERIES: tuple(_deliveries(case)),
        CHOICES: tuple(_said(CHOICES, map(_without_address(case), doors.choices_of(case)))),
        WISHES: tuple(_said(WISHES, doors.wishes_of(case))),
        HELP: tuple(_help(case)),
    }
    return {name: rows for name, rows in told.items() if rows}


def notice_files(case: Case) -> dict[str, bytes]:
    """The paper of each notice in each language by its path beside the case file."""
    seen = [one.pk for one in doors.notices_of(case)]
    editions = Edition.objects.filter(notice__in=seen).select_related("notice")
    return {pdf_path(one.notice.notice_id, one.lang): bytes(one.pdf) for one in editions}


def _notices(case: Case) -> Iterator[Told]:
    found = list(doors.notices_of(case))[::-1]
    seen, earlier = seen_of(case) if found else Seen((), ()), set[str]()
    for one in found:
        editions = [
            {**told_row(part_of(NOTICES, "editions"), edition), "pdf": pdf_path(one.notice_id, edition.lang)}
            for edition in one.editions.all()
        ]
        corrects = one.corrects if one.corrects in earlier else ""
        told = {"about_event": seen.fact(one.about_event), "corrects": corrects, "editions": editions}
        yield {**told_row(SHAPES[NOTICES], one), **told}
        earlier.add(one.notice_id)


def _deliveries(case: Case) -> Iterator[Told]:
    """The deliveries of papers that the reader sees, too."""
    found = list(doors.deliveries_of(case))
    seen = seen_of(case) if found else Seen((), ())
    there = {about: _is_there(case, about) for about in {one.about for one in found}}
    for one in found:
        if there[one.about]:
            marks = [told_row(part_of(DELIVERIES, "marks"), each) for each in doors.marks_of(one)]
            told = {"fact": seen.fact(one.fact_id), "proof": seen.paper(one.proof), "marks": marks}
            yield {**told_row(SHAPES[DELIVERIES], one), **told}


def _help(case: Case) -> Iterator[Told]:
    for one in reversed(doors.help_of(case)):
        about = one.about if one.about and _is_there(case, one.about) else ""
        yield {"id": str(one.key), **told_row(SHAPES[HELP], one), "about": about}


def _said(what: str, rows: Iterable[Choice | Wish]) -> Iterator[Told]:
    for number, one in enumerate(rows, start=1):
        yield {"id": str(number), **told_row(SHAPES[what], one)}


def _without_address(case: Case) -> Callable[[Choice], Choice]:
    """Two parents who live apart do not get each other's address with a copy of the file that a school holds."""
    is_apart = case.school_id is not None and sees_all(case)

    def told(one: Choice) -> Choice:
        if is_apart and case.reader.id not in (one.person, one.by_person):
            one.address = ""
        return one

    return told


def _is_there(case: Case, about: str) -> bool:
    try:
        paper_of(case, about)
    except Http404:
        return False
    return True


@transaction.atomic
def keep_notices(case: Case, records: Records, files: Mapping[str, bytes], *, by: Person, said_by: str = "") -> None:
    """Keep what a case file tells of notices, deliveries and languages, after what the case has; ids are free already.

    `files` has the papers by path. `said_by`: a person whose own choices and wishes count from now on, because they
    bring them themselves. Call it in the transaction that takes in the case, once facts, letters and plans are there.
    Raises Refused with every fault, and writes nothing.
    """
    refuse(faults_of(case, records, files))
    for one in records.get(NOTICES, ()):
        _keep_notice(case, one, files, by)
    for one in records.get(DELIVERIES, ()):
        _keep_delivery(case, one, by)
    for one in _by_day(records.get(CHOICES, ())):
        choice = Choice(case=case, brought=True, counts=one["person"] == said_by, **_columns(CHOICES, one))
        choice.save()
        note_access(case.pk, by, "import-choice", about=about_choice(choice), digest=row_digest(choice))
    for one in _by_day(records.get(WISHES, ())):
        wish = Wish(case=case, brought=True, counts=one["person"] == said_by, **_columns(WISHES, one))
        wish.save()
        note_access(case.pk, by, "import-wish", about=about_wish(wish), digest=row_digest(wish))
    for one in records.get(HELP, ()):
        asked = LanguageHelp(case=case, key=_free_key(case, str(one["id"])), brought=True, **_columns(HELP, one))
        asked.save()
        note_access(case.pk, by, "import-help", about=about_help(asked), digest=row_digest(asked))


def _keep_notice(case: Case, told: Told, files: Mapping[str, bytes], by: Person) -> None:
    notice = Notice(case=case, brought=True, **_columns(NOTICES, told))
    notice.save()
    note_access(case.pk, by, "import-notice", about=notice.about, digest=row_digest(notice))
    for one in rows_in(told, "editions"):
        columns: dict[str, Any] = columns_of(part_of(NOTICES, "editions"), one)
        edition = Edition(notice=notice, pdf=files[str(one["pdf"])], **columns)
        edition.save()
        note_access(case.pk, by, "import-notice", about=about_edition(edition), digest=row_digest(edition))


def _keep_delivery(case: Case, told: Told, by: Person) -> None:
    """A delivery with its marks. An e-mail that waited counts as failed: nothing goes out unless it is sent again."""
    delivery = Delivery(case=case, brought=True, **_columns(DELIVERIES, told))
    if delivery.state == State.QUEUED:
        delivery.state, delivery.reason = State.FAILED, WAITED
    delivery.save()
    note_access(case.pk, by, "import-delivery", about=about_delivery(delivery), digest=delivery_digest(delivery))
    for one in rows_in(told, "marks"):
        columns: dict[str, Any] = columns_of(part_of(DELIVERIES, "marks"), one)
        proof = Mark(delivery=delivery, **columns)
        proof.save()
        note_access(case.pk, by, "import-delivery", about=about_mark(proof), digest=row_digest(proof))


def _columns(what: str, told: Told) -> dict[str, Any]:
    return columns_of(SHAPES[what], told)


def _by_day(rows: Sequence[Told]) -> list[Told]:
    """In the order in which it was said, so that the last one is the last."""
    return sorted(rows, key=lambda one: (str(one["on"]), datetime.fromisoformat(str(one["at"]))))


def _free_key(case: Case, name: str) -> UUID:
    """The key that it had, or another one where the case has that key already."""
    key = UUID(name)
    return uuid4() if LanguageHelp.objects.filter(case=case, key=key).exists() else key


@transaction.atomic
def stop_waiting(case: Case, *, by: Person, now: datetime, on: date) -> None:
    """Before a case goes into another one: no e-mail goes out of it any more, and no private link leads into it.

    Raises Refused while a worker has an e-mail of it in hand: what becomes of that must be written down first.
    """
    found = list(Delivery.objects.filter(case=case).select_for_update(no_key=True).order_by("id"))
    if any(one.state == State.QUEUED and one.claimed_until and one.claimed_until > now for one in found):
        what = _("An e-mail of this case is going out at this moment.")
        refuse([Fault("case", what, _("Wait a few minutes, then try again."))])
    for one in found:
        one.case = case
        if end_links(one, now):
            mark(one, What.CLOSED, on, by=by)
        if one.state == State.QUEUED:
            one.state, one.reason, one.claim, one.claimed_until = State.FAILED, WAITED, None, None
            mark(one, What.FAILED, on, by=by, reason=WAITED)
            one.save()


def carry_messages(source: Case, into: Case, names: Mapping[str, str]) -> None:
    """An e-mail that comes back is found in the case that has its delivery now. `names`: the new ids by the old."""
    sent = Delivery.objects.filter(case=source).exclude(message_id="")
    for old, message_id in sent.values_list("delivery_id", "message_id"):
        Delivery.objects.filter(case=into, delivery_id=names.get(old, old)).update(message_id=message_id)


def notice_ids(case: Case) -> dict[str, list[str]]:
    """The ids that notices and deliveries of a case have, whoever sees them."""
    return {
        "notice": list(Notice.objects.filter(case=case).order_by("id").values_list("notice_id", flat=True)),
        "delivery": list(Delivery.objects.filter(case=case).order_by("id").values_list("delivery_id", flat=True)),
    }
