"""Published decisions and guidance with their dates, held against the law entries. The format: docs/published.md."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.entries import Law
from gameplan.core.facts import Case
from gameplan.core.faults import CaseFileError, Fault, Reader, nearest, shown
from gameplan.core.standing import STATUSES, Duty
from gameplan.core.words import ENGLISH
from gameplan.law.library import law_for, vocabulary

HIT, MISS, CANNOT_TELL = "hit", "miss", "cannot tell"
FILE_KEYS = (
    "title", "issuer", "address", "decided", "retrieved", "found", "note", "child", "calendar", "fact", "expect",
)  # fmt: skip
REQUIRED = ("title", "issuer", "address", "retrieved", "found")
CHILD_KEYS = ("state", "born", "grade")
DAY_WORDS = ("due", "due_earliest", "due_latest", "started", "done")
ANSWERS = (*DAY_WORDS, "status", "days_late", "absent")
EXPECT_KEYS = ("clock", "on", "of", *ANSWERS, "basis", "miss")
RUNNING = ("running", "due-soon")
ASKS_NOTHING = ("excused", "not-started")


@dataclass(frozen=True)
class Expected:
    """One answer that the source gives: of which entry, asked for on which day, what it is and what it rests on.

    `of` is the id of the fact that starts the duty, where an entry has several.
    """

    clock: str
    on: date
    answer: Mapping[str, object]
    basis: str
    of: str = ""
    miss: str = ""


@dataclass(frozen=True)
class Published:
    """One published decision or piece of guidance: where it stands, its dates as a case, and what it found."""

    name: str
    title: str
    issuer: str
    address: str
    retrieved: str
    found: str
    case: Case
    expects: tuple[Expected, ...]
    decided: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came out for one expected answer: a hit, a miss, or "cannot tell" with what would settle it."""

    example: Published
    expected: Expected
    result: str
    found: str
    why: str = ""
    would_settle: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """True unless this is a miss for which the file gives no reason."""
        return self.result != MISS or bool(self.expected.miss)

    @property
    def out_of_date(self) -> bool:
        """True if the file explains a miss that is none any more."""
        return bool(self.expected.miss) and self.result != MISS


class PublishedFileError(Exception):
    """Raised when published examples cannot be read as they stand; `faults` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def load(folder: Path) -> list[Published]:
    """Every published example in a folder, by file name. Raises PublishedFileError with the faults of all files."""
    found: list[Published] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read_published(path))
        except PublishedFileError as error:
            faults += error.faults
    if not found and not faults:
        faults.append(Fault(str(folder), "there is no example in it.", "Name a folder that holds .toml files."))
    if faults:
        raise PublishedFileError(faults)
    return found


def read_published(path: Path) -> Published:
    """One published example. Raises PublishedFileError with every fault: what, where, and how to mend it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PublishedFileError(
            [Fault(path.name, f"this is not TOML: {error}.", "Mend the line it names.")]
        ) from error
    reader = _FileReader(path.name)
    found = reader.example(raw, path.stem)
    if reader.faults:
        raise PublishedFileError([Fault(f"{path.name}: {one.where}", one.what, one.mend) for one in reader.faults])
    return found


def verify(folder: Path) -> list[Outcome]:
    """What the law entries answer to every example of a folder. Raises PublishedFileError if a file is wrong."""
    return [outcome(example, expected) for example in load(folder) for expected in example.expects]


def outcome(example: Published, expected: Expected) -> Outcome:
    """What the law entries answer where the source expects an answer, and how the two compare."""
    law = law_for(example.case.child.state)
    standing = assess(example.case, law, on=expected.on)
    pack, _, name = expected.clock.rpartition("/")
    duties = [duty for duty in standing.duties if duty.clock == name and (not pack or duty.pack == pack)]
    duty = _the_one(duties, expected)
    if duty is None:
        return _nothing(example, expected, law, name)
    if expected.answer.get("absent"):
        return Outcome(example, expected, _absent(duty), _said(duty), "The source says that no such duty is there.")
    result, why = compare(expected.answer, duty)
    settle = tuple(ENGLISH.say(one) for one in duty.would_settle) if result == CANNOT_TELL else ()
    return Outcome(example, expected, result, _said(duty), why, settle)


