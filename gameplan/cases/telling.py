"""Facts that follow from papers, put on the timeline of the case: once, and not again where they stand already.

Where a school holds the case too, each side tells its own: what follows from the school's papers, the school says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import correct_fact, record_fact, withdraw_fact
from gameplan.core.casefile import check_fact
from gameplan.core.casewrite import plain
from gameplan.core.facts import Fact, standing_facts
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused
from gameplan.people.roles import Side, side_of
from gameplan.plans.facts import PaperFact


def tell(case: Case, by: Person, facts: Iterable[PaperFact], *, papers: Sequence[str] = ()) -> list[str]:
    """Puts facts on the timeline, and gives their ids; one that stands there already is not told again.

    `papers`: ids of papers of the case that prove the facts.
    """
    standing = standing_facts(facts_of(case).facts)
    found = []
    for kind, on, data in facts:
        alike = (one for one in standing if (one.kind, one.on) == (kind, on) and _says_the_same(one, data))
        there = next(alike, None)
        if there is not None:
            found.append(there.id)
            continue
        fact = record_fact(
            case, by=by, kind=kind, on=on, said_by=_teller(by), data=_as_facts(kind, on, data), entry_attachments=papers
        )
        found.append(fact.fact_id)
    return found


def retell(case: Case, by: Person, before: Iterable[str], facts: Iterable[PaperFact]) -> list[str]:
    """Puts facts on the timeline in the place of those of the same kinds that were told `before` (their ids).

    One that was told otherwise is put right, one that is not told any more is taken back. Gives the ids, in order.
    """
    told = list(facts)
    ids = set(before)
    for old in (one for one in standing_facts(facts_of(case).facts) if ids & {one.id, one.corrects}):
        alike = next((one for one in told if one[0] == old.kind and _is_of(old, one)), None)
        if alike is None and old.kind in {kind for kind, _on, _data in told}:
            withdraw_fact(case, by=by, fact_id=old.id)
        elif alike is not None and (old.on != alike[1] or not _says_the_same(old, alike[2])):
            kind, on, data = alike
            correct_fact(case, by=by, fact_id=old.id, on=on, data=_as_facts(kind, on, data))
    return tell(case, by, told)


def untell(case: Case, by: Person, fact_ids: Iterable[str]) -> None:
    """Takes back facts as far as this side told them; one that was corrected or taken back already stays as it is."""
    ids = set(fact_ids)
    for fact in standing_facts(facts_of(case).facts):
        if fact.id in ids and side_of(fact.entered_by) is by.side:
            withdraw_fact(case, by=by, fact_id=fact.id)


def _teller(by: Person) -> str:
    """Who says so, in the words of the timeline."""
    return "school" if by.side is Side.SCHOOL else "parent"


def _is_of(old: Fact, new: PaperFact) -> bool:
    """True if both are of one sort, such as meetings for the same purpose."""
    return old.data.get("kind") == new[2].get("kind")


def _says_the_same(there: Fact, data: Mapping[str, object]) -> bool:
    """True if a fact on the timeline contradicts nothing of what would be told."""
    said = {name: plain(value) for name, value in there.data.items()}
    return all(name not in said or said[name] == value for name, value in data.items())


def _as_facts(kind: str, on: date, data: Mapping[str, object]) -> Mapping[str, object]:
    """The data as the verbs take them: days as days. Raises Refused if the vocabulary has no such words."""
    checked, faults = check_fact({"id": "new", "kind": kind, "on": on.isoformat(), "data": dict(data)}, vocabulary())
    if faults or checked is None:
        raise Refused(faults)
    return checked.data
