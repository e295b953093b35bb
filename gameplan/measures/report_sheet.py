"""A report on progress as a paper in plain words, in one language: the same `Sheet` for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.chart import side_of_line
from gameplan.measures.lines import aim_line
from gameplan.measures.numbers import number_said
from gameplan.measures.reports import (
    CANNOT_TELL,
    DECISIONS,
    OUTLOOKS,
    Decided,
    Finding,
    Goal,
    Minutes,
    Report,
    Tracked,
    Weeks,
    finding,
)
from gameplan.measures.rules import OF_PRACTICE, OF_THE_HOUSE, STATUSES
from gameplan.measures.series import Point, Series
from gameplan.measures.ways import said
from gameplan.plans.minutes import number_text
from gameplan.plans.rich import PARAGRAPH, Block, Run
from gameplan.plans.sheets.sheet import (
    Fact,
    Facts,
    Heading,
    ListPart,
    Note,
    Part,
    Passage,
    Sheet,
    TablePart,
    Words,
    passage,
)  # fmt: skip

Found = dict[tuple[str, str], Finding]
"""What was found, by goal and measure."""
KIND: Final = "progress-report"
CITE: Final = ("34 CFR 300.320(a)(3)(ii)",)
CITE_HOW: Final = ("34 CFR 300.320(a)(3)(i)",)
NO_RESULTS: Final = Say("No results were written down")
MINUTES: Final = (
    (Say("Promised"), "promised"), (Say("Given"), "given"), (Say("Missed"), "missed"),
    (Say("Nobody wrote it down"), "unknown"), (Say("Still to come"), "upcoming"),
)  # fmt: skip
"""The columns of the minutes; the last two stand there only if they say something."""
USUAL: Final = ("promised", "given", "missed")
WRITTEN_IN: Final = {
    "en": Say("The school wrote this part in English. Ask for it in your language."),
    "es": Say("The school wrote this part in Spanish. Ask for it in your language."),
}


def sheet_of_report(report: Report, tongue: Tongue) -> Sheet:
    """The report as a paper in a language. Nothing of it is left out in any language.

    What the writer said is in that language where the writer said it in that language, and else in the other one.
    """
    title = tongue.say(Say("Progress report"))
    desk = _Desk(report, tongue)
    period = tongue.say(Say("For the days from {since} to {on}", {"since": report.since, "on": report.on}))
    return Sheet(
        kind=KIND, name=f"{title}: {report.child}" if report.child else title, title=title, lang=tongue.lang,
        day=report.on, subtitle=period, child=_joined(report.child, *map(desk.say, report.about)),
        head=_joined(report.child, title, tongue.date(report.on)),
        pages=tongue.text(Say("Page {page} of {pages}").text),
        made=tongue.say(Say("Printed with gameplan on {day}", {"day": report.on})),
        draft=(tongue.say(Say("DRAFT")), tongue.say(Say("Draft. It was not sent yet."))), parts=tuple(desk.parts()),
    )  # fmt: skip


def parts_of_goal(report: Report, number: int, tongue: Tongue) -> tuple[Part, ...]:
    """What the paper says of one goal (`number` from 1 on) but its heading and the writer's own words."""
    desk, goal = _Desk(report, tongue), report.goals[number - 1]
    return tuple(desk.goal_parts(goal))


