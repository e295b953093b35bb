"""Small shapes that many addresses share: days, languages, pages, problems."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from gameplan.core.faults import FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE


def _read_day(value: object) -> object:
    """A day as it is written in JSON and in addresses: YYYY-MM-DD and nothing else."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != 10 or not value.isascii():
        raise ValueError("a day is written YYYY-MM-DD")
    day = date.fromisoformat(value)
    if not FIRST_DAY_OF_SENSE <= day <= LAST_DAY_OF_SENSE:
        raise ValueError("the year cannot be right")
    return day


Day = Annotated[date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day from 1975 to 2100."""
Lang = Literal["en", "es"]
Json = dict[str, Any]


class Told(Schema):
    """What a program sends: no name that is not known here, so that a slip of the pen shows."""

    model_config = ConfigDict(extra="forbid")


class FaultShape(Schema):
    """One thing that is wrong, where, and how to mend it."""

    where: str
    what: str
    mend: str


class ProblemShape(Schema):
    """What every answer looks like that is no success (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Which problem, as an address of the documentation.")
    title: str
    status: int
    detail: str = ""
    faults: list[FaultShape] = Field(description="Every fault at once.")
