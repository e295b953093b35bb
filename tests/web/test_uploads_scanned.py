"""A file with a virus is kept by no page and no program; while nobody can tell, nothing else stops."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from tests.stand_in_clamd import VIRUS, Way, clamd
from tests.web.test_tell import home as home_client

home = home_client
SAID = {"on": "2025-09-03", "said_by": "parent", "note": "They asked on the phone."}


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


def tell(home: Client, case: Case, content: bytes = b"") -> tuple[int, str]:
    """Status and page after telling something, with a paper if its bytes are given."""
    paper = {"paper": SimpleUploadedFile("a.pdf", b"%PDF-1.7 " + content)} if content else {}
    answer = home.post(reverse("web:add-fact", args=(case.pk, "concern-raised")), {**SAID, **paper})
    return answer.status_code, answer.content.decode()


def kept(case: Case) -> tuple[int, int]:
    told = facts_of(case)
    return len(told.facts), len(told.attachments)


def test_a_virus_is_refused_with_the_form_as_it_was_typed(case: Case, home: Client, settings: Settings) -> None:
    with clamd() as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        status, page = tell(home, case, VIRUS)
        assert (status, kept(case)) == (422, (0, 0))
        assert "found something harmful" in page
        assert SAID["note"] in page
        assert tell(home, case, b"a plain paper")[0] == 302
    assert kept(case) == (1, 1)
    assert [one[:8] for one in scanner.files] == [b"%PDF-1.7"] * 2


def test_without_an_answer_no_file_comes_in_and_all_else_goes_on(case: Case, home: Client, settings: Settings) -> None:
    with clamd(Way.SAYS_NOTHING) as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        status, page = tell(home, case, b"a plain paper")
        assert (status, kept(case)) == (422, (0, 0))
        assert "cannot be taken in just now" in page
        assert SAID["note"] in page
        assert tell(home, case)[0] == 302
    assert kept(case) == (1, 0)


def test_a_whole_case_goes_through_it_before_it_is_opened(case: Case, home: Client, settings: Settings) -> None:
    with clamd() as scanner:
        settings.GAMEPLAN_VIRUS_SCANNER = scanner.address
        answer = home.post(reverse("web:import"), {"file": SimpleUploadedFile("case.zip", b"PK" + VIRUS)})
    assert answer.status_code == 422
    assert "found something harmful" in answer.content.decode()
