"""A paper goes out so that nothing in it can run, whoever added it and whatever it says it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.models import Attachment, Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from tests import small_photos as small
from tests.web.test_tell import home as home_client

home = home_client
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00"
WAYS = {
    "a photo": (small.PNG, "image/png", "inline", "a1.png"),
    "a JPEG": (small.JPEG, "image/jpeg", "inline", "a1.jpg"),
    "words": (b"See <script>alert(1)</script>", "text/plain; charset=utf-8", "inline", "a1.txt"),
    "a PDF": (b"%PDF-1.7 /JavaScript", "application/pdf", "attachment", "a1.pdf"),
    "a HEIC photo": (HEIC, "image/heic", "attachment", "a1.heic"),
}


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


def paper(home: Client, case: Case) -> dict[str, str]:
    answer = home.get(reverse("web:paper", args=(case.pk, "a1")))
    assert answer.status_code == 200
    return dict(answer.headers)


@pytest.mark.parametrize("what", WAYS)
def test_each_kind_goes_out_in_its_way(case: Case, home: Client, what: str) -> None:
    content, kind, way, name = WAYS[what]
    verbs.attach(case, by=HOME, name="Ana.x", content=content)
    headers = paper(home, case)
    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"] == f'{way}; filename="{name}"'
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_a_paper_that_says_it_is_a_page_goes_out_as_bytes(case: Case, home: Client) -> None:
    """A row that somebody changed, or that came from an older program."""
    verbs.attach(case, by=HOME, name="a.txt", content=b"words")
    Attachment.objects.update(media_type="text/html")
    headers = paper(home, case)
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")


def test_what_is_saved_runs_nothing_when_it_is_opened(case: Case, home: Client) -> None:
    answer = home.get(reverse("web:zip", args=(case.pk,)))
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment")
