"""What of a case its reader sees. Every list of facts, papers, letters and plans that leaves a room comes by here.

The family sees everything that either side wrote. The school sees what it wrote itself, and what the family shows.
Those who stand on neither side see what the school sees. While no school holds the case, the family is alone with it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from gameplan.cases.models import Attachment, Case, Entry, Proof, Shown
from gameplan.cases.models_joint import Choice
from gameplan.people.roles import Side


def sees_all(case: Case) -> bool:
    """True if the reader stands on the family's side. Raises NotOpened if nobody has opened the case."""
    return case.reader.side is Side.FAMILY


def entries_of(case: Case) -> QuerySet[Entry]:
    """The facts of the case that its reader sees, in the order they were written. Raises NotOpened."""
    everything = Entry.objects.filter(case=case)
    return everything if sees_all(case) else shared(everything)


def told_by(case: Case, fact_id: str) -> str:
    """The side that told a fact which the reader sees; empty if there is none of that id. One query."""
    return entries_of(case).filter(fact_id=fact_id).values_list("side", flat=True).first() or ""


def shared(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those that both sides see: the school's own, and those of the family whose last word is that it shows them."""
    last_word = Shown.objects.filter(entry=OuterRef("pk")).order_by("-id").values("is_shown")[:1]
    return entries.annotate(last_word=Subquery(last_word)).filter(Q(side=Side.SCHOOL) | Q(last_word=True))


def papers_of(case: Case) -> QuerySet[Attachment]:
    """The papers of the case that its reader sees. Raises NotOpened.

    With a shared fact a paper is shared, unless the family has said otherwise of the paper itself.
    """
    everything = Attachment.objects.filter(case=case)
    if sees_all(case):
        return everything
    with_shared = Proof.objects.filter(attachment=OuterRef("pk"), entry__in=entries_of(case))
    told = everything.annotate(word=last_choice("paper", "attachment_id"))
    return told.filter(Q(side=Side.SCHOOL) | Q(word=True) | (Exists(with_shared) & Q(word__isnull=True)))


def last_choice(what: str, id_column: str) -> Subquery:
    """The family's last word on each row of a query of papers or letters: shown, kept back, or null for none."""
    name = Concat(Value(f"{what}:"), OuterRef(id_column))
    said = Choice.objects.filter(case=OuterRef("case_id"), about=name).order_by("-id")
    return Subquery(said.values("is_shown")[:1])
