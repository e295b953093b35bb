"""Tables of measurements and sessions: every fault by row and column, all or nothing, and never twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gameplan.cases.models import Case
from gameplan.cases.verifying import verdicts
from gameplan.people.refusals import Refused
from gameplan.progress import measuring, minutes, table_rows
from gameplan.progress.doors import points_of
from gameplan.progress.minutes import logs_of
from gameplan.progress.models import Point
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.tables import points_table, sessions_table, take_points, take_sessions
from tests.progress.conftest import RATE, Begin, Opened, person_named
from tests.sides import browser_of

OCTOBER = date(2025, 10, 3)
GOOD = "measure,on,correct,errors,seconds,note\nm1,2025-10-03,50,2,60,aloud\nm1,10/6/2025,52,,60,\n"
SESSIONS = (
    "service,on,minutes,what,reason\nspeech and language therapy,2025-10-03,30,delivered,\n"
    "iep:related-services/r1,2025-10-06,30,missed,child-absent\n"
)


def told(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.where for one in refused.value.faults]


def test_measurements_come_in_once(case: Case, opened: Opened, begin: Begin) -> None:
    measure = begin()
    tess = opened("tess")
    assert take_points(tess, GOOD.encode(), by=tess.reader).new == 2
    again = take_points(tess, GOOD.encode(), by=tess.reader)
    assert (again.new, again.there) == (0, 2)
    assert [(one.on, one.data["correct"], one.note) for one in points_of(measure)] == [
        (OCTOBER, 50, "aloud"), (date(2025, 10, 6), 52, ""),
    ]  # fmt: skip
    measuring.note_point(measure, by=tess.reader, on=OCTOBER, data={"correct": 60, "seconds": 60})
    assert [one.findings for one in verdicts(case.pk)] == [()]


def test_two_equal_rows_are_two(opened: Opened, begin: Begin) -> None:
    begin()
    tess, twice = opened("tess"), f"{GOOD}m1,2025-10-03,50,2,60,aloud\n"
    assert take_points(tess, twice.encode(), by=tess.reader).new == 3
    assert take_points(tess, twice.encode(), by=tess.reader).new == 0


def test_what_goes_out_comes_in_as_nothing_new(planned: Case, opened: Opened, begin: Begin) -> None:
    measure, spoken = begin(), begin(what=measuring.What("goal", "trials", prompt="verbal"))
    tess, sam = opened("tess"), opened("sam")
    measuring.note_point(measure, by=tess.reader, on=OCTOBER, data={"correct": 50, "seconds": "59.5"}, note="=1+1")
    helps = {"correct": 4, "total": 5, "prompts": {"verbal": 3, "independent": 1}}
    measuring.note_point(spoken, by=tess.reader, on=OCTOBER, data=helps)
    take_sessions(sam, SESSIONS.encode(), by=sam.reader)
    assert "'=1+1" in points_table(tess)
    assert take_points(tess, points_table(tess).encode(), by=tess.reader).new == 0
    assert take_sessions(sam, sessions_table(sam).encode(), by=sam.reader).new == 0
    assert [one.findings for one in verdicts(planned.pk)] == [()]


def test_a_table_fills_an_empty_file_with_the_same(planned: Case, opened: Opened, begin: Begin) -> None:
    measure = begin()
    tess = opened("tess")
    take_points(tess, GOOD.encode(), by=tess.reader)
    out = points_table(tess)
    Point.objects.filter(measure=measure)._raw_delete("default")
    take_points(tess, out.encode(), by=tess.reader)
    assert points_table(tess) == out


def test_every_fault_is_told_by_row_and_column(opened: Opened, begin: Begin) -> None:
    begin()
    tess = opened("tess")
    wrong = "measure,on,correct,seconds\nm1,2025-10-03,fifty,60\nm9,someday,50,60\nm1,2025-12-03,50,0\n"
    with pytest.raises(Refused) as refused:
        take_points(tess, wrong.encode(), by=tess.reader)
    assert told(refused) == [
        "row 2, column correct", "row 3, column measure", "row 3, column on", "row 4, column seconds",
        "row 4, column on",
    ]  # fmt: skip
    assert not Point.objects.exists()


def test_a_name_of_two_services_names_none(planned: Case, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    spells = minutes.spells_in
    monkeypatch.setattr(minutes, "spells_in", lambda case, until, _kind, told=None: spells(case, until, told=told))
    sam = opened("sam")
    with pytest.raises(Refused) as refused:
        take_sessions(sam, SESSIONS.encode(), by=sam.reader)
    assert told(refused) == ["row 2, column service"]


def test_every_fault_of_sessions_too(planned: Case, opened: Opened) -> None:
    sam = opened("sam")
    wrong = f"{SESSIONS}singing,2025-10-03,30,delivered,\nspeech and language therapy,2025-10-03,ten,missed,tired\n"
    with pytest.raises(Refused) as refused:
        take_sessions(sam, wrong.encode(), by=sam.reader)
    assert told(refused) == ["row 4, column service", "row 5, column minutes"]
    assert not ServiceLog.objects.exists()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "The column “measure” is missing"),
        (b"measure,on,on,shoes\n", "is there twice"),
        (b"measure,on,shoes\n", "There is no column"),
        (b"measure,on\nm1,2025-10-03,50\n", "more columns than the first one"),
        (b'measure,on\n"m1,2025-10-03\n', "not a table that can be read"),
        (b"measure,on\nm\xff,2025-10-03\n", "cannot be read"),
    ],
)
def test_what_is_no_table_says_so(opened: Opened, begin: Begin, raw: bytes, says: str) -> None:
    begin()
    tess = opened("tess")
    with pytest.raises(Refused, match=says):
        take_points(tess, raw, by=tess.reader)


def test_thousands_of_faults_are_told_in_part(opened: Opened, begin: Begin) -> None:
    begin()
    tess, rows = opened("tess"), "m1,2025-10-03,x,60\n" * (table_rows.MOST_FAULTS + 50)
    with pytest.raises(Refused, match="There are 50 more faults") as refused:
        take_points(tess, f"measure,on,correct,seconds\n{rows}".encode(), by=tess.reader)
    assert len(refused.value.faults) == table_rows.MOST_FAULTS + 1


def test_a_family_takes_in_only_what_it_sees_and_the_school_not_its_own(opened: Opened, begin: Begin) -> None:
    begin("rosa", measuring.What("own", "rate"), shown=False)
    tess = opened("tess")
    with pytest.raises(Refused, match="No measure here has this name"):
        take_points(tess, GOOD.encode(), by=tess.reader)
    assert points_table(tess).count("\n") == 1


def test_the_page_tells_all_faults_and_takes_nothing(planned: Case, begin: Begin) -> None:
    begin(what=RATE)
    browser, address = browser_of(person_named("tess")), reverse("web:take-progress", args=[planned.pk])

    def send(kind: str, text: str) -> Any:
        return browser.post(address, {"kind": kind, "file": SimpleUploadedFile("t.csv", text.encode())})

    answer = send("points", "measure,on,correct,seconds\nm1,x,50,60\n")
    assert answer.status_code == 422
    assert "row 2, column on" in answer.content.decode()
    assert send("points", GOOD).status_code == 302
    assert send("sessions", SESSIONS).status_code == 302
    page = browser.get(reverse("web:minutes", args=[planned.pk])).content.decode()
    assert "2 rows came in." in page
    assert Point.objects.count() == 2
    assert len(logs_of(_as_kim(planned))) == 2


def _as_kim(case: Case) -> Case:
    case.reader = person_named("kim").acting_as("iep-manager")
    return case


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(raw: bytes) -> None:
    with suppress(Refused):
        table_rows.rows_in(raw, ("measure", "on"), ("measure", "on"), lambda row: (None, []))
