"""The school asks for permission: choose for what, write the form, look at its words, ask."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.consents import asking
from gameplan.consents.models import ConsentRequest
from gameplan.law.consent import MEANING, consent_rule
from gameplan.law.contents import NoSuchEntry
from gameplan.letters.consent_form import ASKABLE, ConsentForm, consent_kind, consent_kinds
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.consent import AskForm, day_of_today
from gameplan.web.signing import say
from gameplan.web.templatetags.look import page_tongue

LOOK = "look"


@require_GET
def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that the law lets a school ask for, and whether this State asks for permission."""
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    rules = [consent_rule(name, case.child_state or None) for name in consent_kinds()]
    context = {
        "case": case, "rules": [(one, MEANING[one.needed]) for one in rules if one.needed in ASKABLE],
        "not_asked": [one for one in rules if one.needed not in ASKABLE],
    }  # fmt: skip
    return render(request, "pages/consents/choose.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write the form. Its words are shown before it is asked; what it lacks by the law is named, and stops it."""
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    form, shown = _form(request, case, kind), None
    if request.method == "POST" and form.is_valid() and day_of_today(form, "on", today()):
        if request.POST.get("go") == LOOK:
            shown = asking.look(case, form.asked())
        else:
            made = _ask(case, form)
            if made:
                messages.success(request, _("Asked. The form lies here for the family, word for word."))
                return redirect("web:consent", case_id=case_id, request_id=made.request_id)
    return _page(request, case, form, shown)


def _form(request: HttpRequest, case: Case, kind: str) -> AskForm:
    try:
        known = consent_kind(kind)
    except NoSuchEntry as unknown:
        raise Http404("Nothing of this name can be asked for.") from unknown
    rule = consent_rule(kind, case.child_state or None)
    if rule.needed not in ASKABLE:
        raise Http404("The State does not ask for permission here.")
    first_words = {"form_key": uuid4(), "on": today().isoformat(), "lang": case.language}
    lang = page_tongue().lang if get_language() else "en"
    return AskForm(request.POST or None, kind=known, rule=rule, lang=lang, initial=first_words)


def _ask(case: Case, form: AskForm) -> ConsentRequest | None:
    said = form.cleaned_data
    try:
        return asking.ask(
            case, by=case.reader, asked=form.asked(), received=said["received"], fact_for=said.get("fact_for", ""),
            form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        say(form, refused)
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
    return None


def _page(request: HttpRequest, case: Case, form: AskForm, shown: ConsentForm | None) -> HttpResponse:
    rule = consent_rule(form.kind.id, case.child_state or None)
    context = {"case": case, "form": form, "rule": rule, "shown": shown}
    return render(request, "pages/consents/ask.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("case/<uuid:case_id>/consents/new/", choose, name="choose-consent"),
    path("case/<uuid:case_id>/consents/new/<str:kind>/", ask, name="ask-consent"),
]
