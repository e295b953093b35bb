"""Progress reports as the pages show them: when the next is due, those that were sent, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gameplan.cases.models import Case
from gameplan.core.facts import Fact, standing_facts
from gameplan.core.standing import Duty
from gameplan.core.words import Say
from gameplan.measures.chart import Chart, chart
from gameplan.measures.series import Series
from gameplan.people.roles import ROLES, Action, Side
from gameplan.progress.doors import reports_of
from gameplan.progress.models import ProgressReport
from gameplan.progress.report_content import plan_on, schedule_of
from gameplan.web.delivered import language_name
from gameplan.web.standings import viewed_of
from gameplan.web.templatetags.look import page_tongue

CLOCK = "progress-reports"


@dataclass(frozen=True)
class ReportLine:
    """A report in the list. `given`: the day on which the family got it. `replaced_by`: the number of the report that
    takes its place, or None.
    """

    row: ProgressReport
    given: date
    replaced_by: int | None

    @property
    def who(self) -> str:
        """The role of who sent it."""
        return page_tongue().say(ROLES[self.row.role].title) if self.row.role in ROLES else self.row.role

    @property
    def language(self) -> str:
        """The language that it was sent in, by its own name."""
        return language_name(self.row.lang)


@dataclass(frozen=True)
class Reports:
    """What the page of progress says of reports. `duty`: what the law room says of the newest plan, if anything;
    `schedule`: the words of the plan.
    """

    case: Case
    duty: Duty | None
    schedule: str
    lines: tuple[ReportLine, ...]

    @property
    def writes(self) -> bool:
        """True if the reader may write one for the school."""
        return self.case.reader.side is Side.SCHOOL and Action.PLAN in self.case.can

    @property
    def asks(self) -> bool:
        """True if the reader is the family, which can ask for one."""
        return self.case.reader.side is Side.FAMILY and Action.WRITE in self.case.can

    @property
    def letter(self) -> str:
        """Words that ask for the report, ready to copy."""
        plan = _("The IEP says when reports come: %(schedule)s.") % {"schedule": self.schedule.rstrip(".")}
        asks = _("Please send me the progress report on my child’s goals, with the results.")
        cite = _("The IEP says when the school gives these reports (34 CFR 300.320(a)(3)).")
        when = _("Please tell me in writing on which day I get it.")
        middle = " ".join((asks, plan if self.schedule else cite))
        return "\n\n".join((_("Dear team,"), middle, when, _("Thank you.")))


def reports_for(case: Case, on: date) -> Reports:
    """What the page of progress of a case says of reports on a day."""
    viewed = viewed_of(case, on=on)
    now = plan_on(case, on)
    said = schedule_of(now.plan) if now else ""
    duties = [one for one in viewed.standing.duties if one.clock == CLOCK and not one.lapsed]
    return Reports(
        case, max(duties, key=lambda one: one.started or date.min, default=None),
        page_tongue().say(said) if isinstance(said, Say) else said, lines_of(case, viewed.told.facts),
    )  # fmt: skip


def lines_of(case: Case, facts: tuple[Fact, ...]) -> tuple[ReportLine, ...]:
    """The reports that the reader of a case sees, newest first; `facts` are those that the reader sees."""
    days = {one.corrects or one.id: one.on for one in standing_facts(facts)}
    rows = list(reports_of(case).defer("pdf", "content", "text"))
    later = {one.corrects: one.number for one in rows if one.corrects is not None}
    return tuple(
        ReportLine(one, _given(one, days), later.get(one.number)) for one in reversed(rows) if not one.withdrawn
    )


def _given(row: ProgressReport, days: Mapping[str, date]) -> date:
    """The day that the timeline tells, else the day on which it was kept."""
    return next((days[name] for name in row.fact_ids if name in days), row.made_at.date())


@dataclass(frozen=True)
class Pictured:
    """A measure of a report with its picture, drawn from the results that were frozen."""

    series: Series
    chart: Chart


def pictured(series: Series, on: date) -> Pictured:
    """The picture of a measure as it was known on a day."""
    return Pictured(series, chart(series, on, page_tongue()))
