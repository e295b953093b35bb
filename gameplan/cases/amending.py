"""Asking the school to amend the record (34 CFR 300.618-621): asked, answered, heard, decided; and the statement.

The family asks. The school agrees, and changes it; or refuses, and tells of the right to a hearing. After a hearing it
changes the record, or the family may add a statement of its own, which stays with the record. Each step is told on the
timeline once, so that the law's clocks run. While no school holds the case, the family writes down what the school did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.doors import held, may_now, note_access
from gameplan.cases.models import Attachment, Case, Entry
from gameplan.cases.models_records import Amendment, AmendmentStep
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.record import seen_names
from gameplan.cases.seeing import entries_of, papers_of, sees_all
from gameplan.cases.verbs import attach, record_fact
from gameplan.core.faults import Fault
from gameplan.people.refusals import refuse, unkeepable
from gameplan.people.roles import Action, Side

AGREED, REFUSED, MENDED = "agreed", "refused", "mended"
HEARING_ASKED, HEARING_HELD, WON, LOST, STATEMENT = (
    "hearing-asked", "hearing-held", "hearing-amends", "hearing-refuses", "statement",
)  # fmt: skip
LONGEST: Final = 5_000
STATEMENT_FILE: Final = "statement-about-the-record.txt"


@dataclass(frozen=True, slots=True)
class _Step:
    """A kind of step: after which others, who takes it, its action in the trail, the fact that tells it, the words."""

    after: frozenset[str]
    needs: Action
    verb: str
    fact: str = ""
    amended: bool | None = None
    words: str = ""


ASKED: Final = "asked"
_HELD: Final = frozenset({HEARING_HELD})
STEPS: Final[Mapping[str, _Step]] = {
    AGREED: _Step(frozenset({ASKED}), Action.OFFER, "agree-to-amendment", "record-change-decided", True),
    REFUSED: _Step(frozenset({ASKED}), Action.OFFER, "refuse-amendment", "record-change-decided", False, words="why"),
    MENDED: _Step(frozenset({AGREED, WON}), Action.OFFER, "amend-record", words="what"),
    HEARING_ASKED: _Step(frozenset({REFUSED}), Action.ANSWER, "ask-record-hearing", "record-hearing-requested"),
    HEARING_HELD: _Step(frozenset({HEARING_ASKED}), Action.OFFER, "hold-record-hearing", "record-hearing-held"),
    WON: _Step(_HELD, Action.OFFER, "decide-record-hearing", "record-hearing-decided", True, "why"),
    LOST: _Step(_HELD, Action.OFFER, "decide-record-hearing", "record-hearing-decided", False, "why"),
    STATEMENT: _Step(frozenset({REFUSED, LOST}), Action.ANSWER, "add-record-statement", words="statement"),
}  # fmt: skip


def amendments_of(case: Case) -> QuerySet[Amendment]:
    """The requests of a case that its reader sees, with their steps, newest first. Both sides see all of them.

    One that the family wrote alone, or brought from another file, the school sees once it sees all that tells of it:
    the facts of the request and of its steps, and the statement.
    """
    found = Amendment.objects.filter(case=case).prefetch_related("steps").order_by("-number")
    if sees_all(case):
        return found
    facts, papers = entries_of(case).values("fact_id"), papers_of(case).values("attachment_id")
    told = (Q(fact_id="") | Q(fact_id__in=facts)) & (Q(paper_id="") | Q(paper_id__in=papers))
    kept_back = AmendmentStep.objects.filter(amendment=OuterRef("pk")).exclude(told)
    return found.filter(Q(brought=False) | (Q(fact_id__in=facts) & ~Exists(kept_back)))


def amendment_of(case: Case, number: int) -> Amendment:
    """One request of the case. Raises Http404 if there is none of that number."""
    found = amendments_of(case).filter(number=number).first()
    if found is None:
        raise Http404("There is no such request.")
    found.case = case
    return found


def stage_of(amendment: Amendment) -> str:
    """Where a request stands: `asked`, or its last step. A statement stands beside and changes nothing."""
    main = [step.kind for step in amendment.steps.all() if step.kind != STATEMENT]
    return main[-1] if main else ASKED


def steps_of(amendment: Amendment) -> tuple[AmendmentStep, ...]:
    """What was done with a request, oldest first."""
    return tuple(amendment.steps.all())


def next_steps(amendment: Amendment) -> tuple[str, ...]:
    """The steps that can follow, whoever takes them."""
    stage = stage_of(amendment)
    return tuple(name for name, step in STEPS.items() if stage in step.after)


@transaction.atomic
def ask(
    case: Case, *, by: Person, on: date, today: date, about: str, wrong: str, should: str, form_key: UUID | None = None
) -> Amendment:
    """The family asks to change or remove something that the school wrote. The same `form_key` sent twice makes one.

    `about` names it as the trail does, or is empty. Raises Refused for what is missing or is not the school's, and
    PermissionDenied for somebody who does not write for the family.
    """
    locked = held(case)
    if not may_now(locked, Action.LETTER):
        raise PermissionDenied("The family asks to amend the record.")
    before = form_key and Amendment.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    wrong, should = wrong.strip(), should.strip()
    refuse([
        *_word_faults("wrong", wrong, _("Say what is wrong.")), *_word_faults("should", should, _("Say it here.")),
        *_about_faults(locked, about), *_day_faults(on, None, today),
    ])  # fmt: skip
    what = _("{wrong} It should be like this: {should}").format(wrong=wrong, should=should)
    told = record_fact(locked, by=by, kind="record-change-requested", on=on, data={"date": on, "what": what})
    made = Amendment.objects.create(
        case=locked, number=next_number(locked), about=about, wrong=wrong, should=should,
        on=on, person=by.id, role=by.role, fact_id=told.fact_id, form_key=form_key, brought=locked.school_id is None,
    )  # fmt: skip
    note_access(case.pk, by, "ask-amendment", about=about_amendment(made), digest=row_digest(made))
    return made


@transaction.atomic
def go_on(
    amendment: Amendment, kind: str, *, by: Person, on: date, today: date, text: str = "",
    told_of_hearing: bool | None = None, form_key: UUID | None = None,
) -> AmendmentStep:  # fmt: skip
    """The next step of a request, of `STEPS`. The same `form_key` sent twice makes one step.

    A school that refuses must have told of the right to a hearing (`told_of_hearing`). Raises Refused with everything
    that does not fit, and PermissionDenied for somebody whose step this is not.
    """
    step = STEPS.get(kind)
    if step is None:
        raise Http404("There is no such step.")
    case = held(amendment.case)
    if not may_now(case, step.needs):
        raise PermissionDenied(f"This person may not {step.needs} here.")
    before = form_key and AmendmentStep.objects.filter(amendment=amendment, form_key=form_key).first()
    if before:
        return before
    words, now = text.strip(), amendment_of(case, amendment.number)
    refuse([*_step_faults(now, kind, words, told_of_hearing), *_day_faults(on, _last_day(now), today)])
    fact_id = _tell(case, step, by, on, told_of_hearing)
    paper_id = _keep_statement(case, now, by, words) if kind == STATEMENT else ""
    made = AmendmentStep.objects.create(
        amendment=now, kind=kind, on=on, text=words, told_of_hearing=told_of_hearing, person=by.id, role=by.role,
        fact_id=fact_id, paper_id=paper_id, form_key=form_key,
    )  # fmt: skip
    note_access(case.pk, by, step.verb, about=about_step(made), digest=row_digest(made))
    return made


def next_number(case: Case) -> int:
    """The number of the next request of a case."""
    last = Amendment.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def about_amendment(amendment: Amendment) -> str:
    """How the trail names a request."""
    return f"amendment:{amendment.number}"


def about_step(step: AmendmentStep) -> str:
    """How the trail names a step of a request."""
    number = AmendmentStep.objects.filter(amendment=step.amendment_id, pk__lte=step.pk).count()
    return f"amendment-step:{step.amendment.number}/{number}"


def schools_own(case: Case) -> tuple[QuerySet[Entry], QuerySet[Attachment]]:
    """What the school wrote into this file, or what the family wrote down as told by the school: facts, and papers."""
    entries, papers = Entry.objects.filter(case=case), Attachment.objects.filter(case=case).defer("content")
    if case.school_id is None:
        return entries.filter(said_by="school"), papers
    return entries.filter(side=Side.SCHOOL), papers.filter(side=Side.SCHOOL)


def _tell(case: Case, step: _Step, by: Person, on: date, told_of_hearing: bool | None) -> str:
    """The step as a fact on the timeline; "" if the vocabulary has none for it."""
    if not step.fact:
        return ""
    data: dict[str, object] = {"date": on}
    if step.amended is not None:
        data["amended"] = step.amended
    if told_of_hearing is not None and step.fact == "record-change-decided":
        data["told_of_hearing"] = told_of_hearing
    said_by = "parent" if step.needs is Action.ANSWER else "school"
    return record_fact(case, by=by, kind=step.fact, on=on, said_by=said_by, data=data).fact_id


def _keep_statement(case: Case, amendment: Amendment, by: Person, words: str) -> str:
    """The statement as a paper of the record that it speaks of, and of the decision: it goes where these go."""
    kind, _colon, name = amendment.about.partition(":")
    decision = [step.fact_id for step in amendment.steps.all() if step.kind in (REFUSED, LOST)][-1]
    content = f"{words}\n".encode()
    paper = attach(case, by=by, name=STATEMENT_FILE, content=content, media_type="text/plain", fact_id=decision)
    if kind == "fact":
        attach(case, by=by, name=STATEMENT_FILE, content=content, media_type="text/plain", fact_id=name)
    return paper.attachment_id


def _step_faults(amendment: Amendment, kind: str, words: str, told_of_hearing: bool | None) -> Iterator[Fault]:
    if kind not in next_steps(amendment):
        yield Fault("step", _("This step does not follow here."), _("Go back to the request and see where it stands."))
    asked = {
        "why": _("Say why."), "what": _("Say what was changed."), "statement": _("Write what is to stay with it."),
    }  # fmt: skip
    if STEPS[kind].words:
        yield from _word_faults("text", words, asked[STEPS[kind].words])
    if kind == REFUSED and not told_of_hearing and amendment.case.school_id is not None:
        what = _("A school that says no must tell the family of its right to a hearing.")
        yield Fault("told_of_hearing", what, _("Tell them, and tick the box."))


def _word_faults(where: str, words: str, mend: str) -> Iterator[Fault]:
    yield from unkeepable(words, where)
    if not words:
        yield Fault(where, _("There is nothing here."), mend)
    elif len(words) > LONGEST:
        yield Fault(where, _("This is too long."), _("Shorten it, or add it as a paper."))


def _about_faults(case: Case, about: str) -> Iterator[Fault]:
    """Faults if it is not in the file, or if the family wrote it itself: that it can correct without asking."""
    if not about:
        return
    facts, papers = schools_own(case)
    kind, _colon, name = about.partition(":")
    own = {"fact": facts.filter(fact_id=name), "paper": papers.filter(attachment_id=name)}
    is_own = own[kind].exists() if kind in own else kind == "version"
    if about not in seen_names(case) or not is_own:
        what = _("This is not something that the school wrote.")
        yield Fault("about", what, _("Choose it from the list, or say that it is not in this file."))


def _day_faults(on: date, not_before: date | None, today: date) -> Iterator[Fault]:
    if on > today:
        yield Fault("on", _("This day has not come yet."), _("Check the day."))
    if not_before and on < not_before:
        yield Fault("on", _("This day is before the step before it."), _("Check the day."))


def _last_day(amendment: Amendment) -> date:
    return max([amendment.on, *(step.on for step in amendment.steps.all())])
