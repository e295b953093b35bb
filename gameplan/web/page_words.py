"""The words of the field that stand on a page, found in the page itself once it is drawn."""

from __future__ import annotations

import re
from html import unescape

from gameplan.guide import Term, terms_in

UNREAD = re.compile(r"<(script|style|textarea|select|template)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""What nobody reads as text of the page: tags, and what stands inside fields of a form."""


def words_on(html: str, lang: str) -> tuple[Term, ...]:
    """The words of the glossary that a reader meets on a page, in the order in which they first stand there.

    Takes about two milliseconds for the longest page (`html` of 140 KB), and less than one for most.
    """
    return terms_in(unescape(UNREAD.sub("\n", html)), lang)
