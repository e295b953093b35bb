"""Runs over a folder: one row a duty, counts by group, taking up a run that was stopped, and faults of the folder."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.answers import Answers
from gameplan.audit.faults import SHOWN, FolderError
from gameplan.audit.groups import BANDS, DIRECT, KEYS, STATUS_COLUMNS, Groups, Merging, check_by, groups_schema
from gameplan.audit.kept import OtherRun
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder
from gameplan.audit.rows import DUTY, NO_DAY, ROWS
from gameplan.audit.run import Summary, rows_of, run
from gameplan.core.faults import Fault
from gameplan.core.standing import REASONS, STATUSES
from tests.audit.made_folder import CLOCKS, Row, StandIn, all_rows, child_rows, fact_rows, make_folder, put


def audit(folder: Folder, out: Path, evaluator: StandIn, *, by: list[str] | None = None, workers: int = 2) -> Summary:
    return run(folder, out, evaluator, by=by, workers=workers, fingerprint="the law")


def faults_of(folder: Folder, tmp_path: Path) -> list[str]:
    """The faults that a run over the folder ends with; nothing is written."""
    evaluator = StandIn()
    with pytest.raises(FolderError) as refused:
        audit(folder, tmp_path / "answer.parquet", evaluator)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
    assert str(refused.value).splitlines()[: len(refused.value.faults)] == [str(one) for one in refused.value.faults]
    return [str(one) for one in refused.value.faults]


# ---- one row a duty


def day(number: int) -> date | None:
    return None if number == NO_DAY else date.fromordinal(date(1970, 1, 1).toordinal() + number)


def expected_row(duty: Any) -> Row:
    clock = CLOCKS[duty["clock"]]
    days = {name: day(duty[name]) for name in ("started", "due", "due_earliest", "due_latest", "done")}
    numbers = {name: None if duty[name] == NO_DAY else duty[name] for name in ("done_by", "days_left", "days_late")}
    words = {"status": STATUSES[duty["status"]], "reason": REASONS[duty["reason"]]}
    return {**duty, **clock._asdict(), "clock": clock.id, "state": duty["state"], **days, **numbers, **words}


def test_it_writes_one_row_a_duty(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder")
    summary = audit(folder, tmp_path / "answer.parquet", StandIn())
    answer = pq.read_table(tmp_path / "answer.parquet")
    assert answer.schema.equals(ROWS)
    wanted = [{name: row[name] for name in ROWS.names} for row in map(expected_row, all_rows(folder))]
    assert answer.to_pylist() == wanted
    assert summary == Summary(children=120, facts=180, duties=180, rows=180, parts=3, kept=0)


def test_the_answer_says_of_which_day_and_law_it_is(tmp_path: Path) -> None:
    audit(make_folder(tmp_path / "folder", 1), tmp_path / "answer.parquet", StandIn())
    told = json.loads(pq.read_schema(tmp_path / "answer.parquet").metadata[b"gameplan"])
    assert told == {"on": "2025-12-01", "by": None, "law": "the law"}


def test_nothing_is_left_beside_the_answer(tmp_path: Path) -> None:
    audit(make_folder(tmp_path / "folder"), tmp_path / "answer.parquet", StandIn())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.parquet", "folder"]


def test_it_says_how_many_children_are_done(tmp_path: Path) -> None:
    said: list[int] = []
    folder = make_folder(tmp_path / "folder")
    run(folder, tmp_path / "a.parquet", StandIn(), by=None, workers=2, fingerprint="", progress=said.append)
    assert said == [40, 80, 120]


def test_a_folder_without_children_has_an_empty_answer(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1)
    put(folder.children(0), [], CHILDREN)
    put(folder.facts(0), [], FACTS)

    class Nothing(StandIn):
        def duties(self, children: pa.Table, facts: pa.Table, calendars: pa.Table) -> Any:
            return iter(())

    for by in (None, ["state"], []):
        assert audit(folder, tmp_path / "answer.parquet", Nothing(), by=by).rows == 0
        assert pq.read_table(tmp_path / "answer.parquet").num_rows == 0


def test_children_in_any_order_get_their_own_words() -> None:
    children = pa.Table.from_pylist(list(reversed(child_rows(0, 30))), schema=CHILDREN)
    duties = np.zeros(30, DUTY)
    duties["case"] = np.random.default_rng(1).permutation(30)
    answer = Answers(children, CLOCKS).table(duties)
    school = {one["case"]: one["school"] for one in child_rows(0, 30)}
    assert answer["school"].to_pylist() == [school[case] for case in duties["case"]]


def test_a_duty_of_a_stranger_is_an_error_of_the_evaluator() -> None:
    children = pa.Table.from_pylist(child_rows(0, 5), schema=CHILDREN)
    duties = np.zeros(1, DUTY)
    duties["case"] = 77
    with pytest.raises(ValueError, match="case 77, which is not in this part"):
        Answers(children, CLOCKS).table(duties)


# ---- counts by group


def counted(rows: list[Any], by: list[str]) -> dict[tuple[Any, ...], list[Any]]:
    """The counts of each group in plain Python, in the order of the answer's columns."""
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0] * (len(STATUSES) + len(BANDS) + 2) + [None])
    for duty in rows:
        row = expected_row(duty)
        numbers = groups[tuple(row[name] for name in by)]
        numbers[0] += 1
        numbers[1 + STATUSES.index(row["status"])] += 1
        late = row["days_late"]
        if late:
            band = sum(late > edge for edge in (15, 30, 60, 120))
            numbers[1 + len(STATUSES) + band] += 1
            numbers[-2] += late
            numbers[-1] = max(late, numbers[-1] or 0)
    return dict(groups)


