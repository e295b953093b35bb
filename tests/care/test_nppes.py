"""One row of the NPPES file: which are ours, as what; and the file on disk, whole and broken."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from gameplan.care.kinds import KINDS, bits_of, kinds_called, kinds_in
from gameplan.care.nppes import (
    BadRow,
    MissingColumns,
    columns_of,
    is_npi,
    may_be_ours,
    npi_of,
    phone_of,
    plain,
    provider_of,
    readable,
    zip_of,
)
from gameplan.care.nppes_files import FileFault, opened, records, row_of, span_of
from tests.care.made import AT, HEADER, WEEK, WHOLE, npi, row, text_of, write_file, write_zip

COLUMNS = columns_of(HEADER)


def faults_of(path: Path) -> list[str]:
    """What is said of a file that cannot be read to its end."""
    with pytest.raises(FileFault) as caught, opened(path) as file:
        list(records(file, file.begins))
    return [str(fault) for fault in caught.value.faults]


def test_the_header_of_the_real_file_has_330_columns_each_once() -> None:
    assert (len(HEADER), len(set(HEADER))) == (330, 330)
    assert COLUMNS.width == 330
    assert len(COLUMNS.codes) == 15


def test_every_missing_column_is_told_at_once() -> None:
    with pytest.raises(MissingColumns) as caught:
        columns_of([name for name in HEADER if "Practice Location" not in name and name != "NPI"])
    assert len(caught.value.columns) == 7
    assert caught.value.columns[0] == "NPI"
    without_sex = ["Provider Gender Code" if name == "Provider Sex Code" else name for name in HEADER]
    assert columns_of(without_sex).width == 330


@pytest.mark.parametrize("number", ["1234567893", "1245319599"])
def test_an_npi_passes_the_check(number: str) -> None:
    assert is_npi(number)
    assert not any(is_npi(number[:-1] + last) for last in "0123456789" if last != number[-1])


@pytest.mark.parametrize("number", ["", "123456789", "12345678930", "12345678９3", "123456789X"])
def test_what_is_no_number_is_no_npi(number: str) -> None:
    assert not is_npi(number)


def test_a_person_where_they_practice() -> None:
    found = provider_of(row(4, middle="Q", zip="871020001", street_more="SUITE 2"), COLUMNS)
    assert found
    assert (found.npi, found.is_organisation, found.name) == (int(npi(4)), False, "Emi Q Elm")
    assert (found.sort_name, found.credential) == ("elm emi q", "M.S., CCC-SLP")
    assert (found.street, found.city, found.state, found.zip) == ("4 Sample St, Suite 2", "Austin", "TX", "87102")
    assert (found.phone, found.updated) == ("(505) 555-0100", date(2024, 3, 4))
    assert [kind.id for kind in kinds_in(found.kinds)] == ["speech"]


def test_a_place_is_called_by_its_own_name() -> None:
    found = provider_of(row(1, entity="2", organisation="MESA THERAPY LLC", last="", first=""), COLUMNS)
    assert found
    assert (found.is_organisation, found.name, found.sort_name) == (True, "Mesa Therapy LLC", "mesa therapy llc")


def test_any_of_the_fifteen_codes_counts_and_several_kinds_are_kept() -> None:
    found = provider_of(row(1, code="207Q00000X", code_2="103K00000X"), COLUMNS)
    assert found
    assert found.kinds == KINDS["behavior"].bit
    last = row(1, code="225X00000X")
    last[AT["Healthcare Provider Taxonomy Code_15"]] = "235Z00000X"
    both = provider_of(last, COLUMNS)
    assert both
    assert [kind.id for kind in kinds_in(both.kinds)] == ["speech", "occupational"]


def test_others_are_left_out() -> None:
    assert provider_of(row(1, code="207Q00000X"), COLUMNS) is None
    assert provider_of(row(1, state="TX"), COLUMNS, {"NM"}) is None
    assert provider_of(row(1, deactivated="01/02/2020"), COLUMNS) is None
    assert provider_of(row(1, deactivated="01/02/2020", reactivated="01/01/2019"), COLUMNS) is None


def test_who_is_active_again_is_there() -> None:
    assert provider_of(row(1, deactivated="01/02/2020", reactivated="03/02/2020"), COLUMNS)


def test_a_bad_row_says_what_is_wrong() -> None:
    with pytest.raises(BadRow, match="has 5 columns, the header has 330"):
        npi_of(row(1)[:5], COLUMNS)
    with pytest.raises(BadRow, match='"1234567890" is not an NPI'):
        provider_of(row(1, npi="1234567890"), COLUMNS)
    with pytest.raises(BadRow, match="no name"):
        provider_of(row(1, last="", first=""), COLUMNS)


def test_the_quick_look_never_passes_one_of_ours_over() -> None:
    for kind in KINDS.values():
        for code in kind.codes:
            assert may_be_ours(text_of([row(1, code=code)], []).encode())
            assert bits_of([code]) == kind.bit
    assert not may_be_ours(text_of([row(1, code="207Q00000X", last="XXXXXXXXXXXX")], []).encode())


def test_no_two_kinds_share_a_bit_or_a_code() -> None:
    assert len({kind.bit for kind in KINDS.values()}) == len(KINDS)
    codes = [code for kind in KINDS.values() for code in kind.codes]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("services", "kinds"),
    [
        (("Speech-Language Therapy",), ("speech",)),
        (("Terapia ocupacional", "Fisioterapia"), ("occupational", "physical")),
        (("Reading with Ms. Lee",), ()),
        (("Counseling by the school psychologist",), ("psychologist", "school-psychologist", "counselor")),
    ],
)
def test_services_of_a_plan_name_kinds(services: Iterable[str], kinds: tuple[str, ...]) -> None:
    assert kinds_called(services) == kinds


def test_words_are_made_readable_and_plain() -> None:
    assert readable("O'NEIL-SMITH  MCDONALD") == "O'Neil-Smith McDonald"
    assert readable("van der Berg") == "van der Berg"
    assert plain("  Núñez, O’Neil  ") == "nunez oneil"
    assert (zip_of("87102-0001"), zip_of("871020001"), zip_of("8710"), zip_of("ABCDE")) == ("87102", "87102", "", "")
    assert (phone_of("15055550100"), phone_of("505-555-0100 x3")) == ("(505) 555-0100", "505-555-0100 x3")


def test_the_file_is_read_as_csv_or_as_the_zip_with_others_in_it(tmp_path: Path) -> None:
    path = write_file(tmp_path, [row(1), row(2)])
    with opened(path) as file:
        found = [row_of(record)[0] for record, _place in records(file, file.begins)]
        assert (file.name, file.day, file.only_changes) == (WHOLE, date(2026, 11, 8), False)
    with opened(write_zip(tmp_path, path)) as packed:
        same = [row_of(record)[0] for record, _place in records(packed, packed.begins)]
        assert (packed.name, packed.size) == (WHOLE, path.stat().st_size)
    assert found == same == [npi(1), npi(2)]


def test_reading_goes_on_at_any_place(tmp_path: Path) -> None:
    path = write_file(tmp_path, [row(number) for number in range(20)])
    for one in (path, write_zip(tmp_path, path)):
        with opened(one) as file:
            places = [place for _record, place in records(file, file.begins)]
            rest = [row_of(record)[0] for record, _place in records(file, places[14])]
        assert places[-1] == path.stat().st_size
        assert rest == [npi(number) for number in range(15, 20)]


def test_a_line_break_inside_quotes_belongs_to_the_row(tmp_path: Path) -> None:
    path = write_file(tmp_path, [row(1, street="1 SAMPLE ST\nREAR", last='SMITH "SAM"'), row(2)])
    with opened(path) as file:
        first, second = (row_of(record) for record, _place in records(file, file.begins))
    found = provider_of(first, COLUMNS)
    assert found
    assert found.street == "1 Sample St Rear"
    assert npi_of(second, COLUMNS) == int(npi(2))


def test_a_file_without_quotes_or_with_a_mark_at_its_beginning_is_read(tmp_path: Path) -> None:
    made = io.StringIO()
    csv.writer(made).writerows([HEADER, row(1)])
    path = tmp_path / WHOLE
    path.write_text("\ufeff" + made.getvalue(), encoding="utf-8", newline="")
    with opened(path) as file:
        record, _place = next(records(file, file.begins))
        assert may_be_ours(record)
        assert provider_of(row_of(record), file.columns)


@pytest.mark.parametrize(
    ("name", "day", "changes"),
    [
        (WHOLE, date(2026, 11, 8), False), (WEEK, date(2026, 11, 15), True), ("providers.csv", None, False),
        ("npidata_pfile_20261340-20261141.csv", None, False),
    ],
)  # fmt: skip
def test_the_name_of_a_file_says_what_it_covers(name: str, day: date | None, changes: bool) -> None:
    assert span_of(name) == (day, changes)


def test_all_missing_columns_of_a_file_are_faults_of_its_header(tmp_path: Path) -> None:
    cut = [name for name in HEADER if name not in ("NPI", "Last Update Date")]
    told = faults_of(write_file(tmp_path, [], header=cut))
    assert ['column "NPI"' in told[0], 'column "Last Update Date"' in told[1], len(told)] == [True, True, 2]
    assert len(faults_of(write_file(tmp_path, [], header=["something", "else"]))) == 17


def test_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / WHOLE
    path.write_text(text_of([row(1)]), encoding="utf-16")
    assert "it is not text in UTF-8" in faults_of(path)[0]


def test_files_that_break_off_are_refused(tmp_path: Path) -> None:
    whole = write_file(tmp_path, [row(number) for number in range(300)]).read_bytes()
    path = tmp_path / WHOLE
    path.write_bytes(whole[:-700])
    assert "breaks off" in faults_of(path)[0]
    path.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 21])
    assert "breaks off" in faults_of(path)[0]
    path.write_bytes(b"")
    assert len(faults_of(path)) == 17


def test_broken_zips_are_refused(tmp_path: Path) -> None:
    packed = write_zip(tmp_path, write_file(tmp_path, [row(number) for number in range(300)]))
    whole = packed.read_bytes()
    packed.write_bytes(whole[: len(whole) // 2])
    assert "cannot be opened" in faults_of(packed)[0]
    spoilt = bytearray(whole)
    start = whole.rindex(WHOLE.encode(), 0, len(whole) // 2) + len(WHOLE) + 400
    spoilt[start : start + 200] = bytes(200)
    packed.write_bytes(bytes(spoilt))
    assert "damaged" in faults_of(packed)[0]
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr(f"{Path(WHOLE).stem}_fileheader.csv", "NPI")
    assert "there is no NPPES file in this zip" in faults_of(packed)[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in faults_of(tmp_path / "nothing.csv")[0]
