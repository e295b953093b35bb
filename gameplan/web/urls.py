"""Every address of the pages, by the part of the program it belongs to."""

from __future__ import annotations

from django.urls import URLPattern

from gameplan.web.views import (
    amend,
    calendar,
    child,
    choose_time,
    consent_answering,
    consent_asking,
    consents,
    facts,
    front,
    invited,
    keep,
    law,
    law_calculator,
    letters,
    meetings,
    people,
    plan_life,
    plan_papers,
    plan_reading,
    plan_writing,
    plans,
    record,
    sign_on_screen,
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
    *consents.urlpatterns,
    *consent_asking.urlpatterns,
    *consent_answering.urlpatterns,
    *sign_on_screen.urlpatterns,
    *tell.urlpatterns,
    *calendar.urlpatterns,
    *keep.urlpatterns,
    *people.urlpatterns,
    *invited.urlpatterns,
    *record.urlpatterns,
    *amend.urlpatterns,
    *law_calculator.urlpatterns,
    *law.urlpatterns,
]
