"""Counts by group: the same as a plain count, whatever is grouped by."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.groups import BANDS, DIRECT, KEYS, STATUS_COLUMNS, Groups, Merging, check_by, groups_schema
from gameplan.audit.layout import CHILDREN
from gameplan.audit.rows import DUTY, NO_DAY
from gameplan.core.standing import STATUSES
from tests.audit.made_folder import (
    CLOCKS,
    StandIn,
    all_rows,
    audit,
    child_rows,
    expected_row,
    make_folder,
)


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
