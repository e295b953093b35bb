"""The words of the field under what stands above them: `{% explained %}...{% endexplained %}`.

The page is left as it is; below it comes a fold with each word in a sentence, and nothing where there is none.
"""

from __future__ import annotations

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gameplan.web.page_words import words_on
from gameplan.web.templatetags.look import page_tongue

register = template.Library()


class Explained(Node):
    """What stands between the tags, and the words of it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The drawn part of the page with the fold under it."""
        drawn = self.nodelist.render(context)
        words = words_on(drawn, page_tongue().lang)
        return drawn + render_to_string("parts/page_words.html", {"words": words}) if words else drawn


@register.tag
def explained(parser: Parser, token: Token) -> Explained:
    """Draw what stands up to `{% endexplained %}`, and the words of the field in it."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return Explained(nodelist)
