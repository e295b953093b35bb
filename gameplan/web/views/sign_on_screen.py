"""Before the first signature on a screen: what it is, the way to get paper, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.consents.electronic import agree, agreement_of, take_back
from gameplan.consents.sheets import sample_sheet
from gameplan.letters.signing import says, terms_lines
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.downloads import download
from gameplan.web.forms.consent import ScreenForm
from gameplan.web.signing import identity_of, say
from gameplan.web.templatetags.look import page_tongue


@require_http_methods(["GET", "POST"])
def sign_on_screen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Agree to sign on a screen and to get copies by e-mail, or take that back."""
    case = case_for(person_of(request), case_id, to=Action.ANSWER)
    lang, then = page_tongue().lang, _then(request)
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and request.POST.get("go") == "back":
        take_back(case, by=case.reader, lang=lang)
        messages.success(request, _("From now on you sign on paper."))
        return redirect("web:consents", case_id=case_id)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            agree(case, by=case.reader, lang=lang, chose=said["chose"], opened=said["opened"])
            return redirect(then or reverse("web:consents", args=(case_id,)))
        except Refused as refused:
            say(form, refused)
    context = {
        "case": case, "form": form, "title": says("terms-title", lang), "lines": terms_lines(lang), "then": then,
        "agreed": agreement_of(case, case.reader), "has_account": identity_of(request) is not None,
    }  # fmt: skip
    return render(request, "pages/consents/screen.html", context, status=422 if form.errors else 200)


@require_GET
def sample(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A sample by which one sees if a PDF can be opened here."""
    case_for(person_of(request), case_id, to=Action.ANSWER)
    content = sheet_pdf(sample_sheet(page_tongue().lang, today()))
    return download(content, "application/pdf", "sample.pdf", inline=True)


def _then(request: HttpRequest) -> str:
    """The page of this program that the person came from; empty for any other address."""
    then = request.POST.get("then") or request.GET.get("then", "")
    is_ours = then.startswith("/case/") and url_has_allowed_host_and_scheme(then, allowed_hosts=None)
    return then if is_ours else ""


urlpatterns = [
    path("case/<uuid:case_id>/sign-on-screen/", sign_on_screen, name="sign-on-screen"),
    path("case/<uuid:case_id>/sign-on-screen/sample.pdf", sample, name="screen-sample"),
]