def _the_one(duties: list[Duty], expected: Expected) -> Duty | None:
    """The State's duty before the federal one; then the one of the fact or the day named, then the latest to start."""
    started = expected.answer.get("started")
    if expected.of:
        duties = [duty for duty in duties if duty.started_by == expected.of]
    named = [duty for duty in duties if started is not None and duty.started == started]
    return max(named or duties, key=lambda one: (one.pack != "us", one.started or date.min), default=None)


def _nothing(example: Published, expected: Expected, law: Law, name: str) -> Outcome:
    entries = [clock for clock in law.clocks if clock.id == name]
    waiting = [clock.not_yet for clock in entries if clock.not_yet]
    if waiting:
        return Outcome(example, expected, CANNOT_TELL, "the rule does not run yet", waiting[0])
    if expected.answer.get("absent"):
        return Outcome(example, expected, HIT, "no such duty")
    return Outcome(example, expected, MISS, "no such duty", "No such duty came out of these facts.")


def _absent(duty: Duty) -> str:
    """What does not apply may be left out, excused or not started."""
    if duty.status == "cannot-tell":
        return CANNOT_TELL
    return HIT if duty.status in ASKS_NOTHING else MISS


def compare(wanted: Mapping[str, object], duty: Duty) -> tuple[str, str]:
    """Hit, miss or cannot tell, and in words what differs. One thing wrong makes the whole a miss."""
    verdicts = [_compare_day(wanted, duty)]
    verdicts += [_compare_word(name, wanted[name], duty) for name in wanted if name not in ("due", *_RANGE)]
    for result in (MISS, CANNOT_TELL):
        words = [why for found, why in verdicts if found == result]
        if words:
            return result, " ".join(words)
    return HIT, ""


_RANGE = ("due_earliest", "due_latest")


def _compare_day(wanted: Mapping[str, object], duty: Duty) -> tuple[str, str]:
    """The due day: a firm day must be the source's; a range must leave room for it."""
    first, last = (_as_day(wanted.get(name, wanted.get("due"))) for name in _RANGE)
    if first is None and last is None:
        return HIT, ""
    said = f"{first or '...'} to {last or '...'}" if first != last else f"{first}"
    early, late = duty.due or duty.due_earliest, duty.due or duty.due_latest
    if (first and late and late < first) or (last and early and early > last):
        return MISS, f"The source says {said}."
    if duty.due:
        return HIT, ""
    if duty.status == "cannot-tell" or early or late:
        return CANNOT_TELL, f"The source says {said}."
    return MISS, f"The source says {said}; no date came out."


def _as_day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _compare_word(name: str, wanted: object, duty: Duty) -> tuple[str, str]:
    got = getattr(duty, name)
    if got == wanted or (name == "status" and got in RUNNING and wanted in RUNNING):
        return HIT, ""
    open_ = duty.status == "cannot-tell" and (name in ("status", "days_late") or got is None)
    open_ = open_ or (name == "days_late" and got is None and duty.due is None)
    return (CANNOT_TELL if open_ else MISS), f"The source says {name} {wanted}."


def _said(duty: Duty) -> str:
    day = f"due {duty.due}" if duty.due else f"due between {duty.due_earliest} and {duty.due_latest}"
    if not duty.due and not duty.due_earliest and not duty.due_latest:
        day = "no date"
    late = f", {duty.days_late} days late" if duty.days_late is not None else ""
    done = f", done {duty.done}" if duty.done else ""
    return f"{duty.status}, {day}{done}{late}"


