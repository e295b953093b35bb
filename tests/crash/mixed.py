"""The writes that are killed: facts with papers, letters finished and sent, fields of a plan, versions, answers.

Each kind is one `Kind` in `KINDS`: how it is written, and what of it is half there. What needs people who sign in
(signatures, notices) is in `signed`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db import transaction

from gameplan import letters
from gameplan.cases import verbs
from gameplan.cases.doors import case_for, facts_of, paper_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core import facts
from gameplan.core.facts import Child, Fact
from gameplan.papers import doors as papers
from gameplan.papers.verbs import finish, mark_sent
from gameplan.people.roles import Action
from gameplan.planning import life, writing
from gameplan.planning.doors import pdf_of, plans_of, remarks_of, standing_of, steps_of, version_of, versions_of
from gameplan.planning.models import Step, Version, Written
from gameplan.plans.life_events import AGREED
from gameplan.plans.sheets.hashing import json_hash
from tests.crash.kinds import Kind, Mix, There, hash_of, is_pdf

SCHOOL_STARTS = date(2025, 8, 13)
ASKED = date(2025, 9, 3)
SAID = {"address": "1 Oak Street", "phone": "555-0100", "email": "ana@example.org"}
TWO_FIELDS = ("strengths", "parent-concerns")
ROWS = "goals"
WORDS = 600


@dataclass
class Desk:
    """Where somebody writes or looks: the case through its door, and its plan if there is one."""

    case: Case
    first_plan: Written | None
    chance: random.Random = field(default_factory=random.Random)

    @property
    def plan(self) -> Written:
        """The plan of a case that `start` has made."""
        assert self.first_plan
        return self.first_plan

    @cached_property
    def told(self) -> facts.Case:
        """The facts as they were when somebody first looked from this desk; a writer does not look."""
        return facts_of(self.case)


def start() -> UUID:
    """The case in which everything happens, with a plan on a form and both of its fields."""
    case = verbs.start_case(HOME, child=Child(name="Ana", born=date(2016, 5, 2), state="TX", school="Oak"))
    plan = writing.begin(case, by=HOME, form_id="iep")
    _save(plan, "0")
    return case.pk


def sit_down(case_id: UUID) -> Desk:
    """The desk of a new writer, or of somebody who looks."""
    case = case_for(HOME, case_id, to=Action.WRITE)
    plan = plans_of(case).first()
    if plan:
        plan.case = case
    return Desk(case, plan)


def write_fact(desk: Desk) -> str:
    """A paper and a fact that it proves, in one transaction; the note of the fact is the hash of what it says."""
    words = os.urandom(WORDS).hex()
    with transaction.atomic():
        paper = verbs.attach(desk.case, by=HOME, name="scan.pdf", content=b"%PDF-" + os.urandom(20_000))
        fact = verbs.record_fact(
            desk.case, by=HOME, kind="evaluation-requested", on=ASKED,
            data={"received": ASKED, "type": "initial", "by": "parent", "areas": [words]},
            note=hash_of(words.encode()), entry_attachments=[paper.attachment_id],
        )  # fmt: skip
    return fact.fact_id


def facts_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each fact with whether it is whole."""
    told = desk.told
    good = {one.id for one in told.attachments if hash_of(bytes(paper_of(desk.case, one.id).content)) == one.sha256}
    for fact in told.facts:
        yield fact.id, is_whole(fact, good)


def is_whole(fact: Fact, good_papers: set[str]) -> bool:
    """A fact of `write_fact` says what its note is the hash of, and has its paper; other facts have neither."""
    words = fact.data.get("areas")
    if len(fact.note) != 64:
        return set(fact.attachments) <= good_papers
    said = words[0] if isinstance(words, tuple) else ""
    return hash_of(said.encode()) == fact.note and len(fact.attachments) == 1 and set(fact.attachments) <= good_papers


def write_letter(desk: Desk) -> str:
    """A finished letter with its PDF."""
    kind, words = "evaluation-request", os.urandom(20).hex()
    asked = {one.id: one.example for one in letters.fields_of(kind) if one.required and not one.given}
    made = finish(desk.case, by=HOME, kind=kind, lang="en", values=asked | SAID | {"concerns": words}, on=ASKED)
    return made.letter_id


