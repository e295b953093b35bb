"""A behavior on paper: what was noted, what the team makes of it, and the plan, as far as its reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.cases.models import Case
from gameplan.cases.rows import child_of
from gameplan.core.words import Say, Tongue
from gameplan.measures.behaviour import Count, Patterns, patterns
from gameplan.plans.sheets.sheet import Fact, Facts, Heading, Note, Part, Passage, Sheet, TablePart, Words, passage
from gameplan.progress.behavior_plans import PURPOSES, behavior_plans_of, summaries_of
from gameplan.progress.doors import measures_of, titles_of
from gameplan.progress.incidents import counted_of
from gameplan.progress.models import Measure
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.progress.models_daily import Incident

KIND: Final = "behavior"
CITES: Final = ("34 CFR 300.324(a)(2)(i)", "34 CFR 300.530(d)(1)(ii)", "34 CFR 300.530(f)")
NO_VERDICT: Final = Say(
    "A count is no verdict. It shows what was written down, not why. Only the team, with the family, can say what a "
    "behavior is for."
)
COUNTED: Final = (3, 1)
"""What was counted, and how often: the widths of the columns."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a paper tells of: the notes that stand, and what each goal of the plan in force is called, by its row."""

    measure: Measure
    rows: Sequence[Incident]
    goals: Mapping[str, str]


def hypothesis(row: BehaviorSummary, tongue: Tongue) -> str:
    """What the team makes of it as one sentence: when, what the child does, and what for."""
    values: dict[str, object] = {"when": row.when, "does": row.does, "purpose": purpose_said(row, tongue)}
    if row.purpose == "not-known":
        return tongue.say(Say("When: {when}. Then the child: {does}. What for is not known yet.", values))
    return tongue.say(Say("When: {when}. Then the child: {does}. In order to: {purpose}.", values))


def purpose_said(row: BehaviorSummary, tongue: Tongue) -> str:
    """What it may be for, and the team's own words for it."""
    known = tongue.say(PURPOSES[row.purpose]) if row.purpose in PURPOSES else row.purpose
    return f"{known} ({row.gets})" if row.gets else known


def sheet_of_behavior(case: Case, looked: Looked, on: date, tongue: Tongue) -> Sheet:
    """All of it as a paper in a language. The newest assessment and the newest plan are the ones that hold."""
    child, title = child_of(case), tongue.say(Say("Behavior: what was seen, what it may be for, and the plan"))
    about = (child.name, child.grade and tongue.say(Say("grade {grade}", {"grade": child.grade})), child.school)
    return Sheet(
        kind=KIND, name=f"{title}: {child.name}" if child.name else title, title=title, lang=tongue.lang, day=on,
        subtitle=tongue.say(
            Say("{what}, as of {day}", {"what": titles_of([looked.measure])[looked.measure.pk], "day": on})
        ),
        child=" · ".join(one for one in about if one), head=" · ".join(one for one in (child.name, title) if one),
        pages=tongue.text(Say("Page {page} of {pages}").text),
        made=tongue.say(Say("Printed with gameplan on {day}", {"day": on})),
        draft=(tongue.say(Say("DRAFT")), ""), parts=tuple(_Desk(case, looked, tongue).parts()),
    )  # fmt: skip


@dataclass(frozen=True)
class _Desk:
    """The case, what is told of it, and the language of the paper."""

    case: Case
    looked: Looked
    tongue: Tongue

    def say(self, sentence: Say | str) -> str:
        return self.tongue.say(sentence) if isinstance(sentence, Say) else sentence

    def parts(self) -> Iterator[Part]:
        summaries, plans = summaries_of(self.looked.measure), behavior_plans_of(self.looked.measure)
        yield Heading(self.say(Say("What the team makes of it")))
        if summaries:
            yield Words(passage(hypothesis(summaries[-1], self.tongue), bold=True))
            yield self._facts(_of_summary(summaries[-1]), CITES)
        else:
            yield Words(self._missing(Say("Nobody has written down yet what it may be for.")))
        yield Heading(self.say(Say("The plan for it")))
        if plans:
            yield self._facts(self._of_plan(plans[-1]))
        else:
            yield Words(self._missing(Say("There is no plan for it yet.")))
        yield from self._noted()

    def _noted(self) -> Iterator[Part]:
        found = patterns(counted_of(list(self.looked.rows), self.tongue.lang))
        yield Heading(self.say(Say("What the notes have in common")))
        yield Words(passage(" ".join(map(self.say, found.says))))
        yield Note(passage(self.say(NO_VERDICT)))
        for title, counts in _tables(found):
            if counts:
                rows = tuple((passage(self.say(one.name)), passage(str(one.times))) for one in counts)
                head = (self.say(title), self.say(Say("How often")))
                yield TablePart(self.say(title), head, rows, COUNTED)

    def _of_plan(self, row: BehaviorPlan) -> Iterator[tuple[Say, str]]:
        titles = {one.measure_id: one for one in measures_of(self.case)}
        names = titles_of(titles.values())
        measured = [names[titles[one].pk] for one in row.measure_ids if one in titles]
        goals = [self.looked.goals[one] for one in row.goals if one in self.looked.goals]
        yield Say("From which day"), self.tongue.date(row.on)
        yield Say("What the child learns to do instead"), row.teach
        yield Say("What adults change before it starts"), row.prevent
        yield Say("What adults do when it happens"), row.respond
        yield Say("How everybody stays safe"), row.safety
        yield Say("Who does it"), row.by_whom
        yield Say("Goals that it serves"), "; ".join(goals)
        yield Say("What shows whether it works"), "; ".join(measured)
        yield Say("Looked at again on"), self.tongue.date(row.review_on) if row.review_on else ""
        yield Say("Note"), row.note

    def _facts(self, told: Iterator[tuple[Say, str]], cite: tuple[str, ...] = ()) -> Facts:
        filled = [(label, text) for label, text in told if text]
        return Facts(
            tuple(
                Fact(self.say(label), passage(text), cite if at == 0 else ()) for at, (label, text) in enumerate(filled)
            ),
            short=False,
        )  # fmt: skip

    def _missing(self, sentence: Say) -> Passage:
        return Passage(passage(self.say(sentence)).blocks, missing=True)


def _of_summary(row: BehaviorSummary) -> Iterator[tuple[Say, str]]:
    yield Say("What was looked at"), row.looked_at
    yield Say("Who took part"), row.people
    yield Say("What the notes had in common then"), " ".join(row.because)
    yield Say("Note"), row.note


def _tables(found: Patterns) -> Iterator[tuple[Say, Sequence[Count]]]:
    yield Say("What came before"), found.antecedents
    yield Say("What came after"), found.consequences
    yield Say("Where it was"), found.settings
    yield Say("At what time of day"), found.hours
    yield Say("On which day of the week"), found.weekdays
