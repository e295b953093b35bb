"""Does a fact fit what a rule looks for? Yes, no, or not known because the file does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias

from gameplan.core.calendars import ONE_DAY, SchoolCalendar
from gameplan.core.days import add_months
from gameplan.core.derived import derived_facts, filled
from gameplan.core.entries import Condition, Law, Match, Vocabulary
from gameplan.core.facts import Case, Fact, standing_facts

# What is written down this soon after a clock began still speaks of the child as it was then.
SOON_AFTER = timedelta(days=30)


Hit: TypeAlias = tuple[Fact, Match, bool | None]
NOTHING: Sequence[Hit] = ()


def fits(fact: Fact, match: Match) -> bool | None:
    """True if the fact is of the kind and says what `where` asks; None if it leaves that open."""
    if fact.kind != match.event:
        return False
    answer: bool | None = True
    for name, wanted in match.where.items():
        said = fact.data.get(name)
        if said is None or said == "" or said == "not-known":
            answer = None
        elif said != wanted and not _says(said, wanted):
            return False
    for name, unwanted in match.unlike.items() if match.unlike else ():
        said = fact.data.get(name)
        if said == unwanted or _says(said, unwanted):
            return False
    return answer


def _says(said: object, wanted: object) -> bool:
    if isinstance(said, list | tuple):
        return any(one in wanted for one in said) if isinstance(wanted, list | tuple) else wanted in said
    return isinstance(wanted, list | tuple) and said in wanted


def open_questions(fact: Fact, match: Match) -> tuple[str, ...]:
    """The data fields that `match` asks for and the fact does not say."""
    return tuple(name for name in match.where if fact.data.get(name) in (None, "", "not-known"))


@dataclass(frozen=True)
class World:
    """One account of the case on one day: the facts that stand, by kind and in order of their dates."""

    case: Case
    facts: tuple[Fact, ...]
    vocabulary: Vocabulary
    on: date
    calendar: SchoolCalendar
    state_facts: Mapping[str, object] = field(default_factory=dict)
    _days: dict[tuple[str, str | None], date] = field(default_factory=dict, compare=False, repr=False)
    _hits: dict[int, tuple[Match, Sequence[Hit]]] = field(default_factory=dict, compare=False, repr=False)

    def with_facts(self, facts: tuple[Fact, ...]) -> World:
        """The same account with these facts in the place of its own."""
        return World(self.case, facts, self.vocabulary, self.on, self.calendar, self.state_facts)

    @cached_property
    def by_kind(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of each kind, earliest first."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.kind, []).append(fact)
        return {kind: tuple(sorted(facts, key=self.day)) for kind, facts in found.items()}

    def day(self, fact: Fact, name: str | None = None) -> date:
        """The fact's date of that name (default its main date); the day it happened if the file gives no other."""
        key = (fact.id, name)
        if key not in self._days:
            kind = self.vocabulary.kinds.get(fact.kind)
            said = fact.data.get(name or (kind.main_date if kind else "date"))
            self._days[key] = said if isinstance(said, date) else fact.on
        return self._days[key]

    def says_date(self, fact: Fact, name: str | None = None) -> bool:
        """True if the file gives that date in so many words."""
        kind = self.vocabulary.kinds.get(fact.kind)
        wanted = name or (kind.main_date if kind else "date")
        return isinstance(fact.data.get(wanted), date) or wanted == "date"

    def happened(self, fact: Fact, name: str | None = None) -> bool:
        """True if the fact is not a plan and its day has come."""
        return not fact.planned and self.day(fact, name) <= self.on

    def matching(self, matches: Sequence[Match]) -> Sequence[Hit]:
        """Every fact that fits, or may fit, one of the matches; earliest first."""
        if len(matches) == 1:
            return self.hits(matches[0])
        groups = [hits for match in matches if (hits := self.hits(match))]
        if len(groups) < 2:
            return groups[0] if groups else NOTHING
        found = [hit for hits in groups for hit in hits]
        found.sort(key=lambda row: self.day(row[0], row[1].on))
        return found

    def hits(self, match: Match) -> Sequence[Hit]:
        """Every fact that fits, or may fit, this match; earliest first. Looked for once a world: matches live long."""
        known = self._hits.get(id(match))
        if known is None:
            if match.event not in self.by_kind:
                return NOTHING
            found: list[Hit] = []
            for fact in self.by_kind[match.event]:
                answer = fits(fact, match)
                if answer is not False:
                    found.append((fact, match, answer))
            if len(found) > 1 and match.on:
                found.sort(key=lambda row: self.day(row[0], match.on))
            known = self._hits[id(match)] = (match, found)
        return known[1]

    def holds(self, condition: Condition, start: date, fact: Fact | None = None) -> bool | None:
        """Does the condition hold for a clock that `fact` starts on `start`: yes, no, or not known.

        A fact counts if it is there by then or soon after; that a fact is not there is asked of the time before.
        """
        if condition.alike or condition.differ:
            return compared(condition, fact)
        if condition.state_says:
            return state_says(self.state_facts, condition.state_says)
        if condition.fact:
            if condition.latest:
                return self._last(condition.fact, start)
            return self._any(condition.fact, start if condition.already else start + SOON_AFTER)
        if condition.no_fact:
            found = self._any(condition.no_fact, start - ONE_DAY)
            return None if found is None else not found
        return self._age(condition, start)

    def _last(self, match: Match, until: date) -> bool | None:
        """Does the last fact of the kind by that day fit? No, if there is none."""
        facts = [one for one in self.by_kind.get(match.event, ()) if self.happened(one) and self.day(one) <= until]
        return fits(facts[-1], match) if facts else False

    def _any(self, match: Match, until: date) -> bool | None:
        answers = [
            answer
            for fact, _, answer in self.hits(match)
            if self.happened(fact, match.on) and self.day(fact, match.on) <= until
        ]
        return True if True in answers else (None if answers else False)

    def _age(self, condition: Condition, start: date) -> bool | None:
        born = self.case.child.born
        if born is None:
            return None
        day = _day_of_year(condition.at, start) if condition.at else start
        if condition.age_under:
            return day < add_months(born, 12 * condition.age_under)
        return day >= add_months(born, 12 * condition.age_from)


