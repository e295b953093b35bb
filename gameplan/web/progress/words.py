"""Words and marks for what progress names by a code: how a measure stands, and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gameplan.measures.rules import STATUSES
from gameplan.web.pictures.chips import chip
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.words import Wording

MARKS: Mapping[str, tuple[str, str]] = {
    "off-track": ("late", "red"), "ahead": ("arrow", "green"), "met": ("flag", "green"), "on-track": ("check", "blue"),
    "too-few": ("circle", "grey"), "no-aim": ("help", "plum"),
}  # fmt: skip
"""The mark and the tone of each status, the most urgent first."""
URGENCY = {status: place for place, status in enumerate(MARKS)}
DOES: Mapping[str, str | Promise] = {
    "keep": _("Go on as it is"), "change-teaching": _("Change how it is taught"), "raise-goal": _("Aim higher"),
    "review": _("Look at the plan again"), "meeting": _("Meet as a team"),
}  # fmt: skip


def standing_chip(status: str) -> SafeString:
    """How a measure stands, as a chip in the language of the page."""
    mark, tone = MARKS[status]
    return chip(Wording(page_tongue().say(STATUSES[status]), mark, tone))
