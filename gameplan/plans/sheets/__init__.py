"""Papers of a plan as plain data: the whole paper, the page for teachers, plain words for the family, the student's.

`sheet_of(plan, as_, tongue, on=day)` gives a `Sheet`; `gameplan.papers` turns it into a PDF or a Word file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.core.words import ENGLISH, Say, Tongue
from gameplan.plans.forms import Form
from gameplan.plans.plan import Plan
from gameplan.plans.sheets.desk import Desk, one_line
from gameplan.plans.sheets.glance import glance
from gameplan.plans.sheets.hashing import plan_hash
from gameplan.plans.sheets.invitation import invitation
from gameplan.plans.sheets.minutes import minutes
from gameplan.plans.sheets.paper import eligibility_sections, signatures, whole
from gameplan.plans.sheets.plain import plain, student
from gameplan.plans.sheets.sheet import Part, Sheet

__all__ = ["KINDS_OF_SHEET", "NoSuchSheet", "Sheet", "plan_hash", "sheet_of", "sheets_for"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of paper: for which kinds of form, its title (empty: the form's name), what it is for, its parts."""

    forms: tuple[str, ...]
    parts: Callable[[Desk], tuple[Part, ...]]
    title: Say | None = None
    subtitle: Say | None = None
    one_page: bool = False


def _signed(desk: Desk) -> tuple[Part, ...]:
    return (*whole(desk, desk.plan.form.sections), *signatures(desk))


def _report(desk: Desk) -> tuple[Part, ...]:
    return whole(desk, desk.plan.form.sections)


def _eligibility(desk: Desk) -> tuple[Part, ...]:
    return (*whole(desk, eligibility_sections(desk.plan.form.sections)), *signatures(desk))


_PLANS: Final = ("iep", "section-504")
KINDS_OF_SHEET: Final[Mapping[str, _Kind]] = {
    "iep": _Kind(("iep",), _signed),
    "504": _Kind(("section-504",), _signed),
    "evaluation": _Kind(("evaluation",), _report),
    "eligibility": _Kind(("evaluation",), _eligibility, Say("Statement of eligibility")),
    "glance": _Kind(
        _PLANS, glance, Say("Plan at a glance"), Say("For the teachers and staff of {child}"), one_page=True
    ),
    "plain": _Kind(_PLANS, plain, Say("The plan in plain words"), Say("For the family of {child}")),
    "student": _Kind(_PLANS, student, Say("My plan"), Say("For {child}")),
    "invitation": _Kind(("meeting",), invitation, Say("Invitation to a meeting"), Say("For the family of {child}")),
    "minutes": _Kind(("meeting",), minutes, Say("What came of the meeting"), Say("For the family of {child}")),
}


class NoSuchSheet(LookupError):
    """Raised for a kind of paper that is not there, or not for this form; `say` names those that are."""

    def __init__(self, as_: str, form: Form) -> None:
        values = {"as_": as_, "form": Say(form.name), "there": ", ".join(sheets_for(form))}
        self.say = Say("“{form}” cannot be printed as “{as_}”. It can be printed as: {there}.", values)
        super().__init__(ENGLISH.say(self.say))


def sheets_for(form: Form) -> tuple[str, ...]:
    """The kinds of paper that can be made of a plan on this form."""
    return tuple(name for name, kind in KINDS_OF_SHEET.items() if form.kind in kind.forms)


def sheet_of(plan: Plan, as_: str, tongue: Tongue, *, on: date) -> Sheet:
    """The paper `as_` (one of `sheets_for` its form) of a plan in a language.

    `on` is the day of the paper. What somebody wrote is never left out of iep, 504 and evaluation; what the law wants
    and is not there is named "Not filled in". Raises NoSuchSheet.
    """
    if as_ not in sheets_for(plan.form):
        raise NoSuchSheet(as_, plan.form)
    kind, desk = KINDS_OF_SHEET[as_], Desk(plan, tongue, on)
    title = tongue.say(kind.title or Say(plan.form.name))
    name = one_line(plan.child.name)
    return Sheet(
        kind=as_,
        name=f"{title}: {name}" if name else title,
        title=title,
        lang=tongue.lang,
        day=on,
        subtitle=_subtitle(desk, kind),
        child=_joined(_about_child(desk)),
        head=_joined((name, title, tongue.date(_day_of(plan) or on))),
        pages=tongue.text(Say("Page {page} of {pages}").text),
        made=tongue.say(Say("Printed with gameplan on {day}", {"day": on})),
        draft=(tongue.say(Say("DRAFT")), tongue.say(Say("Draft. Nobody has agreed to this yet."))),
        parts=kind.parts(desk),
        one_page=kind.one_page,
    )


def _subtitle(desk: Desk, kind: _Kind) -> str:
    if kind.subtitle:
        return desk.say(Say(kind.subtitle.text, {"child": desk.child}))
    start, until = desk.plan.day("start"), desk.plan.day("review-by")
    if start and until:
        return desk.say(Say("In use from {start}, reviewed by {end}", {"start": start, "end": until}))
    return desk.say(Say("In use from {start}", {"start": start})) if start else ""


def _about_child(desk: Desk) -> Iterable[str]:
    child = desk.plan.child
    yield one_line(child.name)
    if child.born:
        yield desk.say(Say("born {day}", {"day": child.born}))
    if child.grade:
        yield desk.say(Say("grade {grade}", {"grade": one_line(child.grade)}))
    yield from map(one_line, (child.school, child.district, child.state))


def _day_of(plan: Plan) -> date | None:
    """The day by which people call a plan: that of the meeting, or else of its start."""
    ids = {one.id for one in plan.form.fields() if one.type == "date"}
    return next((day for name in ("meeting-date", "start") if name in ids and (day := plan.day(name))), None)


def _joined(pieces: Iterable[str]) -> str:
    return " · ".join(one for one in pieces if one)