def state_says(facts: Mapping[str, object], wanted: Mapping[str, object]) -> bool | None:
    """Does the State's file say all of this: not known where it says nothing; no without a State."""
    if not facts:
        return False
    answers = [
        None if facts.get(name) in (None, "unverified") else facts[name] == value for name, value in wanted.items()
    ]
    return False if False in answers else (None if None in answers else True)


def compared(condition: Condition, fact: Fact | None) -> bool | None:
    """Are the two fields of the fact alike (or do they differ): not known where one is not said."""
    names = condition.alike or condition.differ
    values = [fact.data.get(name) if fact else None for name in names]
    if any(value in (None, "", "not-known") for value in values):
        return None
    same = len({str(value).casefold() for value in values}) == 1
    return same if condition.alike else not same


def _day_of_year(mark: str, start: date) -> date:
    """The day of that name in the school year of `start`: the last one before the following July."""
    month, day = (int(part) for part in mark.split("-"))
    year = start.year if start.month >= 7 else start.year - 1
    return date(year if month >= 7 else year + 1, month, day)


def _account(root: str, group: list[Fact], side: str) -> Fact:
    """What one side says of an event, under the id of the event's first account; else what was said first."""
    fact = next((one for one in group if one.said_by == side), group[0])
    return fact if fact.id == root else replace(fact, id=root)


def worlds(case: Case, law: Law, on: date) -> dict[str, World]:
    """The case under each side's account, by side; one world named "" where nobody disagrees."""
    facts = standing_facts(case.facts)
    calendar = case.calendar()
    more = derived_facts(case, law, on)

    def world(chosen: tuple[Fact, ...]) -> World:
        ordered = tuple(sorted(chosen, key=lambda fact: (fact.on, fact.id)))
        return World(case, filled(ordered, calendar) + more, law.vocabulary, on, calendar, law.facts)

    told = [fact for fact in facts if fact.account_of]
    if not told:
        return {"": world(facts)}
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.account_of or fact.id, []).append(fact)
    for root, group in groups.items():
        group.sort(key=lambda fact: (fact.id != root, fact.id))
    sides = sorted({fact.said_by for root in {f.account_of for f in told} for fact in groups[root or ""]})
    found = {}
    for side in sides:
        chosen = tuple(_account(root, group, side) for root, group in groups.items())
        found[side] = world(chosen)
    return found
