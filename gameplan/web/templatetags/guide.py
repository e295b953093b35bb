"""What the templates of the guide need beyond `look`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django import template
from django.utils.safestring import SafeString

from gameplan.core.standing import OptionView
from gameplan.guide import Page, page_of_option, pages_of_role
from gameplan.guide.text import Line, Run
from gameplan.web.pictures.bell_curve import bell_curve
from gameplan.web.templatetags.look import page_tongue

register = template.Library()
PICTURES = {"bell-curve": bell_curve}
_ENDS = re.compile(r"[.,;:!?)»”]+")


@register.simple_tag
def guide_picture(name: str) -> SafeString:
    """A picture of a guide page by its name."""
    return PICTURES[name]()


@register.filter
def guide_page(option: OptionView) -> Page | None:
    """The page of the guide about an option, in the language of the page."""
    return page_of_option(option.id, page_tongue().lang)


@register.filter
def role_pages(role: str) -> tuple[Page, ...]:
    """The pages of the guide about a role of `people.roles`, in the language of the page."""
    return pages_of_role(role, page_tongue().lang)


@register.filter
def with_ends(line: Line) -> Iterator[tuple[Run, str]]:
    """Each run of a line with the signs that must not be torn off it: those right after a word of the glossary."""
    ends = ""
    for run, after in zip(line, (*line[1:], None), strict=True):
        kept = replace(run, text=run.text[len(ends) :])
        found = _ENDS.match(after.text) if run.term and after and not after.page and not after.clock else None
        ends = found[0] if found else ""
        yield kept, ends
