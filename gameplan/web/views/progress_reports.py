"""Progress reports: writing one, reading one as it was sent, and its PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases import drafts
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.measures.report_sheet import parts_of_goal, sheet_of_report
from gameplan.measures.reports import Goal, Report
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.plans.sheets.sheet import Part, TablePart
from gameplan.progress.report_content import Asked, digest_seen, report_of, usual_days, wished
from gameplan.progress.reporting import (
    Sent,
    day_faults,
    own_report,
    pdf_of,
    report_numbered,
    send_report,
    standing_reports,
)  # fmt: skip
from gameplan.tongues import LANGUAGES
from gameplan.web.delivered import language_name
from gameplan.web.downloads import download
from gameplan.web.forms.report import KEEP, LOOK, ReportForm, day_in, name_of
from gameplan.web.plans.reading import parts_html, sheet_html
from gameplan.web.progress.reports import lines_of, pictured
from gameplan.web.sides import Reading
from gameplan.web.templatetags.look import page_tongue

SCREEN = "progress-report"
NOT_KEPT = ("csrfmiddlewaretoken", "seen", "do", "since", "on")
"""What is not kept with a draft: above all the days, which are other ones when somebody comes back."""


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a report: what is known stands there, own words are added; looking and keeping send nothing."""
    case = case_for(person_of(request), case_id, to=Action.PLAN)
    own_report(case.reader)
    does = request.POST.get("do", "")
    desk = _Desk.opened(case, request)
    if request.method == "POST":
        _keep_words(case, request)
        if does == KEEP:
            messages.success(request, _("Kept. Nobody but you sees it until you send it."))
            return redirect("web:progress", case_id=case_id)
        number = 0 if does == LOOK else _sent(case, desk)
        if number:
            messages.success(request, _("The report is sent, and stands here for the family."))
            return redirect("web:progress-report", case_id=case_id, number=number)
    status = 422 if desk.form.errors and does != LOOK else 200
    return render(request, "pages/progress/write_report.html", desk.context(), status=status)


