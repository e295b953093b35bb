"""The audit's folder: which tables it holds, what each column means, and reading and writing them.

A folder holds `children/part-00000.parquet`, `facts/part-00000.parquet` and so on, and one `calendars.parquet`. A part
of `facts` holds exactly the facts of the children in the part of `children` with the same number, sorted by case. A
part is the unit of work: it is read, audited and written alone. See docs/audit-layout.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa

from gameplan.core.entries import Vocabulary

WORD: Final = pa.dictionary(pa.int32(), pa.string())
DAY: Final = pa.date32()

CHILDREN: Final = pa.schema([
    pa.field("case", pa.int64(), nullable=False),
    pa.field("state", WORD),  # postal code; empty: federal law only
    pa.field("district", WORD),
    pa.field("school", WORD),
    pa.field("born", DAY),
    pa.field("calendar", pa.int32()),  # of the table of calendars; empty: no school calendar is known
])  # fmt: skip

FACTS: Final = pa.schema([
    pa.field("case", pa.int64(), nullable=False),
    pa.field("id", pa.int32(), nullable=False),  # unique in the case; its order settles ties of a day
    pa.field("kind", WORD, nullable=False),
    pa.field("on", DAY, nullable=False),
    pa.field("said_by", WORD),  # empty: parent
    pa.field("data", WORD),  # JSON: what the fact says, without its days and references; see `data_text`
])  # fmt: skip

# Columns of facts that are there only where some fact of the part needs them.
SELDOM: Final = {
    "planned": pa.bool_(),
    "withdrawn": pa.bool_(),
    "corrects": pa.int32(),  # id of the fact that this one replaces
    "account_of": pa.int32(),  # id of the fact of which this is the other side's account
}

CALENDARS: Final = pa.schema([
    pa.field("calendar", pa.int32(), nullable=False),
    pa.field("school_year", pa.string(), nullable=False),
    pa.field("first_day", DAY, nullable=False),
    pa.field("last_day", DAY, nullable=False),
    pa.field("closed", pa.list_(pa.struct([("first", DAY), ("last", DAY)]))),
    pa.field("open", pa.list_(DAY)),  # school days that would otherwise be none
    pa.field("weekdays", pa.list_(pa.int8())),  # 0 is Monday; empty: Monday to Friday
])  # fmt: skip

DAY_PREFIX, DAYS_PREFIX, REF_PREFIX, LAST = "date_", "dates_", "ref_", "_last"


def fact_columns(vocabulary: Vocabulary) -> Mapping[str, pa.DataType]:
    """Every further column that a fact may have, by the fields of the vocabulary.

    `date_received` is the field `received` (a day); where that is known only roughly it is the first day it can have
    been, and `date_received_last` the last. `dates_days` is a list of days. `ref_of` is the id of another fact of
    the case (or a negative number for a reference to something that is not in the file).
    """
    found: dict[str, pa.DataType] = dict(SELDOM)
    for kind in vocabulary.kinds.values():
        for shape in kind.fields:
            if shape.type == "date":
                found[DAY_PREFIX + shape.name] = DAY
                found[DAY_PREFIX + shape.name + LAST] = DAY
            elif shape.type == "dates":
                found[DAYS_PREFIX + shape.name] = pa.list_(DAY)
            elif shape.type == "ref":
                found[REF_PREFIX + shape.name] = pa.int32()
    return found


def data_text(data: Mapping[str, object]) -> str:
    """What a fact says besides days and references, as one text: the same words always give the same text."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) if data else "{}"


class Folder:
    """An audit folder: its parts by number, and where each table lies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def parts(self) -> Iterator[int]:
        """The numbers of the parts, in order."""
        for file in sorted((self.path / "children").glob("part-*.parquet")):
            yield int(file.stem.removeprefix("part-"))

    def children(self, part: int) -> Path:
        """Where the children of the part lie."""
        return self.path / "children" / f"part-{part:05d}.parquet"

    def facts(self, part: int) -> Path:
        """Where the facts of the part lie."""
        return self.path / "facts" / f"part-{part:05d}.parquet"

    @property
    def calendars(self) -> Path:
        """Where the school calendars lie."""
        return self.path / "calendars.parquet"
