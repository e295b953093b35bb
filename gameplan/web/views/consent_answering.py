"""The family answers, one question a screen: what it means, the answer, thing by thing, own words, the signature.

What is chosen on the way is kept with the person's own drafts, which no school sees, until it is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gameplan.cases import drafts
from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.cases.verbs import attach
from gameplan.consents.answering import (
    ELECTRONIC,
    PAPER,
    Given,
    answer,
    answer_to_sign,
    ends_whole,
    revocation_to_sign,
    revoke,
)  # fmt: skip
from gameplan.consents.doors import items_of, request_of, signatures_of, standing_of
from gameplan.consents.electronic import agreement_of
from gameplan.consents.models import ConsentAnswer, ConsentRequest
from gameplan.letters.consent_form import NO, YES, Item, Said, Section, answer_lines, read_form, says
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.consent import (
    ONE_BY_ONE,
    ItemsForm,
    PaperForm,
    RevokeForm,
    SignForm,
    WayForm,
    WordsForm,
)  # fmt: skip
from gameplan.web.signing import give_copy, hand_of, say
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.consents import opened

GET_OR_POST = require_http_methods(["GET", "POST"])
MEANING, WAY, ITEMS, WORDS, SIGN = "meaning", "way", "items", "words", "sign"
STEPS: Final = (MEANING, WAY, ITEMS, WORDS, SIGN)


@GET_OR_POST
def answer_consent(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """One screen after the other; `?step=` says which. Only the last one writes anything that others see."""
    case, found = opened(request, case_id, request_id, Action.ANSWER)
    if not standing_of(found).open:
        messages.info(request, _("There is nothing to answer here any more."))
        return redirect("web:consent", case_id=case_id, request_id=request_id)
    step = request.GET.get("step", MEANING)
    said = _kept(case, found)
    if step == SIGN and said.items:
        return _sign(request, case, found, said)
    return _screen(request, case, found, step if step in STEPS[:-1] else MEANING)


def _screen(request: HttpRequest, case: Case, found: ConsentRequest, step: str) -> HttpResponse:
    form = _step_form(request, case, found, step)
    if request.method == "POST" and (form is None or form.is_valid()):
        return redirect(_to(found, _keep(case, found, step, form)))
    context = {
        "case": case, "consent": found, "form": form, "step": STEPS.index(step) + 1, "total": len(STEPS),
        "name": step, "meanings": meanings_of(found), "back": _to(found, STEPS[max(STEPS.index(step) - 1, 0)]),
    }  # fmt: skip
    return render(request, "pages/consents/answer.html", context, status=422 if form and form.errors else 200)


def _step_form(request: HttpRequest, case: Case, found: ConsentRequest, step: str) -> forms.Form | None:
    if step == MEANING:
        return None
    typed, open_ = drafts.kept(case.reader, _draft(found), case), _open_items(found)
    data = request.POST or None
    if step == WAY:
        return WayForm(data, single=len(open_) == 1, initial={"way": typed.get("way")})
    if step == ITEMS:
        before = {f"item_{name}": word for name, word in (typed.get("items") or {}).items()}
        return ItemsForm(data, items=open_, initial=before)
    return WordsForm(data, initial={"words": typed.get("words", "")})


def _keep(case: Case, found: ConsentRequest, step: str, form: forms.Form | None) -> str:
    """Keeps what was chosen on a screen, and gives the next screen."""
    if form is None:
        return WAY
    typed = drafts.kept(case.reader, _draft(found), case)
    following = WORDS
    if isinstance(form, WayForm):
        typed["way"] = way = form.cleaned_data["way"]
        following = ITEMS if way == ONE_BY_ONE else WORDS
        if way != ONE_BY_ONE:
            typed["items"] = dict.fromkeys((one.id for one in _open_items(found)), way)
    elif isinstance(form, ItemsForm):
        typed["items"] = form.answers()
        following = WORDS if typed["items"] else ITEMS
    else:
        typed["words"], following = form.cleaned_data["words"], SIGN
    drafts.keep(case.reader, _draft(found), typed, case)
    return following


def _sign(request: HttpRequest, case: Case, found: ConsentRequest, said: Said) -> HttpResponse:
    """The whole text with the answer under it, and the signature; on paper where nobody signs in."""
    if not settings.GAMEPLAN_SHARED:
        return redirect("web:consent-paper", case_id=case.pk, request_id=found.request_id)
    if agreement_of(case, case.reader) is None:
        return redirect(_agree_first(case, _to(found, SIGN)))
    what = answer_to_sign(found, said)
    form = SignForm(request.POST or None, initial={"form_key": uuid4(), "seen": what.sha256})
    if request.method == "POST" and form.is_valid():
        given = Given(today(), ELECTRONIC, hand=hand_of(request, form), today=today())
        made = _try(form, lambda: answer(
            found, by=case.reader, said=said, given=given, form_key=form.cleaned_data["form_key"]
        ))  # fmt: skip
        if made:
            return _done(request, case, made)
    context = {
        "case": case, "consent": found, "form": form, "text": what.text, "seen": what.sha256, "step": len(STEPS),
        "total": len(STEPS), "back": _to(found, WORDS), "lines": answer_lines(items_of(found), said, found.lang),
        "paper": reverse("web:consent-paper", args=(case.pk, found.request_id)),
    }  # fmt: skip
    return render(request, "pages/consents/sign.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def on_paper(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """The family signed on paper, or writes down at home what it said."""
    case, found = opened(request, case_id, request_id, Action.ANSWER)
    return _paper(request, case, found, household=not settings.GAMEPLAN_SHARED, must_show=False)


@GET_OR_POST
def filed(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """The school keeps a form that came to it signed on paper, with its scan."""
    case, found = opened(request, case_id, request_id, Action.OFFER)
    return _paper(request, case, found, household=False, must_show=True)


def _paper(
    request: HttpRequest, case: Case, found: ConsentRequest, *, household: bool, must_show: bool
) -> HttpResponse:
    said = _kept(case, found)
    first_words = {
        "form_key": uuid4(), "means": PAPER, "words": said.words, "signed": today().isoformat(),
        **{f"item_{name}": word for name, word in said.items.items()},
    }  # fmt: skip
    form = PaperForm(
        request.POST or None, request.FILES or None, household=household, must_show=must_show,
        items=_open_items(found), initial=first_words,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: answer(
            found, by=case.reader, said=Said(form.answers(), form.cleaned_data["words"]),
            given=_given(case, form), form_key=form.cleaned_data["form_key"],
        ))  # fmt: skip
        if made:
            return _done(request, case, made)
    context = {"case": case, "consent": found, "form": form, "must_show": must_show, "meanings": meanings_of(found)}
    return render(request, "pages/consents/paper.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def revoke_consent(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """Take a yes back: what, what that does, and the signature."""
    case, found = opened(request, case_id, request_id, Action.ANSWER)
    agreed, whole = standing_of(found).agreed, ends_whole(found)
    if not agreed:
        messages.info(request, _("There is no yes here to take back."))
        return redirect("web:consent", case_id=case_id, request_id=request_id)
    choices = [(one.id, one.text) for one in items_of(found) if one.id in agreed]
    form = RevokeForm(request.POST or None, choices=choices, whole=whole)
    if request.method == "POST" and form.is_valid():
        return _revoke(request, case, found, form)
    context = {"case": case, "consent": found, "form": form, "meanings": meanings_of(found), "whole": whole}
    return render(request, "pages/consents/revoke.html", context, status=422 if form.errors else 200)


def _revoke(request: HttpRequest, case: Case, found: ConsentRequest, chosen: RevokeForm) -> HttpResponse:
    """The second screen of taking back: the words, and the signature on a screen or on paper."""
    items, words = chosen.cleaned_data["items"], chosen.cleaned_data["words"]
    what = revocation_to_sign(found, items, words)
    on_screen = settings.GAMEPLAN_SHARED and request.POST.get("way") != PAPER
    if on_screen and agreement_of(case, case.reader) is None:
        return redirect(_agree_first(case, request.path))
    is_sent = request.POST.get("go") == SIGN
    form = _closing_form(request, what.sha256, on_screen=on_screen, is_sent=is_sent)
    if is_sent and form.is_valid():
        made = _try(form, lambda: revoke(
            found, by=case.reader, items=items, words=words, form_key=form.cleaned_data["form_key"],
            given=Given(today(), ELECTRONIC, hand=hand_of(request, form), today=today()) if on_screen
            else _given(case, form),
        ))  # fmt: skip
        if made:
            return _done(request, case, made)
    context = {
        "case": case, "consent": found, "form": form, "chosen": chosen, "text": what.text, "on_screen": on_screen,
        "seen": what.sha256, "can_paper": settings.GAMEPLAN_SHARED,
    }  # fmt: skip
    return render(request, "pages/consents/revoke_sign.html", context, status=422 if form.errors else 200)


def _closing_form(request: HttpRequest, seen: str, *, on_screen: bool, is_sent: bool) -> forms.Form:
    data, first_words = request.POST if is_sent else None, {"form_key": uuid4(), "seen": seen, "means": PAPER}
    if on_screen:
        return SignForm(data, initial=first_words)
    files = request.FILES if is_sent else None
    return PaperForm(data, files, household=False, initial=first_words)


def _given(case: Case, form: forms.Form) -> Given:
    """How it was given on paper; the photo is kept with the case."""
    said: Mapping[str, Any] = form.cleaned_data
    photo: UploadedFile[bytes] | None = said.get("photo")
    paper = ""
    if photo:
        paper = attach(
            case, by=case.reader, name=photo.name or "", content=photo.read(), media_type=photo.content_type or ""
        ).attachment_id
    return Given(said["on"], said.get("means", PAPER), signed=said["signed"], paper=paper,
                 signed_by=said.get("signed_by", ""), today=today())  # fmt: skip


def _try(form: forms.Form, verb: Callable[[], ConsentAnswer]) -> ConsentAnswer | None:
    """What the verb made, or None with its faults in the form; then no photo is kept either."""
    try:
        with transaction.atomic():
            made = verb()
    except Refused as refused:
        say(form, refused)
        return None
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
        return None
    return made


def _done(request: HttpRequest, case: Case, made: ConsentAnswer) -> HttpResponse:
    found = made.request
    drafts.drop(case.reader, _draft(found), case)
    messages.success(request, _("Kept. You can read it again here at any time."))
    fresh = request_of(case, found.request_id)
    give_copy(request, signatures_of(fresh).get(made.number), case.reader)
    return redirect("web:consent", case_id=case.pk, request_id=found.request_id)


def meanings_of(found: ConsentRequest) -> Section | None:
    """What a yes, a no, silence and a change of mind do, as the form says it."""
    heading = says("means-heading", found.lang)
    return next((one for one in read_form(found.form).sections if one.heading == heading), None)


def _open_items(found: ConsentRequest) -> tuple[Item, ...]:
    open_ = standing_of(found).open
    return tuple(one for one in items_of(found) if one.id in open_)


def _kept(case: Case, found: ConsentRequest) -> Said:
    """What this person has chosen so far, as far as it can still be answered."""
    typed, open_ = drafts.kept(case.reader, _draft(found), case), standing_of(found).open
    items = {name: word for name, word in (typed.get("items") or {}).items() if name in open_ and word in (YES, NO)}
    return Said(items, typed.get("words", ""))


def _draft(found: ConsentRequest) -> str:
    return f"consent:{found.request_id}"


def _to(found: ConsentRequest, step: str) -> str:
    return f"{reverse('web:answer-consent', args=(found.case_id, found.request_id))}?step={step}"


def _agree_first(case: Case, then: str) -> str:
    return f"{reverse('web:sign-on-screen', args=(case.pk,))}?then={then.replace('?', '%3F')}"


HERE = "case/<uuid:case_id>/consent/<str:request_id>/"
urlpatterns = [
    path(f"{HERE}answer/", answer_consent, name="answer-consent"),
    path(f"{HERE}paper/", on_paper, name="consent-paper"),
    path(f"{HERE}filed/", filed, name="file-consent"),
    path(f"{HERE}revoke/", revoke_consent, name="revoke-consent"),
]
