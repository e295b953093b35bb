"""Every address of the pages, by the part of the program it belongs to."""

from __future__ import annotations

from django.urls import URLPattern

from gameplan.web.views import (
    calendar,
    child,
    choose_time,
    facts,
    front,
    joining,
    joining_school,
    keep,
    law,
    law_calculator,
    letters,
    meetings,
    merging,
    moving,
    plan_life,
    plan_papers,
    plan_reading,
    plan_writing,
    plans,
    tell,
    ways,
    what_if,
)

app_name = "web"
urlpatterns: list[URLPattern] = [
    *front.urlpatterns,
    *child.urlpatterns,
    *ways.urlpatterns,
    *what_if.urlpatterns,
    *facts.urlpatterns,
    *letters.urlpatterns,
    *plans.urlpatterns,
    *plan_writing.urlpatterns,
    *plan_papers.urlpatterns,
    *plan_reading.urlpatterns,
    *meetings.urlpatterns,
    *choose_time.urlpatterns,
    *plan_life.urlpatterns,
    *tell.urlpatterns,
    *calendar.urlpatterns,
    *keep.urlpatterns,
    *joining.urlpatterns,
    *joining_school.urlpatterns,
    *moving.urlpatterns,
    *merging.urlpatterns,
    *law_calculator.urlpatterns,
    *law.urlpatterns,
]
