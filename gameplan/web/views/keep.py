"""Keeping it: the dates for one's own calendar, the whole case as one file, bringing one in, deleting for good."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.cases.verbs import delete_case
from gameplan.exchange.deadlines_ics import deadlines_ics
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.downloads import download
from gameplan.web.forms.uploads import UploadField
from gameplan.web.sides import Reading
from gameplan.web.standings import opened
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])
LARGEST_IMPORT = 200 * 1024 * 1024


class ImportForm(forms.Form):
    """The file of a case that was saved before."""

    file = UploadField(label=gettext_lazy("The saved case (.zip)"))


class DeleteForm(forms.Form):
    """A tick that says: yes, all of it."""

    sure = forms.BooleanField(label=gettext_lazy("Yes, delete all of it for good"))


@require_GET
def keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Three things to do with a whole case: take the dates, take everything, delete everything."""
    viewed = opened(request, case_id)
    context = {"case": viewed.case, "told": viewed.told, "reading": Reading(viewed.case)}
    return render(request, "pages/keep/keep.html", context)


@require_GET
def dates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The dates as a file for one's own calendar. The child's name is left out."""
    viewed = opened(request, case_id)
    content = deadlines_ics(
        viewed.standing,
        case_id=str(case_id),
        tongue=page_tongue(),
        on=viewed.standing.on,
        sequence=viewed.case.revision,
    )
    return download(content, "text/calendar; charset=utf-8", f"gameplan-dates-{today()}.ics")


@require_GET
def whole(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole case as one zip."""
    content = export_for(person_of(request), case_id)
    return download(content, "application/zip", f"gameplan-case-{today()}.zip")


@GET_OR_POST
def delete(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Delete everything for good, after asking."""
    viewed = opened(request, case_id, to=Action.DELETE)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        delete_case(viewed.case, by=viewed.case.reader)
        messages.success(request, _("Deleted for good. Nothing of this case is left here."))
        return redirect("web:front")
    context = {"case": viewed.case, "told": viewed.told, "form": form}
    return render(request, "pages/keep/delete.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in a case that was saved before: all of it, or nothing and every reason why not."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST_IMPORT:
                form.add_error("file", _("This file is too large to be a saved case."))
            else:
                case = import_for(person_of(request), upload.read())
                messages.success(request, _("The case is here, just as it was saved."))
                return redirect("web:child", case_id=case.pk)
        except (ExchangeError, Refused) as error:
            for fault in error.faults:
                form.add_error(None, f"{fault.where}: {fault.what} {fault.mend}")
    return render(request, "pages/keep/import.html", {"form": form}, status=422 if form.errors else 200)


urlpatterns = [
    path("import/", bring_in, name="import"),
    path("case/<uuid:case_id>/keep/", keep, name="keep"),
    path("case/<uuid:case_id>/keep/dates.ics", dates, name="dates"),
    path("case/<uuid:case_id>/keep/case.zip", whole, name="zip"),
    path("case/<uuid:case_id>/keep/delete/", delete, name="delete"),
]
