"""What comes out: the standing of a case on a day, each finding with its own reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from gameplan.core.days import DayMark
from gameplan.core.words import ENGLISH, Say, Tongue

OPEN = ("late", "due-soon", "running", "cannot-tell", "paused")
STATUSES = (
    "running",
    "due-soon",
    "late",
    "met",
    "met-late",
    "excused",
    "paused",
    "not-started",
    "cannot-tell",
)
# Why a duty stands as it does, where that is not simply its dates.
REASONS = (
    "",
    "exception",  # an exception of the rule ended or excused it
    "fell-away",  # a fact took its ground away
    "over-the-limit",  # more often than the law gives
    "no-rule",  # the rule of that time is not here
    "ask-state",  # the State's own number would govern, and is not known
    "before-move",  # began under another State's rules
    "starts-elsewhere",  # the State's own clock takes its place, and has not started
    "open-start",  # a fact leaves open whether it started at all, or what ended it
    "open-done",  # a fact leaves open whether it met the duty
    "open-due",  # the due day is a range, and the day lies within it
    "shown-later",  # a later fact shows that it was done by then, and that day is late
    "accounts",  # the two sides' accounts lead to different answers
    "rough-day",  # a day known only roughly leads to different answers
)


# What tells a duty from the others where several of a case are worked out more than once, see `told_apart`.
Mark = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class AccountView:
    """One duty under one side's account of what happened."""

    said_by: str
    started: date | None
    due: date | None
    status: str
    done: date | None = None
    days_left: int | None = None
    days_late: int | None = None
    lapsed: bool = False


@dataclass(frozen=True)
class Duty:
    """Who owes whom what, by when, and why. `due` is empty where the law gives no number or it cannot be told yet."""

    clock: str
    pack: str
    kind: str
    title: Say
    plain: Say
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    status: str
    started: date | None = None
    started_by: str = ""
    due: date | None = None
    due_earliest: date | None = None
    due_latest: date | None = None
    done: date | None = None
    done_by: str = ""
    days_left: int | None = None
    days_late: int | None = None
    cite: tuple[str, ...] = ()
    source: str = ""
    confidence: str = "high"
    because: tuple[Say, ...] = ()
    would_settle: tuple[Say, ...] = ()
    would_change: tuple[Say, ...] = ()
    check_with: Say | None = None
    accounts: tuple[AccountView, ...] = ()
    base: str = ""
    direction: str = "after"
    reason: str = ""
    count: Callable[[], tuple[DayMark, ...]] = field(default=tuple, compare=False, repr=False)

    @classmethod
    def made(cls, **words: object) -> Duty:
        """The duty with these words, quickly: a case has dozens, and a frozen class sets each field the slow way."""
        made = cls.__new__(cls)
        made.__dict__.update(words)
        return made

    @property
    def days(self) -> tuple[DayMark, ...]:
        """Each day counted or skipped, worked out when asked for."""
        return self.count()

    @property
    def is_open(self) -> bool:
        """True while the duty still asks something of somebody."""
        return self.status in OPEN

    @property
    def lapsed(self) -> bool:
        """True for a right whose time has passed unused: nobody is late, the way is closed."""
        return self.kind == "window" and self.status == "late"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this duty from every other of the case."""
        return self.pack, self.clock, self.started_by


def told_apart(duties: Iterable[Duty]) -> Iterator[tuple[Mark, Duty]]:
    """Each duty of one working-out of the case, with what finds it again in another one.

    A key alone does not: a rule can have a part of its own for a first and for a later evaluation, and one removal
    from school can pass the limit in two school years.
    """
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for duty in duties:
        own = (*duty.key, duty.title.text)
        yield (*own, seen[own]), duty
        seen[own] += 1


@dataclass(frozen=True)
class OptionView:
    """What a side may, must or must not do now, and the day on which that closes; `always` if at every stage.

    `closed` says that this day has passed. `looks_back_to` is the first day of what can be raised today.
    `notes` are the engine's own sentences: what it depends on, what has lapsed, how far it reaches back.
    """

    id: str
    who: str
    power: str
    do: Say
    closes: date | None = None
    letter: str = ""
    leads_to: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    confidence: str = "high"
    note: Say | None = None
    always: bool = False
    at: str = ""
    closed: bool = False
    looks_back_to: date | None = None
    notes: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where the case stands on a day."""

    on: date
    stage: str
    stage_name: Say
    duties: tuple[Duty, ...] = ()
    options: tuple[OptionView, ...] = ()
    warnings: tuple[Say, ...] = ()

    def open_duties(self) -> tuple[Duty, ...]:
        """The duties that still ask something of somebody, the most pressing first."""
        return tuple(duty for duty in self.duties if duty.is_open)

    def next_date(self) -> Duty | None:
        """The duty whose day comes next, or None."""
        coming = [d for d in self.duties if d.is_open and d.due and d.due >= self.on]
        return min(coming, key=lambda duty: duty.due or self.on, default=None)


def standing_json(standing: Standing, tongue: Tongue = ENGLISH) -> dict[str, object]:
    """The standing as the fixed JSON answer of `gameplan assess --json`."""
    return {
        "on": standing.on.isoformat(),
        "stage": standing.stage,
        "duties": [_duty_json(duty, tongue) for duty in standing.duties],
        "options": [_option_json(option, tongue) for option in standing.options],
        "warnings": [tongue.say(warning) for warning in standing.warnings],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _duty_json(duty: Duty, tongue: Tongue) -> dict[str, object]:
    return {
        "clock": duty.clock,
        "pack": duty.pack,
        "title": tongue.say(duty.title),
        "owed_by": ", ".join(duty.owed_by),
        "owed_to": ", ".join(duty.owed_to),
        "started": _iso(duty.started),
        "due": _iso(duty.due),
        "due_earliest": _iso(duty.due_earliest),
        "due_latest": _iso(duty.due_latest),
        "status": duty.status,
        "done": _iso(duty.done),
        "days_left": duty.days_left,
        "days_late": duty.days_late,
        "cite": "; ".join(duty.cite),
        "source": duty.source,
        "confidence": duty.confidence,
        "check_with": tongue.say(duty.check_with) if duty.check_with else None,
        "because": [tongue.say(one) for one in duty.because],
        "would_settle": [tongue.say(one) for one in duty.would_settle],
        "would_change": [tongue.say(one) for one in duty.would_change],
        "accounts": [
            {
                "said_by": one.said_by,
                "started": _iso(one.started),
                "due": _iso(one.due),
                "status": one.status,
                "done": _iso(one.done),
                "days_left": one.days_left,
                "days_late": one.days_late,
            }
            for one in duty.accounts
        ],
    }


def _option_json(option: OptionView, tongue: Tongue) -> dict[str, object]:
    return {
        "id": option.id,
        "who": option.who,
        "power": option.power,
        "do": tongue.say(option.do),
        "at": option.at,
        "closes": _iso(option.closes),
        "closed": option.closed,
        "looks_back_to": _iso(option.looks_back_to),
        "letter": option.letter or None,
        "cite": "; ".join(option.cite),
        "confidence": option.confidence,
        "note": tongue.say(option.note) if option.note else None,
        "notes": [tongue.say(one) for one in option.notes],
    }