@pytest.mark.parametrize(
    "by",
    [[], ["state"], ["clock"], ["kind", "pack"], ["district", "clock", "status"], ["reason", "school"], list(KEYS)],
    ids=lambda by: "-".join(by) or "all",
)
def test_groups_are_those_of_a_plain_count(tmp_path: Path, by: list[str]) -> None:
    folder = make_folder(tmp_path / "folder")
    summary = audit(folder, tmp_path / "answer.parquet", StandIn(), by=by)
    answer = pq.read_table(tmp_path / "answer.parquet")
    wanted = counted(all_rows(folder), by)
    found = [tuple(row.values()) for row in answer.to_pylist()]
    assert answer.schema.equals(groups_schema(by))
    assert {row[: len(by)]: list(row[len(by) :]) for row in found} == wanted
    assert (summary.duties, summary.rows) == (180, len(wanted))
    assert [row[: len(by)] for row in found] == sorted(wanted, key=lambda key: [(one is None, one) for one in key])


def test_bands_end_where_their_names_say() -> None:
    children = pa.Table.from_pylist(child_rows(0, 1), schema=CHILDREN)
    duties = np.zeros(11, DUTY)
    duties["days_late"] = [NO_DAY, 0, 1, 15, 16, 30, 31, 60, 61, 120, 121]
    groups = Groups((), children, CLOCKS)
    groups.add(duties)
    [row] = groups.table().to_pylist()
    assert [row[name] for name in BANDS] == [2, 2, 2, 2, 1]
    assert (row["duties"], row["days_late_sum"], row["days_late_max"]) == (11, 455, 121)


