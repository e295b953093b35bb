"""Reading notices and deliveries: those of a case that its reader sees, and what is proved about each.

The school's notices are its own until one is delivered; then the family sees it. Of the deliveries a member of the
family sees only those to themselves: where two parents live apart, no page tells one the address of the other.

What the family brought from another file the school sees once it sees the fact that a delivery tells; of languages and
choices, what counts; of interpreters and translations nothing. See docs/notices.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.seeing import entries_of, sees_all
from gameplan.letters import hash_of
from gameplan.notices.models import Choice, Delivery, Edition, LanguageHelp, Mark, Notice, Wish
from gameplan.notices.proofs import State
from gameplan.notices.shelf import Leaf, Paper
from gameplan.papers.doors import letter_of, pdf_of

Said = TypeVar("Said", Choice, Wish)
VISITOR: Final = "visitor"
"""The role of who holds the private link to one paper: that paper is all that they ask for."""


def notices_of(case: Case) -> QuerySet[Notice]:
    """The notices of a case that its reader sees, newest first, with their editions but without the PDFs."""
    editions = Prefetch("editions", queryset=Edition.objects.defer("pdf").order_by("id"))
    delivered = Delivery.objects.filter(case=OuterRef("case"), about=Concat(Value("notice:"), OuterRef("notice_id")))
    seen = Q(side=case.reader.side) | Exists(delivered.exclude(state=State.FAILED))
    found = Notice.objects.filter(case=case).prefetch_related(editions).order_by("-id")
    if sees_all(case):
        return found.filter(seen | Q(brought=True))
    found = found.filter(seen)
    if case.reader.role == VISITOR:
        return found
    told = Q(brought=False) | Q(fact_id__in=entries_of(case).values("fact_id"))
    return found.filter(Q(brought=False) | Exists(delivered.filter(told)))


def notice_of(case: Case, notice_id: str) -> Notice:
    """One notice of the case. Raises Http404 if its reader sees no such notice."""
    found = notices_of(case).filter(notice_id=notice_id).first()
    if found is None:
        raise Http404("There is no such notice.")
    found.case = case
    return found


def original_of(notice: Notice) -> Edition:
    """The edition that was written first."""
    return next(one for one in notice.editions.all() if one.is_original)


def correction_of(notice: Notice) -> Notice | None:
    """The notice that takes the place of this one, or None."""
    return notices_of(notice.case).filter(corrects=notice.notice_id).first()


def deliveries_of(case: Case, about: str = "") -> QuerySet[Delivery]:
    """The deliveries of a case (of one paper, if `about` is given) that its reader sees, oldest first, with marks."""
    marks = Prefetch("proved", queryset=Mark.objects.order_by("id"))
    found = Delivery.objects.filter(case=case).prefetch_related(marks).order_by("id")
    if about:
        found = found.filter(about=about)
    if not sees_all(case):
        return found.filter(Q(brought=False) | Q(fact_id__in=entries_of(case).values("fact_id")))
    if case.school_id is not None:
        return found.filter(Q(person=case.reader.id) | Q(brought=True, by_person=case.reader.id))
    return found


def choices_of(case: Case) -> list[Choice]:
    """The choices of e-mail or paper that the reader of a case sees, in the order in which they were said."""
    return _said(case, Choice.objects.filter(case=case).order_by("on", "at", "id"))


def wishes_of(case: Case) -> list[Wish]:
    """The wishes for languages that the reader of a case sees, in the order in which they were said."""
    found = _said(case, Wish.objects.filter(case=case).order_by("on", "at", "id"))
    for one in found:
        if one.brought and not sees_all(case):
            one.note = ""
    return found


def _said(case: Case, rows: QuerySet[Said]) -> list[Said]:
    return list(rows if sees_all(case) else rows.filter(counts=True))


def counting(case: Case, rows: Iterable[Said]) -> dict[str, Said]:
    """The last of the rows that counts for each person. While no school holds the case, all of them count."""
    return {one.person: one for one in rows if one.counts or case.school_id is None}


def help_of(case: Case) -> QuerySet[LanguageHelp]:
    """What was asked for in a case, newest first. Both sides see it; what the family brought it alone sees."""
    found = LanguageHelp.objects.filter(case=case).order_by("-id")
    return found if sees_all(case) else found.filter(brought=False)


def delivery_of(case: Case, delivery_id: str) -> Delivery:
    """One delivery of the case. Raises Http404 if its reader sees no such delivery."""
    found = deliveries_of(case).filter(delivery_id=delivery_id).first()
    if found is None:
        raise Http404("There is no such delivery.")
    found.case = case
    return found


def marks_of(delivery: Delivery) -> tuple[Mark, ...]:
    """What is proved of a delivery, in the order in which it was written down."""
    return tuple(delivery.proved.all())


def paper_of_notice(case: Case, notice_id: str) -> Paper:
    """A notice as it can be delivered."""
    notice = notice_of(case, notice_id)
    editions = sorted(notice.editions.all(), key=lambda one: (not one.is_original, one.pk))
    return Paper(notice.about, notice.name_in, notice.on, tuple(_leaf(one) for one in editions), needs_choice=True)


def paper_of_letter(case: Case, letter_id: str) -> Paper:
    """A letter as it can be delivered."""
    letter = letter_of(case, letter_id)
    is_whole = hash_of(letter.text) == letter.sha256
    title = letter.name_in(letter.lang)
    leaf = Leaf(letter.lang, title, letter.text, letter.sha256, is_whole, lambda: pdf_of(letter))
    return Paper(f"letter:{letter_id}", letter.name_in, letter.finished_on or letter.kept_at.date(), (leaf,))


def _leaf(edition: Edition) -> Leaf:
    is_whole = hash_of(edition.text) == edition.sha256
    return Leaf(
        edition.lang, edition.title, edition.text, edition.sha256, is_whole, lambda: bytes(edition.pdf),
        edition.translated_by,
    )  # fmt: skip
