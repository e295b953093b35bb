"""The timeline: what happened, what was corrected, what two sides say, and the days that are still to come.

`timeline_rows` decides what stands on the line (no drawing); `timeline` puts it on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _

from gameplan.core.facts import Case, Fact
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say, Tongue
from gameplan.web.asking import known_answer
from gameplan.web.pictures.drawing import element

FACT, PLANNED, GONE, NOW, DUE, LATE = "fact", "planned", "gone", "now", "due", "late"
STILL_COUNTS = ("late", "due-soon", "running", "cannot-tell")
SIDES: Mapping[str, str] = {"parent": _("The family says"), "school": _("The school says")}


@dataclass(frozen=True, slots=True)
class Account:
    """One side's account of an event."""

    fact: Fact
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the line. `shape` is fact, planned, gone (corrected or taken back), now, due or late."""

    on: date
    shape: str
    name: str
    fact: Fact | None = None
    duty: Duty | None = None
    accounts: tuple[Account, ...] = ()
    remark: str = ""

    @property
    def ahead(self) -> bool:
        """True for what has not happened yet, and what is owed still."""
        return self.shape in (PLANNED, DUE)

    @property
    def detail(self) -> str:
        """What tells the fact from others of its kind on the same day, such as which document it was."""
        return known_answer(self.fact.data.values()) if self.fact else ""

    @property
    def dot(self) -> SafeString:
        """The mark of this row on the line."""
        return _DOTS[self.shape]()


def timeline_rows(case: Case, standing: Standing, tongue: Tongue, *, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Every row, the earliest first: facts, corrected facts, two accounts, today, days still to come.

    `names` gives the plain name of each kind of fact in English; a kind that is missing is named by its id.
    """
    said = _Naming(tongue, names)
    rows = [_fact_row(fact, case, standing.on, said) for fact in case.facts if not _folded(fact, case)]
    rows += [_duty_row(duty, tongue) for duty in standing.duties if duty.status in STILL_COUNTS and _has_day(duty)]
    rows.append(Row(standing.on, NOW, tongue.text(_("Today"))))
    return tuple(sorted(rows, key=_place))


def timeline(
    case: Case,
    standing: Standing,
    tongue: Tongue,
    *,
    names: Mapping[str, str],
    fact_url: Callable[[Fact], str] | None = None,
) -> SafeString:
    """The line as a list. With `fact_url` each fact links to where it can be looked at or corrected."""
    rows = timeline_rows(case, standing, tongue, names=names)
    linked = [(row, fact_url(row.fact) if fact_url and row.fact else "") for row in rows]
    return SafeString(render_to_string("parts/timeline.html", {"rows": linked, "tongue": tongue}))


@dataclass(frozen=True, slots=True)
class _Naming:
    tongue: Tongue
    names: Mapping[str, str]

    def __call__(self, kind: str) -> str:
        return self.tongue.text(self.names.get(kind, kind.replace("-", " ").capitalize()))


def _folded(fact: Fact, case: Case) -> bool:
    """True for a fact shown inside another row: the other side's account, or the taking back of a fact."""
    if fact.withdrawn:
        return True
    return fact.account_of is not None and any(other.id == fact.account_of for other in case.facts)


def _fact_row(fact: Fact, case: Case, today: date, said: _Naming) -> Row:
    later = next((other for other in case.facts if other.corrects == fact.id), None)
    if later is not None:
        return Row(fact.on, GONE, said(fact.kind), fact, remark=_why_gone(later, said.tongue))
    others = [other for other in case.facts if other.account_of == fact.id]
    accounts = tuple(Account(one, _side(one, said.tongue)) for one in (fact, *others)) if others else ()
    shape = PLANNED if fact.planned or fact.on > today else FACT
    remark = said.tongue.text(_("Planned")) if shape == PLANNED else ""
    return Row(fact.on, shape, said(fact.kind), fact, accounts=accounts, remark=remark)


def _why_gone(later: Fact, tongue: Tongue) -> str:
    if later.withdrawn:
        return tongue.text(_("Taken back. It no longer counts."))
    return tongue.say(Say(_("Corrected. It now says {day}."), {"day": later.on}))


def _side(fact: Fact, tongue: Tongue) -> str:
    return tongue.text(SIDES.get(fact.said_by, _("Someone else says")))


def _has_day(duty: Duty) -> bool:
    return bool(duty.due or duty.due_earliest) and not duty.done


def _duty_row(duty: Duty, tongue: Tongue) -> Row:
    name = tongue.say(duty.title)
    if duty.due is None:
        remark = tongue.text(_("The earliest that this day can be"))
        return Row(duty.due_earliest or date.max, DUE, name, duty=duty, remark=remark)
    passed = duty.status == "late"
    remark = tongue.text(_("This day has passed") if passed else _("Last day"))
    return Row(duty.due, LATE if passed and not duty.lapsed else DUE, name, duty=duty, remark=remark)


def _place(row: Row) -> tuple[date, int]:
    return row.on, {NOW: 1, DUE: 2, PLANNED: 3}.get(row.shape, 0)


def _drawn(*shapes: SafeString) -> SafeString:
    return element("svg", *shapes, viewBox="0 0 40 40", class_="event__dot", aria_hidden="true", focusable="false")


def _round(kind: str, radius: float = 9) -> SafeString:
    return element("circle", cx=20, cy=20, r=radius, class_=f"dot--{kind}")


def _line(path: str, kind: str) -> SafeString:
    return element("path", d=path, class_=f"dot__line dot--{kind}")


_DOTS: Mapping[str, Callable[[], SafeString]] = {
    FACT: lambda: _drawn(_round("fact", 8)),
    PLANNED: lambda: _drawn(_round("planned")),
    GONE: lambda: _drawn(_round("gone", 7), _line("M16 16l8 8m0-8l-8 8", "line")),
    NOW: lambda: _drawn(_round("glow", 19), _round("now", 10)),
    DUE: lambda: _drawn(element("path", d="M13 33V8h15l-4 6 4 6H13", class_="dot--due")),
    LATE: lambda: _drawn(element("path", d="M20 8L34 31H6z", class_="dot--late"), _line("M20 16v7M20 27v.2", "late")),
}
