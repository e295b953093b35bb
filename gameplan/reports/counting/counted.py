"""One child as the counts know it. Nothing here says who the child is but an id that leads back to the case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

RemovalKind = Literal["in-school", "out-of-school", "expulsion", "interim-by-school", "interim-by-hearing", "other"]

HISPANIC, SEVERAL = "HI7", "MU7"
RACES: Final = {
    "american-indian": "AM7", "asian": "AS7", "black": "BL7", "pacific-islander": "PI7", "white": "WH7",
    "middle-eastern": "WH7", "several": "MU7",
}  # fmt: skip
"""Raw answers and their codes. The seven codes of the files know no Middle Eastern or North African answer of its own:
under the standards of 1997, on which they stand, it belongs to White."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How somebody left special education: the code of BASISEXIT, empty where nobody said, and the day."""

    on: date
    reason: str = ""
    plan_after: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """One disciplinary removal of the school year.

    `least` and `most`: school days, the same where all is known. `reason`: D, W or SBI, for interim settings.
    `with_plan`: an IEP was in force on its first day. `services`: there were services while the child was expelled.
    """

    on: date
    kind: RemovalKind
    least: float
    most: float
    reason: str = ""
    with_plan: bool = True
    services: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One child on the count date, and in the school year around it. What is not known is None or empty.

    `id` leads to the case. `lea` and `school` are the numbers that the State gave them. `age` is that of the count
    date. `disability`, `environment`: codes of the files. `races` are raw answers, keys of RACES. `plan` and `consent`:
    an IEP was in force, and its services were agreed to, on that day; only both together are counted.
    """

    id: str
    lea: str = ""
    school: str = ""
    student: str = ""
    age: int | None = None
    kindergarten: bool | None = None
    disability: str = ""
    hispanic: bool | None = None
    races: tuple[str, ...] = ()
    sex: str = ""
    english_learner: bool | None = None
    environment: str = ""
    plan: bool = False
    consent: bool = False
    exit: Exit | None = None
    removals: tuple[Removal, ...] = field(default=())

    @property
    def served(self) -> bool:
        """True if the child has an IEP in force and the permission for its services."""
        return self.plan and self.consent

    @property
    def race(self) -> str:
        """The code of the files; "" where the answers do not give one. Hispanic comes before any race."""
        if self.hispanic:
            return HISPANIC
        codes = {RACES[one] for one in self.races}
        if self.hispanic is None or not codes:
            return ""
        return SEVERAL if len(codes) > 1 else codes.pop()
