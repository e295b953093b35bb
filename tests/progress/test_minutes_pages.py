"""The pages of minutes: both sides read the same, a session is two taps, and a slip is put right."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.core import facts
from gameplan.progress.models_minutes import ServiceLog
from tests.progress.conftest import person_named
from tests.sides import browser_of

SPEECH = "iep:related-services/r1"


@pytest.fixture
def sam(planned: Case) -> Client:
    return browser_of(person_named("sam"))


def at(case: Case, name: str, *more: object) -> str:
    return reverse(f"web:{name}", args=[case.pk, *more])


def note(browser: Client, case: Case, **more: object) -> int:
    told = {"service": SPEECH, "on": "2025-11-12", "what": "delivered", "minutes": 30, **more}
    return browser.post(at(case, "log-session"), told).status_code


def test_both_sides_read_the_same_sentence(planned: Case, sam: Client) -> None:
    assert note(sam, planned) == 302
    for name in ("sam", "rosa", "ada"):
        page = browser_of(person_named(name)).get(at(planned, "minutes")).content.decode()
        assert "30 given, 0 missed, " in page
        assert "of which nobody wrote down whether they were given" in page


def test_two_taps_note_a_session(planned: Case, sam: Client) -> None:
    page = sam.get(at(planned, "minutes")).content.decode()
    link = f"{at(planned, 'log-session')}?service=iep%3Arelated-services/r1&amp;what=delivered&amp;minutes=30"
    assert link in page
    form = sam.get(link.replace("&amp;", "&")).content.decode()
    assert 'value="30"' in form
    assert note(sam, planned, on="2025-11-14") == 302
    assert ServiceLog.objects.get().on == date(2025, 11, 14)


def test_every_fault_stands_beside_its_field(planned: Case, sam: Client) -> None:
    told = {"service": SPEECH, "on": "2025-11-20", "what": "missed", "minutes": 30}
    answer = sam.post(at(planned, "log-session"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why it was missed." in page
    assert "This day has not come yet." in page
    assert not ServiceLog.objects.exists()


def test_a_slip_is_put_right_and_taken_back(planned: Case, sam: Client) -> None:
    note(sam, planned)
    first = ServiceLog.objects.get()
    told = {"service": SPEECH, "on": "2025-11-12", "what": "missed", "minutes": 30, "reason": "child-absent"}
    assert sam.post(at(planned, "session", first.number), told).status_code == 302
    page = sam.get(at(planned, "minutes")).content.decode()
    assert "30 minutes missed: the child was absent." in page
    assert sam.get(at(planned, "session", first.number)).status_code == 404
    last = ServiceLog.objects.order_by("number").last()
    assert last
    assert sam.post(at(planned, "withdraw-session", last.number)).status_code == 302
    assert "the child was absent" not in sam.get(at(planned, "minutes")).content.decode()


def test_a_mother_notes_an_account_of_her_own(planned: Case, sam: Client) -> None:
    note(sam, planned)
    rosa = browser_of(person_named("rosa"))
    assert "It changes no number" in rosa.get(at(planned, "log-session")).content.decode()
    assert note(rosa, planned, what="missed", reason="provider-absent") == 302
    for browser in (rosa, sam):
        assert "The numbers follow the school." in browser.get(at(planned, "minutes")).content.decode()
    theirs = ServiceLog.objects.get(side="family")
    assert sam.post(at(planned, "withdraw-session", theirs.number)).status_code == 403


@pytest.mark.parametrize(("lang", "said"), [("en", "less was given than promised"), ("es", "se dio menos de lo")])
def test_a_service_that_falls_short_fills_in_the_letter_about_it(
    planned: Case, sam: Client, lang: str, said: str
) -> None:
    for on in ("2025-10-28", "2025-10-30", "2025-11-04", "2025-11-06"):
        assert note(sam, planned, on=on, what="missed", reason="provider-absent") == 302
    rosa = browser_of(person_named("rosa"))
    letter = at(planned, "write", "missed-services")
    assert f'href="{letter}"' in rosa.get(at(planned, "minutes")).content.decode()
    assert said in rosa.get(f"{letter}?lang={lang}").content.decode()
    assert letter not in sam.get(at(planned, "minutes")).content.decode()


def test_the_facts_are_read_once_for_all_minutes(planned: Case, sam: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    note(sam, planned)
    asked: list[Case] = []

    def noted(case: Case) -> facts.Case:
        asked.append(case)
        return facts_of(case)

    for module in ("gameplan.progress.minutes", "gameplan.planning.events"):
        monkeypatch.setattr(f"{module}.facts_of", noted)
    for name in ("minutes", "log-session"):
        asked.clear()
        assert sam.get(at(planned, name)).status_code == 200
        assert len(asked) == 1
