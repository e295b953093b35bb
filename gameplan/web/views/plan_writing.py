"""Writing a plan, one section a page: saved at every pause in typing, or by the button where no script runs."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.law.contents import NoSuchEntry
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning import remarks, writing
from gameplan.planning.doors import beside_of, changed_since, plan_of, remarks_of, standing_of
from gameplan.planning.models import Written
from gameplan.planning.writing import BESIDE, WRONG, Outcome
from gameplan.plans.circumstances import circumstances_of
from gameplan.plans.forms import Section
from gameplan.web.plans.advising import with_advice
from gameplan.web.plans.inputs import Around, changes_of, mark_of, shown_fields, words_of
from gameplan.web.plans.since import changes_since_last
from gameplan.web.templatetags.look import page_tongue

SLACK: Final = timedelta(seconds=10)
ROW_ACTS = ("add", "remove", "restore", "up", "down")


@require_http_methods(["GET", "POST"])
def write_section(request: HttpRequest, case_id: UUID, plan_id: str, section_id: str) -> HttpResponse:
    """One section to write in. Any button saves the whole page first; nothing that was typed is dropped."""
    case, plan = _opened(request, case_id, plan_id)
    section = _section(plan, section_id)
    if request.method == "POST":
        return _saved_page(request, case, plan, section)
    return render(request, "pages/plans/section.html", _context(case, plan, section))


@require_POST
def save_fields(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """What the script sends at a pause in typing: some fields of any section. Says what became of each, and what
    others have changed since the page asked last.
    """
    _case, plan = _opened(request, case_id, plan_id)
    outcomes = _save(request, plan)
    since = request.POST.get("since", "")
    mine = {(one.path, one.revision) for one in outcomes}
    texts = {one.path: _beside_part(request, plan, one) for one in beside_of(plan)}
    told = {
        "fields": {one.path: _told(one) for one in outcomes},
        "others": {
            one.path: _fresh(one.value, one.revision)
            for one in changed_since(plan, since)
            if (one.path, one.revision) not in mine  # what the page has just sent need not come back twice
        },
        "beside": texts,
        "now": _looked_at(),
        "said": _("Saved."),
    }
    return JsonResponse(told)


@require_POST
def change_row(request: HttpRequest, case_id: UUID, plan_id: str, section_id: str) -> HttpResponse:
    """Adds, moves, takes out or brings back a row, once everything that was typed is saved."""
    _case, plan = _opened(request, case_id, plan_id)
    section = _section(plan, section_id)
    act, _sep, rest = request.POST.get("row", "").partition(":")
    field_id, _sep, row = rest.partition("/")
    if act not in ROW_ACTS:
        raise Http404("There is no such thing to do with a row.")
    _tell(request, _save(request, plan))
    place = f"{section_url(plan, section)}#list-{field_id}"
    try:
        row = _change_row(plan, request, act, field_id, row)
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
        return redirect(place)
    return redirect(place if act == "remove" else f"{section_url(plan, section)}#row-{field_id}-{row}")


@require_POST
def settle(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """Settles what two people wrote at once in one field: one text, the other, or both."""
    _case, plan = _opened(request, case_id, plan_id)
    _save(request, plan)
    place = writing.settle(plan, by=plan.case.reader, number=number, take=request.POST.get("take", "field"))
    field_id = place.partition("/")[0]
    messages.success(request, _("Settled. The other text is kept among the earlier ones."))
    return redirect(f"{section_url(plan, plan.form.section_of(field_id))}#f-{place.replace('/', '-')}")


@require_POST
def add_remark(request: HttpRequest, case_id: UUID, plan_id: str, section_id: str) -> HttpResponse:
    """A comment on the section, or on one of its fields or rows."""
    _case, plan = _opened(request, case_id, plan_id, Action.WRITE)
    section = _section(plan, section_id)
    about = request.POST.get("about") or f"section:{section.id}"
    try:
        key = _uuid(request.POST.get("form_key", ""))
        text = request.POST.get("text", "")
        remarks.remark(plan, by=plan.case.reader, path=about, text=text, form_key=key)
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    return redirect(f"{section_url(plan, section)}#remarks")


@require_POST
def settle_remark(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """Says that a comment is taken care of."""
    _case, plan = _opened(request, case_id, plan_id, Action.WRITE)
    remarks.settle_remark(plan, by=plan.case.reader, number=number)
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("web:plan", args=(case_id, plan_id))
    return redirect(back)


def section_url(plan: Written, section: Section) -> str:
    """Where a section is written."""
    return reverse("web:write-section", args=(plan.case_id, plan.plan_id, section.id))


def _opened(
    request: HttpRequest, case_id: UUID, plan_id: str, to: Action = Action.PLAN
) -> tuple[Case, Written]:  # fmt: skip
    case = case_for(person_of(request), case_id, to=to)
    return case, plan_of(case, plan_id)


def _section(plan: Written, section_id: str) -> Section:
    try:
        return plan.form.section(section_id)
    except NoSuchEntry as unknown:
        raise Http404("There is no such section.") from unknown


def _save(request: HttpRequest, plan: Written) -> list[Outcome]:
    desk = request.POST.get("desk", "")[:64]
    return writing.save(plan, by=plan.case.reader, desk=desk, changes=changes_of(request.POST, plan.form))


def _saved_page(request: HttpRequest, case: Case, plan: Written, section: Section) -> HttpResponse:
    outcomes = _save(request, plan)
    wrong = {one.path: one for one in outcomes if one.state == WRONG}
    if wrong:
        return render(request, "pages/plans/section.html", _context(case, plan, section, wrong), status=422)
    _tell(request, outcomes)
    go = request.POST.get("go", "")
    if go == "next":
        following = _beside_sections(plan, section)[1]
        if following:
            return redirect(section_url(plan, following))
        return redirect("web:plan", case_id=plan.case_id, plan_id=plan.plan_id)
    return redirect(section_url(plan, section))


def _tell(request: HttpRequest, outcomes: list[Outcome]) -> None:
    if any(one.state == BESIDE for one in outcomes):
        messages.warning(request, _("Somebody else wrote in the same place. Both texts are kept; look below."))
    elif outcomes:
        messages.success(request, _("Saved."))


def _context(case: Case, plan: Written, section: Section, wrong: dict[str, Outcome] | None = None) -> dict[str, object]:
    standing = standing_of(plan)
    all_remarks = list(remarks_of(plan))
    around = Around(
        list(beside_of(plan)),
        all_remarks,
        circumstances_of(standing.plan, today()),
        changes_since_last(case, plan, standing),
    )
    before, after = _beside_sections(plan, section)
    about = {f"section:{section.id}", *(field.id for field in section.fields)}
    return {
        "case": case, "plan": plan, "form": plan.form, "section": section, "before": before, "after": after,
        "fields": with_advice(shown_fields(section, standing, around), standing.plan),
        "wrong": wrong or {}, "desk": token_hex(8), "form_key": uuid4(), "since": _looked_at(),
        "remarks": [one for one in all_remarks if one.path.split("/")[0] in about],
        "needed": around.circumstances.get(section.when) if section.when else True,
    }  # fmt: skip


def _looked_at() -> str:
    """The moment from which a page asks next for what others changed: a little ago, for a save may be stamped before
    it can be seen. What comes twice has a revision that the page knows.
    """
    return (timezone.now() - SLACK).isoformat()


def _beside_sections(plan: Written, section: Section) -> tuple[Section | None, Section | None]:
    sections = plan.form.sections
    at = [one.id for one in sections].index(section.id)
    return (sections[at - 1] if at else None, sections[at + 1] if at + 1 < len(sections) else None)


def _change_row(plan: Written, request: HttpRequest, act: str, field_id: str, row: str) -> str:
    by = plan.case.reader
    if act == "add":
        return writing.add_row(plan, by=by, field_id=field_id)
    if act in ("up", "down"):
        writing.move_row(plan, by=by, field_id=field_id, row=row, up=act == "up")
    elif act == "remove":
        writing.remove_row(plan, by=by, field_id=field_id, row=row)
        messages.success(request, _("Taken out. You can bring it back below the list."))
    else:
        writing.restore_row(plan, by=by, field_id=field_id, row=row)
    return row


def _told(one: Outcome) -> dict[str, Any]:
    told = {"state": one.state, "said": page_tongue().say(one.say) if one.say else ""}
    return told if one.state == WRONG else {**told, **_fresh(one.value, one.revision)}


def _fresh(value: Any, revision: int) -> dict[str, Any]:
    words = words_of(value)
    return {"revision": revision, "mark": mark_of(words), "words": words}


def _beside_part(request: HttpRequest, plan: Written, kept: object) -> str:
    context = {"plan": plan, "kept": kept}
    return render_to_string("parts/plan_beside.html", context, request=request)


def _uuid(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


urlpatterns = [
    path("case/<uuid:case_id>/plan/<str:plan_id>/write/<str:section_id>/", write_section, name="write-section"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/write/<str:section_id>/row/", change_row, name="change-row"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/write/<str:section_id>/remark/", add_remark, name="add-remark"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/save/", save_fields, name="save-fields"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/settle/<int:number>/", settle, name="settle-beside"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/remark/<int:number>/settled/", settle_remark, name="settle-remark"),
]
