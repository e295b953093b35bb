"""What the trail names of letters: each finished letter, and each way on which one went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.core.words import Say
from gameplan.letters import hash_of
from gameplan.papers.doors import letters_of
from gameplan.papers.models import Letter, Sending


def about_sending(sending: Sending) -> str:
    """How the trail names a sending: the letter, and which of its sendings it is."""
    number = Sending.objects.filter(letter=sending.letter_id, pk__lte=sending.pk).count()
    return f"sending:{sending.letter.letter_id}/{number}"


def _letters(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    for letter in Letter.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=50):
        yield Lying(letter.case_id, letter.letter_id, row_digest(letter), hash_of(letter.text))


def _sendings(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Sending.objects.filter(letter__case__in=cases).select_related("letter").defer("letter__pdf")
    letter, number = 0, 0
    for sending in found.order_by("letter__case_id", "letter_id", "id").iterator(chunk_size=500):
        number = number + 1 if sending.letter_id == letter else 1
        letter = sending.letter_id
        yield Lying(sending.letter.case_id, f"{sending.letter.letter_id}/{number}", row_digest(sending))


def _seen_letters(case: Case) -> Iterable[str]:
    return letters_of(case).values_list("letter_id", flat=True)


def _seen_sendings(case: Case) -> Iterable[str]:
    for letter in letters_of(case):
        yield from (f"{letter.letter_id}/{number}" for number, _ in enumerate(letter.sendings.all(), start=1))


LETTERS = Kind("letter", "letters", Say("letter"), _letters, _seen_letters, frozenset({"finish-letter", "import-case"}))
SENDINGS = Kind(
    "sending", "sendings", Say("sending of a letter"), _sendings, _seen_sendings,
    frozenset({"send-letter", "letter-received", "import-case"}),
)  # fmt: skip
