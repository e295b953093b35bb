"""Two cases of one child: the family chooses and says yes, the school looks and says yes, and it is one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.merging import family_agrees, family_reader, open_merging, others_of, pairs_of, propose, withdraw
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Merging
from gameplan.cases.people import person_of
from gameplan.core.facts import Fact, standing_facts
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.together.merging import preview, put_together
from gameplan.together.showing import groups_of, lines_of, ticked
from gameplan.web.showing_lines import described
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.joining import needs_accounts, say_refused


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put two cases of one child together, as the reader's side sees it."""
    case = case_for(person_of(request), case_id, to=Action.PEOPLE)
    needs_accounts()
    if case.reader.side is Side.NEITHER:
        raise PermissionDenied("Only the family and the school put cases together.")
    found = open_merging(case)
    if request.method == "POST" and request.POST.get("go") == "no" and found is not None:
        withdraw(found, by=case.reader)
        messages.success(request, _("The two cases stay as they are."))
        return redirect("web:child", case_id=case_id)
    if case.reader.side is Side.SCHOOL:
        return _school(request, case, found)
    return _family(request, case, found)


def _family(request: HttpRequest, case: Case, found: Merging | None) -> HttpResponse:
    if found is not None and found.into_id == case.pk:
        return redirect("web:merge", case_id=found.source_id)
    if case.school_id is not None:
        return render(request, "pages/joining/merge_which.html", {"case": case, "is_into": True})
    into_id = str(found.into_id) if found else request.POST.get("into") or request.GET.get("into", "")
    if not into_id:
        return render(request, "pages/joining/merge_which.html", {"case": case, "others": others_of(case.reader, case)})
    into = case_for(person_of(request), into_id, to=Action.SHOW)
    if request.method == "POST":
        return _family_yes(request, case, into)
    return render(request, "pages/joining/merge_family.html", _family_page(case, into, found))


def _family_page(case: Case, into: Case, found: Merging | None) -> dict[str, object]:
    """The two side by side: each fact of the family's own, and which one of the school's tells the same."""
    mine, theirs = facts_of(case), facts_of(into)
    said_yes = found is not None and bool(found.family_yes)
    pairs = dict(found.pairs) if found and said_yes else dict(pairs_of(mine, theirs))
    roots = [one for one in standing_facts(theirs.facts) if not one.account_of]
    rows = [
        (one, name_of(one), [(other, other.id == pairs.get(one.id)) for other in roots if other.kind == one.kind])
        for one in sorted(standing_facts(mine.facts), key=lambda one: one.on)
        if not one.account_of
    ]
    names = found.chosen if found and said_yes else None
    return {
        "case": case, "into": into, "found": found, "said_yes": said_yes, "rows": [row for row in rows if row[2]],
        "alone": len([row for row in rows if not row[2]]),
        "groups": described(case, groups_of(ticked(lines_of(case), names))),
    }  # fmt: skip


def _family_yes(request: HttpRequest, case: Case, into: Case) -> HttpResponse:
    mine, theirs = ({one.id for one in facts_of(each).facts} for each in (case, into))
    asked = {name.removeprefix("pair-"): value for name, value in request.POST.items() if name.startswith("pair-")}
    pairs = [(one, other) for one, other in asked.items() if one in mine and other in theirs]
    chosen = {one.name for one in lines_of(case)} & set(request.POST.getlist("show"))
    try:
        found = propose(case, into, by=case.reader)
        family_agrees(found, by=case.reader, pairs=pairs, chosen=chosen)
    except Refused as refused:
        say_refused(request, refused)
        return redirect("web:merge", case_id=case.pk)
    messages.success(request, _("You said yes. Now the school looks at it. Nothing has changed yet."))
    return redirect("web:child", case_id=case.pk)


def _school(request: HttpRequest, case: Case, found: Merging | None) -> HttpResponse:
    if found is None or not found.family_yes:
        return render(request, "pages/joining/merge_which.html", {"case": case, "is_school": True, "found": found})
    if found.into_id != case.pk:
        raise Http404("This is not the school's case.")
    if request.method == "POST":
        try:
            put_together(found, by=case.reader, seen=request.POST.get("seen", ""))
        except Refused as refused:
            say_refused(request, refused)
            return redirect("web:merge", case_id=case.pk)
        messages.success(request, _("The two cases are one now. Both accounts of everything are kept."))
        return redirect("web:child", case_id=case.pk)
    source = found.source
    source.reader = family_reader(found)
    seen = preview(source, case, found)
    context = {
        "case": case, "found": found, "pairs": [(one, other, name_of(one)) for one, other in seen.pairs],
        "alone": [(one, name_of(one)) for one in seen.alone], "groups": described(case, groups_of(seen.lines)),
    }  # fmt: skip
    return render(request, "pages/joining/merge_school.html", context)


def name_of(fact: Fact) -> str:
    """How a page calls a kind of fact."""
    kind = vocabulary().kinds.get(fact.kind)
    return page_tongue().text(kind.name if kind else fact.kind)


urlpatterns = [path("case/<uuid:case_id>/merge/", merge, name="merge")]