class _FileReader(Reader):
    """Takes one file apart and collects its faults."""

    def __init__(self, name: str) -> None:
        super().__init__(vocabulary())
        self.name = name

    def example(self, raw: Mapping[str, object], name: str) -> Published:
        """The whole file; what cannot be read is left empty and told as a fault."""
        top = self.table(dict(raw), "file", FILE_KEYS)
        words = {key: self.text(top.get(key), key, required=True) for key in REQUIRED}
        if words["address"] and not words["address"].startswith("http"):
            self.fault("address", f"{shown(words['address'])} is not a web address.", "Start it with https://.")
        case = self.case(top)
        return Published(
            name=name,
            case=case,
            expects=tuple(self.expects(top.get("expect"), case)),
            decided=None if top.get("decided") is None else self.day(top["decided"], "decided"),
            note=self.text(top.get("note"), "note"),
            **words,
        )

    def case(self, top: Mapping[str, object]) -> Case:
        """The child, the calendar and the facts, read as a case file is."""
        if top.get("child") is None:
            self.fault("child", "the child is missing.", 'Add [child] with state = "TX".')
        child = self.table(top.get("child") or {}, "child", CHILD_KEYS)
        facts = [
            {"id": f"f{number}", **row} if isinstance(row, dict) else row
            for number, row in enumerate(self.rows(top.get("fact"), "fact"), 1)
        ]
        if not facts:
            self.fault("fact", "there is no fact.", "Add [[fact]] with kind, on, said_by and data.")
        raw = {
            "gameplan": 1,
            "child": {"name": "A child", **child},
            "calendars": top.get("calendar") or [],
            "facts": facts,
        }
        try:
            return read_case(raw, self.vocabulary)
        except CaseFileError as error:
            self.faults += [Fault(_as_written(one.where), one.what, one.mend) for one in error.faults]
            return Case()

    def expects(self, raw: object, case: Case) -> Iterable[Expected]:
        """The answers that the source gives; at least one."""
        rows = self.rows(raw, "expect")
        if not rows:
            self.fault("expect", "nothing is expected.", "Add [[expect]] with clock, on, due and basis.")
        law = law_for(case.child.state)
        for number, row in enumerate(rows):
            where = f"expect[{number}]"
            table = self.table(row, where, EXPECT_KEYS)
            clock = self.text(table.get("clock"), f"{where}.clock", required=True)
            known = law.by_id
            if clock and clock.rpartition("/")[2] not in known:
                self.fault(f"{where}.clock", f'there is no rule "{clock}" here.', nearest(clock, tuple(sorted(known))))
            on = self.day(table.get("on"), f"{where}.on")
            answer = dict(self.answer(table, where))
            basis = self.text(table.get("basis"), f"{where}.basis", required=True)
            of, miss = (self.text(table.get(name), f"{where}.{name}") for name in ("of", "miss"))
            if of and of not in {fact.id for fact in case.facts}:
                self.fault(f"{where}.of", f'there is no fact "{of}".', "Name the id of a fact; they are f1, f2, ...")
            yield Expected(clock, on or date.min, answer, basis, of=of, miss=miss)

    def answer(self, table: Mapping[str, object], where: str) -> Iterable[tuple[str, object]]:
        """What the source says, word by word."""
        found = [name for name in ANSWERS if name in table]
        if not found:
            self.fault(where, "it does not say what the source found.", f"Add one of {', '.join(ANSWERS)}.")
        for name in found:
            value = table[name]
            if name in DAY_WORDS:
                self.day(value, f"{where}.{name}")
            elif name == "status" and value not in STATUSES:
                self.fault(f"{where}.status", f"{shown(value)} is not a status.", f"Use one of {', '.join(STATUSES)}.")
            elif name == "days_late" and (not isinstance(value, int) or isinstance(value, bool)):
                self.fault(f"{where}.days_late", f"expected a number, found {shown(value)}.", "Write whole days.")
            elif name == "absent":
                self.flag(value, f"{where}.absent")
            yield name, value


def _as_written(where: str) -> str:
    """The place in the words of the file: its tables are called fact and calendar."""
    return where.replace("facts[", "fact[").replace("calendars[", "calendar[").replace("case.facts", "fact")