def letters_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each letter with whether its words are those of its hash, and its PDF is whole."""
    for one in papers.letters_of(desk.case):
        yield one.letter_id, letters.hash_of(one.text) == one.sha256 and is_pdf(papers.pdf_of(one))


def write_sending(desk: Desk) -> str:
    """A letter is sent, which tells a fact; a letter is made first if all are sent."""
    unsent = next((one for one in papers.letters_of(desk.case) if not one.went_out), None)
    letter = papers.letter_of(desk.case, unsent.letter_id if unsent else write_letter(desk))
    mark_sent(letter, by=HOME, how="by-hand", on=ASKED)
    return letter.letter_id


def sendings_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each letter that went out, with whether the fact of it is there."""
    told = {one.id for one in desk.told.facts}
    for one in papers.letters_of(desk.case):
        for sending in one.went_out:
            yield one.letter_id, sending.fact_id in told


def write_field(desk: Desk) -> str:
    """Two fields at once, with the same number; the number grows."""
    number = str(int(standing_of(desk.plan).values[TWO_FIELDS[0]]) + 1)
    _save(desk.plan, number)
    return number


def fields_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Every number up to the one that stands there now: a later save takes the place of an earlier one."""
    if desk.first_plan is None:
        return
    values = standing_of(desk.plan).values
    first, second = (str(values[path]) for path in TWO_FIELDS)
    yield from ((str(number), True) for number in range(int(first)))
    yield first, first == second


def write_version(desk: Desk) -> str:
    """The plan is proposed: words, hash, paper and facts."""
    on = SCHOOL_STARTS + timedelta(days=versions_of(desk.plan).count())
    how = life.ways_to_propose(desk.plan, on)[0]
    return str(life.propose(desk.plan, by=HOME, on=on, how=how, starts=on).number)


def versions_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each version with whether its content is that of its hash, and its PDF is whole."""
    for one in _versions(desk):
        yield str(one.number), json_hash(one.content) == one.sha256 and is_pdf(pdf_of(one))


def write_answer(desk: Desk) -> str:
    """The newest version is agreed to, with the facts of that; it is proposed first if it is answered already."""
    newest = versions_of(desk.plan).last()
    if newest is None or _answered(desk, newest):
        newest = version_of(desk.plan, int(write_version(desk)))
    newest.plan = desk.plan
    life.answer(newest, by=HOME, on=newest.on, all_=AGREED)
    return str(newest.number)


def answers_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each answered version with whether the facts of its answer are there."""
    told = {one.id for one in desk.told.facts}
    for version in _versions(desk):
        for step in steps_of(version):
            yield str(version.number), set(step.fact_ids) <= told


def rows_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each row of the list of goals, with whether anything stands in it."""
    values = standing_of(desk.plan).values
    for row in values.get(ROWS) or ():
        yield str(row), bool(values.get(f"{ROWS}/{row}/area"))


def remarks_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Each comment, with whether it is there as it was made."""
    yield from ((str(one.pk), bool(one.text)) for one in remarks_of(desk.plan))


def steps_there(desk: Desk) -> Iterator[tuple[str, bool]]:
    """Everything that happened to the plan, with whether the facts of it are there."""
    told = {one.id for one in desk.told.facts}
    yield from ((str(one.pk), set(one.fact_ids) <= told) for one in Step.objects.filter(plan=desk.plan))


KINDS: tuple[Kind[Desk], ...] = (
    Kind("fact", 24, write_fact, facts_there),
    Kind("field", 12, write_field, fields_there),
    Kind("letter", 4, write_letter, letters_there, prints=True),
    Kind("sending", 4, write_sending, sendings_there, prints=True),
    Kind("version", 1, write_version, versions_there, prints=True),
    Kind("answer", 1, write_answer, answers_there, prints=True),
)


def written_by_hands(desk: Desk) -> dict[str, There]:
    """What only `hands` writes, of which nobody is killed."""
    if desk.first_plan is None:
        return {}
    steps = list(steps_there(desk))
    return {"row": rows_there(desk), "remark": remarks_there(desk), "draft": iter(steps), "slip": iter(steps)}


HOME_MIX = Mix(start, sit_down, KINDS, more=written_by_hands)


def _save(plan: Written, number: str) -> None:
    revisions = standing_of(plan).revisions
    changes = [writing.Change(path, [number], revisions.get(path, 0)) for path in TWO_FIELDS]
    outcomes = writing.save(plan, by=HOME, desk="crash", changes=changes)
    assert [one.state for one in outcomes] == [writing.SAVED] * 2


def _versions(desk: Desk) -> Iterable[Version]:
    return versions_of(desk.plan) if desk.first_plan else ()


def _answered(desk: Desk, version: Version) -> bool:
    version.plan = desk.plan
    return steps_of(version).exists()
