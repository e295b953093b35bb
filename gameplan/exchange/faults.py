"""What is wrong with something that came from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from gameplan.core.faults import Fault


class ExchangeError(Exception):
    """Raised when something cannot be taken in or given out whole; `faults` lists everything that is wrong.

    Nothing was written.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
