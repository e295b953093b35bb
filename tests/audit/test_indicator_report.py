"""The indicators on paper: CSV files as they stood before, and a page that stands alone and that everybody can read."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from gameplan.audit.indicators import KINDS, Indicators, Period, csv_of, indicators, report_html, write_csv
from gameplan.audit.indicators.charts import Bar, bar_chart
from gameplan.audit.indicators.meanings_disputes import SECTIONS
from gameplan.audit.indicators.report import PLACES_SHOWN, percent_words
from gameplan.core.words import ENGLISH, Tongue
from scripts.catalogue import messages
from tests.audit.hand_worked import children_of, folder_of, rows_of

ON = date(2026, 7, 15)
TITLES = (
    "child find", "early childhood", "secondary transition", "complaints to the State", "hearings", "mediation",
)  # fmt: skip
GOLDEN = Path(__file__).parent / "golden"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Indicators:
    """The indicators of all children worked by hand."""
    lines = [line for title in TITLES for line in children_of(title)]
    folder = folder_of(lines, tmp_path_factory.mktemp("audit") / "folder", 20)
    return indicators(folder, rows_of(lines, ON), ON, Period.starting(2025))


class Page(HTMLParser):
    """What a test asks of a page: its elements in order, with what they hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in tags]

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]


# ---- CSV


@pytest.mark.parametrize("name", KINDS)
def test_the_csv_files_are_as_they_were(found: Indicators, name: str) -> None:
    assert csv_of(found, name).encode() == (GOLDEN / f"{name}.csv").read_bytes()


def test_each_csv_file_is_written_with_a_header(found: Indicators, tmp_path: Path) -> None:
    written = write_csv(found, tmp_path / "new" / "folder")
    assert [file.name for file in written] == [f"{name}.csv" for name in KINDS]
    for file, kind in zip(written, KINDS.values(), strict=True):
        header, *rows = csv.reader(StringIO(file.read_text(encoding="utf-8")))
        assert header == [field.name for field in fields(kind)]
        assert rows[-1][0] == "all"
        assert {len(row) for row in rows} == {len(header)}


def test_what_cannot_be_told_is_an_empty_cell(found: Indicators) -> None:
    rows = list(csv.DictReader(StringIO(csv_of(found, "b12_early_childhood_transition"))))
    assert {row["f"] for row in rows} == {""}


# ---- the page


def test_the_page_stands_alone(found: Indicators) -> None:
    text = report_html(found, ENGLISH)
    page = Page(text)
    assert not page.all("script", "link", "iframe", "img", "base")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert all(address.startswith("#") for address in page.values("href") + page.values("src"))
    assert "url(" not in text
    assert "@import" not in text


def test_links_lead_somewhere_and_names_are_used_once(found: Indicators) -> None:
    page = Page(report_html(found, ENGLISH))
    ids = Counter(page.values("id"))
    assert set(ids.values()) == {1}
    named = " ".join(page.values("aria-labelledby")).split() + [link[1:] for link in page.values("href")]
    assert set(named) <= set(ids)


