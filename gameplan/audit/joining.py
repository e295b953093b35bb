"""Joins Parquet files of one schema into one by copying their bytes: nothing is unpacked, the disk sets the pace.

A Parquet file is pages, then a footer that says where each page lies (https://parquet.apache.org/docs/file-format/).
The joined file has the pages of all files one after the other, and a footer with all their row groups, moved by where
their file's pages came to lie. Footers are written in Thrift's compact protocol; only what footers use is read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from gameplan.audit.thrift import I64, LIST, STRUCT, Reader, Struct, write_struct

MAGIC: Final = b"PAR1"
TAIL: Final = 8  # length of the footer, and the magic word again

# Numbers of fields in the footer's structs, as parquet.thrift gives them.
SCHEMA, NUM_ROWS, ROW_GROUPS = 2, 3, 4
COLUMNS, GROUP_OFFSET, ORDINAL = 1, 5, 7
CHUNK_OFFSET, META = 2, 3
CHUNK_INDEXES: Final = (4, 6)
META_OFFSETS: Final = (9, 10, 11, 14)  # data, index and dictionary pages, and the filter


def join(files: Sequence[Path], out: Path) -> int:
    """Writes all rows of these Parquet files (one at least, all of one schema) to `out`; gives how many there are.

    Raises ValueError where a file is not whole or has other columns than the first.
    """
    footer: Struct = {}
    with out.open("wb") as joined:
        joined.write(MAGIC)
        for path in files:
            with path.open("rb") as file:
                footer = _added(footer, _copied(file, joined, path), path)
        written = write_struct(footer)
        joined.write(written + len(written).to_bytes(4, "little") + MAGIC)
    return int(footer[NUM_ROWS][1])


def _copied(file: BinaryIO, joined: BinaryIO, path: Path) -> Struct:
    """Copies the pages of a file to the end of the joined one; gives its footer, which says where they lie there."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    length = int.from_bytes(tail[:4], "little")
    pages = size - TAIL - length
    if tail[4:] != MAGIC or pages < len(MAGIC):
        raise ValueError(f"{path} is not a whole Parquet file: delete it and run again.")
    file.seek(pages)
    footer = Reader(file.read(length)).struct()
    moved = joined.tell() - len(MAGIC)
    file.seek(len(MAGIC))
    _copy(file, joined, pages - len(MAGIC))
    for group in footer[ROW_GROUPS][1][1]:
        _move(group, moved)
    return footer


def _copy(file: BinaryIO, joined: BinaryIO, size: int) -> None:
    """Copies so many bytes, some at a time."""
    for begin in range(0, size, 1 << 22):
        joined.write(file.read(min(1 << 22, size - begin)))


def _added(whole: Struct, footer: Struct, path: Path) -> Struct:
    """The footer of all files so far with one more."""
    if not whole:
        return footer
    if whole[SCHEMA] != footer[SCHEMA]:
        raise ValueError(f"{path} has other columns than the parts before it: delete the parts and run again.")
    whole[NUM_ROWS] = (I64, whole[NUM_ROWS][1] + footer[NUM_ROWS][1])
    groups = [*whole[ROW_GROUPS][1][1], *footer[ROW_GROUPS][1][1]]
    whole[ROW_GROUPS] = (LIST, (STRUCT, groups))
    return whole


def _move(group: Struct, by: int) -> None:
    """Moves a row group, and all that its columns say of where they lie, by so many bytes."""
    group.pop(ORDINAL, None)  # its number in its own file
    _shift(group, (GROUP_OFFSET,), by)
    for chunk in group[COLUMNS][1][1]:
        if chunk[CHUNK_OFFSET][1]:  # zero: it has no footer of its own
            _shift(chunk, (CHUNK_OFFSET,), by)
        _shift(chunk, CHUNK_INDEXES, by)
        _shift(chunk[META][1], META_OFFSETS, by)


def _shift(struct: Struct, fields: Sequence[int], by: int) -> None:
    for field in fields:
        if field in struct:
            struct[field] = (I64, struct[field][1] + by)
