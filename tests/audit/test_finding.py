"""One case out of a folder: the right one, and without reading what cannot hold it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gameplan.audit.cases import NoSuchCase, case_of, tables_of, write_part
from gameplan.audit.finding import find_case, groups_with, rows_with
from gameplan.audit.layout import Folder
from gameplan.audit.school_years import CalendarBook
from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Case, Child, Fact

DAY = date(2025, 9, 3)
YEAR = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21))


def case(number: int) -> Case:
    facts = tuple(Fact(f"f{place}", "records-requested", DAY) for place in range(number % 3))
    return Case(Child(state="TX"), (YEAR,) if number % 2 else (), facts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two parts of a hundred cases each; the second begins at 1000."""
    book = CalendarBook()
    for part in (0, 1):
        numbers = range(1000 * part, 1000 * part + 100)
        children, facts, years = tables_of(((number, case(number), "", "") for number in numbers), book)
        write_part(tmp_path, part, children, facts)
        if part == 0:
            pq.write_table(years, Folder(tmp_path).calendars)
    return tmp_path


@pytest.mark.parametrize("number", [0, 1, 99, 1000, 1061, 1099])
def test_it_finds_the_case(folder: Path, number: int) -> None:
    found = find_case(folder, number)
    assert found == case_of(*tables_of([(number, case(number), "", "")]), number)
    assert len(found.facts) == number % 3
    assert bool(found.calendars) == bool(number % 2)


@pytest.mark.parametrize("number", [-1, 100, 999, 1100])
def test_a_case_that_no_part_holds_is_said(folder: Path, number: int) -> None:
    with pytest.raises(NoSuchCase, match=f"holds the case {number}"):
        find_case(folder, number)


def test_only_groups_that_can_hold_the_case_are_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.parquet"
    _, facts, _ = tables_of((number, case(number), "", "") for number in range(300))
    pq.write_table(facts, path, row_group_size=30)
    footer = pq.read_metadata(path)
    assert footer.num_row_groups == 10
    assert groups_with(footer, "case", 149) == [4]
    found = rows_with(path, "case", 149)
    assert found is not None
    assert found["case"].to_pylist() == [149, 149]


def test_a_file_that_says_nothing_of_its_rows_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.parquet"
    pq.write_table(tables_of([(5, case(5), "", "")])[1], path, write_statistics=False)
    assert groups_with(pq.read_metadata(path), "case", 7) == [0]
    assert rows_with(path, "case", 7) is None
