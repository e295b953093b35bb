"""What templates can say of plans. `{% load plans %}` in a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from gameplan.law.contents import NoSuchEntry, circumstance
from gameplan.planning.doors import standing_of
from gameplan.planning.models import Written
from gameplan.plans.forms import Choice, Form
from gameplan.plans.minutes import HOW_COUNTED, number_text
from gameplan.plans.names import Place
from gameplan.web.plans import lacking
from gameplan.web.plans.inputs import Input, Shown, words_of
from gameplan.web.plans.meeting_page import Asked
from gameplan.web.plans.papers import SHEETS
from gameplan.web.templatetags.look import page_tongue

register = template.Library()
FEW_ROWS: Final = 3


@register.filter
def at(table: Mapping[str, object] | None, name: str) -> object:
    """What a table holds under a name, or nothing."""
    return (table or {}).get(name)


@register.filter
def answered(asked: Iterable[Asked], answer: str) -> list[Asked]:
    """Those things that the law asks for which were answered so: there, missing or cannot-tell."""
    return [one for one in asked if one.finding.answer == answer]


@register.filter
def pairs(table: Mapping[str, object] | None) -> list[tuple[str, object]]:
    """The names of a table with what it holds under each."""
    return list((table or {}).items())


@register.filter
def slashless(path: str) -> str:
    """A path as it stands in the id of an element."""
    return path.replace("/", "-")


@register.filter
def anchor(place: Place) -> str:
    """The id of the element where a place is filled in."""
    return lacking.anchor(place)


@register.filter
def is_option(shown: Input) -> bool:
    """True if what stands in a choice is one of its options, and not somebody's own words."""
    return shown.asks.choice(shown.word) is not None


@register.filter
def opens(number: int, shown: Shown) -> bool:
    """True if a row lies open when the page comes: all rows of a short list, and each that wants to be looked at."""
    return len(shown.rows) <= FEW_ROWS or shown.rows[number - 1].is_open


@register.filter
def if_so(name: str) -> str:
    """That a part is only needed in some circumstance, in words."""
    return gettext("This part is needed only if this is so: %(what)s.") % {
        "what": page_tongue().text(circumstance(name).text)
    }


@register.filter
def beside_words(value: object) -> str:
    """A value as words to read."""
    return ", ".join(words_of(value)) or gettext("(empty)")


@register.simple_tag
def section_link(plan: Written, form: Form, place: Place) -> str:
    """Where a place is filled in; empty if it is not on the form, such as the child's birthday."""
    try:
        section = form.section_of(place.field)
    except NoSuchEntry:
        return ""
    return f"{reverse('web:write-section', args=(plan.case_id, plan.plan_id, section.id))}#{lacking.anchor(place)}"


@register.simple_tag
def remark_place(plan: Written, path: str) -> str:
    """What a comment is about, in the words of the form."""
    name = path.partition("/")[0]
    try:
        if name.startswith("section:"):
            return page_tongue().text(plan.form.section(name.removeprefix("section:")).title)
        return page_tongue().text(plan.form.field(name).label)
    except NoSuchEntry:
        return ""


@register.simple_tag
def meeting_name(plan: Written) -> str:
    """What a meeting is called: why it is held, and its day; else only that it is a meeting."""
    values = standing_of(plan).plan
    labels = [choice.label for one in values.value("purposes") or () if (choice := _purpose(plan, one))]
    why = "; ".join(map(page_tongue().text, labels)) or page_tongue().text(plan.form.name)
    day = values.day("day")
    return f"{why} · {page_tongue().date(day)}" if day else why


def _purpose(plan: Written, said: object) -> Choice | None:
    return plan.form.field("purposes").choice(said)


@register.filter
def minutes(number: Fraction) -> str:
    """Minutes as a reader writes them."""
    return number_text(number)


@register.simple_tag
def how_counted() -> str:
    """How times are turned into minutes a week."""
    return page_tongue().say(HOW_COUNTED)


@register.filter
def paper_name(as_: str) -> str:
    """What a paper is called."""
    return str(SHEETS[as_])
