"""Reading a story: a family's way through the process, told in dated lines that anyone can write.

Pure: text in, a `Story` out, or `StoryFileError` with every fault (line, what, mend). docs/stories.md has the format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gameplan.core.calendars import SchoolYear
from gameplan.core.casefile import SIDES, WEEKDAYS, check_fact, read_case
from gameplan.core.entries import EventKind, Field
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.faults import CaseFileError, Fault, nearest
from gameplan.law.library import vocabulary
from gameplan.law.story_checks import Check, read_check

TITLE = re.compile(r"# (\S.*)")
DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")
CHILD = re.compile(r"child:\s*(.*)")
YEAR = re.compile(r"school year (\S+):\s*(\S+) to (\S+?)(?:,\s*(.*))?")
SAID = re.compile(r"([a-z-]+):\s*(.*)")
GIVEN = re.compile(r'([a-z_]+)=("[^"]*"|\S+)')
CHILD_WORDS = ("born", "state", "grade", "school", "district")
ABOUT = ("id", "on", "planned", "corrects", "account_of", "withdraws")
YES = {"yes": True, "no": False}


class StoryFileError(Exception):
    """Raised when a story cannot be read; `faults` lists everything that is wrong, each with its line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Told:
    """Something the story tells: a fact, a school year, news about the child, or what is still to be written."""

    line: int
    on: date | None
    fact: Fact | None = None
    year: SchoolYear | None = None
    child: Child | None = None
    open: str = ""


