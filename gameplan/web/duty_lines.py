"""The lines of a caseload in words: each child, and each duty with its day, who has to act, and where it says why.

A page has hundreds of duties. So what is said again and again (a status, who has to act) is put into words once a
page, and the row of a duty is written here and not by a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gameplan.core.words import Tongue
from gameplan.districts.caseload import Line
from gameplan.watch.models import Due
from gameplan.web.forms.caseload import WHO
from gameplan.web.pictures.chips import chip
from gameplan.web.words import STATUSES, Wording

NO_START = "-"
"""In an address: no fact of its own started the duty."""

NO_CASE = str(UUID(int=0))

ROW = """\
<li class="owed">
  <p class="owed__what"><strong>{title}</strong></p>
  <p class="owed__state">{chip} <span>{when}</span>{acts}</p>
  <details class="opens only-screen" hx-get="{why}" hx-trigger="toggle once" hx-target="find .opens__body">\
<summary>{ask}<span class="unseen"> {title}, {child}</span></summary>\
<div class="opens__body stack"><p><a href="{why}">{reasons}</a></p></div></details>
</li>
"""
ACTS = ' <span class="soft">{}</span>'


@dataclass(frozen=True)
class DutyLine:
    """One duty of a child in the list, in words. `when`: its day in a sentence; `row`: the line of the list."""

    due: Due
    title: str
    who: str
    wording: Wording
    when: str
    row: SafeString

    @property
    def first(self) -> date | None:
        """The day on which it is due, or the earliest that it can be."""
        return self.due.due or self.due.due_earliest

    @property
    def last(self) -> date | None:
        """The latest day that it can be, where that is another one."""
        return _last(self.due)


@dataclass(frozen=True)
class ChildLine:
    """One child in the list: the first duties, and those that are folded away."""

    line: Line
    first: list[DutyLine]
    more: list[DutyLine]

    @property
    def count(self) -> int:
        """How many duties are shown at once."""
        return len(self.first)


class Words:
    """The words of one page, in its language."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self._chips: dict[str, SafeString] = {}
        self._acting: dict[tuple[str, ...], tuple[str, SafeString]] = {}

    def child(self, line: Line, *, shown: int) -> ChildLine:
        """The line of a child, with so many duties at once."""
        said = [self._duty(due, line.case.child_name) for due in line.duties]
        return ChildLine(line, said[:shown], said[shown:])

    def _duty(self, due: Due, child: str) -> DutyLine:
        title, (who, acts), when = self._tongue.say(due.says), self._acts(due), self._when(due)
        row = format_html(
            ROW, title=title, chip=self._chip(due.status), when=when, acts=acts, why=why_due(due), child=child,
            **self._asking,
        )  # fmt: skip
        return DutyLine(due, title, who, STATUSES[due.status], when, row)

    @cached_property
    def _asking(self) -> dict[str, str]:
        return {"ask": _("Why?"), "reasons": _("Show the reasons")}

    def _when(self, due: Due) -> str:
        first, last = due.due or due.due_earliest, _last(due)
        if first and last:
            days = {"first": self._tongue.date(first), "last": self._tongue.date(last)}
            return _("between %(first)s and %(last)s") % days
        day = first or last
        return _("by %(day)s") % {"day": self._tongue.date(day)} if day else ""

    def _chip(self, status: str) -> SafeString:
        if status not in self._chips:
            self._chips[status] = chip(STATUSES[status])
        return self._chips[status]

    def _acts(self, due: Due) -> tuple[str, SafeString]:
        """Who has to act, and how the line says so."""
        key = tuple(due.owed_by)
        if key not in self._acting:
            who = who_acts(due)
            said = format_html(ACTS, _("To act: %(who)s") % {"who": who}) if who else SafeString()
            self._acting[key] = (who, said)
        return self._acting[key]


def why_due(due: Due) -> str:
    """The address that says why a duty is due on its day."""
    return _why_at(due.pack, due.clock, due.started_by or NO_START).replace(NO_CASE, str(due.case_id), 1)


@lru_cache(maxsize=8192)
def _why_at(pack: str, clock: str, started_by: str) -> str:
    """The same with a place for the case: a page asks for hundreds, and rules and facts have the same names in many."""
    return reverse("web:why", args=(NO_CASE, pack, clock, started_by))


def who_acts(due: Due) -> str:
    """Who has to act, in words."""
    return ", ".join(str(WHO.get(name, name)) for name in due.owed_by)


def _last(due: Due) -> date | None:
    latest = None if due.due else due.due_latest
    return None if latest == (due.due or due.due_earliest) else latest