@pytest.mark.parametrize("direct", [0, DIRECT])
def test_many_groups_find_room(direct: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.audit.groups.DIRECT", direct)
    children = pa.Table.from_pylist(
        [{**child_rows(0, 1)[0], "case": n, "school": f"s{n}"} for n in range(9000)], CHILDREN
    )
    duties = np.zeros(3 * 9000, DUTY)
    duties["case"] = np.repeat(np.arange(9000), 3)
    groups = Groups(("school",), children, CLOCKS)
    groups.add(duties)
    groups.add(duties)
    table = groups.table()
    assert set(table["school"].to_pylist()) == {f"s{n}" for n in range(9000)}
    assert set(table["duties"].to_pylist()) == {6}


def test_groups_of_parts_add_up_while_they_come() -> None:
    children = pa.Table.from_pylist(child_rows(0, 40), schema=CHILDREN)
    merging = Merging(("school",))
    for _ in range(25):
        groups = Groups(("school",), children, CLOCKS)
        duties = np.zeros(40, DUTY)
        duties["case"] = np.arange(40)
        groups.add(duties)
        merging.add(groups.table())
        merging._add_up()
    assert [(row["school"], row["duties"]) for row in merging.table().to_pylist()] == [
        (f"school {number}", 200) for number in range(5)
    ]


def test_wrong_names_of_groups_are_all_named() -> None:
    assert check_by(["status", "state"]) == ("status", "state")
    with pytest.raises(ValueError) as refused:
        check_by(["distrct", "state", "week", "state"])
    assert str(refused.value) == (
        'Cannot group like this. "distrct" is nothing to group by (perhaps district). "week" is nothing to group by. '
        '"state" is named twice. Use some of state, district, school, clock, pack, kind, status, reason, each once.'
    )
    assert set(STATUS_COLUMNS) >= {"late", "met_late", "cannot_tell"}


# ---- stopped and taken up


@pytest.mark.parametrize("by", [None, ["school", "status"]], ids=["rows", "groups"])
def test_a_stopped_run_is_taken_up(tmp_path: Path, by: list[str] | None) -> None:
    folder, out = make_folder(tmp_path / "folder", 3), tmp_path / "answer.parquet"
    with pytest.raises(RuntimeError, match="power") as stopped:
        audit(folder, out, StandIn(stop_at=2), by=by, workers=1)
    assert stopped.value.__notes__ == [f"This was in part 00002 of {folder.path}."]
    kept = tmp_path / "answer.parquet.parts"
    assert sorted(one.name for one in kept.iterdir()) == ["part-00000.parquet", "part-00001.parquet", "run.json"]
    assert not out.exists()

    again = StandIn()
    summary = audit(folder, out, again, by=by, workers=1)
    assert (again.seen, summary.kept, summary.children) == ({2: 1}, 2, 120)
    audit(folder, tmp_path / "at once.parquet", StandIn(), by=by)
    assert pq.read_table(out).equals(pq.read_table(tmp_path / "at once.parquet"))


def stopped_run(tmp_path: Path) -> tuple[Folder, Path]:
    """A folder, and the answer that a run over it was stopped before writing."""
    folder, out = make_folder(tmp_path / "folder", 3), tmp_path / "answer.parquet"
    with pytest.raises(RuntimeError):
        audit(folder, out, StandIn(stop_at=2), workers=1)
    return folder, out


def test_a_part_that_is_not_whole_is_done_again(tmp_path: Path) -> None:
    folder, out = stopped_run(tmp_path)
    torn = tmp_path / "answer.parquet.parts" / "part-00001.parquet"
    torn.write_bytes(torn.read_bytes()[:200])
    (tmp_path / "answer.parquet.parts" / ".part-00002.parquet.half").write_bytes(b"half")
    again = StandIn()
    assert audit(folder, out, again).kept == 1
    assert again.seen == {1: 1, 2: 1}


def test_kept_parts_of_another_run_are_refused(tmp_path: Path) -> None:
    folder, out = stopped_run(tmp_path)
    os.utime(folder.facts(2), ns=(1, 1))
    with pytest.raises(OtherRun) as refused:
        run(folder, out, StandIn(on=date(2025, 12, 2)), by=["state"], workers=1, fingerprint="another law")
    kept = tmp_path / "answer.parquet.parts"
    assert str(refused.value) == (
        f"{kept} holds finished parts of another run: it was for '2025-12-01', and now '2025-12-02'; "
        "it was grouped by None, and now ['state']; the law or the program has changed since; "
        "these files are others now: part-00002. Ask again as before to take that run up, "
        f"give another name for the answer, or delete {kept} to start anew."
    )
    assert len(list(kept.iterdir())) == 3


def test_parts_without_a_note_are_refused(tmp_path: Path) -> None:
    folder, out = stopped_run(tmp_path)
    (tmp_path / "answer.parquet.parts" / "run.json").unlink()
    with pytest.raises(OtherRun, match="it does not say what it is"):
        audit(folder, out, StandIn())


def test_no_more_parts_are_in_work_than_workers(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 9, children=4)
    evaluator = StandIn(lag=0.005)
    audit(folder, tmp_path / "answer.parquet", evaluator, workers=2)
    assert evaluator.most_at_work == 2


def test_it_wants_a_worker_and_a_place(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1)
    with pytest.raises(ValueError, match="0 workers cannot do anything"):
        audit(folder, tmp_path / "answer.parquet", StandIn(), workers=0)
    with pytest.raises(ValueError, match="name a file in a folder that is there"):
        audit(folder, tmp_path / "nowhere" / "answer.parquet", StandIn())


# ---- rows of some clocks


def test_rows_of_some_clocks_come_part_by_part(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 5)
    evaluator = StandIn()
    coming = rows_of(folder, evaluator, ["stay-put", "answer"], workers=1)
    tables = [next(coming)]
    assert sum(evaluator.seen.values()) <= 3
    tables += coming
    wanted = [expected_row(row) for row in all_rows(folder) if CLOCKS[row["clock"]].id in ("stay-put", "answer")]
    assert len(tables) == 5
    assert all(table.schema.equals(ROWS) for table in tables)
    found = [row for table in tables for row in table.to_pylist()]
    assert found == [{name: row[name] for name in ROWS.names} for row in wanted]


def test_rows_of_an_unknown_clock_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="The law has no clock stay-put-forever"):
        list(rows_of(make_folder(tmp_path / "folder", 1), StandIn(), ["stay-put-forever"], workers=1))


def test_rows_of_a_wrong_folder_are_refused_with_all_faults(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 3)
    for part in (0, 2):
        put(folder.facts(part), [{**row, "kind": "picnic"} for row in fact_rows(part, 5)], FACTS)
    with pytest.raises(FolderError) as refused:
        list(rows_of(folder, StandIn(), ["stay-put"], workers=1))
    assert len(refused.value.faults) == 2


# ---- faults


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


def test_a_message_does_not_list_faults_without_end() -> None:
    faults = [Fault(f"facts/part-{number:05d}.parquet", "it is wrong.", "Mend it.") for number in range(SHOWN + 5)]
    assert str(FolderError(faults)).splitlines()[-1] == "And 5 more faults of these kinds."
