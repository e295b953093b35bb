"""One paper that goes out or went out: reading it, sending it, what is proved of each delivery."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.notices import opening, sending, writing
from gameplan.notices.doors import correction_of, deliveries_of, delivery_of, notice_of
from gameplan.notices.models import Delivery
from gameplan.notices.proofs import What
from gameplan.notices.recipients import recipients_of
from gameplan.notices.shelf import Leaf, Paper, paper_of
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.delivered import language_name, shown
from gameplan.web.downloads import download
from gameplan.web.forms.notice import ArrivedForm, SendForm


@never_cache
@require_GET
def read(request: HttpRequest, case_id: UUID, about: str) -> HttpResponse:
    """A paper in one language or side by side. For its recipient that is opening it, and it is written down."""
    case = case_for(person_of(request), case_id)
    paper = paper_of(case, about)
    mine = opening.mine(case, about)
    leaves = _chosen(paper, mine, request.GET.get("lang", ""))
    if mine:
        for leaf in leaves:
            opening.write_down(mine, What.OPENED, leaf, by=case.reader, on=today())
    notice = notice_of(case, about.partition(":")[2]) if about.startswith("notice:") else None
    context = {
        "case": case, "paper": paper, "name": paper.name((get_language() or "en")[:2]), "leaves": leaves,
        "languages": [(leaf.lang, language_name(leaf.lang)) for leaf in paper.leaves],
        "one": leaves[0].lang if len(leaves) == 1 else "", "mine": mine,
        "confirmed": bool(mine and opening.is_confirmed(mine)),
        "deliveries": [shown(one) for one in deliveries_of(case, about)], "sends": may_now(case, Action.OFFER),
        "notice": notice, "correction": correction_of(notice) if notice else None,
        "others": [(lang, language_name(lang)) for lang in writing.other_languages(notice)] if notice else [],
        "arrived_form": ArrivedForm(),
    }  # fmt: skip
    return render(request, "pages/notices/paper.html", context)


@require_GET
def save(request: HttpRequest, case_id: UUID, lang: str, about: str) -> HttpResponse:
    """The PDF of a paper in a language. For its recipient it is written down."""
    case = case_for(person_of(request), case_id)
    leaf = _leaf(paper_of(case, about), lang)
    mine = opening.mine(case, about)
    if mine:
        opening.write_down(mine, What.DOWNLOADED, leaf, by=case.reader, on=today())
    return download(leaf.pdf(), "application/pdf", f"paper-{lang}.pdf")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, case_id: UUID, about: str) -> HttpResponse:
    """To whom a paper goes and how; below, what is proved of each delivery so far."""
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    paper, recipients = paper_of(case, about), recipients_of(case)
    form = SendForm(request.POST or None, recipients=recipients, today=today())
    if form.is_valid() and _sent(case, about, form):
        messages.success(request, _("Written down. Below you see what is proved so far."))
        return redirect("web:read-paper", case_id=case_id, about=about)
    context = {
        "case": case, "paper": paper, "name": paper.name((get_language() or "en")[:2]), "form": form,
        "recipients": [(one, language_name(one.lang)) for one in recipients],
        "deliveries": [shown(one) for one in deliveries_of(case, about)],
    }  # fmt: skip
    return render(request, "pages/notices/send.html", context, status=422 if form.errors else 200)


@require_POST
def got(request: HttpRequest, case_id: UUID, about: str) -> HttpResponse:
    """The recipient confirms with one button that they have it; nobody else can."""
    case = case_for(person_of(request), case_id)
    paper, mine = paper_of(case, about), opening.mine(case, about)
    if mine is None:
        messages.error(request, _("It was not sent to you. Only who gets a paper can say that they have it."))
    else:
        leaf = opening.leaf_for(paper, mine, request.POST.get("lang", ""))
        opening.write_down(mine, What.CONFIRMED, leaf, by=case.reader, on=today())
        messages.success(
            request, _("Thank you. It is written down that you have it. This does not say that you agree.")
        )
    return redirect("web:read-paper", case_id=case_id, about=about)


@require_POST
def arrived(request: HttpRequest, case_id: UUID, delivery_id: str) -> HttpResponse:
    """The day on which a mailed paper arrived."""
    case, delivery = _opened(request, case_id, delivery_id)
    form = ArrivedForm(request.POST)
    if not form.is_valid() or form.cleaned_data["arrived"] > today():
        messages.error(request, _("Write the day on which it arrived."))
    else:
        _do(request, lambda: sending.mark_arrived(delivery, by=case.reader, arrived=form.cleaned_data["arrived"]))
    return redirect("web:read-paper", case_id=case_id, about=delivery.about)


@require_POST
def again(request: HttpRequest, case_id: UUID, delivery_id: str) -> HttpResponse:
    """Send an e-mail that failed once more."""
    case, delivery = _opened(request, case_id, delivery_id)
    _do(request, lambda: sending.send_again(delivery, by=case.reader, now=timezone.now()))
    return redirect("web:read-paper", case_id=case_id, about=delivery.about)


@require_POST
def close(request: HttpRequest, case_id: UUID, delivery_id: str) -> HttpResponse:
    """Close the private links to a delivery."""
    case, delivery = _opened(request, case_id, delivery_id)
    _do(request, lambda: sending.close_links(delivery, by=case.reader, now=timezone.now(), on=today()))
    return redirect("web:read-paper", case_id=case_id, about=delivery.about)


def _opened(request: HttpRequest, case_id: UUID, delivery_id: str) -> tuple[Case, Delivery]:
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    return case, delivery_of(case, delivery_id)


def _do(request: HttpRequest, verb: Callable[[], object]) -> None:
    try:
        verb()
        messages.success(request, _("Written down."))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")


def _sent(case: Case, about: str, form: SendForm) -> bool:
    try:
        sending.send(
            case, about, by=case.reader, to=form.recipient(), way=form.way(), now=timezone.now(),
            form_key=form.cleaned_data["form_key"],
        )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        return False
    return True


def _chosen(paper: Paper, mine: Delivery | None, lang: str) -> list[Leaf]:
    """The language that was asked for, or all side by side, else what suits the reader."""
    if lang == "all":
        return list(paper.leaves)
    if mine:
        return [opening.leaf_for(paper, mine, lang)]
    return [paper.leaf(lang) or paper.leaf((get_language() or "en")[:2]) or paper.leaves[0]]


def _leaf(paper: Paper, lang: str) -> Leaf:
    found = paper.leaf(lang)
    if found is None:
        raise Http404("This paper is not there in that language.")
    return found


urlpatterns = [
    path("case/<uuid:case_id>/delivery/<str:delivery_id>/arrived/", arrived, name="paper-arrived"),
    path("case/<uuid:case_id>/delivery/<str:delivery_id>/again/", again, name="paper-again"),
    path("case/<uuid:case_id>/delivery/<str:delivery_id>/close/", close, name="paper-close"),
    path("case/<uuid:case_id>/got/<path:about>/", got, name="paper-got"),
    path("case/<uuid:case_id>/send/<path:about>/", send, name="send-paper"),
    path("case/<uuid:case_id>/save/<slug:lang>/<path:about>/", save, name="save-paper"),
    path("case/<uuid:case_id>/read/<path:about>/", read, name="read-paper"),
]
