"""The poster of a State: the whole road on one page, to read, to print, and as a file. Open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from gameplan.cases.today import today
from gameplan.law.poster import poster
from gameplan.papers.poster_pdf import PAPERS, poster_pdf
from gameplan.tongues import LANGUAGES
from gameplan.web.downloads import download
from gameplan.web.lawbook import shelf
from gameplan.web.templatetags.look import page_tongue


@require_safe
def law_poster(request: HttpRequest, place: str) -> HttpResponse:
    """The road as an ordered list, with the same words as the printed poster."""
    found = _place(place)
    context = {
        "place": found,
        "name": shelf.place_name(found),
        "poster": poster(_state(found), on=today()),
        "languages": sorted(LANGUAGES.items(), key=lambda language: language[0] != page_tongue().lang),
    }
    return render(request, "pages/law/poster.html", context)


@require_safe
def law_poster_file(request: HttpRequest, place: str) -> HttpResponse:
    """The poster as a PDF of one page; `?lang=` for another language, `?paper=tabloid` for a large one."""
    found = _place(place)
    lang, paper = request.GET.get("lang") or page_tongue().lang, request.GET.get("paper") or PAPERS[0]
    if lang not in LANGUAGES or paper not in PAPERS:
        raise Http404("There is no such poster.")
    made = poster_pdf(_state(found), lang, on=today(), paper=paper)
    return download(made, "application/pdf", f"poster-{found}-{lang}.pdf", inline=True)


def _place(typed: str) -> str:
    found = shelf.find_place(typed)
    if found is None:
        raise Http404("There is no such State.")
    return found


def _state(place: str) -> str | None:
    return None if place == shelf.FEDERAL else place


urlpatterns = [
    path("law/<str:place>/poster/", law_poster, name="law-poster"),
    path("law/<str:place>/poster.pdf", law_poster_file, name="law-poster-file"),
]
