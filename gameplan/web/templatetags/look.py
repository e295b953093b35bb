"""What templates can say of findings and how they look: marks, chips, leaves, pictures, days, sentences.

`{% load look %}` in a template. Each tag that makes HTML uses one template under `parts/` or one picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from uuid import uuid4

from django import template
from django.forms import BoundField, CheckboxInput, ClearableFileInput, DateInput, FileInput
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from gameplan.core.facts import Case
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say, Tongue
from gameplan.measures.seen_words import in_tongue
from gameplan.plans.minutes import number_text
from gameplan.tongues import LANGUAGES, NoSuchTongue, tongue
from gameplan.web.look import chosen_look
from gameplan.web.pictures import chips, day_calendar, leaves, marks, roadmap, steps
from gameplan.web.words import ACTORS, LAPSED, POWERS, STATUSES, STILL_OPEN, Wording

register = template.Library()


def page_tongue() -> Tongue:
    """The language of the page that is being written."""
    try:
        return tongue(get_language() or "en")
    except NoSuchTongue:
        return tongue("en")


@register.filter
def say(sentence: Say | str | None) -> str:
    """The sentence in the language of the page; a string that is already in it stays as it is."""
    return page_tongue().say(sentence) if isinstance(sentence, Say) else str(sentence or "")


@register.filter
def offered(text: str) -> str:
    """Words of a note on behavior: those that the program offers in the language of the page, others as they are."""
    return in_tongue(text, page_tongue(), map(tongue, LANGUAGES))


@register.filter
def in_words(day: date | None) -> str:
    """The day written out, for example "September 3, 2025"."""
    return page_tongue().date(day) if day else ""


@register.filter
def minutes_text(minutes: Fraction) -> str:
    """Minutes as a number for a reader: whole, or with one digit behind the point."""
    return number_text(minutes)


@register.simple_tag
def new_key() -> str:
    """A key for a form, so that sending it twice makes one thing."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def look_attribute(context: RequestContext) -> SafeString:
    """The attribute of the html element that holds the chosen look; nothing to follow the device."""
    look = chosen_look(context.get("request"))
    return format_html(' data-look="{}"', look) if look else SafeString()


@register.simple_tag
def mark(name: str, label: str = "") -> SafeString:
    """A small line drawing: `{% mark "bell" %}`. With a label a screen reader says it."""
    return marks.mark(name, label=label)


@register.simple_tag
def chip(status: str) -> SafeString:
    """The status of a duty as a chip: mark, word, colour."""
    return chips.chip(STATUSES[status])


@register.simple_tag
def duty_chip(duty: Duty) -> SafeString:
    """How a duty stands, as a chip. One that runs without any day is only said to be open."""
    return chips.chip(_wording(duty))


def _wording(duty: Duty) -> Wording:
    if duty.lapsed:
        return LAPSED
    no_day = duty.status == "running" and not duty.due and not duty.due_earliest
    return STILL_OPEN if no_day else STATUSES[duty.status]


@register.simple_tag
def leaf(duty: Duty) -> SafeString:
    """The day of a duty as a leaf torn off the calendar; of a range both ends; without a day an open leaf."""
    wording = LAPSED if duty.lapsed else STATUSES[duty.status]
    done = duty.done if duty.status in ("met", "met-late") else None
    first, last = done or duty.due or duty.due_earliest, done or duty.due or duty.due_latest
    if first is None or last is None:
        return leaves.open_leaf("?" if duty.status == "cannot-tell" else "–", STATUSES[duty.status])
    return leaves.leaf(first, last, wording, page_tongue())


@register.filter
def power(name: str) -> Wording:
    """How an option is marked: may, must or must not."""
    return POWERS[name]


@register.filter
def actors(names: Iterable[str]) -> str:
    """Who is meant, in plain words: `("student", "parent")` gives "you and your child"."""
    known = [str(ACTORS.get(name, name)) for name in sorted(names, key=lambda name: name != "parent")]
    *first, last = dict.fromkeys(known) or [""]
    if not first:
        return last
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


@register.filter
def days_said(duty: Duty) -> str:
    """How many days are left, or by how many it is late; empty where that says nothing."""
    if duty.lapsed:
        return ""
    if duty.days_late and duty.status in ("late", "met-late"):
        return ngettext("%(days)d day late", "%(days)d days late", duty.days_late) % {"days": duty.days_late}
    if duty.status not in ("running", "due-soon") or duty.days_left is None:
        return ""
    if duty.days_left == 0:
        return gettext("Today is the last day")
    return ngettext("%(days)d day left", "%(days)d days left", duty.days_left) % {"days": duty.days_left}


@register.simple_tag
def roadmap_drawing(standing: Standing, case: Case, *, narrow: bool) -> SafeString:
    """One drawing of the road: for a phone if narrow, else for a wide page."""
    return roadmap.roadmap(standing, case, page_tongue(), narrow=narrow)


@register.simple_tag
def roadmap_words(standing: Standing, case: Case) -> SafeString:
    """The road as a list in words."""
    return roadmap.roadmap_in_words(standing, case, page_tongue())


@register.simple_tag
def duty_calendar(duty: Duty) -> SafeString:
    """The small calendar on which each day of a duty's count is numbered or hatched."""
    return day_calendar.day_calendar(duty.days, duty.due, duty.started, page_tongue())


@register.simple_tag
def steps_drawing(step: int, total: int) -> SafeString:
    """How far a path of questions has come, drawn."""
    return steps.steps(step, total)


@register.filter
def field_part(field: BoundField) -> str:
    """The template under `parts/` that shows this kind of field."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "parts/field_check.html"
    if field.use_fieldset:
        return "parts/field_choices.html"
    if isinstance(widget, FileInput | ClearableFileInput):
        return "parts/field_file.html"
    return "parts/field_date.html" if isinstance(widget, DateInput) else "parts/field_line.html"


@register.filter
def translated(message: str) -> str:
    """A message of the law or the engine in the language of the page."""
    return page_tongue().text(message)
