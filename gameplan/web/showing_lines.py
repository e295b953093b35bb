"""The things that a family can show, as lines of a form: what each is called, its day, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from gameplan.cases.showing import FACT, LETTER, PAPER, PLAN, OwnFact
from gameplan.law import vocabulary
from gameplan.together.showing import Line
from gameplan.web.templatetags.look import page_tongue

GROUP_NAMES: dict[str, str | Promise] = {
    FACT: gettext_lazy("What happened"),
    PAPER: gettext_lazy("Photos and papers"),
    LETTER: gettext_lazy("Letters that you sent"),
    PLAN: gettext_lazy("Plans and meetings"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: `called` what it is, `more` what goes with it or is left out."""

    line: Line
    called: str
    on: date | None
    more: tuple[str, ...] = ()


def described(groups: Iterable[tuple[str, Sequence[Line]]]) -> list[tuple[str, str | Promise, list[Shown]]]:
    """The groups with their names, and each line in words."""
    return [(group, GROUP_NAMES[group], [_described(line) for line in lines]) for group, lines in groups]


def _described(line: Line) -> Shown:
    lang = (get_language() or "en")[:2]
    if line.group == FACT:
        kind = vocabulary().kinds.get(line.thing.kind)
        name = page_tongue().text(kind.name if kind else line.thing.kind)
        return Shown(line, name, line.on, tuple(_with(line.thing)))
    if line.group == PAPER:
        return Shown(line, line.thing.name, line.on)
    if line.group == LETTER:
        return Shown(line, line.thing.name_in(lang), line.on)
    return Shown(line, page_tongue().text(line.thing.form.name), line.on, (_("As it stands, and as it is changed."),))


def _with(fact: OwnFact) -> Iterable[str]:
    earlier = len(fact.line) - 1
    if fact.is_withdrawn:
        yield _("You took this back.")
    elif earlier:
        said = ngettext("With {n} earlier version that you corrected.", "With {n} earlier versions.", earlier)
        yield said.format(n=earlier)
    if fact.has_note:
        yield _("Your note beside it stays with you.")
