"""A year of notes on a behavior for one of the sample families, what was made of it, and the plan for it. Made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from gameplan.cases.models import Case
from gameplan.measures.seen_words import AFTER, BEFORE, PLACES
from gameplan.progress.behavior_plans import PlanTold, Summary, write_plan, write_summary
from gameplan.progress.doors import BEHAVIOR
from gameplan.progress.incidents import Seen, note_incident
from gameplan.progress.measuring import Aim, What, begin_measure

CHANGE, STOP, WAIT = BEFORE[4].text, BEFORE[1].text, BEFORE[2].text
BREAK, PUT_OFF, TALKED = AFTER[3].text, AFTER[1].text, AFTER[0].text
ROOM, HALL, LUNCH = (one.text for one in PLACES[:3])
TITLE: Final = "Drops to the floor when the class moves on"
DROPS, CRIES = "Dropped to the floor and held on to the table", "Dropped to the floor and cried"
CARD: Final = timedelta(weeks=20)
"""After so many weeks the child has a card that says what comes next."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way in which it goes: what came before and after, where, at what time, how long and how strong."""

    before: str
    after: str
    place: str
    at: time
    minutes: int
    strength: int
    does: str = DROPS


KINDS: Final = (
    _Kind(CHANGE, PUT_OFF, ROOM, time(9, 40), 6, 3), _Kind(CHANGE, PUT_OFF, ROOM, time(9, 45), 8, 3),
    _Kind(STOP, PUT_OFF, ROOM, time(13, 10), 10, 4, CRIES), _Kind(CHANGE, BREAK, HALL, time(11, 20), 4, 2),
    _Kind(CHANGE, PUT_OFF, ROOM, time(13, 5), 5, 3), _Kind(WAIT, TALKED, LUNCH, time(11, 50), 3, 2),
)  # fmt: skip
GAPS: Final = (3, 4, 2, 5, 3, 4, 6, 3, 2, 5, 4, 7, 3, 5, 8, 6, 9, 7, 12, 10, 14, 11, 16, 13, 18)
"""So many school days lie between one note and the next: it becomes rarer."""


def tell_behavior(case: Case, first: date, school_days: Sequence[date]) -> None:
    """Puts some two dozen notes on a behavior into a case, from a day on, with an assessment and a plan."""
    days = [day for day in school_days if day >= first]
    measure = begin_measure(
        case, by=case.reader, what=What(BEHAVIOR, "count"), aim=Aim(TITLE, rises=False, baseline_on=first)
    )  # fmt: skip
    told = list(_seen(days))
    for seen in told:
        note_incident(measure, by=case.reader, seen=seen)
    written = next((day for day in days if day >= first + CARD), None)
    if written is None or not told:
        return
    write_summary(measure, by=case.reader, on=written, told=_summary(told[0].on))
    write_plan(measure, by=case.reader, on=written, told=_plan(measure.measure_id, written))


def _seen(days: Sequence[date]) -> Iterator[Seen]:
    at = 4
    for number, gap in enumerate(GAPS):
        if at >= len(days):
            return
        kind = KINDS[number % len(KINDS)]
        yield Seen(
            on=days[at], at=kind.at, antecedent=kind.before, behavior=kind.does, consequence=kind.after,
            place=kind.place, minutes=max(1, kind.minutes - number // 5), intensity=kind.strength,
        )  # fmt: skip
        at += gap


def _summary(since: date) -> Summary:
    return Summary(
        when="the class moves on from something Diego likes", does="drops to the floor", purpose="thing",
        gets="he keeps what he was doing a little longer", since=since,
        looked_at="These notes, two mornings in class, a talk with the family",
        people="Diego’s mother, his teacher, the aide and the school psychologist",
    )  # fmt: skip


def _plan(measure_id: str, on: date) -> PlanTold:
    return PlanTold(
        teach="Hands over the card “one more minute”, then moves on",
        prevent="A first-then card in his hand, and a warning two minutes before each change",
        respond="Give the minute at once when he hands over the card. If he drops: wait beside him, say nothing new, "
        "point at the card.",
        safety="Move chairs away. If he hits his head: a cushion, and call the nurse.",
        by_whom="His teacher and the aide",
        review_on=on + timedelta(weeks=9), goals=("g4",), measure_ids=(measure_id,),
    )  # fmt: skip
