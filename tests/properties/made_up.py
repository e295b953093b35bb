"""Cases made up at random, as case files: any kind of fact, any State, accounts, corrections, rough and missing days.

Some facts follow each other as in a life (`life_lines`), some are those that a clock of the State's law asks for,
others stand alone. Everything comes from a seed, so that a case that shows a fault can be made again: `made(seed)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from gameplan.core.casefile import read_case
from gameplan.core.entries import Clock, EventKind, Field, Match
from gameplan.core.facts import Case
from gameplan.law import law_for, states, vocabulary
from tests.properties import life_lines as life
from tests.properties.made_up_years import school_years

FIRST, DAYS = date(2022, 8, 1), 1800
# So many cases, by their seeds, are looked at as of the same day.
EACH_DAY = 125
# The share of facts whose day is known only roughly. The engine works such a case out some thirty times.
ROUGH = 0.008
SYSTEM = ("age-reached", "school-year-started", "proceedings-ended", "rights-transferred")
KINDS = [kind for kind in vocabulary().kinds.values() if kind.id not in SYSTEM]
# Facts that start most duties come up more often than their share.
OFTEN = [
    vocabulary().kinds[name]
    for name in (
        "evaluation-requested", "consent-given", "evaluation-completed", "eligibility-determined", "meeting-held",
        "iep-adopted", "pwn-sent", "due-process-filed", "removal-ordered", "state-complaint-filed", "agreement-made",
        "hearing-decided", "child-absent", "enrolled", "document-given",
    )
]  # fmt: skip
SIDES = ("parent", "school", "sea", "student")
# Around these birthdays something begins or ends.
AGES = (3, 6, 14, 16, 18, 21, 22)
Raw = dict[str, Any]


def made(seed: int, *, rough: float = ROUGH) -> Case:
    """The case of that seed; see `case_file`."""
    return read_case(case_file(Random(seed), rough=rough), vocabulary())


def asked_on(seed: int) -> date:
    """The day that the case of that seed is asked about; one for each `EACH_DAY` seeds in a row."""
    return day_of(Random(f"the day of {seed // EACH_DAY}"))


def case_file(rng: Random, *, most: int = 14, rough: float = ROUGH) -> Raw:
    """A case file that reads without a fault, of about up to `most` facts; a share of `rough` has a rough day."""
    return Maker(rng, rough).case_file(most)


def day_of(rng: Random) -> date:
    """A day to ask for, in or around the time of the facts."""
    return FIRST + timedelta(days=rng.randint(0, DAYS + 300))


class Maker:
    """Makes one case."""

    def __init__(self, rng: Random, rough: float) -> None:
        self.rng = rng
        self.rough = rough
        self.state: str | None = rng.choice([None, *states()])
        self.facts: list[Raw] = []
        # The days of other facts: two on one day are rarer in life than mistakes about them.
        self.days: list[date] = []

    def case_file(self, most: int) -> Raw:
        """The whole case file."""
        rng = self.rng
        number = rng.randint(0, most)
        while len(self.facts) < number:
            if rng.random() < 0.25:
                self._line(rng.choice(life.LINES), number)
            elif rng.random() < 0.25:
                self._for_a_clock(rng.choice(law_for(self.state).clocks))
            else:
                kind = rng.choice(OFTEN if rng.random() < 0.6 else KINDS)
                self._add(kind, self._some_day(), self._data(kind, self._some_day))
        self._say_again(number)
        child: Raw = {"state": self.state}
        if rng.random() < 0.7:
            child["born"] = str(self._born())
        return {"gameplan": 1, "child": child, "calendars": school_years(rng), "facts": self.facts}

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _within(self, days: life.Days) -> timedelta:
        return timedelta(days=self.rng.randint(*days))

    def _some_day(self) -> date:
        if self.days and self._chance(0.1):
            return self.rng.choice(self.days)
        return FIRST + self._within((0, DAYS))

    def _near(self, day: date) -> date:
        return day + self._within((-20, 60)) if self._chance(0.9) else self._some_day()

    def _born(self) -> date:
        if self._chance(0.5):
            return date(2000, 1, 1) + self._within((0, 8500))
        day = self._near(self.rng.choice(self.days)) if self.days else self._some_day()
        return day.replace(year=day.year - self.rng.choice(AGES), day=min(day.day, 28))

    # ---- facts

    def _line(self, line: tuple[life.Step, ...], most: int) -> None:
        """The facts of a line, or of a stretch of it."""
        first = self.rng.randrange(len(line)) if self._chance(0.5) else 0
        steps = [step for step in line[first:] if self._chance(0.6)]
        if most < len(steps):
            steps = steps[: max(1, most)]
        days, day = [], self._some_day()
        for step in steps:
            day += self._within(step.after) if self._chance(0.9) else self._within((0, 120))
            days.append(day)
        for place, (step, day) in enumerate(zip(steps, days, strict=True)):
            coming = {later.kind: when for later, when in zip(steps[:place:-1], days[:place:-1], strict=True)}
            self._step(step, day, coming)

    def _step(self, step: life.Step, day: date, coming: Mapping[str, date]) -> None:
        kind = vocabulary().kinds[step.kind]
        data = {field.name: self._value(field, lambda: self._near(day)) for field in kind.fields if self._chance(0.1)}
        for name, told in step.says.items():
            value = self._told(told, day, coming)
            if value is not None and self._chance(0.85):
                data[name] = value
        self._add(kind, day, data)

    def _for_a_clock(self, clock: Clock) -> None:
        """What starts a clock, and perhaps what it depends on, what changes it, what meets it and what ends it."""
        start, length = self._some_day(), min(200, clock.length or 10)
        for condition in (*clock.applies_if, *clock.unless):
            if condition.fact and self._chance(0.6):
                self._fitting(condition.fact, start + self._within((-60, 0)))
        trigger = self.rng.choice(clock.trigger) if clock.trigger else None
        begun = self._fitting(trigger, start) if trigger else None
        for rule in clock.exceptions:
            for match in (rule.when, rule.until):
                if match and self._chance(0.3):
                    self._fitting(match, start + self._within((0, length)))
        for match in (*clock.blocks, *clock.done_when):
            if self._chance(0.5):
                self._fitting(match, start + self._within((-length // 2, length * 2)), begun)
        for match in clock.falls_away_when:
            if self._chance(0.15):
                self._fitting(match, start + self._within((0, length)))

    def _fitting(self, match: Match, day: date, begun: Raw | None = None) -> Raw | None:
        """A fact that the match looks for, or one that leaves something of it open; None for what nobody types."""
        kind = vocabulary().kinds[match.event]
        if kind.id in SYSTEM:
            return None
        data = {field.name: self._value(field, lambda: self._near(day)) for field in kind.fields if self._chance(0.1)}
        for name, wanted in match.where.items():
            if self._chance(0.9):
                one = self.rng.choice(wanted) if isinstance(wanted, tuple | list) else wanted
                data[name] = [one] if next(f.type == "list" for f in kind.fields if f.name == name) else one
        if match.on and self._chance(0.9):
            data[match.on] = str(day)
        if begun and match.belongs and self._chance(0.6):
            data[match.belongs] = begun["id"]
        for mine, theirs in match.same.items() if begun and self._chance(0.7) else ():
            data[mine] = begun["on"] if begun and theirs == "date" else begun and begun["data"].get(theirs)
        self._add(kind, day, data)
        return self.facts[-1]

    def _told(self, told: object, day: date, coming: Mapping[str, date]) -> object:
        if isinstance(told, life.One):
            return self.rng.choice(told.words)
        if isinstance(told, life.Later):
            return str(day + self._within(told.days))
        if isinstance(told, life.Next):
            return str(coming[told.kind]) if told.kind in coming else None
        if isinstance(told, life.Of):
            found = [fact["id"] for fact in self.facts if fact["kind"] in told.kinds]
            return self.rng.choice(found) if found else None
        if isinstance(told, life.InARow):
            days = (day + timedelta(days=step) for step in range(self.rng.randint(0, told.most)))
            return [str(one) for one in days if self._chance(0.8)] if self._chance(0.6) else None
        return self._state(told.own) if isinstance(told, life.State) else told

    def _state(self, own: bool) -> str:
        code = self.state if own and self.state else self.rng.choice(list(states()))
        return states()[code] if self._chance(0.2) else code

    def _add(self, kind: EventKind, day: date, data: Raw) -> None:
        fact: Raw = {
            "id": f"{self.rng.choice('fgf')}{len(self.facts)}", "kind": kind.id, "on": self._on(day),
            "said_by": self.rng.choice(SIDES[:3]), "data": data,
        }  # fmt: skip
        for field in kind.fields:
            if field.type == "date" and self._chance(self.rough / 4):
                data[field.name] = self._roughly(day)
        if self._chance(0.08):
            fact["planned"] = True
        self.days.append(day)
        self.facts.append(fact)

    def _on(self, day: date) -> str:
        if not self._chance(self.rough):
            return str(day)
        self.rough = min(0.4, self.rough * 6)  # who is unsure of one day is often unsure of more
        return self._roughly(day)

    def _roughly(self, day: date) -> str:
        return str(day)[:7] if self._chance(0.5) else f"{day}/{day + self._within((1, 40))}"

    # ---- what is said again: corrections, what is taken back, and other sides' accounts

    def _say_again(self, number: int) -> None:
        if not self.facts or self._chance(0.4):
            return
        for _ in range(self.rng.randint(1, 2 + number // 5)):
            other = self.rng.choice(self.facts)
            if self._chance(0.5):
                self._again(other, {"corrects": other["id"], "withdrawn": self._chance(0.3)})
            elif not other.get("withdrawn") and (self._chance(0.05) or "account_of" not in other):
                self._again(other, {"account_of": other["id"], "said_by": self.rng.choice(SIDES)})

    def _again(self, other: Raw, more: Raw) -> None:
        """The same event told anew: on another day, or with other answers."""
        kind, day = vocabulary().kinds[other["kind"]], date.fromisoformat(other["on"][:7] + "-15")
        if len(other["on"]) == len("2025-01-01"):
            day = date.fromisoformat(other["on"])
        day = self._near(day) if self._chance(0.7) else day
        self._add(kind, day, dict(other["data"]))
        fact = self.facts[-1]
        for field in kind.fields:
            if self._chance(0.25):
                fact["data"][field.name] = self._value(field, lambda: self._near(day))
        fact |= more

    # ---- what a fact says

    def _data(self, kind: EventKind, some_day: Any) -> Raw:
        return {field.name: self._value(field, some_day) for field in kind.fields if self._chance(0.65)}

    def _value(self, field: Field, some_day: Any) -> object:
        rng = self.rng
        if self._chance(0.03):
            return "not-known"
        if field.type == "date":
            return str(some_day())
        if field.type == "dates":
            return sorted({str(one) for one in self._dates(some_day())})
        if field.type == "boolean":
            return self._chance(0.5)
        if field.type == "number":
            return rng.choice((0, 0.5, 1, 3, 5, 10, 11, 45, 60))
        if field.type == "list":
            return rng.sample(field.values, k=min(len(field.values), 2)) if field.values else ["student", "services"]
        if field.type == "ref" and self.facts and self._chance(0.8):
            return rng.choice(self.facts)["id"]
        return rng.choice(field.values) if field.values else "words"

    def _dates(self, first: date) -> Iterator[date]:
        for _ in range(self.rng.randint(0, 12)):
            yield first + self._within((0, 30))
