"""The things that a family can show, as lines of a form: what each is called, its day, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from gameplan.cases.models import Case
from gameplan.cases.showing import FACT, LETTER, PAPER, PLAN, OwnFact
from gameplan.law import vocabulary
from gameplan.progress.doors import titles_of
from gameplan.together.showing import MEASURE, Line
from gameplan.web.asking import answer
from gameplan.web.templatetags.look import page_tongue

GROUP_NAMES: dict[str, str | Promise] = {
    FACT: gettext_lazy("What happened"),
    PAPER: gettext_lazy("Photos and papers"),
    LETTER: gettext_lazy("Letters that you sent"),
    PLAN: gettext_lazy("Plans and meetings"),
    MEASURE: gettext_lazy("What you measure"),
}
ADDRESSES = {FACT: "web:fact", PAPER: "web:paper", LETTER: "web:letter", PLAN: "web:plan", MEASURE: "web:measure"}
MOST_LETTERS = 90


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: `called` what it is, `more` what goes with it or is left out."""

    line: Line
    called: str
    on: date | None
    url: str
    more: tuple[str, ...] = ()


def described(case: Case, groups: Iterable[tuple[str, Sequence[Line]]]) -> list[tuple[str, str | Promise, list[Shown]]]:
    """The groups with their names, and each line in words, with where the reader of the case finds it whole."""
    return [
        (
            group,
            GROUP_NAMES[group],
            _measures(case, lines) if group == MEASURE else [_described(case, line) for line in lines],
        )
        for group, lines in groups
    ]


def _measures(case: Case, lines: Sequence[Line]) -> list[Shown]:
    titles = titles_of([line.thing for line in lines])
    with_all = (_("With all that is noted of it."),)
    return [Shown(line, titles[line.thing.pk], line.on, _address(case, line), with_all) for line in lines]


def _address(case: Case, line: Line) -> str:
    return reverse(ADDRESSES[line.group], args=(case.pk, line.name.partition(":")[2]))


def details_of(data: Mapping[str, object]) -> str:
    """What a fact says besides its days, in few words."""
    said = [str(answer(value)) for value in data.values() if isinstance(value, str) and value]
    return Truncator(", ".join(dict.fromkeys(said))).chars(MOST_LETTERS)


def _described(case: Case, line: Line) -> Shown:
    lang, url = (get_language() or "en")[:2], _address(case, line)
    if line.group == FACT:
        kind = vocabulary().kinds.get(line.thing.kind)
        name = page_tongue().text(kind.name if kind else line.thing.kind)
        return Shown(line, name, line.on, url, tuple(_with(line.thing)))
    if line.group == PAPER:
        return Shown(line, line.thing.name, line.on, url)
    if line.group == LETTER:
        return Shown(line, line.thing.name_in(lang), line.on, url)
    return Shown(
        line, page_tongue().text(line.thing.form.name), line.on, url, (_("As it stands, and as it is changed."),)
    )


def _with(fact: OwnFact) -> Iterable[str]:
    yield from filter(None, [details_of(fact.data)])
    earlier = len(fact.line) - 1
    if fact.is_withdrawn:
        yield _("You took this back.")
    elif earlier:
        said = ngettext("With {n} earlier version that you corrected.", "With {n} earlier versions.", earlier)
        yield said.format(n=earlier)
    if fact.has_note:
        yield _("Your note beside it stays with you.")
