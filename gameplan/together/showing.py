"""What the school sees of what the family wrote: everything that can be shown, and the family's choice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from gameplan.cases import showing
from gameplan.cases.doors import facts_of, note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.showing import FACT, LETTER, PAPER, PLAN, OwnFact, choices_of, own_facts, own_papers
from gameplan.cases.trail import digest_of
from gameplan.papers.doors import letters_of
from gameplan.people.roles import Side
from gameplan.planning.doors import plan_of, plans_of, proposed_ones, set_shown, show
from gameplan.progress.doors import measure_of, measures_of
from gameplan.progress.measuring import put_shown, show_measure

MEASURE = "measure"
GROUPS = (FACT, PAPER, LETTER, PLAN, MEASURE)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the family's that it shows or keeps to itself.

    `name` is how it is called in a form and in the trail ("fact:f3"); `thing` is the row behind it (`OwnFact`,
    `OwnPaper`, `Letter`, `Written`, `Measure`). `is_usual`: what most families show. `follows` are the facts a paper
    belongs to.
    """

    name: str
    thing: Any
    is_shown: bool
    is_usual: bool
    on: date | None = None
    follows: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Which sort of thing it is: fact, paper, letter, plan, measure."""
        return self.name.partition(":")[0]


def lines_of(case: Case) -> list[Line]:
    """Everything of the family's in a case that can be shown, facts first. For a reader of the family's side."""
    told = own_facts(case)
    facts = [Line(f"{FACT}:{one.fact_id}", one, one.is_shown, one.is_usual, one.on) for one in told]
    return [*facts, *_paper_lines(case, told), *_letter_lines(case), *_plan_lines(case), *_measure_lines(case)]


def _paper_lines(case: Case, told: Sequence[OwnFact]) -> Iterable[Line]:
    shown = {fact_id for one in told if one.is_shown for fact_id in one.line}
    usual = {fact_id for one in told if one.is_usual for fact_id in one.line}
    of_school = {fact.id for fact in facts_of(case).facts} - {fact_id for one in told for fact_id in one.line}
    for paper in own_papers(case):
        here = set(paper.facts)
        is_shown = bool(here & (shown | of_school)) if paper.word is None else paper.word
        yield Line(f"{PAPER}:{paper.paper_id}", paper, is_shown, bool(here & usual), follows=paper.facts)


def _letter_lines(case: Case) -> Iterable[Line]:
    words = choices_of(case)
    for letter in letters_of(case):
        if letter.went_out:
            name = f"{LETTER}:{letter.letter_id}"
            yield Line(name, letter, words.get(name, True), True, letter.finished_on)


def _plan_lines(case: Case) -> Iterable[Line]:
    plans = list(plans_of(case).filter(side=Side.FAMILY).order_by("id"))
    given = proposed_ones(plans)
    for plan in plans:
        yield Line(f"{PLAN}:{plan.plan_id}", plan, plan.shown, plan.pk in given, plan.begun_at.date())


def _measure_lines(case: Case) -> Iterable[Line]:
    """What the family measures, with all that was noted of it. No school took part in it: none is ticked by itself."""
    for measure in measures_of(case).filter(side=Side.FAMILY):
        measure.case, name = case, f"{MEASURE}:{measure.measure_id}"
        yield Line(name, measure, measure.shown, False, measure.made_at.date())


def groups_of(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines by what they are, without empty groups."""
    found = list(lines)
    groups = [(group, [one for one in found if one.group == group]) for group in GROUPS]
    return [one for one in groups if one[1]]


def ticked(lines: Iterable[Line], names: Collection[str] | None) -> list[Line]:
    """The lines as a form shows them: `names` ticked, or what is usual if nobody has chosen yet."""
    return [replace(one, is_shown=one.is_usual if names is None else one.name in names) for one in lines]


@transaction.atomic
def change(case: Case, *, by: Person, shown: Collection[str], listed: Collection[str]) -> tuple[int, int]:
    """The family shows exactly these of what its page listed. Gives how many it shows anew, and stops showing.

    What came in the meantime (what the page did not list) stays as it is. Each word is in the trail.
    """
    lines = [one for one in lines_of(case) if one.name in listed]
    more = [one.name for one in lines if one.name in shown and not one.is_shown]
    less = [one.name for one in lines if one.name not in shown and one.is_shown]
    for names, is_shown in ((more, True), (less, False)):
        if names:
            showing.set_shown(case, by=by, names=[one for one in names if not _has_own_word(one)], shown=is_shown)
            for name in names:
                _set_shown(case, name, by=by, shown=is_shown)
    return len(more), len(less)


def _set_shown(case: Case, name: str, *, by: Person, shown: bool) -> None:
    """The family's word on a plan or a measure."""
    group, _colon, named = name.partition(":")
    if group == PLAN:
        set_shown(plan_of(case, named), by=by, shown=shown)
    elif group == MEASURE:
        show_measure(measure_of(case, named), by=by, shown=shown)


def show_chosen(case: Case, *, by: Person, person: str, chosen: Collection[str] | None) -> None:
    """What the family chose for a school that takes the case on comes true; all else of its own is kept back.

    `case` is read as the family reads it; `person` is who chose. None leaves all as it was. One row in the trail.
    """
    if chosen is None:
        return
    lines = lines_of(case)
    for is_shown in (True, False):
        some = [one for one in lines if (one.name in chosen) is is_shown]
        # A fact that was never shown needs no word to stay so; a paper or letter would follow its fact or its sending.
        words = [one.name for one in some if one.group in (PAPER, LETTER) or is_shown is not one.is_shown]
        showing.put_shown(case, person, [name for name in words if not _has_own_word(name)], shown=is_shown)
        for one in some:
            if one.group == PLAN:
                show(one.thing, shown=is_shown)
            elif one.group == MEASURE and one.is_shown is not is_shown:
                put_shown(one.thing, by=case.reader, shown=is_shown)
    note_access(case.pk, by, "show-chosen", digest=digest_of(sorted(chosen)))


def _has_own_word(name: str) -> bool:
    """True for what says by itself whether it is shown."""
    return name.partition(":")[0] in (PLAN, MEASURE)
