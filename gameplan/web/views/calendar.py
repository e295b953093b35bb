"""The school calendar: the years that are known, adding one, confirming each line as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.doors import own_years
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.cases.verbs import remove_calendar, save_calendar
from gameplan.core.calendars import Closure, SchoolYear, calendar_of
from gameplan.exchange.calendar_proposal import tidy
from gameplan.exchange.school_calendar import ReadAs, year_doubts
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.story_calendar import CalendarForm, ConfirmForm
from gameplan.web.sides import Reading
from gameplan.web.standings import Viewed, opened
from gameplan.web.story import read_calendar
from gameplan.web.story.path import CALENDAR, story_of
from gameplan.web.story.read_calendar import ReadCalendar, ReadLine
from gameplan.web.templatetags.look import page_tongue

SCHOOL_UNITS = ("school-day", "instructional-day")


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A school year on the page: how many days of school it has; one that is not the case's own is the school's."""

    year: SchoolYear
    school_days: int
    is_own: bool


@require_GET
def calendar(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The school years that are known, what they are good for, and a form to add one."""
    viewed = opened(request, case_id)
    read = read_calendar.kept(viewed.case.reader, viewed.case)
    known = [year.school_year for year in viewed.told.calendars]
    form = CalendarForm(today=today(), known=known, initial=_typed_before(read))
    return _calendar_page(request, viewed, form)


@require_POST
def calendar_read(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Read what was typed, pasted or uploaded, and go on to confirm it."""
    viewed = opened(request, case_id, to=Action.WRITE)
    form = CalendarForm(request.POST, request.FILES, today=today())
    if form.is_valid():
        read = read_calendar.read_calendar(form.cleaned_data, page_tongue().say)
        try:
            read_calendar.keep(viewed.case.reader, viewed.case, read)
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(None, f"{fault.what} {fault.mend}")
        else:
            return redirect(_address(request, "web:calendar-confirm", case_id))
    return _calendar_page(request, viewed, form, status=422)


@require_http_methods(["GET", "POST"])
def calendar_confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every line as it was read, to be confirmed. With `?year=2025-26` a year that is kept already."""
    viewed = opened(request, case_id, to=Action.WRITE)
    person = viewed.case.reader
    if request.method == "GET" and (old := _kept_year(viewed, request.GET.get("year", ""))):
        read_calendar.keep(person, viewed.case, read_calendar.to_change(old))
    read = read_calendar.kept(person, viewed.case)
    if read is None:
        return redirect(_address(request, "web:calendar", case_id))
    form = ConfirmForm(request.POST or None, read=read)
    if request.method == "POST" and form.is_valid() and _save(viewed, person, form):
        messages.success(request, _("The school year is saved. Dates that count school days use it now."))
        return redirect(_address(request, "web:calendar", case_id))
    return _confirm_page(request, viewed, form)


@require_POST
def calendar_remove(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Forget one school year."""
    viewed = opened(request, case_id, to=Action.WRITE)
    remove_calendar(viewed.case, by=viewed.case.reader, school_year=request.POST.get("school_year", ""))
    messages.success(request, _("The school year is removed."))
    return redirect(_address(request, "web:calendar", case_id))


def _save(viewed: Viewed, person: Person, form: ConfirmForm) -> bool:
    """Keep the year as confirmed; False if it was refused."""
    said, read = form.cleaned_data, form.read
    closed = [Closure(first, last, line.name) for line, first, last in form.closed_lines()]
    old = _kept_year(viewed, read.school_year)
    year = read_calendar.year_from(read, said["first_day"], said["last_day"], closed, old)
    try:
        save_calendar(viewed.case, by=person, year=year, source=read.source)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        return False
    read_calendar.drop(person, viewed.case)
    return True


def _calendar_page(request: HttpRequest, viewed: Viewed, form: CalendarForm, *, status: int = 200) -> HttpResponse:
    names = [clock.name for clock in viewed.law.clocks if clock.unit in SCHOOL_UNITS]
    own = own_years(viewed.case)
    years = [
        KnownYear(year, len(calendar_of((year,)).school_days), year.school_year in own)
        for year in viewed.told.calendars
    ]
    context = {
        "case": viewed.case,
        "form": form,
        "years": sorted(years, key=lambda known: known.year.first_day, reverse=True),
        "counted": list(dict.fromkeys(names)),
        "asked": _is_asked(request),
        "reading": Reading(viewed.case),
        "back": story_of(viewed.told, viewed.case, viewed.case.reader).before(CALENDAR),
    }
    return render(request, "pages/calendar/calendar.html", context, status=status)


def _confirm_page(request: HttpRequest, viewed: Viewed, form: ConfirmForm) -> HttpResponse:
    read = form.read
    context = {
        "case": viewed.case,
        "form": form,
        "read": read,
        "unsure": rows_of(form, read.of(ReadAs.UNSURE)),
        "problems": rows_of(form, read.problems),
        "closed": rows_of(form, read.of(ReadAs.CLOSED)),
        "left_out": rows_of(form, read.of(ReadAs.IGNORED, ReadAs.SCHOOL_DAY)),
        "edges": read.of(ReadAs.FIRST_DAY, ReadAs.LAST_DAY),
        "notes": (*read.notes, *doubts(read)),
        "asked": _is_asked(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/calendar/confirm.html", context, status=status)


def rows_of(form: ConfirmForm, lines: tuple[ReadLine, ...]) -> list[dict[str, object]]:
    """Each line with its fields."""
    rows = []
    for line in lines:
        names = (f"line-{line.place}{end}" for end in ("", "-first", "-last"))
        rows.append({"line": line, "fields": [form[name] for name in names if name in form.fields]})
    return rows


def doubts(read: ReadCalendar) -> tuple[str, ...]:
    """What seems odd about the year as it was read."""
    lines = read.of(ReadAs.CLOSED)
    closed = tidy([Closure(line.first, line.last or line.first, line.name) for line in lines if line.first])
    doubts = year_doubts(read.school_year, read.first_day, read.last_day, closed)
    return tuple(page_tongue().say(doubt) for doubt in doubts)


def _kept_year(viewed: Viewed, school_year: str) -> SchoolYear | None:
    return next((year for year in viewed.told.calendars if year.school_year == school_year), None)


def _typed_before(read: ReadCalendar | None) -> dict[str, str | date | None]:
    if read is None or not read.days_off:
        return {}
    return {"school_year": read.school_year, "days_off": read.days_off}


def _is_asked(request: HttpRequest) -> bool:
    """True on the way through the questions."""
    return request.GET.get("from") == "questions"


def _address(request: HttpRequest, name: str, case_id: UUID) -> str:
    address = reverse(name, args=(case_id,))
    return f"{address}?from=questions" if _is_asked(request) else address


urlpatterns = [
    path("case/<uuid:case_id>/calendar/", calendar, name="calendar"),
    path("case/<uuid:case_id>/calendar/read/", calendar_read, name="calendar-read"),
    path("case/<uuid:case_id>/calendar/confirm/", calendar_confirm, name="calendar-confirm"),
    path("case/<uuid:case_id>/calendar/remove/", calendar_remove, name="calendar-remove"),
]
