"""The pages of a request to change the record, walked by a family that keeps its file alone, and by the two sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import amending, verbs
from gameplan.cases.models import Case
from gameplan.cases.models_records import Amendment, AmendmentStep
from gameplan.cases.people import HOME
from gameplan.config.links import new_token
from gameplan.core.facts import Child
from gameplan.people.models import User
from gameplan.web.views import amend as views

ON = "2025-10-01"


@pytest.fixture
def home(client: Client, settings: Settings, db: None) -> Client:
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    return client


@pytest.fixture
def key() -> UUID:
    """A case in which the school told of a meeting."""
    case = verbs.start_case(HOME, child=Child(name="Ana", state="TX"))
    verbs.record_fact(case, by=HOME, kind="meeting-held", on=date(2025, 9, 3), said_by="school")
    return case.pk


def page(home: Client, name: str, *where: object) -> str:
    return home.get(reverse(name, args=where)).content.decode()


def test_from_the_fact_to_the_statement(home: Client, key: UUID) -> None:
    ask = reverse("web:amend-ask", args=[key])
    assert f"{ask}?about=fact:f1" in page(home, "web:fact", key, "f1")
    assert 'value="fact:f1" selected' in home.get(ask, {"about": "fact:f1"}).content.decode()
    told = {"about": "fact:f1", "wrong": "We were not there.", "should": "Take it out.", "on": ON}
    answer = home.post(ask, told)
    assert answer["Location"] == reverse("web:amendment", args=[key, 1])
    one = page(home, "web:amendment", key, 1)
    assert "The school must answer in a reasonable time." in one
    steps = {"web:amend-answer": ("refused", "hearing-held", "hearing-refuses"), "web:amend-go-on": ("hearing-asked",)}
    for kind in ("refused", "hearing-asked", "hearing-held", "hearing-refuses", "statement"):
        name = "web:amend-answer" if kind in steps["web:amend-answer"] else "web:amend-go-on"
        home.post(reverse(name, args=[key, 1]), {"step": kind, "on": ON, "text": "My <own> words."})
    one = page(home, "web:amendment", key, 1)
    assert [step.kind for step in AmendmentStep.objects.all()][-1] == "statement"
    assert "statement-about-the-record.txt" in one
    assert "My &lt;own&gt; words." in one
    assert "The hearing decided: the record stays." in page(home, "web:amendments", key)


def test_what_is_missing_is_said_on_the_form(home: Client, key: UUID) -> None:
    answer = home.post(reverse("web:amend-ask", args=[key]), {"about": "fact:f9", "on": "2125-01-01"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Write it here.") == 4
    assert not Amendment.objects.exists()


def test_a_day_that_has_not_come_is_refused(home: Client, key: UUID) -> None:
    told = {"about": "", "wrong": "It is not true.", "should": "Take it out.", "on": "2125-01-01"}
    answer = home.post(reverse("web:amend-ask", args=[key]), told)
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()


def test_a_step_that_lacks_its_words_stays_open(home: Client, key: UUID) -> None:
    home.post(reverse("web:amend-ask", args=[key]), {"wrong": "It is not true.", "should": "Take it out.", "on": ON})
    answer = home.post(reverse("web:amend-answer", args=[key, 1]), {"step": "refused", "on": ON})
    assert answer.status_code == 422
    assert '<details class="sheet" open>' in answer.content.decode()


def test_a_step_that_does_not_follow_leads_back(home: Client, key: UUID) -> None:
    home.post(reverse("web:amend-ask", args=[key]), {"wrong": "It is not true.", "should": "Take it out.", "on": ON})
    answer = home.post(reverse("web:amend-go-on", args=[key, 1]), {"step": "statement", "on": ON}, follow=True)
    assert "This step does not follow here any more." in answer.content.decode()


def test_each_side_is_offered_its_own_steps(settings: Settings, family: Case, school_side: Case) -> None:
    settings.GAMEPLAN_SHARED = True
    today = date(2025, 10, 2)
    fact = verbs.record_fact(
        school_side, by=school_side.reader, kind="meeting-held", on=date(2025, 9, 3), said_by="school"
    )  # fmt: skip
    about = f"fact:{fact.fact_id}"
    amending.ask(family, by=family.reader, on=today, today=today, about=about, wrong="No.", should="Yes.")

    def asked(view: Callable[..., HttpResponse], name: str, **more: int) -> str:
        request = RequestFactory().get("/")
        request.user = User.objects.get(name=name)
        return view(request, family.pk, **more).content.decode()

    assert "The family waits for an answer." in asked(views.amendment, "Hill", number=1)
    assert "The school says no" in asked(views.amendment, "Hill", number=1)
    assert "<form" not in asked(views.amendment, "Rosa Lopez", number=1).split("<h1>")[1]
    assert "<form" not in asked(views.amendment, "Ortiz", number=1).split("<h1>")[1]
    assert "Ask for a change" in asked(views.requests, "Rosa Lopez")
    assert "Ask for a change" not in asked(views.requests, "Hill")
    with pytest.raises(PermissionDenied):
        asked(views.ask, "Hill")
