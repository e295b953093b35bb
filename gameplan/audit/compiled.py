"""The one door to the compiler: functions marked `compiled` become machine code when they are first called.

They are plain Python over NumPy arrays and numbers, so they can be read, tested and stepped through without it
(NUMBA_DISABLE_JIT=1). What was compiled is kept on disk, by the text of all of the audit's files, and loaded by the
next process.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numba.core.types

from gameplan.audit.places_in_arrays import Compiler

Function = TypeVar("Function", bound=Callable[..., Any])
HERE = Path(__file__).parent
types: Any = numba.core.types


@lru_cache(maxsize=1)
def kept_in() -> Path:
    """The folder of what was compiled: another one as soon as any file of the audit changes.

    Where the home folder cannot be written, a new private one that only this process uses. A file's own code is
    compiled into that of the files that call it, so each alone cannot tell whether it is stale.
    """
    text = hashlib.sha256()
    for file in sorted(HERE.rglob("*.py")):
        text.update(file.read_bytes())
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = home / "gameplan" / f"audit-{text.hexdigest()[:16]}"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        # Never a place that others can write to: what lies there is loaded as a program.
        return Path(tempfile.mkdtemp(prefix="gameplan-audit-"))
    return place


config: Any = numba.config
if not config.CACHE_DIR:
    config.CACHE_DIR = str(kept_in())


def compiled(function: Function) -> Function:
    """The function as machine code, for other compiled functions: kept between runs, once for each kind of number."""
    return _made(function, no_cpython_wrapper=True)


def inlined(function: Function) -> Function:
    """A compiled function that is called in one place, and becomes part of that place: the compiler has less to do."""
    return _made(function, inline="always", no_cpython_wrapper=True)


def entry(function: Function) -> Function:
    """A compiled function that Python calls; it is free of the interpreter's lock while it runs."""
    return _made(function)


def _made(function: Function, **more: Any) -> Function:
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, **more}
    # Nothing here makes or gives back an array; to count who holds which would cost more than all the work.
    jit: Any = numba.njit
    made: Any = jit(**options, _nrt=False, pipeline_class=Compiler)(function)
    if hasattr(made, "get_call_template"):
        _as_numbers(made)
    return cast(Function, made)


def _as_numbers(made: Any) -> None:
    """Compiles a function once for a whole number: not again for one written out, or kept in fewer bytes."""
    ask: Any = made.get_call_template

    def get_call_template(args: Any, kws: Any) -> Any:
        return ask(tuple(map(_plain, args)), {name: _plain(one) for name, one in kws.items()})

    made.get_call_template = get_call_template


def _plain(kind: Any) -> Any:
    """The type in which a function takes up what it is given: whole numbers of fewer bytes as the widest."""
    kind = types.unliteral(kind)
    if isinstance(kind, types.Integer) and kind.bitwidth < types.int64.bitwidth:
        return types.int64
    if isinstance(kind, types.BaseTuple) and not isinstance(kind, types.BaseNamedTuple):
        return types.BaseTuple.from_types(tuple(map(_plain, kind)))
    return kind
