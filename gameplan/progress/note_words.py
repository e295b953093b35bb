"""What was noted of extra help, in sentences: the same for the page and for the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from gameplan.core.words import Say, Tongue
from gameplan.measures.series import Series
from gameplan.people.doors import named
from gameplan.people.roles import ROLES
from gameplan.progress.models_supports import SupportNote
from gameplan.progress.tiers import CHANGE, FIDELITY, REVIEW, TOLD, TOLD_OF, WAYS, amount_said

PROGRESS = {
    True: Say("Progress is good enough."), False: Say("Progress is not good enough."),
    None: Say("The team cannot tell yet."),
}  # fmt: skip


def note_says(row: SupportNote) -> tuple[Say, ...]:
    """What a note says beside the words that somebody typed."""
    if row.kind == FIDELITY and row.share is not None:
        return (Say("{share} percent of what was planned was done.", {"share": row.share}),)
    if row.kind == REVIEW:
        shared = (Say("The family was told what the review came to."),) if row.data.get("shared") else ()
        return (PROGRESS[row.adequate], *shared)
    if row.kind == TOLD:
        told = (WAYS.get(str(row.data.get("way", ""))), *(TOLD_OF[name] for name in _told_of(row)))
        return tuple(one for one in told if one)
    return tuple(_changed(row.data)) if row.kind == CHANGE else ()


def told_on(notes: list[SupportNote], what: str) -> date | None:
    """The first day on which the family was told of that (a name of `TOLD_OF`), by these notes."""
    return next((one.on for one in notes if one.kind == TOLD and what in _told_of(one)), None)


def _told_of(row: SupportNote) -> list[str]:
    """What the family was told by a note, in the order of the rule; a file from elsewhere may say anything there."""
    told = row.data.get("told_of")
    return [name for name in TOLD_OF if name in told] if isinstance(told, list) else []


def with_names(series: Series, tongue: Tongue) -> Series:
    """The series with those who noted its points by their names, and their roles in words."""
    names = named({one.by for one in series.points})
    points = (
        replace(one, by=names.get(one.by, ""), role=tongue.say(ROLES[one.role].title) if one.role in ROLES else "")
        for one in series.points
    )
    return replace(series, points=tuple(points))


def _changed(data: Mapping[str, Any]) -> Iterator[Say]:
    before, after = (tuple(_parts(dose)) or Say("nothing was said") for dose in (data.get("before"), data.get("after")))
    yield Say("Before: {what}", {"what": before})
    yield Say("Now: {what}", {"what": after})


def _parts(dose: object) -> Iterator[Say | str]:
    if not isinstance(dose, Mapping):
        return
    said = amount_said(dose.get("minutes"), dose.get("times"), str(dose.get("per", "")))
    if said:
        yield said
    yield from (str(dose[name]) for name in ("who", "group") if dose.get(name))
    with suppress(ValueError):
        yield Say("until {day}", {"day": date.fromisoformat(str(dose.get("until", "")))})
