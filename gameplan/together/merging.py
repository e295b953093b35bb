"""Two cases of one child become one, with both accounts of every fact: all of it or nothing.

A further room that keeps something of a case registers what carries it (`CARRIERS`); what nobody carries stops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from gameplan.cases import joining, merging, moving
from gameplan.cases.doors import facts_of, paper_of
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking, Merging
from gameplan.cases.people import Person
from gameplan.cases.records_travelling import keep_amending, numbers_of, told_amending
from gameplan.cases.today import today
from gameplan.consents.travelling import consent_files, keep_consents, told_consents, told_signatures
from gameplan.core import facts
from gameplan.exchange.doorway import packed
from gameplan.law import vocabulary
from gameplan.notices.travelling import (
    carry_messages,
    keep_notices,
    notice_files,
    notice_ids,
    stop_waiting,
    told_notices,
)
from gameplan.papers.doors import letter_files, told_letters
from gameplan.papers.importing import keep_letters
from gameplan.planning.doors import plan_ids
from gameplan.planning.events import versions_of_kind
from gameplan.planning.travelling import keep_plans, plan_files, told_plans
from gameplan.plans.form_files import form
from gameplan.progress.travelling import keep_progress, progress_files, progress_ids, shown_progress, told_progress
from gameplan.together.renaming import Renamed, ids_of, renamed_case, renamed_files, renamed_papers, renaming
from gameplan.together.renaming_records import renamed_notice_files, renamed_report_files
from gameplan.together.showing import Line, lines_of, show_chosen


class Carrier(Protocol):
    """Carries what a room keeps of a case over into the one that stays, under its new ids."""

    def __call__(self, source: Case, into: Case, names: Renamed, by: Person, /) -> None:
        """Write it there; raise to stop the merging."""


CARRIERS: dict[str, Carrier] = {}
"""What else comes along, by the related name on the case."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What putting together would do, as one side may see it: what both tell, and what comes over as it is."""

    pairs: tuple[tuple[facts.Fact, facts.Fact], ...]
    alone: tuple[facts.Fact, ...]
    lines: tuple[Line, ...]


def told_of(case: Case) -> facts.Case:
    """Everything of a case that its reader sees, as its case file tells it."""
    return replace(
        facts_of(case), letters=told_letters(case), plans=told_plans(case), consents=told_consents(case),
        signatures=told_signatures(case), records={**told_amending(case), **told_notices(case), **told_progress(case)},
    )  # fmt: skip


def preview(source: Case, into: Case, agreed: Merging) -> Preview:
    """What the school is asked to say yes to: of the source what the family will show, and no note beside it."""
    mine = merging.without_notes(facts_of(source), agreed.chosen)
    theirs = {fact.id: fact for fact in facts_of(into).facts}
    pairs = {one: theirs[other] for one, other in agreed.pairs if other in theirs}
    return Preview(
        tuple((one, pairs[one.id]) for one in mine.facts if one.id in pairs),
        tuple(one for one in mine.facts if one.id not in pairs),
        tuple(one for one in lines_of(source) if one.name in agreed.chosen and one.group != "fact"),
    )


@transaction.atomic
def bring_together(asking: Asking, into: Case, *, by: Person) -> Merging:
    """The school that was asked holds a case of this child already: the family is let in there, and both decide."""
    source = joining.answer_otherwise(asking, by=by)
    merging.add_family(into, source, person=asking.asked_by, role=asking.asked_role, by=by)
    return merging.propose(source, into, by=by)


@transaction.atomic
def put_together(agreed: Merging, *, by: Person, seen: str) -> Case:
    """The school says yes to what the family said yes to, and it is done. Gives the case that stays, for its reader.

    Facts that both tell become two accounts of one; all else comes over with its side. The family keeps a frozen copy
    of its own case as it was. Raises Refused, and nothing is written.
    """
    now = merging.school_agrees(agreed, by=by, seen=seen)
    source, into = merging.both_of(now, by=by)
    into.reader = merging.family_reader(now)
    merging.check_carried(source, CARRIERS)
    stop_waiting(source, by=into.reader, now=timezone.now(), on=today())
    told, theirs = told_of(source), facts_of(into)
    shown_before = {one.name for one in lines_of(into) if one.is_shown}
    copy = moving.keep_copy(source, packed(source), by=by, organisation=None, reason=moving.MERGED)
    names = _names(told, into)
    _write(source, into, told, names, _matches(now, theirs))
    carry_messages(source, into, names.ids["delivery"])
    for carry in CARRIERS.values():
        carry(source, into, names, by)
    show_chosen(into, by=by, person=now.family_yes, chosen={*map(names.name, now.chosen), *shown_before})
    merging.close(now, source, into, by=by, renamed=names.ids, digest=copy.sha256)
    into.reader = by
    return into


def _names(told: facts.Case, into: Case) -> Renamed:
    """New ids, free in the case that stays, also among what the family does not see there."""
    there = told_of(into)
    taken = {
        **ids_of(there),
        "plan": plan_ids(into),
        **notice_ids(into),
        **progress_ids(into),
        "amendment": numbers_of(into),
    }
    kinds = {str(one["id"]): form(str(_plan_form(one))).kind for one in told.plans}
    highest = {kind: max((one.number for one in versions_of_kind(into, kind)), default=0) for kind in kinds.values()}
    rise = {plan: highest[kind] for plan, kind in kinds.items()}
    return renaming(ids_of(told), taken, rise)


def _plan_form(told: Mapping[str, object]) -> object:
    plan = told["plan"]
    return plan["form"] if isinstance(plan, dict) else ""


def _matches(agreed: Merging, theirs: facts.Case) -> dict[str, facts.Fact]:
    there = {fact.id: fact for fact in theirs.facts}
    return {one: there[other] for one, other in agreed.pairs if other in there}


def _write(source: Case, into: Case, told: facts.Case, names: Renamed, matches: Mapping[str, facts.Fact]) -> None:
    """Everything of the source into the other case, under its new names. In the trail the family brings it."""
    new = renamed_case(told, names, matches, vocabulary())
    contents = {names.now("paper", one.id): bytes(paper_of(source, one.id).content) for one in told.attachments}
    sides = {names.name(name): side for name, side in merging.sides_of(source).items()}
    merging.take_in(into, new, contents, sides, source=source, by=into.reader)
    pdfs = letter_files(source)
    pairs = zip(told.letters, new.letters, strict=True)
    keep_letters(into, new.letters, {now.pdf: pdfs[old.pdf] for old, now in pairs if old.pdf})
    keep_plans(into, new.plans, renamed_files(told.plans, names, plan_files(source)), by=into.reader)
    papers = renamed_papers((*told.consents, *told.signatures), names, consent_files(source))
    keep_consents(into, new.consents, new.signatures, papers)
    reports = renamed_report_files(told.records, new.records, progress_files(source))
    shown = {names.name(one) for one in shown_progress(source)}
    keep_progress(into, new.records, reports, by=into.reader, shown=shown)
    pages = renamed_notice_files(told.records, new.records, notice_files(source))
    keep_notices(into, new.records, pages, by=into.reader, said_by=into.reader.id)
    keep_amending(into, new.records, by=into.reader)