@dataclass(frozen=True)
class Story:
    """A family's story: its title and opening words, and its lines in the order of time."""

    name: str
    title: str
    opening: str
    lines: tuple[Told | Check, ...]

    def case(self, until: int | None = None) -> Case:
        """The case as it is known at a line of the file (default: at the end): what stands above it."""
        told = [one for one in self.lines if isinstance(one, Told) and (until is None or one.line < until)]
        child = [one.child for one in told if one.child]
        years = {one.year.school_year: one.year for one in told if one.year}
        return Case(child[-1], tuple(years.values()), tuple(one.fact for one in told if one.fact))

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checkpoints in order."""
        return tuple(one for one in self.lines if isinstance(one, Check))

    @property
    def still_open(self) -> tuple[Told, ...]:
        """The lines that say what a checkpoint cannot hold yet, and why."""
        return tuple(one for one in self.lines if isinstance(one, Told) and one.open)


def read_story(text: str, name: str) -> Story:
    """The story in a text file. Raises StoryFileError with every fault at once; nothing is guessed."""
    reader = _Reader(name)
    for number, line in enumerate(text.splitlines(), 1):
        reader.take(number, line.rstrip())
    return reader.story()


@dataclass
class _Reader:
    name: str
    faults: list[Fault] = field(default_factory=list)
    title: str = ""
    opening: list[str] = field(default_factory=list)
    lines: list[Told | Check] = field(default_factory=list)
    child: Child | None = None
    ids: set[str] = field(default_factory=set)
    whole: tuple[int, str] | None = None
    said_more: list[str] = field(default_factory=list)
    last: date | None = None

    def take(self, number: int, line: str) -> None:
        """One line of the file; an indented one goes on with the line above it."""
        if line.startswith((" ", "\t")) and self.whole:
            self.said_more.append(line.strip())
            return
        self._finish()
        if not line:
            return
        begins = CHILD.match(line) or YEAR.match(line) or DATED.match(line)
        if begins:
            self.whole = (number, line)
        elif not self.title:
            match = TITLE.fullmatch(line)
            self.title = match.group(1) if match else ""
            if not match:
                self.fault(number, "a story begins with its title.", 'Write "# Ana reads slowly (Texas)".')
                self.title = line
        elif self.child is None:
            self.opening.append(line)
        else:
            self.fault(number, "this line has no day.", "Begin it with YYYY-MM-DD, or indent it under the line above.")

    def story(self) -> Story:
        """What was read, or every fault."""
        self._finish()
        if not self.title:
            self.fault(1, "the title is missing.", 'Write "# Ana reads slowly (Texas)".')
        if self.child is None:
            self.fault(1, "nothing is said of the child.", 'Write "child: Ana, born 2016-05-02, state TX, grade 3".')
        elif not any(isinstance(one, Check) for one in self.lines):
            self.fault(1, "the story has no checkpoint.", 'Write "2025-09-20  check: stage request".')
        if self.faults:
            raise StoryFileError(self.faults)
        return Story(self.name, self.title, " ".join(self.opening), tuple(self.lines))

    def fault(self, line: int, what: str, mend: str) -> None:
        """Note one thing that is wrong."""
        self.faults.append(Fault(f"{self.name}, line {line}", what, mend))

    def _finish(self) -> None:
        if self.whole is None:
            return
        (number, line), more, self.whole, self.said_more = self.whole, self.said_more, None, []
        match = DATED.fullmatch(line)
        if not match:
            self._about(number, None, " ".join([line, *more]))
            return
        on = _day(match.group(1))
        if on is None:
            self.fault(number, f"{match.group(1)} is not a day.", "Write it as YYYY-MM-DD.")
            return
        if self.last and on < self.last:
            self.fault(number, f"{on} comes after {self.last}.", "Tell the story in the order of time.")
        self.last = max(on, self.last or on)
        self._dated(number, on, match.group(2), more)

    def _dated(self, number: int, on: date, said: str, more: list[str]) -> None:
        if CHILD.fullmatch(said) or YEAR.match(said):
            self._about(number, on, " ".join([said, *more]))
            return
        match = SAID.fullmatch(said)
        who, words = match.groups() if match else ("", "")
        if self.child is None:
            self.fault(number, "nothing has been said of the child yet.", 'Put "child: ..." above it.')
        elif who == "check":
            check, faults = read_check(words, number, on, self.child.state, f"{self.name}, line {number}")
            self.faults += faults
            self.lines.append(replace(check, remark=" ".join(more)))
        elif who == "todo":
            self.lines.append(Told(number, on, open=" ".join([words, *more])))
        elif who in SIDES:
            self._fact(number, on, who, words, " ".join(more))
        else:
            known = nearest(who, (*SIDES, "check", "todo")) if who else "Write: DAY  SIDE: KIND  name=value."
            self.fault(number, f'"{who or said}" is not somebody who can say this.', known)

    def _about(self, number: int, on: date | None, words: str) -> None:
        """A line about the child or a school year; it may go on in the indented lines below it."""
        child, year = CHILD.fullmatch(words), YEAR.fullmatch(words)
        if child:
            self._child(number, on, child.group(1))
        elif year:
            self._year(number, on, year)
        else:
            self.fault(
                number, f'"{words[:40]}" cannot be read.', "Write: school year 2025-26: DAY to DAY, closed DAY, ..."
            )

    def _child(self, number: int, on: date | None, words: str) -> None:
        known = self.child or Child()
        raw: dict[str, object] = {
            "name": known.name, "born": known.born, "state": known.state, "grade": known.grade,
            "school": known.school, "district": known.district,
        }  # fmt: skip
        for index, part in enumerate(word.strip() for word in words.split(",") if word.strip()):
            name, _, value = part.partition(" ")
            if name in CHILD_WORDS and value:
                raw[name] = value
            elif index == 0 and self.child is None:
                raw["name"] = part
            else:
                self.fault(number, f'"{part}" cannot be read.', f"Say {', '.join(CHILD_WORDS)}, each with its value.")
        case = self._checked(number, {"child": {key: value for key, value in raw.items() if value}})
        self.child = case.child if case else known
        self.lines.append(Told(number, on, child=self.child))

    def _year(self, number: int, on: date | None, match: re.Match[str]) -> None:
        name, first, last, rest = match.groups()
        raw: dict[str, object] = {"school_year": name, "first_day": first, "last_day": last}
        closed, opened, weekdays = _days_of_year(rest or "")
        raw |= {"closed": closed, "open": opened} | ({"weekdays": weekdays} if weekdays else {})
        case = self._checked(number, {"child": {}, "calendars": [raw]})
        if case and case.calendars:
            self.lines.append(Told(number, on, year=case.calendars[0]))

    def _checked(self, number: int, raw: Mapping[str, object]) -> Case | None:
        try:
            return read_case({"gameplan": 1, "facts": [], **raw}, vocabulary())
        except CaseFileError as error:
            for one in error.faults:
                self.fault(number, f"{one.where}: {one.what}", one.mend)
            return None

    def _fact(self, number: int, on: date, who: str, words: str, note: str) -> None:
        kind_id, _, rest = words.partition(" ")
        kind = vocabulary().kinds.get(kind_id)
        if kind is None:
            mend = nearest(kind_id, tuple(vocabulary().kinds))
            self.fault(number, f'"{kind_id}" is not a kind of fact.', mend)
            return
        given = {name: value.strip('"') for name, value in GIVEN.findall(rest)}
        left = GIVEN.sub("", rest).strip()
        if left:
            self.fault(number, f'"{left}" cannot be read.', "Write name=value, and words with spaces in quotes.")
        raw = self._raw_fact(number, on, kind, given)
        fact, faults = check_fact({**raw, "said_by": who, "note": note}, vocabulary())
        self.faults += [Fault(f"{self.name}, line {number}: {one.where[5:]}", one.what, one.mend) for one in faults]
        if fact:
            self.ids.add(fact.id)
            self.lines.append(Told(number, on, fact=fact))

    def _raw_fact(self, number: int, on: date, kind: EventKind, given: dict[str, str]) -> dict[str, object]:
        """The fact as a case file holds it: its day is its main date, and a name of its own unless one is given."""
        about = {name: given.pop(name) for name in ABOUT if name in given}
        happened = about.pop("on", on.isoformat())
        if kind.main_date in given:
            mend = "Take it out; if it happened on another day than it was told, write on=DAY."
            self.fault(number, f"the day in front already is {kind.main_date}.", mend)
        shape = kind.field(kind.main_date)
        data: dict[str, object] = {name: _value(text, kind.field(name)) for name, text in given.items()}
        if shape and shape.type == "date" and "withdraws" not in about:
            data[kind.main_date] = happened
        raw: dict[str, object] = {
            "id": about.pop("id", f"line-{number}"),
            "kind": kind.id,
            "on": happened,
            "data": data,
        }
        if "withdraws" in about:
            raw |= {"corrects": about.pop("withdraws"), "withdrawn": True}
        if "planned" in about:
            raw["planned"] = YES.get(about.pop("planned"), "neither yes nor no")
        raw |= about
        for name in ("corrects", "account_of"):
            if name in raw and raw[name] not in self.ids:
                self.fault(number, f'no fact above is called "{raw[name]}".', "Give that fact a name with id=NAME.")
        if raw["id"] in self.ids:
            self.fault(number, f'"{raw["id"]}" is the name of another fact.', "Give each fact a name of its own.")
        return raw


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _value(text: str, shape: Field | None) -> object:
    """A value as the case file wants it, by the type of its field; what does not fit is left for the fault."""
    if shape is None or shape.type in ("date", "text", "ref"):
        return text
    if shape.type == "boolean":
        return YES.get(text, text)
    if shape.type == "number":
        return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else text
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [day for part in parts for day in _weekdays_of(part)] if shape.type == "dates" else parts


def _weekdays_of(part: str) -> list[str]:
    """One day, or the weekdays from one day to another, written `DAY..DAY`."""
    first, last = (_day(word) for word in (part.split("..") if ".." in part else (part, part)))
    if first is None or last is None or (last - first).days > 200:
        return [part]
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day.isoformat() for day in days if day.weekday() < 5 or first == last]


def _days_of_year(rest: str) -> tuple[list[object], list[object], list[object]]:
    """The closed days and breaks, extra school days and week days of a school year's line."""
    found: dict[str, list[object]] = {"closed": [], "open": [], "week": []}
    word = ""
    for part in (one.strip() for one in rest.split(",") if one.strip()):
        head, _, value = part.partition(" ")
        word, day = (head, value.strip()) if head in found else (word, part)
        if word == "week":
            found["week"] += [name for name in day.split() if name in WEEKDAYS] or [day]
        else:
            found[word or "closed"].append(day.split("..") if ".." in day else day)
    return found["closed"], found["open"], found["week"]
