"""The files of the State, held against a district on paper that was counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameplan.reports.counting.claims import COUNTS
from gameplan.reports.counting.counted import RACES, Counted
from gameplan.reports.counting.file_forms import MISSING, WrongFileForm, file_form, file_names, read_form
from gameplan.reports.counting.file_text import CannotWrite, Sending, file_name, file_text, record_widths
from gameplan.reports.counting.tally import Tally, Unit
from tests.reports.paper import HOME, LEA, by_hand, paper_children

FILES = ("FS002", "FS005", "FS006", "FS007", "FS009", "FS088", "FS089", "FS143", "FS144")
SENDING = Sending("CA", "06", "LEA", "2026-2027")


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_rows_that_were_counted_by_hand(name: str) -> None:
    rows = Tally(file_form(name), "LEA").add_all(paper_children()).rows()
    assert [(row.set.id, tuple(row.codes.values()), row.amount) for row in rows] == by_hand(name)


def test_every_file_is_tested_here() -> None:
    assert file_names() == FILES


def test_a_file_is_written_as_it_was_written_by_hand() -> None:
    form = file_form("FS143")
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    written = "".join(file_text(form, rows, SENDING))
    assert written.replace("\r\n", "\n") == (HOME / "by_hand" / "FS143.csv").read_text("utf-8")
    assert written.count("\r\n") == 18


def test_the_fields_of_the_child_count_stand_where_the_layout_has_them() -> None:
    # Positions of school year 2021-22, counted from 1: race 84, sex 99, disability 204, age 249, environment 264,
    # English learner 279, total indicator 294, explanation 295, amount 495; a record has 504.
    form = file_form("FS002")
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    lines = list(file_text(form, rows, replace(SENDING, ending="txt")))
    assert all(len(line) == 506 for line in lines[1:])
    record = lines[14 + 1]  # the first row of set B: 5 in kindergarten, autism, RC80
    assert record[:14] == "15        0601"
    assert record[14:28].rstrip() == LEA
    assert record[48:68].rstrip() == "IDEADISAB"
    assert (record[83:98].strip(), record[98:113].strip()) == ("", "")
    assert record[203:218].rstrip() == "AUT"
    assert (record[248:263].rstrip(), record[263:278].rstrip()) == ("AGE05K", "RC80")
    assert record[293] == "N"
    assert record[494:504].strip() == "1"
    assert sum(record_widths(form)) == 504


def test_a_tab_stands_between_fields_where_somebody_wants_it() -> None:
    form = file_form("FS144")
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    lines = list(file_text(form, rows, replace(SENDING, ending="tab", is_checked=True)))
    assert lines[1] == f"1\t06\t01\t{LEA}\t\tEDUSERVICES\tWDIS\tSERVNOTPROV\t\tN\t\t1\r\n"


def test_the_first_record_says_that_the_layout_has_to_be_checked_until_somebody_has() -> None:
    form = file_form("FS144")
    rows = list(Tally(form, "LEA").add_all(paper_children()).rows())
    assert "re-check" in list(file_text(form, rows, SENDING))[1]
    assert "re-check" not in "".join(file_text(form, rows, replace(SENDING, is_checked=True)))


def test_a_file_name_has_at_most_25_letters() -> None:
    for name in FILES:
        assert len(file_name(file_form(name), replace(SENDING, version="1234567"))) <= 25


def test_a_file_without_a_district_number_is_not_written_and_says_everything_at_once() -> None:
    form = file_form("FS143")
    rows = list(Tally(form, "LEA").add_all(replace(one, lea="") for one in paper_children()).rows())
    with pytest.raises(CannotWrite) as refused:
        file_text(form, rows, replace(SENDING, version="much too long", fips=""))
    assert [fault.where for fault in refused.value.faults] == ["version", "State", "district"]


def test_the_state_writes_every_combination_and_a_district_its_total() -> None:
    form = file_form("FS143")
    nobody = Tally(form, "SEA")
    rows = list(nobody.rows())
    assert len(rows) == 13 + 7 + 2 + 2 + 1
    assert not any(row.amount or MISSING in row.codes.values() for row in rows)
    rows = list(Tally(form, "LEA").rows([Unit("0600002")]))
    assert [(row.unit.lea, row.set.id, row.amount) for row in rows] == [("0600002", "total", 0)]
    rows = list(Tally(file_form("FS005"), "LEA").rows([Unit("0600002")]))
    assert [tuple(row.codes.values()) for row in rows] == [("REMDW",), ("REMHO",)]


def test_schools_are_counted_apart() -> None:
    rows = Tally(file_form("FS002"), "SCH").add_all(paper_children()).rows()
    assert {row.unit: row.amount for row in rows if row.set.id == "total"} == {Unit(LEA, "101"): 7, Unit(LEA, "202"): 9}
    with pytest.raises(ValueError, match="no level SCH"):
        Tally(file_form("FS005"), "SCH")


def test_no_child_is_in_both_counts() -> None:
    for age in (*range(25), None):
        for kindergarten in (True, False, None):
            child = Counted("x", age=age, kindergarten=kindergarten, plan=True, consent=True)
            kinds = [kind for kind in ("school-age", "early-childhood") if list(COUNTS[kind](child))]
            expected = age is not None and 3 <= age <= 21 and not (age == 5 and kindergarten is None)
            assert len(kinds) == int(expected)


@pytest.mark.parametrize(
    ("hispanic", "races", "code"),
    [
        (True, (), "HI7"), (True, ("black", "white"), "HI7"), (False, ("black",), "BL7"),
        (False, ("black", "white"), "MU7"), (False, ("several",), "MU7"), (False, (), ""), (None, ("white",), ""),
        (False, ("middle-eastern",), "WH7"), (False, ("middle-eastern", "white"), "WH7"),
    ],
)  # fmt: skip
def test_the_seven_codes_follow_from_both_answers(hispanic: bool | None, races: tuple[str, ...], code: str) -> None:
    assert set(races) <= set(RACES)
    assert Counted("x", hispanic=hispanic, races=races).race == code


def test_a_wrong_file_says_everything_that_is_wrong() -> None:
    raw = {"id": "FS999", "counts": "cats", "fields": ["x1", "color"], "sets": {"A": ["size"]}, "stem": "MUCHTOOLONG",
           "levels": ["TOWN"], "subtotals": [], "extra": 1}  # fmt: skip
    with pytest.raises(WrongFileForm) as wrong:
        read_form(raw, "fs999.toml")
    told = str(wrong.value)
    for word in ("title is not there", "'extra'", "'cats'", "'color'", "'size'", "'TOWN'", "9 letters"):
        assert word in told
