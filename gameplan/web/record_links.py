"""From a name in the trail ("fact:f3") to the page where its reader can look at it, and what that is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gameplan.cases import seeing
from gameplan.cases.models import Case
from gameplan.law import vocabulary
from gameplan.papers.doors import letters_of
from gameplan.planning.doors import versions_seen
from gameplan.progress.behavior_plans import named_of
from gameplan.progress.doors import BEHAVIOR, measures_of, terms_of
from gameplan.web.letter_titles import titled
from gameplan.web.templatetags.look import page_tongue


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the case and its name."""

    url: str
    name: str


def links_of(case: Case) -> dict[str, Link]:
    """A link for each thing that the trail can name and the reader of the case sees."""
    return {about: link for found in (_facts, _papers, _letters, _versions, _measures) for about, link in found(case)}


def _facts(case: Case) -> Iterator[tuple[str, Link]]:
    kinds, said = vocabulary().kinds, page_tongue()
    for fact_id, kind, on in seeing.entries_of(case).values_list("fact_id", "kind", "on"):
        name = said.text(kinds[kind].name) if kind in kinds else kind
        yield f"fact:{fact_id}", Link(reverse("web:fact", args=[case.pk, fact_id]), f"{name}, {said.date(on)}")


def _papers(case: Case) -> Iterator[tuple[str, Link]]:
    for paper_id, name in seeing.papers_of(case).values_list("attachment_id", "name"):
        yield f"paper:{paper_id}", Link(reverse("web:paper", args=[case.pk, paper_id]), name)


def _letters(case: Case) -> Iterator[tuple[str, Link]]:
    for letter, title in titled(letters_of(case)):
        link = Link(reverse("web:letter", args=[case.pk, letter.letter_id]), title)
        yield f"letter:{letter.letter_id}", link
        for number, _sending in enumerate(letter.went_out, start=1):
            yield f"sending:{letter.letter_id}/{number}", link


def _versions(case: Case) -> Iterator[tuple[str, Link]]:
    for plan, number in versions_seen(case):
        name = _("Version %(number)d") % {"number": number}
        yield f"version:{plan}/{number}", Link(reverse("web:version", args=[case.pk, plan, number]), name)


def _measures(case: Case) -> Iterator[tuple[str, Link]]:
    measures = list(measures_of(case))
    terms = terms_of(measures)
    for one in measures:
        name = one.measure_id
        yield f"measure:{name}", Link(reverse("web:measure", args=[case.pk, name]), terms[one.pk].title)
        if one.about == BEHAVIOR:
            link = Link(reverse("web:behavior", args=[case.pk, name]), terms[one.pk].title)
            yield from ((about, link) for about in named_of(one))
