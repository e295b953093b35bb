"""One meeting on one page: why, when, who, the invitation, the agenda, what came of it; and what is done there."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning import meetings
from gameplan.planning.choosing import token_of
from gameplan.planning.doors import pdf_of, plan_of, proposed, standing_of, version_of
from gameplan.planning.meetings import INVITATION
from gameplan.planning.models import Version, Written
from gameplan.plans.meeting_form import KIND
from gameplan.plans.sheets import plan_hash, sheet_of
from gameplan.tongues import tongue
from gameplan.web.downloads import download
from gameplan.web.forms.meeting import InvitedForm
from gameplan.web.plans.meeting_page import about_of, meeting_page
from gameplan.web.plans.papers import ENDINGS, paper
from gameplan.web.templatetags.look import page_tongue

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@require_GET
def meeting(request: HttpRequest, case_id: UUID, meeting_id: str) -> HttpResponse:
    """A meeting, from the purpose to the copy at the end."""
    case, found = _opened(request, case_id, meeting_id)
    form = InvitedForm(today=today(), initial={"form_key": uuid4(), "on": today()})
    return _page(request, case, found, form)


@require_POST
def invited(request: HttpRequest, case_id: UUID, meeting_id: str) -> HttpResponse:
    """The invitation went out: it is frozen as it stands. What it lacks is said first, unless it went out anyway."""
    case, found = _opened(request, case_id, meeting_id, to=Action.OFFER)
    form = InvitedForm(request.POST, today=today())
    if form.is_valid() and _invite(request, found, form):
        messages.success(request, _("Written down. The invitation is kept as it went out."))
        return redirect(_place(found, "invitation"))
    return _page(request, case, found, form, status=422)


@require_POST
def held(request: HttpRequest, case_id: UUID, meeting_id: str) -> HttpResponse:
    """The meeting was held: the copy is made at once."""
    _case, found = _opened(request, case_id, meeting_id, to=Action.OFFER)
    try:
        meetings.hold(found, by=found.case.reader, on=today(), form_key=_key(request))
        messages.success(request, _("Written down. The copy is ready: give it to the family now."))
    except Refused as refused:
        _say(request, refused)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
    return redirect(_place(found, "copy"))


@require_POST
def choose(request: HttpRequest, case_id: UUID, meeting_id: str) -> HttpResponse:
    """Take one of the times to choose from."""
    _case, found = _opened(request, case_id, meeting_id, to=Action.OFFER)
    try:
        meetings.choose_time(found, by=found.case.reader, row=request.POST.get("row", ""))
        messages.success(request, _("This is the time of the meeting now."))
    except Refused as refused:
        _say(request, refused)
    return redirect(_place(found, "when"))


@require_POST
def suggest(request: HttpRequest, case_id: UUID, meeting_id: str) -> HttpResponse:
    """Put a sensible agenda into the meeting; what stands there stays."""
    case, found = _opened(request, case_id, meeting_id, to=Action.PLAN)
    meetings.suggest_agenda(found, by=found.case.reader, about=about_of(case, found))
    return redirect(_place(found, "agenda"))


@require_GET
def print_paper(request: HttpRequest, case_id: UUID, meeting_id: str, as_: str, ending: str) -> HttpResponse:
    """The invitation as it stands now, or the copy so far, which is marked as a draft."""
    _case, found = _opened(request, case_id, meeting_id)
    plan = standing_of(found).plan
    lang = request.GET.get("lang", "")
    try:
        sheet = sheet_of(plan, as_, tongue(lang) if lang else page_tongue(), on=today())
        if ending not in ENDINGS:
            raise Http404("There is no such kind of paper.")
        return paper(sheet, ending, draft=as_ != INVITATION, sha256=plan_hash(plan))
    except LookupError as unknown:
        raise Http404("There is no such paper.") from unknown
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect(_place(found, "invitation"))


@require_GET
def print_copy(request: HttpRequest, case_id: UUID, meeting_id: str, number: int, ending: str) -> HttpResponse:
    """A paper of the meeting as it was frozen: the invitation that went out, or the copy at the end."""
    _case, found = _opened(request, case_id, meeting_id)
    version = version_of(found, number)
    if ending == "pdf":
        return download(pdf_of(version), "application/pdf", f"{version.how}-{number}.pdf")
    if ending not in ENDINGS:
        raise Http404("There is no such kind of paper.")
    return _word(found, version)


def _word(plan: Written, version: Version) -> HttpResponse:
    sheet = sheet_of(proposed(version), version.how, tongue(plan.lang), on=version.on)
    return paper(sheet, "docx", draft=False, sha256=version.sha256)


def _page(request: HttpRequest, case: Case, plan: Written, form: InvitedForm, status: int = 200) -> HttpResponse:
    shown = meeting_page(case, plan, today())
    link = request.build_absolute_uri(reverse("web:choose-time", args=(token_of(plan),)))
    context = {
        "case": case, "plan": plan, "page": shown, "form": form, "form_key": uuid4(),
        "link": link if shown.is_open and shown.times else "",
        "at_home": urlsplit(f"//{request.get_host()}").hostname in LOOPBACK,
        "too_late": bool(shown.lead.by and not shown.sent and today() > shown.lead.by),
    }  # fmt: skip
    return render(request, "pages/meetings/meeting.html", context, status=status)


def _opened(
    request: HttpRequest, case_id: UUID, meeting_id: str, *, to: Action = Action.READ
) -> tuple[Case, Written]:  # fmt: skip
    case = case_for(person_of(request), case_id, to=to)
    found = plan_of(case, meeting_id)
    if found.form.kind != KIND:
        raise Http404("There is no such meeting.")
    return case, found


def _invite(request: HttpRequest, plan: Written, form: InvitedForm) -> bool:
    said = form.cleaned_data
    try:
        meetings.invite(
            plan, by=plan.case.reader, on=said["on"], how=said["how"], anyway=said["anyway"],
            form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(None, f"{fault.what} {fault.mend}")
        return False
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
        return False
    return True


def _place(plan: Written, part: str) -> str:
    return f"{reverse('web:meeting', args=(plan.case_id, plan.plan_id))}#{part}"


def _say(request: HttpRequest, refused: Refused) -> None:
    for fault in refused.faults:
        messages.error(request, f"{fault.what} {fault.mend}")


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


HERE = "case/<uuid:case_id>/meeting/<str:meeting_id>/"
urlpatterns = [
    path(HERE, meeting, name="meeting"),
    path(f"{HERE}invited/", invited, name="meeting-invited"),
    path(f"{HERE}held/", held, name="meeting-held"),
    path(f"{HERE}time/", choose, name="meeting-time"),
    path(f"{HERE}agenda/", suggest, name="meeting-agenda"),
    path(f"{HERE}paper/<str:as_>.<str:ending>", print_paper, name="meeting-paper"),
    path(f"{HERE}copy/<int:number>.<str:ending>", print_copy, name="meeting-copy"),
]
