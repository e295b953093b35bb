"""Extra help as a page shows it: how much, how it goes, what was noted; and a request for an evaluation beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from gameplan.cases.models import Case
from gameplan.core.facts import standing_facts
from gameplan.core.standing import Duty
from gameplan.core.words import Say
from gameplan.measures.chart import Chart, chart
from gameplan.measures.rules import SUGGESTIONS, Look, look
from gameplan.measures.series import Series
from gameplan.people.doors import named
from gameplan.people.roles import ROLES, Action
from gameplan.progress.doors import series_by_key, supports_of
from gameplan.progress.models import Measure
from gameplan.progress.models_supports import Support, SupportNote
from gameplan.progress.note_words import note_says, told_on, with_names
from gameplan.progress.supporting import is_running, measures_of_support, notes_of
from gameplan.progress.tiers import AREAS, CHANGE, FIDELITY, KINDS, TIER_NAMES, TOLD_OF, WHYS
from gameplan.progress.tiers import amount_said as amount_of
from gameplan.web.progress.words import standing_chip
from gameplan.web.standings import Viewed
from gameplan.web.templatetags.look import page_tongue

ANSWER = "answer-evaluation-request"


@dataclass(frozen=True)
class Measured:
    """One measure of help, with what the rules of practice say of it."""

    measure: Measure
    series: Series
    look: Look

    @property
    def chip(self) -> SafeString:
        """How it stands, as a chip."""
        return standing_chip(self.look.status)

    @property
    def says(self) -> str:
        """How it stands, what that suggests, and why, in sentences."""
        return self.look.says(page_tongue())

    @property
    def suggests(self) -> Say:
        """What the rules suggest, in a sentence."""
        return SUGGESTIONS[self.look.suggests]

    @property
    def chart(self) -> Chart:
        """The picture, the table and the words. It is drawn each time that it is asked for."""
        return chart(self.series, self.look.on, page_tongue())


@dataclass(frozen=True)
class NoteLine:
    """One note: its kind in words, what it says in sentences, who noted it, and whether its reader may take it back."""

    row: SupportNote
    title: Say
    says: tuple[Say, ...]
    who: str
    is_own: bool


@dataclass(frozen=True)
class Shown:
    """One help of a child, as its reader sees it on a day."""

    case: Case
    support: Support
    on: date
    measures: tuple[Measured, ...] = ()
    notes: tuple[NoteLine, ...] = ()

    @property
    def tier(self) -> Say:
        """The name of its tier."""
        return TIER_NAMES.get(self.support.tier, Say("Tier"))

    @property
    def area(self) -> Say | str:
        """The name of its area."""
        return AREAS.get(self.support.area, self.support.area)

    @property
    def amount(self) -> Say | None:
        """How much of it there is."""
        return amount_of(self.support.minutes, self.support.times, self.support.per)

    @property
    def ended_why(self) -> Say | str:
        """Why it ended."""
        return WHYS.get(self.support.ended_why, self.support.ended_why)

    @property
    def is_running(self) -> bool:
        """True while the child gets it."""
        return is_running(self.support, self.on)

    @property
    def is_own(self) -> bool:
        """True for the side that began it, which changes it."""
        return self.support.side == self.case.reader.side

    @property
    def writes(self) -> bool:
        """True if its reader may change it."""
        return self.is_own and Action.WRITE in self.case.can

    @property
    def fidelity(self) -> SupportNote | None:
        """The last word on how much of it was done."""
        found = [one.row for one in self.notes if one.row.kind == FIDELITY]
        return found[-1] if found else None

    @property
    def lacks_telling(self) -> tuple[Say, ...]:
        """What nobody has noted yet that the family was told: 34 CFR 300.311(a)(7)(ii)."""
        rows = [one.row for one in self.notes]
        return tuple(say for name, say in TOLD_OF.items() if told_on(rows, name) is None)


@dataclass(frozen=True)
class Asked:
    """A request for an evaluation that waits for its answer: its day, and the rule that says until when."""

    on: date
    says: Say
    cite: tuple[str, ...]
    why: str
    is_late: bool = field(default=False)


def shown_in(case: Case, on: date) -> list[Shown]:
    """Every help that the reader of a case sees, with its measures, without its notes but for how much was done."""
    return [shown_of(case, one, on) for one in supports_of(case)]


def shown_of(case: Case, support: Support, on: date) -> Shown:
    """One help with everything around it."""
    notes = notes_of(support)
    names = named({one.person for one in notes})
    return Shown(
        case, support, on, tuple(_measured(case, support, on)), tuple(note_line(case, one, names) for one in notes)
    )


def note_line(case: Case, row: SupportNote, names: dict[str, str]) -> NoteLine:
    """A note in words."""
    role = page_tongue().say(ROLES[row.role].title) if row.role in ROLES else row.role
    who = ", ".join(one for one in (names.get(row.person, ""), role) if one)
    return NoteLine(row, KINDS[row.kind], note_says(row), who, row.side == case.reader.side and row.kind != CHANGE)


def asked_for(viewed: Viewed) -> Asked | None:
    """The request for an evaluation that waits for its answer, with the day that the law gives; None if none does."""
    asked = {one.id: one for one in standing_facts(viewed.told.facts) if one.kind == "evaluation-requested"}
    found = [one for one in viewed.standing.duties if _is_answer(one) and one.started_by in asked]
    if not found:
        return None
    duty = min(found, key=lambda one: (one.due_latest or date.max, one.due_earliest or date.max))
    fact = asked[duty.started_by]
    why = reverse("web:why", args=(viewed.case.pk, duty.pack, duty.clock, duty.started_by))
    return Asked(fact.on, _until(duty), duty.cite, why, is_late=duty.status == "late")


def _is_answer(duty: Duty) -> bool:
    return duty.is_open and ANSWER in (duty.clock, duty.base)


def _until(duty: Duty) -> Say:
    if duty.due:
        values: dict[str, object] = {"day": duty.due}
        if duty.status == "late":
            return Say("The answer was due on {day}. It is late.", values)
        return Say("The school must answer by {day}.", values)
    if duty.due_earliest or duty.due_latest:
        values = {"first": duty.due_earliest or duty.due_latest, "last": duty.due_latest or duty.due_earliest}
        if duty.due_earliest == duty.due_latest or not duty.due_earliest or not duty.due_latest:
            return Say("The school must answer by {last}, by what is known so far.", values)
        return Say(
            "The school must answer between {first} and {last}: which day, depends on what is not known yet.", values
        )
    return Say("The law gives no number of days here: the school must answer within a reasonable time.")


def _measured(case: Case, support: Support, on: date) -> Iterable[Measured]:
    measures = measures_of_support(case, support)
    found = series_by_key(measures)
    for one in measures:
        series = with_names(found[one.pk], page_tongue())
        yield Measured(one, series, look(series, on))


def by_tier(found: Sequence[Shown]) -> list[tuple[Say, list[Shown]]]:
    """Help that runs, the highest tier first."""
    return [
        (TIER_NAMES[tier], some)
        for tier in sorted(TIER_NAMES, reverse=True)
        if (some := [one for one in found if one.support.tier == tier and one.is_running])
    ]
