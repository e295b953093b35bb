"""Words and marks for what the engine names by a code: how a duty stands, what a side may do, who is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Wording:
    """A word with its mark (see `pictures/marks.py`) and its tone (a class `tone-...` of `parts.css`)."""

    word: str | Promise
    mark: str
    tone: str


STATUSES: Mapping[str, Wording] = {
    "running": Wording(_("In time so far"), "clock", "blue"),
    "due-soon": Wording(_("Due soon"), "bell", "lamp"),
    "late": Wording(_("Late"), "late", "red"),
    "met": Wording(_("Done"), "check", "green"),
    "met-late": Wording(_("Done, but late"), "check-late", "green"),
    "excused": Wording(_("Does not apply here"), "dash", "grey"),
    "paused": Wording(_("On hold"), "pause", "grey"),
    "not-started": Wording(_("Not started"), "circle", "grey"),
    "cannot-tell": Wording(_("Cannot tell yet"), "help", "plum"),
}

STILL_OPEN = Wording(_("Still open"), "clock", "blue")
"""A duty that runs without a day: the law gives no number."""

LAPSED = Wording(_("This time has passed"), "dash", "grey")
"""A right whose time went by unused: nobody is late."""

POWERS: Mapping[str, Wording] = {
    "may": Wording(_("May"), "route", "green"),
    "must": Wording(_("Must"), "must", "blue"),
    "must-not": Wording(_("Must not"), "stop", "red"),
}

ACTORS: Mapping[str, str | Promise] = {
    "parent": _("you"),
    "student": _("your child"),
    "school": _("the school"),
    "new-school": _("the new school"),
    "old-school": _("the old school"),
    "team-member": _("a member of the team"),
    "sea": _("the State"),
    "hearing-officer": _("the hearing officer"),
    "mediator": _("the mediator"),
    "part-c": _("the early help program"),
    "party": _("each side"),
    "anyone": _("anyone"),
    "federal": _("the federal office"),
    "authorities": _("the police or the court"),
    "system": _("the calendar"),
}
