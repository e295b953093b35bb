"""Small stand-ins for the engine's findings, so that each test says only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from gameplan.core.days import DayMark
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say
from gameplan.web.gallery_samples import answer_duty

DAY = date(2025, 9, 12)


def standing(stage: str = "request", *duties: Duty, on: date = DAY) -> Standing:
    return Standing(on, stage, Say(stage), duties=duties)


def case(*facts: Fact) -> Case:
    return Case(child=Child(name="Ana", state="TX"), facts=facts)


def duty(status: str = "running", *, due: date | None = None, title: str = "Answer your request") -> Duty:
    return replace(answer_duty(status), due=due, title=Say(title))


def counted(start: date, length: int) -> tuple[DayMark, ...]:
    """Working days, each weekend skipped."""
    marks: list[DayMark] = []
    day, number = start, 0
    while number < length:
        day += timedelta(days=1)
        works = day.weekday() < 5
        number += works
        marks.append(DayMark(day, number if works else None, "" if works else "weekend"))
    return tuple(marks)
