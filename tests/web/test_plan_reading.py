"""Reading a plan as a page: everything of the paper is there, nothing typed becomes markup, comments are kept."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings

from gameplan.cases.doors import case_for
from gameplan.cases.people import HOME
from gameplan.config.links import new_token
from gameplan.planning.doors import plan_of, remarks_of, standing_of
from gameplan.planning.models import Version, Written
from gameplan.planning.samples import load_samples
from gameplan.plans.rich import blocks
from gameplan.plans.sheets import Sheet, sheet_of
from gameplan.plans.sheets.sheet import Passage, SignHere, Words, texts_of
from gameplan.tongues import tongue
from gameplan.web.plans.reading import sheet_html


class Said(HTMLParser):
    """The words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.fixture
def home(settings: Settings, client: Client) -> Client:
    """The household's browser."""
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    return client


@pytest.fixture
def plan(db: None) -> Written:
    """Diego's newest plan."""
    load_samples(HOME, date(2025, 11, 3), "en")
    return Written.objects.filter(case__child_name="Diego Morales", form_id__startswith="iep").latest("id")


def test_all_that_stands_on_the_paper_stands_on_the_page(plan: Written) -> None:
    sheet = sheet_of(standing_of(plan).plan, "iep", tongue("en"), on=date(2025, 11, 3))
    page = " ".join(Said(sheet_html(sheet)).words)
    for part in sheet.parts:
        if not isinstance(part, SignHere):
            for text in texts_of(part):
                assert all(word in page for word in text.split())


def test_nothing_that_was_typed_becomes_markup() -> None:
    typed = 'a <script>alert("1")</script> & **bold** *soft*\nsecond'
    sheet = Sheet(
        "iep", "", "", "en", date(2025, 1, 1), "", "", "", "", "", ("", ""), (Words(Passage(tuple(blocks(typed)))),)
    )
    page = sheet_html(sheet)
    assert escape('<script>alert("1")</script>') in page
    assert "<strong>bold</strong>" in page
    assert "<script>" not in page


def test_the_pages_show_plan_and_version_and_keep_a_comment(plan: Written, home: Client) -> None:
    at = (plan.case_id, plan.plan_id)
    page = home.get(reverse("web:read-plan", args=at))
    assert page.status_code == 200
    assert home.get(reverse("web:read-plan", args=at) + "?as=plain").status_code == 200
    assert home.get(reverse("web:read-plan", args=at) + "?as=nothing").status_code == 404
    number = Version.objects.filter(plan=plan).latest("id").number
    assert home.get(reverse("web:read-version", args=(*at, number))).status_code == 200
    told = {"form_key": str(uuid4()), "section": plan.form.sections[1].id, "text": "Is this enough?"}
    for _again in range(2):
        assert home.post(reverse("web:comment-plan", args=at), told).status_code == 302
    found = plan_of(case_for(HOME, plan.case_id), plan.plan_id)
    assert [one.text for one in remarks_of(found)] == ["Is this enough?"]
