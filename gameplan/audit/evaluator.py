"""What a run asks of an evaluator: duties of the children of a part, as records, as of one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

import pyarrow as pa

from gameplan.audit.facts_file import Reads
from gameplan.audit.tables import ClockName


class Evaluator(Protocol):
    """Works out duties. One may serve several threads at once; it lets go of the interpreter while it works."""

    @property
    def on(self) -> date:
        """The day as of which everything is worked out."""

    @property
    def clocks(self) -> Sequence[ClockName]:
        """The clocks by their row in the compiled law, as `rows.DUTY` names them."""

    @property
    def only(self) -> tuple[str, ...] | None:
        """The ids of the clocks whose duties it gives; None: of all."""

    @property
    def reads(self) -> Reads | None:
        """What of the facts it reads; None: it wants them all."""

    def duties(self, children: pa.Table, facts: pa.Table, calendars: pa.Table) -> Iterator[Any]:
        """The duties of these children in arrays of `rows.DUTY`; the duties of one child stand together.

        Days and references of the facts may be packed (see `packing`).
        """


class Factory(Protocol):
    """Makes an evaluator in whatever process it is called; the same day gives the same answers everywhere."""

    def __call__(self, on: date, *, only: tuple[str, ...] | None = None) -> Evaluator:
        """The evaluator for that day, of these clocks or all."""
