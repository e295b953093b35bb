"""What is wrong with a file: each fault where it stands, with a way to mend it, all at once, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pytest

from gameplan.arriving.faults import MOST_SHOWN, Faults, read_kept
from gameplan.rosters.models import Line, Piece, Pupil, Take
from gameplan.rosters.plain.mapping import guess
from gameplan.rosters.reading import read_roster
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, HEADER, Child, Made, changed, edfi, edfi_zip, oneroster, plain, text_of, zipped

Change = Callable[[Made], object]


def faults_of(content: bytes, name: str = "roster.zip", **about: object) -> Faults:
    """What is wrong with a file; no database is needed to know."""
    faults = Faults()
    with read_roster(BytesIO(content), name, faults, **about) as told:  # type: ignore[arg-type]
        assert bool(faults) == (told is None)
    return faults


def places(faults: Faults) -> list[str]:
    return [one.where for one in faults.first]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("kind", ["bulk", "delta"])
def test_a_good_file_has_no_fault(version: str, kind: str) -> None:
    made = oneroster(version=version, kind=kind)
    made.bom = True
    made.files["users"][0].append("metadata.homeroom")
    for row in made.files["users"][1:]:
        row.append("12")
    assert faults_of(made.packed()).first == []


CELLS = [
    ("a day that is none", "demographics", 2, "birthDate", "2015-02-30"),
    ("a day of another form", "roles", 2, "beginDate", "8/12/2026"),
    ("a flag that is none", "users", 3, "enabledUser", "TRUE"),
    ("a kind of place that is none", "orgs", 2, "type", "School"),
    ("a role that is none", "roles", 2, "role", "pupil"),
    ("an empty cell that is needed", "users", 2, "givenName", " "),
    ("an id with a space", "classes", 2, "sourcedId", "a b"),
    ("an id that is nowhere", "enrollments", 2, "userSourcedId", "u77"),
    ("an id in a list that is nowhere", "users", 2, "agentSourcedIds", "g1,g7"),
    ("an id twice", "users", 3, "sourcedId", "u1"),
    ("status in a whole roster", "orgs", 3, "status", "active"),
]


@pytest.mark.parametrize(("name", "row", "column", "value"), [one[1:] for one in CELLS], ids=[one[0] for one in CELLS])
def test_each_wrong_cell_is_named(name: str, row: int, column: str, value: str) -> None:
    faults = faults_of(oneroster().put(name, row, column, value).packed())
    assert f"{name}.csv, row {row}, column {column}" in places(faults)
    assert all(one.what and one.mend for one in faults.first)


def header(made: Made, name: str, first: int, *names: str) -> None:
    made.files[name][0][first : first + len(names)] = names


OTHERS: dict[str, tuple[Change, str]] = {
    "a name that reckons": (lambda m: m.put("users", 2, "familyName", "=1+1"), "users.csv, row 2"),
    "a broken letter": (lambda m: m.put("users", 2, "familyName", "Lo\x00pez"), "users.csv, row 2"),
    "a cell of two lines": (lambda m: m.put("users", 2, "familyName", "Lo\npez"), "users.csv, row 2"),
    "a huge cell": (lambda m: m.put("users", 2, "familyName", "x" * 20_000), "users.csv, row 2"),
    "a cell too many": (lambda m: m.files["users"][1].append("x"), "users.csv, row 2"),
    "a column twice": (lambda m: header(m, "users", 5, "enabledUser"), "users.csv, row 1, column enabledUser"),
    "columns in another order": (lambda m: header(m, "orgs", 3, "type", "name"), "orgs.csv, row 1"),
    "a column that is none": (lambda m: m.widen("orgs", "x"), "orgs.csv, row 1, column x"),
    "a file without rows": (lambda m: m.files["demographics"].__delitem__(slice(1, None)), "demographics.csv"),
    "a file that is said and missing": (lambda m: m.ways.update(results="bulk"), "results.csv"),
    "a file that is there and not said": (lambda m: m.ways.update(roles="absent"), "roles.csv"),
    "a way that is none": (lambda m: m.ways.update(users="some"), "manifest.csv, column file.users"),
    "a needed file missing": (lambda m: m.files.pop("roles"), "roles.csv"),
    "one State id twice": (lambda m: m.put("users", 3, "identifier", "900001"), "users.csv, row 2"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_each_fault_says_where_it_is_and_how_to_mend_it(name: str) -> None:
    change, place = OTHERS[name]
    made = oneroster()
    change(made)
    faults = faults_of(made.packed())
    assert place in places(faults)
    assert all(one.what and one.mend for one in faults.first)


def test_all_faults_come_at_once_and_no_cell_is_repeated() -> None:
    made = oneroster().put("users", 2, "givenName", "").put("users", 3, "enabledUser", "Secretname")
    made.put("demographics", 2, "sex", "Secretname").put("orgs", 2, "type", "x")
    faults = faults_of(made.packed())
    assert faults.count == 4
    assert "Secretname" not in str(faults.first)


def test_only_the_first_are_kept_and_all_are_counted() -> None:
    children = [Child(f"u{number}", "Ana", "Lopez", "never") for number in range(MOST_SHOWN + 60)]
    faults = faults_of(oneroster(children).packed())
    assert (len(faults.first), faults.count) == (MOST_SHOWN, MOST_SHOWN + 60)


def test_without_a_manifest_it_is_refused_politely() -> None:
    files = oneroster().texts()
    del files["manifest.csv"]
    (fault,) = faults_of(zipped(files)).first
    assert "OneRoster 1.0" in fault.what
    assert "1.1 or 1.2" in fault.mend


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 half of it", "not a whole zip"),
        (zipped({"a/users.csv": b"x", "manifest.csv": b"x"}), "in a folder"),
        (zipped({"inner.zip": zipped({"x": b"x"})}), "inside the zip"),
        (zipped({"../users.csv": b"x"}), "leads out of the zip"),
        (zipped({"a.csv": b"x", "b.csv": b"y"}), "more than one file"),
        (zipped({"bomb.csv": b"0" * 20_000_000}), "too large"),
        (zipped({}), "nothing in the zip"),
        ("Zoé,é\n".encode("latin-1"), "UTF-8"),
        (b'[{"studentUniqueId": "1", ', "not JSON"),
        (b'{"students": 3}', "not JSON"),
        (b"[" * 50_000, "not JSON"),
    ],
)
def test_what_is_no_roster_is_refused(content: bytes, words: str) -> None:
    faults = faults_of(content)
    assert words in " ".join(one.what for one in faults.first)


def test_a_delta_needs_status_and_time() -> None:
    made = oneroster(kind="delta").put("users", 2, "status", "deleted").put("users", 3, "dateLastModified", "yesterday")
    assert [one for one in places(faults_of(made.packed())) if one.startswith("users.csv")] == [
        "users.csv, row 2, column status", "users.csv, row 3, column status",
    ]  # fmt: skip


def test_schools_of_two_districts_are_refused() -> None:
    made = oneroster()
    made.files["orgs"].append(["d2", "", "", "Far Away", "district", "", ""])
    made.put("orgs", 4, "parentSourcedId", "d2")
    assert places(faults_of(made.packed())) == ["orgs.csv"]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [(2, "Date of Birth", "32/1/2015"), (3, "Hispanic", "perhaps"), (4, "First Name", ""), (5, "Student ID", "")],
)
def test_faults_of_plain_csv_name_the_column_of_the_file(row: int, column: str, value: str) -> None:
    lines = [line.split(",") for line in plain().decode().splitlines()]
    lines[row - 1][HEADER.index(column)] = value
    faults = faults_of(text_of(lines), "pupils.csv", mapping=guess(HEADER).as_json())
    if column == "Student ID":
        assert not faults, "the number of the State stands in for it"
    else:
        assert places(faults) == [f"pupils.csv, row {row}, column {column}"]


def test_a_mapping_that_does_not_fit_is_refused() -> None:
    faults = faults_of(plain(), "pupils.csv", mapping={"given": "Nothing", "family": "Last Name", "shoe": "Grade"})
    assert [one.where for one in faults.first] == ["given", "shoe", "sourced_id"]


def test_edfi_that_does_not_hold_together_is_refused() -> None:
    told = edfi()
    told["studentSchoolAssociations"][0]["studentReference"]["studentUniqueId"] = "u77"
    assert places(faults_of(edfi_zip(told))) == ["studentSchoolAssociations, row 1"]
    told = edfi()
    told["students"][1]["birthDate"] = "soon"
    told["students"][2]["lastSurname"] = "\ud800"
    assert "students, row 2, column birthDate" in places(faults_of(edfi_zip(told)))
    one_file = json.dumps(edfi()).encode()
    assert not faults_of(one_file, "students.json")


def test_of_a_faulty_file_nothing_is_kept_but_its_faults(preview: Given) -> None:
    take = preview(oneroster([changed(ANA, born="never")]))
    assert take.state == Take.State.FAULTY
    assert [one.where for one in read_kept(take.faults)] == ["demographics.csv, row 2, column birthDate"]
    assert [model.objects.count() for model in (Pupil, Line, Piece)] == [0, 0, 0]


def test_a_school_that_nobody_knows_is_a_fault_of_a_delta(preview: Given) -> None:
    take = preview(oneroster([changed(ANA, school="s9")], kind="delta", only=["users", "roles"], staff=False))
    assert [one.where for one in read_kept(take.faults)] == ["users.csv, row 2"]
