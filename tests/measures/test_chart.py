"""The picture of a series: well-formed, safe, the same as its table and its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.measures.axes import day_labels, day_ticks, value_ticks
from gameplan.measures.behaviour import Count, bars
from gameplan.measures.chart import chart
from gameplan.measures.drawing import id_of, short
from gameplan.measures.series import Phase, Point, Series
from gameplan.measures.ways import Way, value_of
from tests.measures.made import day, mirrored, points, reading

SVG = "{http://www.w3.org/2000/svg}"
WEEKLY = {7 * week: 41 + 2 * (week % 3) for week in range(10)}
NASTY = "</title><script>alert('x')</script>&\"\x00\x1b\ud800"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def marks(svg: str) -> int:
    return len([e for e in parsed(svg).iter() if e.tag in (f"{SVG}circle", f"{SVG}path")])


def test_a_picture_says_in_words_what_it_shows() -> None:
    drawn = chart(reading(WEEKLY, 30), day(70), ENGLISH)
    root = parsed(drawn.svg)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Chart: Reads aloud"
    assert desc.text == drawn.words


def test_the_words_by_hand() -> None:
    words = chart(reading({0: 40, 7: 41, 14: 45, 21: 44}), day(21), ENGLISH).words
    assert words == (
        "The picture shows 4 points from September 1, 2025 to September 22, 2025. "
        "The latest is 44 words a minute. "
        "The aim line goes from 40 words a minute on September 1, 2025 to 80 words a minute on March 20, 2026. "
        "Points below it: 2 of 4. "
        "The trend since September 1, 2025 goes up by 1.42 a week (steady). Half of the days lie within 0.2 of it."
    )


@pytest.mark.parametrize(("days", "says_when"), [(7, False), (8, True)])
def test_a_day_is_foretold_from_eight_days_on(days: int, says_when: bool) -> None:
    words = chart(reading({7 * week: 40 + week for week in range(days)}), day(70), ENGLISH).words
    # One word a week from 40 comes to 80 after 40 weeks.
    assert ("meets the target on June 8, 2026." in words) == says_when


def test_the_table_has_each_point_and_each_change() -> None:
    series = reading({0: 40, 5: 41, 10: 30}, 7)
    series = replace(series, points=tuple(replace(point, note="tired") for point in series.points))
    drawn = chart(series, day(10), ENGLISH)
    assert [len(row) for row in drawn.table] == [7] * 5
    assert drawn.headers[:2] == ("Day", "Result")
    assert drawn.rows[1] == (
        "September 6, 2025", "41 words a minute", "41", "on the line", "", "Ms. Ito (teacher)", "tired",
    )  # fmt: skip
    assert drawn.rows[2][-1] == "Change of teaching: small group"
    assert drawn.rows[3][2:4] == ("42", "below the line")


def test_where_less_is_better_points_above_have_the_second_shape() -> None:
    drawn = chart(mirrored(reading({5: 40, 10: 50})), day(10), ENGLISH)
    assert "Points above it: 1 of 2." in drawn.words
    assert "Above the aim line" in texts(drawn.svg)
    assert "Below the aim line" not in texts(drawn.svg)


def test_points_with_help_are_hollow_and_said() -> None:
    data = {"correct": 4, "total": 5, "prompts": "verbal"}
    tally = Point("p", day(3), value_of(Way.TRIALS, data, 2), data)
    drawn = chart(reading({}, way=Way.TRIALS, unit="", points=(tally,)), day(3), ENGLISH)
    assert "Point with help" in texts(drawn.svg)
    assert "Hollow marks are points with help: 1." in drawn.words
    assert drawn.rows[0][4] == "4 of 5, with a spoken prompt"


def test_nothing_later_than_the_day_is_shown() -> None:
    early, all_of_it = chart(reading(WEEKLY, 50), day(20), ENGLISH), chart(reading(WEEKLY, 50), day(70), ENGLISH)
    assert len(early.rows) == 3
    assert len(all_of_it.rows) == 11
    assert "Teaching changed" not in early.words


@pytest.mark.parametrize(
    "lacking", [{"baseline": None}, {"target": None}, {"target_on": None}, {"baseline_on": None, "baseline": None}]
)
def test_without_an_aim_line_the_rest_is_drawn_and_the_gap_is_said(lacking: dict[str, object]) -> None:
    drawn = chart(reading(WEEKLY, **lacking), day(70), ENGLISH)
    assert "is missing" in drawn.words
    assert "Aim line" not in texts(drawn.svg)
    assert "Trend" in texts(drawn.svg)


def test_an_empty_series_says_so() -> None:
    series = Series("s", "New", Way.PERCENT, "", None, None, None, None)
    drawn = chart(series, day(0), ENGLISH)
    assert "There are no points yet." in texts(drawn.svg)
    assert drawn.rows == ()


def test_several_pictures_stand_on_one_page() -> None:
    ids: list[str] = []
    for name in ("a", "A", "a b", "a_b", "a_20_b", "é"):
        drawn = chart(replace(reading(WEEKLY), id=name), day(70), ENGLISH)
        ids += re.findall(r' id="([^"]+)"', drawn.svg + drawn.narrow)
    assert len(ids) == len(set(ids)) == 24


def test_a_cloud_of_points_has_fewer_marks_and_all_its_rows() -> None:
    cloud = reading([(number // 10, 40 + number % 3) for number in range(600)])
    drawn = chart(cloud, day(60), ENGLISH)
    assert len(drawn.rows) == 600
    assert marks(drawn.svg) < 250


def test_every_letter_is_at_least_twelve_units_high() -> None:
    drawn = chart(reading(WEEKLY, 30), day(70), ENGLISH)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn.svg + drawn.narrow)]
    # The narrow picture is 360 units wide, and a phone of 390 pixels leaves some 330 for it.
    assert min(sizes) * 330 / 360 >= 12


def test_nothing_in_a_picture_needs_a_style_or_a_script_of_its_own() -> None:
    drawn = chart(reading(WEEKLY, 30), day(70), ENGLISH)
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href", drawn.svg + drawn.narrow)


def nasty(text: str) -> Series:
    series = reading(WEEKLY, id=text, title=text, unit=text, phases=(Phase(day(9), text), Phase(day(10), text)))
    return replace(series, points=tuple(replace(p, note=text, by=text, role=text) for p in series.points))


@settings(max_examples=20)
@given(st.one_of(st.just(NASTY), st.text(alphabet=st.characters(), max_size=40)))
def test_whatever_is_written_the_picture_is_whole_and_safe(text: str) -> None:
    drawn = chart(nasty(text), day(70), ENGLISH)
    for svg in (drawn.svg, drawn.narrow, bars(text, text, [Count(text, 3)], ENGLISH).svg):
        tags = {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}
        assert tags <= {"svg", "title", "desc", "g", "line", "text", "circle", "path", "polygon", "polyline", "rect"}


@settings(max_examples=20)
@given(
    st.dictionaries(st.integers(-400, 4000), st.fractions(-1000, 10**6), max_size=12),
    st.one_of(st.none(), st.fractions(-1000, 10**6)),
    st.sampled_from(list(Way)),
    st.booleans(),
)
def test_any_points_can_be_drawn(scatter: dict[int, Fraction], target: Fraction | None, way: Way, rises: bool) -> None:
    series = reading(scatter, 7, way=way, target=target, rises=rises)
    drawn = chart(series, day(5000), ENGLISH)
    assert "nan" not in drawn.svg
    assert parsed(drawn.svg).tag == parsed(drawn.narrow).tag == f"{SVG}svg"
    assert len(drawn.rows) == len(scatter) + 1


@settings(max_examples=20)
@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_ticks_are_few_and_hold_all_values(low: float, size: float) -> None:
    ticks = value_ticks(low, low + size)
    assert 2 <= len(ticks) <= 6
    slack = 1e-6 * (1 + abs(low) + size)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + size - slack


@settings(max_examples=20)
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 30000))
def test_dates_are_few_and_in_order(first: date, span: int) -> None:
    last = date.fromordinal(first.toordinal() + span)
    ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 6
    assert ticks == sorted(set(ticks))
    assert first <= ticks[0] <= ticks[-1] <= last


def test_dates_are_named_by_day_or_by_month() -> None:
    assert day_labels([date(2025, 9, 3), date(2025, 9, 10)], ENGLISH) == [("Sep 3", "2025"), ("Sep 10", "")]
    assert day_labels([date(2025, 12, 1), date(2026, 1, 1)], ENGLISH) == [("Dec", "2025"), ("Jan", "2026")]


@settings(max_examples=20)
@given(st.text(), st.text())
def test_two_texts_never_have_one_id(one: str, other: str) -> None:
    assert (id_of(one) == id_of(other)) == (one == other)
    assert re.fullmatch(r"m-[A-Za-z0-9_]*", id_of(one))


def test_a_long_label_is_cut_and_a_picture_at_one_point_is_drawn() -> None:
    assert short("a  long\nlabel", 7) == "a long…"
    series = replace(reading({}), baseline_on=None, target_on=None, points=points({0: 5}))
    assert "There is one point so far" in chart(series, day(0), ENGLISH).words
