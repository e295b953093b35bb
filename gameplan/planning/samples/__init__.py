"""The sample families: made-up children with their timelines and whole plans, to look at and to try everything on.

Beside this file: `NAME.json` is a family as a case file, `NAME-*.json` are its plans (docs/plans.md), `NAME-*.es.json`
the same plans in Spanish, all told for the school year 2026-27. Names, schools and events are made up; the words are
ours, CC0. Prose names months and no years, so that a family can be told as if it all happened this year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gameplan.cases import verbs
from gameplan.cases.doors import cases_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.sample import make_sample, sample_id, school_years
from gameplan.core.facts import Fact
from gameplan.planning.life import answer, propose
from gameplan.planning.models import Written
from gameplan.planning.samples.families import FAMILIES, Family, Paper
from gameplan.planning.samples.telling import sample_case, sample_plan
from gameplan.planning.writing import begin
from gameplan.plans.life_events import AGREED

__all__ = ["FAMILIES", "Family", "Paper", "load_samples", "sample_case", "sample_plan"]


def load_samples(person: Person, on: date, lang: str = "en") -> list[Case]:
    """The cases of all sample families of this person, Ana's first; those that are not there are made, near `on`.

    `lang`: plans that there are in that language are taken in it, the others in English.
    What the person changed in a sample stays as it is; a sample that was deleted is made again.
    """
    return [make_sample(person, on), *(_case_of(family, person, on, lang) for family in FAMILIES)]


@transaction.atomic
def _case_of(family: Family, person: Person, on: date, lang: str) -> Case:
    pk = sample_id(person, family.name)
    kept = cases_of(person).filter(pk=pk).first()
    if kept:
        kept.reader = person
        return kept
    weeks = family.weeks(on)
    told = sample_case(family.name, weeks)
    case = verbs.start_case(person, child=told.child, language=family.language, is_sample=True, form_key=pk)
    for year in school_years(on, family.years_back):
        verbs.save_calendar(case, by=person, year=year, source="sample")
    _tell(case, person, (fact for fact in told.facts if fact.on <= on))
    begun: dict[str, Written] = {}
    for paper in family.papers:
        follows = begun[paper.follows].plan_id if paper.follows else ""
        start = sample_plan(paper.name, weeks, lang)
        plan = begin(case, by=person, form_id=start.form.id, lang=start.language, follows=follows, start=start)
        _live(plan, person, paper.moved(weeks))
        begun[paper.name] = plan
    return case


def _tell(case: Case, person: Person, facts: Iterable[Fact]) -> None:
    for fact in facts:
        verbs.record_fact(
            case, by=person, kind=fact.kind, on=fact.on, said_by=fact.said_by, data=fact.data, note=fact.note
        )


def _live(plan: Written, person: Person, paper: Paper) -> None:
    """What became of the plan: proposed with its notice, and answered. The facts of that follow from it."""
    version = propose(
        plan, by=person, on=paper.on, how=paper.how, starts=paper.starts, notice=paper.on, copy_given=paper.copy_given
    )
    if paper.answered:
        answer(version, by=person, on=paper.answered, all_=AGREED)
