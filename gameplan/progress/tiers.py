"""The words of extra help in class (MTSS, RTI): tiers, areas, how it is given, why it ends, what a family is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language

from gameplan.core.words import Say
from gameplan.tongues import tongue

TIERS: Final = (1, 2, 3)
TIER_NAMES: Final[Mapping[int, Say]] = {
    1: Say("Tier 1: good teaching for the whole class"), 2: Say("Tier 2: more help in a small group"),
    3: Say("Tier 3: the most help, alone or in a very small group"),
}  # fmt: skip
AREAS: Final[Mapping[str, Say]] = {
    "reading": Say("Reading"), "writing": Say("Writing"), "math": Say("Math"), "language": Say("Speaking and language"),
    "behavior": Say("Behavior"), "social-emotional": Say("Feelings and friendships"), "attendance": Say("Attendance"),
    "other": Say("Something else"),
}  # fmt: skip
PER: Final = ("day", "week")
WHYS: Final[Mapping[str, Say]] = {
    "worked": Say("It worked and is not needed any more"), "changed": Say("Other help takes its place"),
    "moved-up": Say("The child needs more help: a higher tier"),
    "moved-down": Say("The child needs less help: a lower tier"),
    "evaluated": Say("The child was evaluated, and a plan takes its place"), "other": Say("Another reason"),
}  # fmt: skip
FIDELITY, NOTE, REVIEW, TOLD, CHANGE = "fidelity", "note", "review", "told", "change"
KINDS: Final[Mapping[str, Say]] = {
    FIDELITY: Say("How much of it was done"), NOTE: Say("Note"), REVIEW: Say("Review"),
    TOLD: Say("The family was told"), CHANGE: Say("Changed"),
}  # fmt: skip
WAYS: Final[Mapping[str, Say]] = {
    "by-hand": Say("A paper, by hand"), "mail": Say("A letter by mail"), "email": Say("An e-mail"),
    "portal": Say("A message in a school portal"), "meeting": Say("In a meeting"), "phone": Say("By phone"),
}  # fmt: skip
TOLD_OF: Final[Mapping[str, Say]] = {
    "amounts": Say(
        "The State's rules on how much data, and of what kind, is collected, and on the help that general education "
        "gives"
    ),
    "strategies": Say("Ways to help the child learn faster"),
    "evaluation": Say("The parents' right to ask for an evaluation"),
}  # fmt: skip
"""What the parents must have been told where the answer to teaching is used to find a learning disability, in the order
of 34 CFR 300.311(a)(7)(ii)(A) to (C).
"""


def area_said(area: str) -> str:
    """The name of an area in the language of the page."""
    return tongue(get_language() or "en").say(AREAS[area]) if area in AREAS else area


def amount_said(minutes: int | None, times: int | None, per: str) -> Say | None:
    """How much help it is, in words; None where nobody said."""
    if minutes is None or times is None or per not in PER:
        return None
    values: dict[str, object] = {"minutes": minutes, "times": times}
    if per == "day":
        return (
            Say("{minutes} minutes, once a day", values)
            if times == 1
            else Say("{minutes} minutes, {times} times a day", values)
        )
    return (
        Say("{minutes} minutes, once a week", values)
        if times == 1
        else Say("{minutes} minutes, {times} times a week", values)
    )