@dataclass(frozen=True)
class _Desk:
    """The report and the language of the paper."""

    report: Report
    tongue: Tongue

    def say(self, sentence: Say | str) -> str:
        return self.tongue.say(sentence) if isinstance(sentence, Say) else sentence

    def words(self, *sentences: Say | str) -> Passage:
        """One paragraph of these sentences."""
        return passage(" ".join(self.say(one) for one in sentences if one))

    def planned(self, text: str) -> Passage:
        """Words of the plan, which stay in its language."""
        return passage(text, lang="" if self.report.lang == self.tongue.lang else self.report.lang)

    def fact(self, label: Say, *sentences: Say | str, cite: tuple[str, ...] = ()) -> Fact:
        return Fact(self.say(label), self.words(*sentences), cite)

    def parts(self) -> Iterator[Part]:
        found = self._all_found()
        yield from self._begins()
        yield Heading(self.say(Say("At a glance")))
        yield self._glance(found)
        for number, goal in enumerate(self.report.goals, 1):
            title = Say("Goal {number}: {area}", {"number": number, "area": goal.area})
            yield Heading(self.say(title if goal.area else Say("Goal {number}", {"number": number})))
            first, *rest = self._goal(goal, found)
            yield from first
            yield from self._own_words(goal)
            for parts in rest:
                yield from parts
        if self.report.weeks:
            yield from self._minutes(self.report.weeks)
        yield from self._ends(found)

    def _all_found(self) -> Found:
        goals = self.report.goals
        return {(goal.id, one.series.id): self._found(goal, one) for goal in goals for one in goal.tracked}

    def _found(self, goal: Goal, one: Tracked) -> Finding:
        ends = goal.by or one.series.target_on or self.report.ends
        return finding(one.series, self.report.since, self.report.on, ends, self.tongue)

    def _begins(self) -> Iterator[Part]:
        report = self.report
        if report.replaces:
            says = Say("This report takes the place of report number {number}.", {"number": report.replaces})
            yield Note(self.words(says))
        facts = [self.fact(Say("Written by"), _joined(report.writer, self.say(report.role)))]
        facts.append(self.fact(Say("Number of this report"), str(report.number)))
        if report.schedule:
            said = self.words(report.schedule) if isinstance(report.schedule, Say) else self.planned(report.schedule)
            facts.append(Fact(self.say(Say("When the plan promises reports")), said, CITE))
        if report.way:
            facts.append(Fact(self.say(Say("How they are given")), self.planned(report.way)))
        yield Facts(tuple(facts), short=False)

    def _glance(self, found: Found) -> TablePart:
        rows = []
        for number, goal in enumerate(self.report.goals, 1):
            name = f"{number}. {goal.area or _short(goal.text)}"
            if not goal.tracked:
                rows.append((passage(name), self.words(NO_RESULTS), self.words(OUTLOOKS[CANNOT_TELL])))
            for one in goal.tracked:
                told = found[goal.id, one.series.id]
                status, outlook = STATUSES[told.look.status], OUTLOOKS[told.outlook]
                both = _paragraphs(f"{name}\n{one.series.title}", "")
                rows.append((both, self.words(status), self.words(outlook)))
        head = (Say("Goal, and what is measured"), Say("How it goes"), Say("Will it be met in time?"))
        return TablePart(
            self.say(Say("All goals at a glance")), tuple(map(self.say, head)), tuple(rows), (5, 3, 3)
        )  # fmt: skip

    def goal_parts(self, goal: Goal) -> Iterator[Part]:
        """What is said of one goal beside the writer's own words."""
        found = {(goal.id, one.series.id): self._found(goal, one) for one in goal.tracked}
        for parts in self._goal(goal, found):
            yield from parts

    def _goal(self, goal: Goal, found: Found) -> Iterator[tuple[Part, ...]]:
        """First what the plan says, and that nobody measures it, if so; then each measure."""
        nobody = Say("Nobody measures this goal in this program. No results were written down.")
        yield (*self._of_plan(goal), *(() if goal.tracked else (Note(self.words(nobody)),)))
        for one in goal.tracked:
            yield tuple(self._measure(one, found[goal.id, one.series.id]))

    def _of_plan(self, goal: Goal) -> Iterator[Part]:
        if goal.text:
            yield Words(self.planned(goal.text))
        told = (
            (Say("Where it began"), self.planned(goal.baseline), ()),
            (Say("Where it should get"), self.planned(goal.target), ()),
            (Say("By when"), passage(self.tongue.date(goal.by) if goal.by else ""), ()),
            (Say("How it is measured"), self.planned(goal.how), CITE_HOW),
        )  # fmt: skip
        facts = tuple(Fact(self.say(label), value, cite) for label, value, cite in told if value)
        if facts:
            yield Facts(facts, short=False)

    def _own_words(self, goal: Goal) -> Iterator[Part]:
        there = {lang: text for lang, text in goal.words.items() if text.strip()}
        if not there:
            return
        lang = self.tongue.lang if self.tongue.lang in there else next(iter(there))
        yield Heading(self.say(Say("What this means, and what we do next")), 3)
        yield Words(_paragraphs(there[lang], "" if lang == self.tongue.lang else lang))
        if lang != self.tongue.lang and lang in WRITTEN_IN:
            yield Words(self.words(WRITTEN_IN[lang]), quiet=True)

    def _measure(self, one: Tracked, told: Finding) -> Iterator[Part]:
        series = one.series
        yield Heading(series.title, 3)
        facts = [
            self.fact(Say("How it goes"), f"{self.say(STATUSES[told.look.status])}.", *told.reasons),
            self.fact(Say("Results in this time"), *self._results(series, told)),
            self.fact(Say("Will it be met in time?"), f"{self.say(OUTLOOKS[told.outlook])}.", told.because),
        ]
        if one.decisions:
            lines = "\n".join(map(self._decided, one.decisions))
            facts.append(Fact(self.say(Say("What the team decided")), _paragraphs(lines, "")))
        yield Facts(tuple(facts), short=False)
        if told.points:
            yield self._table(series, told)

    def _decided(self, one: Decided) -> str:
        does = self.say(DECISIONS.get(one.does, one.does))
        return f"{self.tongue.date(one.on)}: {does}. {' '.join(one.why.split())}"

    def _results(self, series: Series, told: Finding) -> Iterator[Say]:
        if not told.points or told.middle is None:
            yield Say("No results were written down.")
            return
        first, last = told.days[0], told.days[-1]
        values: dict[str, object] = {
            "count": len(told.points), "first": series.said(first.value, self.tongue), "from": first.on,
            "last": series.said(last.value, self.tongue), "to": last.on,
            "middle": series.said(told.middle, self.tongue),
        }  # fmt: skip
        if len(told.days) == 1:
            yield Say("Results: {count}. On {to}: {last}.", values)
            return
        yield Say("Results: {count}. The first, on {from}: {first}. The last, on {to}: {last}.", values)
        yield Say("The middle one: {middle}.", values)

    def _table(self, series: Series, told: Finding) -> TablePart:
        """Each result of the period; columns that would say nothing more are left out."""
        aim = aim_line(series)

        def line_on(point: Point) -> Fraction | None:
            return aim.at(point.on) if aim and point.on >= aim.start else None

        def row(point: Point) -> tuple[str, ...]:
            line = line_on(point)
            side = "" if line is None else self.say(side_of_line(point.value, line))
            return (
                self.tongue.date(point.on), series.said(point.value, self.tongue),
                said(series.way, point.value, self.tongue, point.data) if point.data else "",
                "" if line is None else number_said(line), side,
            )  # fmt: skip

        names = (Say("Day"), Say("Result"), Say("Written down"), Say("Aim line"), Say("Against the aim line"))
        rows = [row(one) for one in told.points]
        more = any(one[2] not in ("", one[1]) for one in rows)
        kept = [0, 1, *([2] if more else []), *([3, 4] if any(one[3] for one in rows) else [])]
        widths = (3, 3, 4, 2, 3)
        return TablePart(
            self.say(Say("Each result: {title}", {"title": series.title})), tuple(self.say(names[at]) for at in kept),
            tuple(tuple(passage(one[at]) for at in kept) for one in rows), tuple(widths[at] for at in kept),
        )  # fmt: skip

    def _minutes(self, weeks: Weeks) -> Iterator[Part]:
        yield Heading(self.say(Say("Minutes of the services")))
        days: dict[str, object] = {"first": weeks.first, "last": weeks.last}
        yield Words(self.words(Say("These are the whole weeks from {first} to {last}.", days)))
        columns = [one for one in MINUTES if one[1] in USUAL or any(getattr(row, one[1]) for row in weeks.rows)]

        def row(one: Minutes) -> tuple[Passage, ...]:
            numbers = (number_text(getattr(one, name)) for _head, name in columns)
            return (self.words(one.service), *map(passage, numbers))

        yield TablePart(
            self.say(Say("Minutes promised and given")),
            (self.say(Say("Service")), *(self.say(head) for head, _name in columns)),
            tuple(row(one) for one in weeks.rows), (5, *(3 for _one in columns)),
        )  # fmt: skip

    def _ends(self, found: Found) -> Iterator[Part]:
        yield Heading(self.say(Say("What you can do")))
        yield ListPart((
            self.words(Say("Ask the school about anything in this report.")),
            self.words(Say("Ask for a meeting of the team. You can ask at any time.")),
            self.words(Say(
                "If a goal goes less well than expected, the team looks at the plan again "
                "(34 CFR 300.324(b)(1)(ii)(A))."
            )),
        ))  # fmt: skip
        used = [one for told in found.values() for one in told.look.because]
        for rule in (OF_PRACTICE, OF_THE_HOUSE):
            if rule in used:
                yield Words(self.words(Say("How it goes:"), rule), quiet=True)
                return


def _paragraphs(text: str, lang: str) -> Passage:
    """What somebody wrote, each paragraph as one."""
    lines = (one.strip() for one in text.splitlines())
    return Passage(tuple(Block(PARAGRAPH, (Run(one),)) for one in lines if one), lang)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _joined(*pieces: str) -> str:
    return " · ".join(one for one in pieces if one)
