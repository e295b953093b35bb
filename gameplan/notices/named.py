"""What the trail names of notices: notices, their editions, deliveries, what is proved of them, and the languages.

Of a delivery the trail names what was decided when it went out; how an e-mail then fares is told by its marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.cases.trail import digest_of
from gameplan.core.words import Say
from gameplan.letters import hash_of
from gameplan.notices import doors
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Mark, Notice, Wish


def about_edition(edition: Edition) -> str:
    """How the trail names an edition: the notice and the language."""
    return f"edition:{edition.notice.notice_id}/{edition.lang}"


def about_delivery(delivery: Delivery) -> str:
    """How the trail names a delivery."""
    return f"delivery:{delivery.delivery_id}"


def about_mark(mark: Mark) -> str:
    """How the trail names what is proved: the delivery, and which of its marks it is."""
    number = Mark.objects.filter(delivery=mark.delivery_id, pk__lte=mark.pk).count()
    return f"proof:{mark.delivery.delivery_id}/{number}"


def about_choice(choice: Choice) -> str:
    """How the trail names a choice: which of the case's choices it is."""
    return f"delivery-choice:{Choice.objects.filter(case=choice.case_id, pk__lte=choice.pk).count()}"


def about_wish(wish: Wish) -> str:
    """How the trail names a wish: which of the case's wishes it is."""
    return f"language-wish:{Wish.objects.filter(case=wish.case_id, pk__lte=wish.pk).count()}"


def about_help(asked: LanguageHelp) -> str:
    """How the trail names an interpreter or translation that was asked for."""
    return f"language-help:{asked.key}"


def delivery_digest(delivery: Delivery) -> str:
    """The digest of what was decided when it went out: to whom, how, and which versions of the paper.

    Of one that the family brought also that it did.
    """
    told: list[object] = [
        delivery.delivery_id, delivery.about, delivery.leaves, delivery.way, delivery.person, delivery.to_name,
        delivery.address, delivery.lang, delivery.handed_by, delivery.signed, delivery.proof, delivery.no_translation,
        delivery.by_person, delivery.by_role,
    ]  # fmt: skip
    return digest_of([*told, "brought"] if delivery.brought else told)


def _notices(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    for one in Notice.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        yield Lying(one.case_id, one.notice_id, row_digest(one))


def _editions(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Edition.objects.filter(notice__case__in=cases).select_related("notice")
    for one in found.order_by("notice__case_id", "id").iterator(chunk_size=50):
        yield Lying(one.notice.case_id, f"{one.notice.notice_id}/{one.lang}", row_digest(one), hash_of(one.text))


def _deliveries(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    for one in Delivery.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        yield Lying(one.case_id, one.delivery_id, delivery_digest(one))


def _marks(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Mark.objects.filter(delivery__case__in=cases).select_related("delivery")
    numbers: Counter[int] = Counter()
    for one in found.order_by("delivery__case_id", "id").iterator(chunk_size=500):
        numbers[one.delivery_id] += 1
        yield Lying(one.delivery.case_id, f"{one.delivery.delivery_id}/{numbers[one.delivery_id]}", row_digest(one))


def _choices(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    numbers: Counter[UUID] = Counter()
    for one in Choice.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        numbers[one.case_id] += 1
        yield Lying(one.case_id, str(numbers[one.case_id]), row_digest(one))


def _wishes(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    numbers: Counter[UUID] = Counter()
    for one in Wish.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        numbers[one.case_id] += 1
        yield Lying(one.case_id, str(numbers[one.case_id]), row_digest(one))


def _help(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    for one in LanguageHelp.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        yield Lying(one.case_id, str(one.key), row_digest(one))


def _seen_notices(case: Case) -> Iterable[str]:
    return doors.notices_of(case).values_list("notice_id", flat=True)


def _seen_editions(case: Case) -> Iterable[str]:
    return (f"{one.notice_id}/{edition.lang}" for one in doors.notices_of(case) for edition in one.editions.all())


def _seen_deliveries(case: Case) -> Iterable[str]:
    return doors.deliveries_of(case).values_list("delivery_id", flat=True)


def _seen_marks(case: Case) -> Iterable[str]:
    for one in doors.deliveries_of(case):
        yield from (f"{one.delivery_id}/{number}" for number, _ in enumerate(one.proved.all(), start=1))


def _seen_choices(case: Case) -> Iterable[str]:
    return _places(Choice.objects.filter(case=case).order_by("id"), doors.choices_of(case))


def _seen_wishes(case: Case) -> Iterable[str]:
    return _places(Wish.objects.filter(case=case).order_by("id"), doors.wishes_of(case))


def _places(rows: QuerySet[doors.Said], seen: Iterable[doors.Said]) -> Iterable[str]:
    """Which of the case's rows those are that are seen."""
    keys = {one.pk for one in seen}
    return (str(number) for number, key in enumerate(rows.values_list("pk", flat=True), start=1) if key in keys)


def _seen_help(case: Case) -> Iterable[str]:
    return (str(key) for key in doors.help_of(case).values_list("key", flat=True))


KINDS = (
    Kind("notice", "notices", Say("notice"), _notices, _seen_notices),
    Kind("edition", "editions", Say("version of a notice"), _editions, _seen_editions),
    Kind("delivery", "deliveries", Say("delivery"), _deliveries, _seen_deliveries),
    Kind("proof", "proofs", Say("proof of a delivery"), _marks, _seen_marks),
    Kind("delivery-choice", "delivery-choices", Say("choice of e-mail or paper"), _choices, _seen_choices),
    Kind("language-wish", "language-wishes", Say("wish for a language"), _wishes, _seen_wishes),
    Kind("language-help", "language-helps", Say("interpreter or translation"), _help, _seen_help),
)