def test_headings_come_in_order(found: Indicators) -> None:
    levels = [int(tag[1]) for tag, _ in Page(report_html(found, ENGLISH)).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_their_heads_say_what_for(found: Indicators) -> None:
    page = Page(report_html(found, ENGLISH))
    assert len(page.all("table")) == len(page.all("caption")) > len(SECTIONS)
    assert {attrs.get("scope") for attrs in page.all("th")} == {"row", "col"}


def test_charts_are_told_in_words(found: Indicators) -> None:
    page = Page(report_html(found, ENGLISH))
    charts = page.all("svg")
    assert len(charts) == len(page.all("desc")) == len(page.all("title")) - 1
    assert {chart["role"] for chart in charts} == {"img"}
    assert all(chart["aria-labelledby"] for chart in charts)


def test_every_number_of_a_table_is_explained() -> None:
    left = ("state", "district", "period", "late_1_to_10", "late_11_to_30", "late_31_to_60", "late_61_to_90",
            "late_91_or_more")  # fmt: skip
    for section in SECTIONS:
        named = {number.field for number in section.numbers}
        assert {one.name for one in fields(KINDS[section.table]) if "percent" not in one.name} - set(left) == named
        assert {*section.columns, *section.ends, section.size} <= named


def test_the_ways_to_end_count_everybody_once(found: Indicators) -> None:
    for section in SECTIONS:
        whole = found.whole(section.table)
        if section.ends:
            assert sum(getattr(whole, name) for name in section.ends) == getattr(whole, section.size)


def test_each_sentence_can_be_translated(found: Indicators) -> None:
    known, said = {text for text, _ in messages()}, set[str]()

    def translate(message: str) -> str:
        said.add(message)
        return f"«{message}»"

    page = report_html(found, Tongue("es", translate))
    assert '<html lang="es">' in page
    assert said <= known
    # What stands outside the marks is numbers, names of States, and where a rule stands.
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", "\n", page, flags=re.DOTALL)
    while "«" in plain:
        plain = re.sub(r"«[^«»]*»", "", plain)
    allowed = r"CFR|U\.S\.C\.|IDEA|SPP/APR|US|[A-Z][a-z]+( [A-Z][a-z]+)* \([A-Z]{2}\)|[A-Z]{2}|B|[A-D]|[ivx]+|[a-f]"
    assert {word for word in re.findall(r"[A-Za-z][\w./]*", re.sub(allowed, "", plain)) if len(word) > 3} == set()


def test_what_a_file_says_cannot_become_markup(found: Indicators) -> None:
    row = replace(found.rows["b11_child_find"][0], state="TX", district="<b>d&1</b>")
    rows = {**found.rows, "b11_child_find": [row, found.whole("b11_child_find")]}
    page = report_html(Indicators(found.period, ON, "district", rows), ENGLISH)
    assert "<b>" not in page
    assert "&lt;b&gt;d&amp;1&lt;/b&gt;" in page


def test_of_very_many_places_the_largest_are_shown(found: Indicators) -> None:
    many = [
        replace(found.rows["b11_child_find"][0], state="TX", district=f"d{number:03}", consents=number)
        for number in range(PLACES_SHOWN + 40)
    ]
    rows = {**found.rows, "b11_child_find": [*many, found.whole("b11_child_find")]}
    page = report_html(Indicators(found.period, ON, "district", rows), ENGLISH)
    assert f"The {PLACES_SHOWN} largest of 100 places." in page
    assert "d039" not in page
    assert "d040" in page


def test_a_page_about_nobody(found: Indicators) -> None:
    nobody = {name: [row for row in rows if row.state == "all"] for name, rows in found.rows.items()}
    nobody = {name: [_emptied(row) for row in rows] for name, rows in nobody.items()}
    assert "Nobody to count" in report_html(Indicators(found.period, ON, "state", nobody), ENGLISH)


def _emptied(row: Any) -> Any:
    numbers = [one.name for one in fields(row) if one.name not in ("state", "district", "period", "code", "reason")]
    return replace(row, **{name: None if "percent" in name else 0 for name in numbers})


def test_percentages_in_words() -> None:
    assert ENGLISH.say(percent_words(50.0, 50.0)) == "50.00%"
    assert ENGLISH.say(percent_words(43.75, 62.5)) == "43.75% to 62.50%"
    assert ENGLISH.say(percent_words(None, None)) == "Nobody to count"


def test_a_bar_shows_the_lowest_and_the_rest_of_the_range() -> None:
    chart = bar_chart("one", "Title", "What it shows", [Bar("TX", 50, 75, "50–75%")], long_labels=True)
    assert re.findall(r'class="(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', chart) == [
        ("track", "0.00", "100.00"), ("sure", "0.00", "50.00"), ("perhaps", "50.00", "25.00"),
    ]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(("width", "look"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    found: Indicators, browser: Browser, tmp_path: Path, width: int, look: Any
) -> None:
    file = tmp_path / "report.html"
    file.write_text(report_html(found, ENGLISH), encoding="utf-8")
    window = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=look, offline=True)
    page = window.new_page()
    page.goto(file.as_uri())
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate(WIDE) == 0
    window.close()
