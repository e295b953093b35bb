"""What can be said of a goal for some days: no more than the results say; and a paper that comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from gameplan.core.words import ENGLISH, Say
from gameplan.measures.report_sheet import parts_of_goal, sheet_of_report
from gameplan.measures.reports import Decided, Goal, Report, Tracked, finding, report_data, series_in
from gameplan.measures.series import Phase, Point, Series
from gameplan.measures.ways import Way, unit
from gameplan.plans.sheets.frozen import sheet_from, sheet_json
from gameplan.plans.sheets.sheet import TablePart
from gameplan.tongues import tongue

START, SINCE, ON, ENDS = date(2025, 9, 8), date(2025, 10, 1), date(2025, 11, 14), date(2026, 6, 5)


def series(*values: float, way: Way = Way.RATE, until: date = ON, **more: Any) -> Series:
    """One result a week, the last a day before `until`."""
    days = [until - timedelta(days=1, weeks=len(values) - 1 - at) for at in range(len(values))]
    points = tuple(
        Point(str(number), day, Fraction(value), {"correct": int(value), "seconds": 60})
        for number, (day, value) in enumerate(zip(days, values, strict=True), 1)
    )
    told: dict[str, Any] = {
        "baseline": Fraction(42), "baseline_on": START, "target": Fraction(80), "target_on": ENDS, **more,
    }  # fmt: skip
    return Series("m1", "Words", way, unit(way), points=points, **told)


RISING, LEVEL = tuple(range(43, 53)), (44,) * 10


@pytest.mark.parametrize(
    ("told", "ends", "outlook", "says"),
    [
        (series(*range(43, 63, 2)), ENDS, "yes", "From results on 10 days: if it goes on like this"),
        (series(*LEVEL), ENDS, "no", "it is 44 right a minute on June 5, 2026. Target: 80 right a minute."),
        (series(*RISING[:5]), ENDS, "cannot-tell", "With results on 5 days it cannot be told. At least 8"),
        (series(43), ENDS, "cannot-tell", "With results on one day it cannot be told."),
        (series(), ENDS, "cannot-tell", "There are no results to tell it from."),
        (series(*RISING, target=None), ENDS, "cannot-tell", "No target with a number"),
        (series(*RISING), None, "cannot-tell", "No day is written down"),
        (series(*RISING, until=date(2025, 10, 3), baseline_on=date(2025, 6, 2)), ENDS, "cannot-tell", "too long ago"),
        (series(*RISING[:6], 81, 82, 83), ENDS, "met", "The last three days with results are at the target"),
        (series(*LEVEL), ON, "over", "Its last day was November 14, 2025. The last result is 44 right a minute."),
        (series(), ON, "over", "There is no result."),
    ],
)  # fmt: skip
def test_whether_it_will_be_met_is_said_only_where_it_can_be(
    told: Series, ends: date | None, outlook: str, says: str
) -> None:
    found = finding(told, SINCE, ON, ends, ENGLISH)
    assert found.outlook == outlook
    assert says in ENGLISH.say(found.because)


def test_nothing_comes_to_more_than_all_or_less_than_nothing() -> None:
    data = series(*range(20, 100, 8), way=Way.PERCENT, baseline=Fraction(10), target=Fraction(90))
    assert "it is 100% on" in ENGLISH.say(finding(data, SINCE, ON, ENDS, ENGLISH).because)
    fewer = series(*range(50, 0, -5), way=Way.COUNT, baseline=Fraction(60), target=Fraction(2), rises=False)
    found = finding(fewer, SINCE, ON, ENDS, ENGLISH)
    assert (found.outlook, "it is 0 times" in ENGLISH.say(found.because)) == ("yes", True)


def test_only_the_days_of_the_report_are_counted() -> None:
    found = finding(series(*RISING), SINCE, ON, ENDS, ENGLISH)
    assert [point.on >= SINCE for point in found.points] == [True] * 7
    assert found.middle == 49
    assert finding(series(), SINCE, ON, ENDS, ENGLISH).middle is None
    assert not any("points" in one.values for one in found.reasons)


@pytest.fixture
def report() -> Report:
    decided = (Decided(date(2025, 10, 10), "keep", "It\nworks."),)
    changed = replace(series(*RISING), phases=(Phase(date(2025, 10, 6), "Letter cards"),))
    return Report(
        "Ana", (Say("grade {grade}", {"grade": "3"}), "Oak"), SINCE, ON, "Tess", Say("Special education teacher"),
        (
            Goal("g1", "Reading", "Ana will read.", "Checks", "42", "80", ENDS, {"en": "Good.\n\nOn."},
                 (Tracked(changed, decided),)),
            Goal("g2", "", "Ana adds."),
        ),
        schedule=Say("Every quarter"), lang="en", replaces=1, number=2,
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_paper_is_kept_word_for_word(report: Report, lang: str) -> None:
    sheet = sheet_of_report(report, tongue(lang))
    assert sheet_from(json.loads(json.dumps(sheet_json(sheet)))) == sheet
    assert "Good." in "\n".join(sheet.texts())


def test_the_numbers_come_back_as_they_were(report: Report) -> None:
    (found,) = series_in(json.loads(json.dumps(report_data(report))))
    assert found == ("g1", report.goals[0].tracked[0].series, "ahead")


def test_a_goal_alone_says_the_same_but_for_the_words_of_the_writer(report: Report) -> None:
    parts = parts_of_goal(report, 1, ENGLISH)
    whole = sheet_of_report(report, ENGLISH).parts
    assert all(part in whole for part in parts)
    assert sum(isinstance(part, TablePart) for part in parts) == 1
    assert "Good." not in str(parts)


@pytest.mark.parametrize(
    "raw", [None, [], {}, {"kind": 1}, {"parts": [{"is": "Door"}]}, {"parts": "all"}, {"parts": [{"is": "Words"}]}]
)
def test_what_is_no_paper_is_refused(report: Report, raw: Any) -> None:
    told = {**sheet_json(sheet_of_report(report, ENGLISH)), **raw} if isinstance(raw, dict) and raw else raw
    with pytest.raises(ValueError, match=r"paper|stand|list"):
        sheet_from(told)
