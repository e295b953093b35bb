"""Days and references packed: every value of every fact comes back, whatever the columns look like in memory."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from gameplan.audit.packing import LAST_AT, PACKED, codes_of, day_fields, pack, packed, ref_fields, unpacked
from gameplan.law import vocabulary

CODES = codes_of(day_fields(vocabulary()), ref_fields(vocabulary()))
ROWS = 203


def made(share: float) -> pa.Table:
    """Facts of which each has such a share of four days and references."""
    rng = random.Random(5)

    def days() -> list[date | None]:
        return [
            date(2020, 1, 1) + timedelta(days=rng.randrange(900)) if rng.random() < share else None
            for _ in range(ROWS)
        ]  # fmt: skip

    refs = [rng.randrange(-3, 40) if rng.random() < share else None for _ in range(ROWS)]
    return pa.table({
        "id": pa.array(range(ROWS), pa.int32()),
        "date_received": pa.array(days(), pa.date32()),
        "date_date": pa.array(days(), pa.date32()),
        "date_date_last": pa.array(days(), pa.date32()),
        "ref_of": pa.array(refs, pa.int16()),
    })  # fmt: skip


def same(one: pa.Table, other: pa.Table) -> bool:
    """True if both say the same of each fact, whatever the order and width of their columns."""
    told = [[{k: v for k, v in row.items() if v is not None} for row in table.to_pylist()] for table in (one, other)]
    return told[0] == told[1]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_every_value_comes_back(share: float) -> None:
    facts = made(share)
    assert same(unpacked(packed(facts, CODES), CODES), facts)


@pytest.mark.parametrize("begin", [0, 1, 8, 64, 77])
def test_a_slice_of_a_table_and_several_pieces_give_their_own_values(begin: int) -> None:
    facts = made(0.3)
    piece = facts.slice(begin, 101)
    assert same(unpacked(packed(piece, CODES), CODES), piece)
    pieces = pa.concat_tables([facts.slice(0, begin), facts.slice(begin)])
    assert same(unpacked(packed(pieces, CODES), CODES), facts)


def test_what_is_packed_is_left_as_it_is() -> None:
    once = packed(made(0.3), CODES)
    assert packed(once, CODES) is once
    assert once.column_names == ["id", PACKED]


def test_codes_stand_in_order_in_each_list() -> None:
    for some in packed(made(1.0), CODES)[PACKED].to_pylist():
        codes = [one["field"] for one in some]
        assert codes == sorted(codes)
        assert codes[-2] == CODES["date_date"] + LAST_AT


def test_only_the_facts_that_are_kept_get_a_list() -> None:
    facts = made(0.4)
    keep = np.arange(ROWS) % 3 == 1
    lists = pack(facts.drop_columns(["id"]), CODES, ROWS, keep)
    whole = packed(facts, CODES)[PACKED]
    assert lists.to_pylist() == whole.filter(pa.array(keep)).to_pylist()
    assert len(pack(facts.drop_columns(["id"]), CODES, ROWS, np.zeros(ROWS, np.bool_))) == 0
