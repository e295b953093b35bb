"""The names of the arrays that the modules of the made-up nation hand each other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
"""Numbers of children in the part, or of facts in the book of the part."""

Days = npt.NDArray[np.int32]
"""Days since January 1, 1970."""

Yes = npt.NDArray[np.bool_]

Numbers = npt.NDArray[Any]
"""Whole numbers or yes and no, of whatever size."""

NEVER: Final = np.int32(10**6)
"""A day so far ahead that no fact is kept for it."""

YEAR: Final = 365