@require_GET
def report(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """A report as it was sent, in the language of the page or the one that is asked for."""
    case = case_for(person_of(request), case_id)
    sent = report_numbered(case, number)
    lang = _lang_of(sent, request.GET.get("lang", ""))
    sheet = sent.sheet(lang)
    line = next(one for one in lines_of(case, facts_of(case).facts) if one.row.number == number)
    context = {
        "case": case, "reading": Reading(case), "sent": sent, "line": line, "sheet": sheet, "lang": lang,
        "body": sheet_html(sheet) if sheet else "", "sends": Action.OFFER in case.can and Reading(case).is_joined,
        "writes": Action.PLAN in case.can and not Reading(case).is_family and not line.replaced_by,
        "languages": [(one, language_name(one)) for one in sent.sheets] or [(sent.row.lang, line.language)],
        "pictures": [pictured(series, sent.row.on) for _goal, series, _status in sent.series],
        "about": f"report:{number}",
    }  # fmt: skip
    return render(request, "pages/progress/report.html", context)


@require_GET
def report_pdf(request: HttpRequest, case_id: UUID, number: int, lang: str) -> HttpResponse:
    """The PDF of a report: as it was sent, or of the same frozen paper in another language."""
    case = case_for(person_of(request), case_id)
    sent = report_numbered(case, number)
    try:
        content = pdf_of(sent, lang)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect("web:progress-report", case_id=case_id, number=number)
    return download(content, "application/pdf", f"progress-report-{number}-{lang}.pdf")


@dataclass(frozen=True)
class Written:
    """One goal on the page where a report is written: what is known of it, and the fields for the writer's words."""

    number: int
    goal: Goal
    known: SafeString
    results: SafeString
    fields: list[BoundField] = field(default_factory=list)


@dataclass(frozen=True)
class _Desk:
    """The page where a report is written: the form, and the report as it would be now (None without a plan)."""

    case: Case
    form: ReportForm
    report: Report | None
    replaces: int | None

    @classmethod
    def opened(cls, case: Case, request: HttpRequest) -> _Desk:
        """The page as it is asked for: with what was sent, else with what was kept, else as a new one."""
        start = _start(case, request)
        told: Mapping[str, Any] = request.POST if request.method == "POST" else start
        since, on = _days(case, told)
        lang = str(told.get("lang") or "")
        asked = Asked(since, on, lang if lang in LANGUAGES else "en", replaces=_number(told.get("replaces")))
        found = report_of(case, asked, by=case.reader)
        langs = dict.fromkeys((page_tongue().lang, asked.lang))
        form = ReportForm(
            request.POST if request.method == "POST" else None, goals=found.goals if found else (),
            langs=tuple(langs), initial=start,
        )  # fmt: skip
        return cls(case, form, found, asked.replaces)

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        whole = self.whole()
        paper = sheet_of_report(whole, page_tongue()).parts if whole else ()
        return {
            "case": self.case, "reading": Reading(self.case), "form": self.form, "report": self.report,
            "goals": list(self._goals()), "whole": parts_html(paper, _("The whole report")),
            "wished": wished(self.case), "replaces": self.replaces,
            "seen": digest_seen(self.report) if self.report else "",
        }  # fmt: skip

    def whole(self) -> Report | None:
        """The report with the words as they stand in the form."""
        if self.report is None:
            return None
        said = {name: self.form[name].value() for name in self.form.fields}
        words = self.form.words(said)
        goals = tuple(replace(one, words=words.get(one.id, {})) for one in self.report.goals)
        return replace(self.report, goals=goals)

    def _goals(self) -> Iterable[Written]:
        if self.report is None:
            return
        for number, goal in enumerate(self.report.goals, 1):
            parts = parts_of_goal(self.report, number, page_tongue())
            tables: list[Part] = [one for one in parts if isinstance(one, TablePart)]
            known = [one for one in parts if not isinstance(one, TablePart)]
            yield Written(number, goal, parts_html(known), parts_html(tables), self.form.fields_of(goal.id))


def _sent(case: Case, desk: _Desk) -> int:
    """The number of the report that was sent; 0 if the form says what is wrong."""
    form = desk.form
    if not form.is_valid():
        return 0
    said = form.cleaned_data
    try:
        made = send_report(
            case, by=case.reader, asked=form.asked(), seen=said["seen"], form_key=said["form_key"]
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return 0
    drafts.drop(case.reader, SCREEN, case)
    return made.number


def _keep_words(case: Case, request: HttpRequest) -> None:
    """What was typed is kept, so that nothing is lost; what cannot be kept stays on the page."""
    typed = {name: str(value) for name, value in request.POST.items() if name not in NOT_KEPT}
    try:
        drafts.keep(case.reader, SCREEN, typed, case)
    except Refused as refused:
        messages.error(request, " ".join(f"{one.what} {one.mend}" for one in refused.faults))


def _start(case: Case, request: HttpRequest) -> dict[str, Any]:
    """What a new report begins with: what was kept, or the usual days; or the report that it replaces."""
    number = _number(request.GET.get("replaces"))
    since, on = usual_days(case, today())
    fresh = {"form_key": uuid4(), "since": since, "on": on, "lang": wished(case).lang}
    if number is not None and number in {one.number for one in standing_reports(case)}:
        old = report_numbered(case, number)
        return {
            **fresh, "since": old.row.since, "on": old.row.on, "lang": old.row.lang, "replaces": number,
            **_words_in(old),
        }  # fmt: skip
    kept = drafts.kept(case.reader, SCREEN, case)
    return {**fresh, **{name: value for name, value in kept.items() if value}}


def _words_in(old: Sent) -> dict[str, str]:
    """The writer's words of an earlier report, by the names of the fields."""
    return {name_of(goal, lang): text for goal, words in old.words.items() for lang, text in words.items()}


def _days(case: Case, told: Mapping[str, Any]) -> tuple[date, date]:
    """The days that are asked for, as far as they can be, else the usual ones."""
    since, on = day_in(told.get("since")), day_in(told.get("on"))
    if since and on and not list(day_faults(since, on)):
        return since, on
    return usual_days(case, today())


def _number(raw: object) -> int | None:
    text = str(raw or "")
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _lang_of(sent: Sent, asked: str) -> str:
    """The language to show: the one that is asked for, else that of the page, else the one that it was sent in."""
    wanted = (asked, page_tongue().lang)
    return next((one for one in wanted if one in sent.sheets), sent.row.lang)


urlpatterns = [
    path("case/<uuid:case_id>/progress-reports/write/", write, name="write-report"),
    path("case/<uuid:case_id>/progress-reports/<int:number>/", report, name="progress-report"),
    path("case/<uuid:case_id>/progress-reports/<int:number>/<slug:lang>.pdf", report_pdf, name="progress-report-pdf"),
]
