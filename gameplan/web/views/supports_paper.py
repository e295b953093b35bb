"""Extra help on paper, for an evaluation: to read, to print, and to keep with the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.papers.pdf import CannotPrint
from gameplan.people.roles import Action
from gameplan.planning.doors import plans_of
from gameplan.planning.events import EVALUATION
from gameplan.progress.doors import supports_of
from gameplan.progress.handing_over import KIND, hand_over, sheet_of_supports
from gameplan.web.plans.papers import paper
from gameplan.web.plans.reading import sheet_html
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.supports import around


@require_http_methods(["GET", "POST"])
def supports_paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything on one page; sent, it becomes a PDF that is kept with the case."""
    to = Action.WRITE if request.method == "POST" else Action.READ
    case = case_for(person_of(request), case_id, to=to)
    if request.method == "POST":
        try:
            hand_over(case, by=case.reader, on=today(), tongue=page_tongue())
        except CannotPrint as error:
            messages.error(request, page_tongue().say(error.say))
        else:
            messages.success(request, _("The paper is kept with the case."))
        return redirect("web:supports-paper", case_id=case_id)
    sheet = sheet_of_supports(case, today(), page_tongue())
    context = {
        **around(case), "sheet": sheet, "body": sheet_html(sheet), "has_any": supports_of(case).exists(),
        "evaluations": [one for one in plans_of(case) if one.form.kind == EVALUATION],
        "papers": [one for one in facts_of(case).attachments if one.name.startswith(f"{KIND}-")],
    }  # fmt: skip
    return render(request, "pages/supports/paper.html", context)


@require_GET
def supports_pdf(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The paper as a PDF, without keeping it."""
    case = case_for(person_of(request), case_id)
    try:
        return paper(sheet_of_supports(case, today(), page_tongue()), "pdf", draft=False)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect("web:supports-paper", case_id=case_id)


urlpatterns = [
    path("case/<uuid:case_id>/supports/paper/", supports_paper, name="supports-paper"),
    path("case/<uuid:case_id>/supports/extra-help.pdf", supports_pdf, name="supports-pdf"),
]
