"""Runs over a folder: one row a duty, taking up a run that was stopped, and the rows of some clocks."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.answers import Answers
from gameplan.audit.faults import FolderError
from gameplan.audit.kept import OtherRun
from gameplan.audit.layout import CHILDREN, FACTS, Folder
from gameplan.audit.rows import DUTY, ROWS
from gameplan.audit.run import Summary, rows_of, run
from tests.audit.made_folder import (
    CLOCKS,
    StandIn,
    all_rows,
    audit,
    child_rows,
    expected_row,
    fact_rows,
    make_folder,
    put,
)

# ---- one row a duty


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
        f"{kept} holds finished parts of another run: it was for 2025-12-01, and now 2025-12-02; "
        "it gave one row a duty, and now one row for each state; the law or the program has changed since; "
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
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


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
    with pytest.raises(ValueError, match=r'no clock "stay-put-forever"\. Did you mean "stay-put"'):
        list(rows_of(make_folder(tmp_path / "folder", 1), StandIn(), ["stay-put-forever"], workers=1))


def test_rows_of_a_wrong_folder_are_refused_with_all_faults(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 3)
    for part in (0, 2):
        put(folder.facts(part), [{**row, "kind": "picnic"} for row in fact_rows(part, 5)], FACTS)
    with pytest.raises(FolderError) as refused:
        list(rows_of(folder, StandIn(), ["stay-put"], workers=1))
    assert len(refused.value.faults) == 2
