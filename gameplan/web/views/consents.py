"""Permission on the pages: what was asked and how it stands, one form to read, its papers, and the signer's copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.consents.asking import withdraw as withdraw_request
from gameplan.consents.doors import (
    answers_of,
    items_of,
    paper_of,
    request_of,
    requests_of,
    signature_of,
    signatures_of,
    standing_of,
)  # fmt: skip
from gameplan.consents.models import ConsentRequest, Signature
from gameplan.consents.standing import PARTLY, REVOKED, WAITING, WITHDRAWN, Standing
from gameplan.letters.consent_form import NO, YES, read_form
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Action
from gameplan.web.downloads import download
from gameplan.web.templatetags.look import page_tongue

STATUSES = {
    WAITING: gettext_lazy("Not answered"), YES: gettext_lazy("Permission given"),
    PARTLY: gettext_lazy("Answered in part"), NO: gettext_lazy("Permission not given"),
    REVOKED: gettext_lazy("Permission taken back"), WITHDRAWN: gettext_lazy("The school took this back"),
}  # fmt: skip
ITEM_STATUSES = {
    "": gettext_lazy("Not answered"), YES: gettext_lazy("Yes"), NO: gettext_lazy("No"),
    REVOKED: gettext_lazy("Taken back"),
}  # fmt: skip
DOES = {
    "answered": gettext_lazy("Answer"), "revoked": gettext_lazy("Taken back"),
    "withdrawn": gettext_lazy("The school took this back"),
}  # fmt: skip
MEANS = {
    "electronic": gettext_lazy("Signed on a screen"), "paper": gettext_lazy("Signed on paper"),
    "household": gettext_lazy("Written down at home"),
}  # fmt: skip


@require_GET
def consents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was asked, newest first: what waits for an answer stands on top."""
    case = case_for(person_of(request), case_id)
    rows = [(one, standing_of(one)) for one in requests_of(case)]
    waiting = [_row(one, now) for one, now in rows if now.status == WAITING]
    context = {
        "case": case, "waiting": waiting, "others": [_row(one, now) for one, now in rows if now.status != WAITING],
        "can_ask": may_now(case, Action.OFFER), "can_answer": may_now(case, Action.ANSWER),
    }  # fmt: skip
    return render(request, "pages/consents/list.html", context)


@require_GET
def consent(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """One form, word for word, with how it stands, everything that was said to it, and what can be done."""
    case, found = opened(request, case_id, request_id)
    now = standing_of(found)
    can_answer, can_ask = may_now(case, Action.ANSWER), may_now(case, Action.OFFER)
    context = {
        "case": case, "consent": found, "form": read_form(found.form), "status": STATUSES[now.status],
        "items": [(one, ITEM_STATUSES[now.items[one.id]], one.id in now.differ) for one in items_of(found)],
        "history": _history(found), "can_answer": can_answer and bool(now.open),
        "is_waiting": now.status == WAITING,
        "can_revoke": can_answer and bool(now.agreed), "can_file": can_ask and not can_answer and bool(now.open),
        "can_withdraw": can_ask and now.status == WAITING, "answers_here": can_answer,
    }  # fmt: skip
    return render(request, "pages/consents/consent.html", context)


@require_GET
def form_pdf(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """The form to print and sign on paper."""
    _case, found = opened(request, case_id, request_id)
    return download(paper_of(found), "application/pdf", "permission-form.pdf")


@require_GET
def copy_pdf(request: HttpRequest, case_id: UUID, signature_id: str) -> HttpResponse:
    """What was signed, with its page of proof."""
    case = case_for(person_of(request), case_id)
    return download(bytes(signature_of(case, signature_id).pdf), "application/pdf", "signed-copy.pdf")


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, request_id: str) -> HttpResponse:
    """The school takes back what nobody has answered."""
    case, found = opened(request, case_id, request_id, Action.OFFER)
    try:
        withdraw_request(found, by=case.reader, on=today())
        messages.success(request, _("Taken back. It stays visible."))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    return redirect("web:consent", case_id=case_id, request_id=request_id)


def opened(
    request: HttpRequest, case_id: UUID, request_id: str, to: Action = Action.READ
) -> tuple[Case, ConsentRequest]:
    """The case through its door, and one request in it. Raises Http404 and PermissionDenied."""
    case = case_for(person_of(request), case_id, to=to)
    return case, request_of(case, request_id)


def _row(found: ConsentRequest, now: Standing) -> dict[str, Any]:
    return {"consent": found, "title": found.form["title"], "status": STATUSES[now.status]}


def _history(found: ConsentRequest) -> list[dict[str, Any]]:
    names = {one.id: one.text for one in items_of(found)}
    signed = signatures_of(found)
    return [
        {
            "answer": one, "does": DOES[one.does], "means": MEANS.get(one.means, "") if one.items else "",
            "who": page_tongue().say(ROLES[one.role].title) if one.role in ROLES else one.role,
            "items": [(names.get(key, key), ITEM_STATUSES[word]) for key, word in one.items.items()],
            "signature": signed.get(one.number), "signed_at": _moment(signed.get(one.number)),
        }
        for one in answers_of(found)
    ]  # fmt: skip


def _moment(signature: Signature | None) -> str:
    """When something was signed, in the time zone of the family."""
    if signature is None:
        return ""
    local = timezone.localtime(datetime.fromisoformat(signature.at))
    return f"{page_tongue().date(local.date())}, {local:%H:%M}"


HERE = "case/<uuid:case_id>/consent/<str:request_id>/"
urlpatterns = [
    path("case/<uuid:case_id>/consents/", consents, name="consents"),
    path(HERE, consent, name="consent"),
    path(f"{HERE}form.pdf", form_pdf, name="consent-form"),
    path(f"{HERE}withdraw/", withdraw, name="withdraw-consent"),
    path("case/<uuid:case_id>/signature/<str:signature_id>/copy.pdf", copy_pdf, name="signature-copy"),
]
