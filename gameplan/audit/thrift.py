"""Thrift's compact protocol, as far as footers of Parquet files use it: structs, lists, whole numbers, words."""

from __future__ import annotations

from typing import Any, Final

# Types of the protocol. Inside a struct a boolean is its type alone; maps do not occur in footers.
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12
NUMBERS: Final = (I16, I32, I64)
LONG: Final = 15  # a list of so many things or more says how many in a number of its own

Struct = dict[int, tuple[int, Any]]
"""A struct as its fields by number: the type of each, and its value. A list is the type of its things, and they."""


class Reader:
    """Reads structs from bytes."""

    def __init__(self, written: bytes) -> None:
        self._written = written
        self._at = 0

    def struct(self) -> Struct:
        """The struct that begins here. Raises ValueError for what footers do not hold."""
        found: Struct = {}
        number = 0
        while head := self._byte():
            kind = head & 0x0F
            number = number + (head >> 4) if head >> 4 else _signed(self._count())
            found[number] = kind, kind if kind in (TRUE, FALSE) else self._value(kind)
        return found

    def _value(self, kind: int) -> Any:
        if kind in NUMBERS:
            return _signed(self._count())
        if kind == BINARY:
            return self._bytes(self._count())
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            head = self._byte()
            size = head >> 4 if head >> 4 < LONG else self._count()
            return head & 0x0F, [self._value(head & 0x0F) for _ in range(size)]
        if kind in (TRUE, FALSE, BYTE):
            return self._byte()
        if kind == DOUBLE:
            return self._bytes(8)
        raise ValueError(f"A footer holds something of type {kind}, which is not known.")

    def _byte(self) -> int:
        self._at += 1
        return self._written[self._at - 1]

    def _bytes(self, size: int) -> bytes:
        self._at += size
        return self._written[self._at - size : self._at]

    def _count(self) -> int:
        """A number from zero up, seven bits a byte."""
        found = shift = 0
        while (byte := self._byte()) & 0x80:
            found |= (byte & 0x7F) << shift
            shift += 7
        return found | byte << shift


def write_struct(struct: Struct) -> bytes:
    """The struct as bytes."""
    written = bytearray()
    _put_struct(written, struct)
    return bytes(written)


def _put_struct(written: bytearray, struct: Struct) -> None:
    before = 0
    for number, (kind, value) in sorted(struct.items()):
        if 0 < number - before < 16:
            written.append((number - before) << 4 | kind)
        else:
            written.append(kind)
            _put_count(written, _unsigned(number))
        before = number
        if kind not in (TRUE, FALSE):
            _put(written, kind, value)
    written.append(0)


def _put(written: bytearray, kind: int, value: Any) -> None:
    if kind in NUMBERS:
        _put_count(written, _unsigned(value))
    elif kind == BINARY:
        _put_count(written, len(value))
        written += value
    elif kind == STRUCT:
        _put_struct(written, value)
    elif kind in (LIST, SET):
        of, things = value
        written.append(min(len(things), LONG) << 4 | of)
        if len(things) >= LONG:
            _put_count(written, len(things))
        for thing in things:
            _put(written, of, thing)
    elif kind == DOUBLE:
        written += value
    else:
        written.append(value)


def _put_count(written: bytearray, number: int) -> None:
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)


def _signed(number: int) -> int:
    """Undoes the zigzag: 0, 1, 2, 3 are 0, -1, 1, -2."""
    return number >> 1 ^ -(number & 1)


def _unsigned(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1
