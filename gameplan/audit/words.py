"""Columns of words as codes: one number a word, and the words beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.layout import WORD
from gameplan.audit.reading import words


class Coded:
    """A column of words: `codes` an array of int32 (-1 where nothing is said), `known` the words by code."""

    def __init__(self, codes: Any, known: Sequence[str | None]) -> None:
        self.codes = np.ascontiguousarray(codes, np.int32)
        self.known = list(known)

    @classmethod
    def of_column(cls, column: pa.ChunkedArray) -> Coded:
        """From a column of an Arrow table, of words or of dictionary codes."""
        return cls(*words(column))

    @classmethod
    def of_words(cls, values: Iterable[str]) -> Coded:
        """From words one after the other; equal words get the same code."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(value, len(numbers)) for value in values]
        return cls(np.array(codes, np.int32), list(numbers))

    def at(self, rows: Any) -> pa.DictionaryArray:
        """The words of these rows as an Arrow column; `rows` is an array of row numbers."""
        return self.column(self.codes[rows])

    def column(self, codes: Any) -> pa.DictionaryArray:
        """These codes as an Arrow column of the same words; -1 becomes an empty place."""
        missing = codes < 0
        indices = pa.array(codes, pa.int32(), mask=missing if missing.any() else None)
        return pa.DictionaryArray.from_arrays(indices, pa.array(self.known, WORD.value_type))
