"""How a duty stands, as a chip: mark, word, colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gameplan.web.pictures.marks import mark
from gameplan.web.words import Wording

CHIP = '<span class="chip tone-{}">{}{}</span>'


def chip(wording: Wording) -> SafeString:
    """The chip, in the language of the page. A page has many: it is written here and not by a template."""
    return format_html(CHIP, wording.tone, mark(wording.mark), wording.word)
