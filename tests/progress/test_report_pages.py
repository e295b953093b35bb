"""The pages of progress reports: a school writes and sends, a family reads, asks, and sees when the next one comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from gameplan.cases.drafts import kept
from gameplan.cases.models import Case
from gameplan.exchange.doorway import export_for, import_for
from gameplan.notices.doors import deliveries_of
from gameplan.notices.language import wish
from gameplan.notices.shelf import paper_of
from gameplan.progress.measuring import note_point
from gameplan.progress.models import Measure, ProgressReport
from gameplan.web.forms.report import name_of
from gameplan.web.views.progress_reports import SCREEN
from tests.progress.conftest import Begin, Opened, person_named
from tests.shared import run_shared
from tests.sides import Sides, alone, browser_of

Ask = Callable[..., tuple[int, str]]
WORDS = "She reads more words."


@pytest.fixture(autouse=True)
def accounts(settings: Settings, tmp_path: Path) -> None:
    run_shared(settings, tmp_path)


@pytest.fixture
def measured(planned: Case, begin: Begin, opened: Opened) -> Measure:
    made = begin()
    for week in range(9):
        day = date(2025, 9, 12) + timedelta(weeks=week)
        note_point(made, by=opened("tess").reader, on=day, data={"correct": 42 + week, "seconds": 60})
    return made


@pytest.fixture
def ask(case: Case) -> Ask:
    """The status and the page that somebody gets at an address of the case; with values it is sent."""

    def ask_it(name: str, at: str, **told: object) -> tuple[int, str]:
        browser, place = browser_of(person_named(name)), f"/case/{case.pk}/{at}"
        answer = browser.post(place, told) if told else browser.get(place)
        return answer.status_code, answer.content.decode()

    return ask_it


def sheet(words: str = WORDS, **more: object) -> dict[str, object]:
    told = {"since": "2025-09-29", "on": "2025-11-14", "lang": "en", name_of("g1", "en"): words, "do": "send"}
    return {**told, **more}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_teacher_writes_one_and_the_family_reads_it(measured: Measure, ask: Ask) -> None:
    status, page = ask("tess", "progress-reports/write/")
    assert status == 200
    for said in ("Goal 1: Reading", "Off track", "Results: 6.", 'value="2025-09-29"', 'value="2025-11-14"'):
        assert said in page
    key = hidden(page, "form_key")
    status, page = ask("tess", "progress-reports/write/", **sheet("", form_key=key))
    assert (status, "Your own words are missing." in page) == (422, True)
    assert hidden(page, "form_key") == key
    for _time in range(2):
        assert ask("tess", "progress-reports/write/", **sheet(form_key=key))[0] == 302
    assert ProgressReport.objects.count() == 1
    for name in ("rosa", "tess", "ada"):
        status, page = ask(name, "progress-reports/1/")
        assert status == 200
        assert WORDS in page
        assert "<svg" in page
        assert ("Write one that puts this right" in page) == (name == "tess")
    status, page = ask("rosa", "progress/")
    assert "From September 29, 2025 to November 14, 2025" in page
    assert "The first report on this plan came on November 14, 2025." in page


def test_looking_and_keeping_send_nothing(measured: Measure, ask: Ask, opened: Opened) -> None:
    told = sheet(do="look", since="2025-10-20")
    status, page = ask("tess", "progress-reports/write/", **told)
    assert status == 200
    assert "Results: 3." in page
    assert WORDS in page
    assert ask("tess", "progress-reports/write/", **sheet(do="keep"))[0] == 302
    assert WORDS in ask("tess", "progress-reports/write/")[1]
    assert WORDS not in ask("kim", "progress-reports/write/")[1]
    assert not ProgressReport.objects.exists()
    assert ask("tess", "progress-reports/write/", **sheet())[0] == 302
    assert kept(opened("tess").reader, SCREEN, opened("tess")) == {}


def test_what_came_in_meanwhile_is_shown_first(measured: Measure, ask: Ask, opened: Opened) -> None:
    seen = hidden(ask("tess", "progress-reports/write/")[1], "seen")
    note_point(measured, by=opened("tess").reader, on=date(2025, 11, 14), data={"correct": 60, "seconds": 60})
    status, page = ask("tess", "progress-reports/write/", **sheet(seen=seen))
    assert (status, "Something new was written down" in page) == (422, True)
    assert ask("tess", "progress-reports/write/", **sheet(seen=hidden(page, "seen")))[0] == 302


def test_it_goes_out_in_the_language_of_the_family(measured: Measure, ask: Ask, opened: Opened) -> None:
    rosa = opened("rosa")
    wish(rosa, by=rosa.reader, person=rosa.reader.id, papers="es", meetings="es", on=date(2025, 11, 14))
    page = ask("tess", "progress-reports/write/")[1]
    assert name_of("g1", "es") in page
    told = sheet(lang="es", **{name_of("g1", "es"): "Lee más palabras."})
    assert ask("tess", "progress-reports/write/", **told)[0] == 302
    assert ProgressReport.objects.get().lang == "es"
    assert "Lee más palabras." in ask("rosa", "progress-reports/1/?lang=es")[1]
    assert WORDS in ask("rosa", "progress-reports/1/?lang=en")[1]


def test_the_pdf_is_there_in_both_languages(measured: Measure, ask: Ask, case: Case) -> None:
    ask("tess", "progress-reports/write/", **sheet())
    browser = browser_of(person_named("rosa"))
    for lang, status in (("en", 200), ("es", 200), ("fr", 404)):
        answer = browser.get(f"/case/{case.pk}/progress-reports/1/{lang}.pdf")
        assert answer.status_code == status
        assert status == 404 or answer.content[:5] == b"%PDF-"


def test_one_is_put_right_by_another(measured: Measure, ask: Ask) -> None:
    ask("tess", "progress-reports/write/", **sheet())
    page = ask("kim", "progress-reports/write/?replaces=1")[1]
    assert "Put report number 1 right" in page
    assert WORDS in page
    assert ask("kim", "progress-reports/write/", **sheet("Put right.", replaces=1))[0] == 302
    assert "A later report takes the place of this one." in ask("rosa", "progress-reports/1/")[1]
    assert "This report takes the place of report number 1." in ask("rosa", "progress-reports/2/")[1]
    assert "Report number 2 takes its place." in ask("rosa", "progress/")[1]


@pytest.mark.parametrize("name", ["rosa", "ada"])
def test_a_family_and_an_aide_write_none(measured: Measure, ask: Ask, name: str) -> None:
    assert ask(name, "progress-reports/write/")[0] == 403
    assert ask(name, "progress-reports/write/", **sheet())[0] == 403
    page = ask(name, "progress/")[1]
    assert "Write a progress report" not in page
    assert ("Ask for the report" in page) == (name == "rosa")
    assert ask(name, "progress-reports/1/")[0] == 404


def test_before_the_first_the_page_says_when_it_comes(planned: Case, ask: Ask) -> None:
    page = ask("rosa", "progress/")[1]
    assert "The next report comes when the plan says." in page
    assert "No report was sent here yet." in page
    assert "A report came on paper: write it down" in page


def test_a_school_in_which_no_plan_is_in_force_is_told(case: Case, ask: Ask) -> None:
    assert "No plan is in force on the last day." in ask("tess", "progress-reports/write/")[1]
    status, page = ask("tess", "progress-reports/write/", **sheet())
    assert (status, "No plan was in force on that day." in page) == (422, True)


def test_words_that_were_changed_elsewhere_are_said_to_be(measured: Measure, ask: Ask) -> None:
    ask("tess", "progress-reports/write/", **sheet())
    ProgressReport._base_manager.update(text="Something else")
    assert "something was changed" in ask("rosa", "progress-reports/1/")[1]
    ProgressReport._base_manager.update(content={})
    page = ask("rosa", "progress-reports/1/")[1]
    assert "Something else" in page
    assert "The results as pictures" not in page


def test_it_can_be_delivered_with_proof_and_the_delivery_travels(
    measured: Measure, ask: Ask, opened: Opened, case: Case
) -> None:
    ask("tess", "progress-reports/write/", **sheet())
    rosa = opened("rosa")
    told = {"to": rosa.reader.id, "how": "by-hand", "on": "2025-11-14", "handed_by": "Kim"}
    assert ask("kim", "send/report:1/", **told)[0] == 302
    assert set(paper_of(rosa, "report:1").hashes) == {"en", "es"}
    assert [one.about for one in deliveries_of(opened("rosa"))] == ["report:1"]
    content = export_for(rosa.reader, rosa.pk)
    again = import_for(person_named("rosa").acting_as("parent"), content)
    assert export_for(again.reader, again.pk) == content


def test_a_family_alone_writes_none_and_can_ask(sides: Sides) -> None:
    rosa = sides.family()
    case = alone(rosa)
    browser = browser_of(rosa)
    assert browser.get(f"/case/{case.pk}/progress-reports/write/").status_code == 403
    assert browser.get(f"/case/{case.pk}/progress/").status_code == 200
