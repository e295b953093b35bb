"""The guide for everybody: its start, one page, the words of the field, the search, and the guided check.

No case is read here and nothing is written or kept, so these pages are open without the link, as the law pages are.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from gameplan import guide as room
from gameplan.cases.today import today
from gameplan.guide.checking import ANSWERS
from gameplan.law import law_for
from gameplan.letters import kind_of
from gameplan.web.guiding import page_context, place_context, rule_address, state_of
from gameplan.web.templatetags.look import page_tongue

MOST_TYPED = 400
MOST_ANSWERS = 8


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Where the guide begins: ask in your own words, the guided check, and every page by its part."""
    context = {**place_context(state_of(request)), "parts": room.parts(page_tongue().lang)}
    return render(request, "pages/guide/start.html", context)


@require_safe
def guide_page(request: HttpRequest, page_id: str) -> HttpResponse:
    """One page of the guide, with the numbers of the State that `?state=` names; or only its text, to open in place."""
    try:
        one = room.page(page_id, page_tongue().lang)
    except room.UnknownPage as unknown:
        raise Http404(str(unknown)) from None
    context = page_context(one, state_of(request), on=today())
    if request.headers.get("HX-Request"):
        return render(request, "parts/guide_opened.html", {"guide": context})
    return render(request, "pages/guide/page.html", context | {"part": room.parts(one.lang)[one.part][0]})


@require_safe
def guide_glossary(request: HttpRequest) -> HttpResponse:
    """Every word of the field, explained in a sentence."""
    lang = page_tongue().lang
    context = {**place_context(state_of(request)), "terms": room.glossary(lang)}
    return render(request, "pages/guide/glossary.html", context)


@require_safe
def guide_search(request: HttpRequest) -> HttpResponse:
    """Answers to `?q=`, a question in everyday words; with none, the empty search."""
    state, typed = state_of(request), request.GET.get("q", "").strip()[:MOST_TYPED]
    found = room.ask(typed, law_for(state), page_tongue(), on=today(), most=MOST_ANSWERS) if typed else ()
    answers = [
        (one, [(number, rule_address(number, state)) for number in one.numbers], _letter_names(one.letters))
        for one in found
    ]
    context = {**place_context(state), "typed": typed, "answers": answers}
    return render(request, "pages/guide/search.html", context)


def _letter_names(letters: Iterable[str]) -> list[str]:
    return [kind_of(letter, page_tongue().lang).name for letter in letters]


@require_safe
def guide_check(request: HttpRequest) -> HttpResponse:
    """The guided check: its questions, and what to do next. The answers stand in the address and nowhere else."""
    lang = page_tongue().lang
    questions = room.check_questions(lang)
    given = {one.id: request.GET.get(one.id, "") for one in questions}
    answers = {name: said for name, said in given.items() if said in ANSWERS}
    result = room.check_result(answers, lang) if answers else None
    context = {
        **place_context(state_of(request)),
        "questions": [(one, answers.get(one.id, "")) for one in questions],
        "steps": [(step, room.page(step.page, lang).title) for step in result.steps] if result else [],
        "result": result,
    }
    return render(request, "pages/guide/check.html", context)


urlpatterns = [
    path("guide/", guide, name="guide"),
    path("guide/glossary/", guide_glossary, name="guide-glossary"),
    path("guide/search/", guide_search, name="guide-search"),
    path("guide/check/", guide_check, name="guide-check"),
    path("guide/<slug:page_id>/", guide_page, name="guide-page"),
]
