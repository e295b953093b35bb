"""What a verb says when it will not do something: every fault at once, each with a way to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gameplan.core.faults import Fault


class Refused(ValueError):
    """Raised when something cannot be kept as it was given; `faults` says what is wrong and how to mend it.

    Nothing was written.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Refused with the faults, if there are any."""
    found = tuple(faults)
    if found:
        raise Refused(found)


def unkeepable(value: object, where: str) -> Iterable[Fault]:
    """A fault for each text inside the value that no database can hold (letters that are no letters)."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            yield Fault(where, "there is a broken letter in the text.", "Delete the text and type it again.")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from unkeepable(name, where)
            yield from unkeepable(inner, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from unkeepable(inner, f"{where}[{index}]")
