"""What every mix of writes that are killed says of itself: how it starts, its kinds of write, what is there of each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.core import facts


class AnyDesk(Protocol):
    """Where somebody writes or looks: the case through its door, and the facts of it as they were at the first look."""

    chance: random.Random

    @property
    def case(self) -> Case:
        """The case, as who sees all of it opened it."""

    @property
    def told(self) -> facts.Case:
        """The facts."""


D = TypeVar("D", bound=AnyDesk)
There = Iterator[tuple[str, bool]]
"""The name of each thing that is there, with whether it is whole."""


@dataclass(frozen=True)
class Kind(Generic[D]):
    """One kind of write: how often it comes, how it is written (giving its name), and what is there of it.

    `prints`: it makes a PDF, whose compiler works in threads of its own, which a forked program does not take along.
    """

    name: str
    share: int
    write: Callable[[D], str]
    there: Callable[[D], There]
    prints: bool = False


@dataclass(frozen=True)
class Mix(Generic[D]):
    """Kinds of write in one case. `sit_down` gives the desk of a new writer, or of somebody who looks.

    `more` is what is looked at besides the kinds. `finish` does what waits, as a worker does. `twice` says what went
    out more than once.
    """

    start: Callable[[], UUID]
    sit_down: Callable[[UUID], D]
    kinds: tuple[Kind[D], ...]
    more: Callable[[D], Mapping[str, There]] = lambda _desk: {}
    finish: Callable[[D], None] = lambda _desk: None
    twice: Callable[[], Iterable[str]] = tuple

    def write(self, desk: D) -> tuple[str, str]:
        """Make one write of any kind; its kind and name, once it is confirmed."""
        kind = desk.chance.choices(self.kinds, [one.share for one in self.kinds])[0]
        return kind.name, kind.write(desk)

    def there(self, desk: D) -> Mapping[str, There]:
        """What is there, by kind."""
        return {kind.name: kind.there(desk) for kind in self.kinds} | dict(self.more(desk))


def is_pdf(content: bytes) -> bool:
    """True for a PDF with its beginning and its end."""
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def hash_of(content: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return sha256(content).hexdigest()
