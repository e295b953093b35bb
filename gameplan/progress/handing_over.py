"""Extra help on paper: what was given, how it went, what was noted and what the family was told, for an evaluation.

The paper is made of what stands in the case on that day. It never says that an evaluation should wait for more of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from gameplan.cases.doors import held, note_access
from gameplan.cases.models import Attachment, Case
from gameplan.cases.people import Person
from gameplan.cases.rows import child_of
from gameplan.cases.verbs import attach
from gameplan.core.words import Say, Tongue
from gameplan.measures.chart import chart
from gameplan.measures.rules import look
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.doors import named
from gameplan.people.roles import ROLES
from gameplan.plans.rich import PARAGRAPH, Block, Run
from gameplan.plans.sheets.sheet import Fact, Facts, Heading, Note, Part, Passage, Sheet, TablePart, Words, passage
from gameplan.progress.doors import series_by_key, supports_of
from gameplan.progress.models_supports import Support, SupportNote
from gameplan.progress.note_words import note_says, told_on, with_names
from gameplan.progress.supporting import measures_of_support, notes_of
from gameplan.progress.tiers import AREAS, KINDS, TIER_NAMES, TOLD_OF, WHYS, amount_said

KIND: Final = "extra-help"
CITE_TOLD: Final = ("34 CFR 300.311(a)(7)(ii)",)
CHART_WIDTHS: Final = (3, 3, 2, 3, 3, 3, 4)
"""Day, result, aim line, against it, written down, by, note: the columns of `measures.chart`."""
NEVER_WAITS: Final = Say(
    "An evaluation that was asked for does not wait for a tier or for more data (34 CFR 300.301(b); OSEP Memo 11-07)."
)


def paper_name(on: date) -> str:
    """How the paper of a day is called among the papers of a case."""
    return f"{KIND}-{on.isoformat()}.pdf"


def sheet_of_supports(case: Case, on: date, tongue: Tongue) -> Sheet:
    """All extra help that the reader of a case sees, as a paper in a language."""
    child, title = child_of(case), tongue.say(Say("Extra help in class: what was given and how it went"))
    about = (child.name, child.grade and tongue.say(Say("grade {grade}", {"grade": child.grade})), child.school)
    return Sheet(
        kind=KIND, name=f"{title}: {child.name}" if child.name else title, title=title, lang=tongue.lang, day=on,
        subtitle=tongue.say(Say("For an evaluation, as of {day}", {"day": on})),
        child=" · ".join(one for one in about if one), head=" · ".join(one for one in (child.name, title) if one),
        pages=tongue.text(Say("Page {page} of {pages}").text),
        made=tongue.say(Say("Printed with gameplan on {day}", {"day": on})),
        draft=(tongue.say(Say("DRAFT")), ""), parts=tuple(_Desk(case, on, tongue).parts()),
    )  # fmt: skip


@transaction.atomic
def hand_over(case: Case, *, by: Person, on: date, tongue: Tongue) -> Attachment:
    """Makes the paper and keeps it with the case. The same paper of a day is kept once.

    Raises CannotPrint for letters that no font of the program has.
    """
    locked = held(case, by=by)
    pdf = sheet_pdf(sheet_of_supports(case, on, tongue))
    made = attach(locked, by=by, name=paper_name(on), content=pdf, media_type="application/pdf")
    note_access(locked.pk, by, "hand-over-support", about=f"paper:{made.attachment_id}")
    return made


@dataclass(frozen=True)
class _Desk:
    """The case, the day and the language of the paper."""

    case: Case
    on: date
    tongue: Tongue

    def say(self, sentence: Say | str) -> str:
        return self.tongue.say(sentence) if isinstance(sentence, Say) else sentence

    def parts(self) -> Iterator[Part]:
        yield Note(passage(self.say(NEVER_WAITS)))
        for support in supports_of(self.case):
            yield from self._support(support)

    def _support(self, support: Support) -> Iterator[Part]:
        notes = notes_of(support)
        yield Heading(support.title)
        yield Facts(tuple(Fact(self.say(label), passage(self.say(value))) for label, value in _facts(support)))
        yield from self._measures(support)
        yield Heading(self.say(Say("What was noted")), 3)
        yield self._notes(notes) if notes else Words(passage(self.say(Say("Nothing is noted."))))
        yield Heading(self.say(Say("What the family was told")), 3)
        yield Facts(tuple(self._told(notes)), short=False)

    def _measures(self, support: Support) -> Iterator[Part]:
        measures = measures_of_support(self.case, support)
        found = series_by_key(measures)
        if not measures:
            yield Words(passage(self.say(Say("Nothing was measured."))))
        for one in measures:
            series = with_names(found[one.pk], self.tongue)
            drawn = chart(series, self.on, self.tongue)
            yield Heading(series.title, 3)
            yield Words(passage(look(series, self.on).says(self.tongue)))
            yield Words(passage(drawn.words))
            if drawn.rows:
                rows = tuple(tuple(map(passage, row)) for row in drawn.rows)
                yield TablePart(self.say(Say("Each result")), drawn.headers, rows, CHART_WIDTHS)

    def _notes(self, notes: list[SupportNote]) -> TablePart:
        people = named({one.person for one in notes})
        head = (Say("Day"), Say("What"), Say("What it says"), Say("Noted by"))
        return TablePart(
            self.say(Say("Notes")), tuple(map(self.say, head)),
            tuple(
                (
                    passage(self.tongue.date(one.on)), passage(self.say(KINDS[one.kind])),
                    _lines([*map(self.say, note_says(one)), one.note]), passage(self._who(one, people)),
                )
                for one in notes
            ),
            (2, 2, 6, 3),
        )  # fmt: skip

    def _who(self, row: SupportNote, people: dict[str, str]) -> str:
        role = self.say(ROLES[row.role].title) if row.role in ROLES else row.role
        return ", ".join(one for one in (people.get(row.person, ""), role) if one)

    def _told(self, notes: list[SupportNote]) -> Iterator[Fact]:
        for name, what in TOLD_OF.items():
            day = told_on(notes, name)
            said = self.tongue.date(day) if day else self.say(Say("Nobody has noted it."))
            yield Fact(self.say(what), passage(said), CITE_TOLD)


def _facts(support: Support) -> Iterator[tuple[Say, Say | str]]:
    yield Say("Tier"), TIER_NAMES.get(support.tier, str(support.tier))
    yield Say("Area"), AREAS.get(support.area, support.area)
    yield (
        Say("How much"),
        amount_said(support.minutes, support.times, support.per) or Say("Nobody wrote down how much"),
    )
    if support.group:
        yield Say("Group"), support.group.name
    if support.who:
        yield Say("By whom"), support.who
    yield Say("Since"), Say("{day}", {"day": support.since})
    if support.ended_on:
        yield Say("Ended"), Say("{day}", {"day": support.ended_on})
        yield Say("Why it ended"), WHYS.get(support.ended_why, support.ended_why)
    elif support.until:
        yield Say("Planned until"), Say("{day}", {"day": support.until})


def _lines(lines: Iterable[str]) -> Passage:
    """Each line as a paragraph of its own."""
    return Passage(tuple(Block(PARAGRAPH, (Run(one),)) for one in lines if one))
