"""Reading letters: those of a case, one of them, its PDF, and letters as the case file tells them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.seeing import last_choice, sees_all
from gameplan.core.facts import SentLetter
from gameplan.papers.models import Letter, Sending


def letters_of(case: Case) -> QuerySet[Letter]:
    """The finished letters of a case that its reader sees, with their sendings, oldest first, without their PDFs.

    Letters are the family's: the school sees those that were sent, unless the family keeps one back. Two queries.
    """
    sendings = Prefetch("sendings", queryset=Sending.objects.order_by("id"))
    found = _seen(case).annotate(has_pdf=GreaterThan(Length("pdf"), 0))  # type: ignore[no-redef]  # declared on Letter
    return found.defer("pdf").prefetch_related(sendings)


def _seen(case: Case) -> QuerySet[Letter]:
    found: QuerySet[Letter] = Letter.objects.filter(case=case)
    if sees_all(case):
        return found
    is_sent = Exists(Sending.objects.filter(letter=OuterRef("pk")))
    return found.alias(word=last_choice("letter", "letter_id")).filter(is_sent, Q(word=True) | Q(word__isnull=True))


def letter_of(case: Case, letter_id: str) -> Letter:
    """One finished letter of the case with its sendings. Raises Http404 if the case has no such letter."""
    found = letters_of(case).filter(letter_id=letter_id).first()
    if found is None:
        raise Http404("There is no such letter.")
    found.case = case
    return found


def pdf_of(letter: Letter) -> bytes:
    """The PDF of a letter as it was finished. Raises Http404 for one that no font could print."""
    if not letter.pdf:
        raise Http404("This letter has no PDF.")
    return bytes(letter.pdf)


def correction_of(letter: Letter) -> Letter | None:
    """The letter that takes the place of this one, or None."""
    return letters_of(letter.case).filter(corrects=letter.letter_id).first()


def told_letters(case: Case) -> tuple[SentLetter, ...]:
    """The letters of a case as its case file tells them."""
    return tuple(_told(letter) for letter in letters_of(case))


def letter_files(case: Case) -> dict[str, bytes]:
    """The PDF of each letter that has one, by its path beside the case file."""
    return {pdf_path(letter.letter_id): bytes(letter.pdf) for letter in letters_of(case) if letter.has_pdf}


def pdf_path(letter_id: str) -> str:
    """Where a letter's PDF lies beside the case file."""
    return f"papers/{letter_id}.pdf"


def _told(letter: Letter) -> SentLetter:
    return SentLetter(
        id=letter.letter_id,
        kind=letter.kind,
        lang=letter.lang,
        text=letter.text,
        sha256=letter.sha256,
        finished=letter.finished_at,
        fields=letter.fields,
        rules=tuple(letter.rules),
        corrects=letter.corrects or None,
        sent=tuple(_told_sending(sending) for sending in letter.went_out),
        pdf=pdf_path(letter.letter_id) if letter.has_pdf else "",
    )


def _told_sending(sending: Sending) -> dict[str, str]:
    told = {
        "how": sending.how,
        "on": sending.on.isoformat(),
        "to": sending.to,
        "receipt": sending.receipt,
        "received": sending.received.isoformat() if sending.received else "",
        "fact": sending.fact_id,
        "at": sending.at,
    }
    return {name: value for name, value in told.items() if value}
