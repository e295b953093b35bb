"""What templates of accounts can say: which browser a session is, and the square that an app reads."""

from __future__ import annotations

import re

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from gameplan.web.accounts.sso import start_of

register = template.Library()

# The first that fits: browsers carry each other's names.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip
SQUARE = re.compile(r'<svg[^<>]*><path d="[MHVz0-9,. ]*"[^<>]*/></svg>')


@register.simple_tag
def sign_in_providers(after: str = "") -> list[tuple[str, str]]:
    """Name and address of each provider of single sign-on; `after` is where to go then."""
    return [(one.name, start_of(one, after or "")) for one in settings.GAMEPLAN_SSO]


@register.filter
def browser(user_agent: str) -> str:
    """A browser in words: "Firefox on Windows"."""
    name = next((said for sign, said in BROWSERS if sign in user_agent), "")
    system = next((said for sign, said in SYSTEMS if sign in user_agent), "")
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or gettext("A browser")


@register.filter
def square(drawing: str) -> SafeString:
    """The drawing of the code alone, and nothing if it holds anything but its one path."""
    found = SQUARE.search(drawing)
    return mark_safe(found[0]) if found else SafeString()  # noqa: S308 - a path of digits and strokes, nothing else
