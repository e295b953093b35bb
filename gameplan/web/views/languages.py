"""Languages of the family and how it gets notices: what each person wants, what was asked for, and what was there."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.notices import language
from gameplan.notices.doors import help_of
from gameplan.notices.recipients import Recipient, choose, recipients_of
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.delivered import language_name
from gameplan.web.forms.notice import AboutSomebody, ChoiceForm, DoneForm, HelpForm, WishForm


@require_GET
def languages(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who wants which language, how notices come, and which interpreters and translations were asked for."""
    case = case_for(person_of(request), case_id)
    return _page(request, case)


@require_POST
def wish(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Which languages somebody wants."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    form = WishForm(request.POST, **_about(case))
    if form.is_valid():
        person, name = form.person()
        said = form.cleaned_data
        try:
            language.wish(
                case, by=case.reader, person=person, name=name, papers=form.language("papers"),
                meetings=form.language("meetings"), interpreter=said["interpreter"], is_written=not said["not_written"],
                note=said["note"], on=today(),
            )  # fmt: skip
            return _done(request, case, _("Written down. Papers and meetings follow this from now on."))
        except Refused as refused:
            _add(form, refused)
    return _page(request, case, wish=form)


@require_POST
def choice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """E-mail, or not."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    form = ChoiceForm(request.POST, **_about(case))
    if form.is_valid():
        person, name = form.person()
        said = form.cleaned_data
        try:
            choose(
                case, by=case.reader, person=person, name=name, by_email=said["by_email"] == "yes",
                address=said["address"], on=today(), how=said.get("how") or "here",
            )  # fmt: skip
            return _done(request, case, _("Written down. You can change it at any time."))
        except Refused as refused:
            _add(form, refused)
    return _page(request, case, choice=form)


@require_POST
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An interpreter or a translation is asked for."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    form = HelpForm(request.POST, **_about(case))
    if form.is_valid():
        person, name = form.person()
        said = form.cleaned_data
        try:
            language.ask_help(
                case, by=case.reader, what=said["what"], person=person, name=name, lang=said["lang"],
                for_what=said["for_what"], needed_by=said["needed_by"], on=today(), form_key=said["form_key"],
            )  # fmt: skip
            return _done(request, case, _("Written down. Both sides see that it was asked for, and on which day."))
        except Refused as refused:
            _add(form, refused)
    return _page(request, case, ask=form)


@require_POST
def done(request: HttpRequest, case_id: UUID, key: UUID) -> HttpResponse:
    """The interpreter was there, or the translation is done."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    asked, form = language.one_help(case, key), DoneForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        understood = {"yes": True, "no": False}.get(said["understood"])
        try:
            language.help_done(
                asked, by=case.reader, on=said["done_on"], by_whom=said["by_whom"], understood=understood
            )  # fmt: skip
            return _done(request, case, _("Written down."))
        except Refused as refused:
            _add(form, refused)
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label} {error}".strip())
    return redirect("web:languages", case_id=case.pk)


def _page(
    request: HttpRequest, case: Case, *, wish: WishForm | None = None, choice: ChoiceForm | None = None,
    ask: HelpForm | None = None,
) -> HttpResponse:  # fmt: skip
    about, meeting = _about(case), language.next_meeting(case, today())
    people = recipients_of(case)
    says = may_now(case, Action.WRITE) and bool(about["recipients"] or about["may_name"])
    context = {
        "case": case, "says": says, "sends": about["may_name"], "meeting": meeting,
        "people": [_row(one) for one in people],
        "wish": wish or WishForm(**about), "choice": choice or ChoiceForm(**about),
        "ask": ask or HelpForm(**about, initial={"form_key": uuid4(), "needed_by": meeting}),
        "asked": [(one, language_name(one.lang)) for one in help_of(case)], "done": DoneForm(),
    }  # fmt: skip
    failed = any(form is not None for form in (wish, choice, ask))
    return render(request, "pages/notices/languages.html", context, status=422 if failed else 200)


class _About(TypedDict):
    recipients: list[Recipient]
    may_name: bool


def _about(case: Case) -> _About:
    """Whom the reader may say it for: themselves, or for the school everybody and people without an account."""
    may_name = may_now(case, Action.OFFER)
    people = recipients_of(case)
    mine = [one for one in people if may_name or one.person == case.reader.id]
    return {"recipients": mine, "may_name": may_name}


def _row(one: Recipient) -> dict[str, object]:
    wish = one.wish
    return {
        "one": one, "papers": language_name(wish.papers) if wish else "",
        "meetings": language_name(wish.meetings) if wish else "",
    }  # fmt: skip


def _done(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("web:languages", case_id=case.pk)


def _add(form: AboutSomebody | DoneForm, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


urlpatterns = [
    path("case/<uuid:case_id>/language/", languages, name="languages"),
    path("case/<uuid:case_id>/language/wish/", wish, name="language-wish"),
    path("case/<uuid:case_id>/language/choice/", choice, name="delivery-choice"),
    path("case/<uuid:case_id>/language/help/", ask, name="language-help"),
    path("case/<uuid:case_id>/language/help/<uuid:key>/done/", done, name="language-help-done"),
]
