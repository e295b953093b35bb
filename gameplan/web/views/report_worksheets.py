"""The worksheets of B-11, B-12 and B-13 of a place, with the children behind each number."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core.words import Say
from gameplan.reports.counting.reporting_year import ReportingYear
from gameplan.reports.doors import children_named, report_place

if TYPE_CHECKING:
    from gameplan.audit.indicators.meanings import Section
    from gameplan.reports.worksheets import Worksheets

NAMES = {
    "b11": _("B-11: first evaluations in time"),
    "b12": _("B-12: from early intervention to school"),
    "b13": _("B-13: planning for life after school"),
}
NEEDED = ("numpy", "pyarrow", "numba")


@require_GET
def report_worksheet(request: HttpRequest, place_id: UUID, sheet: str) -> HttpResponse:
    """One worksheet for a school year (`?year=2025-26`); with `?column=` the children behind that number."""
    here = report_place(person_of(request), place_id)
    if sheet not in NAMES:
        raise Http404("There is no such worksheet.")
    year = _year(request.GET.get("year", ""))
    about: dict[str, object] = {
        "place": here,
        "name": NAMES[sheet],
        "sheet": sheet,
        "sheets": NAMES.items(),
        "year": year,
    }
    if any(find_spec(one) is None for one in NEEDED):
        return render(request, "pages/reports/worksheet.html", {**about, "lacks": True})
    found = _worksheets(place_id, year)
    column = request.GET.get("column", "")
    if found is not None and column:
        lines = {case: one for case, one in found.behind(sheet) if one.column == column}
        named = children_named(here.person, list(lines))
        about |= {"column": column, "children": [(case, lines[case.pk]) for case in named]}
    about |= _numbers(sheet, found) if found else {}
    return render(request, "pages/reports/worksheet.html", about)


def _worksheets(place_id: UUID, year: ReportingYear) -> Worksheets | None:
    """The worksheets; None for a place without children."""
    from gameplan.audit.indicators import NothingToCount
    from gameplan.reports.worksheets import worksheets

    try:
        return worksheets(place_id, year, today())
    except NothingToCount:
        return None


def _numbers(sheet: str, found: Worksheets) -> dict[str, object]:
    """The section in words, each number with its value and whether children stand behind it, and the reasons."""
    from gameplan.audit.indicators.meanings import CHILD_FIND, EARLY_CHILDHOOD, TRANSITION
    from gameplan.audit.indicators.report import percent_words
    from gameplan.reports.worksheets import REASONS, TABLES

    section = {"b11": CHILD_FIND, "b12": EARLY_CHILDHOOD, "b13": TRANSITION}[sheet]
    whole = found.found.whole(TABLES[sheet])
    linked = {one.column for _case, one in found.behind(sheet)}
    numbers = [(one, getattr(whole, one.field), one.field in linked) for one in section.numbers]
    reasons = [row for row in found.found.rows[REASONS] if row.state == "all"] if sheet == "b11" else []
    percents = [percent_words(getattr(whole, low), getattr(whole, high)) for low, high in _percents(section)]
    notes = [Say(one.text, {"range": percents[-1]}) for one in section.notes]
    return {"section": section, "numbers": numbers, "reasons": reasons, "percent": percents[0], "notes": notes}


def _percents(section: Section) -> Iterator[tuple[str, str]]:
    """The fields of the percentage of a worksheet, lowest and highest; for B-11 also of that of everybody."""
    yield section.percent
    if section.notes:
        yield "percent_of_all_lowest", "percent_of_all_highest"


def _year(told: str) -> ReportingYear:
    """The year that is asked for; the last one that is over where it is none."""
    try:
        return ReportingYear.named(told)
    except ValueError:
        return ReportingYear(ReportingYear.around(today()).start - 1)


urlpatterns = [
    path("places/<uuid:place_id>/reports/worksheets/<slug:sheet>/", report_worksheet, name="report-worksheet"),
]
