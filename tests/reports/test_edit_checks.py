"""Edit checks and small numbers, held against the district on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gameplan.reports.counting.edit_checks import count_day_faults, findings, set_sums
from gameplan.reports.counting.file_forms import file_form, file_names
from gameplan.reports.counting.public import public_tables, suppressed
from gameplan.reports.counting.tally import Tally
from tests.reports.paper import paper_children

# By hand: what is wrong or open of whom. Everybody else is all right.
EXPECTED = {
    "c05": {"expelled-services-open"},
    "c11": {"no-environment", "removal-days-open"},
    "c12": {"no-race", "removal-reason-open"},
    "c13": {"no-english-learner"},
    "c19": {"no-english-learner"},
    "c20": {"no-environment", "no-school-number"},
    "c21": {"no-kindergarten"},
    "c22": {"no-consent"},
    "c23": {"too-old"},
    "c24": {"no-age"},
    "c25": {"removal-without-plan"},
    "c28": {"delay-too-old", "delay-at-exit"},
    "c29": {"exit-reason-open"},
    "c31": {"plan-after-exit"},
}


def test_the_checks_find_what_is_wrong_on_paper_and_nothing_else() -> None:
    found: dict[str, set[str]] = {}
    for one in findings(paper_children()):
        found.setdefault(one.child, set()).add(one.check.id)
    assert found == EXPECTED


def test_a_finding_says_in_which_files_it_matters() -> None:
    by_check = {(one.child, one.check.id): one.files for one in findings(paper_children())}
    assert by_check["c11", "no-environment"] == ("FS002", "FS089")
    assert by_check["c12", "no-race"] == ("FS002", "FS005", "FS006", "FS007", "FS088", "FS143")
    assert by_check["c28", "delay-at-exit"] == ("FS009",)
    assert by_check["c11", "removal-days-open"] == ("FS006", "FS088")


def test_two_cases_with_one_number_are_told_of_both() -> None:
    children = paper_children()[:3]
    children[2] = replace(children[2], student=children[0].student)
    assert [(one.child, one.check.id) for one in findings(children)] == [("c01", "twice"), ("c03", "twice")]


def test_a_place_of_the_wrong_age_is_found() -> None:
    school_age, young = paper_children()[0], paper_children()[15]
    wrong = [replace(school_age, environment="REC10YSVCS"), replace(young, environment="RC80")]
    assert [one.check.id for one in findings(wrong)] == ["environment-of-young", "environment-of-school-age"]


def test_a_count_date_lies_in_the_autumn() -> None:
    assert not count_day_faults(date(2026, 10, 1))
    assert not count_day_faults(date(2026, 12, 1))
    assert count_day_faults(date(2026, 9, 30))
    assert count_day_faults(date(2026, 12, 2))


@pytest.mark.parametrize("name", file_names())
def test_each_set_has_everybody_or_says_how_many_are_missing(name: str) -> None:
    form = file_form(name)
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    assert all(one.holds for one in set_sums(form, rows))


def test_the_sums_say_how_many_have_a_category_that_is_not_known() -> None:
    form = file_form("FS002")
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    missing = {one.set: one.missing for one in set_sums(form, rows)}
    assert {name: missing[name] for name in "ABCDE"} == {"A": 1, "B": 1, "C": 2, "D": 1, "E": 2}
    lost = [row for row in rows if row.set.id != "A" or row.codes["disability"] != "VI"]
    (short,) = (one for one in set_sums(form, lost) if not one.holds)
    assert (short.set, short.amount, short.total) == ("A", 15, 16)


def test_small_numbers_are_taken_out_and_nothing_gives_them_away() -> None:
    def shown(amounts: dict[str, int]) -> dict[str, int | None]:
        return {cell.code: cell.amount for cell in suppressed(amounts, 10)}

    assert shown({"F": 20, "M": 30}) == {"F": 20, "M": 30}
    assert shown({"F": 3, "M": 30}) == {"F": None, "M": None}
    assert shown({"A": 3, "B": 12, "C": 50, "D": 0}) == {"A": None, "B": None, "C": 50, "D": 0}
    assert shown({"A": 2, "B": 1, "C": 11, "D": 50}) == {"A": None, "B": None, "C": None, "D": 50}
    assert shown({"A": 6, "B": 7, "C": 50}) == {"A": None, "B": None, "C": 50}


def test_the_public_sees_only_one_answer_at_a_time() -> None:
    tables = public_tables(Tally(file_form("FS002"), "SEA").add_all(paper_children()))
    assert [one.category for one in tables] == ["", "sex", "age", "disability", "race", "el", "environment"]
    assert tables[0].cells[0].amount == 16
    assert all(cell.amount is None or cell.amount == 0 or cell.amount >= 10 for one in tables for cell in one.cells)
    (few,) = public_tables(Tally(file_form("FS088"), "SEA").add_all(paper_children()), smallest=11)
    assert few.cells[0].amount is None
    with pytest.raises(ValueError, match="at least 2"):
        public_tables(Tally(file_form("FS002"), "SEA"), smallest=1)
