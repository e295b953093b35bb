"""A parent signs the answer to a version of a plan on the screen: the words once more, and the signature below them."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gameplan.cases.today import today
from gameplan.consents.doors import signature_of
from gameplan.consents.electronic import agreement_of
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.planning import life
from gameplan.planning.answer_words import answer_to_sign
from gameplan.planning.doors import was_sent
from gameplan.planning.models import Version
from gameplan.web.forms.consent import SignForm
from gameplan.web.forms.plan_life import AnswerForm
from gameplan.web.signing import give_copy, hand_of, say
from gameplan.web.templatetags.look import page_tongue

ON_SCREEN: Final = "on-screen"
SIGN: Final = "sign"


def signs_on_screen(form: AnswerForm) -> bool:
    """True if this answer is to be signed here: people sign in, and the parent chose the screen."""
    return bool(settings.GAMEPLAN_SHARED) and form.cleaned_data["means"] == ON_SCREEN


def sign_answer(request: HttpRequest, version: Version, answered: AnswerForm) -> HttpResponse:
    """The page with the words and the signature; once it is signed, the version with the answer in it."""
    plan = version.plan
    case = plan.case
    here = reverse("web:answer-version", args=(case.pk, plan.plan_id, version.number))
    if agreement_of(case, case.reader) is None:
        return redirect(f"{reverse('web:sign-on-screen', args=(case.pk,))}?then={here}")
    said = {"all_": answered.cleaned_data.get("everything", ""), "items": answered.answers()}
    what = answer_to_sign(version, **said, services=answered.services())
    is_sent = request.POST.get("go") == SIGN
    form = SignForm(request.POST if is_sent else None, initial={"seen": what.sha256})
    if is_sent and form.is_valid() and _sign(request, version, answered, form):
        return redirect("web:version", case_id=case.pk, plan_id=plan.plan_id, number=version.number)
    kept = [(name, value) for name, value in request.POST.items() if name in answered.fields]
    context = {"case": case, "plan": plan, "version": version, "form": form, "what": what, "kept": kept, "back": here}
    return render(request, "pages/plans/sign_answer.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, version: Version, answered: AnswerForm, form: SignForm) -> bool:
    case, key = version.plan.case, answered.cleaned_data["form_key"]
    sent_before = was_sent(version.plan, key)
    try:
        step = life.answer(
            version, by=case.reader, on=today(), all_=answered.cleaned_data.get("everything", ""),
            items=answered.answers(), services=answered.services(), means=ON_SCREEN, hand=hand_of(request, form),
            form_key=key,
        )  # fmt: skip
    except Refused as refused:
        say(form, refused)
        return False
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
        return False
    if not sent_before:
        give_copy(request, signature_of(case, step.data["signature"]), case.reader)
    return True
