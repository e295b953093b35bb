"""Taking in the letters of a case file: all of them, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import LONGEST_ID, Case
from gameplan.cases.named import many_digest, row_digest
from gameplan.core.facts import SentLetter
from gameplan.core.faults import Fault
from gameplan.letters import hash_of
from gameplan.papers.models import Letter, Sending
from gameplan.papers.named import about_sending
from gameplan.people.refusals import Refused, unkeepable

PDF_START = b"%PDF-"


@transaction.atomic
def keep_letters(case: Case, told: Iterable[SentLetter], files: Mapping[str, bytes]) -> None:
    """Keep the letters that a case file tells, as they were frozen.

    `files` has each PDF by its path in `pdf`. Call it in the transaction that takes in the case.
    Raises Refused with every fault (words that do not have their hash, a PDF that is missing, an id twice, a
    sending without a day) and writes nothing.
    """
    letters = tuple(told)
    faults = [fault for index, one in enumerate(letters) for fault in _faults(one, index, letters, files)]
    if faults:
        raise Refused(faults)
    before = Letter.objects.filter(case=case).count()
    kept = []
    for one in letters:
        letter = Letter.objects.create(
            case=case, letter_id=one.id, kind=one.kind, lang=one.lang, fields=dict(one.fields),
            text=one.text, sha256=one.sha256, rules=list(one.rules), pdf=files.get(one.pdf, b""),
            corrects=one.corrects or "", finished_at=one.finished,
        )  # fmt: skip
        kept.append(letter)
        for row in one.sent:
            sending = _sending(letter, row)
            sending.save()
            about = about_sending(sending)
            note_access(case.pk, case.reader, "import-sending", about=about, digest=row_digest(sending))
    if kept:
        digest = many_digest([row_digest(letter) for letter in kept])
        about = f"letters:{before + 1}-{before + len(kept)}"
        note_access(case.pk, case.reader, "import-letters", about=about, digest=digest)


def _sending(letter: Letter, row: Mapping[str, str]) -> Sending:
    received = row.get("received")
    return Sending(
        letter=letter, how=row.get("how", ""), on=date.fromisoformat(row["on"]), to=row.get("to", ""),
        received=date.fromisoformat(received) if received else None, receipt=row.get("receipt", ""),
        fact_id=row.get("fact", ""), at=row.get("at", ""),
    )  # fmt: skip


def _faults(
    one: SentLetter, index: int, letters: tuple[SentLetter, ...], files: Mapping[str, bytes]
) -> Iterable[Fault]:
    where = f"letters[{index}] ({one.id[:40]})"
    yield from unkeepable([one.text, dict(one.fields), list(one.rules), [dict(s) for s in one.sent]], where)
    if len(one.id) > LONGEST_ID or [other.id for other in letters].count(one.id) > 1:
        yield Fault(f"{where}.id", _("The id is too long or stands twice."), _("Give each letter its own id."))
    if hash_of(one.text) != one.sha256:
        again = _("Make the file again from the first case.")
        yield Fault(f"{where}.text", _("The letter was changed on the way."), again)
    if one.pdf and not files.get(one.pdf, b"").startswith(PDF_START):
        again = _("Make the file again with its papers.")
        yield Fault(f"{where}.pdf", _("The PDF of the letter is missing."), again)
    if one.corrects and one.corrects not in [earlier.id for earlier in letters[:index]]:
        earlier_one = _("Name an earlier letter of this file.")
        yield Fault(f"{where}.corrects", _("The letter that it corrects is not there."), earlier_one)
    for number, row in enumerate(one.sent):
        for name in ("on", "received"):
            if not _is_day(row.get(name), needed=name == "on"):
                mend = _("Write it like 2025-09-03.")
                yield Fault(f"{where}.sent[{number}].{name}", _("This is not a day."), mend)


def _is_day(value: str | None, *, needed: bool) -> bool:
    if not value:
        return not needed
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
