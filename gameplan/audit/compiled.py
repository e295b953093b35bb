"""The one door to the compiler: functions marked `compiled` become machine code when they are first called.

They are plain Python over NumPy arrays and numbers, so they can be read, tested and stepped through without it
(NUMBA_DISABLE_JIT=1). What was compiled is kept on disk and loaded by the next process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function as machine code: kept between runs, and free of the interpreter's lock while it runs."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
