"""A progress report is sent by the school, frozen with its hash, told on the timeline, and says only what was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Case
from gameplan.cases.verbs import record_fact
from gameplan.cases.verifying import verdicts
from gameplan.core.assess import assess
from gameplan.core.facts import standing_facts
from gameplan.core.standing import Duty
from gameplan.exchange.doorway import export_for, import_for
from gameplan.exchange.faults import ExchangeError
from gameplan.law import law_for
from gameplan.notices.language import wish
from gameplan.people.refusals import Refused
from gameplan.progress.doors import reports_of
from gameplan.progress.measuring import Aim, What, decide, note_point
from gameplan.progress.minutes import Session, log_session
from gameplan.progress.models import Measure, ProgressReport
from gameplan.progress.report_content import Asked, digest_seen, report_of, usual_days, wished
from gameplan.progress.reporting import (
    holds_data,
    pdf_of,
    report_numbered,
    send_report,
    sent_of,
    standing_reports,
)  # fmt: skip
from tests.exchange.test_records_travel import changed
from tests.papers.pdf_ua import structure
from tests.progress.conftest import Begin, Opened, person_named

TODAY, START = date(2025, 11, 14), date(2025, 9, 29)
MARKER = "Quillwort"
WORDS = {"g1": {"en": "She reads more words.\n\nWe go on with the readers."}}
Send = Callable[..., ProgressReport]


@pytest.fixture
def measured(planned: Case, begin: Begin, opened: Opened) -> Measure:
    """Nine weeks of results, one a week from September 12 on, one word more each week."""
    made = begin()
    for week in range(9):
        day = date(2025, 9, 12) + timedelta(weeks=week)
        note_point(made, by=opened("tess").reader, on=day, data={"correct": 42 + week, "seconds": 60})
    return made


@pytest.fixture
def send(opened: Opened) -> Send:
    def send_it(name: str = "tess", *, seen: str = "", form_key: Any = None, **more: Any) -> ProgressReport:
        found = opened(name)
        asked = Asked(**{"since": START, "on": TODAY, "words": WORDS, **more})
        return send_report(found, by=found.reader, asked=asked, seen=seen, form_key=form_key)

    return send_it


def duty_of(case: Case, on: date = TODAY) -> Duty:
    told = facts_of(case)
    standing = assess(told, law_for(told.child.state), on=on)
    return next(one for one in standing.duties if one.clock == "progress-reports")


def test_what_was_sent_is_frozen_and_says_what_was_written_down(measured: Measure, send: Send, opened: Opened) -> None:
    decide(measured, by=opened("tess").reader, on=TODAY, does="keep", why="It works.", status="on-track")
    log_session(opened("sam"), by=opened("sam").reader, session=Session("related-services/r1", date(2025, 10, 7), 30))
    row = send()
    text = report_numbered(opened("rosa"), 1).row.text
    for said in (
        "For the days from September 29, 2025 to November 14, 2025", "Goal 1: Reading", "Ana will read aloud.",
        "42 words", "80 words", "She reads more words.", "Results: 6.", "The first, on October 3, 2025: 45 right",
        "The last, on November 7, 2025: 50 right", "The middle one: 47.5 right a minute.", "From results on 9 days",
        "Go on as it is. It works.", "October 10, 2025", "Tess · Special education teacher", "Speech",
        "SHA-256",
    ):  # fmt: skip
        assert said in text, said
    assert (row.since, row.on, row.lang, row.number) == (START, TODAY, "en", 1)
    before = bytes(row.pdf), row.text
    note_point(measured, by=opened("tess").reader, on=TODAY, data={"correct": 99, "seconds": 60})
    again = report_numbered(opened("rosa"), 1)
    assert again.is_whole
    assert (pdf_of(again, "en"), again.row.text) == before
    assert "99" not in str(again.row.content)
    assert [one for verdict in verdicts(row.case_id) for one in verdict.findings] == []


def test_both_languages_are_there_and_complete(measured: Measure, send: Send, opened: Opened) -> None:
    words = {"g1": {"en": "She reads more.", "es": "Ella lee más."}}
    send(lang="es", words=words)
    found = report_numbered(opened("rosa"), 1)
    assert set(found.sheets) == {"en", "es"}
    english, spanish = (list(found.sheets[lang].texts()) for lang in ("en", "es"))
    assert len(english) == len(spanish)
    assert "Ella lee más." in found.row.text
    assert "She reads more." in english
    assert "Ella lee más." in spanish
    assert pdf_of(found, "es") == bytes(found.row.pdf)
    assert pdf_of(found, "en")[:5] == b"%PDF-"
    with pytest.raises(Http404):
        pdf_of(found, "fr")


def test_words_in_one_language_say_in_which_they_are(measured: Measure, send: Send, opened: Opened) -> None:
    send(lang="es")
    spanish = report_numbered(opened("kim"), 1).sheets["es"]
    own = [part for part in spanish.parts if getattr(getattr(part, "passage", None), "lang", "") == "en"]
    assert any("She reads more words." in part.passage.text for part in own)  # type: ignore[union-attr]


def test_the_fact_ends_the_duty_for_this_time(measured: Measure, send: Send, opened: Opened) -> None:
    assert duty_of(opened("rosa")).status == "running"
    row = send()
    (fact,) = [one for one in standing_facts(facts_of(opened("rosa")).facts) if one.kind == "document-given"]
    assert row.fact_ids == [fact.id]
    assert fact.data["what"] == "progress-report"
    assert fact.data["for_period"] == "2025-09-29 – 2025-11-14"
    found = duty_of(opened("rosa"))
    assert (found.status, found.done) == ("met", TODAY)


@pytest.mark.parametrize("name", ["rosa", "ada"])
def test_neither_a_family_nor_an_aide_sends_one(measured: Measure, send: Send, name: str) -> None:
    with pytest.raises(PermissionDenied):
        send(name)
    assert not ProgressReport.objects.exists()


def test_sent_twice_it_is_one(measured: Measure, send: Send, opened: Opened) -> None:
    key = uuid4()
    assert send(form_key=key).pk == send(form_key=key).pk
    assert len([one for one in facts_of(opened("kim")).facts if one.kind == "document-given"]) == 1


def test_everything_wrong_is_said_at_once(measured: Measure, send: Send, opened: Opened) -> None:
    with pytest.raises(Refused) as refused:
        send(since=date(2025, 11, 20), on=date(2025, 11, 15), lang="fr", replaces=7)
    assert [one.where for one in refused.value.faults] == ["on", "since", "lang", "replaces"]
    with pytest.raises(Refused) as refused:
        send(words={"g1": {"en": "  "}})
    assert [one.where for one in refused.value.faults] == ["words-g1"]
    with pytest.raises(Refused) as refused:
        send(words={"g1": {"en": "x" * 2001}})
    assert [one.where for one in refused.value.faults] == ["words-g1"]
    with pytest.raises(Refused, match="No plan was in force"):
        send(since=date(2025, 9, 1), on=date(2025, 9, 2))


def test_what_came_in_since_is_read_before_it_is_sent(measured: Measure, send: Send, opened: Opened) -> None:
    kim = opened("kim")
    read = report_of(kim, Asked(START, TODAY), by=kim.reader)
    assert read
    seen = digest_seen(read)
    note_point(measured, by=kim.reader, on=TODAY, data={"correct": 60, "seconds": 60})
    with pytest.raises(Refused, match="Something new was written down"):
        send(seen=seen)
    read = report_of(opened("kim"), Asked(START, TODAY, words=WORDS), by=kim.reader)
    assert read
    assert send(seen=digest_seen(read)).number == 1


def test_a_correction_names_the_report_that_it_replaces(measured: Measure, send: Send, opened: Opened) -> None:
    send(on=date(2025, 11, 1))
    second = send(replaces=1)
    assert second.corrects == 1
    assert "takes the place of report number 1" in second.text
    assert [one.number for one in standing_reports(opened("rosa"))] == [2]
    assert reports_of(opened("rosa")).count() == 2
    with pytest.raises(Refused):
        send(replaces=1)


def test_the_days_begin_with_the_plan_and_then_after_the_last_report(
    measured: Measure, send: Send, opened: Opened
) -> None:
    assert usual_days(opened("kim"), TODAY) == (START, TODAY)
    send(on=date(2025, 11, 1))
    assert usual_days(opened("kim"), TODAY) == (date(2025, 11, 2), TODAY)
    send(since=date(2025, 11, 2))
    assert usual_days(opened("kim"), TODAY) == (TODAY, TODAY)


def test_the_language_is_the_one_that_the_family_asked_for(planned: Case, opened: Opened) -> None:
    assert wished(opened("kim")).lang == "en"
    rosa = opened("rosa")
    wish(rosa, by=rosa.reader, person=rosa.reader.id, papers="es", meetings="es", on=TODAY)
    assert wished(opened("kim")) == wished(opened("rosa"))
    assert wished(opened("kim")).lang == "es"
    wish(rosa, by=rosa.reader, person=rosa.reader.id, papers="Vietnamese", meetings="en", on=TODAY)
    assert wished(opened("kim")).others == ("Vietnamese",)


@pytest.mark.parametrize("shown", [True, False])
def test_what_the_family_measures_is_never_in_it(
    measured: Measure, begin: Begin, send: Send, opened: Opened, shown: bool
) -> None:
    aim = Aim(f"{MARKER} at home", True, Decimal(1), START, Decimal(5), date(2026, 6, 5))
    mine = begin("rosa", What("goal", "count", plan_kind="iep", row_id="g1"), aim, shown)
    rosa = opened("rosa")
    note_point(mine, by=rosa.reader, on=TODAY, data={"count": 3}, note=MARKER)
    decide(mine, by=rosa.reader, on=TODAY, does="keep", why=MARKER, status="no-aim")
    data = {"about": MARKER, "by": "parent"}
    record_fact(rosa, by=rosa.reader, kind="concern-raised", on=TODAY, data=data, private=True)
    row = send()
    assert MARKER not in row.text
    assert MARKER not in str(row.content)


def test_what_nobody_measured_is_said(planned: Case, begin: Begin, send: Send) -> None:
    assert "Nobody measures this goal in this program." in send().text
    begin()
    text = send(on=TODAY).text
    assert "No results were written down." in text
    assert "There are no results to tell it from." in text


def test_it_travels_and_comes_in_the_same(measured: Measure, send: Send, opened: Opened) -> None:
    send(lang="es")
    rosa = opened("rosa")
    content = export_for(rosa.reader, rosa.pk)
    other = import_for(person_named("rosa").acting_as("parent"), content)
    mine = case_for(person_named("rosa"), other.pk)
    found, before = report_numbered(mine, 1), report_numbered(opened("rosa"), 1)
    assert (found.sheets, found.series, found.is_whole) == (before.sheets, before.series, True)
    assert pdf_of(found, "es") == pdf_of(before, "es")
    assert export_for(mine.reader, mine.pk) == content


def test_changed_data_is_noticed(measured: Measure, send: Send) -> None:
    row = send()
    row.content = {**row.content, "form": 2}
    assert not sent_of(row).is_whole
    assert holds_data("Words of a report from elsewhere", {"a": 1})


@pytest.mark.parametrize(
    "content",
    [{"papers": {"en": {"kind": 3}}, "data": {"goals": [{}]}}, {"papers": 1, "data": 2}, {"data": {"goals": 1}}],
)
def test_what_is_no_report_here_still_has_its_words(measured: Measure, send: Send, content: dict[str, Any]) -> None:
    row = send()
    row.content = content
    found = sent_of(row)
    assert (found.sheets, found.series, found.is_whole) == ({}, (), "papers" not in content)


def test_the_pdf_is_accessible(measured: Measure, send: Send, opened: Opened, tmp_path: Path) -> None:
    send(lang="es")
    found = report_numbered(opened("rosa"), 1)
    files = {lang: tmp_path / f"{lang}.pdf" for lang in ("en", "es")}
    for lang, path in files.items():
        path.write_bytes(pdf_of(found, lang))
    assert structure(files) == {"en": (), "es": ()}


def test_a_file_in_which_the_data_was_changed_is_refused(measured: Measure, send: Send, opened: Opened) -> None:
    send()
    rosa = opened("rosa")
    content = export_for(rosa.reader, rosa.pk)
    other = changed(content, lambda raw: raw["progress_reports"][0]["content"].update(form=2))
    with pytest.raises(ExchangeError, match="changed after it was written"):
        import_for(rosa.reader, other)
