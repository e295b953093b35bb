"""Parquet files joined by their bytes: other readers find every row, and what the footer says of them is still true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameplan.audit.joining import join
from gameplan.audit.layout import WORD
from gameplan.audit.thrift import (
    BINARY,
    BYTE,
    DOUBLE,
    FALSE,
    I16,
    I32,
    I64,
    LIST,
    STRUCT,
    TRUE,
    Reader,
    Struct,
    write_struct,
)


def table(begin: int, rows: int) -> pa.Table:
    numbers = range(begin, begin + rows)
    return pa.table({
        "case": pa.array(numbers, pa.int64()),
        "kind": pa.array([f"kind {number % 7}" for number in numbers], WORD),
        "late": pa.array([None if number % 3 else number for number in numbers], pa.int32()),
        "met": pa.array([number % 2 == 0 for number in numbers], pa.bool_()),
    })  # fmt: skip


def written(folder: Path, tables: list[pa.Table], **settings: Any) -> list[Path]:
    files = [folder / f"{number}.parquet" for number in range(len(tables))]
    for path, one in zip(files, tables, strict=True):
        pq.write_table(one, path, **{"row_group_size": 20, **settings})
    return files


def asked(question: str) -> list[Any]:
    """The answer of a reader that is not Arrow."""
    with duckdb.connect() as other:
        return other.execute(question).fetchall()


@pytest.mark.parametrize(
    "settings",
    [{}, {"compression": "zstd", "use_dictionary": ["kind"]}, {"write_page_index": True}, {"data_page_version": "2.0"}],
    ids=["plain", "zstd", "index", "pages-2"],
)
def test_every_row_is_there_for_every_reader(tmp_path: Path, settings: Any) -> None:
    tables = [table(0, 50), table(50, 0), table(50, 1), table(51, 33)]
    out = tmp_path / "joined.parquet"
    assert join(written(tmp_path, tables, **settings), out) == 84
    whole = table(0, 84)
    assert pq.read_table(out).to_pylist() == whole.to_pylist()
    assert pq.read_schema(out).equals(whole.schema)
    assert asked(f"select * from '{out}'") == [tuple(row.values()) for row in whole.to_pylist()]
    assert asked(f"select count(*) from '{out}' where \"case\" > 70 and met") == [(6,)]
    assert pq.read_metadata(out).num_row_groups == 3 + 1 + 1 + 2


def test_what_the_footer_says_stays_true(tmp_path: Path) -> None:
    join(written(tmp_path, [table(0, 40), table(40, 30)]), tmp_path / "joined.parquet")
    footer = pq.read_metadata(tmp_path / "joined.parquet")
    cases = [footer.row_group(number).column(0).statistics for number in range(footer.num_row_groups)]
    assert [(one.min, one.max) for one in cases] == [(0, 19), (20, 39), (40, 59), (60, 69)]
    with pq.ParquetFile(tmp_path / "joined.parquet") as file:
        assert file.read_row_group(3)["case"].to_pylist() == list(range(60, 70))


def test_a_file_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    first, second = written(tmp_path, [table(0, 5), table(5, 5)])
    second.write_bytes(second.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"1\.parquet is not a whole Parquet file"):
        join([first, second], tmp_path / "joined.parquet")
    second.write_bytes(b"")
    with pytest.raises(ValueError, match="not a whole Parquet file"):
        join([first, second], tmp_path / "joined.parquet")


def test_files_with_other_columns_are_refused(tmp_path: Path) -> None:
    files = written(tmp_path, [table(0, 5), table(5, 5).drop_columns(["late"])])
    with pytest.raises(ValueError, match=r"1\.parquet has other columns"):
        join(files, tmp_path / "joined.parquet")


def test_footers_are_written_as_they_were_read(tmp_path: Path) -> None:
    struct: Struct = {
        1: (TRUE, TRUE), 2: (FALSE, FALSE), 3: (BYTE, 200), 4: (I16, -3), 40: (I32, 2**31 - 1), 41: (I64, -(2**63)),
        60: (BINARY, b"words" * 40), 61: (DOUBLE, b"\x00" * 8), 62: (LIST, (I32, list(range(-20, 20)))),
        63: (LIST, (TRUE, [1, 2])), 64: (STRUCT, {1: (LIST, (STRUCT, [{1: (I32, 1)}, {}]))}), 65: (LIST, (I64, [])),
    }  # fmt: skip
    assert Reader(write_struct(struct)).struct() == struct
    [path] = written(tmp_path, [table(0, 200)])
    whole = path.read_bytes()
    footer = whole[-8 - int.from_bytes(whole[-8:-4], "little") : -8]
    assert write_struct(Reader(footer).struct()) == footer


def test_what_footers_do_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="type 11, which is not known"):
        Reader(b"\x1b\x00\x00").struct()
