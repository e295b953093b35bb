"""What is wrong with an audit folder: every fault of every part, with what, where and how to mend it.

`check_folder` reads only the footers of the files. `check_part` looks at the values of a part that has been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder, fact_columns
from gameplan.core.entries import Vocabulary
from gameplan.core.faults import Fault, nearest

SHOWN: Final = 40
"""How many faults one message lists."""


class FolderError(Exception):
    """Raised when an audit folder cannot be used as it stands; `faults` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"And {len(self.faults) - SHOWN} more faults of these kinds.")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[FolderError], tuple[tuple[Fault, ...]]]:
        return FolderError, (self.faults,)


class FolderCheck:
    """What the footers of a folder's files say: its faults, and which parts can be read at all."""

    def __init__(self, folder: Folder, vocabulary: Vocabulary) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.readable: list[int] = []
        self._further = fact_columns(vocabulary)
        self.parts = sorted({*folder.parts(), *_numbers(folder.path / "facts")})
        if not self.parts:
            self._say(folder.path, "there are no parts.", "Put children/part-00000.parquet and its facts there.")
        self.calendars_readable = not self._wrong(folder.calendars, CALENDARS)
        for part in self.parts:
            facts = self._wrong(folder.facts(part), FACTS, self._further)
            if not self._wrong(folder.children(part), CHILDREN) and not facts:
                self.readable.append(part)

    def _say(self, path: Path, what: str, mend: str) -> None:
        self.faults.append(Fault(place_of(path, self.folder), what, mend))

    def _wrong(self, path: Path, wanted: pa.Schema, further: Mapping[str, pa.DataType] | None = None) -> bool:
        """Collects the faults of one file; True if there are any."""
        before = len(self.faults)
        schema = self._schema(path)
        if schema is not None:
            where = place_of(path, self.folder)
            self.faults += _column_faults(where, schema, wanted, further or {})
            if further is not None:
                self.faults += _unknown_columns(where, schema, [*wanted.names, *further])
        return len(self.faults) > before

    def _schema(self, path: Path) -> pa.Schema | None:
        if not path.is_file():
            self._say(path, "the file is missing.", "Every part needs its children and its facts, even if empty.")
            return None
        try:
            return pq.read_schema(path)
        except (pa.ArrowException, OSError) as error:
            self._say(path, f"it cannot be read as Parquet ({str(error).splitlines()[0]}).", "Write the file again.")
            return None


def check_folder(folder: Folder, vocabulary: Vocabulary) -> list[Fault]:
    """Faults that the files' names and footers show: parts, columns or types that are missing or wrong."""
    return FolderCheck(folder, vocabulary).faults


def place_of(path: Path, folder: Folder) -> str:
    """The file as it is named inside the folder."""
    return path.relative_to(folder.path).as_posix() if path != folder.path else str(path)


def _numbers(tables: Path) -> Iterator[int]:
    return (int(file.stem.removeprefix("part-")) for file in tables.glob("part-*.parquet"))


def _column_faults(
    where: str, schema: pa.Schema, wanted: pa.Schema, further: Mapping[str, pa.DataType]
) -> Iterator[Fault]:
    for field in wanted:
        if field.name not in schema.names:
            yield Fault(where, f'the column "{field.name}" is missing.', f"Add it, as {spelt(field.type)}.")
    types = {**{field.name: field.type for field in wanted}, **further}
    for field in schema:
        kind = types.get(field.name)
        if kind is not None and not fits(field.type, kind):
            what = f'the column "{field.name}" holds {field.type}.'
            yield Fault(where, what, f"Write it as {spelt(kind)}.")


def _unknown_columns(where: str, schema: pa.Schema, known: Sequence[str]) -> Iterator[Fault]:
    for name in schema.names:
        if name not in known:
            yield Fault(where, f'facts have no column "{name}".', nearest(name, known))


def fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    """True if a column of the found type can stand for the wanted one without losing anything."""
    if pa.types.is_dictionary(found):
        found = found.value_type
    if pa.types.is_dictionary(wanted) or pa.types.is_string(wanted):
        answer = pa.types.is_string(found) or pa.types.is_large_string(found)
    elif pa.types.is_integer(wanted):
        answer = pa.types.is_signed_integer(found) and found.bit_width <= wanted.bit_width
    elif pa.types.is_list(wanted):
        listed = pa.types.is_list(found) or pa.types.is_large_list(found)
        answer = listed and fits(found.value_type, wanted.value_type)
    elif pa.types.is_struct(wanted):
        answer = pa.types.is_struct(found) and all(_has(found, one) for one in wanted)
    else:
        answer = found == wanted
    return bool(answer)


def _has(found: pa.StructType, wanted: pa.Field) -> bool:
    place = found.get_field_index(wanted.name)
    return place >= 0 and fits(found.field(place).type, wanted.type)


def spelt(kind: pa.DataType) -> str:
    """The type in words of the file format."""
    if pa.types.is_dictionary(kind):
        return "words (string, best as a dictionary)"
    if pa.types.is_date(kind):
        return "days (date32)"
    if pa.types.is_list(kind):
        return f"a list of {spelt(kind.value_type)}"
    return str(kind)


def all_faults(faults: Iterable[Iterable[Fault]]) -> list[Fault]:
    """The faults of all parts in one list, in the order of their place."""
    return sorted((one for some in faults for one in some), key=lambda fault: fault.where)
