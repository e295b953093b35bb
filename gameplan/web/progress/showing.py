"""One measure as a page shows it: how it stands and why, its picture, who noted what, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gameplan.cases.models import Case
from gameplan.measures.chart import Chart, chart
from gameplan.measures.rules import OF_PRACTICE, OF_THE_HOUSE, SUGGESTIONS, Look, look
from gameplan.measures.series import Point as Measured
from gameplan.measures.series import Series
from gameplan.measures.ways import Way, said, value_of
from gameplan.people.doors import named
from gameplan.people.roles import ROLES, Action, Side
from gameplan.progress.doors import series_of, top_of
from gameplan.progress.models import Measure, Point, Terms
from gameplan.progress.noted import Noted, NotedRow, standing
from gameplan.web.progress.words import standing_chip
from gameplan.web.templatetags.look import page_tongue


@dataclass(frozen=True)
class Shown:
    """A measure of a case, as its reader sees it on a day."""

    case: Case
    measure: Measure
    series: Series
    look: Look

    @property
    def chip(self) -> SafeString:
        """How it stands, in a word."""
        return standing_chip(self.look.status)

    @property
    def suggests(self) -> str:
        """What the rules suggest, in a sentence."""
        return page_tongue().say(SUGGESTIONS[self.look.suggests])

    @property
    def because(self) -> list[str]:
        """Why, in sentences."""
        return [page_tongue().say(sentence) for sentence in self.look.because]

    @property
    def reason(self) -> str:
        """The first reason that is more than the list of points."""
        told = [one for one in self.look.because if "points" not in one.values]
        return page_tongue().say(told[0]) if told else ""

    @property
    def chart(self) -> Chart:
        """The picture, the table and the words. It is drawn each time that it is asked for."""
        return chart(self.series, self.look.on, page_tongue())

    @property
    def last(self) -> Measured | None:
        """The latest point."""
        return self.series.points[-1] if self.series.points else None

    @property
    def last_said(self) -> str:
        """What the latest point came to, as it was written down."""
        return said(self.series.way, self.last.value, page_tongue(), self.last.data) if self.last else ""

    @property
    def is_open(self) -> bool:
        """True while it is measured."""
        return self.measure.ended_on is None or self.measure.ended_on >= self.look.on

    @property
    def is_own(self) -> bool:
        """True for the side that began it, which changes it."""
        return self.measure.side == self.case.reader.side

    @property
    def next_step(self) -> str:
        """What an off-track measure opens: "ask" for the family, "change" for the team; else empty."""
        if self.look.status != "off-track" or not self.is_open or Action.WRITE not in self.case.can:
            return ""
        return "ask" if self.case.reader.side is Side.FAMILY else "change"


@dataclass(frozen=True)
class Line:
    """One thing that was noted: what it says, who noted it, and whether its reader may put it right."""

    row: Noted
    said: str
    who: str
    is_standing: bool
    is_own: bool


def shown_of(case: Case, measures: Sequence[Measure], on: date) -> list[Shown]:
    """These measures with how they stand on a day, and with the names of those who noted."""
    found = series_of(measures)
    names = named({point.by for one in found.values() for point in one.points})
    return [_shown(case, one, found[one.measure_id], names, on) for one in measures]


def letter_words(shown: Shown) -> str:
    """A letter that asks the school to look at a goal again, ready to copy, in the language of the page."""
    asks = _(
        "I ask for a meeting of the IEP team to review it. When a child makes less progress than expected, the team "
        "looks at the plan again (34 CFR 300.324(b)(1)(ii)(A))."
    )
    goal = _("Please look at this goal with me: %(goal)s") % {"goal": shown.series.title}
    when = _("Please tell me in writing which days work for you.")
    why = " ".join(page_tongue().say(one) for one in shown.look.because if one not in (OF_PRACTICE, OF_THE_HOUSE))
    return "\n\n".join((_("Dear team,"), goal, why, asks, when, _("Thank you.")))


def aim_said(series: Series, terms: Terms) -> tuple[str, str]:
    """From where and to where, in the unit of the measure; empty where it is not said."""

    def words(number: Decimal | None) -> str:
        return "" if number is None else series.said(Fraction(number), page_tongue())

    return words(terms.baseline), words(terms.target)


def point_lines(case: Case, measure: Measure, rows: Sequence[Point]) -> list[Line]:
    """Every point as it was noted, newest first; those that were put right or taken back stay to be read."""
    way, top, tongue = Way(measure.way), top_of(measure), page_tongue()
    return note_lines(case, rows, lambda row: said(way, value_of(way, row.data, top=top), tongue, row.data))


def note_lines(case: Case, rows: Sequence[NotedRow], words: Callable[[NotedRow], str]) -> list[Line]:
    """What was noted, newest first, in these words; with who noted it."""
    names, stand = named({row.person for row in rows}), {row.number for row in standing(rows)}
    return [
        Line(row, words(row), _who(row.person, row.role, names), row.number in stand, row.side == case.reader.side)
        for row in sorted(rows, key=lambda row: (row.on, row.number), reverse=True)
    ]


def _shown(case: Case, measure: Measure, series: Series, names: Mapping[str, str], on: date) -> Shown:
    points = tuple(replace(one, by=names.get(one.by, ""), role=role_said(one.role)) for one in series.points)
    measure.case = case
    return Shown(case, measure, replace(series, points=points), look(series, on))


def _who(person: str, role: str, names: Mapping[str, str]) -> str:
    name, title = names.get(person, ""), role_said(role)
    return f"{name} ({title})" if name and title else name or title


def role_said(role: str) -> str:
    """How a role is called in the language of the page."""
    return page_tongue().say(ROLES[role].title) if role in ROLES else ""
