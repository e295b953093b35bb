"""What the family shows of its own facts and papers to the school that holds the case too. Notes are never shown.

A fact goes with all that corrects it and that it corrects. Each word is in the trail. The school keeps what it wrote
down itself, and what it has read it may remember: stopping counts from now on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery

from gameplan.cases.doors import note_access
from gameplan.cases.models import Attachment, Case, Entry, Proof, Shown
from gameplan.cases.models_joint import Choice
from gameplan.cases.people import Person
from gameplan.law import vocabulary
from gameplan.people.roles import Side

FACT, PAPER, LETTER, PLAN = "fact", "paper", "letter", "plan"
# What a family does with somebody else than the school, or may want to think over before the school reads it.
ELSEWHERE = frozenset({
    "concern-raised", "violation-happened", "discrimination-happened", "ocr-complaint-filed", "ferpa-complaint-filed",
    "condition-known", "part-c-services", "part-c-plan-made", "part-c-notified", "civil-action-filed",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact that the family told, as it stands: the id of its last word, and of all words that belong together.

    `is_usual`: the school took part in it or got it, so that it most likely knows it anyway.
    """

    fact_id: str
    kind: str
    on: date
    line: tuple[str, ...]
    papers: tuple[str, ...]
    data: Mapping[str, object]
    has_note: bool
    is_withdrawn: bool
    is_shown: bool

    @property
    def is_usual(self) -> bool:
        """True if the school took part in it or got it, and it was not taken back."""
        return self.kind in vocabulary().kinds and self.kind not in ELSEWHERE and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper that the family added, the facts it belongs to, and the family's word on it (None: as those facts)."""

    paper_id: str
    name: str
    facts: tuple[str, ...]
    word: bool | None


def own_facts(case: Case) -> list[OwnFact]:
    """The facts that the family told, each once with all that corrects it, in the order of their days."""
    last_word = Shown.objects.filter(entry=OuterRef("pk")).order_by("-id").values("is_shown")[:1]
    told = Entry.objects.filter(case=case, side=Side.FAMILY).annotate(word=Subquery(last_word)).order_by("position")
    entries = list(told.prefetch_related("proofs__attachment"))
    found = [_own_fact(line) for line in lines_of(entries).values()]
    return sorted(found, key=lambda one: (one.on, one.fact_id))


def lines_of(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Entries by the fact that they began with: a fact, what corrects it, what corrects that, and so on."""
    roots: dict[str, str] = {}
    lines: dict[str, list[Entry]] = {}
    for entry in entries:
        root = roots.get(entry.corrects, entry.corrects) if entry.corrects in roots else entry.fact_id
        roots[entry.fact_id] = root
        lines.setdefault(root, []).append(entry)
    return lines


def _own_fact(line: Sequence[Entry]) -> OwnFact:
    last = line[-1]
    papers = dict.fromkeys(proof.attachment.attachment_id for one in line for proof in one.proofs.all())
    return OwnFact(
        last.fact_id, last.kind, last.on, tuple(one.fact_id for one in line), tuple(papers), last.data,
        any(one.note for one in line), last.withdrawn, bool(getattr(last, "word", None)),
    )  # fmt: skip


def own_papers(case: Case) -> list[OwnPaper]:
    """The papers that the family added, oldest first, without their bytes."""
    papers = Attachment.objects.filter(case=case, side=Side.FAMILY).defer("content").order_by("id")
    proofs: dict[int, list[str]] = {}
    for proof in Proof.objects.filter(attachment__case=case).select_related("entry").order_by("id"):
        proofs.setdefault(proof.attachment_id, []).append(proof.entry.fact_id)
    words = choices_of(case)
    return [
        OwnPaper(one.attachment_id, one.name, tuple(proofs.get(one.pk, ())), words.get(f"{PAPER}:{one.attachment_id}"))
        for one in papers
    ]


def choices_of(case: Case) -> dict[str, bool]:
    """The family's last word on each of its papers and letters of which it has said one."""
    return dict(Choice.objects.filter(case=case).order_by("id").values_list("about", "is_shown"))


@transaction.atomic
def set_shown(case: Case, *, by: Person, names: Iterable[str], shown: bool) -> None:
    """The family shows these facts ("fact:f3"), papers and letters, or stops showing them; each is in the trail.

    What is not the family's own is left alone. Raises PermissionDenied for somebody of the school.
    """
    if by.side is not Side.FAMILY:
        raise PermissionDenied("Only the family says what it shows.")
    wanted = list(dict.fromkeys(names))
    put_shown(case, by.id, wanted, shown=shown)
    action = "show" if shown else "stop-showing"
    for name in wanted:
        note_access(case.pk, by, action, about=name)


def put_shown(case: Case, person: str, names: Iterable[str], *, shown: bool) -> None:
    """The words of `set_shown`, without the trail: for who writes down what is done as one."""
    wanted = set(names)
    lines = [one for one in own_facts(case) if f"{FACT}:{one.fact_id}" in wanted]
    ids = [fact_id for one in lines for fact_id in one.line]
    entries = Entry.objects.filter(case=case, fact_id__in=ids)
    Shown.objects.bulk_create(Shown(entry=entry, is_shown=shown, person=person) for entry in entries)
    others = [name for name in sorted(wanted) if name.partition(":")[0] in (PAPER, LETTER)]
    Choice.objects.bulk_create(Choice(case=case, about=name, is_shown=shown, person=person) for name in others)
