"""Faults of a folder: all of them in one message, and nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.faults import SHOWN, FolderError
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder
from gameplan.core.faults import Fault
from tests.audit.made_folder import (
    Row,
    StandIn,
    audit,
    child_rows,
    fact_rows,
    make_folder,
    put,
)


def faults_of(folder: Folder, tmp_path: Path) -> list[str]:
    """The faults that a run over the folder ends with; nothing is written."""
    evaluator = StandIn()
    with pytest.raises(FolderError) as refused:
        audit(folder, tmp_path / "answer.parquet", evaluator)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
    assert str(refused.value).splitlines()[: len(refused.value.faults)] == [str(one) for one in refused.value.faults]
    return [str(one) for one in refused.value.faults]


def test_missing_files_columns_and_wrong_types_are_all_named(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 5)
    folder.facts(0).unlink()
    folder.children(1).unlink()
    pq.write_table(pq.read_table(folder.children(2)).drop_columns(["district"]), folder.children(2))
    facts = pq.read_table(folder.facts(3))
    facts = facts.set_column(3, "on", facts["on"].cast(pa.timestamp("us")))
    pq.write_table(facts.append_column("date_recieved", pa.nulls(facts.num_rows, pa.date32())), folder.facts(3))
    folder.facts(4).write_bytes(b"no columns here")
    put(folder.calendars, [year(first_day=date(2026, 7, 1))], CALENDARS)
    found = faults_of(folder, tmp_path)
    assert found[0] == "calendars.parquet: the year ends before it begins (1 row, first: calendar 1). Swap the days."
    assert found[1] == (
        "children/part-00001.parquet: the file is missing. Every part needs its children and its facts, even if empty."
    )
    assert found[2] == (
        'children/part-00002.parquet: the column "district" is missing. '
        "Add it, as words (string, best as a dictionary)."
    )
    assert found[3].startswith("facts/part-00000.parquet: the file is missing.")
    assert found[4] == ('facts/part-00003.parquet: the column "on" holds timestamp[us]. Write it as days (date32).')
    assert found[5] == (
        'facts/part-00003.parquet: facts have no column "date_recieved". '
        'Did you mean "date_received"? Otherwise take it out.'
    )
    assert found[6].startswith("facts/part-00004.parquet: it cannot be read as Parquet (")
    assert len(found) == 7


def year(**changes: Any) -> Row:
    return {
        "calendar": 1, "school_year": "2025-26", "first_day": date(2025, 8, 13), "last_day": date(2026, 5, 21),
        **changes,
    }  # fmt: skip


def test_faults_of_the_values_are_found_in_every_part(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 3, children=8)
    children = child_rows(1, 8)
    children[2]["state"], children[3]["calendar"], children[5]["case"] = "ZZ", 9, 1004
    put(folder.children(1), children, CHILDREN)
    facts = fact_rows(2, 8)
    facts[0]["kind"], facts[1]["case"], facts[2]["id"] = "consent-givn", 5, 1
    facts[3]["on"], facts[4]["data"], facts[5]["said_by"] = date(1875, 1, 1), "[1]", "neighbour"
    put(folder.facts(2), facts, FACTS)
    found = faults_of(folder, tmp_path)
    assert [line.partition(" ")[2] for line in found if "children" in line.partition(" ")[0]] == [
        'the state "ZZ" is not known (1 row, first: case 1002). Take it out. Known here: '
        "AK, AL, AR, AZ, CA, CO, CT, DC, DE, FL, GA, HI ....",
        "the calendar is not in the table (1 row, first: case 1003). Add it to calendars.parquet.",
        "the case has another row (1 row, first: case 1004). Give each child one row.",
    ]
    assert found[3] == (
        "facts/part-00001.parquet: the case is not among the children of the part (1 row, first: case 1005, id 1). "
        "Put its facts into the part of the child."
    )
    assert [line.removeprefix("facts/part-00002.parquet: ") for line in found[4:]] == [
        'the kind "consent-givn" is not known (1 row, first: case 2001, id 1). '
        'Did you mean "consent-given"? Otherwise take it out.',
        'the said_by "neighbour" is not known (1 row, first: case 2003, id 3). Take it out. Known here: '
        "parent, student, school, new-school, old-school, team-member, sea, state, hearing-officer, mediator, part-c, "
        "party ....",
        'the day in "on" cannot be (1 row, first: case 2003, id 1). Days lie between 1975-01-01 and 2100-12-31.',
        "the data is not a JSON object (1 row, first: case 2003, id 2). Write it as layout.data_text does.",
        "the facts are not sorted by case (1 row, first: case 5, id 1). Sort the facts of the part.",
        "the case is not among the children of the part (1 row, first: case 5, id 1). "
        "Put its facts into the part of the child.",
    ]


def linked_facts(**columns: list[Any]) -> pa.Table:
    rows = fact_rows(0, 8)
    table = pa.Table.from_pylist(rows, schema=FACTS)
    for name, values in columns.items():
        padded = values + [None] * (len(rows) - len(values))
        table = table.append_column(name, pa.array(padded, pa.bool_() if name == "withdrawn" else pa.int32()))
    return table


def test_ids_and_what_they_name_are_looked_at(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1, children=8)
    # The cases of the first rows: 1, 2, 2, 3, 3, 3 with ids 1, 1, 2, 1, 2, 3.
    linked = linked_facts(corrects=[1, None, 1, 3, None, 7], account_of=[None, None, 1], withdrawn=[True, True])
    doubled = linked["id"].to_numpy().copy()
    doubled[-1] = doubled[-3]
    pq.write_table(linked.set_column(1, "id", pa.array(doubled)), folder.facts(0))
    assert [line.removeprefix("facts/part-00000.parquet: ") for line in faults_of(folder, tmp_path)] == [
        "another fact of the case has the same id (1 row, first: case 7, id 1). Give each fact of a case its own id.",
        '"corrects" names a fact that the case does not have (2 rows, first: case 1, id 1). '
        "Name the id of another fact of the case.",
        'it is not said which fact is taken back (1 row, first: case 2, id 1). Name it in "corrects".',
    ]


def test_empty_places_are_named_before_they_are_used(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1, children=8)
    loose = pa.schema([field.with_nullable(True) for field in FACTS])
    rows = fact_rows(0, 8)
    rows[0]["case"], rows[1]["kind"] = None, None
    put(folder.facts(0), rows, loose)
    assert [line.removeprefix("facts/part-00000.parquet: ") for line in faults_of(folder, tmp_path)] == [
        '"case" is empty (1 row, first: case None, id 1). Fill it in.',
        '"kind" is empty (1 row, first: case 2, id 1). Fill it in.',
    ]


def test_words_may_be_written_without_dictionaries(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 2)
    audit(folder, tmp_path / "before.parquet", StandIn())
    for path in (folder.children(0), folder.facts(1)):
        table = pq.read_table(path)
        plain = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
        pq.write_table(table.cast(pa.schema(zip(table.column_names, plain, strict=True))), path)
    audit(folder, tmp_path / "after.parquet", StandIn())
    assert (
        pq.read_table(tmp_path / "after.parquet").to_pylist() == pq.read_table(tmp_path / "before.parquet").to_pylist()
    )


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 0)
    assert faults_of(folder, tmp_path) == [
        f"{folder.path}: there are no parts. Put children/part-00000.parquet and its facts there."
    ]


def test_a_file_with_a_strange_name_is_a_fault(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1)
    folder.facts(0).with_name("part-00000 (1).parquet").write_bytes(folder.facts(0).read_bytes())
    folder.children(0).rename(folder.children(0).with_name("part-0.parquet"))
    found = faults_of(folder, tmp_path)
    assert [line.partition(":")[0] for line in found] == [
        "children/part-0.parquet", "children/part-00000.parquet", "facts/part-00000 (1).parquet",
    ]  # fmt: skip
    assert found[0].endswith("this is not the name of a part. Name it like part-00000.parquet, or move it away.")


def test_a_message_does_not_list_faults_without_end() -> None:
    faults = [Fault(f"facts/part-{number:05d}.parquet", "it is wrong.", "Mend it.") for number in range(SHOWN + 5)]
    assert str(FolderError(faults)).splitlines()[-1] == "And 5 more faults of these kinds."
